"""What links beside an article lead to that is no story: writers, topics, networks, shops, lists, and commands."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extract.wording import headline_weight

_LIST = re.compile(
    r"/(?:authors?|autor(?:en|es|a|as)?|auteurs?|autori|redakteur(?:e|in)?|contributors?|columnists?|by|tags?|etiquetas?"
    r"|schlagworte?|categor(?:y|ies|ia|ias|ie)|catégories?|kategori(?:e|en|a)|topics?|themen?|temas?|sujets?|rubri(?:que|k)s?"
    r"|sections?|search|login|signin|register|subscri\w+|newsletters?)/[^/?#-]+(?:-[^/?#-]+){0,3}/?(?:[?#].*)?$",
    re.I,
)
"""Folders whose pages are lists; a name of more than four parts behind them is a headline's."""
_NETWORK = re.compile(
    r"https?://(?:www\.|m\.)?(?:(?:facebook|twitter|x|instagram|linkedin|pinterest|tiktok|whatsapp|threads|xing)\.com|t\.me"
    r"|youtube\.com/(?!watch))(?:/|$)",
    re.I,
)
_FILE_OR_SHOP = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|zip|docx?|xlsx?)(?:[?#]|$)|/(?:cart|checkout|sign-?up|pricing|login)(?:[/?#]|$)"
    r"|^https?://(?:www\.)?(?:amazon\.[a-z.]+|amzn\.to)/",
    re.I,
)
_EVERY = r"(?:all|alle[nrs]?|tou(?:s|tes?|t)|tod[oa]s?|tutt[eio]|wszystkie|všechny|összes|alla)"
_MORE = r"(?:more|mehr|weitere|plus|más|mais|altr[oi]|więcej|více|meer|fler|mer)"
_SHOW = r"(?:view|see|show|browse|explore|discover|load|ver|voir|vedi|mostra|zobacz|zobrazit|toon|bekijk|visa|vis|lire)"
_THINGS = (
    r"(?:topics|tags|stories|articles|posts|news|themen|artikel|beiträge|meldungen|nachrichten|temas|noticias|artículos"
    r"|sujets|actualités|argomenti|notizie|articoli|artykuły)"
)
_COMMAND = re.compile(
    rf"{_SHOW} (?:the )?(?:{_EVERY}|{_MORE})\b.*|{_EVERY} (?:(?:the|les?|las?|los|die|le|gli|i) )?{_THINGS}\b.*"
    rf"|(?:{_EVERY}|{_MORE}) .{{0,40}}(?:anzeigen|zeigen|ansehen|laden|lesen)|{_MORE}"
    r"|(?:follow|join|find|like) us\b.*|folgen sie uns\b.*|síguenos\b.*|suivez-nous\b.*|seguici\b.*"
    r"|(?:log|sign) (?:in|up)\b.*|(?:jump|skip) to\b.*|this link opens\b.*|opens in (?:a )?new\b.*|subscribe\b.*"
    r"|(?:read|view|open|download) (?:the )?(?:full |whole )?(?:article|post|story|report|review|guide|more|it)s?\W*"
    r"|(?:show|load|learn|read) more\W*|weiterlesen\W*|leer más\W*|lire la suite\W*"
    r"|もっと(?:見|読)る|一覧.{0,6}|(?:查看|阅读)(?:更多|全部).{0,4}|더\s?보기",
    re.I,
)
_LONGEST_COMMAND = 8
"""Words."""
_LONGEST_BEHIND = 30
_BEHIND = re.compile(
    r"\s*(?<!\w)(?:(?:continue |keep )?read(?:ing)? (?:more|article|post|on|now|full story)|learn more"
    r"|view (?:more|post|article)|weiterlesen|mehr (?:lesen|erfahren)|leer más|lire la suite|leggi (?:di più|tutto)"
    r"|ler mais|saiba mais|czytaj (?:więcej|dalej)|lees (?:meer|verder)|läs mer|читать (?:далее|дальше))\s*[»›→>.…]*$",
    re.I,
)


def leads_to_no_story(address: str, rel: str) -> bool:
    """True for an address of a list, of a writer, of a page on a network, a file or a shop, as its form tells."""
    if "author" in rel or "sponsored" in rel or _LIST.search(address) or _NETWORK.match(address):
        return True
    return _FILE_OR_SHOP.search(address) is not None


@lru_cache(maxsize=20_000)
def is_command(text: str) -> bool:
    """True for words that ask a reader to do something: "View all topics", "Log in to comment"."""
    return _COMMAND.fullmatch(text) is not None and headline_weight(text) <= _LONGEST_COMMAND


def without_command(headline: str) -> str:
    """A headline without what asks to read on behind it; a headline of nothing else stays."""
    found = _BEHIND.search(headline, max(0, len(headline) - _LONGEST_BEHIND))
    return (headline[: found.start()] if found else "") or headline
