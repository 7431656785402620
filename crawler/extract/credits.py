"""Credits in a byline: who took the photographs, edited, reviewed or translated, and is no author by that."""

from __future__ import annotations

import re

_WORK = (
    r"(?:photo\w*|pictures?|images?|illustrat\w+|drawings?|graphics?|artwork|videos?|camera|edit(?:ed|ing)"
    r"|(?:medical(?:ly)?|clinical(?:ly)?|scientific(?:ally)?|legal(?:ly)?|expert)[ -]review\w*|review(?:ed|ers?|ing)"
    r"|(?:fact[ -])?check(?:ed|ers?|ing)|approv\w+|translat\w+|produced"
    r"|fotos?|bild(?:er)?|übersetzt|geprüft|überprüft)"
)
_STEMS = (
    "photo", "pictur", "image", "illustr", "drawing", "graphic", "artwork", "video", "camera", "edit", "review",
    "check", "approv", "transl", "produc", "foto", "bild", "übersetzt", "prüft",
)  # fmt: skip
"""In every word of such work: a line without any is read no further."""
_AND_MORE = r"(?:\s(?:and|&|und)\s[\w-]+)?\s*"
_TEXT = r"(?:words|text|story|report(?:ed|ing)?|article|written)"
_OF_AUTHORS_TOO = rf"\b(?:{_TEXT}\s*(?:and|&|\+|und)\s*{_WORK}|{_WORK}\s*(?:and|&|\+|und)\s*{_TEXT})\s*(?:by\b|von\b|:)"
"""Said of one who wrote and did more."""
_WROTE_AND_MORE = re.compile(_OF_AUTHORS_TOO, re.I)
_ENDS_WROTE_AND_MORE = re.compile(rf"{_OF_AUTHORS_TOO}\W*$", re.I)
_CREDIT = re.compile(
    rf"[,;|•·]?\s*(?:\b(?:and|und|with|mit)\s+)?\b{_WORK}{_AND_MORE}(?:\bby\b|\bvon\b|:).*?"
    r"(?=$|[,;|•·]?\s*\b(?:words|text|story|written|reported)\s*(?:by\b|von\b|:))",
    re.I,
)
_ENDS_CREDIT = re.compile(
    rf"\b(?:{_WORK}|sponsored|presented|powered|hosted|curated|designed){_AND_MORE}(?:\bby|\bvon|:)\W*$", re.I
)
_JOINT = r"\b(?:and|und|et|y)\b"
_MARKED = re.compile(rf"(?:^|[,;|/&]|{_JOINT})(?:(?!{_JOINT})[^,;|/&()])*\({_WORK}\b[^()]*\)", re.I)
"""A name with what its bearer did behind it: "Anna Berg (photos)"."""


def without_credits(byline: str) -> str:
    """A byline without those who only did something else for the article than write it."""
    lower = byline.lower()
    if not any(stem in lower for stem in _STEMS):
        return byline
    return _CREDIT.sub("", _MARKED.sub("", _WROTE_AND_MORE.sub("by", byline)))


def begins_with_credit(text: str) -> bool:
    """Whether a text begins by crediting someone with other work: "Photos by Anna Berg"."""
    return _CREDIT.match(text) is not None


def ends_in_credit(words: str) -> bool:
    """Whether the words before a name credit its bearer with other work: "Medically reviewed by"."""
    return _ENDS_CREDIT.search(words) is not None and _ENDS_WROTE_AND_MORE.search(words) is None
