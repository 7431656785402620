from __future__ import annotations

import errno
import os
import tempfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive.http_head import split_head
from crawler.fetch.chunks import ChunkDecoder, MalformedChunks
from crawler.fetch.transcript import MAX_HEADS, SPILL, Transcript

NEWLINES = st.sampled_from([b"\r\n", b"\n"])
FIELDS = st.lists(
    st.sampled_from([b"Link: </a>", b"X:  y ", b" folded", b"no colon", b"\tA:b\rc", b"x" * 70]), max_size=4
)


@st.composite
def heads(draw: st.DrawFn, status: st.SearchStrategy[bytes]) -> bytes:
    lines = [b"HTTP/1.1 " + draw(status), *draw(FIELDS), b""]
    return b"".join(line + draw(NEWLINES) for line in lines)


INTERIM = st.lists(heads(st.sampled_from([b"100 Continue", b"103 Early Hints", b"102"])), max_size=3)
FINAL = heads(st.sampled_from([b"200 OK", b"404", b"1000 Odd", b"304 Not Modified"]))


def segments(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


def fed(pieces: list[bytes], rest: int = 0, **limits: int) -> tuple[list[bytes], bytes | None, bytes | None, bool]:
    transcript = Transcript(**limits)
    for piece in pieces:
        transcript.feed(piece)
    transcript.finish(rest)
    message = transcript.message()
    with_body = None if message is None else message.read()
    if message is not None:
        message.close()
    return transcript.interim, transcript.head, with_body, transcript.full


@given(INTERIM, FINAL, st.binary(max_size=60), st.lists(st.integers(0, 10_000), max_size=12))
def test_any_segmentation_of_the_bytes_gives_the_same_split(
    interim: list[bytes], final: bytes, body: bytes, cuts: list[int]
) -> None:
    wire = b"".join(interim) + final + body
    assert fed(segments(wire, cuts)) == (interim, final, final + body, False)
    assert split_head(final + body) == len(final)


@given(st.binary(max_size=200), st.lists(st.integers(0, 200), max_size=8))
def test_whatever_came_is_kept_in_any_segmentation(wire: bytes, cuts: list[int]) -> None:
    interim, _, message, _ = whole = fed([wire])
    assert fed(segments(wire, cuts)) == whole
    assert b"".join(interim) + (message or b"") == wire


@given(FINAL, st.binary(max_size=50), st.integers(1, 60), st.lists(st.integers(0, 500), max_size=6))
def test_a_limit_cuts_the_body_at_the_same_byte_in_any_segmentation(
    head: bytes, body: bytes, limit: int, cuts: list[int]
) -> None:
    kept = fed(segments(head + body, cuts), max_body=limit)
    assert kept == ([], head, head + body[:limit], len(body) > limit)


@given(FINAL, st.binary(max_size=30), st.binary(max_size=30), st.integers(0, 40))
def test_bytes_after_the_end_are_no_part_of_it(head: bytes, body: bytes, rest: bytes, limit: int) -> None:
    kept = fed([head, body + rest], rest=len(rest), max_body=limit)
    expected = body[:limit] if limit else body
    assert kept == ([], head, head + expected, bool(limit) and len(body) > limit)


def test_a_big_message_moves_to_a_file_in_the_folder(tmp_path: Path) -> None:
    transcript = Transcript(tmp_path)
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    transcript.feed(head)
    for _ in range(5):
        transcript.feed(b"x" * (SPILL // 4))
    transcript.finish(rest=10)
    message = transcript.message()
    assert message is not None
    with message:
        assert message.fileno() > 0
        assert message.read() == head + b"x" * (5 * (SPILL // 4) - 10)


def test_a_folder_that_is_gone_is_an_error_of_the_system(tmp_path: Path) -> None:
    transcript = Transcript(tmp_path / "gone")
    transcript.feed(b"HTTP/1.1 200 OK\r\n\r\n")
    with pytest.raises(FileNotFoundError):
        transcript.feed(b"x" * (SPILL + 1))


def test_nothing_is_no_message() -> None:
    transcript = Transcript()
    transcript.finish()
    assert transcript.empty
    assert transcript.message() is None


def test_interim_heads_alone_leave_no_final_message() -> None:
    assert fed([b"HTTP/1.1 103 Early Hints\r\n\r\n"]) == ([b"HTTP/1.1 103 Early Hints\r\n\r\n"], None, None, False)


@pytest.mark.parametrize("endless", [b"X: y\r\n", b"HTTP/1.1 103 Early Hints\r\n\r\n"])
def test_heads_without_end_are_noticed(endless: bytes) -> None:
    transcript = Transcript()
    for _ in range(MAX_HEADS // len(endless) + 1):
        transcript.feed(endless)
    assert transcript.overlong
    transcript.finish()


SIZES = st.builds(
    lambda size, pad, extension, newline: (size, pad, extension, newline),
    st.integers(1, 40),
    st.sampled_from([b"", b" ", b"\t "]),
    st.sampled_from([b"", b";a=1", b' ; n="x y"']),
    NEWLINES,
)


@given(
    st.lists(SIZES, max_size=5),
    NEWLINES,
    st.sampled_from([b"", b"T: 1\r\n"]),
    st.lists(st.integers(0, 500), max_size=9),
)
def test_chunks_are_read_in_any_framing_and_segmentation(
    chunks: list[tuple[int, bytes, bytes, bytes]], newline: bytes, trailer: bytes, cuts: list[int]
) -> None:
    wire, expected = b"", b""
    for size, pad, extension, ending in chunks:
        content = bytes(range(size))
        wire += b"%X" % size + pad + extension + ending + content + ending
        expected += content
    wire += b"0" + newline + trailer + newline
    content, ends = bytearray(), []
    decoder = ChunkDecoder(content.extend, ends.append)
    for piece in segments(wire, cuts):
        decoder.dataReceived(piece)
    decoder.noMoreData()
    assert (bytes(content), ends) == (expected, [b""])


@pytest.mark.parametrize("wire", [b"zz\r\n", b"\r\n", b"3\r\nabcd\r\n", b"1" * 20 + b"\r\n", b"5" * 70_000])
def test_what_is_not_chunked_is_said_to_be_not(wire: bytes) -> None:
    with pytest.raises(MalformedChunks):
        ChunkDecoder(lambda _: None, lambda _: None).dataReceived(wire)


def test_a_big_message_stays_in_memory_as_long_as_no_file_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, piece = b"HTTP/1.1 200 OK\r\n\r\n", b"x" * SPILL
    refused = OSError(errno.EMFILE, os.strerror(errno.EMFILE))
    opened = [refused, refused]
    spill = tempfile.TemporaryFile

    def taken(**where: Any) -> Any:
        if opened:
            raise opened.pop()
        return spill(**where)

    monkeypatch.setattr(tempfile, "TemporaryFile", taken)
    for pieces in (2, 4):  # one that never finds a file, and one that does
        opened[:] = [refused, refused]
        transcript = Transcript(tmp_path)
        transcript.feed(head)
        for _ in range(pieces):
            transcript.feed(piece)
        transcript.finish()
        message = transcript.message()
        assert message is not None
        with message:
            assert message.read() == head + pieces * piece
            assert isinstance(message, BytesIO) == (pieces == 2)


def test_a_disk_that_takes_no_big_message_is_told_at_once(tmp_path: Path) -> None:
    transcript = Transcript(tmp_path / "none")
    transcript.feed(b"HTTP/1.1 200 OK\r\n\r\n")
    with pytest.raises(FileNotFoundError):
        transcript.feed(b"x" * (SPILL + 1))
