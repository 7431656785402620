"""Bylines into names: prefixes, roles, places, credentials, handles and addresses told from the people."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extract.credits import begins_with_credit, without_credits
from crawler.extract.given_names import is_given_name
from crawler.extract.wording import tidy, word_set

_LONGEST = 5000
"""Characters of a byline that are read: those of some hundred names."""
_SOFT = re.compile("[\xad\u200b\u200c\u200d\u2060\ufeff]")
_LABEL = re.compile(
    r"^(?:(?:view |see |read )?(?:all |more |other )+(?:posts?|articles?|stories|content|news)? ?(?:by|from)"
    r"|(?:posts?|articles?|stories) by|(?:alles|mehr|weitere|alle artikel|artikel|beiträge|alle beiträge) von)\s+",
    re.I,
)
"""What stands before an author's name on the link to all of their articles."""

_BY = re.compile(
    r"^\W*(?:autorin/autor|(?:article |story |post )?(?:written|posted|published|authored|reported|contributed|created"
    r"|compiled) (?:\w+ )?by"
    r"|interview\s*:|(?:words|text|story|article|report|review|blog)\s+by|authors?\s*[:\-–|]|by(?=[\s:|])\s*[:|]?|von(?=[\s:])\s*:?"
    r"|texte?\s*:"
    r"|autor(?:in|en|innen|:in)?\s*:|ein (?:beitrag|gastbeitrag|kommentar|artikel|interview|essay|bericht) von"
    r"|(?:geschrieben|verfasst|veröffentlicht|erstellt|gepostet) (?:\w+ )?von|(?:publié |écrit "
    r"|rédigé )?par(?=[\s:])\s*:?|auteurs?\s*:"
    r"|(?:escrito |publicado )?por(?=[\s:])\s*:?|autor[ae]?s?\s*:|(?:a cura )?di(?=\s)|scritto da"
    r"|door(?=[\s:])\s*:?|tekst\s*:|av(?=[\s:])|af(?=[\s:])"
    r"|skrevet af|автор(?:ы)?\s*:?|текст\s*:|napisał[a]?|szerző\s*:?|yazan\s*:|oleh(?=[\s:])\s*:?|penulis\s*:?"
    r"|文\s*[:：/]|作者\s*[:：]|記者\s*[:：]?|기자\s*[:：])\s*[:|]?\s*",
    re.I,
)
_AND = re.compile(r"\s*(?:[;|•·]|\s(?:and|&|und|et|y|och|og|i|и|ve|dan)\s|\s[-–—/]\s|(?<=[a-z])/(?=[A-Z]))\s*", re.I)
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|journalist|redakteur(?:in)?|korrespondent(?:in)?|chefredakteur"
    r"|director|columnist|contributor|"
    r"producer|analyst|professor|managing|senior|associate|deputy|chief|intern|fellow|authors?|expert(?:in|e)?"
    r"|specialist|manager|founder|ceo|cto|"
    r"co-founder|president|officer|head of|journaliste|rédact\w+|redactora?|periodista|giornalista|photographer"
    r"|political editor|news editor|"
    r"strategist|consultant|coach|advisor|attorney|engineer|developer|designer|researcher|lecturer|lead"
    r"|dieti[ct]ian|nutritionist|horticultur\w+|licensed|certified|educator|\w+leiter(?:in)?|journalist(?:in)?|dozent(?:in)?"
    r"|pressesprecher(?:in)?|sprecher(?:in)?|rechtsanwalt|rechtsanwältin|coordinator|representative|grader|live stream"
    r"|marketing|volontär(?:in)?|freie[r]?|"
    r"updated|published|posted|min read|minutes?|lesezeit|uhr|www\.|©|special to|medically|reviewed"
    r"|fact[- ]check\w*|follow|share|read more|"
    r"comments?|kommentare?|view all|all posts|more from|bio|profile|photos?|fotos?|image|bild)\b|https?:"
    r"|\.(?:com|org|net)\b/",
    re.I,
)
COLLECTIVE = re.compile(
    r"\b(?:staff|team|redaktion|editors|editorial|newsroom|desk|center|centre|institute|department|university"
    r"|association|council|ministry|office|"
    r"agency|network|foundation|society|committee|redaction|rédaction|redacción|redazione|redactie|group|inc"
    r"|gmbh|ltd|llc|news|magazine|company|"
    r"media|press|zeitung|verlag|verein|club|bundes\w*|agentur|times|herald|gazette|tribune|courier|chronicle"
    r"|observer|dispatch)\b",
    re.I,
)
_AGENCIES = word_set(
    "ap afp dpa reuters apa sda kna epd sid dpa-afx ansa efe tass xinhua pti ani ians upi bloomberg ritzau ntb "
    "tt stt anp belga lusa keystone-sda "
    "europa press associated press the associated press press association agence france-presse deutsche "
    "presse-agentur jiji kyodo yonhap"
) | {"europa press", "associated press", "the associated press", "press association", "agence france-presse"}
_REGION = re.compile(
    r"A[KLRZ]|Ala\.|Ariz\.|Ark\.|C[AOT]|Calif\.|Colo\.|Conn\.|D\.?C\.?|DE|Del\.|FL|Fla\.|G[AU]|Ga\.|HI|I[ADLN]|Ill\.|Ind\.|K[SY]"
    r"|Kan\.|Ky\.|La\.|M[ADEINOST]|Mass\.|Md\.|Mich\.|Minn\.|Miss\.|Mo\.|Mont\.|N[CDEHJMVY]|N\.[CDHJMY]\.|Neb\.|Nev\.|O[HKR]|Okla\."
    r"|Ore\.|P[AR]|Pa\.|R\.?I\.?|S\.?[CD]\.?|T[NX]|Tenn\.|Tex\.|U\.?[KS]\.?|UT|V[AT]|Va\.|Vt\.|W[AIVY]|Wash\.|Wis\.|Wyo\."
    r"|AB|BC|MB|NB|NL|NS|ON|PE|QC|SK|NSW|QLD|VIC"
)
"""What stands behind the name of a town for the state, province or country it is in."""
_TRADE = re.compile(r"\s*[^\W\d_A-Z]{7,}\s*")
"""A word in small letters behind a name and a comma: what its bearer is."""
_MORE = re.compile(
    r"\s*(?:,|\band|\bund|\bet|\by|\+|&)?\s*(?<!\d)\d{1,4}\s+(?:others?|more|weitere|autres|más|mehr)\b.*$", re.I
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TAIL = re.compile(
    r"\s+(?:(?:기자|記者|记者|특파원)$|[→»].*|(?:is|was|ist|has|schreibt|writes|covers|reports)\s.*|(?:updated|published|posted|aktualisiert"
    r"|veröffentlicht|on|am|vom|for|für)\b.*"
    r"|(?:january|february|april|june|july|august|september|october|november|december|released)\b.*"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s.*|(?:feb|apr|jun|jul|aug|sept?|oct|nov|dec)\.?$"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s\d.*|\d.*|in\s+[A-Z].*"
    r"|,.*)$|(?<=[a-z])(?:Follow|Author Posts)$",
    re.I,
)
_GLUED = re.compile(
    r"(?<=[a-zß-ÿ])(?:(?:Twitter|Facebook|Follow|Author|Redakteur|Redaktion|Editor|Reporter"
    r"|Updated|Published|Posted|Aktualisiert|Veröffentlicht"
    r"|January|February|March|April|June|July|August|September|October|November|December)\b.*)"
)
"""A label that markup sets right behind a name without a space."""
_NOTE = re.compile(r"(?<= )([^\W\d_]{2,})\d{1,2}$")
"""A last name with the mark of a footnote."""
_TITLE = re.compile(
    r"^(?i:rechtsanw(?:alt|ältin)|professor(?:in)?|(?:senior |staff )?(?:reporter|editor|writer|correspondent)"
    r"|redakteur(?:in)?)\s+(?=[^\W\d_a-z][\w.]* [^\W\d_a-z][\w.]*)"
)
"""An office before a name."""
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
_DEGREE_IN = re.compile(r"(?:[MB]\.? ?(?:A|S|Sc|Ed)\.|Ph\.? ?D\.) ")
"""Such as "M.A. Journalism"."""
_MONTH = re.compile(
    r"(?:jan|feb|mar|mär|apr|ma[yi]|jun|jul|aug|sept?|o[ck]t|nov|de[cz])"
    r"(?:uary|ruary|ch|z|il|e|y|ust|tember|ober|ember|uar|ruar|i)?\.?",
    re.I,
)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?", re.I)
_DATELINE = re.compile(
    r"(?<=\w\w)\.\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)?(?:\s+\d.*)?$",
    re.I,
)
"""The date that follows a byline's full stop."""
_COMMON = word_set(
    "the our your my us we you more now get how why what learn explore read view see all about contact home blog "
    "guide tips menu log sign search form open close skip next previous latest popular related top best new free "
    "start started event use case study services service resources resource library products product shop store "
    "support help video videos podcast newsletter subscribe download health wellness prevention data analytics "
    "cloud computing smart care story stories article articles category categories topics tags comments reply "
    "share print email facebook twitter instagram youtube linkedin pixabay unsplash cookie cookies consent "
    "privacy policy terms table contents summary overview alle mehr weitere neue neues letzte artikel startseite "
    "meldungen kontakt unsere über thema themen kategorie kategorien anzeige teilen drucken foto fotos bild jetzt "
    "hier und oder not for on with at to of in is are from by be"
)
"""Words that no person's name holds, but many a label of two capitalised words."""
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
    text = _EMAIL.sub(" ", _LABEL.sub("", _SOFT.sub("", tidy(byline))))
    text = without_credits(text)
    text = _BRACKETS.sub(" ", _HANDLE.sub(" ", _MORE.sub("", text)))
    text = _DATELINE.sub("", text)
    for _ in range(2):
        text = _BY.sub("", text)
    if COLLECTIVE.search(text) and len(text) < 80 and not re.search(r"[|;/•·]|,\s", text):
        name = re.sub(r"\s+\d.*$", "", text).strip(" .,:-–—")
        return (name,) if name and not _ROLE.search(name) else ()
    found: list[str] = []
    text = _TITLE.sub("", text)
    for piece in re.split(r"[,،、，]", text):
        if found and (_ROLE.search(piece) or _TRADE.fullmatch(piece)):
            break
        if found and _REGION.fullmatch(piece.strip()):
            if not is_given_name(found[-1].partition(" ")[0]) and not (len(found) == 1 and is_person(found[0])):
                found.pop()
            continue
        parts = _AND.split(piece)
        for part in parts:
            if found and part and _DEGREE.fullmatch(part.strip()) and not is_agency(part.strip()):
                continue
            single = _name(part or "")
            if single and not (found and len(parts) == 1 and _is_town(single, found[0])):
                found.append(single)
    if any(is_person(name) for name in found):  # their outlet, then, and no author beside them
        found = [name for name in found if is_agency(name) or not COLLECTIVE.search(name)]
    return tuple(dict.fromkeys(found))


def people_given(name: str) -> tuple[str, ...]:
    """The names in a field that holds an author's name and nothing else, so that unusual names are believed too."""
    name = name[:_LONGEST]
    if "://" in name or name.strip().lower() in _NOBODY:
        return ()
    if (account := _ACCOUNT.fullmatch(name.strip())) and is_given_name(account[1].capitalize()):
        return (f"{account[1].capitalize()} {account[2].capitalize()}",)
    if names := people_in(name):
        return names
    text = _BY.sub("", _SOFT.sub("", tidy(name))).strip(" .,:-–—|")
    if begins_with_credit(text) or _REGION.fullmatch(text.rpartition(", ")[2]):
        return ()
    if not 2 <= len(text) <= 60 or "@" in text or not re.search(r"[^\W\d_]{2}", text):
        return ()
    return () if text.lower() in _STOPS or len(text.split()) > 6 else (text,)


@lru_cache(maxsize=4096)
def is_person(name: str) -> bool:
    """Whether a name has the form of a person's: two to five capitalised words, and no collective."""
    words = name.split()
    if not _COMMON.isdisjoint(word.lower() for word in words):
        return False
    if not 2 <= len(words) <= 5 or COLLECTIVE.search(name) or is_agency(name):
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


def is_label(name: str) -> bool:
    """Whether a name holds a word that no person's name holds."""
    return not _COMMON.isdisjoint(re.findall(r"\w+", name.lower()))


def _is_town(name: str, first: str) -> bool:
    """Whether what follows a person's full name and a comma is but one word, as a town's."""
    return " " in first and name.isalpha() and name.istitle() and not (is_given_name(name) or is_agency(name))


def _name(piece: str) -> str | None:
    text: str = _NOTE.sub(r"\1", _GLUED.sub("", _BY.sub("", piece)))
    text = _TAIL.sub("", text).strip(" \t-–—|:;,•·*\"'“”»«+_&")
    text = re.sub(r"\s+", " ", text)
    text = text.rstrip(".") if not re.search(r"\b(?:\w|Jr|Sr)\.$", text) else text
    if not 2 <= len(text) <= 60 or re.search(r"\d{2}", text) or not re.search(r"[^\W\d_]", text):
        return None
    if (
        _ROLE.search(text)
        or len(text.split()) > 5
        or (_CREDENTIAL.match(text) and not is_agency(text) and not text.isalpha())
    ):
        return None
    if _DEGREE_IN.match(text) or text.lower() in _STOPS or _MONTH.fullmatch(text) or _WEEKDAY.fullmatch(text):
        return None
    return text


_NOBODY = frozenset(("no author", "not available", "site admin", "web admin", "super user"))
_STOPS = word_set(
    "by von par por text author admin administrator guest anonymous unknown the a an and und home login user "
    "webmaster staff null none undefined published updated posted veröffentlicht aktualisiert"
) - {"staff"}
