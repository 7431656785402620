"""What frames the names of a byline: words for "by", labels, addresses, brackets, credits, a count of the others."""

from __future__ import annotations

import re

from crawler.extract.names.byline_words import COLONS, GENRES, LABELS, PREPOSITIONS
from crawler.extract.names.credits import without_credits
from crawler.extract.names.name_tails import without_date
from crawler.extract.wording import tidy

_SOFT = re.compile("[\xad\u200b\u200c\u200d\u2060\ufeff]")
"""Signs that are not seen: soft hyphens, joiners, marks of the byte order."""
_LABEL = re.compile(
    r"^(?:(?:view |see |read )?(?:all |more |other )+(?:posts?|articles?|stories|content|news)? ?(?:by|from)"
    r"|(?:posts?|articles?|stories) by|(?:alles|mehr|weitere|alle artikel|artikel|beiträge|alle beiträge) von)\s+",
    re.I,
)
"""What stands before an author's name on the link to all of their articles."""
_BY = re.compile(
    r"^\W*(?:autorin/autor|(?:article |story |post )?(?:written|posted|published|authored|reported"
    r"|contributed|created"
    r"|compiled) (?:\w+ )?by"
    r"|interview\s*:|(?:words|text|story|article|report|review|blog)\s+by|authors?\s*[:\-–|]|by(?=[\s:"
    r"|])\s*[:|]?|by(?=by\s)|(?-i:By(?=[A-ZÀ-Þ]))|von(?=[\s:])\s*:?"
    r"|te(?:xt[eo]?|sto|ksti)\s*:"
    r"|autor(?:in|en|innen|:in)?\s*:|ein (?:beitrag|gastbeitrag|kommentar|artikel|interview|essay|bericht) von"
    r"|(?:geschrieben|verfasst|veröffentlicht|erstellt|gepostet) (?:\w+ )?von|(?:publié |écrit "
    r"|rédigé )?par(?=[\s:])\s*:?|auteurs?\s*:"
    r"|(?:escrito |publicado )?por(?=[\s:])\s*:?|autor[ae]?s?\s*:|(?:a cura )?di(?=\s)|scritto da"
    r"|door(?=[\s:])\s*:?|tekst\s*:|av(?=[\s:])|af(?=[\s:])"
    r"|skrevet af|автор(?:ы)?\s*:?|текст\s*:|napisał[a]?|szerző\s*:?|yazan\s*:|oleh(?=[\s:])\s*:?|penulis\s*:?"
    r"|文\s*[:：/／・＝]|作者\s*[:：]|(?:記者|记者)\s*[:：]?|기자\s*[:：]"
    rf"|(?:{LABELS}|{GENRES})\s*{COLONS}|(?:{PREPOSITIONS})(?=[\s:]))\s*[:|]?\s*",
    re.I,
)
_OTHERS = (
    r"others?|more|weitere[nr]?|andere[nr]?|autres|otr[oa]s|más|mehr|outr[oa]s|mais|altr[ie]|anderen|meer"
    r"|andra|andre|fler[ae]?|muuta"
    r"|inn(?:i|ych)|další(?:ch)?|más(?:ok)?|alții|kişi(?: daha)?|други[ех]|других|человека?|інших|άλλο[ιυ]"
)
_COUNTED_OTHERS = re.compile(
    rf"(?<!\s)\s*(?:(?:,|\b(?:and|und|et|y|e|en|och|og|ja|i|a|és|și|ve|и|та|και)(?:\s+ещё|\s+ще)?|\+|&)\s*)?(?<!\d)"
    rf"(?:\d{{1,4}}\s+(?:{_OTHERS})|(?:{_OTHERS})\s+\d{{1,4}})\b.*$"
    r"|\s?(?:ほか|他)\s?\d{1,3}\s?[人名].*$|等\d{1,3}人.*$|\s외 \d{1,3}[명인].*$|\s?و\s?\d{1,3} (?:آخرون"
    r"|آخرين|نفر دیگر).*$",
    re.I,
)
"""What tells how many others wrote."""
_OTHERS_TOO = re.compile(
    r"(?<!\s),?\s+(?:et al\.?|u\. ?a\.|and others|und andere|et d['’]autres|y otros|e outros|e altri|en anderen"
    r"|и др\.|и другие|та інші)\W*$",
    re.I,
)
"""What tells that others wrote, too."""
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_EASTERN_BRACKETS = re.compile(r"\s*(?:《([^《》]+)》|【([^【】]+)】|〈([^〈〉]+)〉|（([^（）]+)）)\s*")
"""Brackets around all of a byline, as Japanese newsrooms sign."""
_SECOND_NAME = re.compile(
    r"((?:^|[,;&|:]\s?|\b(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|and|und|et|y)\s)[^\W\d_a-z][\w'’-]+ )\(([^\W\d_a-z][\w'’-]*)\)"
    r"(?= [^\W\d_a-z][\w'’-]+)"
)
"""What a person is called besides, between the given and the last name."""
_KEPT = str.maketrans("\ue000\ue001", "()")
_OF_AN_ADDRESS = re.compile(r"\s*[\w.+-]+@[\w-]+\.[\w.]+\s*\(([^()]+)\)\s*")
"""An address and whose it is, as feeds have it."""


def unframed(byline: str) -> str:
    """The names of a byline with what parts them, but without labels, addresses, credits, brackets and dates."""
    if address := _OF_AN_ADDRESS.fullmatch(byline):
        byline = address[1]
    if not byline.isascii() and (signed := _EASTERN_BRACKETS.fullmatch(byline)):
        byline = next(filter(None, signed.groups()))
    text = _LABEL.sub("", without_soft_signs(tidy(byline)))
    if "@" in text:
        text = tidy(_EMAIL.sub(" ", text))
    text = without_credits(text)
    if "(" in text:
        text = _SECOND_NAME.sub("\\1\ue000\\2\ue001", text)
    text = tidy(_BRACKETS.sub(" ", _HANDLE.sub(" ", without_others(text)))).translate(_KEPT)
    text = without_date(text)
    for _ in range(2):  # "By By Anna Berg": a template's word before a field's
        text = without_by(text)
    return text


def without_others(text: str) -> str:
    """A byline without what tells how many others wrote it."""
    if any(map(str.isdigit, text)):
        text = _COUNTED_OTHERS.sub("", text)
    return _OTHERS_TOO.sub("", text)


def without_by(text: str) -> str:
    """A text without the word for "by" at its beginning."""
    return _BY.sub("", text)


def without_soft_signs(text: str) -> str:
    """A text without signs that are not seen."""
    return _SOFT.sub("", text)
