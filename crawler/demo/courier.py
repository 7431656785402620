"""The Kestermark Courier's site: the original report with everything around it, and the pages it links to."""

from __future__ import annotations

from html import escape
from typing import Any

from crawler.demo.markup import Markup, page, printed_date, printed_time, script_json
from crawler.demo.story import (
    AUTHORS,
    HEADLINE,
    LEAD,
    MODIFIED,
    ORIGINAL_PATH,
    OUTLET,
    OUTLET_HOST,
    PICTURES,
    PIECES,
    PUBLISHED,
    SECTION,
    STANDFIRST,
    TOPICS,
    Paragraph,
    Picture,
    Piece,
    Related,
    Subhead,
)

PICTURE_HOST = "img.kestermarkcourier.example"
ORIGINAL = f"https://{OUTLET_HOST}{ORIGINAL_PATH}"
CHARTS_PATH = "/data/2024/03/10/night-ferry-in-three-charts"

_WIDTHS = (480, 960, 1440)
_SECTIONS = ("transport", "islands", "business", "history", "data")
_STANDING = {
    "/letters": ("Letters", "Write to the editors at letters@kestermarkcourier.example."),
    "/imprint": ("Imprint", "The Kestermark Courier is an invented newspaper. Nothing in it has happened."),
    "/newsletter": ("The Courier by mail", "Thank you. This form sends nothing."),
    "/staff/orla-vennick": ("Orla Vennick", "Orla Vennick reports on harbors and roads."),
    "/staff/jonas-threlkeld": ("Jonas Threlkeld", "Jonas Threlkeld works with figures and charts."),
}
_OLDER = {
    "/history/2023/09/02/nine-winters": (
        "How the Skerry Sound Bridge was built in nine winters",
        "The piers could be set only while the herring boats lay in port, and so the work was done in the cold.",
    ),
    "/transport/2024/02/20/night-crew-of-little-varra": (
        "On the barge with the night crew of Little Varra",
        "At half past two the cook carries soup to the wheelhouse, and somebody reads the wind aloud.",
    ),
}


def picture_url(picture: Picture, width: int) -> str:
    """Where one width of a picture of the story is found."""
    return f"https://{PICTURE_HOST}/2024/03/{picture.name}.jpg?w={width}"


def find(path: str) -> tuple[int, str] | None:
    """Status and HTML of a page of the site; None where it has no such page."""
    if path == ORIGINAL_PATH:
        return 200, article()
    if path in _OLDER:
        headline, first = _OLDER[path]
        return 200, _listing(headline, lead=first, links=((HEADLINE, ORIGINAL_PATH),))
    if path in _STANDING:
        title, text = _STANDING[path]
        return 200, _listing(title, lead=text)
    if path == "/" or path.strip("/") in _SECTIONS or path.startswith("/topics/"):
        name = path.rpartition("/")[2].replace("-", " ")
        return 200, _listing(name.capitalize() or "Today", links=_headlines())
    return _archive(path)


def article() -> str:
    """The original report."""
    return page(
        "courier_article",
        {
            "headline": HEADLINE,
            "standfirst": STANDFIRST,
            "authors": ", ".join(AUTHORS),
            "byline": Markup(" and ".join(_author(name) for name in AUTHORS)),
            "url": ORIGINAL,
            "image": picture_url(LEAD, 1440),
            "published": PUBLISHED,
            "published_printed": printed_time(PUBLISHED),
            "modified": MODIFIED,
            "modified_printed": printed_time(MODIFIED),
            "section": SECTION,
            "json_ld": script_json(_json_ld()),
            "masthead": _part("courier_masthead"),
            "footer": _part("courier_footer"),
            "body": Markup("\n".join(_piece(piece) for piece in PIECES)),
            "topics": Markup(", ".join(f'<a href="/topics/{_slug(topic)}">{topic}</a>' for topic in TOPICS)),
            "most_read": Markup("".join(f'<li><a href="{path}">{title}</a></li>' for title, path in _headlines())),
            "pixel": "skerry-sound-bridge-conditions",
        },
    )


def card_article(headline: str, author: str, published: str, body: Markup) -> str:
    """Another story of the Courier, as one of the related cards leads to."""
    byline = Markup(
        f'<div class="byline">By {_author(author)}</div>'
        f'<p class="dates"><time datetime="{published}">{printed_date(published)}</time></p>'
    )
    return _listing(
        headline, lead=Markup(f'{byline}<div class="body">{body}</div>'), links=((HEADLINE, ORIGINAL_PATH),)
    )


