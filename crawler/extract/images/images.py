"""The article's own pictures among those of its page, each with its place, caption and credit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from crawler.extract.images.asset import asset_id, identity, original_behind
from crawler.extract.images.caption_lines import is_captioned
from crawler.extract.images.captions import caption_of
from crawler.extract.images.furniture import is_furniture, is_sites
from crawler.extract.images.picture import first_source, read_picture
from crawler.extract.page import Page
from crawler.extract.page.blocks import Box, Layout, TextBlock
from crawler.model import Candidate, Image

_ABOVE = 3
"""Blocks between a figure above the headline and the headline: its caption and credit."""
_OUTSIDE = frozenset({"nav", "footer"})
_BESIDE = frozenset({"aside", "button"})
"""Parts of a page whose pictures are the article's only as figures or with a caption."""
_LABEL = 25
"""Characters of a line that, below several pictures, is that of a button."""


def find_images(
    page: Page, layout: Layout, chosen: Iterable[TextBlock], named: Iterable[Candidate], headline: str | None
) -> tuple[tuple[int | None, Image], ...]:
    """Pictures of the article in reading order: those inside its text, around its headline, or named by its data.

    Each with the number of the text block it stands before; None where the page's data alone names it.
    """
    numbers = [block.number for block in chosen]
    text = frozenset(numbers)
    claimed: dict[str, str] = {}
    for candidate in sorted(named, key=lambda c: -c.confidence):
        for address in candidate.value:
            if (full := page.absolute(address)) and not is_sites(full):
                claimed.setdefault(identity(full), full)
    ranks = {key: rank for rank, key in enumerate(claimed)}
    found: list[tuple[int, str, int, Image]] = []
    seen: set[str] = set()
    title = _title_number(layout, headline)
    places = [
        (not _placed(layout, box, before, numbers, title), n) for n, (_, box, before) in enumerate(layout.pictures)
    ]
    for elsewhere, number in sorted(places):  # a teaser's thumbnail may stand before the picture itself
        element, _, before = layout.pictures[number]
        if elsewhere and not (claimed and identity(first_source(element)) in claimed):
            continue
        picture = read_picture(page, number)
        if picture is None:
            continue
        keys = {identity(address) for address, _ in picture.urls}
        if not keys & claimed.keys() and (elsewhere or is_furniture(picture, layout, text)):
            continue
        if keys & seen:
            continue
        seen |= keys
        caption, credit = caption_of(picture, layout, text)
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
        found.append((number, min(keys & ranks.keys(), key=lambda key: ranks[key], default=""), before, image))
    captions = Counter(image.caption for *_, image in found if image.caption and len(image.caption) <= _LABEL)
    images: list[tuple[int | None, Image]] = [
        (before, replace(image, caption=None) if captions[image.caption or ""] > 1 else image)
        for _, _, before, image in sorted(found, key=lambda one: one[0])
    ]
    matched = {key for _, key, _, _ in found}
    extra = [address for key, address in claimed.items() if key not in matched and key not in seen]
    if not images and extra:
        address = extra[0]
        only = Image(address, original_url=original_behind(address), asset_id=asset_id(address), variants=(address,))
        images.append((None, only))
    if images:
        place, lead = images[0]
        images[0] = place, replace(lead, role="lead")
    return tuple(images)


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


def _title_number(layout: Layout, headline: str | None) -> int | None:
    """The number of the headline: a heading rather than the same words in the line that tells the page's place."""
    alike = [block for block in layout.blocks if block.level == 1 or (headline and block.text == headline)]
    ranked = min(alike, key=lambda b: (b.level is None, b.text != headline, b.number), default=None)
    return ranked.number if ranked else None
