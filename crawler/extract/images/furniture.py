"""Pictures between an article's lines that are none of its own: the site's, its counters', writers' and teasers'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

import lxml.html

from crawler.extract.address import leads_within, path_of
from crawler.extract.images.films import is_still
from crawler.extract.images.picture import Picture
from crawler.extract.page.blocks import Box, Layout, TextBlock
from crawler.extract.wording import headline_weight

_WORDS = re.compile(
    r"(?<![a-z])(?:(?:social|fav|share|web|app|ui)?icons?|sprites?|(?:gr)?avatars?|badges?|spacer|(?:img)?placeholders?"
    r"|emojis?|smil(?:ey|ie)s?|buttons?|btn|arrows?|loader|1x1|transparent|authors?|profiles?|headshots?|app-?store"
    r"|google-?play)(?![a-z])|(?<![aoiuáíóú])logo(?:s|type)?(?![a-z])|(?<![a-z])(?:blank\.|ads?/)"
    r"|(?:loading|pixel)[-_\d]*\.(?:gif|svg|png|webp)|shar(?:e|ing)[-_/](?:on[-_])?(?:fb|facebook|twitter|x|mail|email"
    r"|whatsapp|icon|button)|(?:social|facebook|twitter)[-_]?share|/share/"
)
"""In lower case; what is a part of another word ("silicon", "catalogo") tells nothing."""
_OF_THE_SITE = re.compile(
    r"/(?:wp-content|sites/[^/]+)/(?:themes|plugins)/|/themes?/[^/]+/(?:img|images?|assets?|dist|static|icons?|build)/"
    r"|/plugins/[^/]+/|/wp-includes/|/_next/static/|/_nuxt/|/resources/framework/|/skin/frontend/"
)
"""Folders of what a site's software brings along, in lower case."""
_STAND_IN = re.compile(
    r"^(?!.*\d{3}).*/(?:default|no-?(?:image|img|photo|pic(?:ture)?|thumb\w*)|default-?(?:image|img|photo|thumb\w*|og))"
    r"[-_]?\d?\.(?:jpe?g|png|gif|webp|svg)$"
)
"""File names of what a site shows where a story has no picture; below a number they may be one's variant."""
_STEMS = (
    "logo", "icon", "sprite", "avatar", "badge", "spacer", "placeholder", "emoji", "smil", "button", "btn", "arrow",
    "loader", "1x1", "transparent", "author", "profile", "headshot", "store", "play", "blank.", "loading", "pixel",
    "shar", "/theme", "/plugins/", "/wp-includes/", "/_n", "/framework/", "/skin/",
)  # fmt: skip
_ADS = re.compile(r"ads?/(?<![a-z]ad/)(?<![a-z]ads/)")
"""A path without any of these, nor this, matches neither; looking for them costs far less. "Uploads" is in most."""
_COUNTER = re.compile(
    r"piwik|matomo|statcounter|vgwort|ivwbox|quantserve|scorecardresearch|google-analytics|doubleclick|histats|metrika"
    r"|facebook\.com/tr\b|mc\.yandex|top\.mail\.ru|liveinternet|/counter"
)
"""Addresses, in lower case, of pictures that count readers."""
_WRITER = re.compile(
    r"author|avatar|byline|\bbio(?:graph\w*)?\b|contributor|blogger|columnist|redakteur|autor(?!i[sz])|(?<!h)auteur|verfasser",
    re.I,
)
"""In names of the boxes around a writer's picture."""
_OF_A_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)\b|^#|attachment|gallery|photo|image|lightbox", re.I)
"""In links that lead to a picture in full."""
_EXTENSION = re.compile(r"\.\w{2,5}$")
_NUMBER, _NAME = re.compile(r"[-_](?:p|page)?\d{1,2}"), 4
"""What an address ends in whose page is another of the same article, and characters of the name before that."""
_SIGN = re.compile(r"\bicon$", re.I)
"""What is said instead of a sign."""
_SMALL, _NARROW = 100, 150
"""Pixels of the widest file, or of the place on the page, below which a picture is a sign."""
_STEPS = 5
"""Boxes around a picture in which words that belong to it are looked for."""
_LEAST_WORDS = 4
_MOST_LINES = 8
"""Lines of a teaser."""


def is_sites(address: str) -> bool:
    """True for an address of what a site shows on each of its pages: logos, signs, portraits of writers."""
    path = path_of(address).lower()
    if path.rpartition("/")[2][:2] in ("de", "no") and _STAND_IN.search(path):
        return True
    if not _may_be_sites(path):
        return False
    return _WORDS.search(path) is not None or _OF_THE_SITE.search(path) is not None


