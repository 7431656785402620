"""Sentences of a news text: where one ends, in spite of abbreviations, initials, quotations, datelines and numbers.

The rules follow what published rule sets agree on (a full stop ends a sentence unless the word before it is a known
abbreviation, an initial or an ordinal, or the next word goes on in lower case) and lean towards not splitting: two
sentences left together still align, half a sentence does not. Every sentence is a slice of the text as it stands.
"""

from __future__ import annotations

import re

from crawler.stories.abbreviations import BEFORE_A_NAME, BEFORE_A_NUMBER, MAY_END, OPENERS, ORDINAL_LEADS, SPEAKING

_CLOSERS = "\"'”’»›)\\]」』）】》〉"
_OPENERS = "\"'“‘„‚«‹(\\[¿¡—–-"

# A run of terminators with what closes after it; what follows decides. The first is apart from its followers since a
# search is quick only for patterns that begin with a set.
_STOP = re.compile(
    rf"""
    (?P<mark>[.!?…؟۔।։።။។。！？｡;\u037e][.!?…؟۔।։።။។。！？｡;\u037e]*)
    (?P<close>(?:[{_CLOSERS}]
        |“(?=[\s,]|$)               # „Deutsch.“
        |[ \u00a0\u202f]»(?=[\s,]|$)   # « français ! »
    )*)""",
    re.VERBOSE,
)
_NEEDS_NO_SPACE = frozenset("。！？｡")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_QUESTION = frozenset(";\u037e")
# A tag between two sentences was stripped and glued them: `expansion.Speaking`, `results.“We`.
_GLUED = re.compile(r"[“‘„«]?[^\W\d_a-zà-öø-ÿ][^\W\d_]*[\s,]")
_LAST_WORD = re.compile(r"[^\s\"“”„«»()\[\]]+$")
_NEXT_WORD = re.compile(rf"\s*(?P<open>[{_OPENERS}]*)\s*(?P<word>[^\s\"“”„«»()\[\],;:.!?…]*)(?P<after>\S*)")
_LETTER_ALONE = re.compile(r"(?:^|[\s(\"“„«])[^\W\d_]$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]", re.UNICODE)
_BRACKETS = {"「": "」", "『": "』", "（": "）", "【": "】", "《": "》", "“": "”"}
_GOES_ON = frozenset("とっ，、,")
"""After a closed quotation: a Japanese quotative particle or a comma, and the sentence is not over."""
_SAID_AFTER = re.compile(
    r"[^。！？，,“「\"]{1,24}(?:说|說|表示|称|稱|指出|强调|強調|写道|寫道|补充|補充|认为|認為|透露|坦言)[^。！？“「\"]{0,8}(?:[。！？]|$)"
)
"""After a closed quotation: ``“……。”王五说。`` is one sentence."""
_REACH = 200
"""Characters before a full stop in which its word is looked for: a list of initials may be as long as a book."""
_COMPANIES = frozenset({"inc", "corp", "ltd", "plc", "llc", "co"})
"""``Yahoo! Inc.`` is a name."""
_DOMAIN_ENDS = frozenset({"com", "net", "org", "co", "de", "uk", "io", "tv"})


def split_sentences(text: str) -> list[str]:
    """The sentences of ``text`` in order, each stripped, none empty. A line break always ends a sentence."""
    sentences: list[str] = []
    for paragraph in text.splitlines():
        start, length = 0, len(paragraph)
        for stop in _STOP.finditer(paragraph):
            end = stop.end()
            if end < length and _ends(paragraph, start, stop):
                sentences.append(paragraph[start:end].strip())
                start = end
        sentences.append(paragraph[start:].strip())
    return list(filter(None, sentences))


def _ends(paragraph: str, start: int, stop: re.Match[str]) -> bool:
    """True where the terminator at ``stop`` ends the sentence begun at ``start``."""
    mark, close = stop.groups()
    end = stop.end()
    if mark == ";" and not _GREEK.match(paragraph[stop.start() - 1 : stop.start()]):
        return False
    if mark[-1] in _NEEDS_NO_SPACE:
        if close and (paragraph[end] in _GOES_ON or _SAID_AFTER.match(paragraph, end)):
            return False
        return not _inside_bracket(paragraph[start:end], paragraph[end:])
    if not paragraph[end].isspace():
        return mark in "?!." and _unglues(paragraph, stop)
    follows = _NEXT_WORD.match(paragraph, end)
    if follows is None:
        return True
    opened, word, after = follows.groups()
    if not word:
        return True if not after else not opened
    if word[0].islower() and mark[-1] not in _GREEK_QUESTION:
        return False
    if mark != ".":
        if mark[0] in "!?" and word.lower() in _COMPANIES:
            return False
        return not (close and mark[0] in "!?" and _names_speaker(paragraph, end))
    if close and close[0] not in ")]":
        return True
    before = paragraph[max(start, stop.start() - _REACH) : stop.start()]
    if len(word) == 1 and after.startswith(".") and _LETTER_ALONE.search(before):
        return False  # z. B., J. K. Marlow
    return _full_stop_ends(before, word, opened=bool(opened))


def _unglues(paragraph: str, stop: re.Match[str]) -> bool:
    """True where two sentences stand without a space between them, and no address or abbreviation is torn apart."""
    before = paragraph[max(0, stop.start() - 3) : stop.start()]
    if len(before) < 3 or not before.isalpha() or not before.islower():
        return False
    glued = _GLUED.match(paragraph, stop.end())
    return glued is not None and glued[0].strip(" ,“‘„«\n").lower() not in _DOMAIN_ENDS


def _full_stop_ends(before: str, following: str, *, opened: bool) -> bool:
    last = _LAST_WORD.search(before)
    if last is None:
        return bool(before.strip())
    word = re.split("['’]", last[0].lstrip("'‘’-–—"))[-1]
    lower = word.lower()
    if lower in BEFORE_A_NAME or (word == "r" and before[: last.start()].rstrip()[-1:].isdigit()):  # Polish: 2020 r.
        return False
    if lower in BEFORE_A_NUMBER:
        return not following[:1].isdigit()
    if lower in MAY_END or (len(word) > 1 and "." in word and _INITIALS.fullmatch(word)):
        return opened or following.lower() in OPENERS
    if len(word) == 1 and word.isalpha() and word.isupper():
        # An initial, unless it is the pronoun or a grade, a vitamin, a row at the end of a sentence.
        return following.lower() in OPENERS
    if word.isdigit() and len(word) <= 2:
        lead = before[: last.start()].rstrip().rpartition(" ")[2].lower()
        return bool(lead) and (lead not in ORDINAL_LEADS or following.lower() in OPENERS)
    return True


def _names_speaker(paragraph: str, at: int) -> bool:
    words = paragraph[at : at + 80].replace(",", " ").split()[:5]
    return any(word.lower().strip(".:") in SPEAKING for word in words)


def _inside_bracket(piece: str, rest: str) -> bool:
    return any(piece.count(opened) > piece.count(closed) and closed in rest for opened, closed in _BRACKETS.items())
