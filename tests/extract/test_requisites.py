from __future__ import annotations

import pytest

from crawler.extract import find_embedded, find_requisites
from crawler.model import Article, Block, Outcome

PAGE = b"""<html><head><base href="/deep/"><link rel="stylesheet" href="a.css">
<link rel="preload" as="font" href="f.woff2">
<link rel="icon" href="/i.png">
<link rel="manifest" href="/m.json"><link rel="alternate" href="/feed"><script src="s.js"></script>
<style>@import "b.css"; body { background: url(bg.png) }</style></head>
<body><div style="background-image: url('/hero.jpg')"></div><img src="/logo.png"></body></html>"""


def test_what_a_browser_needs_for_a_page() -> None:
    host = "https://harbour-times.example"
    assert set(find_requisites(PAGE, url=f"{host}/x/y")) == {
        (f"{host}/deep/a.css", "style"),
        (f"{host}/deep/f.woff2", "font"),
        (f"{host}/i.png", "icon"),
        (f"{host}/m.json", "data"),
        (f"{host}/deep/s.js", "script"),
        (f"{host}/deep/b.css", "style"),
        (f"{host}/deep/bg.png", "image"),
        (f"{host}/hero.jpg", "image"),
        (f"{host}/logo.png", "image"),
    }


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<img src=a.jpg srcset='b.jpg 2x'>", ["a.jpg"]),
        ("<img src='data:image/gif;base64,R0' data-src=a.jpg>", ["a.jpg"]),
        ("<img src=grey.gif data-src=a.jpg>", ["grey.gif", "a.jpg"]),
        ("<img data-whatever-src=a.jpg>", ["a.jpg"]),
        ("<img srcset='s.jpg 300w, m.jpg 900w, l.jpg 3000w'>", ["m.jpg"]),
        ("<picture><source srcset='s.webp 200w, m.webp 1200w'><img alt=x></picture>", ["m.webp"]),
        ("<img alt='a.jpg'>", []),
        ("<video poster=p.jpg src=film.mp4></video>", ["p.jpg"]),
        ("<svg><use xlink:href='icons.svg#dot'></use><use href='#own'></use><image href=a.jpg /></svg>",
         ["icons.svg", "a.jpg"]),
        ("<input type=image src=go.png><input name=q>", ["go.png"]),
        ("<style>p { background: image-set('a.avif' type('image/avif'), url(b.png) 1x) }</style>", ["a.avif", "b.png"]),
    ],
)  # fmt: skip
def test_what_shows_a_picture_is_asked_for_it_once(written: str, shown: list[str]) -> None:
    found = find_requisites(written.encode(), url="https://a.example/")
    assert found == tuple((f"https://a.example/{name}", "image") for name in shown)


@pytest.mark.parametrize("headers", [{"Content-Type": "text/css; charset=utf-8"}, None])
def test_what_a_style_sheet_needs(headers: dict[str, str] | None) -> None:
    css = (
        b'@import url("more.css") screen; /* url(gone.png) */ @font-face { src: url(f.woff2?v=1) }'
        b"a { background: url(data:x) }"
    )
    assert find_requisites(css, url="https://a.example/css/main.css", headers=headers) == (
        ("https://a.example/css/more.css", "style"),
        ("https://a.example/css/f.woff2?v=1", "font"),
    )


@pytest.mark.parametrize(
    "body", [b"", b"\0", b"<", b"<style>url(", b"@import", b"<link rel=stylesheet href='http://['>"]
)
def test_any_bytes_need_nothing(body: bytes) -> None:
    assert find_requisites(body, url="::") == ()


@pytest.mark.parametrize(
    "endless",
    ["url(" + " " * 200_000, "url(" * 100_000, "/* " * 100_000, "@import url(" + " " * 200_000, "image-set(" * 50_000],
    ids=["room", "brackets", "comments", "room for a sheet", "sets"],
)
def test_what_a_style_sheet_never_closes_is_passed_over(endless: str) -> None:
    css = f"a {{ background: url(a.png) }} {endless}"
    found = find_requisites(css.encode(), url="https://a.example/main.css")
    assert found[-1 if "@import" in endless else 0] == ("https://a.example/a.png", "image")


def test_a_comment_that_nothing_closes_hides_nothing() -> None:
    css = b"/* url(gone.png) */ a { background: url(a.png) } /* b { background: url(b.png) }"
    assert [url for url, _ in find_requisites(css, url="https://a.example/main.css")] == [
        "https://a.example/a.png",
        "https://a.example/b.png",
    ]


def test_frames_in_the_text_are_none_of_its_own_page() -> None:
    here = "https://harbour-times.example/quay"
    addresses = (f"{here}#", f"{here}#chart", "https://charts.example/1#top", "https://charts.example/1", "https://[x")
    article = Article(
        here, "2031-03-14T12:00:00Z", Outcome.ARTICLE, blocks=tuple(Block("embed", "", url) for url in addresses)
    )
    assert find_embedded(article) == ("https://charts.example/1", "https://[x")