def is_furniture(picture: Picture, layout: Layout, chosen: Set[int], own: str = "") -> bool:
    """True for a logo, a sign, a writer's portrait, or the thumbnail of a teaser.

    ``chosen`` are the text's blocks, ``own`` is the page's address.
    """
    address = picture.best
    if is_sites(address) or _COUNTER.search(address.lower()) or _is_small(picture) or _linked_away(picture, own):
        return True
    if picture.box.tag == "h1" or _SIGN.search(picture.alt or ""):
        return True
    words: Box | None = None
    names = [picture.element.get("class") or ""]
    for box in _apart(picture.box, chosen):
        names.append(box.names)
        if box.tag in ("form", "dialog"):
            return True
        if box.count > 0 and words is None:
            words = box
    if is_still(layout, picture.box):
        return True
    if words is not None and _advertises(words, layout, picture):
        return True
    return any(map(_names_writer, names))


def is_writers(picture: Picture, chosen: Set[int]) -> bool:
    """True for what its name, or that of a box around it that holds nothing of the text, calls a writer's portrait."""
    names = [picture.element.get("class") or "", *(box.names for box in _apart(picture.box, chosen))]
    return any(map(_names_writer, names))


def _may_be_sites(path: str) -> bool:
    return any(map(path.__contains__, _STEMS)) or _ADS.search(path) is not None


@lru_cache(maxsize=4096)
def _names_writer(names: str) -> bool:
    return _WRITER.search(names) is not None


def _apart(inner: Box, chosen: Set[int]) -> Iterator[Box]:
    """The boxes around a picture that hold nothing of the text."""
    box: Box | None = inner
    for _ in range(_STEPS):
        if box is None or any(number in chosen for number in range(box.first, min(box.last, box.first + 50) + 1)):
            return
        yield box
        box = box.parent


def _is_small(picture: Picture) -> bool:
    widest = max(width for _, width in picture.urls)
    if 0 < picture.width < _NARROW:
        return not (widest >= _NARROW and _has_caption(picture))
    return 0 < widest < _SMALL and picture.width < _NARROW


def _has_caption(picture: Picture) -> bool:
    """Whether a picture lies in a figure with a caption, as a tall one in a narrow column may."""
    figure = next(picture.element.iterancestors("figure"), None)
    return figure is not None and next(figure.iter("figcaption"), None) is not None


def _advertises(words: Box, layout: Layout, picture: Picture) -> bool:
    """True where the words beside a picture are a teaser's, or a form's to sign up with."""
    lines = layout.blocks[words.first : words.last + 1]
    in_form = "form" not in picture.box.inside and all("form" in line.box.inside for line in lines)
    if in_form and any(map(_asks_for_address, words.element.iter("input"))):
        return True
    return _teases(lines, layout.host)


def _asks_for_address(field: lxml.html.HtmlElement) -> bool:
    """Whether a field of a form is for an address to write to; forms to save or share a story have none."""
    return any("mail" in (field.get(name) or "").lower() for name in ("type", "name", "id", "placeholder"))


def _teases(lines: list[TextBlock], host: str) -> bool:
    """True where the words beside a picture are mostly a link to another page of the site."""
    if all("figcaption" in line.box.inside and line.level is None for line in lines):
        return False
    size = sum(len(line.text) for line in lines)
    linked = [line for line in lines if line.link_chars and any(_leads_on(each, host) for each in line.elements)]
    said = sum(headline_weight(line.text) for line in linked)
    return len(lines) <= _MOST_LINES and said >= _LEAST_WORDS and 2 * sum(line.link_chars for line in linked) > size


def _leads_on(element: object, host: str) -> bool:
    """True for a link to another page of the site, and not to a picture."""
    if getattr(element, "tag", None) != "a":
        return False
    address = element.get("href") or ""  # type: ignore[attr-defined]
    return leads_within(address, host) and _OF_A_PICTURE.search(address) is None


def _linked_away(picture: Picture, own: str) -> bool:
    """A teaser's thumbnail: inside a link that leads to a page rather than to the picture in full.

    One that leads to the article's next page is the article's: old portals turn the page by it.
    """
    element = picture.element.getparent()
    for _ in range(4):
        if element is None:
            return False
        if element.tag == "a":
            href = element.get("href", "")
            return bool(href) and not _OF_A_PICTURE.search(href) and not _is_next_page(href, own)
        element = element.getparent()
    return False


def _is_next_page(href: str, own: str) -> bool:
    """Whether a link leads to another page of the article at an address: the same with a number behind it."""
    here, there = _EXTENSION.sub("", path_of(own)), _EXTENSION.sub("", path_of(href))
    here, there = here.rpartition("/")[2], there.rpartition("/")[2]
    return len(here) >= _NAME and there.startswith(here) and _NUMBER.fullmatch(there, len(here)) is not None
