"""Profile boxes: a name above a count of followers, what it says of itself, and its address."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

import lxml.etree
from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.extract.counts import name_of, read_count
from crawler.extract.wording import tidy
from crawler.model import Panel

_DEAF = frozenset({"script", "style", "noscript", "template", "nav", "footer", "option"})
_TEXTS = XPath(
    "//text()[string-length() < 80 and string-length(normalize-space()) > 2 and string-length(normalize-space()) <= 40"
    " and not(parent::script or parent::style)]"
)
_WORDS = (
    "followers follower: subscribers abonnent abonné seguidor iscritti подписчик підписник obserwuj volgers följare "
    "følgere seuraaj takipçi フォロワー 登録者 粉丝 粉絲 关注者 팔로워 구독자 متابع עוקבים pengikut ผู้ติดตาม "
    "फ़ॉलोअर"
)
_STEMS = tuple(_WORDS.split())
"""Without one of these a page holds no profile; looking for them costs less than looking at every text."""
_LARGEST = 900
"""Characters of a box that can still be a profile."""


def find_profiles(tree: HtmlElement, *, url: str, exclude: Set[HtmlElement]) -> Iterator[Panel]:
    """Each box with a count of followers and a name, once a name; nothing inside the article's body."""
    seen: set[str] = set()
    words = str(lxml.etree.tostring(tree, method="text", encoding="unicode", with_tail=False)).lower()
    if not any(stem in words for stem in _STEMS):
        return
    for text in _TEXTS(tree):
        if _label(text.strip()) != "followers":
            continue
        element = text.getparent()
        if any(up in exclude or up.tag in _DEAF for up in (element, *element.iterancestors())):
            continue
        panel = _around(element, url)
        if panel is not None and panel.title is not None and panel.title.casefold() not in seen:
            seen.add(panel.title.casefold())
            yield panel


@lru_cache(maxsize=20_000)
def _label(text: str) -> str | None:
    return name_of(text)


def _around(element: HtmlElement, url: str) -> Panel | None:
    """The smallest box around a count that also has a name."""
    box: HtmlElement | None = element
    for _ in range(5):
        box = box.getparent() if box is not None else None
        if box is None or box.tag in {"body", "html", "main", "article"}:
            return None
        texts = [text for piece in box.itertext() if (text := tidy(piece))]
        if sum(map(len, texts)) > _LARGEST:
            return None
        if not _counted(texts):
            continue
        names = [text for text in texts if _may_be_name(text)]
        if names:
            about = max(
                (text for text in texts if len(text) >= 20 and " " in text and text != names[0]), key=len, default=None
            )
            return Panel("profile", names[0], text=about, url=_outward(box, url))
    return None


def _counted(texts: list[str]) -> bool:
    joined = zip(texts, [*texts[1:], ""], strict=True)
    numbered = ((one, two) for one, two in joined if any(map(str.isdigit, one)))
    counts = [read_count(phrase) for one, two in numbered for phrase in (one, f"{one} {two}")]
    return any(count is not None and count.name == "followers" for count in counts)


def _may_be_name(text: str) -> bool:
    plain = name_of(text) is None and read_count(text) is None
    return (
        plain
        and 2 <= len(text) <= 60
        and len(text.split()) <= 6
        and text[0].isupper()
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
