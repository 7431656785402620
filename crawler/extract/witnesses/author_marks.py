"""What marks a name as the author's or as another's: links to a page on someone, names of elements, words before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.extract.names.credits import ends_in_credit, is_marked
from crawler.extract.names.given_names import is_given_name
from crawler.extract.names.names import BARE
from crawler.extract.names.sections import is_section
from crawler.extract.page.blocks import Layout, Link, TextBlock
from crawler.extract.wording import tidy

_AUTHOR_WORDS = ("author", "byline", "writer", "contributor", "creator")
_AUTHOR_STEMS = ("autor", "vcard", "fn", "firma", "auteur", "signature", "verfasser")
"""What all of the following hold; looking for it costs less."""
_AUTHOR_FORMATS = re.compile(
    r"\b(?:autor|vcard\b|fn\b)|(?:\b|_)(?:firma(?:nte)?|auteur|signature|verfasser)(?:\b|[_s])"
)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|in|es)?|auteurs?|autore|writers?|contributors?|people|profiles?|journalists?"
    r"|columnists?|reporters?|by|staff|team|profile|menschen|bio|"
    r"redaktion|redakteure?|personen|profil|users?|members?|about-us/our-team|newsteam|expert[es]?)/[^/?#]{3,}"
)
"""In lower case; it begins with one sign, which is looked for quickly."""
_ACCOUNT = re.compile(
    r"\b(?:log[ -]?(?:in|out|on)|sign[ -]?(?:in|up|out)|subscribe|anmeld\w+|abmeld\w+|registrier\w+|register|account"
    r"|konto|passwor[td]|abonn\w+|newsletter|e-?paper|follow\w*|connexion|s'inscrire|inscription|iniciar|acceder"
    r"|registr\w+|entrar|accedi|logga|zaloguj)\b|ログイン|登録|会員|登录|注册|로그인|회원가입|구독",
    re.I,
)
LABEL = re.compile(
    r"^(?:(?:view |see |read )?(?:all |more |other )*(?:posts?|articles?|stories|content|news)? ?(?:by|from)"
    r"|(?:alles?|mehr|weitere|alle artikel|artikel|beiträge|alle beiträge) von|about|über|meet|more from"
    r"|vom|door|par)\s+"
    r"(?=[^\W\d_])",
    re.I,
)
_CALLED_NAME = re.compile(r"(?:^|[\s_-])(?:(?:user|nick|real|full|display)[_-]?)?name(?=$|\s)", re.I)
"""What an element inside an author's box is called that holds the name, with a day or a rank beside it."""
_MOST_ELEMENTS = 100
"""Links and named elements of one block that are looked at: a page may hold a hundred thousand in one."""
_BAR = re.compile(r"\s[|•·]\s")
"""What parts a name from the place and the day behind it."""
_SHORT = 60
"""Characters of a line, or of the text of an element, that may be a name."""
AROUND = 40
"""Characters before a name, or behind it, that may say what its bearer did."""


def marked_names(
    layout: Layout, block: TextBlock, near: bool, authorial: set[HtmlElement]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Texts of links to an author's page, and of elements named after one, each with the sign that marks it."""
    short = len(block.text) < _SHORT
    if not near and not short and authorial.isdisjoint(block.elements):
        return
    if short:
        first, *behind = _BAR.split(block.text, maxsplit=1)
        text = behind[0] if behind and is_section(first) else first
        text = _called_name(layout, block) or text
        if sign := _sign_of_box(block, text, near):
            yield sign, (text,)
    links: list[str] = []
    named: list[str] = []
    for element in block.elements[:_MOST_ELEMENTS]:
        if element in authorial:
            links.append(tidy(element.text_content()))
        elif (near or short) and (names := layout.named.get(element)) and names_author(names):
            named.append(tidy(element.text_content()))
    for sign, texts in (("link", links), ("element", named)):
        own = [LABEL.sub("", text).strip() for text in texts if not _ACCOUNT.search(text)]
        if found := tuple(dict.fromkeys(text for text in own if 2 < len(text) < _SHORT)):
            known = tuple(text for text in found if not by_another(layout, block, text))
            if known:
                yield sign, known


def _called_name(layout: Layout, block: TextBlock) -> str | None:
    """What an element that is called a name holds of a line in an author's box; None where none is."""
    if not block.box.classes or not names_author(block.box.classes):
        return None
    for element in block.elements[:_MOST_ELEMENTS]:
        if (names := layout.named.get(element)) and _CALLED_NAME.search(names):
            return tidy(element.text_content()) or None
    return None


def _sign_of_box(block: TextBlock, text: str, near: bool) -> str | None:
    """What marks a short line as the author's by the box that it is alone in; None where nothing does."""
    box = block.box
    if block.tag == "address":
        return "address"
    if box.classes and names_author(box.classes) and (near or BARE.fullmatch(text)):
        return "box"
    return "box around it" if near and box.parent and names_author(box.parent.classes or "") else None


def leads_to_author(link: Link) -> bool:
    """Whether a link leads to a page on someone who writes, or says so."""
    address = link.address.lower()
    if _AUTHOR_PATH.search(address) or "?author=" in address or "&author=" in address:
        return True
    return "author" in link.rel


@lru_cache(maxsize=4096)
def names_author(names: str) -> bool:
    """Whether class and id names call an element the author's."""
    names = names.lower()
    if any(word in names for word in _AUTHOR_WORDS):
        return True
    return any(stem in names for stem in _AUTHOR_STEMS) and _AUTHOR_FORMATS.search(names) is not None


def is_particle(before: str, said: str) -> bool:
    """Whether what may say "by" is part of a name: "Anna von Berg", "Pia di Monte"."""
    return said.strip().lower() in ("von", "di", "af", "av") and is_given_name(before.rpartition(" ")[2])


def by_another(layout: Layout, block: TextBlock, name: str) -> bool:
    """Whether the words around a name, in its line or in the short line above, credit it with other work."""
    start = block.text.find(name)
    if start >= 0 and is_marked(block.text[start + len(name) : start + len(name) + AROUND]):
        return True
    before = block.text[max(0, start - AROUND) : start] if start > 0 else ""
    if not before.strip() and block.number and len(above := layout.blocks[block.number - 1].text) < AROUND:
        before = above
    return bool(before) and ends_in_credit(before)
