"""Lines that tell who the author is, above the text or at its end, and so are none of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.body.speech import is_spoken
from crawler.extract.names.names import is_person
from crawler.extract.page.blocks import TextBlock
from crawler.extract.wording import word_set

_HEAD, _LAST = 3, 4
"""Blocks at the head and at the end of the text among which biographies may be."""
_NEXT = 3
"""Blocks at its end that each tell of the author, up to the last."""
_LONGEST = 700
"""Characters of the longest biography."""
_BEFORE_NAME, _AFTER_CALLING = 20, 60
"""Characters before a name that is introduced: a bracket, a title, "About the author"; and behind a calling."""
_TOLD = 140
"""Characters behind the name among which stands what its bearer is."""
_BESIDE = 60
"""The same where a comma or a bracket parts both."""
_RELATIVE = word_set(
    "who whose whom die der deren dessen qui dont que quien cuyo che cui wie som która który который которая "
    "we i you he she they wir ich sie er nous je il elle on nosotros yo io noi"
)
"""With these the story goes on: "Ada Winter, who climbed the stairs"."""
_INTRODUCING = word_set(
    "is are was ist sind est sont es son é são è sono er är jest on writes schreibt escribe écrit escreve scrive "
    "schrijft skriver pisze пишет covers reports teaches berichtet lehrt couvre enseigne cubre enseña insegna ensina"
)
"""What comes between a name and what its bearer is."""
_VERBS = _INTRODUCING | word_set(
    "works worked lives has served holds studied joined arbeitet arbeitete lebt leitet studierte war travaille vit "
    "dirige trabaja vive dirige lavora trabalha werkt woont arbetar bor arbeider pracuje mieszka работает живёт — – -"
)
"""The same, where a calling follows."""
_NOW = word_set("currently also now derzeit actuellement actualmente attualmente atualmente")
"""What may stand between the name and that."""
_WRITES = (
    r"writer|reporter|editor|columnist|correspondent|journalist(?:in)?|blogger(?:in)?|contributor"
    r"|\w{0,20}redakteur(?:in)?|\w{0,20}korrespondent(?:in)?|kolumnist(?:in)?|publizist(?:in)?"
    r"|journaliste|rédact(?:eur|rice)|chroniqueu(?:r|se)|correspondante?"
    r"|periodista|redactora?|columnista|corresponsal|giornalista|redatt(?:ore|rice)|corrispondente"
    r"|jornalista|redatora?|colunista|redact(?:eur|rice)|verslaggever|journalist|redaktör|skribent|redaktør"
    r"|dziennikar(?:z|ka)|redaktor(?:ka)?|журналист(?:ка)?|корреспондент(?:ка)?|обозреватель|редактор"
)
_CALLING = (
    rf"{_WRITES}|author|novelist|professor|lecturer|historian|lawyer|attorney|founder|co-?founder|owner|director|ceo"
    r"|researcher|scientist|economist|photographer|teacher|fellow|consultant"
    r"|autor(?:in)?|\w{0,20}professor(?:in)?|dozent(?:in)?|historiker(?:in)?|schriftsteller(?:in)?|rechtsanw[aä]lt(?:in)?"
    r"|gründer(?:in)?|geschäftsführer(?:in)?|leiter(?:in)?|mitarbeiter(?:in)?|fotograf(?:in)?|\w{1,20}wissenschaftler(?:in)?"
    r"|auteure?|professeure?|écrivaine?|historienne?|avocate?|chercheu(?:r|se)|fond(?:ateur|atrice)|direct(?:eur|rice)"
    r"|autora?|profesora?|escritora?|historiadora?|abogad[oa]|investigadora?|fundadora?|directora?"
    r"|autore|autrice|professore(?:ssa)?|scritt(?:ore|rice)|storic[oa]|ricercat(?:ore|rice)"
    r"|professora?|historiadora?|advogad[oa]|pesquisadora?|schrijver|schrijfster|hoogleraar|författare|forfatter"
    r"|autorka|profesor|pisar(?:z|ka)|историк|писатель|профессор"
)
_WRITER = re.compile(rf"\b(?:{_WRITES})\b", re.I)
_CALLED = re.compile(rf"\b(?:{_CALLING})\b", re.I)
_THE_AUTHOR = re.compile(
    r"\W{0,3}(?:the (?:author|writer)|(?:der|unser) autor|(?:die|unsere) autorin|l[’']auteure?|el autor|la autora"
    r"|l[’']autore|l[’']autrice|o autor|a autora|de auteur|författaren|forfatteren|skribenten|autor(?:ka)?|автор)"
    r"\s(\S{1,12})\s",
    re.I,
)
"""Who is not named since the byline names that one."""
_PAST = word_set("was worked served held studied joined arbeitete studierte war")
"""In these a review tells of the author of a book."""
_GERMAN_CALLING = re.compile(
    r"ist [A-ZÄÖÜ]\w{4,}(?:innen|in|er|ist|or|ent|eur|at|loge)\b(?= (?:an|am|bei|beim|in|im|für|aus|des|der) |[.,])"
)
_GOES_ON = re.compile(r",? (?:who|whose|der|die|und weiß|qui|que|che)\b")
"""Behind the calling a review goes on: "a professor who lives in the past"."""
_SLANTED = frozenset({"em", "i", "small"})
_CALLED_SO = re.compile(
    r"(?:^|[\s_-])(?:(?:about[_-])?(?:the[_-])?authors?|bio(?:graphy)?|autor(?:es|en)?|auteurs?|autore|contributors?)"
    r"(?:[_-](?:bio\w*|box|info\w*|card|profile|description|about|desc|block|section|text))?(?=$|\s)",
    re.I,
)
"""What boxes of biographies are called."""
_BOXES = 3
"""Boxes around a biography whose names are read."""


def is_authors_box(names: str) -> bool:
    """Whether a box is called the author's."""
    return bool(names) and _CALLED_SO.search(names) is not None


