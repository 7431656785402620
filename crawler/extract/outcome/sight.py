"""What is looked at to tell what a page is: its text, title, claims, and the share of its links."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from crawler.extract.body import Body
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.witnesses.access import paid_parts
from crawler.model import Candidate

SHORT = 350
"""Characters below which a text is too short to be an article without other grounds."""
STUB = 1200
"""Characters below which a text may be the beginning of one."""
BRIEF = 60
"""Characters of the shortest text that is an article with a day or an author."""
_STATED = 30
"""Blocks that a page which is none has at most before it says so."""
SAID = 3000
"""Characters of a block, and of all first words, in which it is looked for what a page says of itself."""
_FRAME = 5
"""Links that the frame of a site has at least."""
_EAST_ASIAN = re.compile("[\u2e80-\ud7af]")
_MENU = frozenset({"nav", "footer"})
_SOURCE = 500_000
_REPLAYS = re.compile(
    r"web-static\.archive\.org/|archive\.org/(?:_static|includes)/|\b__wm\.|^\s*window\.RufflePlayer=|\bwbinfo\b"
)
"""What the scripts of Wayback Machines and pywb carry."""
_HEAD = 500
"""Characters of a script in which it is looked for."""
_ARTICLE = re.compile(r"article|blogposting|reportage|report\b")
_BAR = re.compile(r"\s+[|–—·»:-]+\s+|\s*[|·»]\s*|:\s+|\s*(?<![.!?…。！])[.!?…。！]++(?:\s+|$)")


class Sight:
    """A page with its chosen body, as the judges of this package look at it; nothing is computed before it is asked."""

    def __init__(
        self,
        page: Page,
        layout: Layout,
        body: Body,
        said: dict[str, list[Candidate]],
        headline: str | None,
        dated: bool,
        addressed: bool,
    ) -> None:
        self.page = page
        self.layout = layout
        self.body = body
        self.headline = headline
        self.dated = dated
        """Whether a day of publication that is sure, or a person as author, has been found."""
        self.addressed = addressed
        """Whether a day has been found, if only in the address."""
        self._said = said

    @cached_property
    def source(self) -> str:
        """The markup, as far as vendors' marks are looked for: what stands in place of a page is short."""
        return self.page.text[:_SOURCE]

    @cached_property
    def scripts(self) -> list[str]:
        """The page's scripts, address and beginning of each, without those that a web archive adds as it replays it."""
        heads = (f"{attributes.get('src') or ''} {text[:_HEAD]}" for attributes, text in self.page.scripts)
        return [head for head in heads if not _REPLAYS.search(head)]

    @cached_property
    def size(self) -> int:
        """Characters of the chosen body."""
        return len(self.body.text)

    @property
    def certain(self) -> int:
        """Characters of the chosen body that are more likely an article's than not: doubtful ones make no article."""
        return self.body.certain

    @property
    def weight(self) -> int:
        """That number, where an East Asian character counts double."""
        doubled = (_EAST_ASIAN.findall(block.text) for block in self.body.chosen if not block.text.isascii())
        return self.certain + sum(map(len, doubled))

    @property
    def is_hidden(self) -> bool:
        """Whether no reader is shown any of the chosen body, as of a dialogue that waits for a click."""
        return all(block.box.hidden for block in self.body.chosen)

    @cached_property
    def is_framed(self) -> bool:
        """Whether it stands among a site's links, as no wall does."""
        return len(self.layout.links) >= _FRAME

    @cached_property
    def visible(self) -> int:
        """Characters of all visible text."""
        return sum(len(block.text) for block in self.layout.blocks)

    @cached_property
    def is_told(self) -> bool:
        """Whether it has what a brief has: a day or an author, and a sentence that reads like an article's."""
        return self.dated and self.weight >= BRIEF

    @cached_property
    def content(self) -> list[TextBlock]:
        """The blocks outside of navigation and footers, where every site speaks of cookies, terms and accounts."""
        return [block for block in self.layout.blocks if _MENU.isdisjoint(block.box.inside)]

    @cached_property
    def stated(self) -> str:
        """The first words outside of navigation and footers that are no links, the blocks of them in lines."""
        lines = (block.text for block in self.content if block.link_chars < 0.9 * len(block.text))
        return "\n".join(line[:SAID] for line in islice(lines, _STATED))[:SAID]

    @cached_property
    def link_share(self) -> float:
        """Share of the visible text that is links, 0 to 1."""
        return sum(block.link_chars for block in self.layout.blocks) / (self.visible or 1)

    @cached_property
    def title(self) -> str:
        """The title element's text."""
        return self.page.title

    @cached_property
    def names(self) -> list[str]:
        """What the page calls itself: title and first headings, whole and in the pieces between bars and stops."""
        headings = [block.text for block in self.layout.blocks if block.level in (1, 2)][:2]
        whole = [text for text in (self.title, *headings) if text]
        pieces = [piece.strip(" .!?…") for text in whole for piece in _BAR.split(text)]
        return list(dict.fromkeys(piece for piece in (*whole, *pieces) if piece))

    @cached_property
    def opening(self) -> str:
        """The first visible words."""
        return " ".join(block.text[:SAID] for block in self.layout.blocks[:60])[:SAID]

    @cached_property
    def after(self) -> str:
        """The visible words that follow the body, and its own last ones."""
        last = self.body.chosen[-1].number if self.body.chosen else 0
        own, following = self.layout.blocks[last : last + 1], self.layout.blocks[last + 1 : last + 25]
        return " ".join([*(block.text[-SAID:] for block in own), *(block.text[:SAID] for block in following)])

    @cached_property
    def kinds(self) -> str:
        """Types that JSON-LD and og:type give the page, in lower case."""
        return " ".join(str(value).lower() for value in self.values("type"))

    @cached_property
    def linked_types(self) -> frozenset[str]:
        """Every top-level JSON-LD type, in lower case."""
        found: set[str] = set()
        for value in self.page.json_ld:
            kinds = value.get("@type")
            found.update(str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds]))
        return frozenset(found)

    @cached_property
    def claims(self) -> bool:
        """Whether it calls itself an article."""
        return "article" in self.kinds or "posting" in self.kinds or "report" in self.kinds

    @cached_property
    def is_declared(self) -> bool:
        """Whether its data call it an article by more than ``og:type``, which many sites give to every page."""
        kinds = (str(c.value).lower() for c in self._said.get("type", ()) if c.source == "json-ld")
        return "article:published_time" in self.page.meta or any(map(_ARTICLE.search, kinds))

    @cached_property
    def closed(self) -> bool:
        """Whether it says that it is not free to read."""
        tier = " ".join(self.page.meta.get("article:content_tier", ())).lower()
        return "locked" in tier or any(value is False for value in self.values("free"))

    @property
    def paid_parts(self) -> list[str]:
        """Selectors of the parts of the page that its data say are not free to read."""
        return paid_parts(self.page.json_ld)

    @property
    def free(self) -> bool:
        """Whether its data say that it is free to read, and nothing else."""
        return set(self.values("free")) == {True}

    def values(self, field: str) -> list[Any]:
        """What the witnesses say of a field."""
        return [candidate.value for candidate in self._said.get(field, ())]


def named(sight: Sight, pattern: re.Pattern[str]) -> str | None:
    """The name of the page, or the piece of it, that is the pattern and nothing else."""
    return next((name for name in sight.names if pattern.fullmatch(name)), None)


def phrases(kind: str, what: str, flags: re.RegexFlag = re.I) -> re.Pattern[str]:
    """One pattern, deaf to case unless told otherwise, for a list of ``phrases.toml``."""
    return re.compile("|".join(_PHRASES[kind][what]), flags)


def together(kind: str, what: str, which: str, within: int) -> re.Pattern[str]:
    """One pattern, deaf to case, for a phrase of one list of ``phrases.toml`` and one of another, near each other."""
    one, other = ("|".join(_PHRASES[kind][name]) for name in (what, which))
    return re.compile(rf"(?:{one}).{{0,{within}}}?(?:{other})|(?:{other}).{{0,{within}}}?(?:{one})", re.I)


_PHRASES: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8")
)
