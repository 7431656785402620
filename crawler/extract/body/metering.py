"""Lines that count the articles a reader has read, or may still read, for free, and the offer around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.page.blocks import Box, TextBlock

_LONGEST = 160
"""Characters of such a line."""
_OFFER, _LINES = 2000, 14
"""Characters and lines of the box with an offer to read on."""
_SHARE = 0.4
"""Share of the text from which such a box is the article's own."""
_READER = (
    r"(?:you[’']ve|you have|you can|this is your|sie haben|du hast|ihnen bleiben|dir bleiben|il vous reste|vous avez"
    r"|te quedan?|le quedan?|has leído|ha leído|hai letto|ti restano|você|je hebt|u heeft|pozostał\w*|у вас)"
)
_FREE = (
    r"(?:free|complimentary|kostenlose\w*|kostenfreie\w*|freie\w*|gratis\w*|gratuits?|gratuit[ioa]|grátis|bezpłatn\w*"
    r"|бесплатн\w*)"
)
_THINGS = (
    r"(?:articles?|stor(?:y|ies)|reads|artikeln?|texte|beiträge|artículos?|notas?|articol[io]|artigos?|matérias?"
    r"|artikelen|artykuł\w*|стат\w+)"
)
_FREE_THINGS = rf"(?:{_FREE}\s(?:[\w-]+\s)?{_THINGS}|{_THINGS}\s{_FREE})"
_LEFT = r"(?:left|remaining|übrig|restants?|restantes?|rimasti|over|pozostało)"
_COUNT = (
    r"(?:\d|one|two|three|four|five|six|last|limit|all|letzte[rns]?|eine[nr]?|zwei|drei|vier|fünf|derniers?|deux|trois|quatre"
    r"|cinq|últim[oa]s?|dos|tres|cuatro|cinco|ultim[oi]|due|tre|quattro|cinque|twee|drie|vier|vijf)"
)
_METERED = re.compile(
    rf"\W*(?=.*\b{_COUNT})(?:{_READER}\b.{{0,60}}\b{_FREE_THINGS}\b.{{0,60}}|(?:\d{{1,2}}|\w+)\s{_FREE_THINGS}\s{_LEFT}\b.{{0,40}})",
    re.I,
)


_USED_UP = re.compile(
    rf"\W*(?:sorry,? )?(?:you[’']ve|you have)(?: now| already)? (?:reached|used(?: up)?|exhausted|hit) "
    rf"(?:the |your |all (?:of )?your )?[\w ]{{0,24}}\b{_FREE_THINGS}"
    rf"|\W*(?:sie haben|du hast) (?:\w+ ){{0,3}}{_FREE_THINGS}.{{0,40}}"
    r"\b(?:aufgebraucht|ausgeschöpft|gelesen|verbraucht)"
    rf"|\W*(?:vous avez|tu as) (?:déjà )?(?:atteint|épuisé|utilisé|lu) [\w’' ]{{0,30}}\b{_FREE_THINGS}"
    rf"|\W*(?:has|ha) (?:ya )?(?:alcanzado|agotado|leído) [\w ]{{0,30}}\b{_FREE_THINGS}",
    re.I,
)
"""How a line begins that says that no more is free; what follows in it and around it is an offer."""
_BEGINS = frozenset(("Yo", "yo", "So", "so", "Si", "Du", "Vo", "vo", "Tu", "tu", "Ha", "ha", "YO"))
"""How such a line begins: told at a glance."""
_STEMS = ("free", "complimentary", "kosten", "freie", "grat", "grát", "bezp", "беспл")
"""What all words for "free" hold: looking for it in lower case costs a tenth of what the pattern does."""


def counts_free(text: str) -> bool:
    """Whether a line is no more than that: "You have read two of five free articles this month"."""
    if len(text) > _LONGEST:
        return False
    lower = text.lower()
    return any(stem in lower for stem in _STEMS) and _METERED.fullmatch(text) is not None


def find_offers(chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that tell that nothing more is free, or lie in their box.

    That box is the largest around them that holds little, and little of the text.
    """
    found: set[int] = set()
    sizes: dict[int, int] = {}
    for block in chosen:
        if block.number in found or not _is_used_up(block.text):
            continue
        sizes = sizes or {other.number: len(other.text) for other in chosen}
        most = min(_OFFER, _SHARE * sum(sizes.values()))
        box: Box | None = block.box
        found.add(block.number)
        while box is not None and box.count <= _LINES:
            inside = [number for number in range(box.first, box.last + 1) if number in sizes]
            if sum(sizes[number] for number in inside) > most:
                break
            found.update(inside)
            box = box.parent
    return found


def _is_used_up(text: str) -> bool:
    if text[:2] not in _BEGINS:
        return False
    lower = text[:_LONGEST].lower()
    return any(stem in lower for stem in _STEMS) and _USED_UP.match(text) is not None
