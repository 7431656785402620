"""Credits in a byline: who took the photographs, edited, reviewed or translated, and is no author by that."""

from __future__ import annotations

import re

_WORK = (
    r"(?:(?:(?:photo|image|picture|video)\s)?credits?|cr[ée]ditos?(?:\sfotos?)?|crédits?(?:\sphotos?)?"
    r"|photo\w*|pictures?|images?|ill?ustra\w+|drawings?|graphics?|artwork|videos?|[ck]amera|edit(?:ed|ing)"
    r"|(?:medical(?:ly)?|clinical(?:ly)?|scientific(?:ally)?|legal(?:ly)?|expert)[ -]review\w*|review(?:ed|ers?|ing)"
    r"|(?:fact[ -])?check(?:ed|ers?|ing)|approv\w+|translat\w+|produced"
    r"|foto(?:['’]?s|gra[fv]\w+)?|bild(?:er)?|übersetz(?:t|ung)|geprüft|überprüft"
    r"|tradu[citz]\w+|im[áa]gen(?:es|s)?|beeld|kuva(?:t|aja)?|zdjęci[ae]|фото\w*|перевод)"
)
_STEMS = (
    "photo", "pictur", "image", "lustra", "drawing", "graphic", "artwork", "video", "camera", "edit", "review",
    "check", "approv", "transl", "produc", "foto", "bild", "übersetz", "prüft", "tradu", "imagen", "imágen", "beeld",
    "kuva", "zdję", "фото", "перевод", "kamera", "credit", "crédit",
)  # fmt: skip
"""In every word of such work: a line without any is read no further."""
_AND = r"(?:and|&|\+|/|und|et|y|e|en|og|och|ja|i|и)"
_BY = r"(?:\b(?:by|von|par|por|di|door|av|af)\b|:)"
_AND_MORE = rf"(?:\s{_AND}\s[\w-]+)?\s*"
_TEXT = (
    r"(?:words|te(?:xt[eo]?|sto|ksti?)|текст|story|report(?:ed|ing|age)?|article|written|interview|protokoll"
    r"|reportaje)"
)
_MORE = r"(?:,\s*[\w-]+){0,3}\s*"
_OF_AUTHORS_TOO = rf"\b(?:{_TEXT}{_MORE}{_AND}\s*{_WORK}|{_WORK}{_MORE}{_AND}\s*{_TEXT})\s*{_BY}"
"""Said of one who wrote and did more."""
_WROTE_AND_MORE = re.compile(_OF_AUTHORS_TOO, re.I)
_ENDS_WROTE_AND_MORE = re.compile(rf"{_OF_AUTHORS_TOO}\W*$", re.I)
_CREDIT = re.compile(
    rf"[,;|•·(]?\s*(?:\b(?:and|und|with|mit)\s+)?\b{_WORK}{_AND_MORE}{_BY}.*?(?=$|[,;|•·]?\s*\b{_TEXT}\s*{_BY})", re.I
)
_ENDS_CREDIT = re.compile(
    rf"\b(?:{_WORK}|sponsored|presented|powered|hosted|curated|designed|managed|maintained|operated){_AND_MORE}{_BY}\W*$"
    r"|\b(?:contact|kontakt|ansprechpartner(?:in)?)\s*:\W*$",
    re.I,
)
_JOINT = r"\b(?:and|und|et|y)\b"
_MARK = rf"\((?![^()]*\b{_TEXT}\b)(?![^()]*{_BY}\s*\w){_WORK}\b[^()]*\)"
"""What a name's bearer did, behind it: "(photos)"; not "(photos and text)"."""
_MARKED = re.compile(rf"(?:^|[,;|/&]|{_JOINT})(?:(?!{_JOINT})[^,;|/&()])*{_MARK}", re.I)
"""A name with that behind it: "Anna Berg (photos)"."""
_FOLLOWS = re.compile(rf"\s*{_MARK}", re.I)
_EASTERN = re.compile(
    r"(?:^|[\s,，、;；|/／])(?:攝影|摄影|撮影|写真|圖片?|图片?|翻譯|翻译|사진)\s*[:：/／].*?"
    r"(?=$|\s(?:文字?|作者|撰文|記者|记者)\s*[:：/／])"
)
"""The same in Chinese, Japanese and Korean."""


def without_credits(byline: str) -> str:
    """A byline without those who only did something else for the article than write it."""
    if not byline.isascii():
        byline = _EASTERN.sub("", byline)
    lower = byline.lower()
    if not any(stem in lower for stem in _STEMS):
        return byline
    return _CREDIT.sub("", _MARKED.sub("", _WROTE_AND_MORE.sub("by ", byline)))


def begins_with_credit(text: str) -> bool:
    """Whether a text begins by crediting someone with other work: "Photos by Anna Berg"."""
    return _CREDIT.match(text) is not None


def is_marked(words: str) -> bool:
    """Whether the words behind a name credit its bearer with other work: "(photos)"."""
    return _FOLLOWS.match(words) is not None


def ends_in_credit(words: str) -> bool:
    """Whether the words before a name credit its bearer with other work: "Medically reviewed by"."""
    return _ENDS_CREDIT.search(words) is not None and _ENDS_WROTE_AND_MORE.search(words) is None
