"""Bylines into names: prefixes, roles, places, credentials, handles and addresses told from the people."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extract.names.byline_frame import unframed, without_by, without_soft_signs
from crawler.extract.names.byline_words import names_role, split_names
from crawler.extract.names.credits import begins_with_credit
from crawler.extract.names.given_names import is_given_name
from crawler.extract.names.labels import any_common, is_nobody
from crawler.extract.names.name_tails import without_tail
from crawler.extract.names.sections import is_section
from crawler.extract.names.towns import is_region, is_town, is_town_in
from crawler.extract.wording import tidy, word_set

_LONGEST = 5000
"""Characters of a byline that are read: those of some hundred names."""
_WORD = r"(?:[A-ZÀ-ÞĀ-ŽȘ-ȚƠƯẠ-ỸА-ЯЁЂ-ЏІЇЄҐΑ-ΩΆΈ-ΏԱ-Ֆ][\w'’.-]*)"
BARE = re.compile(rf"{_WORD}(?: (?:(?:von|van|de|der|den|da|di|la|le|v\.|bin|al) ){{0,2}}{_WORD}){{1,3}}")
"""A line that is but a name of two to four capitalised words."""
_ROLE = re.compile(
    r"\b(?:reporters?|correspondents?|editor|writer|journalist|redakteur(?:in)?|korrespondent(?:in)?|chefredakteur"
    r"|director|columnists?|contributor|"
    r"producer|analyst|professor|managing|senior|associate|deputy|chief|intern|fellow|authors?|expert(?:in|e)?"
    r"|specialist|manager|founder|ceo|cto|"
    r"co-founder|president|officer|head of|journaliste|rédact\w+|redactora?|periodista|giornalista|photographer"
    r"|political editor|news editor|"
    r"strategist|consultant|coach|advisor|attorney|engineer|developer|designer|researcher|lecturer|lead"
    r"|dieti[ct]ian|nutritionist|horticultur\w+|licensed|certified|educator|\w+leiter(?:in)?|journalist(?:in)?|dozent(?:in)?"
    r"|pressesprecher(?:in)?|sprecher(?:in)?|rechtsanwalt|rechtsanwältin|coordinator|representative|grader|live stream"
    r"|marketing|moderator|volontär(?:in)?|freie[r]?|"
    r"updated|published|posted|min read|minutes?|lesezeit|uhr|www\.|©|special to|medically|reviewed"
    r"|fact[- ]check\w*|follow|share|read more|"
    r"comments?|kommentare?|view all|all posts|more from|bio|profile|photos?|fotos?|фото|image|bild)\b|https?:"
    r"|\.(?:com|org|net)\b/",
    re.I,
)
COLLECTIVE = re.compile(
    r"\b(?:staff|team|redaktion|editors|editorial|newsroom|desk|center|centre|institute|department|university"
    r"|association|council|ministry|office|"
    r"agency|network|foundation|society|committee|redaction|rédaction|redacción|redazione|redactie|group|inc"
    r"|gmbh|ltd|llc|corporation|news|magazine|company|"
    r"media|press|zeitung|verlag|verein|club|bundes\w*|agentur|times|herald|gazette|tribune|courier|chronicle"
    r"|observer|dispatch)\b",
    re.I,
)
_AGENCIES = word_set(
    "ap afp dpa reuters apa sda kna epd sid dpa-afx ansa efe tass xinhua pti ani ians upi bloomberg ritzau ntb "
    "tt stt anp belga lusa keystone-sda тасс интерфакс укринформ укрінформ унн бта танјуг agerpres mti čtk tasr "
    "elta bns anadolu bernama vna ttxvn wam qna irna isna ilna "
    "新华社 新華社 中新社 中央社 共同通信 時事通信 ロイター 연합뉴스 뉴시스 뉴스1 "
    "رويترز وام واس سانا وكالات ایرنا ایسنا "
    "europa press associated press the associated press press association agence france-presse deutsche "
    "presse-agentur jiji kyodo yonhap"
) | {"europa press", "associated press", "the associated press", "press association", "agence france-presse"}
_TRADE = re.compile(r"\s*[^\W\d_]{7,}\s*")
"""A word that, in small letters behind a name and a comma, is what its bearer is."""
_DIGIT = re.compile(r"\d")
_RUN_TOGETHER = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ][^\W\d_]*[a-zß-ÿ][A-ZÀ-Þ]")
"""Labels without spaces between: "HarbourLampsTides"; "McDonald" is a name."""
_TITLE = re.compile(
    r"^(?i:rechtsanw(?:alt|ältin)|professor(?:in)?|(?:senior |staff )?(?:reporter|editor|writer|correspondent)"
    r"|redakteur(?:in)?)\s+(?=[^\W\d_a-z][\w.]* [^\W\d_a-z][\w.]*)"
)
"""An office before a name."""
_REVERSED = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w'’-]+(?: [^\W\d_]\.?)?)")
"""Such as "Berg, Anna"."""
_ACCOUNT = re.compile(r"([a-z]{2,})\.([a-z]{2,})")
"""A person's name as the name of an account."""
_CREDENTIAL = re.compile(
    r"^(?:[A-Z][A-Za-z.]{0,3}[A-Z.®]+|Ph\.?D\.?|M\.?D\.?|Jr\.?|Sr\.?|I{2,3}|Esq\.?|[A-Z®™.-]{2,8})$"
)
DEGREE = (
    r"(?:[A-Z][A-Za-z]?\.? ?){1,3}D\.?|[A-Z]{2,6}[®™]?|[MBRJ]\. ?[A-Z]\.(?:[A-Z]\.)?|LL\.?[BM]\.?|Esq\.?"
    r"|[A-Z]{1,6}-[A-Z]{1,4}(?: \d+)?"
)
"""A degree or licence that follows a name after a comma."""
_DEGREE = re.compile(DEGREE)
_DEGREE_IN = re.compile(
    r"(?:[MB]\.? ?(?:Sc|Ed)\.|Ph\.? ?D\.) |[MB]\.? ?[AS]\. (?:in )?\w*(?:[Aa]rts|Studies|[Ll]aw|[Nn]ursing|eering"
    r"|ism|ics|ogy|graphy|osophy|istry|tion|ence|ture|tory)\b"
)
"""Such as "M.A. Journalism"; "M.S. Rao" is a person."""
_COMMA = re.compile(r"[,،、，]")
_SEPARATOR = re.compile(r"[|;/•·]|,\s")
"""What parts the names of a line; a collective's holds none."""
_SENT = re.compile(
    r"(?<=[^\W\d_])\s+(?:envoyée?s? spécia|enviad[ao]s? especia|inviat[aoie] specia|corresponsal"
    r"|correspondante?s? (?:à|en|au)|(?:special |staff |foreign )?correspondents? in ).*",
    re.I,
)
"""Where those were sent who wrote, without a comma behind the last name."""
_NO_NAME = re.compile(r"\bby\b|^[a-z]{1,2}$|^[A-Za-z](?: [A-Za-z])*$")
"""A label that a byline is read into, a word such as "am", letters one by one."""
_PARTICLES = word_set(
    "de da di del della der den van von zu zum zur la le el al bin ibn dos das do e y af av ten ter te 't y"
)


