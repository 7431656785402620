"""Records of a WARC file, one after another, with their exact place; damage is noted and read past.

Of a damaged member of many records those before the damage are given, up to which no check sum can be had.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from crawler.archive.errors import ReadError, explain_reading
from crawler.archive.message import Closeable, Pieces
from crawler.archive.record import Record, leading_head, open_tape
from crawler.archive.source import Source
from crawler.archive.tape import Tape, TapeError
from crawler.archive.warc import END
from crawler.archive.warc_head import PLAIN, HeadError, plain_head


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes of an archive that could not be read, and what is wrong with them."""

    warc: str
    offset: int
    message: str
    is_mendable: bool = False
    """Whether it is torn bytes, around which a repair keeps the records."""


def read_records(source: Source, damage: Callable[[Damage], None], offset: int = 0) -> Iterator[Record]:
    """The records of a file from ``offset`` on.

    What is damaged is told to ``damage`` and passed over. Raises ``OSError`` where the file cannot be read at all.
    """
    with source.open() as file:
        tape = open_tape(file, offset)
        while True:
            try:
                if not tape.begin():
                    return
                data = tape.peek(PLAIN)
                head = plain_head(data)
                if head is None and not data.strip(b"\r\n"):
                    _pass_over_empty(tape)
                    continue
                record = Record(tape, source, head or leading_head(data, tape))
                yield record
                if record.length is None:
                    record.finish()
            except TapeError as error:
                damage(Damage(source.name, error.offset, str(error), is_mendable=True))
                if not tape.resume(error.offset):
                    return
            except HeadError as error:
                at = tape.start
                damage(Damage(source.name, at, str(error), is_mendable=True))
                if not tape.resume(at):
                    return


def _pass_over_empty(tape: Tape) -> None:
    while (data := tape.peek(1)) and not data.strip(b"\r\n"):
        tape.skip(len(data))


class FoundRecord(Closeable):
    """A record opened by its place; closing it closes the file. Raises ``ArchiveError``, also when it is read."""

    def __init__(self, source: Source, offset: int, record_id: str) -> None:
        self._damage: list[Damage] = []
        self._records = read_records(source, self._damage.append, offset)
        self._where = f"{source.name} at {offset}"
        try:
            self.record = self._find(offset, record_id)
        except OSError as error:
            self.close()
            raise explain_reading(error, self._where) from error
        except BaseException:
            self.close()
            raise

    def _find(self, offset: int, record_id: str) -> Record:
        for record in self._records:
            if record.offset != offset:
                break  # the next one, after one that is damaged
            if not record_id or record.head.id == record_id:
                return record
        detail = f": {self._damage[0].message}" if self._damage else ""
        raise ReadError(f"no record {record_id} in {self._where}{detail}", self._where)

    def close(self) -> None:
        """Close the file."""
        self._records.close()  # type: ignore[attr-defined]

    def block(self) -> BinaryIO:
        """The block as a stream that closes the file with itself."""
        return Pieces(self._checked(), self).buffered()

    def _checked(self) -> Iterator[bytes]:
        try:
            yield from self.record.pieces()
            self.record.finish()
        except TapeError as error:
            raise ReadError(f"{self._where}: {error}", self._where) from error
        except OSError as error:
            raise explain_reading(error, self._where) from error

    def raw(self) -> Iterator[bytes]:
        """The record decompressed, head and end included."""
        yield self.record.head.raw
        yield from self._checked()
        yield END
