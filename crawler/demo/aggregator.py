"""Paperboat, an aggregator: the Courier's report word for word in a Next.js page, with panels and counts beside it.

The markup shows what aggregators do to a text: the standfirst is gone, dashes are doubled, a stripped link leaves a
space before the full stop, captions begin with the credit, and headlines of other stories stand in mid-body.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import quote

from crawler.demo.cards import CARDS, Card
from crawler.demo.courier import ORIGINAL, picture_url
from crawler.demo.markup import Markup, age, page, script_json
from crawler.demo.story import (
    AUTHORS,
    HEADLINE,
    LEAD,
    OUTLET,
    OUTLET_HOST,
    PIECES,
    PUBLISHED,
    SECTION,
    Paragraph,
    Picture,
    Piece,
    Related,
    Subhead,
)

HOST = "www.paperboat.example"
PICTURE_HOST = "img.paperboat.example"
BUILD = "q3vJ8dPz0"
POST_ID = "3358120476931"
PATH = f"/news/{POST_ID}-skerry-sound-islanders-set-five-conditions-for-reopening-bridge-to-lorries"
SEED = f"https://{HOST}{PATH}"
STATE_PATH = f"/_next/data/{BUILD}{PATH}.json"

_SUMMARY = (
    "The mayors of four Skerry Sound islands on Friday published five conditions that they say must be met before "
    "lorries may return to the Skerry Sound Bridge."
)


def article(now: datetime) -> str:
    """The aggregator's page as it reads at ``now``: only the age of the story moves."""
    cards = [_card(card, number) for number, card in enumerate(CARDS, 1)]
    return page(
        "aggregator",
        {
            "headline": HEADLINE,
            "summary": _SUMMARY,
            "url": SEED,
            "cover": _thumbnail(LEAD.asset),
            "json_ld": script_json(_json_ld()),
            "day": PUBLISHED[:10],
            "category": SECTION,
            "authors": " and ".join(AUTHORS),
            "age": age(PUBLISHED, now),
            "content": Markup(_cover() + _content()),
            "cards_top": Markup("".join(cards[:1])),
            "cards_middle": Markup("".join(cards[1:3])),
            "cards_more": Markup("".join(cards[3:4])),
            "cards_last": Markup("".join(cards[4:])),
            "state": script_json(state()),
        },
    )


def state() -> dict[str, Any]:
    """The application state, as the page carries it and ``/_next/data`` serves it."""
    return {
        "props": {
            "pageProps": {
                "docInfo": {
                    "post_id": POST_ID,
                    "title": HEADLINE,
                    "epoch": int(datetime.fromisoformat(PUBLISHED).timestamp()),
                    "authors": list(AUTHORS),
                    "source": OUTLET,
                    "city_name": "Port Halloway",
                    "category_display": SECTION,
                    "unified_category": {"first_cat": {"Local": 0.91}, "second_cat": {"Local_Transport": 0.88}},
                    "image": LEAD.asset,
                    "summary": _SUMMARY,
                    "ai_summary": "",
                    "content": f"<div>{_content()}</div>",
                    "origin_url": ORIGINAL,
                    "seoConfig": {"newsArticleJsonLD": _json_ld()},
                }
            },
            "__N_SSP": True,
        },
        "page": "/news/[id]",
        "query": {"id": PATH.rpartition("/")[2]},
        "buildId": BUILD,
        "isFallback": False,
        "gssp": True,
    }


def topic(path: str) -> str:
    """A page behind a tag, a person or the profile: a shell whose script has nothing to show."""
    name = path.rpartition("/")[2].removeprefix("@").replace("-", " ")
    text = "undefined Followers. User since undefined NaN." if path.startswith("/@") else "No stories yet."
    return page("notice", {"title": f"{name} - Paperboat", "text": text, "links": Markup("")})


def _json_ld() -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": f"{HEADLINE} - Paperboat",
        "image": [_thumbnail(LEAD.asset)],
        "datePublished": "2024-03-15T17:42:00.000Z",
        "dateModified": "2024-03-15T17:42:00.000Z",
        "author": [{"@type": "Person", "name": name} for name in AUTHORS],
        "publisher": {"@type": "Organization", "name": OUTLET, "url": f"https://{OUTLET_HOST}"},
        "mainEntityOfPage": {"@type": "WebPage", "@id": SEED},
        "articleBody": f"<body><div>{_content(pictures=False)}</div></body>",
    }


def _content(*, pictures: bool = True) -> str:
    pieces = [piece for piece in PIECES if piece is not LEAD and (pictures or not isinstance(piece, Picture))]
    return "".join(_block(piece) for piece in pieces)


def _block(piece: Piece) -> str:
    match piece:
        case Paragraph(sentences):
            return f"<p>{escape(_mangled(sentences), quote=False)}</p>"
        case Subhead(text):
            return f"<h2>{escape(text)}</h2>"
        case Related(headline, _):
            return f"<p><strong>{escape(headline)}</strong></p>"
        case Picture():
            words = escape(f"{piece.credit} - PHOTO: {piece.caption}")
            image = f'<img src="{escape(_large(piece.asset))}" alt="{escape(picture_url(piece, 1440))}">'
            return f"<figure>{image}<figcaption>{words}</figcaption></figure>"


def _mangled(sentences: Iterable[str]) -> str:
    text = " ".join(sentences).replace(" — ", " -- ").replace("“", '"').replace("”", '"')
    return text.replace("told Radio Halloway.", "told Radio Halloway .")


def _cover() -> str:
    return f'<figure><img src="{escape(_thumbnail(LEAD.asset))}" alt=""></figure>'


def _card(card: Card, number: int) -> str:
    picture = f"https://{card.host}/images/card-{number}.jpg"
    return (
        f'<article class="card"><div class="outlet">{escape(card.outlet)}</div>'
        f'<a href="{escape(card.url)}"><h3>{escape(card.headline)}</h3></a>'
        f'<div class="row"><img src="{escape(_thumbnail(quote(picture, safe="")))}" alt="" loading="lazy">'
        f"<p>{escape(card.snippet)}</p></div>"
        f'<div class="section">{card.section}</div></article>\n'
    )


def _thumbnail(asset: str) -> str:
    return f"https://{PICTURE_HOST}/image.php?type=thumbnail_580x000&url={asset}"


def _large(asset: str) -> str:
    return f"https://{PICTURE_HOST}/img/id/{asset}?type=webp_1200x000"
