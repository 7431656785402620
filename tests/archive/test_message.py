from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from itertools import pairwise

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import MessageError, entity, parse_head, payload, split_head
from crawler.archive.http_head import MAX_HEAD, plain_head, read_head

TEXT = b"The mayors published five conditions. " * 300


def message(body: bytes, *fields: bytes) -> io.BytesIO:
    return io.BytesIO(b"\r\n".join((b"HTTP/1.1 200 OK", *fields, b"", b"")) + body)


def chunked(body: bytes, sizes: list[int], extension: bytes = b"", trailer: bytes = b"") -> bytes:
    out, at = b"", 0
    for size in sizes:
        if piece := body[at : at + size]:
            out += b"%x%s\r\n%s\r\n" % (len(piece), extension, piece)
            at += size
    if rest := body[at:]:
        out += b"%x\r\n%s\r\n" % (len(rest), rest)
    return out + b"0\r\n" + trailer + b"\r\n"


class Trickle(io.RawIOBase):
    """Gives as many bytes at a time as it is told, never more."""

    def __init__(self, data: bytes, steps: list[int]) -> None:
        self._data = io.BytesIO(data)
        self._steps = steps
        self._turn = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        step = self._steps[self._turn % len(self._steps)]
        self._turn += 1
        data = self._data.read(min(step, len(buffer)))
        buffer[: len(data)] = data
        return len(data)


LINES = st.tuples(
    st.sampled_from([b"Content-Type", b"content-type", b"X", b"X ", b" X", b"", b"\xe9"]),
    st.sampled_from([b":", b": ", b":  ", b":\t", b""]),
    st.binary(max_size=6) | st.sampled_from([b"a b", b"a", b" a", b"a ", b"a\x0bb", b"a: b", b"a\rb", b"\xe9", b"a\t"]),
    st.sampled_from([b"\r\n", b"\r\n", b"\r\n", b"\n"]),
)


@given(st.sampled_from([b"200 OK", b"200", b"200 ", b"404 a  b", b"20 OK", b"200OK"]), st.lists(LINES, max_size=4))
def test_a_head_that_can_be_read_at_once_says_what_it_says_read_line_by_line(
    status: bytes, lines: list[tuple[bytes, bytes, bytes, bytes]]
) -> None:
    raw = b"HTTP/1.1 " + status + b"\r\n" + b"".join(map(b"".join, lines)) + b"\r\n"
    plain = plain_head(raw + b"body")
    if plain is None:
        return
    head, length = plain
    slowly = parse_head(b"\r\n" + raw[:length])  # an empty line before it is what no plain head has
    assert length == split_head(raw)
    assert (head.start_line, head.status, head.version) == (slowly.start_line, slowly.status, slowly.version)
    assert head.fields == slowly.fields
    assert [head.get_all(name) for name in ("content-type", "X", "é")] == [
        slowly.get_all(name) for name in ("content-type", "X", "é")
    ]


def test_a_head_as_most_servers_write_it_is_read_at_once() -> None:
    raw = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: a: b\r\n\r\n"
    plain = plain_head(b"before" + raw + b"body", 6)
    assert plain is not None
    head, length = plain
    assert (head.status, head.get("content-type"), head.get("X"), length) == (200, "text/html", "a: b", len(raw))


def test_fields_of_a_head_are_as_bytes_and_the_first_of_a_name_counts() -> None:
    head = parse_head(
        b"HTTP/1.1 200 OK\r\nX-A: \r\nset-cookie: a=1\r\nSet-Cookie:b: c\r\n folded\r\n: none\r\nno\r\n\r\n"
    )
    assert head.fields == ((b"X-A", b""), (b"set-cookie", b"a=1"), (b"Set-Cookie", b"b: c folded"), (b"", b"none"))
    assert (head.get("x-a"), head.get("SET-COOKIE"), head.get("cookie")) == ("", "a=1", None)
    assert head.get_all("Set-Cookie") == ("a=1", "b: c folded")


@pytest.mark.parametrize(
    ("data", "end"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", 25),
        (b"HTTP/1.1 200 OK\nA: b\n\nbody", 22),
        (b"HTTP/1.1 200 OK\r\nA: b\n\r\nbody", 24),
        (b"HTTP/1.1 200 OK\nA: b\r\n\nbody\r\n\r\n", 23),
        (b"\r\nGET / HTTP/1.1\r\n\r\n", 20),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n", None),
        (b"\r\n\r\n", None),
        (b"", None),
    ],
)
def test_a_head_ends_after_its_empty_line(data: bytes, end: int | None) -> None:
    assert split_head(data) == end


