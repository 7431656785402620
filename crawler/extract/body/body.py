"""The article's own text among a page's blocks: each block weighed by learned trees, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import lxml.html

from crawler.extract.body.advertising import labels_advertising
from crawler.extract.body.appeals import find_appeals
from crawler.extract.body.author_lines import find_author_lines
from crawler.extract.body.boilerplate import find_boilerplate
from crawler.extract.body.corrections import find_corrections
from crawler.extract.body.dialogues import find_dialogues
from crawler.extract.body.echoes import find_echoes
from crawler.extract.body.editorial import find_editorial, without_way_back
from crawler.extract.body.embeds import names_post
from crawler.extract.body.head import is_head, is_kicker, says
from crawler.extract.body.introduced import leads_in
from crawler.extract.body.invitations import invites
from crawler.extract.body.items import find_items
from crawler.extract.body.kind import as_blocks, as_link, is_related
from crawler.extract.body.live import Entries, find_entries
from crawler.extract.body.metering import counts_free, find_offers
from crawler.extract.body.notes import find_notes
from crawler.extract.body.orphans import find_orphans
from crawler.extract.body.others import find_others
from crawler.extract.body.pleas import find_pleas
from crawler.extract.body.pointers import (
    find_bulleted,
    find_cried,
    find_decks,
    find_labelled,
    find_link_lists,
    find_pointers,
)
from crawler.extract.body.slides import find_slides
from crawler.extract.body.subheads import with_subheads
from crawler.extract.body.threshold import SURE, threshold_of
from crawler.extract.body.told import find_standfirst, find_told
from crawler.extract.body.unseen import find_unseen
from crawler.extract.body.weighing import size_of, weigh_without_comments
from crawler.extract.body.why_not import why_not
from crawler.extract.images.credited import find_credited
from crawler.extract.images.films import find_films
from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.wording import fold
from crawler.model import Block, Image

_TOLD = 0.7
"""Share of being the article's of a block that the page's data repeat or describe, or that is a live blog's entry."""
_APART = frozenset(("footer", "figcaption"))
"""Tags of what is no text: of 1,229 pages three have a caption among what must be in it, and none a footer."""
_PROSE = 80
"""Characters of a block that is no line of a head or a list."""
_SLIDES = 0.6
"""Share of what reads like the article from which it is a slideshow itself."""
_FOLDED = 350
"""Characters of a block that is compared with others whatever its case and signs; longer ones as they stand."""


@dataclass(frozen=True, slots=True)
class Body:
    """The chosen blocks in reading order, how sure the choice is, and why."""

    chosen: tuple[TextBlock, ...]
    confidence: float
    reason: str
    place: str = "body"
    set_aside: tuple[tuple[str, str], ...] = ()
    """Pieces between the chosen blocks that were left out, and why."""
    related: tuple[TextBlock, ...] = ()
    """Headlines of other stories, linked in mid-text."""
    times: tuple[TextBlock, ...] = ()
    """Lines that say when the entries of a live blog were written."""
    certain: int = 0
    """Characters of the chosen blocks that are more likely the article's than not."""

    @property
    def text(self) -> str:
        """Paragraphs joined by a blank line."""
        return "\n\n".join(block.text for block in self.chosen)

    def blocks(
        self, images: Iterable[tuple[int | None, Image]] = (), embeds: Iterable[tuple[int, Block]] = ()
    ) -> tuple[Block, ...]:
        """The body in reading order, ``images`` and ``embeds`` (and the number of the block each is before) in it."""
        pieces = [(float(block.number), piece) for block in self.chosen for piece in as_blocks(block)]
        pieces += [(float(block.number), as_link(block)) for block in self.related]
        pieces += [(float(block.number), Block("time", block.text)) for block in self.times]
        pieces += [
            (number - 0.5, Block("image", image.caption or image.alt or "", image.url))
            for number, image in images
            if number is not None
        ]
        pieces += [(number - 0.4, embed) for number, embed in embeds]
        return tuple(block for _, block in sorted(pieces, key=lambda piece: piece[0]))


def find_body(
    layout: Layout,
    *,
    headline: str | None = None,
    description: str | None = None,
    root: lxml.html.HtmlElement | None = None,
    bodies: Sequence[str] = (),
    descriptions: Sequence[str] = (),
    live: bool = False,
    news: bool = False,
    authors: Sequence[str] = (),
) -> Body:
    """The blocks that are the article's text.

    Only those inside ``root``, where a site's own knowledge names it. ``bodies`` are what the page's data say the text
    is, ``descriptions`` what it is about; ``live``: page or address call it a live blog; ``news``: its data call it
    news, where less is in doubt; ``authors``: the byline's.
    """
    if not layout.blocks:
        return Body((), 0.0, "no text")
    shares, likely, comments = weigh_without_comments(layout, headline=headline, description=description)
    entries = find_entries(layout) if live else Entries()
    sure = entries.text | find_told(layout, likely, bodies)
    sure |= find_standfirst(layout, shares, likely, descriptions, headline)
    sure |= find_corrections(layout, likely, shares, _TOLD) - comments
    aside = (find_pointers(layout.blocks) - sure) | entries.times
    aside |= (comments | _apart(layout, likely)) - sure
    slides = find_slides(layout.blocks)
    if slides and size_of(layout, slides.intersection(likely)) < _SLIDES * size_of(layout, likely):
        aside |= slides - sure
    inside = _inside(layout, root)
    final = [
        0.0 if number in aside or (inside is not None and number not in inside)
        else max(share, _TOLD) if number in sure else share
        for number, share in enumerate(shares)
    ]  # fmt: skip
    threshold = SURE if news else threshold_of(final, [len(block.text) for block in layout.blocks])
    title = fold(headline or "")
    chosen = _chosen(layout, final, threshold, title)
    unseen = find_unseen(chosen)
    chosen = [block for block in chosen if block.number not in unseen] if unseen else chosen
    beside = _beside(layout, chosen, authors, title, news=news)
    chosen = [block for block in chosen if block.number not in beside] if beside else chosen
    if chosen and (above := leads_in(layout, chosen[0])) and above.number not in aside | beside:
        chosen.insert(0, above)
    titles = {block.number for block in layout.blocks if block.level is not None and says(block, title)}
    chosen = without_way_back(with_subheads(layout, chosen, beside | unseen | titles))
    if not chosen:
        return Body((), 0.0, "no block reads like an article")
    return _told(layout, chosen, final, entries, title)


