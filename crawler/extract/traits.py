"""What can be said of a block of text in numbers: its words, its place, the boxes it lies in and its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from crawler.extract.blocks import Box, Layout, TextBlock
from crawler.extract.wording import fold, word_list, word_set
from crawler.extract.words import first_score, line_score

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_END = re.compile(r"[.!?…。！？।؟][\"'”’»)\]]*$")
_DIGITS = re.compile(r"\d")
_STOPWORDS = word_set(
    "the of and to in a is that for it was on with as he be by at from his this have are not they but had you "
    "which we "
    "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus "
    "er hat dass sie nach wird bei "
    "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec "
    "el los las y del se por con una su para es al lo como más o pero sus "
    "di che è e il per non si un una sono da con dei nel alla della più gli i "
    "het een van en dat op te zijn met voor niet aan er om ook "
    "w z na się nie do jest że to jak o po a i je se v na že s k za by "
    "в и на не что с по как он это из за к но от у для "
    "och att det som en på är av för med den till inte om ett har de "
    "os um uma com não no na dos mais do da em "
    "a az és hogy nem is egy ez meg volt"
)
_TAGS = {
    "p": 1, "li": 2, "td": 3, "th": 3, "dd": 2, "dt": 2, "div": 4, "section": 4, "article": 4, "blockquote": 5,
    "pre": 5, "figcaption": 6, "caption": 6, "button": 7, "label": 7, "a": 7, "summary": 7, "legend": 7, "body": 8,
}  # fmt: skip
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
    "chars words link_share links sentence_end marks commas stop_share digit_share capital_share upper ascii "
    "lines line_score first_score "
    "strong_share tag level hidden breaks starts_lower own_words words0 inline_words parent_words grand_words "
    "in_nav in_aside in_header in_figure in_table in_list in_article in_quote in_code depth "
    "l1_count l1_prose_share l1_link_share l1_mean l1_position "
    "l2_count l2_prose_share l2_link_share l2_mean "
    "l3_prose_share l3_link_share same_l1_prev same_l1_next "
    "index prose_before after_title title_distance in_main main_levels l1_in_main_share "
    "prev_chars prev_link prev_prose next_chars next_link next_prose prev2_prose next2_prose prev_line next_line "
    "prose_behind prose_ahead prose_behind_chars prose_ahead_chars "
    "signature_prose_share signature_count signature_mean title_overlap is_title in_description repeated "
    "pictures_between "
    "heading_line heading_distance heading_level colon quote prev_level next_level picture_next"
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


def traits_of(layout: Layout, *, headline: str | None, description: str | None) -> Weighing:
    """One row of numbers a block."""
    blocks = layout.blocks
    total = len(blocks)
    texts = [_text_traits(block) for block in blocks]
    prose = [_prose(block, text) for block, text in zip(blocks, texts, strict=True)]
    page_prose = sum(prose) or 1
    _fill_boxes(layout, prose, page_prose)
    main = _main_box(layout, prose)
    title_words = set(word_list(headline or ""))
    title_fold = fold(headline or "")
    described = fold(description or "")[:80]
    title_at = _title_at(layout, title_fold)
    levels = [_levels(block.box) for block in blocks]
    signatures = [_signature(block) for block in blocks]
    by_signature: dict[tuple[object, ...], list[int]] = {}
    for signature, amount, block in zip(signatures, prose, blocks, strict=True):
        entry = by_signature.setdefault(signature, [0, 0, 0])
        entry[0] += amount
        entry[1] += 1
        entry[2] += len(block.text)
    main_chain = set()
    box: Box | None = main
    while box is not None:
        main_chain.add(id(box))
        box = box.parent
    behind, behind_chars = _reach(prose, range(total))
    ahead, ahead_chars = _reach(prose, range(total - 1, -1, -1))
    rows: list[list[float] | None] = []
    seen: set[str] = set()
    before = 0
    heading_line, heading_at, heading_level = 0.0, -50, 0
    last_pictures = 0
    for i, block in enumerate(blocks):
        text = block.text
        size = len(text)
        own = texts[i]
        l1, l2, l3 = levels[i]
        box = block.box
        inside = box.inside
        previous = texts[i - 1] if i else _NOTHING
        following = texts[i + 1] if i + 1 < total else _NOTHING
        entry = by_signature[signatures[i]]
        parent = box.parent
        grand = parent.parent if parent is not None else None
        overlap = 0.0
        is_title = in_description = repeated = 0
        if size < 400:
            folded = block.folded
            if title_words and size < 250:
                own_words = set(word_list(text))
                overlap = len(own_words & title_words) / len(own_words | title_words) if own_words else 0.0
                is_title = int(folded == title_fold)
            if folded in seen:
                repeated = 1
            seen.add(folded)
        if described and size > 20 and block.folded[:60] == described[:60]:
            in_description = 1
        level = block.level or 0
        main_levels = 0
        walk: Box | None = box
        while walk is not None and id(walk) not in main_chain and main_levels < 8:
            main_levels += 1
            walk = walk.parent
        in_main = int(main is not None and main.first <= i <= main.last)
        near = min(behind[i], ahead[i])
        if (not in_main and ((own[1] < 5 and near > 2) or (own[2] > 0.8 and own[1] < 12 and near > 1))) or (
            own[1] < 8 and "nav" in inside
        ):
            rows.append(None)
            before += prose[i]
            last_pictures = block.pictures
            continue
        row: list[float] = [
            *own,
            block.strong_chars / size,
            _TAGS.get(box.tag, 9 if not level else 0),
            level,
            box.hidden,
            block.breaks,
            text[0].islower(),
            box.own_words,
            box.words,
            block.inline_words,
            parent.own_words if parent is not None else 0.0,
            grand.own_words if grand is not None else 0.0,
            *_furniture(inside),
            box.depth,
            *l1.traits,
            (i - l1.first) / max(1, l1.count),
            *l2.traits,
            l3.prose / page_prose,
            l3.traits[2],
            i > 0 and levels[i - 1][0] is l1,
            i + 1 < total and levels[i + 1][0] is l1,
            i / total,
            before / page_prose,
            0 if title_at is None else (1 if i > title_at else -1),
            99 if title_at is None else max(-30, min(60, i - title_at)),
            in_main,
            main_levels,
            l1.prose / max(1, main.prose) if in_main and main is not None else -1.0,
            previous[0],
            previous[2],
            prose[i - 1] if i else 0,
            following[0],
            following[2],
            prose[i + 1] if i + 1 < total else 0,
            prose[i - 2] if i > 1 else 0,
            prose[i + 2] if i + 2 < total else 0,
            previous[13],
            following[13],
            behind[i],
            ahead[i],
            behind_chars[i],
            ahead_chars[i],
            entry[0] / page_prose,
            entry[1],
            entry[2] / entry[1],
            overlap,
            is_title,
            in_description,
            repeated,
            block.pictures - last_pictures,
            heading_line,
            min(50, i - heading_at),
            heading_level,
            text[-1] == ":",
            text[0] in "\"“„«'‘»",
            blocks[i - 1].level or 0 if i else 0,
            blocks[i + 1].level or 0 if i + 1 < total else 0,
            blocks[i + 1].pictures - block.pictures if i + 1 < total else 0,
        ]
        rows.append(row)
        before += prose[i]
        last_pictures = block.pictures
        if level > 1 or (size < 60 and block.strong_chars > 0.8 * size):
            heading_line, heading_at, heading_level = own[13], i, level
    return Weighing(rows)


@lru_cache(maxsize=4096)
def _furniture(inside: frozenset[str]) -> tuple[bool, ...]:
    """Which kinds of furniture a block with these tags around it lies in."""
    return tuple(not inside.isdisjoint(tags) for tags in _FURNITURE)


def _text_traits(block: TextBlock) -> tuple[float, ...]:
    text = block.text
    size = len(text)
    share = block.link_chars / size
    if size < 80 and share > 0.8:
        words = float(text.count(" ") + 1)
        return (size, words, share, block.links, 0, 0.0, 0.0, 0.0, 0.0, 0.5, 0, 1, 0, line_score(text), 0.0)
    ascii_only = text.isascii()
    cjk = 0 if ascii_only else len(_CJK.findall(text))
    parts = text.lower().split()
    words = len(parts) + cjk / 2
    ends = 2 if _END.search(text[-4:]) else 0
    if size > 25:
        marks = text.count(". ") + text.count("? ") + text.count("! ") + text.count("。") + (ends > 0)
        commas = text.count(",") + text.count(";") + (0 if ascii_only else text.count("、") + text.count("，"))
        some = parts[:60]
        stops = sum(map(_STOPWORDS.__contains__, some)) / len(some) + (0.4 if cjk > size / 4 else 0)
    else:
        marks, commas, stops = int(ends > 0), 0, 0.0
    if size < 300:
        digits = len(_DIGITS.findall(text)) / size
        initials = [part[0] for part in text.split()[:15]]
        capital = sum(map(str.isupper, initials)) / len(initials)
    else:
        digits, capital = 0.0, 0.2
    line = line_score(text if size < 250 else text[:250])
    return (
        size, words, share, block.links, ends, marks / (words / 10 + 1), commas / (words / 10 + 1), stops, digits,
        capital, text.isupper(), ascii_only, marks, line, first_score(text[:40]),
    )  # fmt: skip


_NOTHING: tuple[float, ...] = (0.0,) * 15


def _prose(block: TextBlock, text: tuple[float, ...]) -> int:
    """Characters of running prose: sentences that are not links."""
    size, words, share, _, ends, marks, _, stops = text[:8]
    if words < 8 or share > 0.4 or (stops < 0.12 and words < 20):
        return 0
    if not ends and marks < 0.2 and words < 16:
        return 0
    return int(size * (1 - share))


def _fill_boxes(layout: Layout, prose: list[int], page_prose: int) -> None:
    """Give each box the sums of the blocks inside it."""
    chars, links, amounts = [0], [0], [0]
    for block, amount in zip(layout.blocks, prose, strict=True):
        chars.append(chars[-1] + len(block.text))
        links.append(links[-1] + block.link_chars)
        amounts.append(amounts[-1] + amount)
    for box in layout.boxes:
        box.chars = chars[box.last + 1] - chars[box.first]
        box.link_chars = links[box.last + 1] - links[box.first]
        box.prose = amounts[box.last + 1] - amounts[box.first]
        some = box.chars or 1
        box.traits = (box.count, box.prose / page_prose, box.link_chars / some, some / (box.count or 1))


def _main_box(layout: Layout, prose: list[int]) -> Box | None:
    """The box that prose points at: each block gives its amount to the boxes around it, less with each step outward."""
    scores: dict[int, float] = {}
    best: Box | None = None
    top = 0.0
    for block, amount in zip(layout.blocks, prose, strict=True):
        if not amount:
            continue
        box: Box | None = block.box
        share, count = float(amount), 0
        for _ in range(8):
            if box is None:
                break
            if box.count > count:
                share *= 0.75 if count else 1.0
                count = box.count
                score = scores.get(id(box), 0.0) + share
                scores[id(box)] = score
                if score > top and box.count > 1:
                    best, top = box, score
            box = box.parent
    return best


def _levels(box: Box) -> tuple[Box, Box, Box]:
    """The nearest boxes that each hold more blocks than the one before: wrappers of one block do not count."""
    found: list[Box] = []
    count = 1
    walk: Box | None = box
    last = box
    while walk is not None and len(found) < 3:
        if walk.count > count:
            count = walk.count
            found.append(walk)
        last = walk
        walk = walk.parent
    while len(found) < 3:
        found.append(last)
    return found[0], found[1], found[2]


def _signature(block: TextBlock) -> tuple[object, ...]:
    box = block.box
    parent = box.parent
    names = box.element.get("class")
    return (
        box.tag,
        names,
        parent.tag if parent is not None else None,
        parent.element.get("class") if parent is not None else None,
    )


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


def _reach(prose: list[int], order: range) -> tuple[list[int], list[int]]:
    """Blocks and characters to the nearest prose block passed in this order (30 and 0 where there is none)."""
    steps, sizes = [30] * len(prose), [0] * len(prose)
    distance, size = 30, 0
    for i in order:
        steps[i], sizes[i] = distance, size
        if prose[i]:
            distance, size = 1, prose[i]
        else:
            distance = min(30, distance + 1)
    return steps, sizes
