"""The article's own pictures among those of its page, each with its place, caption and credit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import replace

from lxml.html import HtmlElement

from crawler.extract.images.asset import asset_id, identity, original_behind
from crawler.extract.images.backgrounds import backgrounds
from crawler.extract.images.caption_lines import is_captioned
from crawler.extract.images.captions import caption_of
from crawler.extract.images.closing_credit import closing_credit
from crawler.extract.images.furniture import is_furniture, is_sites, is_writers
from crawler.extract.images.picture import Picture, first_source, read_picture
from crawler.extract.page import Page
from crawler.extract.page.blocks import Box, Layout, TextBlock, compared
from crawler.extract.wording import squeeze
from crawler.model import Candidate, Image

_ABOVE = 3
"""Blocks between a figure above the headline and the headline: its caption and credit."""
_OUTSIDE = frozenset({"nav", "footer"})
_BESIDE = frozenset({"aside", "button"})
"""Parts of a page whose pictures are the article's only as figures or with a caption."""
_HEADLINE = 8
"""Characters of the shortest headline that may describe a picture."""
_LABEL = 25
"""Characters of a line that, below several pictures, is that of a button."""


def find_images(
    page: Page, layout: Layout, chosen: Iterable[TextBlock], named: Iterable[Candidate], headline: str | None
) -> tuple[tuple[int | None, Image], ...]:
    """Pictures of the article in reading order: those inside its text, around its headline, or named by its data.

    Each with the number of the text block it stands before; None where the page's data alone names it.
    """
    claimed = _claimed(page, named)
    numbers = [block.number for block in chosen]
    text = frozenset(numbers)
    shown = _shown(page, layout, numbers, claimed, _title_number(layout, headline))
    shown.sort(key=lambda one: one[:2])
    found = _without_labels([(before, _image(picture, layout, text)) for _, before, picture in shown])
    if not found and claimed:
        address = next(iter(claimed.values()))
        only = Image(address, original_url=original_behind(address), asset_id=asset_id(address), variants=(address,))
        found.append((None, only))
    if len(found) == 1 and numbers and found[0][1].credit is None:
        place, only = found[0]
        found[0] = place, replace(only, credit=closing_credit(layout, numbers[-1]))
    if found:
        place, lead = found[0]
        found[0] = place, replace(lead, role="lead")
    return tuple(found)


def _claimed(page: Page, named: Iterable[Candidate]) -> dict[str, str]:
    """The pictures that the page's data name, what is believed most first: identity to address."""
    claimed: dict[str, str] = {}
    for candidate in sorted(named, key=lambda c: -c.confidence):
        for address in candidate.value:
            if (full := page.absolute(address)) and not is_sites(full):
                claimed.setdefault(identity(full), full)
    return claimed


def _shown(
    page: Page, layout: Layout, numbers: list[int], claimed: dict[str, str], title: int | None
) -> list[tuple[int, int, Picture]]:
    """The article's pictures among those of the page, each once: its number, and the block that it stands before.

    One shown twice, below the headline and in the text, is where it has a caption.
    """
    text = frozenset(numbers)
    found: list[tuple[int, int, Picture]] = []
    seen: dict[str, int] = {}
    places = [
        (not (_placed(layout, box, before, numbers, title) or _heads(layout, element, before, title)), n)
        for n, (element, box, before) in enumerate(layout.pictures)
    ]
    for elsewhere, number in sorted(places):  # a teaser's thumbnail may stand before the picture itself
        element, _, before = layout.pictures[number]
        if elsewhere and not (claimed and identity(first_source(element)) in claimed):
            continue
        picture = read_picture(page, number)
        if picture is None:
            continue
        keys = dict.fromkeys(identity(address) for address, _ in picture.urls)  # in their order, as no set has one
        if not keys.keys() & claimed.keys() and (elsewhere or is_furniture(picture, layout, text, page.address)):
            continue
        if (elsewhere or (title is not None and before <= title)) and is_writers(picture, text):
            continue  # the data of a column name its writer's portrait
        if title is not None and before <= title and _is_masthead(page, picture):
            continue
        again = next((seen[key] for key in keys if key in seen), None)
        if again is None:
            again = len(found)
            found.append((number, before, picture))
        elif any(caption_of(found[again][2], layout, text)) or not any(caption_of(picture, layout, text)):
            place, where, known = found[again]
            if where == before:  # right beside it, for readers without scripts
                found[again] = place, where, replace(known, urls=known.urls + picture.urls)
            continue
        else:
            found[again] = number, before, picture
        seen.update(dict.fromkeys(keys, again))
    for picture in backgrounds(page, layout, claimed):
        key = identity(picture.best)
        if key in seen or not (key in claimed or _placed(layout, picture.box, picture.before, numbers, title)):
            continue
        if not is_furniture(picture, layout, text, page.address):
            seen[key] = len(found)
            found.append((picture.number, picture.before, picture))
    return found


def _image(picture: Picture, layout: Layout, text: Set[int]) -> Image:
    caption, credit = caption_of(picture, layout, text)
    return Image(
        picture.best,
        original_url=next((o for address, _ in picture.urls if (o := original_behind(address))), None),
        asset_id=asset_id(picture.best),
        caption=caption,
        credit=credit,
        alt=picture.alt,
        role="inline",
        variants=tuple(dict.fromkeys(address for address, _ in picture.urls)),
    )


def _without_labels(found: list[tuple[int, Image]]) -> list[tuple[int | None, Image]]:
    """The pictures, without captions that several of them have: the label of a button below each."""
    captions = Counter(image.caption for _, image in found if image.caption and len(image.caption) <= _LABEL)
    return [
        (before, replace(image, caption=None) if captions[image.caption or ""] > 1 else image)
        for before, image in found
    ]


def _placed(layout: Layout, box: Box, before: int, numbers: list[int], title: int | None) -> bool:
    """Inside the run of the article's blocks, between headline and text, or a figure right above the headline."""
    if not numbers or not box.inside.isdisjoint(_OUTSIDE):
        return False
    if not box.inside.isdisjoint(_BESIDE) and "figure" not in box.inside and not is_captioned(box, layout):
        return False
    first = numbers[0] if title is None or title > numbers[0] else title
    if first - _ABOVE <= before < first and "figure" in box.inside:
        return all("figure" in block.box.inside for block in layout.blocks[before:first])
    return first <= before <= numbers[-1] + 1


def _is_masthead(page: Page, picture: Picture) -> bool:
    """Whether a picture above the headline, in no figure, is described by the site's name alone."""
    said = squeeze(picture.alt or "") if "figure" not in picture.box.inside else ""
    return bool(said) and any(said == squeeze(name) for name in page.meta.get("og:site_name", ()))


def _heads(layout: Layout, element: HtmlElement, before: int, title: int | None) -> bool:
    """Right above the headline, and described by it: a banner."""
    if title is None or not title - _ABOVE <= before <= title:
        return False
    alt = element.get("alt") or ""
    return len(alt) >= _HEADLINE and compared(" ".join(alt.split())) == layout.blocks[title].folded


def _title_number(layout: Layout, headline: str | None) -> int | None:
    """The number of the headline: a heading rather than the same words in the line that tells the page's place."""
    alike = [block for block in layout.blocks if block.level == 1 or (headline and block.text == headline)]
    ranked = min(alike, key=lambda b: (b.level is None, b.text != headline, b.number), default=None)
    return ranked.number if ranked else None