def _chosen(layout: Layout, shares: Sequence[float], threshold: float, title: str) -> list[TextBlock]:
    """The blocks that are sure enough, each text once, and without the headline itself."""
    chosen: list[TextBlock] = []
    seen: set[str] = set()
    items = find_items(layout.blocks, shares, threshold)
    for block, share in zip(layout.blocks, shares, strict=True):
        if share < threshold and block.number not in items:
            continue
        key = block.folded if len(block.text) <= _FOLDED else block.text
        is_title = key == title or (block.level is not None and says(block, title))
        if is_title or (len(key) > _PROSE and key in seen) or is_head(block, title):
            if is_title and chosen and is_kicker(chosen[-1], block):
                chosen.pop()
            continue
        seen.add(key)
        chosen.append(block)
    return chosen


def _beside(layout: Layout, chosen: list[TextBlock], authors: Sequence[str], title: str, *, news: bool) -> set[int]:
    """Numbers of blocks that read like the text and are none of it, by what stands around them or in them."""
    beside = find_author_lines(chosen, authors) | find_credited(layout, chosen) | find_echoes(chosen)
    beside |= (
        find_notes(chosen) | find_orphans(layout, chosen) | find_decks(layout, chosen, title) | find_editorial(chosen)
    )
    beside |= find_others(layout, chosen, title)
    beside |= find_films(layout, chosen) | find_cried(chosen) | find_dialogues(layout, chosen) | find_pleas(chosen)
    beside |= find_offers(chosen) | find_bulleted(chosen, layout.host) | find_boilerplate(layout, chosen)
    if news:  # elsewhere such lists and lines are the article's as often as not
        host = layout.host
        beside |= find_link_lists(chosen, host) | find_labelled(chosen, host) | find_appeals(chosen, host)
    beside.update(
        block.number
        for block in chosen
        if names_post(block) or labels_advertising(block.text) or invites(block.text) or counts_free(block.text)
    )
    return beside


def _told(layout: Layout, chosen: list[TextBlock], shares: Sequence[float], entries: Entries, title: str) -> Body:
    """The body, with what stands between its blocks and how sure they are."""
    kept = {block.number for block in chosen}
    known = kept | entries.times
    between = layout.blocks[chosen[0].number : chosen[-1].number + 1]
    text_from = chosen[min(1, len(chosen) - 1)].number  # a byline under the standfirst is no link to another story
    listed = find_link_lists(between, layout.host)
    size = sum(len(block.text) for block in chosen)
    weights = [shares[block.number] * len(block.text) for block in chosen]
    return Body(
        tuple(chosen),
        round(sum(weights) / size, 3),
        f"{len(chosen)} of {len(layout.blocks)} blocks read like one article",
        _place(chosen),
        tuple((block.text, why_not(block, title)) for block in between if block.number not in known),
        tuple(
            block
            for block in between
            if block.number > text_from and block.number not in kept and (is_related(block) or block.number in listed)
        ),
        tuple(layout.blocks[number] for number in sorted(entries.times)),
        sum(len(b.text) for b, weight in zip(chosen, weights, strict=True) if weight >= SURE * len(b.text)),
    )


def _apart(layout: Layout, likely: Sequence[int]) -> set[int]:
    """Captions and what footers hold, which by their tags are none of the text, where anything else reads like one."""
    found = {block.number for block in layout.blocks if not _APART.isdisjoint(block.box.inside)}
    others = (layout.blocks[number] for number in likely if number not in found)
    return found if found and any(len(block.text) >= _PROSE for block in others) else set()


def _inside(layout: Layout, root: lxml.html.HtmlElement | None) -> range | None:
    if root is None:
        return None
    return next((range(box.first, box.last + 1) for box in layout.boxes if box.element is root), None)


def _place(chosen: list[TextBlock]) -> str:
    """The path of the smallest box around most of the chosen blocks."""
    longest = max(chosen, key=lambda block: len(block.text))
    steps: list[str] = []
    box = longest.box.parent
    while box is not None and len(steps) < 12:
        names = box.element.get("id") or box.element.get("class") or ""
        steps.append(f"{box.tag}.{names.split()[0]}" if names.split() else box.tag)
        box = box.parent
    return " > ".join(reversed(steps)) or "body"
