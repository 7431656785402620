"""Lists of URLs as users have them: a text file, a line a story, or a column of a table in CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from crawler.cli.conditions import normal
from crawler.cli.errors import UsageError

TABLES = (".csv", ".tsv")
"""How the names of tables end."""
_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs"}
"""What parts the columns of a table."""
COLUMNS = ("url", "link", "uri", "address")
"""Names of the column with the URLs, if none is said: the first of these that is there, in any case."""
LISTED = 20
"""Lines that are told of before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class UrlList:
    """What a file names."""

    stories: tuple[tuple[str, ...], ...]
    """A line each: the URL of a story, and behind it those of known copies."""
    left_out: tuple[str, ...]
    """Why lines were left out, with their number."""


def read_urls(path: Path, column: str | None, *, leave: bool) -> UrlList:
    """The stories that a file names.

    Raises ``UsageError`` where it is no such list or, unless these are to be left out, where lines of it hold no URL
    that can be captured: with all of them, so that they can be mended at once.
    """
    text = _text(path)
    is_table = column is not None or (path.suffix.lower() in TABLES and not _begins_with_url(text))
    stories: list[tuple[str, ...]] = []
    problems: list[str] = []
    for number, found in _cells(path, text, column) if is_table else _lines(text):
        try:
            if isinstance(found, str):
                raise UsageError(found)
            stories.append(tuple(map(normal, found)))
        except UsageError as error:
            problems.append(f"{path}:{number}: {error}")
    if problems and not (leave and stories):
        raise UsageError("\n".join(_told(problems, remedy=bool(stories))))
    return UrlList(tuple(stories), tuple(problems))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: can't be read as a list of URLs ({error.strerror})") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is no list of URLs: it is not text in UTF-8") from None


def _begins_with_url(text: str) -> bool:
    """Whether the first line is a URL and no head of a table: a list without one, whatever its name."""
    head = text.partition("\n")[0]
    return head.lower().startswith(("https://", "http://")) and not any(sign in head for sign in _SIGNS)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.split()


def _cells(path: Path, text: str, column: str | None) -> Iterator[tuple[int, list[str] | str]]:
    """The column with the URLs, a cell a story, or why a line has none.

    Commas, semicolons or tabs part the columns, whichever the head has most of; a single column is not parted, as URLs
    have commas too.
    """
    head = text.partition("\n")[0]
    parting = max(_SIGNS, key=head.count)
    # All is in memory, and a table may have the pages' own texts too. The limit is everybody's: it is not lowered.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    more = f"more cells than columns in the head: put what has {_SIGNS[parting]} in it into quotes"
    rows = csv.reader(StringIO(text), delimiter=parting if parting in head else "\x1f", strict=True)
    try:
        names = [name.strip() for name in next(rows, [])]
        at = _place(path, names, column)
        for row in rows:
            if any(cell.strip() for cell in row[len(names) :]):
                yield rows.line_num, more
            elif any(cell.strip() for cell in row):
                cell = row[at].strip() if at < len(row) else ""
                yield rows.line_num, [cell] if cell else "no URL in this line"
    except csv.Error as error:
        raise UsageError(f"{path}:{rows.line_num}: not CSV: {error}") from None


def _place(path: Path, names: list[str], column: str | None) -> int:
    folded = [name.casefold() for name in names]
    for wanted in [column] if column else COLUMNS:
        if wanted.casefold() in folded:
            return folded.index(wanted.casefold())
    there = ", ".join(filter(None, names)) or "none"
    raise UsageError(f"{path}: no column named {column or 'url'}; name the one with --column: {there}")


def _told(problems: list[str], *, remedy: bool) -> Iterator[str]:
    yield from problems[:LISTED]
    if len(problems) > LISTED:
        yield f"and {len(problems) - LISTED:,} more lines like these"
    if remedy:
        yield "mend them, or say --leave-malformed to capture the others"
