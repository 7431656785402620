"""Whether words on a card name the outlet of its story: by what they are called, say, or have in common with a host."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.extract.counts import read_count
from crawler.model.address import host_of

_BY_NAME = re.compile(r"publisher|provider|outlet|\bsource\b|site-?name|newspaper|quelle|fuente", re.I)
_SECTION_NAME = re.compile(r"categor|section|rubri[ck]|ressort|topic|catégorie|kategori", re.I)
_VIA = re.compile(r"^(?:via|from|source|quelle|fuente|fonte)\b[:\s]*", re.I)
_OF_PAPERS = re.compile(
    r"(?<!Blog)(?<!Latest)(?<!Related)\s(?:Times|Post|Herald|Daily|Tribune|Gazette|Chronicle|Journal|Press|Guardian|Mail|Mirror|Telegraph|Observer"
    r"|Independent|Courier|Ledger|Register|Globe|Star|Standard|Express|Examiner|Inquirer|Patch|Wire|Zeitung|Blatt|Anzeiger"
    r"|Kurier|Rundschau|Tageblatt|Tagblatt|Presse|Kronik|Dagblad|Tidende)\b|^(?:Le|La|El|Il|Die|Der) (?:Monde|Figaro"
    r"|Parisien|Croix|País|Mundo|Vanguardia|Nación|Repubblica|Stampa|Giornale|Welt|Zeit|Presse|Standard|Spiegel)\b"
    r"|\b(?:[A-Z]{2,5}|Fox|Sky|Yahoo|Euro)\s?(?:News|TV)\b|^(?:Reuters|Bloomberg|CNN|BBC|NBC|CBS|ABC|NPR|AP|AFP|DPA|dpa|ANSA|EFE|APA|SDA|PAP|EPD|epd|KNA"
    r"|[KW][A-Z]{2,3}(?:-TV)?)$|(?:新聞|日報|日报|通信|通讯社|新闻网|일보|뉴스|신문)$"
)
_PRICE = re.compile(r"[$€£%]|\b(?:USD|EUR)\b")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,10}", re.I)
_LETTERS = re.compile(r"[^a-z0-9]+")
_LONGEST, _MOST_WORDS = 40, 5


def outlet_named(text: str, element: HtmlElement, *, address: str, host: str) -> str | None:
    """The outlet that a piece of a card names; None where nothing tells that it is one.

    ``address`` is where the card leads, ``host`` the page's own.
    """
    name = _VIA.sub("", text).strip(" ·|•-:")
    if not _may_be(name):
        return None
    if name != text.strip(" ·|•-:") or _is_called(element, _BY_NAME):
        return name
    if _OF_PAPERS.search(name) or _HOST.fullmatch(name):
        return name
    return name if _is_of(name, address, host) else None


def is_section_by_name(element: HtmlElement) -> bool:
    """True for a piece of a card whose element is called a category or section."""
    return _is_called(element, _SECTION_NAME)


def _may_be(text: str) -> bool:
    if not text or len(text.split()) > _MOST_WORDS or len(text) > _LONGEST or text[0] in ".,;:()[]\"'“„«»+&/©":
        return False
    return read_count(text) is None and not _PRICE.search(text) and re.search(r"[^\W\d_]{2}", text) is not None


def _is_called(element: HtmlElement, names: re.Pattern[str]) -> bool:
    said = " ".join(element.get(name) or "" for name in ("class", "itemprop", "data-testid"))
    return bool(said.strip()) and names.search(said) is not None


def _is_of(name: str, address: str, host: str) -> bool:
    """True where another site's host has the letters of the name."""
    other = host_of(address)
    letters = _LETTERS.sub("", name.lower())
    return other not in ("", host) and len(letters) > 2 and letters in _LETTERS.sub("", other)
