"""Lines that somebody is said to have said, and so the article's whatever they ask for or claim."""

from __future__ import annotations

import re

_SAID = re.compile(
    r"[,”“\"’»]\s(?:[\w’'-]+\s){0,5}?(?:said|says|told|wrote|asked|sagte?|schreibt|schrieb|fragte?|dijo|dice|afirmó"
    r"|preguntó|disse|diz|perguntou|ha detto|dit|déclaré|expliqué|demandé|zei|zegt|vroeg|säger|sade|sagde|siger|sier"
    r"|сказал\w*|говор\w+|заявил\w*|сказав|сказала|powiedział\w*|mówi\w*)\b",
    re.I,
)
"""Who said so, behind a comma or what is quoted."""
_QUOTES = tuple('"“„«‘')


def is_spoken(text: str) -> bool:
    """Whether a line begins with a quotation, or says behind a comma who said it."""
    return text.startswith(_QUOTES) or _SAID.search(text) is not None
