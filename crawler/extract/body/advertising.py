"""Lines that say that an advertisement stands below them, or that the article goes on behind it."""

from __future__ import annotations

import re

_LONGEST = 60
"""Characters of such a line."""
_WORDS = (
    "ad|ads|advert|advertisements?|advertising|advertorial|sponsored(?: content)?|anzeigen?|werbung|publicité|"
    "annonces?|publicidad|publicidade|pubblicità|advertenties?|reclame|annons(?:er)?|reklame|mainos|reklama|reklaam|rekláma|"
    "reklam|reklama?|oglas|hirdetés|publicitate|publicitat|διαφήμιση|реклама|рекламна|広告|広\\s告|广告|廣告|광고|"
    "โฆษณา|विज्ञापन|বিজ্ঞাপন|விளம்பரம்|ప్రకటన|إعلان|إعلانات|פרסומת|تبلیغات|آگهی|iklan|quảng cáo|"
    "(?:the |this )?(?:article|story|text) (?:continues|resumes|goes on) (?:below|after|behind)"
    "(?: (?:this |the |our )?(?:ad|advert|advertisement|video|promotion))?|"
    "(?:scroll|continue reading|keep reading)(?: down)?(?: to continue| below| after| past)?"
    "(?: (?:this|the|with) (?:ad|advert|advertisement|content))|"
    "continua após a publicidade|la suite après (?:la|cette) publicité|"
    "(?:el artículo|la nota|sigue leyendo) (?:continúa|sigue)? ?(?:después de|tras|debajo de) (?:la|esta) publicidad|"
    "(?:der )?artikel geht (?:nach|unter) der (?:anzeige|werbung) weiter|nach der (?:anzeige|werbung) weiterlesen|"
    "(?:das|dieser) artikel wird nach der (?:anzeige|werbung) fortgesetzt|"
    "continua a leggere dopo la pubblicità|continua dopo la pubblicità|"
    "tekst gaat verder onder (?:de )?advertentie|artikkelen fortsetter under annonsen|"
    "artikeln fortsätter efter annonsen|juttu jatkuu mainoksen jälkeen|"
    "dalsza część (?:artykułu|tekstu) pod reklamą|článek pokračuje pod reklamou"
)
_LINE = re.compile(rf"\W*(?:{_WORDS})(?:\W+(?:{_WORDS}))?\W*")
"""In lower case."""


def labels_advertising(text: str) -> bool:
    """Whether a line is no more than that."""
    return len(text) <= _LONGEST and _LINE.fullmatch(text.lower()) is not None
