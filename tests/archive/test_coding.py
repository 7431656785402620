"""Content codings, removed from bodies that come in pieces of any size."""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
import pytest
import zstandard

from crawler.archive.coding import remove_codings

BODY = bytes(random.Random(3).choices(b"abcdefgh ", k=1_500_000))
CODED = {
    "gzip": gzip.compress(BODY, mtime=0),
    "deflate": zlib.compress(BODY),
    "br": brotli.compress(BODY, quality=1),
    "zstd": zstandard.compress(BODY),
}


@pytest.mark.parametrize("coding", CODED)
@pytest.mark.parametrize("size", [7_000, 65_536, 300_000, 1 << 30])
def test_the_size_of_the_pieces_makes_no_difference(coding: str, size: int) -> None:
    coded = CODED[coding]
    pieces = [coded[at : at + size] for at in range(0, len(coded), size)]
    assert b"".join(remove_codings(pieces, [coding])) == BODY


@pytest.mark.parametrize("coding", CODED)
def test_a_big_body_that_is_not_coded_as_it_says_comes_back_as_it_is(coding: str) -> None:
    page = b"<!doctype html><p>" + BODY
    assert b"".join(remove_codings([page], [coding])) == page
