"""What a test expects of a recording, field by field, and the difference where it comes out otherwise."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from typing import Any

from itemadapter import ItemAdapter

from crawler.model import Article
from crawler.model.article import plain
from crawler.testing.fields import NAMES, fields_of
from crawler.testing.recording import EXPECTED, Recording, as_json, in_lines

Told = Callable[[str], None]


class Expected:
    """The expectation of one test: one field of ``expected.json``."""

    def __init__(self, recording: Recording, field: str | None, *, update: bool, tell: Told) -> None:
        self.recording = recording
        self.field = field
        """The field this test is about; None where ``expected.json`` is still to be written."""
        self._update = update
        self._tell = tell

    def check(self, found: Any) -> None:
        """Compare the field with that of ``found``: a mapping, a Scrapy item, a dataclass or an article.

        With ``--update-recorded`` write down what was found instead: the fields that ``expected.json`` has, or all of
        them where there is none yet, or only that of an article and ``found`` is something else. Raises
        ``AssertionError`` with the difference, line by line.
        """
        __tracebackhide__ = True
        values = _values(found)
        if self._update:
            self._write(fields_of(found) if isinstance(found, Article) else values)
            return
        if self.field is None:
            raise AssertionError(
                f"{self.recording.folder}: nothing is expected yet; run pytest --update-recorded, and read {EXPECTED}"
            )
        wanted = (self.recording.expected() or {}).get(self.field)
        if values.get(self.field) != wanted and _whole(found).get(self.field) != wanted:
            shown = difference({self.field: wanted}, {self.field: values.get(self.field)})
            raise AssertionError(f"{self.recording.name}: {self.field} is not as expected\n{shown}")

    def _write(self, values: dict[str, Any]) -> None:
        old = self.recording.expected()
        if old is None or (old.keys() == NAMES and not values.keys() >= NAMES):
            new = values  # what `wirecopy record` read is an article, and a spider yields items of its own
        else:
            new = {field: values.get(field) for field in old}
        if new != old:
            self.recording.expect(new)
            self._tell(f"{self.recording.folder / EXPECTED}\n{difference(old or {}, new)}")


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Two objects' JSON as a unified diff; lines with ``-`` were expected, those with ``+`` were found."""
    lines = difflib.unified_diff(
        as_json(old).splitlines(), as_json(new).splitlines(), "expected", "found", lineterm="", n=1
    )
    return in_lines(lines)


def _values(found: Any) -> dict[str, Any]:
    """``found`` as JSON values by name; an article's as `wirecopy record` writes them, what it leaves out as it is."""
    values = _whole(found)
    return values | fields_of(found) if isinstance(found, Article) else values


def _whole(found: Any) -> dict[str, Any]:
    """``found`` as JSON values by name, an article's too: some wrote down what was expected so."""
    if hasattr(found, "to_dict"):
        found = found.to_dict()
    elif not isinstance(found, Mapping) and (is_dataclass(found) or ItemAdapter.is_item(found)):
        found = ItemAdapter(found).asdict()
    if not isinstance(found, Mapping):
        raise TypeError(f"an item with named fields was expected, not {type(found).__name__}")
    values: dict[str, Any] = _jsonable(plain(dict(found)))
    return values


def _jsonable(value: Any) -> Any:
    """Values of items that JSON has no type for, as their text."""
    if isinstance(value, dict):
        return {str(key): _jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_jsonable(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
