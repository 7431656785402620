"""A collection on disk, to be read: an unpacked WACZ with a ledger beside its WARCs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, Self

from crawler.archive.base import Archive
from crawler.archive.cdxj import Entry, look_up, nearest
from crawler.archive.datapackage import listed_warcs, read_pages
from crawler.archive.errors import ArchiveError, CollectionError, ReadError, explain_reading
from crawler.archive.layout import INDEX, LEDGER, TABLES, check_layout, create_collection, open_files
from crawler.archive.ledger import Ledger
from crawler.archive.payloads import holder_beside
from crawler.archive.reader import read_records
from crawler.archive.row import Row
from crawler.archive.scan import scan
from crawler.archive.store.sources import warc_sources
from crawler.model import Article, Capture, Failure, Role


class Collection(Archive):
    """Opens a collection. What a running crawl has not finished yet is not seen; a WARC that only its store has, is.

    Raises ``CollectionError`` where ``path`` is no collection, or one of another layout.
    """

    def __init__(self, path: Path | str) -> None:
        path = Path(path)
        self.package = check_layout(path)
        """The datapackage as read."""
        super().__init__(path, warc_sources(path))
        self.left_out = [
            *(f"{file}: left out, since a crawl is writing it, or was killed; then `wirecopy index` finishes it"
              for file in open_files(path)),
            *(f"{path / name}: left out, since it is gone, though datapackage.json lists it"
              for name in listed_warcs(self.package) if Path(name).name not in self.sources),
        ]  # fmt: skip
        self._beside: dict[Path, Collection] = {}
        """Collections of the same folder that hold payloads of this one."""

    @classmethod
    def create(cls, path: Path | str) -> Self:
        """Make an empty collection, or open the one that is there."""
        create_collection(Path(path))
        return cls(path)

    def find(self, url: str, at: datetime | None = None) -> Capture | None:
        """The capture of ``url`` nearest in time to ``at``, or the latest; None where there is none."""
        index = self.path / INDEX
        if not index.exists():
            return super().find(url, at)
        entry = nearest((entry for entry in look_up(index, url) if entry.filename in self.sources), url, at)
        try:
            return self._found(self._row_at(entry)) if entry else None
        except OSError as error:  # its WARC went, or is out of reach
            raise explain_reading(error, self.path) from error

    def failures(self) -> Iterator[Failure]:
        """The requests that left no response, as the ledger has them."""
        if (self.path / LEDGER).exists():
            yield from self.index().failures()

    def pages(self) -> Iterator[dict[str, Any]]:
        """The lines of pages.jsonl: ``url``, ``ts``, ``title``, ``text``."""
        return read_pages(self.path)

    def articles(self) -> Iterator[Article]:
        """The articles that were extracted from this collection, from ``tables/articles.jsonl``."""
        file = self.path / TABLES / "articles.jsonl"
        if not file.exists():
            return
        with file.open(encoding="utf-8") as lines:
            for text in lines:
                yield Article.from_dict(json.loads(text))

    def pages_without(self, known: Callable[[str], bool], since: str = "") -> Iterator[Capture]:
        """The captures that the ledger calls pages and whose record ids are not ``known``; no redirects.

        With ``since`` only those that were entered after that mark of the ledger.
        """
        for row in self.index().of_roles((role for role in Role if role.is_page), since):
            redirects = 300 <= (row.status or 0) < 400 and row.status != 304
            if known(row.id) or row.warc not in self.sources or redirects:
                continue
            yield self._found(row)

    def index(self) -> Ledger:
        """The ledger; where it is missing or cannot be read, an index made from the WARCs."""
        if self._index is None and (self.path / LEDGER).exists():
            try:
                self._index = Ledger(self.path / LEDGER, writing=False)
                self._closing.callback(self._index.close)
            except CollectionError:
                raise
            except ArchiveError:
                self._index = None
        return super().index()

    def _holder(self, row: Row) -> tuple[Archive, Row] | None:
        """As an archive; a revisit may also refer to another collection of the same folder."""
        if here := super()._holder(row):
            return here
        beside = holder_beside(self.path, row)
        if beside is None:
            return None
        path, original = beside
        if path not in self._beside:
            self._beside[path] = self._closing.enter_context(Collection(path))
        return self._beside[path], original

    def _row_at(self, entry: Entry) -> Row:
        source = self.sources[entry.filename]
        record = next(read_records(source, self.note, entry.offset), None)
        if record and record.offset != entry.offset:
            record = None  # the next one, after one that is damaged
        row = self.index().get(record.head.id) if record else None
        if row is None:
            found = scan(read_records(source, self.note, entry.offset), source.name, self.note)
            rows = takewhile(lambda row: row.offset == entry.offset, (row for row, _, _ in found))
            row = next((row for row in rows if row.url == entry.url), None)
        if row is None:
            raise ReadError(f"{self.path}: no record at {entry.offset} of {entry.filename}", self.path)
        return row
