"""Content codings, removed from bodies that come in pieces of any size."""

from __future__ import annotations

import gzip
import itertools
import random
import zlib

import brotli
import pytest
import zstandard

from crawler.archive.coding import PIECE, remove_codings

CODINGS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstandard.compress}


@pytest.fixture(scope="module")
def body() -> bytes:
    return random.Random(3).randbytes(750_000).hex().encode()


@pytest.fixture(scope="module", params=CODINGS)
def coding(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def coded(coding: str, body: bytes) -> bytes:
    return bytes(CODINGS[coding](body, quality=1) if coding == "br" else CODINGS[coding](body))


@pytest.mark.parametrize("size", [7_000, 65_536, 300_000, 1 << 30])
def test_the_size_of_the_pieces_makes_no_difference(coding: str, coded: bytes, body: bytes, size: int) -> None:
    pieces = [coded[at : at + size] for at in range(0, len(coded), size)]
    assert b"".join(remove_codings(pieces, [coding])) == body


@pytest.mark.parametrize("size", [100, 98_272, 98_273, 200_000, 1 << 20, 9 << 20])
@pytest.mark.parametrize("repeated", [b"\0", b"<p>The ferry came back.</p>"])
def test_a_body_that_says_one_thing_again_and_again_comes_whole(coding: str, repeated: bytes, size: int) -> None:
    """What decodes to far more than it is: the last bytes that come may hold most of it."""
    body = (repeated * (size // len(repeated) + 1))[:size]
    pieces = list(remove_codings([CODINGS[coding](body)], [coding]))
    assert b"".join(pieces) == body
    assert max(map(len, pieces)) <= PIECE


@pytest.mark.parametrize("quality", [1, 5, 9])
def test_brotli_ends_where_the_page_does(quality: int) -> None:
    words = [random.Random(number).randbytes(4).hex() for number in range(300)]
    page = " ".join(random.Random(7).choices(words, k=200_000)).encode()
    assert b"".join(remove_codings([brotli.compress(page, quality=quality)], ["br"])) == page


def test_a_big_body_that_is_not_coded_as_it_says_comes_back_as_it_is(coding: str, body: bytes) -> None:
    page = b"<!doctype html><p>" + body
    assert b"".join(remove_codings([page], [coding])) == page


def test_no_piece_is_large_however_the_body_came(coding: str, coded: bytes, body: bytes) -> None:
    for whole in (coded, body):
        assert max(map(len, remove_codings([whole], [coding]))) <= PIECE


def test_gzip_members_with_nothing_in_them_end_a_body_and_are_not_read_to_their_end() -> None:
    empty, taken = gzip.compress(b""), itertools.count()
    endless = (empty for _ in taken)
    assert b"".join(remove_codings(itertools.chain([gzip.compress(b"The ferry")], endless), ["gzip"])) == b"The ferry"
    assert next(taken) < 2000


def test_gzip_members_with_next_to_nothing_in_them_end_a_body_too() -> None:
    small = [gzip.compress(b"a", 1)] * 100
    pieces = iter([b"".join(small)] * 1000)
    assert 20_000 <= len(b"".join(remove_codings(pieces, ["gzip"]))) < 21_000
    assert next(pieces, None) is not None


def test_gzip_members_of_a_line_each_are_read_to_the_last() -> None:
    line = b"A line of text that a server sends as soon as it has written it, one after another.\n"
    assert len(b"".join(remove_codings([gzip.compress(line, 1) * 30_000], ["gzip"]))) == 30_000 * len(line)


def test_some_gzip_members_with_nothing_in_them_are_passed_over() -> None:
    body = (gzip.compress(b"") * 900 + gzip.compress(b"The ferry ")) * 2
    assert b"".join(remove_codings([body], ["gzip"])) == b"The ferry " * 2
