"""Lines that count the articles a reader has read, or may still read, for free."""

from __future__ import annotations

import re

_LONGEST = 160
"""Characters of such a line."""
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


_STEMS = ("free", "complimentary", "kosten", "freie", "grat", "grát", "bezp", "беспл")
"""What all words for "free" hold: looking for it in lower case costs a tenth of what the pattern does."""


def counts_free(text: str) -> bool:
    """Whether a line is no more than that: "You have read two of five free articles this month"."""
    if len(text) > _LONGEST:
        return False
    lower = text.lower()
    return any(stem in lower for stem in _STEMS) and _METERED.fullmatch(text) is not None