def test_a_head_is_read_with_folding_duplicates_and_latin_1() -> None:
    head = parse_head(
        b"HTTP/1.0 404  Not Found\r\nX-A : one\r\nSET-cookie: a\r\nset-Cookie: b\r\nFold: c\r\n\t d\r\nL: caf\xe9\n\n"
    )
    assert (head.status, head.reason, head.version) == (404, "Not Found", "1.0")
    assert head.get_all("Set-Cookie") == ("a", "b")
    assert (head.get("fold"), head.get("l"), head.get("x-a"), head.get("none")) == ("c d", "café", "one", None)
    assert [name for name, _ in head.fields] == [b"X-A", b"SET-cookie", b"set-Cookie", b"Fold", b"L"]


def test_a_request_head_has_method_and_target() -> None:
    head = parse_head(b"POST /a?b HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (head.method, head.target, head.version, head.status) == ("POST", "/a?b", "1.1", None)


def test_room_around_a_request_target_is_no_part_of_it() -> None:
    head = parse_head(b"GET  \t/a HTTP/1.1 b \t HTTP/1.0 \r\n\r\n")
    assert (head.method, head.target, head.version) == ("GET", "/a HTTP/1.1 b", "1.0")


@pytest.mark.parametrize("line", [b"GET" + b" " * 1_000_000, b"GET" + b" HTTP/1" * 100_000 + b" x"])
def test_a_line_of_a_megabyte_that_is_none_is_refused_at_once(line: bytes) -> None:
    with pytest.raises(MessageError):
        parse_head(line + b"\r\n\r\n")


def test_a_status_line_needs_no_reason() -> None:
    assert parse_head(b"HTTP/1.1 204\r\n\r\n").reason == ""


@pytest.mark.parametrize(
    "data", [b"", b"\r\n\r\n", b"<html>", b"ICY 200 OK\r\n\r\n", b"HTTP/1.1 2x0 OK\r\n\r\n", b"\x16\x03\x01"]
)
def test_what_is_no_http_is_refused(data: bytes) -> None:
    with pytest.raises(MessageError):
        parse_head(data)
    with pytest.raises(MessageError):
        payload(io.BytesIO(data))


def test_an_endless_head_is_refused_without_reading_it_whole() -> None:
    endless = io.BytesIO(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * (MAX_HEAD // 4))
    with pytest.raises(MessageError):
        read_head(endless)
    assert endless.tell() <= MAX_HEAD + 2


def test_a_message_cut_in_its_head_has_an_empty_payload() -> None:
    assert payload(io.BytesIO(b"HTTP/1.1 200 OK\r\nContent-Ty")).read() == b""


def test_the_payload_keeps_the_content_coding_and_loses_the_chunking_extensions_and_trailers() -> None:
    coded = gzip.compress(TEXT)
    body = chunked(coded, [1, 10, 300], b';a="b;c"', b"Expires: 0\r\nX: y\r\n")
    stream = message(body, b"Transfer-Encoding: chunked", b"Content-Encoding: gzip")
    assert payload(stream).read() == coded
    stream.seek(0)
    assert entity(stream).read() == TEXT


def test_a_gzip_transfer_coding_is_no_part_of_the_payload() -> None:
    body = chunked(gzip.compress(TEXT), [100])
    assert payload(message(body, b"Transfer-Encoding: gzip, chunked")).read() == TEXT


@given(
    st.binary(max_size=400),
    st.lists(st.integers(1, 50), min_size=1, max_size=20),
    st.lists(st.integers(1, 9), min_size=1),
)
def test_any_chunking_read_in_any_steps_gives_the_payload(body: bytes, sizes: list[int], steps: list[int]) -> None:
    raw = message(chunked(body, sizes), b"Transfer-Encoding: Chunked").getvalue()
    assert payload(io.BufferedReader(Trickle(raw, steps), 16)).read() == body


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b"<p>never chunked</p>", b"<p>never chunked</p>"),
        (b"-5\r\nhello", b"-5\r\nhello"),
        (b"5\r\nhello\r\nzz\r\nrest", b"hellozz\r\nrest"),
        (b"5\r\nhelloX\r\n0\r\n\r\n", b"helloX\r\n0\r\n\r\n"),
        (b"5\r\nhel", b"hel"),
        (b"5\nhello\n0\n\n", b"hello"),
        (b"5\r\nhello\r\n", b"hello"),
        (b"", b""),
    ],
)
def test_faulty_chunking_is_read_as_far_as_it_goes_and_the_rest_as_it_is(body: bytes, read: bytes) -> None:
    assert payload(message(body, b"Transfer-Encoding: chunked")).read() == read


