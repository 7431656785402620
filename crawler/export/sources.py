"""Where exported rows come from: the tables of collections, each row with the collection it is of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from crawler.archive.errors import CollectionError
from crawler.archive.layout import refuse_newer
from crawler.export.columns import Column, Table
from crawler.export.schema import SCHEMA
from crawler.model.presence import is_there

COLLECTION = Column("collection", "text", "name of the collection the row is of")
"""The first column of every exported table."""
_TABLES = "tables"


class ExportError(Exception):
    """What was to be exported has no tables, or one that cannot be read; the text says which and what to do."""


class UnknownTable(ExportError):  # noqa: N818 - says what is the case
    """A table was asked for that no collection has."""


class NotWritten(ExportError):  # noqa: N818 - says what is the case
    """A file of the export cannot be written."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """The file of one table in one collection."""

    collection: str
    """Its name."""
    path: Path
    address: str | None = None
    """Of the collection, where that is in a store and the path one of this machine's mirror of it."""

    def here(self) -> TableFile:
        """The same on the machine where this is called. Raises ``ArchiveError``."""
        if self.address is None:
            return self
        from crawler.archive.store import mirror

        return replace(self, path=mirror(self.address) / _TABLES / self.path.name)


@dataclass(frozen=True, slots=True)
class TableSource:
    """The files of one table in several collections."""

    table: Table
    files: tuple[TableFile, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the exported table."""
        return (COLLECTION, *self.table.columns)

    def by_collection(self) -> tuple[TableSource, ...]:
        """The same, each collection's by itself, under paths that hold wherever somebody works."""
        return tuple(TableSource(self.table, (replace(file, path=file.path.absolute()),)) for file in self.files)

    def here(self) -> TableSource:
        """The same on the machine where this is called: collections of stores are mirrored there.

        Raises ``ArchiveError``.
        """
        return TableSource(self.table, tuple(file.here() for file in self.files))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every row with every column of the schema; columns of an older table that it lacks are null.

        Raises ``ExportError`` that names file and line where a line is no row.
        """
        names = [column.name for column in self.table.columns]
        for file in self.files:
            with _opened(file.path) as lines:
                for number, text in enumerate(lines, 1):
                    try:
                        row = json.loads(text.decode())
                        yield {"collection": file.collection, **{name: row.get(name) for name in names}}
                    except (ValueError, AttributeError, RecursionError) as error:
                        raise ExportError(
                            f"{file.path}, line {number}: no row ({error}); `wirecopy index` makes it anew"
                        ) from error


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from error


def _is_there(path: Path) -> bool:
    try:
        return is_there(path) and path.is_file()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> ExportError:
    return ExportError(f"{path}: can't be read ({error.strerror})")


def tables_in(collection: Path) -> Path:
    """The folder of a collection's tables. Raises ``ExportError`` where there are none that we can read."""
    if not collection.is_dir():
        found = "a file" if is_there(collection) else "there is no such folder"
        raise ExportError(f"{collection}: {found}; name a collection's folder")
    folder = collection / _TABLES
    if not _is_there(_file(collection, "articles")):
        is_collection = (collection / "archive").is_dir()
        remedy = f"`wirecopy index {collection}` makes them" if is_collection else "name a collection's folder"
        raise ExportError(f"{collection} has no tables: {remedy}")
    try:
        refuse_newer(collection)
    except CollectionError as error:
        raise ExportError(str(error)) from error
    return folder


def lacking(collection: Path, tables: Sequence[str] = ()) -> tuple[list[str], str]:
    """Those of ``tables`` (all where none is named) that a collection has no file of, and that in words."""
    absent = [name for name in SCHEMA if name in (tables or SCHEMA) and not _is_there(_file(collection, name))]
    names = f"table{'s' if len(absent) > 1 else ''} {', '.join(absent)}"
    return absent, f"no {names}: an older wirecopy made the others; `wirecopy index {collection}` makes all"


def _file(collection: Path, table: str) -> Path:
    return collection / _TABLES / f"{table}.jsonl"


def sources_of(
    collections: Sequence[Path], tables: Sequence[str] = (), addresses: Mapping[Path, str] = MappingProxyType({})
) -> list[TableSource]:
    """The ``tables`` (all where none is named) that ``collections`` have.

    ``addresses`` are those of collections in stores whose mirrors are among them. Raises ``ExportError`` where a
    collection has none, ``UnknownTable``.
    """
    unknown = [name for name in tables if name not in SCHEMA]
    if unknown:
        raise UnknownTable(f"there is no table {unknown[0]}: one of {', '.join(SCHEMA)}")
    folders = [(path.resolve().name, tables_in(path), addresses.get(path)) for path in collections]
    names = [name for name, *_ in folders]
    if len(set(names)) < len(names):
        folders = [(addresses.get(path, str(path)), path / _TABLES, addresses.get(path)) for path in collections]
    return [
        TableSource(table, files)
        for table in SCHEMA.values()
        if (not tables or table.name in tables)
        and (
            files := tuple(
                TableFile(name, file, address)
                for name, folder, address in folders
                if (file := folder / f"{table.name}.jsonl").is_file()
            )
        )
    ]
