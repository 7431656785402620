"""The article stays the same when its layout changes."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable

import pytest

from crawler.extract import extract_article

Build = Callable[..., bytes]
URL = "https://www.harbour-times.example/lamp"


def no_names(page: bytes) -> bytes:
    return re.sub(rb'(class|id)="[^"]*"', lambda match: b'%s="x%d"' % (match.group(1), zlib.crc32(match.group())), page)


def no_semantics(page: bytes) -> bytes:
    return re.sub(rb"<(/?)(article|main|header|nav|aside|footer|section|h1|h2|figure)\b", rb"<\1div", page)


def no_paragraphs(page: bytes) -> bytes:
    return re.sub(rb"<(/?)p\b", rb"<\1div", page)


def wrapped(page: bytes) -> bytes:
    rng = random.Random(1)
    return re.sub(
        rb"<p>.*?</p>", lambda match: b"<div>" * (n := rng.randint(1, 3)) + match.group() + b"</div>" * n, page
    )


def rail_on_top(page: bytes) -> bytes:
    match = re.search(rb"<aside>.*?</aside>", page)
    assert match is not None
    return page.replace(match.group(), b"").replace(b"<body>", b"<body>" + match.group())


def all_of_them(page: bytes) -> bytes:
    return no_paragraphs(no_semantics(no_names(rail_on_top(wrapped(page)))))


@pytest.mark.parametrize("change", [no_names, no_semantics, no_paragraphs, wrapped, rail_on_top, all_of_them])
@pytest.mark.parametrize("field", ["headline", "authors", "date_published", "text"])
def test_field_survives(story: Build, change: Callable[[bytes], bytes], field: str) -> None:
    before, after = (extract_article(page, url=URL) for page in (story(), change(story())))
    assert getattr(after, field) == getattr(before, field)
