"""Soft 404s told by no words: a few lines under a heading at a story's address, and a way on to other stories."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from crawler.extract.address import path_of
from crawler.extract.outcome.sight import BRIEF, SHORT, Sight
from crawler.extract.outcome.teasers import is_headline, linked_headlines, teaser_around
from crawler.extract.page.blocks import TextBlock

_CLASS = re.compile(
    r"(?:^|[\s_-])(?:(?:is|page|http|status|error|err|template|single|content)?[_-]?404(?:[_-]?(?:page|error|content|body"
    r"|template|wrapper|container|title|text))?|(?:page|article|error|content|post|story)[_-]?not[_-]?found"
    r"|not[_-]?found(?:[_-]?(?:page|error|content|wrapper|container))?)(?:$|[\s_-])",
    re.I,
)
"""Class and id names that frameworks and makers of sites give to their page for what is gone."""
_STORY = re.compile(r"\d{5,}|\d{4}/\d\d|(?<![^/-])(?:[^/-]+-+){3}[^/-]")
_OWN, _LINES = 300, 4
"""Characters and lines that a notice has at most, without its heading."""
_CARDS = 3
"""Linked headlines that make a way on to other stories."""
_MANY = 400
"""Blocks of a page too large for a notice."""
_NEAR = 10
"""Blocks below a heading in which the way on begins."""
_FEW, _WORD = 2, 4
"""Words of an address and a heading that can be compared, and letters of one that tells something."""


def vacant(sight: Sight) -> str | None:
    """Why there is nothing at the address; None where there may be something."""
    if sight.claims or sight.dated or len(sight.layout.blocks) > _MANY:
        return None
    heading = next((block for block in sight.content if block.level in (1, 2)), None)
    if name := _called(sight, heading):
        return f"what it shows is called {name!r}"
    if heading is None or not _asked_for_a_story(sight) or _shows_something(sight):
        return None
    own = _own_lines(sight, heading)
    size = sum(len(block.text) for block in own)
    if not own or len(own) > _LINES or size > _OWN:
        return None
    way = _way_out(sight, heading) or (_way_on(sight, heading) if size < 2 * BRIEF else None)
    return f"a story's address, {size} characters under a heading, and {way}" if way else None


def _called(sight: Sight, heading: TextBlock | None) -> str | None:
    """The name of the box around the heading, or of the body, where it is that of a missing page."""
    if sight.weight >= 2 * SHORT:
        return None
    box = heading.box if heading is not None else next(iter(sight.layout.boxes), None)
    while box is not None:
        if match := _CLASS.search(box.names):
            return match.group().strip(" _-")
        box = box.parent
    return None


def _asked_for_a_story(sight: Sight) -> bool:
    return _STORY.search(unquote(path_of(sight.page.address))) is not None


def _shows_something(sight: Sight) -> bool:
    """A player, or a form of more than a line: then the few words may be what they are."""
    players = sight.layout.embeds or next(sight.page.tree.iter("audio", "figure", "table"), None) is not None
    fields = [one for one in sight.page.tree.iter("input", "textarea") if (one.get("type") or "text") != "hidden"]
    return bool(players) or len(fields) > 3


def _own_lines(sight: Sight, heading: TextBlock) -> list[TextBlock]:
    """The lines of the page that are neither its heading nor those of teasers, links or headings above them."""
    return [
        block
        for block in sight.content
        if block.number > heading.number
        and block.level is None
        and not is_headline(block)
        and not block.text.endswith(("…", "..."))
        and block.link_chars < 0.5 * len(block.text)
        and "button" not in block.box.inside | {block.tag}
        and teaser_around(sight, block) is None
    ]


def _way_out(sight: Sight, heading: TextBlock) -> str | None:
    """What leads a reader away: a link to the front below the heading, or a search."""
    near = range(heading.number, heading.number + _NEAR)
    home = {"/", f"https://{sight.layout.host}", f"https://www.{sight.layout.host}", "/index.html"}
    for link in sight.layout.links:
        if link.first in near and (link.address.rstrip("/") or "/") in home and link.box.inside.isdisjoint({"nav"}):
            return "a link to the front"
    for box in sight.layout.boxes:
        if box.tag == "form" and box.first in near and "header" not in box.inside:
            return "a search"
    return None


def _way_on(sight: Sight, heading: TextBlock) -> str | None:
    """The stories of other names below, where the heading is not what the address spells."""
    cards = linked_headlines(sight)
    return f"{cards} stories of other names" if cards >= _CARDS and _named_otherwise(sight, heading) else None


def _named_otherwise(sight: Sight, heading: TextBlock) -> bool:
    """Whether the address spells a headline, and the heading is another."""
    path = unquote(path_of(sight.page.address))
    spelt, said = _words(max(path.split("/"), key=len)), _words(f"{heading.text} {sight.title}")
    return len(spelt) >= _FEW and bool(said) and spelt.isdisjoint(said)


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.lower())
    return {word for word in re.findall(r"[a-z]+", plain.encode("ascii", "ignore").decode()) if len(word) >= _WORD}
