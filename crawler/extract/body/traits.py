"""What can be said of a block of text in numbers: its words, its place, the boxes it lies in and its neighbours."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from functools import lru_cache

from crawler.extract.body.branches import Branches
from crawler.extract.body.destinations import Destinations
from crawler.extract.body.prose import Prose
from crawler.extract.body.surroundings import Surroundings
from crawler.extract.page.blocks import Box, Layout
from crawler.extract.wording import fold, word_list, word_set

_TAGS = {
    "p": 1.0, "li": 2.0, "td": 3.0, "th": 3.0, "dd": 2.0, "dt": 2.0, "div": 4.0, "section": 4.0, "article": 4.0,
    "blockquote": 5.0, "pre": 5.0, "figcaption": 6.0, "caption": 6.0, "button": 7.0, "label": 7.0, "a": 7.0,
    "summary": 7.0, "legend": 7.0, "body": 8.0,
}  # fmt: skip
_MOST_UNNAMED = 4
"""Boxes without names that are counted."""
_FURNITURE = (
    word_set("nav footer form button menu dialog label search"),
    word_set("aside"),
    word_set("header"),
    word_set("figure figcaption picture caption"),
    word_set("table"),
    word_set("ul ol dl li"),
    word_set("article main"),
    word_set("blockquote"),
    word_set("pre code"),
)

_NAMES = (
    "chars words link_share links sentence_end marks commas stop_share digit_share capital_share ascii "
    "lines line_score first_score "
    "strong_share tag level hidden starts_lower own_words words0 inline_words parent_words grand_words "
    "in_nav in_aside in_header in_figure in_table in_list in_article in_quote in_code depth "
    "l1_count l1_prose_share l1_link_share l1_mean l1_position "
    "l2_count l2_prose_share l2_link_share l2_mean "
    "l3_prose_share l3_link_share same_l1_prev same_l1_next "
    "index prose_before after_title title_distance in_main main_levels l1_in_main_share "
    "prev_chars prev_link prev_prose next_chars next_link next_prose prev2_prose next2_prose prev_line next_line "
    "prose_behind prose_ahead prose_behind_chars prose_ahead_chars "
    "signature_prose_share signature_count signature_mean title_overlap in_description repeated "
    "pictures_between "
    "heading_line heading_distance heading_level colon prev_level next_level picture_next "
    "joint joint_count joint_prose_share branch_link_share branch_words branch_distance branch_alike branch_mean "
    "links_away links_within l1_links_away l2_links_away unnamed"
)
NAMES = tuple(_NAMES.split())
"""The names of the numbers in each row of :func:`traits_of`."""


@dataclass(slots=True)
class Weighing:
    """What was found out of each block."""

    rows: list[list[float] | None]
    """Numbers in the order of :data:`NAMES`; None for blocks that are furniture at first sight."""
    shares: list[float] = field(default_factory=list)
    """From 0 to 1: how surely the block is the article's."""


