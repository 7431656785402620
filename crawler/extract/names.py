"""Bylines into people: prefixes, roles, places, agencies, handles and addresses told from names."""

from __future__ import annotations

import re

from crawler.extract.wording import tidy

_BY = re.compile(
    r"^\W*(?:(?:written|posted|published|authored|reported|words|text|story|article|photos?|reviewed|updated|blog)\s+by|author[s]?\s*[:\-–]|by\s*[:|]?"
    r"|von\s*:?|text\s*:|autor(?:in|en)?\s*:|ein (?:beitrag|gastbeitrag|kommentar|artikel|interview|essay) von|geschrieben von|verfasst von"
    r"|par|publié par|écrit par|auteur\s*:|por|escrito por|publicado por|autora?\s*:|da|di|a cura di|scritto da|door|av|tekst\s*:|af|skrevet af"
    r"|автор\s*:?|текст\s*:|autor\s*:?|napisał[a]?|szerző\s*:|yazan\s*:|oleh|penulis\s*:|文\s*[:：/]|记者|記者|글|تأليف)(?=[\s:]|$)\s*[:|]?\s*",
    re.I,
)
_AND = re.compile(
    r"\s*(?:[;|•·/]|\s(?:and|&|und|et|y|e|en|og|och|i|и|ve|dan|with|mit)\s|,\s*(?:and|und|et|y)\s|\n)\s*", re.I
)
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|journalist|staff|redakteur|redaktion|korrespondent|chef|director|columnist|contributor|"
    r"producer|analyst|professor|managing|senior|associate|deputy|chief|intern|fellow|author|expert|specialist|manager|founder|ceo|co-founder|"
    r"president|officer|phd|ph\.d|m\.?d|mba|cfa|head of|journaliste|rédact|redactor|periodista|giornalista|photographer|political|press|news|"
    r"updated|published|posted|min read|minutes?|lesezeit|uhr|http|www\.|@|©|for the|special to)\b",
    re.I,
)
_MORE = re.compile(r"\b(?:and|und|et|y|\+)?\s*\d+\s+(?:others?|more|weitere|autres|más)\b.*$", re.I)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TAIL = re.compile(
    r"\s+(?:[-–—|•·]\s.*|(?:is|was|ist|has)\s.*|(?:updated|published|posted|aktualisiert|veröffentlicht|on|am)\b.*|\d.*|(?:in|aus)\s+[A-Z].*)$",
    re.I,
)
_DIGITS = re.compile(r"\d")


def people_in(byline: str) -> tuple[str, ...]:
    """The names in a byline, in order; empty where it names nobody."""
    text = _EMAIL.sub(" ", tidy(byline))
    text = _MORE.sub("", text)
    text = _HANDLE.sub(" ", text)
    text = _BRACKETS.sub(" ", text)
    for _ in range(2):
        text = _BY.sub("", text)
    found: list[str] = []
    for part in _AND.split(text):
        pieces = [piece.strip() for piece in (part or "").split(",")]
        for piece in pieces:
            name = _name(piece)
            if name:
                found.append(name)
    return tuple(dict.fromkeys(found))


def _name(piece: str) -> str | None:
    text = _TAIL.sub("", piece).strip(" \t-–—|:;.,•·*\"'“”»«")
    text = re.sub(r"\s+", " ", text)
    if not 2 < len(text) <= 60 or _DIGITS.search(text) or _ROLE.search(text):
        return None
    if len(text.split()) > 5:
        return None
    return text
