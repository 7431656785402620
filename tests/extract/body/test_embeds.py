"""What an article shows from elsewhere keeps its place and its address."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from tests.extract.conftest import PARAGRAPHS

Build = Callable[..., bytes]
URL = "https://harbour-times.example/lamp"


def shown(body: bytes) -> list[tuple[str, str | None]]:
    article = extract_article(body, url=URL)
    return [(block.text, block.url) for block in article.blocks if block.type == "embed"]


@pytest.mark.parametrize(
    ("markup", "embed"),
    [
        ('<iframe src="https://video.example/embed/7" title="The lamp, filmed"></iframe>',
         ("The lamp, filmed", "https://video.example/embed/7")),
        ('<iframe data-src="//video.example/embed/7"></iframe>', ("", "https://video.example/embed/7")),
        ('<video poster="/p.jpg"><source src="/lamp.mp4"></video>', ("", "https://harbour-times.example/lamp.mp4")),
        ('<blockquote class="twitter-tweet"><p>It is lit again.</p>'
         '<a href="https://twitter.com/ada/status/77?ref=x">May 3</a></blockquote>', ("", "https://twitter.com/ada/status/77")),
    ],
)  # fmt: skip
def test_an_embed_keeps_its_address(story: Build, markup: str, embed: tuple[str, str]) -> None:
    assert shown(story(byline=f"<p>By Ada Winter</p>{markup}")) == [embed]


@pytest.mark.parametrize(
    ("sources", "chosen"),
    [
        ('<source src=/lamp.m3u8 type=application/x-mpegURL><source src=/lamp.mp4 type=video/mp4>', "/lamp.mp4"),
        ("<source src=/lamp.mpd><source src=/lamp.webm>", "/lamp.webm"),
        ('<source src=/lamp type="application/vnd.apple.mpegurl"><source src=/lamp2>', "/lamp2"),
        ('<source src=/lamp.webm type=video/webm><source src=/lamp.mp4 type=video/mp4>', "/lamp.mp4"),
        ('<source src=/lamp.ogg><source src=/lamp.mp3>', "/lamp.mp3"),
        ('<source src="/lamp-av1.mp4" type="video/mp4; codecs=av01.0.05M.08"><source src=/lamp.mp4>', "/lamp.mp4"),
        ("<source src=/large.mp4><source src=/small.mp4>", "/large.mp4"),
        ("<source src=/lamp.m3u8?token=1>", "/lamp.m3u8?token=1"),
    ],
)  # fmt: skip
def test_of_a_film_in_several_forms_the_file_that_plays_anywhere_is_its_address(
    story: Build, sources: str, chosen: str
) -> None:
    """A playlist is no film: its pieces are asked for by a script."""
    body = story(byline=f"<p>By Ada Winter</p><video controls>{sources}</video>")
    assert shown(body) == [("", f"https://harbour-times.example{chosen}")]


def test_a_film_with_an_address_of_its_own_has_that(story: Build) -> None:
    video = "<video src=/lamp.webm><source src=/lamp.mp4></video>"
    assert shown(story(byline=f"<p>By Ada Winter</p>{video}")) == [("", "https://harbour-times.example/lamp.webm")]


@pytest.mark.parametrize(
    "markup",
    [
        '<iframe src="https://ad.doubleclick.net/x"></iframe>',
        '<iframe src="https://video.example/7" width="1" height="1"></iframe>',
        '<iframe src="about:blank"></iframe>',
        '<aside><iframe src="https://video.example/7"></iframe></aside>',
        '<p>He wrote <a href="https://twitter.com/ada/status/77">of it</a> that day.</p>',
    ],
)
def test_trackers_and_links_are_no_embeds(story: Build, markup: str) -> None:
    assert shown(story(byline=f"<p>By Ada Winter</p>{markup}")) == []


def test_an_embed_stands_where_it_is_shown_and_adds_no_text(story: Build) -> None:
    plain = extract_article(story(), url=URL)
    frame = '<iframe src="https://video.example/embed/7" title="x y z"></iframe>'
    first, last = plain.text.split("\n\n")[0], plain.text.split("\n\n")[-1]
    at = story().decode().index(last[:40])
    start = story().decode().rindex("<", 0, at)
    body = story().decode()[:start] + frame + story().decode()[start:]
    article = extract_article(body.encode(), url=URL)
    kinds = [block.type for block in article.blocks]
    assert article.text == plain.text and 0 < kinds.index("embed") < len(kinds) - 1 and first in article.text


def test_a_link_that_stands_for_a_post_is_no_quotation(story: Build) -> None:
    post = "https://www.instagram.com/p/Cabc/"
    line = f'<a href="{post}">A post shared by the harbour of Grindholm</a>'
    box = f'<blockquote class="instagram-media"><p>{line}</p></blockquote>'
    lines = "".join(f"<p>{text}</p>{box if number == 1 else ''}" for number, text in enumerate(PARAGRAPHS))
    blocks = extract_article(story(body=lines), url=URL).blocks
    assert [block.type for block in blocks] == [
        "paragraph",
        "paragraph",
        "embed",
        "paragraph",
        "paragraph",
        "paragraph",
    ]
