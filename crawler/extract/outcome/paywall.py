"""Paywall stubs: the beginning of an article, and where it stops an offer to pay for the rest."""

from __future__ import annotations

import re

from crawler.extract.outcome.offer import cut_above, find_login, find_offer, veiled_above
from crawler.extract.outcome.sight import SAID, SHORT, STUB, Sight, phrases, together
from crawler.extract.page.blocks import Box

_STOP, _OFFER = phrases("paywall", "stops"), phrases("paywall", "offers")
_READERS = together("paywall", "readers", "reads", 60)
_OFFERED = 70
"""Characters of a line that offers more, below those of a sentence of a story."""
_NEXT = 3
"""Blocks behind a text in which it says who may read on."""
_MARK = re.compile(
    r"(?:class|id)=[\"'][^\"']*(?:\bpaywall\b|paywall[-_]|[-_]paywall|tp-container-inner|piano-(?:offer|inline|paywall)|tinypass|"
    r"poool-|metered|subscriber-only|premium-(?:content|teaser)|article--locked|is-locked|offerpage|laterpay|steady-paywall|zephr)",
    re.I,
)
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
_CLASS = re.compile(r"\.([\w-]+)")
_SENTENCE = re.compile(r"(?<!\.\.)[.!?。！？।۔؟][\"'”’»)\]]*$")
_SIGNED = 30
"""Characters of a line of initials or the like below a text."""
_FEW = 500
"""Characters below which any offer to subscribe explains why there are no more."""
_PART, _MISSING = 3, 150
"""How many times more words the data speak of than a stub shows, and how many are then missing at least."""
_PARAGRAPH, _PARAGRAPHS = 100, 2
"""Characters of a paragraph, and how many of them a stub has where nothing cuts it off."""
_WORD = 14
"""Characters of a word on average that are too many for one."""
_FULL = 2500
"""Characters from which a text is whole, even where its page says it must be paid for."""


def paywall(sight: Sight) -> str | None:
    """Why the text is a stub; None where nothing says it."""
    if sight.size >= _FULL:
        return None
    if (sight.closed or sight.size < STUB) and (match := _STOP.search(sight.after)):
        return f"the text stops at {match.group()!r}"
    if (sight.closed or sight.size < _FEW) and (match := _OFFER.search(sight.after)):
        return f"the text stops at {match.group()!r}"
    if sight.size < _FEW and (match := _READERS.search(_next(sight))):
        return f"the text stops at {match.group()!r}"
    if sight.size < _FEW and sight.visible < STUB and (match := _STOP.search(f"{sight.title} {sight.opening}")):
        return f"says {match.group()!r}"
    if sight.size < STUB and sight.closed and not _is_shown(sight):
        return "it says it is not free, and the text is a stub"
    if (
        sight.size < STUB
        and sight.body.chosen
        and _CUT.search(sight.body.chosen[-1].text)
        and (match := _MARK.search(sight.source))
    ):
        return f"the text is cut off, and the page carries {match.group()!r}"
    return _by_structure(sight)


def _is_shown(sight: Sight) -> bool:
    """Whether the text stands, to the end of a sentence, in the very part that the data say is to be paid for."""
    names = set(_CLASS.findall(" ".join(sight.paid_parts)))
    ends = [block.text for block in sight.body.chosen[-2:]]
    if ends and len(ends[-1]) <= _SIGNED:  # as agencies sign: "aw/jf"
        ends = ends[:-1]
    if not names or not ends or not _SENTENCE.search(ends[-1]):
        return False
    box: Box | None = sight.body.chosen[-1].box
    while box is not None and names.isdisjoint((box.element.get("class") or "").split()):
        box = box.parent
    return box is not None and box.first <= sight.body.chosen[0].number


def _by_structure(sight: Sight) -> str | None:
    """Why a short text is a stub, told by no words: by an offer below it, or by how long its data say it is."""
    if sight.size < STUB and (words := _promised(sight)):
        return f"its data speak of {words[1]} words, and {words[0]} are shown"
    if (
        not sight.body.chosen
        or sight.size >= 2 * SHORT
        or sight.free
        or not (sight.claims or sight.dated or sight.addressed)
    ):
        return None
    if (offer := find_offer(sight)) is None:
        return _cut_above_a_login(sight)
    if offer.login and sum(len(block.text) >= _PARAGRAPH for block in sight.body.chosen) <= _PARAGRAPHS:
        return f"below the text are a price ({offer.price[:40]!r}) and a link to log in ({offer.login[:40]!r})"
    if cut := cut_above(sight, offer.at):
        return f"the text is cut off ({cut!r}), and a price stands below it ({offer.price[:40]!r})"
    if veil := veiled_above(sight, offer):
        return f"the text goes on behind a veil ({veil!r}), and a price stands below it ({offer.price[:40]!r})"
    return None


def _cut_above_a_login(sight: Sight) -> str | None:
    cut = cut_above(sight)
    login = find_login(sight) if cut else None
    return f"the text is cut off ({cut!r}), and a link to log in stands below it ({login!r})" if login else None


def _promised(sight: Sight) -> tuple[int, int] | None:
    """The words of the text and those that its data speak of, where the text is but a part of them."""
    shown = len(sight.body.text.split())
    if not shown or sight.size > _WORD * shown:  # in a script that parts no words
        return None
    said = max(sight.values("words"), default=0)
    return (shown, said) if said >= _PART * shown and said >= shown + _MISSING else None


def _next(sight: Sight) -> str:
    """The few blocks that follow the body, and its last one where it is short: it may be the offer itself."""
    if not sight.body.chosen:
        return ""
    last = sight.body.chosen[-1]
    first = last.number if len(last.text) < _OFFERED else last.number + 1
    near = (block for block in sight.content if first <= block.number <= last.number + _NEXT)
    return "\n".join(block.text[:SAID] for block in near)
