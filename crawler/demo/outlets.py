"""The smaller sites of the demo's web: the farm that rewrites, the reprint, and the outlets behind the cards.

Each writes its pages in its own way: a weblog with lazy pictures, schema.org microdata, tables in windows-1252, an
empty shell with its text in a script.
"""

from __future__ import annotations

from html import escape

from crawler.demo import courier
from crawler.demo.cards import CARDS, Card
from crawler.demo.markup import Markup, page, paragraphs, printed_date, script_json
from crawler.demo.rewrite import REWRITE, REWRITE_HEADLINE, REWRITE_PATH, REWRITE_PUBLISHED
from crawler.demo.story import AUTHORS, HEADLINE, PIECES, Paragraph

FARM_HOST = "www.tallisbaynews.test"
SISTER_HOST = "www.hallowayherald.test"
REPRINT_HOST = "www.soundtoday.example"
REPRINT_PATH = "/regional/skerry-sound-bridge-conditions"
REPRINT_PUBLISHED = "2024-03-16T12:00:00+01:00"

_FARMS = {
    FARM_HOST: ("Tallis Bay News.Net", "Tallis Bay", "#7a2e2e"),
    SISTER_HOST: ("Halloway Herald", "Halloway", "#2e4a7a"),
}
_TINTS = ("#245b4e", "#5b3a24", "#33406b", "#6b5a1e", "#4c2a55")


def rewrite(host: str) -> str:
    """The rewrite as one of the farm's sites shows it: the same text under another name."""
    site, place, tint = _FARMS[host]
    others = "".join(
        f'<li><a href="/news/27441{number}/{slug}">{slug.replace("-", " ").capitalize()}</a></li>'
        for number, slug in (("8299", "ferry-hits-jetty-in-fog"), ("8240", "school-choir-wins-regional-prize"))
    )
    return page(
        "farm",
        {
            "headline": REWRITE_HEADLINE,
            "url": f"https://{host}{REWRITE_PATH}",
            "site": site,
            "place": place,
            "tint": tint,
            "when": f"{printed_date(REWRITE_PUBLISHED)}, 04:26 GMT+1",
            "paragraphs": paragraphs(tuple(sentence.text for sentence in REWRITE)),
            "others": Markup(others),
        },
    )


def reprint() -> str:
    """The Courier's report printed again by a partner that names its source."""
    texts = tuple(" ".join(piece.sentences) for piece in PIECES if isinstance(piece, Paragraph))
    return page(
        "reprint",
        {
            "headline": HEADLINE,
            "original": courier.ORIGINAL,
            "byline": " and ".join(AUTHORS),
            "published": REPRINT_PUBLISHED,
            "printed": printed_date(REPRINT_PUBLISHED),
            "paragraphs": paragraphs(texts),
            "tint": "#1f5a5f",
        },
    )


def card_page(card: Card) -> str:
    """The page a card leads to."""
    number = CARDS.index(card) + 1
    if card.shape == "courier":
        return courier.card_article(card.headline, card.author, card.published, paragraphs(card.text))
    template = card.shape if card.shape in {"microdata", "latin", "shell"} else "blog"
    story = {
        "title": card.headline,
        "author": {"name": card.author},
        "published": card.published,
        "paragraphs": list(card.text),
    }
    return page(
        template,
        {
            "headline": card.headline,
            "outlet": card.outlet,
            "host": card.host,
            "url": card.url,
            "path": card.path,
            "author": card.author,
            "published": card.published,
            "printed": printed_date(card.published),
            "image": f"/images/card-{number}.jpg",
            "paragraphs": paragraphs(card.text),
            "tint": _TINTS[number % len(_TINTS)],
            "state": script_json({"story": story}),
            "reply": "?replytocom=1",
        },
    )


def filler(host: str, path: str) -> str | None:
    """A page that a farm links to beside the rewrite, a headline without story; None where nothing links there."""
    words = path.strip("/").split("/")
    if host not in _FARMS or not (words[0] in _FARM_SECTIONS or (words[0] == "news" and len(words) == 3)):
        return None
    title = words[-1].replace("-", " ").capitalize()
    return page("notice", {"title": title, "text": "No stories today.", "links": Markup('<p><a href="/">Home</a></p>')})


_FARM_SECTIONS = {"region", "world", "business", "sport", "subscribe"}


def front(host: str) -> str:
    """A front page that names the host's stories, if it has any."""
    links = [(card.headline, card.path) for card in CARDS if card.host == host]
    if host in _FARMS:
        links.append((REWRITE_HEADLINE, REWRITE_PATH))
    if host == REPRINT_HOST:
        links.append((HEADLINE, REPRINT_PATH))
    items = "".join(f'<li><a href="{escape(path)}">{escape(text)}</a></li>' for text, path in links)
    return page("notice", {"title": host, "text": "Today's stories:", "links": Markup(f"<ul>{items}</ul>")})