def people_in(byline: str) -> tuple[str, ...]:
    """The names in a byline, in order, collectives and agencies among them; empty where it names nobody.

    Of a line that no page prints only the beginning is read.
    """
    return _people_in(byline[:_LONGEST])


@lru_cache(maxsize=2048)
def _people_in(byline: str) -> tuple[str, ...]:
    text = unframed(byline)
    if COLLECTIVE.search(text) and len(text) < 80 and not _SEPARATOR.search(text):
        name = re.sub(r"\s+\d.*$", "", text).strip(" .,:-–—")
        return (name,) if name and not _ROLE.search(name) else ()
    found: list[str] = []
    for piece in map(_without_role, _COMMA.split(_TITLE.sub("", text))):
        stripped = piece.strip()
        if found and (_is_role(stripped) or _is_trade(piece, found[0])):
            break  # what the last of them does, and for whom
        if found and is_region(stripped):
            if is_town_in(found[-1], stripped, alone=len(found) == 1):
                found.pop()
            continue
        parts = list(split_names(piece))
        for part in parts:
            if found and part and _is_degree(part.strip()):
                continue
            single = _name(part or "")
            if single and not (found and len(parts) == 1 and not is_agency(single) and is_town(single, found[0])):
                found.append(single)
    if any(is_person(name) for name in found):  # their outlet or section, then, and no author beside them
        found = [name for name in found if is_agency(name) or not (COLLECTIVE.search(name) or is_section(name))]
    return tuple(dict.fromkeys(found))


