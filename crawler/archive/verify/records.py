"""The records of a WARC file for a strict reader: where each begins and ends, and all that is not as it should be.

Unlike :mod:`crawler.archive.reader`, which gets out of a file what can be got, nothing is forgiven in silence here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from crawler.archive.frames import is_zstd
from crawler.archive.gzip_tape import GZIP
from crawler.archive.http_head import split_head
from crawler.archive.verify.finding import Teller
from crawler.archive.verify.head import Head, read_head
from crawler.archive.verify.members import GzipStream
from crawler.archive.verify.stream import MARK, Fault, Stream, Tell, UnitStream
from crawler.archive.verify.zstd import ZstdStream
from crawler.archive.warc import END
from crawler.archive.warc_head import MAX_HEAD
from crawler.model.counted import counted


class StrictRecord:
    """A record under the reading head; its block can be read until the next one is asked for."""

    def __init__(self, stream: Stream, teller: Teller, offset: int) -> None:
        self._stream = stream
        self._teller = teller
        self.offset = offset
        self.compressed = stream.compressed
        self._fresh = not stream.shared
        self.raw_head = raw = _raw_head(stream, offset)
        self._behind_head = None if stream.compressed else stream.start
        self.head: Head = read_head(raw, teller)
        self._split = False
        length = self.head.length
        if length is None:
            raise Fault(
                "block-unbounded",
                "without a valid Content-Length nobody can tell where the record ends",
                offset,
                search=self._behind_head,
            )
        self.block_length = length
        self._left = length
        self._fault: Fault | None = None
        self._finished = False
        self.ended = True
        """Whether two line ends and no more follow the block; known once ``finish`` was called."""
        self.length: int | None = None
        """Bytes in the file, of the gzip member where it holds nothing else; known once ``finish`` was called."""

    def pieces(self) -> Iterator[bytes]:
        """The block. Raises ``Fault``, the same one however often it is asked."""
        if self._fault is not None:
            raise self._fault
        try:
            while self._left:
                piece = self._stream.take(min(self._left, 1 << 18))
                if not piece:
                    self._go_on()
                    continue
                self._left -= len(piece)
                yield piece
        except Fault as fault:
            self._fault = fault
            raise

    def _go_on(self) -> None:
        missing = (
            f"Content-Length promises {counted(self.block_length, 'byte')}, of which "
            f"{counted(self._left, 'is', 'are')} missing"
        )
        stream = self._stream
        if not isinstance(stream, UnitStream):
            raise Fault(
                "block-short", f"the file ends inside a record: {missing}", self.offset, search=self._behind_head
            )
        if not stream.joined():
            raise Fault("block-short", f"the {stream.unit} ends inside a record: {missing}", self.offset, resync=False)
        if not self._split:
            self._split = True
            if stream.split:
                self._teller.tell(stream.split, f"a record goes on in another {stream.unit}", self.offset)

    def finish(self) -> None:
        """Read to the record's end, and check it. Raises ``Fault``, as ``pieces``."""
        for _ in self.pieces():
            pass
        if self._finished:
            return
        self._finished = True
        try:
            self._check_end()
            alone = not self._stream.compressed or not self._stream.peek(1)
        except Fault as fault:
            self._fault = fault
            raise
        if alone and self._fresh and not (self._split and self._stream.split):
            self.length = self._stream.end - self.offset

    def _check_end(self) -> None:
        """WARC 1.1, section 4: two line ends follow the block; what comes behind them is the next record's concern."""
        stream = self._stream
        after = stream.peek(len(END) + 5)[: len(END) + 5]
        if len(after) < len(END) and isinstance(stream, ZstdStream):
            stream.check()
            if not stream.joined():
                self._tell_end(after)
                return
            stream.give_back(after)
            after = stream.peek(len(END) + 5)[: len(END) + 5]
        if after.startswith(END):
            stream.skip(len(END))
            return
        if len(after) < len(END) + 5:
            stream.check()
        found = len(after) - len(after.lstrip(b"\r\n"))
        rest = after[found:]
        if not rest or rest.upper().startswith(b"WARC/"[: len(rest)]):
            stream.skip(found)
            self._tell_end(after[:found])
            return
        raise Fault(
            "block-length",
            f"the block does not end where its Content-Length says: {after[:8]!r} follows",
            self.offset,
            search=self._behind_head,
        )

    def _tell_end(self, found: bytes) -> None:
        self.ended = False
        self._teller.tell("record-end", f"{found!r} follows the block instead of two line ends")


def read_strictly(file: BinaryIO, teller: Teller) -> Iterator[StrictRecord]:
    """The records of a file; what is wrong with them is told, and what can't be read is passed over."""
    stream = open_stream(file, teller.tell)
    while True:
        teller.record = teller.offset = None
        try:
            if not stream.begin():
                return
            teller.offset = offset = stream.start
            _pass_over_empty_lines(stream, teller)
            if not stream.peek(1):
                continue
            if not stream.compressed:
                teller.offset = offset = stream.start
            elif isinstance(stream, UnitStream) and stream.shared:
                teller.tell_once(stream.joint, f"several records share one {stream.unit}", offset)
            record = StrictRecord(stream, teller, offset)
            teller.record = record.head.id
            yield record
            record.finish()
        except Fault as fault:
            teller.tell(fault.code, str(fault), fault.offset)
            if fault.resync and not stream.resume_after(fault):
                return


def _pass_over_empty_lines(stream: Stream, teller: Teller) -> None:
    lines = 0
    while empty := len(data := stream.peek(1)) - len(data.lstrip(b"\r\n")):
        stream.skip(empty)
        lines += data.count(b"\n", 0, empty)
    if lines:
        teller.tell("record-blank-lines", f"{lines} empty line{'s' * (lines > 1)} where a record should begin")


def _raw_head(stream: Stream, offset: int) -> bytes:
    size = 2048
    while True:
        data = stream.peek(size)
        if len(data) < size and split_head(data) is None:
            stream.check()
        if data[:5].upper() != b"WARC/":
            raise Fault("record-lost", f"no record begins here but {data[:24]!r}", offset)
        end = split_head(data)
        if another := MARK.search(data, 1, len(data) if end is None else end):
            stream.skip(another.start())
            raise Fault("head-incomplete", "another record begins inside the head of this one", offset)
        if end is not None:
            stream.skip(end)
            return data[:end]
        if len(data) < size:
            if isinstance(stream, ZstdStream):  # which may end a frame anywhere
                if not stream.joined():
                    raise Fault("head-incomplete", "the head of a record has no end", offset, resync=False)
                stream.give_back(data)
                continue
            stream.skip(1)  # so that the next record is looked for behind this one
            raise Fault("head-incomplete", "the head of a record has no end", offset)
        if size >= MAX_HEAD:
            stream.skip(1)
            raise Fault("head-long", f"the head of a record is longer than {MAX_HEAD:,} bytes", offset)
        size *= 4


def open_stream(file: BinaryIO, tell: Tell) -> Stream:
    """The stream for ``file``, by its first bytes."""
    file.seek(0)
    start = file.read(9)
    file.seek(0)
    if start.startswith(GZIP):
        return GzipStream(file, tell)
    if is_zstd(start):
        return ZstdStream(file, tell)
    if start[:2].upper() != b"WA":  # junk first: what comes behind it says what kind of file it is
        packed = GzipStream(file, tell)
        member = packed.next_candidate(0)
        plain = Stream(file)
        if member >= 0 and not (plain.find_mark() and plain.start < member):
            file.seek(0)
            return GzipStream(file, tell)
        file.seek(0)
    return Stream(file)
