from __future__ import annotations

import io
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import MessageError, entity, parse_head, payload
from crawler.archive.http_head import read_head
from crawler.archive.message import payload_pieces
from crawler.archive.surt import surt
from crawler.archive.verify.digests import DigestError, parse_digest
from crawler.archive.verify.fields import CHECKS
from crawler.archive.verify.finding import Teller
from crawler.archive.verify.head import read_head as read_warc_head
from crawler.archive.verify.http import HttpReader
from crawler.archive.warc_head import HeadError
from crawler.archive.warc_head import parse_head as parse_warc_head
from tests.archive.verify.build import CHUNKED, GET, PAGE, exchange
from tests.fuzz.mutation import TOKENS, fuzzed, mutated

MESSAGES = (PAGE, GET, CHUNKED, CHUNKED.replace(b"0\r\n\r\n", b"3;x=y\r\nabc\r\n0\r\nTrailer: x\r\n\r\nmore"))


@fuzzed
@given(mutated(*MESSAGES))
def test_a_message_is_read(data: bytes) -> None:
    for read in (payload, entity):
        with suppress(MessageError):
            read(io.BytesIO(data)).read()
    try:
        head = parse_head(data)
    except MessageError:
        return
    assert (head.status is None) != (head.method is None)
    for name, _ in head.fields:
        head.get_all(name.decode("latin-1"))
        head.tokens(name.decode("latin-1"))


@fuzzed
@given(mutated(CHUNKED, *MESSAGES), st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_the_payload_is_the_same_read_at_once_and_in_pieces(data: bytes, sizes: list[int]) -> None:
    try:
        source = io.BytesIO(data)
        head, raw = read_head(source)
    except MessageError:
        return
    if [coding for coding in head.tokens("transfer-encoding") if coding != "chunked"]:
        return
    expected = b"".join(payload_pieces(head, source))
    got: list[bytes] = []
    body: list[bytes] = []
    reader = HttpReader(got.append, body.append)
    at = 0
    while at < len(data):
        size = sizes[at % len(sizes)]
        reader.feed(data[at : at + size])
        at += size
    reader.finish()
    assert (b"".join(got), b"".join(body), reader.raw_head) == (expected, data[len(raw) :], raw)


@fuzzed
@given(mutated(exchange()[1].partition(b"\r\n\r\n")[0] + b"\r\n\r\n"))
def test_a_record_head_is_read(data: bytes) -> None:
    with suppress(HeadError):
        parse_warc_head(data)
    if data[:5].upper() == b"WARC/" and data.endswith(b"\n"):
        head = read_warc_head(data, Teller("x", lambda _: None))
        assert head.length is None or head.length >= 0


@fuzzed
@given(st.one_of(st.text(max_size=60), st.sampled_from(TOKENS).map(lambda token: token.decode("latin-1"))))
def test_any_value_of_any_field_is_judged(value: str) -> None:
    for check in CHECKS.values():
        for version in ((1, 0), (1, 1), None):
            assert all(code and message for code, message in check(value, version))
    with suppress(DigestError):
        parse_digest(value)
    surt(value)