def _json_ld() -> dict[str, Any]:
    home = f"https://{OUTLET_HOST}/"
    return {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "NewsArticle",
                "@id": f"{ORIGINAL}#article",
                "mainEntityOfPage": {"@type": "WebPage", "@id": ORIGINAL},
                "headline": HEADLINE,
                "description": STANDFIRST,
                "datePublished": PUBLISHED,
                "dateModified": MODIFIED,
                "inLanguage": "en",
                "articleSection": SECTION,
                "keywords": list(TOPICS),
                "isAccessibleForFree": True,
                "author": [
                    {"@type": "Person", "name": name, "url": f"https://{OUTLET_HOST}/staff/{_slug(name)}"}
                    for name in AUTHORS
                ],
                "publisher": {
                    "@type": "NewsMediaOrganization",
                    "name": OUTLET,
                    "url": home,
                    "logo": {"@type": "ImageObject", "url": f"{home}static/icon.png", "width": 64, "height": 64},
                },
                "image": [
                    {
                        "@type": "ImageObject",
                        "url": picture_url(picture, 1440),
                        "width": 1440,
                        "height": 900,
                        "caption": picture.caption,
                        "creditText": picture.credit,
                    }
                    for picture in PICTURES
                ],
            },
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": "Home", "item": home},
                    {"@type": "ListItem", "position": 2, "name": SECTION, "item": f"{home}transport"},
                ],
            },
        ],
    }


def _piece(piece: Piece) -> str:
    match piece:
        case Paragraph(sentences):
            return f"<p>{escape(' '.join(sentences), quote=False)}</p>"
        case Subhead(text):
            return f"<h2>{escape(text)}</h2>"
        case Related(headline, path):
            link = f'<a href="{path}">{escape(headline)}</a>'
            return f'<aside class="related-inline"><span>Read also</span> {link}</aside>'
        case Picture():
            return _figure(piece)


def _figure(picture: Picture) -> str:
    """The lead as a ``picture``, the second picture loaded by script, the third with ``srcset``."""
    variants = ", ".join(f"{picture_url(picture, width)} {width}w" for width in _WIDTHS)
    small, alt = picture_url(picture, 480), escape(picture.alt)
    size = f"{_BOX} {_SIZES}"
    if picture is LEAD:
        source = f'<source type="image/jpeg" srcset="{variants}" {_SIZES}>'
        image = f'<picture>{source}<img src="{small}" alt="{alt}" {_BOX}></picture>'
    elif picture is PICTURES[1]:
        image = (
            f'<img src="{_BLANK}" data-src="{small}" data-srcset="{variants}" alt="{alt}" {size}>'
            f'<noscript><img src="{small}" alt="{alt}"></noscript>'
        )
    else:
        image = f'<img src="{small}" srcset="{variants}" alt="{alt}" loading="lazy" {size}>'
    caption = f'<span class="caption">{escape(picture.caption)}</span>'
    credit = f'<span class="credit">{escape(picture.credit)}</span>'
    return f"<figure>{image}<figcaption>{caption} {credit}</figcaption></figure>"


_BOX = 'width="1440" height="900"'
_SIZES = 'sizes="(max-width: 860px) 100vw, 760px"'
_BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def _archive(path: str) -> tuple[int, str] | None:
    """The calendar, which has an earlier month for every month: a crawler that follows it never ends."""
    words = path.strip("/").split("/")
    if len(words) != 3 or words[0] != "archive" or not (words[1].isdigit() and words[2].isdigit()):
        return None
    year, month = int(words[1]), int(words[2])
    earlier = (year, month - 1) if month > 1 else (year - 1, 12)
    links = _headlines() if (year, month) == (2024, 3) else ()
    more = Markup(f'<p><a rel="prev" href="/archive/{earlier[0]}/{earlier[1]:02}/">Earlier</a></p>')
    return 200, _listing(f"Archive {year}-{month:02}", links=links, more=more)


def _headlines() -> tuple[tuple[str, str], ...]:
    older = tuple((headline, path) for path, (headline, _) in _OLDER.items())
    return ((HEADLINE, ORIGINAL_PATH), ("Night ferry: what it would cost, in three charts", CHARTS_PATH), *older)


def _listing(title: str, *, lead: str = "", links: tuple[tuple[str, str], ...] = (), more: str = "") -> str:
    return page(
        "courier_list",
        {
            "title": title,
            "lead": lead if isinstance(lead, Markup) else Markup(f"<p>{escape(lead)}</p>"),
            "items": Markup("".join(f'<li><a href="{link}">{escape(text)}</a></li>' for text, link in links)),
            "more": Markup(more),
            "masthead": _part("courier_masthead"),
            "footer": _part("courier_footer"),
        },
    )


def _part(name: str) -> Markup:
    return Markup(page(name, {}))


def _author(name: str) -> str:
    return f'<a rel="author" href="/staff/{_slug(name)}">{escape(name)}</a>'


def _slug(text: str) -> str:
    return text.lower().replace(" ", "-")