def find_biographies(chosen: Sequence[TextBlock], authors: Sequence[str]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that introduce its authors."""
    found: set[int] = set()
    if len(chosen) <= _NEXT:
        return found
    names = [name for name in authors if " " in name]
    people = [name for name in names if is_person(name)]
    last = True
    for behind, block in enumerate(reversed(chosen[-_LAST:])):
        if len(block.text) > _LONGEST or block.level is not None:
            last = False
        elif (
            (last and behind < _NEXT and _introduces(block, names, chosen[0].number))
            or _tells_calling(block, people, _CALLED)
            or (behind < 2 and _tells_of_author(block, chosen))
        ):
            found.add(block.number)
        else:
            last = False
    if len(chosen) > _HEAD:
        found.update(block.number for block in chosen[:_HEAD] if _tells_calling(block, people, _WRITER, head=True))
    return found


def _introduces(block: TextBlock, names: Sequence[str], first: int) -> bool:
    """Whether a block begins by saying who one of the authors is, or with the name in a box below the text for that.

    ``first`` is the number of the text's first block.
    """
    text = block.text
    for name in names:
        at = text.find(name, 0, _AFTER_CALLING + len(name))
        if at < 0 or (at > _BEFORE_NAME and not _CALLED.search(text, 0, at)):
            continue
        if text[at + len(name) :].partition(" ")[2].partition(" ")[0] in _INTRODUCING and not is_spoken(text):
            return True
        if _is_called_so(block, first):
            return True
    return False


def _tells_calling(block: TextBlock, names: Sequence[str], calling: re.Pattern[str], *, head: bool = False) -> bool:
    """Whether a block begins with an author's name and goes on to say what that one does."""
    text = block.text
    if len(text) > _LONGEST or block.level is not None:
        return False
    for name in names:
        at = text.find(name, 0, _BEFORE_NAME + len(name))
        if at < 0:
            continue
        end = at + len(name)
        words = text[end : end + _TOLD].lstrip(",").split(None, 2)
        verb = words[1] if len(words) > 1 and words[0] in _NOW else words[0] if words else ""
        beside = bool(words) and not head and text.startswith((",", " ("), end) and words[0] not in _RELATIVE
        told = _TOLD if verb in _VERBS else _BESIDE if beside else 0
        stop = text.find(". ", end, end + told)
        if told and calling.search(text, end, stop if stop > 0 else end + told) and not is_spoken(text):
            return True
    return False


def _tells_of_author(block: TextBlock, chosen: Sequence[TextBlock]) -> bool:
    """Whether a block says what the author is without the name, and the text is not on another one."""
    text = block.text
    found = _THE_AUTHOR.match(text)
    if found is None or found[1] not in _VERBS or found[1] in _PAST:
        return False
    element = block.box.element
    slanted = len(element) == 1 and element[0].tag in _SLANTED and not (element.text or "").strip()
    if slanted:
        return True
    told = _CALLED.search(text, found.start(1), found.end() + _TOLD) or _GERMAN_CALLING.match(text, found.start(1))
    if told is None or _GOES_ON.match(text, told.end()) or is_spoken(text):
        return False
    called = text[: found.start(1)].strip().lower()
    return not any(called in other.text.lower() for other in chosen if other is not block)


def _is_called_so(block: TextBlock, first: int) -> bool:
    """Whether the box around a block, or one right around that, is called a biography's and holds not all the text."""
    box = block.box
    for _ in range(_BOXES):
        if box.first <= first:
            return False
        if is_authors_box(box.names):
            return True
        if box.parent is None:
            return False
        box = box.parent
    return False
