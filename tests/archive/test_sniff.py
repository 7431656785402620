from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive.sniff import sniff


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"", None),
        (b"\n <!DOCTYPE html>\n<html>", "text/html"),
        (b"\xef\xbb\xbf<!-- x --><html lang=en>", "text/html"),
        (b"<p>Hello", "text/html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "application/rss+xml"),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<feed xmlns="http://www.w3.org/2005/Atom">', "application/atom+xml"),
        (b'<svg xmlns="http://www.w3.org/2000/svg">', "image/svg+xml"),
        (b'<?xml version="1.0"?><urlset>', "application/xml"),
        (b'{"a": 1}', "application/json"),
        (b"[1, 2]", "application/json"),
        (b"body { color: red }", "text/plain"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x1cftypavif\0\0", "image/avif"),
        (b"wOF2\0\x01", "font/woff2"),
        (b"%PDF-1.7", "application/pdf"),
        (b"a\0b", "application/octet-stream"),
        ("Grüße".encode(), "text/plain"),
    ],
)
def test_the_first_bytes_show_the_media_type(start: bytes, kind: str | None) -> None:
    assert sniff(start) == kind


@given(st.binary(max_size=2000) | st.sampled_from([b"<!--" * 400, b"<?" * 700, b"[" * 1500, b'{"' + b"\\" * 1400]))
def test_no_bytes_make_it_fail(start: bytes) -> None:
    sniff(start)


@pytest.mark.parametrize("comment", [b"<!---->", b"<!-- a -->\n"])
@pytest.mark.parametrize(
    ("start", "behind", "kind"),
    [
        (b"", b"<p>", "text/html"),
        (b"", b"words", "text/plain"),
        (b"", b"", "text/plain"),
        (b"<?xml version='1.0'?>", b"<rss>", "application/rss+xml"),
        (b"<?xml version='1.0'?>", b"words", "text/plain"),
    ],
)
def test_comments_are_parted_in_one_way_however_many_there_are(
    comment: bytes, start: bytes, behind: bytes, kind: str
) -> None:
    assert sniff(start + comment * 100 + behind) == kind