def people_given(name: str) -> tuple[str, ...]:
    """The names in a field that holds an author's name and nothing else, so that unusual names are believed too."""
    name = name[:_LONGEST]
    if reversed_name := _REVERSED.fullmatch(name.strip()):
        last, first = reversed_name.groups()
        if is_given_name(first.partition(" ")[0]) and not is_given_name(last):
            return (f"{first} {last}",)
    if "://" in name or is_nobody(name):
        return ()
    if (account := _ACCOUNT.fullmatch(name.strip())) and is_given_name(account[1].capitalize()):
        return (f"{account[1].capitalize()} {account[2].capitalize()}",)
    if names := people_in(name):
        return names
    text = without_by(without_soft_signs(tidy(name))).strip(" .,:-–—|")
    if begins_with_credit(text) or is_region(text.rpartition(", ")[2]):
        return ()
    if not 2 <= len(text) <= 60 or "@" in text or not re.search(r"[^\W\d_]{2}", text):
        return ()
    return () if is_nobody(text) or " by " in text or len(text.split()) > 6 else (text,)


@lru_cache(maxsize=4096)
def is_person(name: str) -> bool:
    """Whether a name has the form of a person's: two to five capitalised words, and no collective."""
    words = name.split()
    if any_common(map(str.lower, words)) or _DIGIT.search(name) or is_nobody(name) or _RUN_TOGETHER.search(name):
        return False
    if is_agency(name):
        return False
    if not 2 <= len(words) <= 5 or COLLECTIVE.search(name):
        return bool(re.fullmatch(r"[\u3040-\u9fff\uac00-\ud7af]{2,6}", name))
    return all(
        word[0].isupper() or not word[0].isalpha() or word.lower() in _PARTICLES or not word[0].islower()
        for word in words
    )


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's."""
    return name.lower().strip(". ") in _AGENCIES


def is_collective(name: str) -> bool:
    """Whether a name is that of a newsroom, an institution or a company."""
    return bool(COLLECTIVE.search(name))


def _without_role(piece: str) -> str:
    """A piece of a byline without what follows a person's name to tell what that one, or all of them, did there."""
    found = _SENT.search(piece)
    if found is None:
        return piece
    words = piece[: found.start()].split()
    return " ".join(words) if 2 <= len(words) <= 4 and is_given_name(words[0].capitalize()) else piece


def _is_trade(piece: str, first: str) -> bool:
    """Whether a piece in lower case tells a trade, after a name that is not written so."""
    return _TRADE.fullmatch(piece) is not None and piece.islower() and not first.islower()


def _is_role(text: str) -> bool:
    """Whether a text tells what someone does; "Anna Engineer" is a person."""
    if not _ROLE.search(text) and not names_role(text):
        return False
    first, _, last = text.partition(" ")
    return not (is_given_name(first) and last.isalpha() and last.istitle())


def _is_degree(text: str) -> bool:
    return _DEGREE.fullmatch(text) is not None and not is_agency(text)


def _name(piece: str) -> str | None:
    text = without_tail(without_by(piece))
    text = text.rstrip(" .") if not re.search(r"\b(?:\w|Jr|Sr)\.$", text) else text
    if not 2 <= len(text) <= 60 or re.search(r"\d{2}", text) or not re.search(r"[^\W\d_]", text):
        return None
    if text.endswith("?") or _NO_NAME.search(text):
        return None
    if (
        _is_role(text)
        or len(text.split()) > 5
        or (_CREDENTIAL.match(text) and not is_agency(text) and not text.isalpha())
    ):
        return None
    return None if is_nobody(text) or _DEGREE_IN.match(text) else text
