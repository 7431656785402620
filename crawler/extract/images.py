"""The article's own pictures: every address a browser could choose, the original behind a proxy, caption and credit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

import lxml.html

from crawler.extract.blocks import Box, Layout, TextBlock
from crawler.extract.captions import read_caption
from crawler.extract.page import Page
from crawler.extract.wording import tidy
from crawler.model import Candidate, Image

_SOURCES = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-hi-res-src", "data-full-src", "data-image",
    "data-url", "data-echo", "data-img-src", "data-large-file", "data-orig-file", "data-src-large",
    "data-fallback-src", "src",
)  # fmt: skip
_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-sizes-srcset", "data-responsive-srcset")
_CANDIDATE = re.compile(r"\s*(\S*[^\s,])(?:\s+([\d.]+)([wxh]))?\s*(?:,|$)")
_FURNITURE = re.compile(
    r"logo|icon|sprite|avatar|gravatar|badge|pixel|spacer|blank\.|placeholder|/ads?/|doubleclick"
    r"|scorecardresearch|emoji|share"
    r"|facebook\.com/tr|button|arrow|loading|1x1|transparent|author|profile|headshot|favicon|app-?store|google-?play",
    re.I,
)
_DATA_URI = re.compile(r"^\s*data:", re.I)
_DIMENSIONS = re.compile(r"[-_](\d{2,4})x(\d{2,4})(?=\.\w{3,4}$)")
_SIZE_QUERY = re.compile(r"(?:^|[?&;/,])(?:w|width|resize|imwidth|im_w)[=_/](\d{2,4})", re.I)
_CREDIT = re.compile(
    r"(?:^|[\s.)|–—-])((?:photo(?:graph)?s?|image|picture|illustration|video)\s*(?:credit|by|courtesy(?: of)?"
    r"|source)?\s*[:/]\s*\S.*"
    r"|(?:credit|courtesy(?: of)?|source|fotos?|bild(?:quelle)?|quelle|foto von|photo by|image by"
    r"|crédits?(?: photo)?|copyright|©|\(c\))\s*:?\s*\S.*)$",
    re.I,
)
_AGENCY = re.compile(
    r"((?:[\w.'’&-]+(?:[ \t][\w.'’&-]+){0,4}\s*(?:/|via|\|)\s*)?(?:AP(?: Photo)?|AFP|Reuters|REUTERS"
    r"|Getty(?: Images)?|dpa|EPA|IMAGO|imago|"
    r"Shutterstock|Bloomberg|PA(?: Wire| Images)?|ANP|TASS|Xinhua|Alamy|iStock|picture alliance|Keystone|ANSA"
    r"|EFE|Pixabay|Unsplash)"
    r"(?:\s*(?:/|via|-)\s*[\w.'’ -]{2,40})*)\s*[)\].]*$"
)
_CREDIT_NAMES = re.compile(r"credit|copyright|photographer|attribution", re.I)
_LEADING_CREDIT = re.compile(
    r"^((?:AP|AFP|Reuters|REUTERS|Getty Images|EPA|dpa)(?: Photo)?(?:/[\w .'-]+)?)\s*[,:]\s*(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture element with every address it could show."""

    element: lxml.html.HtmlElement
    box: Box
    before: int
    """Number of text blocks before it."""
    urls: tuple[tuple[str, float], ...]
    """Addresses with their width in pixels where it is told, else 0; the first is what ``src`` names."""
    alt: str | None
    width: float
    """The width the page gives it; 0 where it says none."""

    @property
    def best(self) -> str:
        """The address of the widest variant."""
        return max(self.urls, key=lambda pair: pair[1])[0]


