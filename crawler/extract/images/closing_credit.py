"""Whose an article's only picture is, where a line under the text says so: "Photo credit: Ada Winter"."""

from __future__ import annotations

import re

from crawler.extract.page.blocks import Layout
from crawler.extract.wording import tidy

_LINES = 3
"""Blocks from the text's last on among which such a line stands."""
_LONGEST = 160
"""Characters of the line."""
_LABEL = (
    r"(?:(?:featured|header|lead|cover|top|main|title)\s)?(?:photos?|photographs?|images?|pictures?)"
    r"(?:\s?(?:credits?|courtesy(?:\sof)?|by|source))?"
    r"|(?:beitrags|titel|aufmacher|header|teaser)?bild(?:er)?(?:quellen?|nachweise?|rechte)?|quellen?\sbild(?:er)?|fotos?"
    r"|crédits?\s(?:photos?|images?)|photos?\s(?:de\scouverture|d['’]illustration)|crédito(?:s)?(?:\sde\sla\sfoto)?"
    r"|imagen(?:\sde\sportada)?|immagine|foto\sdi\scopertina|imagem|fotó|zdjęcie|kuva|фото"
)
_CREDIT = re.compile(rf"(?:^\W*|\s[/|]\s)(?:{_LABEL})\s?[:：]\s?(?P<whose>[^:：]{{2,80}})$", re.I)
_STEMS = ("photo", "image", "picture", "bild", "foto", "créd", "imag", "immag", "fotó", "zdj", "kuva", "фото")
_WORDS, _SENTENCE = 12, 6
"""Words of the longest credit, and from how many on it is a sentence where it ends in a full stop."""
_LINKED = 0.9
"""Share of a line that is linked where it is a link, to a gallery."""
_ELSEWHERE = frozenset(("nav", "footer", "form", "figcaption"))


def closing_credit(layout: Layout, last: int) -> str | None:
    """What such a line says, at the text's ``last`` block or right under it; None where another picture is before it.

    A line that tells more than whose the picture is, is the caption of another one.
    """
    end = min(len(layout.blocks), last + _LINES)
    for block in layout.blocks[last:end]:
        text = block.text
        if len(text) > _LONGEST or block.level is not None or not block.box.inside.isdisjoint(_ELSEWHERE):
            continue
        if not any(map(text.lower().__contains__, _STEMS)) or (found := _CREDIT.search(text)) is None:
            continue
        if any(last < before <= block.number for _, _, before in layout.pictures):
            return None
        if _tells_more(found["whose"]) or block.link_chars > _LINKED * len(text):
            continue
        whose = tidy(found["whose"]).strip(" .|/")
        return whose if any(map(str.isalpha, whose)) else None
    return None


def _tells_more(whose: str) -> bool:
    words = len(whose.split())
    return words > _WORDS or (words >= _SENTENCE and whose.endswith(".") and not any(map(whose.__contains__, "/|©")))