CODED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:]),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
    "identity": TEXT,
    "unheard-of": TEXT,
}


@pytest.mark.parametrize("coding", CODED)
def test_an_entity_is_decoded(coding: str) -> None:
    assert entity(message(CODED[coding], b"Content-Encoding: " + coding.encode())).read() == TEXT


def test_raw_deflate_is_decoded_as_browsers_do() -> None:
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    assert entity(message(raw.compress(TEXT) + raw.flush(), b"Content-Encoding: deflate")).read() == TEXT


def test_several_codings_are_removed_in_reverse_order() -> None:
    body = brotli.compress(gzip.compress(zlib.compress(TEXT)))
    stream = message(body, b"Content-Encoding: deflate, gzip", b"Content-Encoding: br")
    assert entity(stream).read() == TEXT


@pytest.mark.parametrize(
    ("label", "coding"),  # no bytes: gzip writes the time, and each process of the tests would have names of its own
    [("gzip", None), ("br", None), ("zstd", None), ("deflate", None), ("gzip, gzip", "gzip")]
    + [(label, coding) for label in ("gzip", "br", "zstd") for coding in ("deflate", "gzip", "zstd")],
)
def test_a_mislabelled_entity_is_decoded_by_what_it_is(label: str, coding: str | None) -> None:
    body = CODED[coding] if coding else TEXT
    assert entity(message(body, b"Content-Encoding: " + label.encode())).read() == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_broken_entity_yields_what_came_before_the_break(coding: str) -> None:
    noise = b"".join(hashlib.sha256(b"%d" % number).hexdigest().encode() for number in range(3000))
    whole = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[coding](noise)
    for broken in (whole[: len(whole) // 2], whole[: len(whole) // 2] + b"\xff" * 64 + whole[len(whole) // 2 + 64 :]):
        read = entity(message(broken, b"Content-Encoding: " + coding.encode())).read()
        assert len(read) > len(noise) // 4
        assert noise.startswith(read[: len(noise) // 4])


def test_a_gzip_whose_check_sum_fails_is_still_read_whole() -> None:
    body = CODED["gzip"][:-8] + b"\0" * 8
    assert entity(message(body, b"Content-Encoding: gzip")).read() == TEXT


def test_a_bomb_is_read_in_pieces() -> None:
    bomb = gzip.compress(gzip.compress(bytes(20_000_000)))
    stream = entity(message(bomb, b"Content-Encoding: gzip, gzip"))
    assert sum(len(piece) for piece in iter(lambda: stream.read(65536), b"")) == 20_000_000


def test_the_stream_reads_lines_and_leaves_the_message_open() -> None:
    source = message(b"a\nb\n")
    with payload(source) as stream:
        assert list(stream) == [b"a\n", b"b\n"]
    assert not source.closed


HOSTILE = st.one_of(
    st.binary(max_size=300),
    st.builds(
        lambda head, fields, body: b"HTTP/1.1 " + head + b"\r\n" + b"\r\n".join(fields) + b"\r\n\r\n" + body,
        st.sampled_from([b"200 OK", b"999", b"20", b"\xff\x00 x"]),
        st.lists(
            st.sampled_from(
                [
                    b"Transfer-Encoding: chunked",
                    b"Content-Encoding: gzip",
                    b"Content-Encoding: br, zstd",
                    b"A",
                    b" folded",
                    b":",
                    b"Content-Encoding: deflate",
                    b"Transfer-Encoding: gzip",
                    b"\x00: \x01",
                    b"a: \r b",
                ]
            ),
            max_size=5,
        ),
        st.binary(max_size=200) | st.sampled_from([body[:60] + b"\0" * 9 + body[60:] for body in CODED.values()]),
    ),
)


@given(HOSTILE)
def test_hostile_bytes_raise_message_error_or_nothing(data: bytes) -> None:
    split_head(data)
    for read in (payload, entity):
        try:
            with read(io.BytesIO(data)) as stream:
                stream.read()
        except MessageError:
            pass


@given(
    st.lists(
        st.tuples(st.from_regex(rb"[A-Za-z0-9-]{1,9}", fullmatch=True), st.from_regex(rb"[!-~]{0,9}", fullmatch=True))
    )
)
def test_fields_come_back_in_order(fields: list[tuple[bytes, bytes]]) -> None:
    raw = b"HTTP/1.1 200 OK\r\n" + b"".join(name + b": " + value + b"\r\n" for name, value in fields) + b"\r\n"
    assert parse_head(raw).fields == tuple(fields)
    assert split_head(raw) == len(raw)
    assert all(split_head(raw[:end]) is None for _, end in pairwise(range(len(raw))))
