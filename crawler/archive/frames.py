"""Zstandard frames of a WARC file, read block by block: WARC 1.x compressed as the draft of the IIPC describes it.

A frame is taken apart as far as its blocks (RFC 8878, section 3.1.1), none of which holds more than 128 KiB: so where a
frame ends is known to the byte, and no frame, whatever it promises, makes more of its input at a time than that.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from typing import BinaryIO

import zstandard

MAGIC = b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
"""Magic number of the skippable frame that holds the dictionary, which only the beginning of a file may be."""
LARGEST_DICTIONARY = 1 << 23
"""Bytes of a dictionary, compressed or not, up to which the draft asks readers to take it."""
LARGEST_WINDOW = 1 << 27
"""Bytes of a frame that may have to be remembered: what `zstd` itself takes unless told otherwise."""
_DICTIONARY_CONTENT = b"\x37\xa4\x30\xec"
_READ = 1 << 16
"""Bytes read at a time."""
_RAW, _RLE, _COMPRESSED = range(3)


class FrameError(Exception):
    """A frame that can't be read; ``offset`` is where it begins, ``kind`` what is the matter."""

    def __init__(self, kind: str, message: str, offset: int) -> None:
        super().__init__(message)
        self.kind = kind
        """``header``, ``truncated``, ``damaged``, ``dictionary``, ``window`` or ``foreign`` (no frame at all)."""
        self.offset = offset


class Frames:
    """The frames of ``file`` from ``offset`` on; ``skipped`` is told the magic number and place of those without data.

    Raises ``FrameError``, and ``OSError`` where the file can't be read.
    """

    def __init__(self, file: BinaryIO, offset: int = 0, skipped: Callable[[bytes, int], None] | None = None) -> None:
        self._file = file
        self._skipped = skipped
        self.dictionary = read_dictionary(file)
        self._decompressor = _decompressor(self.dictionary)
        self.start = offset
        """Offset of the current frame."""
        self.sized = self.checked = self.named = True
        """Whether the current frame says how long its content is, has a check sum, and names its dictionary."""
        self.seek(offset)

    def seek(self, offset: int) -> None:
        """Go on at ``offset``."""
        self._file.seek(offset)
        self._read_to = offset
        self._raw = b""
        self._used = 0
        self._object: zstandard.ZstdDecompressionObj | None = None
        self._last = False

    @property
    def end(self) -> int:
        """Offset after the last byte that was taken: of the current frame, once :meth:`more` gave nothing."""
        return self._read_to - (len(self._raw) - self._used)

    def begin(self) -> bool:
        """Go to the next frame that holds data; False at the end of the file."""
        while True:
            self.start = self.end
            magic = self._look(4)
            if not magic:
                return False
            if _is_skippable(magic):
                self._pass_over()
            elif magic == MAGIC:
                self._begin()
                return True
            else:
                kind = "truncated" if len(magic) < 4 and MAGIC.startswith(magic) else "foreign"
                raise FrameError(kind, f"no Zstandard frame begins here but {magic!r}", self.start)

    def more(self) -> bytes:
        """The content of the next block that has any; nothing at the end of the frame."""
        if self._object is None:
            return b""
        while not self._last:
            head = self._take(3)
            number = int.from_bytes(head, "little")
            self._last, kind, size = bool(number & 1), number >> 1 & 3, number >> 3
            if kind > _COMPRESSED:
                raise FrameError("damaged", "a block of a kind that does not exist", self.start)
            piece = head + self._take(1 if kind == _RLE else size)
            if self._last and self.checked:
                piece += self._take(4)
            if out := self._decompress(piece):
                return out
        self._object = None
        return b""

    def _begin(self) -> None:
        """Read the header (RFC 8878, section 3.1.1.1)."""
        descriptor = self._look(5)[4:]
        if not descriptor:
            raise self._truncated()
        flags = descriptor[0]
        single = bool(flags & 0x20)
        of_dictionary = (0, 1, 2, 4)[flags & 3]
        of_size = (1 if single else 0, 2, 4, 8)[flags >> 6]
        if flags & 0x08:
            raise FrameError("header", "a bit of a frame's header is set that must not be", self.start)
        header = self._take(5 + (not single) + of_dictionary + of_size)
        at = 5 + (not single)
        wanted = int.from_bytes(header[at : at + of_dictionary], "little")
        self.sized, self.checked = of_size > 0, bool(flags & 0x04)
        self.named = wanted > 0 or self.dictionary is None
        if wanted and (self.dictionary is None or self.dictionary.dict_id() != wanted):
            has = "none" if self.dictionary is None else f"dictionary {self.dictionary.dict_id()}"
            raise FrameError("dictionary", f"a frame needs dictionary {wanted}, the file begins with {has}", self.start)
        self._object, self._last = self._decompressor.decompressobj(), False
        self._decompress(header)

    def _decompress(self, piece: bytes) -> bytes:
        assert self._object is not None
        try:
            return self._object.decompress(piece)
        except zstandard.ZstdError as error:
            self._object = None
            said = str(error).removeprefix("zstd decompressor error: ")
            kind = "window" if "too much memory" in said else "damaged"
            raise FrameError(kind, f"a Zstandard frame cannot be decompressed ({said})", self.start) from error

    def _pass_over(self) -> None:
        """A skippable frame (section 3.1.2)."""
        head = self._take(8)
        size = int.from_bytes(head[4:], "little")
        here = self.end
        whole = self._file.seek(0, io.SEEK_END)
        if here + size > whole:
            raise FrameError("truncated", "the file ends inside a skippable frame", self.start)
        self.seek(here + size)
        if self._skipped:
            self._skipped(head[:4], self.start)

    def _truncated(self) -> FrameError:
        self._object = None
        return FrameError("truncated", "the file ends inside a Zstandard frame", self.start)

    def _look(self, size: int) -> bytes:
        while len(self._raw) - self._used < size and (data := self._file.read(_READ)):
            self._read_to += len(data)
            self._raw, self._used = self._raw[self._used :] + data, 0
        return self._raw[self._used : self._used + size]

    def _take(self, size: int) -> bytes:
        piece = self._look(size)
        if len(piece) < size:
            raise self._truncated()
        self._used += size
        return piece


