"""Cards of films between headline and last line."""

from __future__ import annotations

from collections.abc import Callable

from crawler.extract import extract_article
from crawler.extract.images.films import find_films
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from crawler.model import Article
from tests.extract.conftest import PARAGRAPHS, URL

Build = Callable[..., bytes]
TITLES = (
    "Watch how the seal of Grindholm walks into the bakery and does not leave it",
    "The council of the island argues over the colour of its quay for an hour",
    "Why the ferry turned round twice on its way to the lighthouse on Monday",
)


def card(title: str, number: int, name: str = "video-item", length: str = "2:03") -> str:
    return (
        f"<div class='{name}'><div><img src='/stills/{number}4711.jpg' width='640'></div><div class='{name}__title'>"
        f"{title}</div><div class='{name}__when'>{length} • Source: Harbour</div></div>"
    )


def read(story: Build, cards: str) -> Article:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return extract_article(story(body=f"<div class='k7'>{cards}</div>{body}"), url=URL)


def test_titles_and_stills_of_a_playlist_are_none_of_the_article(story: Build) -> None:
    article = read(story, "".join(card(title, number) for number, title in enumerate(TITLES)))
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.images == ()


def test_a_picture_beside_a_time_of_day_is_no_film(story: Build) -> None:
    article = read(story, card("The lamp goes up", 1, name="entry", length="11:15"))
    assert len(article.images) == 1


def test_a_text_below_a_film_stays(story: Build) -> None:
    film = f"<div class='video-item'><img src='/stills/14711.jpg'><div>2:03</div><p>{PARAGRAPHS[0]}</p></div>"
    article = extract_article(story(body=film + "".join(f"<p>{text}</p>" for text in PARAGRAPHS[1:])), url=URL)
    assert PARAGRAPHS[0] in (article.text or "")


def test_a_title_that_ends_in_a_length_of_its_own_names_a_film(story: Build) -> None:
    still = "<div class='video-player'><img src='/stills/14711.jpg' width='640'><div class='video-title'>{}</div></div>"
    film = still.format(f"<strong>{TITLES[0]}</strong> <span>2:06</span>")
    assert read(story, film).images == ()
    assert len(read(story, still.format(f"{TITLES[0]} until 11:15")).images) == 1
    assert len(read(story, film.replace("video-player", "entry").replace("video-", "entry-")).images) == 1


def test_a_title_alone_in_an_aside_for_films_is_none_of_the_text(story: Build) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    for aside, stays in (
        ("<aside class='inset-video'><div>Five lamps that lit the coast</div><div></div></aside>", False),
        ("<aside class='note'><p>Five lamps that lit the coast</p></aside>", True),
        ("<div class='video-text'><p>Five lamps that lit the coast</p></div>", True),
        ("<aside class='inset-video'><p>Five lamps lit the coast in those years.</p></aside>", True),
    ):
        blocks = lay_out(parse_html(f"{aside}{paragraphs}"))
        assert (0 not in find_films(blocks, blocks.blocks)) is stays


def test_a_films_file_is_no_picture_and_its_poster_is(story: Build) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    for film, still in (
        ("<video controls src=/lamp.mp4></video>", None),
        ("<amp-video src=/lamp.mp4 width=640 height=360></amp-video>", None),
        ("<video controls src=/lamp.mp4 poster=/lamp.jpg></video>", "https://www.harbour-times.example/lamp.jpg"),
        ("<video data-src=/lamp.mp4 data-still=/lamp.jpg></video>", "https://www.harbour-times.example/lamp.jpg"),
    ):
        images = extract_article(story(body=film + paragraphs), url=URL).images
        assert [image.url for image in images] == [still] * (still is not None), film