def traits_of(
    layout: Layout, *, headline: str | None, description: str | None, without: Set[int] = frozenset()
) -> Weighing:
    """One row of numbers a block; those in ``without`` are furniture, and no prose to the others.

    All of them are floats, integers and truths too: comparing numbers of one kind takes the trees a third less time.
    """
    blocks = layout.blocks
    total = len(blocks)
    prose = Prose(blocks, without)
    amounts, words, shares = prose.amounts, prose.words, prose.share
    surroundings = Surroundings(layout, amounts)
    branches, destinations = Branches(layout, surroundings), Destinations(layout)
    page_prose, main, firsts = surroundings.page_prose, surroundings.main, surroundings.firsts
    title_words = set(word_list(headline or ""))
    title_fold = fold(headline or "")
    described = fold(description or "")[:60]
    title_at = _title_at(layout, title_fold)
    main_first, main_last = (main.first, main.last) if main is not None else (total, -1)
    behind, behind_chars = prose.reach(range(total))
    ahead, ahead_chars = prose.reach(range(total - 1, -1, -1))
    # Two more at the end, which are also those before the first: there is nothing there.
    sizes = [*[float(len(block.text)) for block in blocks], 0.0, 0.0]
    links = [*shares, 0.0, 0.0]
    proses = [*map(float, amounts), 0.0, 0.0]
    ranks = [*[float(block.level or 0) for block in blocks], 0.0, 0.0]
    line = prose.line
    rows: list[list[float] | None] = []
    seen: set[str] = set()
    before = 0
    heading_line, heading_at, heading_level = 0.0, -50, 0.0
    last_pictures = 0
    for i, block in enumerate(blocks):
        text = block.text
        size = sizes[i]
        box = block.box
        inside = box.inside
        folded = block.folded if size < 400 else ""
        in_main = main_first <= i <= main_last
        few, share = words[i], shares[i]
        if i in without or (
            few < 12
            and (
                (not in_main and ((few < 5 or share > 0.8) and min(behind[i], ahead[i]) > (2 if few < 5 else 1)))
                or (few < 8 and "nav" in inside)
            )
        ):
            seen.add(folded)
            rows.append(None)
            before += amounts[i]
            last_pictures = block.pictures
            continue
        own = prose.traits(i)
        level = ranks[i]
        overlap = in_description = repeated = 0.0
        if folded:
            if title_words and size < 250:
                own_words = word_list(text)
                if not title_words.isdisjoint(own_words):
                    overlap = len(title_words.intersection(own_words)) / len(title_words.union(own_words))
            repeated = 1.0 if folded in seen else 0.0
            seen.add(folded)
        if described and size > 20 and (folded or block.folded).startswith(described):
            in_description = 1.0
        first = firsts[i]
        nearest, farther, share_of_main = surroundings.around(first)
        form = surroundings.forms[i]
        outer = box.outer
        following = blocks[i + 1] if i + 1 < total else None
        rows.append(
            [
                *own,
                block.strong_chars / size,
                _TAGS.get(box.tag, 0.0 if level else 9.0),
                level,
                1.0 if box.hidden else 0.0,
                1.0 if text[0].islower() else 0.0,
                box.own_words,
                box.words,
                block.inline_words,
                _words_around(box),
                _words_around(outer) if outer is not None else 0.0,
                *_furniture(inside),
                float(box.depth),
                *nearest,
                (i - first.first) / (nearest[0] or 1.0),
                *farther,
                1.0 if i and firsts[i - 1] is first else 0.0,
                1.0 if following is not None and firsts[i + 1] is first else 0.0,
                i / total,
                before / page_prose,
                0.0 if title_at is None else (1.0 if i > title_at else -1.0),
                99.0 if title_at is None else max(-30.0, min(60.0, float(i - title_at))),
                1.0 if in_main else 0.0,
                surroundings.steps_to_main(box),
                share_of_main if in_main else -1.0,
                sizes[i - 1],
                links[i - 1],
                proses[i - 1],
                sizes[i + 1],
                links[i + 1],
                proses[i + 1],
                proses[i - 2],
                proses[i + 2],
                line(i - 1) if i else 0.0,
                line(i + 1) if following is not None else 0.0,
                behind[i],
                ahead[i],
                behind_chars[i],
                ahead_chars[i],
                *form,
                overlap,
                in_description,
                repeated,
                float(block.pictures - last_pictures),
                heading_line,
                min(50.0, float(i - heading_at)),
                heading_level,
                1.0 if text[-1] == ":" else 0.0,
                ranks[i - 1],
                ranks[i + 1],
                float(following.pictures - block.pictures) if following is not None else 0.0,
                *branches.of(box),
                *destinations.of(i),
                *destinations.around(first),
                _unnamed(box),
            ]
        )
        before += amounts[i]
        last_pictures = block.pictures
        if level > 1 or (size < 60 and block.strong_chars > 0.8 * size):
            heading_line, heading_at, heading_level = line(i), i, level
    return Weighing(rows)


@lru_cache(maxsize=4096)
def _furniture(inside: frozenset[str]) -> tuple[float, ...]:
    """Which kinds of furniture a block with these tags around it lies in."""
    return tuple(0.0 if inside.isdisjoint(tags) else 1.0 for tags in _FURNITURE)


def _words_around(box: Box) -> float:
    """What names say most surely of the boxes around one, up to the next that holds more."""
    outer, around = box.outer, box.parent
    if around is None:
        return 0.0
    said = around.own_words
    while around is not outer and (around := around.parent) is not None:
        if abs(around.own_words) > abs(said):
            said = around.own_words
    return said


def _unnamed(box: Box) -> float:
    """How many of a box and those right around it have neither class nor id, as what was written in an editor has.

    Boxes that wrap another are not counted.
    """
    steps = 0.0
    around: Box | None = box
    while around is not None and not around.names and steps < _MOST_UNNAMED:
        steps += 1.0
        around = around.outer
    return steps


def _title_at(layout: Layout, title: str) -> int | None:
    """Number of the block that shows the headline: a first-rank heading rather than another line."""
    found: int | None = None
    for block in layout.blocks:
        if not title or len(block.text) > 350 or block.folded != title:
            continue
        if block.level == 1:
            return block.number
        if found is None or (block.level and not layout.blocks[found].level):
            found = block.number
    if found is None:
        found = next((block.number for block in layout.blocks if block.level == 1), None)
    return found
