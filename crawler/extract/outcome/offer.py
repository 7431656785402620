"""Offers to pay for the rest of a text, told in any language by what they consist of: a price and a way to log in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from crawler.extract.outcome.login import among_comments
from crawler.extract.outcome.price import PRICE
from crawler.extract.outcome.sight import Sight, phrases
from crawler.extract.page.blocks import Box, TextBlock

_TO_LOG_IN = re.compile(rf"(?:^|[/.=])(?:{phrases('login', 'linked').pattern})(?:[/?&.#]|$)")
_LOG_IN = phrases("login", "titled")
_NEAR = 12
"""Blocks below a text in which an offer stands."""
_LINE, _PARAGRAPH = 200, 120
"""Characters of the longest line of an offer, and of the shortest paragraph of a story."""
_LARGEST = 14
"""Blocks of a box that holds an offer and nothing else."""
_AROUND = 4
"""Boxes around a price in which the link to log in is looked for."""
_APART = frozenset({"body", "html", "main"})


class Offer(NamedTuple):
    """What stands below a text and asks for money."""

    at: int
    """Number of the block with the price."""
    price: str
    """The line with the price."""
    login: str | None
    """The link in the same box by which those log in who pay already; None where there is none."""


def find_offer(sight: Sight) -> Offer | None:
    """The first price below the beginning of the text, with a way to log in where any of them has one."""
    prices = [block for block in _below(sight) if len(block.text) <= _LINE and PRICE.search(block.text)]
    for block in prices:
        for box in _around(sight, block):
            if link := _link_to_log_in(sight, box):
                return Offer(block.number, block.text, link)
    return Offer(prices[0].number, prices[0].text, None) if prices else None


def find_login(sight: Sight) -> str | None:
    """A link to log in that stands right below the text, and not among what readers wrote."""
    last = sight.body.chosen[-1].number
    below = [block for block in sight.content if last < block.number <= last + _NEAR // 2]
    link = next(filter(None, map(_link_in, below)), None)
    return link if link and not among_comments(sight, link) else None


def cut_above(sight: Sight, at: int | None = None) -> str | None:
    """The last words of the paragraph above an offer, or of the text, where that is cut off in mid-sentence."""
    end = sight.body.chosen[-1].number + 1 if at is None else at
    above = (block for block in reversed(sight.body.chosen) if end - _NEAR <= block.number < end)
    told = next((block.text for block in above if len(block.text) >= _PARAGRAPH // 2 and not block.links), "")
    match = _CUT.search(told)
    return match.group().strip() if match else None


def veiled_above(sight: Sight, offer: Offer) -> str | None:
    """The style or class name by which a box between the text's beginning and the offer is hard to read."""
    begins = sight.body.chosen[0].number
    for box in sight.layout.boxes:
        above = begins < box.last < offer.at and begins <= box.first
        if above and (match := _VEIL.search(box.element.get("style") or "") or _VEILED.search(box.names)):
            return match.group().strip(" _-")
    return None


_VEIL = re.compile(r"filter\s*:\s*blur|mask-image", re.I)
_VEILED = re.compile(r"(?:^|[\s_-])(?:blur(?:red|ry)?|fade-?out|faded|obscured?|teaser-?fade)(?:$|[\s_-])", re.I)
_CUT = re.compile(r"\S{0,20}[^\W\d_]\s?(?:…|\.{3}|\[(?:…|\.{3})\])$")


def _below(sight: Sight) -> list[TextBlock]:
    chosen = sight.body.chosen
    if not chosen:
        return []
    first, last = chosen[0].number, chosen[-1].number + _NEAR
    return [block for block in sight.content if first < block.number <= last]


def _around(sight: Sight, block: TextBlock) -> Iterator[Box]:
    """The boxes around a line that hold no paragraph of the story."""
    box: Box | None = block.box
    story = [one.number for one in sight.body.chosen if one.number < block.number and len(one.text) >= _PARAGRAPH]
    for _ in range(_AROUND):
        if box is None or box.tag in _APART or box.count > _LARGEST or any(number >= box.first for number in story):
            return
        yield box
        box = box.parent


def _link_to_log_in(sight: Sight, box: Box) -> str | None:
    inside = sight.layout.blocks[box.first : box.last + 1]
    return next(filter(None, map(_link_in, inside)), None)


def _link_in(block: TextBlock) -> str | None:
    """The words of a link or button to log in, which a line holds."""
    if len(block.text) > _LINE:
        return None
    for element in block.elements:
        if element.tag == "a":
            words = " ".join(element.text_content().split())
            address = unquote(element.get("href") or "").lower().replace("_", "-")
            if _LOG_IN.fullmatch(words.strip(" .!?…»›→")) or _TO_LOG_IN.search(address):
                return words or address
    return block.text if block.box.tag == "button" and _LOG_IN.fullmatch(block.text) else None
