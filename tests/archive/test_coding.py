"""Content codings, removed from bodies that come in pieces of any size."""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
import pytest
import zstandard

from crawler.archive.coding import remove_codings

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


def test_a_big_body_that_is_not_coded_as_it_says_comes_back_as_it_is(coding: str, body: bytes) -> None:
    page = b"<!doctype html><p>" + body
    assert b"".join(remove_codings([page], [coding])) == page
