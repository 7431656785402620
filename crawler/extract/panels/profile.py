"""Profile boxes: a name above a count of followers, what it says of itself, and its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.extract.counts import name_of, read_count, says_only_a_count, stems_of
from crawler.extract.page import Page
from crawler.extract.page.blocks import Box
from crawler.extract.wording import tidy
from crawler.model import Count, Panel

_DEAF = frozenset({"noscript", "nav", "footer"})
_STEMS = stems_of("followers")
_IN_ASCII = tuple(filter(str.isascii, _STEMS))
"""Without one of these a page holds no profile; looking for them costs less than looking at every text."""
_BUTTONS = (
    "follow following folgen abonnieren seguir síguenos sigue suivre s'abonner segui seguici obserwuj volg volgen följ "
    "følg seuraa подписаться підписатися フォロー フォローする 关注 關注 팔로우 متابعة subscribe share login menu fans"
)
_FOLLOW = frozenset(_BUTTONS.split())
"""Words of buttons, which are no names."""
_OWNED = frozenset({"followers", "posts"})
"""Counts that an outlet or a writer has, and no article."""
_NETWORK_NAMES = (
    "facebook twitter x instagram youtube tiktok linkedin github telegram threads bluesky mastodon reddit pinterest"
)
_NETWORKS = frozenset(_NETWORK_NAMES.split())
"""Where somebody has followers, which says not who."""
_LONGEST_LINE = 80
"""Characters of a block that may hold a count of followers."""
_LOOKS = 500
"""Counts of followers around which a profile is looked for."""
_LARGEST = 900
"""Characters of a box that can still be a profile."""


def find_profiles(page: Page, *, own: Set[int]) -> Iterator[Panel]:
    """Each box with a count of followers and a name, once a name; nothing inside the article's own blocks."""
    seen: set[str] = set()
    for panel, _ in _profiles(page, own):
        if panel.title is not None and panel.title.casefold() not in seen:
            seen.add(panel.title.casefold())
            yield panel


def with_owners(counts: Sequence[Count], page: Page, *, own: Set[int]) -> tuple[Count, ...]:
    """The counts; of followers and posts in a profile it is told whose they are, where but one prints them so."""
    if not any(count.name in _OWNED for count in counts):
        return tuple(counts)
    owners: dict[Count, set[str | None]] = {}
    for panel, texts in _profiles(page, own):
        printed = f" {' '.join(texts)} "
        held = [count for count in counts if count.name in _OWNED and f" {count.raw} " in printed]
        on_network = (panel.title or "").casefold().partition(" ")[0] in _NETWORKS
        if len({count.name for count in held}) == len(held) and not on_network:
            for count in held:
                owners.setdefault(count, set()).add(panel.title)
    return tuple(
        replace(count, of=next(iter(owners[count]))) if len(owners.get(count, ())) == 1 else count for count in counts
    )


def _profiles(page: Page, own: Set[int]) -> Iterator[tuple[Panel, list[str]]]:
    """Each profile with the texts in its box, as often as counts of followers stand in it."""
    blocks = page.layout.blocks
    if not _speak_of_followers("\n".join([block.text for block in blocks if len(block.text) <= _LONGEST_LINE])):
        return
    looked_at = 0
    for block in blocks:
        if block.number in own or not block.box.inside.isdisjoint(_DEAF):
            continue
        if not any(_label(text) == "followers" for piece in block.pieces if 2 < len(text := piece.strip()) <= 40):
            continue
        looked_at += 1
        if looked_at > _LOOKS:
            return
        if (found := _around(block.box, page, own)) is not None:
            yield found


def _speak_of_followers(lines: str) -> bool:
    lines = lines.lower()
    return any(stem in lines for stem in (_IN_ASCII if lines.isascii() else _STEMS))


@lru_cache(maxsize=20_000)
def _label(text: str) -> str | None:
    return name_of(text)


def _around(inner: Box, page: Page, own: Set[int]) -> tuple[Panel, list[str]] | None:
    """The smallest box around a count that also has a name, and holds nothing of the article."""
    box: Box | None = inner
    for _ in range(5):
        if box is None or box.tag in {"body", "html", "main", "article"}:
            return None
        inside = page.layout.blocks[box.first : box.last + 1]
        if any(block.number in own or block.level == 1 for block in inside):
            return None
        if sum(len(block.text) for block in inside) > _LARGEST:
            return None
        texts = [text for block in inside for piece in block.pieces if (text := tidy(piece))]
        names = [text for text in texts if _may_be_name(text)] if _counted(texts, page.language) else []
        if names:
            about = max(
                (
                    text
                    for text in texts
                    if len(text) >= 20 and (" " in text or not text.isascii()) and text != names[0]
                ),
                key=len,
                default=None,
            )
            return Panel("profile", names[0], text=about, url=_outward(box.element, page.base_url)), texts
        box = box.parent
    return None


def _counted(texts: list[str], language: str | None) -> bool:
    joined = zip(texts, [*texts[1:], ""], strict=True)
    numbered = ((one, two) for one, two in joined if any(map(str.isdigit, one)))
    counts = [read_count(phrase, language=language) for one, two in numbered for phrase in (one, f"{one} {two}")]
    return any(count is not None and count.name == "followers" for count in counts)


def _may_be_name(text: str) -> bool:
    # An outlet may be called for what it prints: "Port Post".
    plain = (name_of(text) is None or not says_only_a_count(text, None)) and read_count(text) is None
    return (
        plain
        and text.casefold() not in _FOLLOW
        and 2 <= len(text) <= 60
        and len(text.split()) <= 6
        and text[0].isalpha()
        and not text[0].islower()
        and not text.endswith((".", "!", "?"))
    )


def _outward(box: HtmlElement, url: str) -> str | None:
    """The first link of the box that leads to another site."""
    for link in box.iter("a"):
        try:
            address = urljoin(url, (link.get("href") or "").strip())
            parts = urlsplit(address)
            if parts.scheme in {"http", "https"} and parts.hostname and parts.hostname != urlsplit(url).hostname:
                return address
        except ValueError:
            continue
    return None
