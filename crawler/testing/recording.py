"""A recording on disk: a folder with the pages, when they were captured, and what is expected of them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

META, EXPECTED, WARC, BY_HAND = "meta.toml", "expected.json", "recording.warc.gz", "input.*"


class RecordingError(Exception):
    """A folder that is no recording, or a broken one; the message names the file and what it should hold."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Pages as they were at one time.

    The folder holds ``meta.toml`` (``url`` or ``urls``, the page under test first; ``captured_at``; and where wanted
    ``content_type``, ``known_wrong``), ``recording.warc.gz`` or a page written by hand (``input.html``), and
    ``expected.json``: the fields that are tested, by name.
    """

    folder: Path
    urls: tuple[str, ...]
    at: datetime
    """The time that stands still while it is replayed: the capture of the first page."""
    content_type: str = "text/html; charset=utf-8"
    """Of a page written by hand."""
    known_wrong: tuple[str, ...] = ()
    """Fields that are known not to come out as expected yet: their tests must fail."""

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self.folder.name

    @property
    def page(self) -> Path:
        """The WARC, or the page that was written by hand. Raises ``RecordingError`` where there is neither."""
        warc = self.folder / WARC
        found = [warc] if warc.is_file() else sorted(self.folder.glob(BY_HAND))
        if not found:
            raise RecordingError(
                f"{self.folder}: neither {WARC} nor {BY_HAND}; `wirecopy record URL {self.folder}` makes one"
            )
        return found[0]

    def expected(self) -> dict[str, Any] | None:
        """The fields expected, by name; None where nothing was written down yet. Raises ``RecordingError``."""
        file = self.folder / EXPECTED
        if not file.exists():
            return None
        try:
            values = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise RecordingError(f"{file}: not JSON ({error})") from error
        if not isinstance(values, dict):
            raise RecordingError(f"{file}: an object of fields was expected")
        return values

    def expect(self, values: dict[str, Any]) -> None:
        """Write down what is expected from now on."""
        (self.folder / EXPECTED).write_text(as_json(values), encoding="utf-8")


def load(folder: Path) -> Recording:
    """The recording in ``folder``. Raises ``RecordingError`` where it is none."""
    file = folder / META
    try:
        meta = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RecordingError(f"{file}: there is no such file, so {folder} is no recording") from None
    except (OSError, ValueError) as error:
        raise RecordingError(f"{file}: can't be read as TOML ({error})") from error
    urls = [meta["url"]] if "url" in meta else meta.get("urls")
    if not isinstance(urls, list) or not urls or not all(isinstance(url, str) for url in urls):
        raise RecordingError(f'{file}: needs url = "https://…", or urls = [...] with the page under test first')
    return Recording(
        folder=folder,
        urls=tuple(urls),
        at=_moment(meta.get("captured_at"), file),
        content_type=str(meta.get("content_type", Recording.__dataclass_fields__["content_type"].default)),
        known_wrong=tuple(map(str, meta.get("known_wrong", ()))),
    )


def recordings(folder: Path) -> list[Recording]:
    """The recordings in ``folder``, by name. Raises ``RecordingError`` where there is none."""
    found = [load(path.parent) for path in sorted(folder.glob(f"*/{META}"))]
    if not found:
        raise RecordingError(f"{folder}: no recording in it; `wirecopy record URL {folder}/NAME` makes one")
    return found


def write_meta(folder: Path, urls: Sequence[str], at: datetime) -> None:
    """Write ``meta.toml`` for pages captured at ``at``."""
    listed = "".join(f"    {json.dumps(url, ensure_ascii=False)},\n" for url in urls)
    named = f"url = {json.dumps(urls[0], ensure_ascii=False)}\n" if len(urls) == 1 else f"urls = [\n{listed}]\n"
    (folder / META).write_text(f"{named}captured_at = {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n", encoding="utf-8")


def as_json(values: Any) -> str:
    """Values as the file has them: in their order, a line each, readable in any language."""
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def in_lines(values: Iterable[str]) -> str:
    """Lines as one text."""
    return "\n".join(line.rstrip("\n") for line in values)


def _moment(value: Any, file: Path) -> datetime:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, datetime):
        raise RecordingError(f"{file}: needs captured_at = 2026-11-22T18:00:00Z, when the page was captured")
    return value if value.tzinfo else value.replace(tzinfo=UTC)