def find_images(
    page: Page, layout: Layout, chosen: Iterable[TextBlock], named: Iterable[Candidate], headline: str | None
) -> tuple[tuple[int | None, Image], ...]:
    """Pictures of the article in reading order: those inside its text, around its headline, or named by its data.

    Each with the number of the text block it stands before; None where the page's data alone names it.
    """
    numbers = [block.number for block in chosen]
    claimed: dict[str, str] = {}
    for candidate in sorted(named, key=lambda c: -c.confidence):
        for address in candidate.value:
            if (full := page.absolute(address)) and not _FURNITURE.search(urlsplit_path(full)):
                claimed.setdefault(identity(full), full)
    found: list[tuple[str, int, Image]] = []
    seen: set[str] = set()
    title = _title_number(layout, headline)
    for element, box, before in layout.pictures:
        placed = _placed(box, before, numbers, title)
        if not placed and not (claimed and identity(_first_source(element)) in claimed):
            continue
        picture = _read(page, element, box, before)
        if picture is None:
            continue
        keys = {identity(address) for address, _ in picture.urls}
        if not keys & claimed.keys() and (not placed or _is_furniture(picture)):
            continue
        if keys & seen:
            continue
        seen |= keys
        caption, credit = caption_of(picture, layout)
        original = next((o for address, _ in picture.urls if (o := original_behind(address))), None)
        variants = tuple(dict.fromkeys(address for address, _ in picture.urls))
        image = Image(
            picture.best,
            original_url=original,
            asset_id=asset_id(picture.best),
            caption=caption,
            credit=credit,
            alt=picture.alt,
            role="inline",
            variants=variants,
        )
        found.append((next(iter(keys & claimed.keys()), ""), before, image))
    images: list[tuple[int | None, Image]] = [(before, image) for _, before, image in found]
    matched = {key for key, _, _ in found}
    extra = [address for key, address in claimed.items() if key not in matched and key not in seen]
    if not images and extra:
        address = extra[0]
        only = Image(address, original_url=original_behind(address), asset_id=asset_id(address), variants=(address,))
        images.append((None, only))
    if images:
        place, lead = images[0]
        images[0] = place, replace(lead, role="lead")
    return tuple(images)


def _placed(box: Box, before: int, numbers: list[int], title: int | None) -> bool:
    """Inside the run of the article's blocks, or between headline and text."""
    if not numbers or box.inside & {"nav", "footer", "aside", "button"}:
        return False
    first = numbers[0] if title is None or title > numbers[0] else title
    return first <= before <= numbers[-1] + 1


def _is_furniture(picture: Picture) -> bool:
    """A logo, an avatar, a small decoration, or the thumbnail of a link to elsewhere."""
    small = 0 < picture.width < 150
    return small or bool(_FURNITURE.search(urlsplit_path(picture.best))) or _linked_away(picture)


def _first_source(element: lxml.html.HtmlElement) -> str:
    return next((value for name in _SOURCES if (value := element.get(name)) and not _DATA_URI.match(value)), "")


def _linked_away(picture: Picture) -> bool:
    """A teaser's thumbnail: inside a link that leads to a page rather than to the picture in full."""
    element = picture.element.getparent()
    for _ in range(4):
        if element is None:
            return False
        if element.tag == "a":
            href = element.get("href", "")
            return bool(href) and not re.search(
                r"\.(?:jpe?g|png|webp|gif|avif)\b|^#|attachment|gallery|photo|image|lightbox", href, re.I
            )
        element = element.getparent()
    return False


def _title_number(layout: Layout, headline: str | None) -> int | None:
    for block in layout.blocks:
        if block.level == 1 or (headline and block.text == headline):
            return block.number
    return None


def _read(page: Page, element: lxml.html.HtmlElement, box: Box, before: int) -> Picture | None:
    """A picture element with every address it could show; None where it has none."""
    urls: dict[str, float] = {}
    for name in _SETS:
        if value := element.get(name):
            _add_set(page, value, urls)
    # The parser knows no <source>: what follows it in a <picture> comes out nested in it.
    picture = next((up for up in islice(element.iterancestors(), 6) if up.tag == "picture"), None)
    if picture is not None:
        for source in picture.iter("source"):
            for name in _SETS:
                if value := source.get(name):
                    _add_set(page, value, urls)
    for name in _SOURCES if "video" not in str(element.tag) else ("poster",):
        value = element.get(name)
        if value and not _DATA_URI.match(value) and (address := page.absolute(value)):
            urls.setdefault(address, 0.0)
    if not urls:
        return None
    ordered = tuple((address, width or width_of(address)) for address, width in urls.items())
    return Picture(element, box, before, ordered, tidy(element.get("alt")) or None, _number(element.get("width")))


def _add_set(page: Page, value: str, urls: dict[str, float]) -> None:
    for match in _CANDIDATE.finditer(value):
        address, size, unit = match.groups()
        if address and not _DATA_URI.match(address) and (full := page.absolute(address)):
            width = (
                float(size) * (1.0 if unit == "w" else 600.0)
                if size and unit in ("w", "x") and size.count(".") < 2
                else 0.0
            )
            urls[full] = max(width, urls.get(full, 0.0))


def width_of(address: str) -> float:
    """The width an address says of itself (``-1024x683.jpg``, ``?w=1200``); 0 where it says none."""
    if match := _DIMENSIONS.search(urlsplit_path(address)):
        return float(match.group(1))
    if match := _SIZE_QUERY.search(address):
        return float(match.group(1))
    return 0.0