def is_lz4(start: bytes) -> bool:
    """Whether a file that begins with ``start`` is one of LZ4 frames, which FastWARC writes and no standard knows."""
    return start.startswith(b"\x04\x22\x4d\x18")


def is_zstd(start: bytes) -> bool:
    """Whether a file that begins with these nine bytes or more is one of Zstandard frames.

    A skippable frame's magic number right before a record or a gzip member is no frame, but damage to another file.
    """
    return start.startswith(MAGIC) or (_is_skippable(start[:4]) and not start[4:].startswith((b"WARC/", b"\x1f\x8b")))


def read_dictionary(file: BinaryIO) -> zstandard.ZstdCompressionDict | None:
    """The dictionary that ``file`` begins with; None where there is none. Raises ``FrameError``, ``OSError``."""
    file.seek(0)
    head = file.read(8)
    if head[:4] != DICTIONARY:
        return None
    size = int.from_bytes(head[4:], "little")
    if size > LARGEST_DICTIONARY:
        raise FrameError("dictionary", f"a dictionary of {size:,} bytes is longer than anyone takes", 0)
    packed = file.read(size)
    if len(packed) < size or len(head) < 8:
        raise FrameError("truncated", "the file ends inside its dictionary", 0)
    return _dictionary(packed)


@lru_cache(4)
def _dictionary(packed: bytes) -> zstandard.ZstdCompressionDict:
    content = packed
    if packed.startswith(MAGIC):
        try:
            content = _unpacked(packed)
        except FrameError as error:
            raise FrameError("dictionary", f"the dictionary cannot be read: {error}", 0) from error
    if not content.startswith(_DICTIONARY_CONTENT):
        raise FrameError("dictionary", "the frame for the dictionary holds none", 0)
    dictionary = zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_FULLDICT)
    _decompressor(dictionary).decompressobj()
    return dictionary


def _unpacked(packed: bytes) -> bytes:
    frames = Frames(io.BytesIO(packed))
    frames.begin()
    content = b""
    while piece := frames.more():
        content += piece
        if len(content) > LARGEST_DICTIONARY:
            raise FrameError("dictionary", f"it is longer than {LARGEST_DICTIONARY:,} bytes", 0)
    return content


def _decompressor(dictionary: zstandard.ZstdCompressionDict | None) -> zstandard.ZstdDecompressor:
    try:
        return zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=LARGEST_WINDOW)
    except zstandard.ZstdError as error:
        raise FrameError("dictionary", f"the dictionary is damaged ({error})", 0) from error


def _is_skippable(magic: bytes) -> bool:
    return len(magic) >= 4 and magic[0] >> 4 == 5 and magic[1:4] == b"\x2a\x4d\x18"
