"""What an element's names and attributes say of how its text is shown: not at all, or as a box of its own."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import lxml.html

from crawler.extract.page.tags import BOX, KINDS, PHRASES, PICTURES, SHOWN, SKIP

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FOR_LISTENERS = re.compile(
    r"(?:^|[\s_-])(?:(?:u-|is-|g-)?(?:visually|visuallly)[_-]?hidden|hidden[_-]visually|sr[_-]?only|screen[_-]?reader"
    r"(?:s|[_-]?(?:text|only|response))?|(?:a11y|accessib\w{1,20})[_-](?:hidden|text|only)|assistive[_-]text|only[_-]screen"
    r"readers?|element-invisible|offscreen|aural|vh)(?=$|\s)"
    r"|(?:^|\s)material[_-](?:icons|symbols)(?:[_-](?:outlined|round(?:ed)?|sharp|two-tone))?(?=$|\s)",
    re.I,
)
"""Class names of what is read out and not shown, as the frameworks call it, and of words drawn as an icon."""

_PLACE = (
    r"(?:in )?(?:an? )?new (?:browser )?(?:window|tab)|(?:dans )?(?:une? )?nouvel(?:le)? (?:fenêtre|onglet)"
    r"|(?:in )?(?:einem )?neue[mns]? (?:fenster|tab)|(?:en )?(?:una )?(?:nueva|otra) (?:ventana|pestaña)"
    r"|(?:em |numa )?nova (?:janela|aba|guia)|(?:in )?(?:una )?nuova (?:finestra|scheda)"
    r"|(?:in )?(?:een )?nieuw (?:venster|tabblad)|(?:i )?nytt (?:fönster|vindu)|(?:i )?nyt vindue"
    r"|(?:w )?nowym oknie|新しいウィンドウ(?:で開く)?|새 ?창(?:으로 열림)?"
)
_OPENS = (
    r"(?:links? )?(?:opens|will open|open(?= in)|s['’]ouvre|öffnet(?: sich)?|se abre|abre|si apre|opent"
    r"|öppnas|åpnes|åbnes|otwiera się)"
)
_ELSEWHERE = re.compile(rf"\s*[(（\[]\s*(?:{_OPENS}\s)?(?:{_PLACE})\s*[)）\]]\s*|\W*{_OPENS}\s(?:{_PLACE})\W*", re.I)
"""What is told behind a link to those who cannot see where it leads."""
_LONGEST_HINT = 40
_INDENT = re.compile(r"[\r\n\t ]*(?:\u3000|[\xa0\u2002\u2003]{2})\s*\S")
"""How a line begins that is a paragraph: with an ideographic space, or with two that do not collapse."""
CAPTION = re.compile(
    r"caption|cutline|bildunterschrift|bildtext|l[eé]gende|pie-?(?:de-?)?foto|didascalia|kuvateksti|im(?:g|age)[_-]?desc|podpis"
    r"|bildetekst|billedtekst|onderschrift|fotonot|fotobeschreibung"
    r"|(?:photo|image|picture|foto|bild)[_-]?credit",
    re.I,
)
"""Names of captions."""
_SIGNS = frozenset(("So", "Sm", "Sk", "Co"))
"""Kinds of characters (Unicode, 4.5) that are pictures: arrows, boxes, those of icon fonts."""


def is_out_of_sight(style: str) -> bool:
    """Whether a ``style`` takes an element off the page."""
    return _HIDDEN.search(style) is not None


@lru_cache(maxsize=20_000)
def is_heard(names: str) -> bool:
    """Whether class names are those of what is only read out: "(opens in a new window)" behind a link."""
    return _FOR_LISTENERS.search(names) is not None


def is_hint(element: lxml.html.HtmlElement) -> bool:
    """Whether all that an inline element says is that a link opens a new window."""
    text = element.text
    if text is None or len(text) > _LONGEST_HINT or len(element) > 0:
        return False
    return _ELSEWHERE.fullmatch(text) is not None


def is_caption(element: lxml.html.HtmlElement) -> bool:
    """Whether an inline element is called a caption and ends its line: below a picture it is laid out as a box."""
    names = element.get("class")
    if names is None or ((tail := element.tail) and not tail.isspace()):
        return False
    behind = element.getnext()
    return (behind is None or behind.tag == "br") and _is_called_caption(names)


@lru_cache(maxsize=20_000)
def _is_called_caption(names: str) -> bool:
    return CAPTION.search(names) is not None


def is_indented(text: str | None) -> bool:
    """Whether what follows a line break is indented as a paragraph's first line is."""
    return text is not None and _INDENT.match(text) is not None


def is_sign(element: lxml.html.HtmlElement) -> bool:
    """Whether an element holds a sign and no words."""
    text = (element.text or "").strip()
    return 0 < len(text) <= 2 and len(element) == 0 and all(unicodedata.category(sign) in _SIGNS for sign in text)


def is_box(element: lxml.html.HtmlElement, around: str, kind: int) -> bool:
    """Whether a custom element (HTML, 4.13.3: with a hyphen in its name) is laid out as a box; others never are.

    By itself it is inline, but sites that build their pages of such elements lay them out as boxes. What gives one away
    is that neither text nor an inline element stands beside it. ``around`` is the tag of the box it lies in, ``kind``
    that of its parent (:data:`crawler.extract.page.tags.KINDS`).
    """
    parent, before, behind = element.getparent(), element.getprevious(), element.getnext()
    if around in PHRASES or (kind != BOX and (parent is None or parent.tag != "template")):
        return False
    text = before.tail if before is not None else parent.text if parent is not None else None
    if (text and not text.isspace()) or (element.tail and not element.tail.isspace()):
        return False
    return _stands_apart(before) and _stands_apart(behind)


def _stands_apart(element: lxml.html.HtmlElement | None) -> bool:
    """Whether an element beside is no part of a line: a box, a picture, something not shown, a custom element."""
    if element is None or not isinstance(element.tag, str):
        return True
    return "-" in element.tag or element.tag in PICTURES or KINDS.get(element.tag) in (BOX, BOX + SHOWN, SKIP)