def original_behind(address: str) -> str | None:
    """The address that an image proxy's address carries, percent-encoded in its query or as the end of its path."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    for _, value in parse_qsl(parts.query):
        if value.startswith(("http://", "https://")):
            return original_behind(value) or value
    path = unquote(unquote(parts.path))
    index = max(path.rfind("http://"), path.rfind("https://"))
    if index > 0:
        return path[index:]
    return None


def asset_id(address: str) -> str | None:
    """What stays the same across the variants of one picture: the longest telling part of its path, sizes removed."""
    inner = original_behind(address) or address
    path = _DIMENSIONS.sub("", urlsplit_path(inner))
    parts = [part.rpartition(".")[0] or part for part in path.split("/") if part]
    telling = [part for part in parts if re.search(r"\d", part) and len(part) >= 6]
    if telling:
        return max(telling, key=len)
    return parts[-1] if parts else None


def identity(address: str) -> str:
    """A key equal for the variants of one picture."""
    return asset_id(address) or address


def caption_of(picture: Picture, layout: Layout) -> tuple[str | None, str | None]:
    """Caption and credit of a picture: its figure's caption, or the lines of the smallest box around it."""
    lines = _lines_below(picture, layout)
    credit: str | None = None
    parts: list[str] = []
    for block in lines:
        element = block.box.element
        text, printed = tidy(block.text), _credit_element(element)
        if printed and text.endswith(printed):
            credit = credit or printed
            text = text[: -len(printed)].strip(" |–—-(/")
        elif _CREDIT_NAMES.search(element.get("class") or "") and len(text) < 120:
            credit, text = credit or text, ""
        if len(text) > 2 and text not in parts:
            parts.append(text)
    caption: str | None = " ".join(parts)
    if caption and credit is None:
        caption, credit = read_caption(caption)
        if caption and credit is None:
            caption, credit = split_credit(caption)
    return caption or None, credit


def _lines_below(picture: Picture, layout: Layout) -> list[TextBlock]:
    """The text blocks of the smallest box around a picture that no other picture shares."""
    own = {identity(address) for address, _ in picture.urls}
    box: Box | None = picture.box
    for _ in range(4):
        if box is None:
            return []
        near = [other for other in layout.pictures if box.first <= other[2] <= box.last + 1 and _within(other[1], box)]
        if any(other[0] is not picture.element and not _shows(other[0], own) for other in near):
            return []
        inside = layout.blocks[box.first : box.last + 1]
        if inside:
            size = sum(len(block.text) for block in inside)
            return inside if box.tag == "figure" or (size < 500 and len(inside) <= 4) else []
        if box.tag == "figure":
            return []
        box = box.parent
    return []


def _shows(element: lxml.html.HtmlElement, own: set[str]) -> bool:
    """True for the same picture again: what stands in a ``noscript`` for readers without scripts."""
    return any(identity(value) in own or value in own for name in _SOURCES if (value := element.get(name)))


def _credit_element(caption: lxml.html.HtmlElement) -> str | None:
    """The credit inside a caption, where an element of its own holds it: by its name, or as the last of several."""
    parts = [part for part in caption if isinstance(part.tag, str)]
    for part in caption.iterdescendants():
        names = f"{part.get('class') or ''} {part.get('itemprop') or ''}" if isinstance(part.tag, str) else ""
        if _CREDIT_NAMES.search(names) and (text := tidy(part.text_content())) and len(text) < 160:
            return text
    if len(parts) >= 2 and not (caption.text or "").strip() and not (parts[-1].tail or "").strip():
        first, last = tidy(parts[-2].text_content()), tidy(parts[-1].text_content())
        if first.endswith((".", "!", "?", "”", '"')) and 2 < len(last) < 80 and not last.endswith((".", "!", "?")):
            return last
    return None


def split_credit(caption: str) -> tuple[str, str | None]:
    """A caption without the credit inside it, and the credit; None where it holds none."""
    if match := _LEADING_CREDIT.match(caption):
        return caption[match.end() :].strip(), match.group(1)
    if match := _CREDIT.search(caption):
        return caption[: match.start(1)].strip(" |–—-(["), match.group(1).strip(" )]")
    if match := _AGENCY.search(caption):
        start = max(caption.rfind(mark, 0, match.end(1)) for mark in (". ", "(", "["))
        start = max(start, match.start(1) - 1) if start < match.start(1) else start
        return caption[: start + 1].strip(" |–—-(["), caption[start + 1 :].strip(" )].([")
    return caption, None


def _within(box: Box, outer: Box) -> bool:
    inner: Box | None = box
    while inner is not None:
        if inner is outer:
            return True
        inner = inner.parent
    return False


def _number(value: str | None) -> float:
    match = re.match(r"\s*(\d{1,5})", value or "")
    return float(match.group(1)) if match else 0.0


def urlsplit_path(address: str) -> str:
    """The path of an address; empty where it is malformed."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
