from __future__ import annotations

import pytest

from crawler.model.address import origin, shown, without_password, without_visit


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://user:secret@a.example/b?c=d@e", "https://a.example/b?c=d@e"),
        ("http://secret@a.example", "http://a.example"),
        ("http://user:secret@[::1", "http://[::1"),
        ("http://user:sec/ret@a.example:3128", "http://a.example:3128"),
        ("http://user:sec@ret@a.example", "http://a.example"),
        ("no redis://:secret@a.example:1/0, no ftp://u:secret@b: gone", "no redis://a.example:1/0, no ftp://b: gone"),
        ("https://a.example/@b", "https://a.example/@b"),
        ("https://a.example:8080/@b or :80 c@d", "https://a.example:8080/@b or :80 c@d"),
        ("http://[::1]:80/@b", "http://[::1]:80/@b"),
        ("mail a@b.example", "mail a@b.example"),
    ],
)
def test_addresses_in_a_text_lose_name_and_password(text: str, told: str) -> None:
    assert without_password(text) == told


@pytest.mark.parametrize(
    "address",
    [
        "user:secret@a.example:3128", "http://user:secret@a.example:3128", "http://:12/34@a.example:3128",
        "http://:12#34@a.example:3128", "http://user:my pass@a.example:3128", "http://user:p/w@x@a.example:3128",
        "user:p/w@a.example:3128", "http://name@a.example:3128",
    ],
)  # fmt: skip
def test_an_address_begun_anywhere_is_shown_without_them(address: str) -> None:
    assert shown(address).removeprefix("http://") == "a.example:3128"


@pytest.mark.parametrize(
    "url", ["https://u:p@a.example:1/hook/key?key#key", "https://a.example:1?key", "https://a.example:1#key"]
)
def test_the_origin_is_all_before_the_path(url: str) -> None:
    assert origin(url) == "https://a.example:1"


@pytest.mark.parametrize("url", ["https://a.example:/key", "https://a.example:?key"])
def test_nothing_of_a_secret_path_is_kept_behind_an_empty_port(url: str) -> None:
    assert origin(url) == "https://a.example:"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://a.example/b;jsessionid=0F1E2D?c=1&utm_source=rss#d", "https://a.example/b?c=1#d"),
        ("https://a.example/b?utm_source=rss&fbclid=x", "https://a.example/b"),
        ("https://a.example/b?PHPSESSID=9f8e7d6c5b4a&id=7", "https://a.example/b?id=7"),
        ("https://a.example/article?sid=4711", "https://a.example/article?sid=4711"),
        ("https://a.example/article?sid=9f8e7d6c5b4a39281706f5e4", "https://a.example/article"),
        ("https://a.example/debate?session_id=2024-2", "https://a.example/debate?session_id=2024-2"),
        ("https://a.example/debate;sid=12?session_id=46", "https://a.example/debate;sid=12?session_id=46"),
        ("https://a.example/b;sessionid=9f8e7d6c5b4a39281706f5e4/c", "https://a.example/b/c"),
        ("https://a.example/b?session_id=9f8e7d6c-5b4a-3928-1706", "https://a.example/b"),
        ("https://a.example/b;v=2?", "https://a.example/b;v=2?"),
        ("https://a.example/b?x=utm_source=1", "https://a.example/b?x=utm_source=1"),
    ],
)
def test_ids_of_sessions_and_marks_of_a_link_are_no_part_of_a_pages_address(address: str, page: str) -> None:
    assert without_visit(address) == page
