"""The article's text that the page's application state holds, for pages whose script would have shown it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.sites.markup import read_markup
from crawler.extract.witnesses.state_objects import titled
from crawler.extract.wording import tidy, word_set
from crawler.model import Block

# What content management systems call it, seen 2015 to 2026 in the state of Next, Nuxt, Gatsby, Arc, Apollo and others.
_BODIES = (
    "articleBody", "body", "bodyHtml", "bodyHTML", "body_html", "bodyText", "bodyBlocks", "richText", "rich_text",
    "contentHtml", "content_html", "htmlContent", "content_elements", "content", "contents", "html", "fullText",
    "full_text", "storyBody", "story", "text", "blocks", "paragraphs", "components", "elements", "sections",
)  # fmt: skip
_WITHIN = (
    "content",
    "text",
    "html",
    "value",
    "rendered",
    "raw",
    "body",
    "markup",
    "children",
    "items",
    "content_elements",
)
"""What holds the words of an element."""
_KIND = ("type", "_type", "kind", "nodeType", "__typename")
_PARAGRAPHS = word_set("paragraph p text textblock paragraphblock normal")
_HEADINGS = re.compile(r"(?:heading|header|headline|subhead(?:ing)?|h)[-_]?([1-6])?")
_QUOTES = word_set("quote blockquote pullquote")
_ITEMS = word_set("list_item listitem list-item li")
_OTHER = re.compile(
    r"image|photo|picture|figure|video|audio|podcast|gallery|slide|embed|media|\bads?\b|advert|related|promo|teaser"
    r"|newsletter|author|byline|social|tweet|poll|quiz|divider|caption|correction|interstitial|infobox|card|reference"
)
"""Kinds of elements that are no text of the article."""
_TEXT = frozenset({"paragraph", "heading", "quote", "list_item"})
_LEVELS = frozenset("123456")
_DEEPEST, _MOST = 8, 2_000
"""Elements in one another, and members of one list, that are read."""
_OBJECTS = 20
"""Objects of the page's title that are looked into."""
_WHOLE = 600
"""Characters of a text that is no teaser."""
_ESCAPED_END = re.compile(r"\{/(\w[\w-]{0,30})\}")
"""An end tag as some write it, so that no tag ends the script that it stands in."""


def find_stored(page: Page, layout: Layout, headline: str | None) -> tuple[tuple[Block, ...], str]:
    """The blocks of the longest text that an object of the page's own title holds, and where; none without one."""
    found: tuple[tuple[Block, ...], str] = ((), "")
    longest = _WHOLE - 1
    for path, value in islice(titled(page, layout, headline), _OBJECTS):
        for key in _BODIES:
            if not isinstance(said := value.get(key), (str, list, dict)) or len(said) == 0:
                continue
            blocks = tuple(block for block in _blocks(said, 0) if block.type in _TEXT)
            if (size := sum(len(block.text) for block in blocks)) > longest:
                found, longest = (blocks, f"{path}.{key}"), size
    return found


def _blocks(value: Any, depth: int) -> Iterator[Block]:
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield from read_markup(_ESCAPED_END.sub(r"</\1>", value)).blocks
    elif isinstance(value, list):
        for member in value[:_MOST]:
            yield from _blocks(member, depth + 1)
    elif isinstance(value, dict):
        yield from _element(value, depth)


def _element(value: dict[str, Any], depth: int) -> Iterator[Block]:
    """The blocks of an element that says of which kind it is, as editors that keep trees of them do."""
    kind = _kind(value)
    heading = _HEADINGS.fullmatch(kind)
    if heading is None and kind not in _QUOTES and _OTHER.search(kind):
        return
    within = next((value[key] for key in _WITHIN if value.get(key)), None)
    named = "heading" if heading else "quote" if kind in _QUOTES else "list_item" if kind in _ITEMS else None
    if named is None and kind in _PARAGRAPHS and _is_line(within):
        named = "paragraph"
    if named is None or (isinstance(within, str) and "<p" in within):
        yield from _blocks(within, depth + 1)
    elif text := tidy("".join(_words(within, depth))):
        level = str(value.get("level") or (heading and heading[1]))
        yield Block(named, text, level=int(level) if heading and level in _LEVELS else None)


def _kind(value: dict[str, Any]) -> str:
    """What an element is called; of Sanity's blocks, which style they have."""
    named = next((said.lower() for key in _KIND if isinstance(said := value.get(key), str)), "")
    style = value.get("style")
    return style.lower() if named == "block" and isinstance(style, str) else named.rpartition("/")[2]


def _is_line(within: Any) -> bool:
    """Whether an element holds words with marks, and no elements that are lines of their own."""
    return isinstance(within, list) and all(
        isinstance(member, str) or (isinstance(member, dict) and not isinstance(member.get("content"), str))
        for member in within
    )


def _words(value: Any, depth: int) -> Iterator[str]:
    """The words of all that an element holds, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < _DEEPEST:
        for member in value[:_MOST]:
            yield from _words(member, depth + 1)
    elif isinstance(value, dict) and depth < _DEEPEST:
        yield from _words(next((value[key] for key in _WITHIN if value.get(key)), None), depth + 1)
