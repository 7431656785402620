"""Changes of a page that say nothing about its story: relative dates, counts, share numbers, the time of the update."""

from __future__ import annotations

import re

_UNIT = (
    r"seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|"
    r"sekunden?|minuten?|stunden?|tagen?|wochen?|monaten?|jahren?|"
    r"segundos?|minutos?|horas?|días?|semanas?|mes(?:es)?|años?|"
    r"secondes?|heures?|jours?|semaines?|mois|ans?|"
    r"second[oi]|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|ore|dias?"
)
_NUMBER = r"(?:\d+|an?|one|two|three|few|einem?|einer|un[ae]?|ein)"
_RELATIVE = re.compile(
    rf"\b(?:(?:about|over|almost)\s+)?{_NUMBER}\s*(?:{_UNIT})\s+(?:ago|fa)\b|\b(?:vor|hace|il\s+y\s+a|há)\s+{_NUMBER}\s+(?:{_UNIT})\b"
    r"|\bjust\s+now\b|\b\d+[smhdw]\s+ago\b",
    re.IGNORECASE,
)
_COUNTED = (
    r"comments?|shares?|views?|likes?|followers?|posts?|reads?|reactions?|votes?|replies|retweets?|reposts?|subscribers?|"
    r"kommentare?|aufrufe|abonnenten|commentaires?|partages?|vues|comentarios?|compartidos|vistas|seguidores"
)
_COUNT = re.compile(
    rf"(?<!\w)[\d.,]+\s?[KkMmBb]?\+?\s+(?:{_COUNTED})\b|\b(?:{_COUNTED})\s*[:(]?\s*[\d.,]+\s?[KkMmBb]?\+?\)?(?!\w)",
    re.IGNORECASE,
)
_READING = re.compile(r"\b\d+\s*-?\s*(?:min(?:ute)?s?)\.?\s+read\b", re.IGNORECASE)
_STAMP = re.compile(
    r"^(?:last\s+)?(?:updated|modified|aktualisiert|stand|actualizado|mis\s+à\s+jour|aggiornato)\b[^.]{0,60}$",
    re.IGNORECASE,
)
_KINDS = (("relative date", _RELATIVE), ("count", _COUNT), ("reading time", _READING), ("time of update", _STAMP))


def why_boring(before: str | None, after: str | None) -> str | None:
    """What alone differs between two states of a sentence, of which one may be missing; None for a real edit."""
    found: list[str] = []
    old, new = before or "", after or ""
    for kind, pattern in _KINDS:
        bare_old, bare_new = pattern.sub("", old), pattern.sub("", new)
        if bare_old != old or bare_new != new:
            found.append(kind)
            old, new = bare_old, bare_new
    if not found:
        return None
    if before is None or after is None:
        # A line that is nothing but a date or a count came or went.
        return ", ".join(found) if not re.search(r"[^\W\d_]{2}", old + new) else None
    return ", ".join(found) if " ".join(old.split()) == " ".join(new.split()) else None
