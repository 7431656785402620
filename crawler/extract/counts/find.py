"""The counts a page prints about itself, by the structure of its text: a number beside the word for what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.extract.counts.labels import LABEL, label_in
from crawler.extract.counts.read import read_count
from crawler.extract.counts.units import fold, multipliers
from crawler.extract.page import Page
from crawler.model import Count

_LONGEST = 40
_TEXTS = XPath(
    "//text()[string-length() < 80 and string-length(normalize-space()) > 2 and not(parent::script or parent::style)]"
    " | //*[self::a or self::button or self::span]/@aria-label[string-length() < 80]"
)
_MOST_VALUES = 3
"""One name with more different values than this belongs to a list of cards, not to the page."""
_DEAF = frozenset({"script", "style", "noscript", "template", "svg", "option", "title", "textarea"})
_ELSEWHERE = frozenset({"nav", "footer"})
_FILLER_WORDS = "over more than about all total ca rund über mehr als más de plus 件 個 个 条 人 名 次 개 명 회 건"
_FILLERS = frozenset(_FILLER_WORDS.split())
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
    printed = list(_printed(page.tree, page.language))
    for count in printed:
        values = {other.value for other in printed if other.name == count.name}
        if len(values) <= _MOST_VALUES or (count.name in stated and (count.name, count.value) in found):
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


def _printed(tree: HtmlElement, language: str | None) -> Iterator[Count]:
    for element, text in _short_texts(tree):
        if not _visible(element):
            continue
        for candidate in _widening(element, text):
            count = read_count(candidate, language=language)
            if count is not None and count.name != "count" and _only(candidate, language):
                yield count
                break


def _short_texts(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Text nodes with the element that shows them, and spoken labels of buttons and links."""
    for text in _TEXTS(tree):
        phrase = text.strip()
        if 2 < len(phrase) <= _LONGEST and phrase.count(" ") < 6 and _label(phrase) is not None:
            if text.is_attribute:
                yield text.getparent(), phrase
            else:
                around = text.getparent()
                yield (around.getparent() if text.is_tail else around), phrase


@lru_cache(maxsize=20_000)
def _label(phrase: str) -> str | None:
    found = label_in(fold(phrase))
    return found[0] if found else None


def _widening(element: HtmlElement, phrase: str) -> Iterator[str]:
    """The phrase itself, then the text of the elements around it as long as they stay short."""
    yield phrase
    around: HtmlElement | None = element
    for _ in range(3):
        if around is None:
            return
        text = " ".join(" ".join(around.itertext()).split())
        if len(text) > _LONGEST:
            return
        yield text
        around = around.getparent()


def _only(phrase: str, language: str | None) -> bool:
    """True where the phrase is number, unit and label and no other word ("Washington Post 5" is no count)."""
    rest = LABEL.sub(" ", fold(phrase))
    words = [word.rstrip(".") for word in re.findall(r"[^\W\d_]+\.?", rest)]
    return not phrase.rstrip().endswith("?") and all(
        word in _FILLERS or word in multipliers(language) for word in words
    )


def _visible(element: HtmlElement) -> bool:
    around: HtmlElement | None = element
    while around is not None:
        if around.tag in _DEAF or around.tag in _ELSEWHERE:
            return False
        around = around.getparent()
    return True
