"""The article's text in blocks: those found in the tree, or those of the page's data where the tree shows less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.extract.body.body import Body
from crawler.extract.body.embeds import find_embeds
from crawler.extract.body.stored import find_stored
from crawler.extract.body.told import told_instead, worth_more
from crawler.extract.page import Page
from crawler.extract.panels.targets import is_command, leads_to_no_story, without_command
from crawler.model import Block, Candidate, Evidence, Image

_TEXT = frozenset({"paragraph", "heading", "quote", "list_item"})
_ENOUGH = 0.9
"""Share of the text in a page's tree that its data must hold to be read from there."""
_LITTLE = 1_200
"""Characters of a text below which the page's state is read, which takes long, for a longer one."""
_OWN = 0.8
"""Confidence above which JSON-LD tells of this page's own article."""


def text_of(blocks: Sequence[Block]) -> str:
    """The clean text of an article: its words in reading order, without pictures, embeds and links to other stories."""
    return "\n\n".join(block.text for block in blocks if block.type in _TEXT)


def choose_blocks(
    page: Page,
    body: Body,
    images: Sequence[tuple[int | None, Image]],
    given: Sequence[Block] | None,
    bodies: Sequence[Candidate],
    headline: str | None = None,
) -> tuple[tuple[Block, ...], Evidence | None]:
    """The article's blocks, and the evidence for them where they are not those of the tree.

    ``given`` are the blocks of the site's own data, which are taken unless the tree shows clearly more; ``bodies`` the
    texts that other data of the page hold, ``headline`` what its state may call the article.
    """
    shown = tuple(_led_on(page, body.blocks(images, find_embeds(page, body.chosen))))
    if not given:
        told, evidence = _told(shown, bodies)
        return (told, evidence) if evidence else _stored(page, shown, headline)
    if not _data_only(page) and len(text_of(shown)) * _ENOUGH > len(text_of(given)):
        return shown, None
    return tuple(given), Evidence("app-state", "the page's data", 0.9, "the story stands whole in the page's data")


def _led_on(page: Page, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with links to other stories in full and each once; what only asks to do something is none."""
    here, seen = page.url.partition("#")[0], set()
    led = {(block.text, block.url) for block in blocks if block.type == "related_link"}
    repeated = Counter(text for text, _ in led)  # above several addresses, as buttons are
    for block in blocks:
        if block.type != "related_link":
            yield block
            continue
        address = (page.absolute(block.url) or "").partition("#")[0]
        if (
            address in ("", here)
            or address in seen
            or repeated[block.text] > 1
            or leads_to_no_story(address, "")
            or is_command(block.text)
        ):
            continue
        seen.add(address)
        yield replace(block, text=without_command(block.text), url=address)


def _told(shown: tuple[Block, ...], bodies: Sequence[Candidate]) -> tuple[tuple[Block, ...], Evidence | None]:
    """The text that the data of this very article hold, where the page shows next to nothing of it; else the shown."""
    own = [candidate for candidate in bodies if candidate.confidence > _OWN]
    told = told_instead(text_of(shown), [candidate.value for candidate in own])
    if not told:
        return shown, None
    winner = max(own, key=lambda candidate: len(candidate.value))
    reason = "the page shows next to nothing of the text in its data"
    return told, Evidence(winner.source, winner.place, winner.confidence, reason)


def _stored(page: Page, shown: tuple[Block, ...], headline: str | None) -> tuple[tuple[Block, ...], Evidence | None]:
    """The text that the page's application state holds, where the page shows next to nothing of it; else the shown."""
    if len(text := text_of(shown)) >= _LITTLE:
        return shown, None
    stored, place = find_stored(page, page.layout, headline)
    if not worth_more(text_of(stored), text):
        return shown, None
    return stored, Evidence("app-state", place, _OWN, "the page shows next to nothing of the text in its state")


def _data_only(page: Page) -> bool:
    """Whether the page is a document of JSON, whose tree is nothing but an accident of parsing."""
    return page.text.lstrip("\ufeff \r\n\t").startswith("{")
