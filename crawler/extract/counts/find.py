"""The counts a page prints about itself, by the structure of its text: a number beside the word for what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from crawler.extract.counts.bounds import WORDS
from crawler.extract.counts.labels import LABEL, label_in
from crawler.extract.counts.read import is_bound, read_count
from crawler.extract.counts.units import fold, multipliers
from crawler.extract.page import Page
from crawler.extract.page.blocks import Box, Layout, TextBlock
from crawler.extract.wording import has_digit
from crawler.model import Count

_LONGEST, _LONGEST_LABEL = 40, 79
_MOST_READ = 2000
"""Counts that are read; a page may print a hundred thousand, which are then no counts of it."""
_MOST_VALUES = 3
"""One name with more different values than this belongs to a list of cards, not to the page."""
_ELSEWHERE = frozenset({"nav", "footer"})
_DEAF = frozenset({"script", "style", "noscript", "template", "svg", "option", "title", "textarea"}) | _ELSEWHERE
_SPEAKING = frozenset({"a", "button", "span"})
_FILLER_WORDS = (
    "over more than about all total ca rund über mehr als más de di d of plus の 以 上 件 個 个 条 人 名 次 개 명 회 건"
)
_FILLERS = WORDS.union(_FILLER_WORDS.split())
_WORD = re.compile(r"(?:[^\W\d_]|[\u064b-\u065f\u0900-\u0e4e\u200c])+")
"""Signs of vowels are no letters to the expression."""
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_LAST_LABEL = re.compile(r"(?<=[\s|｜])[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,6}\s?[:：]$")
_ACTIONS = {
    "CommentAction": "comments", "LikeAction": "likes", "AgreeAction": "likes", "FollowAction": "followers",
    "SubscribeAction": "followers", "ShareAction": "shares", "ViewAction": "views", "WatchAction": "views",
    "ReadAction": "views", "WriteAction": "posts",
}  # fmt: skip


def find_counts(page: Page) -> tuple[Count, ...]:
    """Counts of followers, comments, views and the like: structured data first, then the visible text, each once.

    Values that differ are all kept (a page may show two comment counts), unless there are so many that they belong to a
    list of other stories.
    """
    found: dict[tuple[str, int | None], Count] = {}
    stated = {count.name for count in _stated(page.json_ld) if found.setdefault((count.name, count.value), count)}
    printed = list(islice(_printed(page), _MOST_READ))
    values: dict[str, set[int | None]] = {}
    for count in printed:
        values.setdefault(count.name, set()).add(count.value)
    for count in printed:
        if len(values[count.name]) <= _MOST_VALUES or (count.name in stated and (count.name, count.value) in found):
            found.setdefault((count.name, count.value), count)
    return tuple(found.values())


def _stated(objects: list[dict[str, Any]]) -> Iterator[Count]:
    for each in objects:
        yield from _counted("comments", each.get("commentCount"))
        statistics = each.get("interactionStatistic")
        for one in statistics if isinstance(statistics, list) else [statistics]:
            if not isinstance(one, dict):
                continue
            action = one.get("interactionType")
            kind = action.get("@type") if isinstance(action, dict) else action
            name = _ACTIONS.get(str(kind).rpartition("/")[2])
            if name:
                yield from _counted(name, one.get("userInteractionCount"))


def _counted(name: str, value: object) -> Iterator[Count]:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return
    count = read_count(str(value), name=name, language="en")
    if count is not None:
        yield count


def _printed(page: Page) -> Iterator[Count]:
    language = page.language
    for phrases in _short_phrases(page):
        for phrase in phrases:
            if _label(phrase) is None:
                continue
            count = read_count(phrase, language=language)
            if count is not None and count.name != "count" and says_only_a_count(phrase, language):
                yield count
                break


def _short_phrases(page: Page) -> Iterator[Iterator[str]]:
    """For each number in a short line, the phrases around it, narrowest first; then spoken labels."""
    layout = page.layout
    for block in layout.blocks:
        short = len(block.text) <= _LONGEST
        if (short or len(block.pieces) > 1) and block.numbered and block.box.inside.isdisjoint(_ELSEWHERE):
            numbers = list(_numbered(_parts(block))) if len(block.pieces) > 1 else []
            yield from numbers
            if short and len(numbers) < 2:
                yield _widening(layout, block)
    for element, label in layout.spoken:
        if (
            element.tag in _SPEAKING
            and len(label) <= _LONGEST_LABEL
            and has_digit(label)
            and all(up.tag not in _DEAF for up in element.iterancestors())
        ):
            yield iter((" ".join(label.split()),))


def _widening(layout: Layout, block: TextBlock) -> Iterator[str]:
    """The block, then the text of the boxes around it as long as they stay short."""
    yield " ".join(_parts(block)) or block.text
    box: Box | None = block.box
    known = 1
    for _ in range(6):
        if box is None or box.count > 4:
            return
        if box.count > known:
            known = box.count
            around = layout.blocks[box.first : box.last + 1]
            lines = [inside.text for inside in around]
            phrase = " ".join(lines)
            if sum(inside.numbered for inside in around) > 1:
                yield from _beside(lines, block.number - box.first)
                return
            if len(phrase) > _LONGEST:
                return
            yield phrase
        box = box.parent


def _parts(block: TextBlock) -> list[str]:
    return [text for piece in block.pieces if (text := " ".join(piece.split()))]


def _numbered(parts: list[str]) -> Iterator[Iterator[str]]:
    """For each part with a number, the phrases around it."""
    for i, part in enumerate(parts):
        if len(part) <= _LONGEST and has_digit(part):
            yield _beside(parts, i)


def _beside(parts: list[str], i: int) -> Iterator[str]:
    """A part with a number, alone and with the one behind or before it: before it first where labels come first."""
    part, behind, before = parts[i], parts[i + 1 : i + 2], parts[max(0, i - 1) : i]
    if i > 1 and behind and has_digit(parts[0]) and has_digit(parts[i - 2]):
        before = []  # where numbers come first, the word before one is that of the number before it
    if before and is_bound(before[0]):
        part = f"{before[0]} {part}"
    if before and (label := _LAST_LABEL.search(before[0])) is not None:
        before = [*before, label[0]]  # "来源：… 时间：… 浏览：" and its number in an element of its own
    beside = [f"{part} {other}" for other in behind], [f"{other} {part}" for other in before]
    label_first = _label(parts[0]) is not None and not has_digit(parts[0])
    for phrase in (part, *beside[label_first], *beside[not label_first]):
        if len(phrase) <= _LONGEST and phrase.count("(") == phrase.count(")"):
            yield phrase


@lru_cache(maxsize=20_000)
def _label(phrase: str) -> str | None:
    found = label_in(fold(phrase))
    return found[0] if found else None


def says_only_a_count(phrase: str, language: str | None) -> bool:
    """True where the phrase is number, unit and label and no other word ("Washington Post 5" is no count)."""
    rest = LABEL.sub(" ", fold(phrase))
    known = _FILLERS | multipliers(language).keys()
    return not phrase.rstrip().endswith("?") and all(
        word in known or (_EASTERN.fullmatch(word) and known.issuperset(word)) for word in _WORD.findall(rest)
    )
