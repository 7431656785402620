"""A page made ready to be shown: its addresses lead into the archive, all else is as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.replay.markup import Tag, tokens
from crawler.replay.page import rewrite_page
from crawler.replay.refresh import gives_way_to
from crawler.replay.sheet import rewrite_sheet

URL = "https://news.example/2026/story?id=1"


def place(url: str, form: str) -> str:
    return f"/web/9{form}/{url}"


def rewrite(text: str, held: bool = True) -> str:
    return rewrite_page(text, url=URL, place=place, held=lambda url: held and "gone" not in url)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<a href="/other#part">x</a>', '<a href="/web/9/https://news.example/other#part" target="_top">x</a>'),
        ("<a href=#part>x</a>", '<a href="#part">x</a>'),
        ("<a href='mailto:a@b.example'>x</a>", "<a>x</a>"),
        ("<a HREF = javascript:alert(1) onclick='x()'>x</a>", "<a>x</a>"),
        ("<img src=a.jpg>", '<img src="/web/9im_/https://news.example/2026/a.jpg">'),
        ("<img src='data:image/png,A' alt='a &quot; b'>", '<img alt="a &quot; b" src="data:image/png,A">'),
        ("<img data-src=//c.example/b>", '<img data-src="//c.example/b" src="/web/9im_/https://c.example/b">'),
        (
            "<img srcset='a.jpg 1x, gone.jpg 2x, b,c.jpg 3x'>",
            '<img src="/web/9im_/https://news.example/2026/b,c.jpg" srcset="'
            '/web/9im_/https://news.example/2026/a.jpg 1x, /web/9im_/https://news.example/2026/b,c.jpg 3x">',
        ),
        ("<link rel=preconnect href=https://x.example>", ""),
        (
            "<link rel='stylesheet' href=/s.css integrity=x>",
            '<link rel="stylesheet" href="/web/9cs_/https://news.example/s.css">',
        ),
        ("<iframe src=/f>no</iframe>", '<iframe src="/web/9if_/https://news.example/f"></iframe>'),
        (
            "<iframe src=about:blank data-src=/f></iframe>",
            '<iframe data-src="/f" src="/web/9if_/https://news.example/f"></iframe>',
        ),
        ("<iframe data-src=/gone></iframe>", '<iframe data-src="/gone"></iframe>'),
        (
            "<p style=\"background:url('/a')\">x",
            '<p style="background:url(&quot;/web/9oe_/https://news.example/a&quot;)">x',
        ),
        ("<meta http-equiv=Refresh content=\"5; URL='/next'\">", ""),
        ("<meta charset=utf-16><meta name=referrer content=unsafe-url>", ""),
        ("<script>if (a < b) { '</p>' }</script >after", "after"),
        ("a < b &amp; c <3 <!-- not > this --> d", "a &lt; b &amp; c &lt;3  d"),
        ("<svg><use xlink:href='#i'/></svg>", '<svg><use xlink:href="#i" /></svg>'),
        ("<path fill='url(#g)'/>", '<path fill="url(&quot;#g&quot;)" />'),
        ("<form action=/s><input name=q></form>", '<form><input name="q"></form>'),
        ("<title>A <b> title</title>", "<title>A &lt;b> title</title>"),
        ("<!DOCTYPE html><p>x", "<!DOCTYPE html><p>x"),
    ],
)  # fmt: skip
def test_each_kind_of_address(written: str, shown: str) -> None:
    assert rewrite(written) == shown


@pytest.mark.parametrize(
    ("written", "onward"),
    [
        ("<meta http-equiv=Refresh content=\"0; URL='/next'\">", "https://news.example/next"),
        ("<meta content='1,next#part' http-equiv=refresh>", "https://news.example/2026/next#part"),
        ("<base href=//b.example/c/><meta http-equiv=refresh content='0;url=d'>", "https://b.example/c/d"),
        ("<noscript>x</noscript><meta http-equiv=refresh content='.;url=/next'>", "https://news.example/next"),
        ("<noscript><meta http-equiv=refresh content='0;url=/next'></noscript>", None),
        ("<!-- <meta http-equiv=refresh content='0;url=/next'> -->", None),
        ("<meta http-equiv=refresh content='300;url=/next'>", None),
        ("<meta http-equiv=refresh content=0>", None),
        ("<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", None),
        ("<meta http-equiv=refresh content='0;url=story.html#part'>", None),
        ("<p>Refresh yourself", None),
    ],
)  # fmt: skip
def test_a_page_that_gives_way_at_once_is_known(written: str, onward: str | None) -> None:
    assert gives_way_to(written, url="https://news.example/2026/story.html") == onward


def test_the_base_is_applied_and_left_out() -> None:
    page = rewrite("<img src=a.jpg><base href='https://cdn.example/x/'><a href=b>x</a>")
    assert page == (
        '<img src="/web/9im_/https://cdn.example/x/a.jpg"><a href="/web/9/https://cdn.example/x/b" target="_top">x</a>'
    )


def test_the_picture_for_readers_without_scripts_is_not_shown_twice() -> None:
    page = rewrite("<img src='data:image/gif;base64,AA' data-src=a.jpg><noscript><img src=a.jpg></noscript>")
    assert page.count('src="/web/9im_') == 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<img src=grey.gif data-src=a.jpg>", "a.jpg"),
        ("<img src=small.jpg data-src=gone.jpg>", "small.jpg"),
        ("<img src=small.jpg data-zoom=big.jpg>", "small.jpg"),
        ("<img data-cfsrc=a.jpg>", "a.jpg"),
        ("<img src='data:image/gif;base64,AA' data-image=a.jpg data-title='x.jpg'>", "a.jpg"),
        ("<img src=a.jpg data-url=/story>", "a.jpg"),
        ("<img src=a.jpg title=b.jpg alt=c.jpg>", "a.jpg"),
    ],
)
def test_a_picture_is_put_where_a_script_would_have_put_it(written: str, shown: str) -> None:
    assert f' src="/web/9im_/https://news.example/2026/{shown}"' in rewrite(written)


def test_styles_that_hide_a_picture_until_it_is_there_know_that_it_is() -> None:
    assert ' class="fit lazyloaded"' in rewrite("<img class='fit lazyload' data-src=a.jpg>")
    assert ' class="fit lazyload"' in rewrite("<img class='fit lazyload' data-src=gone.jpg>")


def test_where_a_picture_is_hidden_the_one_for_readers_without_scripts_is_shown() -> None:
    hidden = "<img data-cfsrc=a.jpg style='display: none; visibility:hidden'>"
    assert rewrite(f"{hidden}<noscript><img src=a.jpg></noscript>").count('src="/web/9im_') == 1


def test_a_picture_the_archive_lacks_keeps_its_address() -> None:
    assert rewrite("<img src=gone.jpg>") == '<img src="/web/9im_/https://news.example/2026/gone.jpg">'


@given(st.text(alphabet=st.sampled_from(list("<>/!?-=\"' abscript&#;:u\n[]styleimghref")), max_size=80))
def test_whatever_comes_in_only_filtered_tags_come_out(text: str) -> None:
    page = rewrite(text)
    for match in re.finditer("<", page):
        assert re.match(r"</?[a-z!]", page[match.start() :], re.IGNORECASE)
    for token in tokens(page):
        if isinstance(token, Tag):
            assert token.name != "script"
            assert not any(name.startswith("on") for name, _ in token.attributes)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a{background:url( 'x.png' )}", 'a{background:url("/x.png")}'),
        ("@import 'a.css' print; b{}", '@import url("/a.css") print; b{}'),
        ("@import url(a.css);", '@import url("/a.css");'),
        ("/* url(x) */ a::after{content:'url(x)'}", "/* url(x) */ a::after{content:'url(x)'}"),
        ("a{b:image-set('x' 1x, \"y\" type('image/png'))}", "a{b:image-set(\"/x\" 1x, \"/y\" type('image/png'))}"),
        ("a{background:url(x\\).png)}", 'a{background:url("/x).png")}'),
        ("a{background:url()}", 'a{background:url("")}'),
    ],
)  # fmt: skip
def test_each_address_of_a_style_sheet(written: str, shown: str) -> None:
    assert rewrite_sheet(written, lambda url: f"/{url}") == shown


@pytest.mark.parametrize("endless", ["url(" + " " * 300_000, "url(" * 100_000, 'url("' * 100_000])
def test_what_a_style_sheet_never_closes_stays_as_it_is(endless: str) -> None:
    assert rewrite_sheet(f"a {{ color: red }} {endless}", lambda url: f"/{url}").startswith("a { color: red }")


def test_a_style_element_holds_nothing_that_looks_like_a_tag() -> None:
    written = "<!-- a{} --> @media (400px <width){b::before{content:'<img src=x>'}} /* </p> */"
    assert "<i" not in (shown := rewrite_sheet(written, str, within_page=True))
    assert "</" not in shown
    assert "(400px < width)" in shown


def test_frames_in_frames_without_end_are_shown_as_far_as_they_go() -> None:
    page = "innermost"
    for _ in range(300):
        page = f"<iframe/srcdoc={page.replace('&', '&amp;').replace('>', '&gt;')}>"
    shown = rewrite(f"<p>before</p>{page}</iframe><p>after</p>")
    assert shown.startswith("<p>before</p><iframe srcdoc=")
    assert shown.endswith("<p>after</p>")
