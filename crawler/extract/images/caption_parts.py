"""A line below a picture parted into caption and credit by its elements and what they are called."""

from __future__ import annotations

import re
from typing import Any

import lxml.html

from crawler.extract.images.caption_lines import says_length
from crawler.extract.names.names import is_person
from crawler.extract.page.blocks import TextBlock
from crawler.extract.page.seams import parts_of
from crawler.extract.wording import tidy

_CREDIT_NAMES = re.compile(r"credit|copyright|photographer|attribution", re.I)
_MAKER_NAMES = re.compile(r"author|autor(?!i[sz])|source|quelle|fotogra[fv]|fuente|fonte|rights|agency|agentur", re.I)
"""The same, of which a box around caption and credit may be called too."""
_TELLING_NAMES = re.compile(r"caption|descri[pb]|legend|bildtext|text", re.I)
_KIND = re.compile(
    r"(?:videos?|vídeos?|vidéos?|photos?|fotos?|images?|pictures?|gallery|galería|galerie|imagen|imagem|immagine|bild"
    r"|видео|фото|動画|写真|画像|视频|图片|영상|사진|वीडियो|فيديو|صورة)\W*",
    re.I,
)
_CREDIT_TAGS = frozenset({"footer", "cite"})
_BUTTONS = re.compile(
    r"(?:^|[\s_-])(?:(?:button|btn|close|toggle|expand|collapse|less|more|enlarge|zoom)(?=$|[\s_-])|hide[_-]caption)",
    re.I,
)
"""Names of what opens and closes a caption."""
_LONGEST_BUTTON = 20
"""Characters of what is written on it."""
_LEADING = frozenset({"a", "button"})
"""Tags of what leads on and is no credit."""
_FULL = re.compile(r"\.(?:jpe?g|png|webp|avif)(?:$|[?#])", re.I)
_CAPTIONED = ("data-caption", "data-title", "data-sub-html", "title")
"""Attributes in which galleries keep captions."""
_SAYING = 3
"""Words of a title that tells something; the name of a file or of a button has fewer."""
_OPENS = re.compile(
    r"\b(?:click|klick\w*|clic|clique[rz]?|clicca\w*|klik\w*|enlarge|vergr[öo]\w+|agrandir|ampliar|ingrandi\w+|vergroot|"
    r"vergroten|förstora|forstørr?\w*|powiększ\w*|zvětš\w*|увелич\w*|full[- ]?(?:size|screen)|larger|originalgröße|"
    r"new (?:window|tab)|neue[mns] (?:fenster|tab)|lightbox)\b|拡大|放大|点击|點擊|クリック|클릭|확대",
    re.I,
)
_LONGEST_LABEL = 60
"""Characters of a title that tells but how the picture is opened."""
_SLANTED = frozenset({"i", "em", "small"})
_ENDS = (".", "!", "?", "”", '"', "»")
_DASHES = "-–—"
_NAMING = re.compile(r"class$|itemprop$|rel$|data-")
"""Attributes by which an element may be called."""
_LONGEST_NAME = 80
_FEW = 4
"""Elements around a line, inside its box, whose names are read."""
_LONGEST_CREDIT = 120
"""Characters."""


def parted(block: TextBlock, *, several: bool) -> tuple[str, str | None]:
    """A line without its credit, and the credit, where elements and their names tell which is which."""
    element = block.box.element
    text = _without_frame(_without_buttons(element, tidy(" ".join(parts_of(block)))))
    printed = _credit_element(element)
    if printed and text.endswith(printed):
        return text[: -len(printed)].strip(" |–—-(/"), printed
    if printed and text.startswith(printed):
        return text[len(printed) :].strip(" |–—-)/"), printed
    if (maker := _maker_below(element)) and text.endswith(maker):
        return text[: -len(maker)].strip(), maker
    if len(text) >= _LONGEST_CREDIT:
        return text, None
    if any(_is_credit(element, text) for element in block.elements[:_FEW]):
        return "", text
    names = _names_of(block)
    if _CREDIT_NAMES.search(names) and not (several and _calls_it_both(names)):
        said = next((tidy(part.text_content()) for part in element.iter() if _tells(part, element)), "")
        return (said, text[: -len(said)].strip()) if said and text.endswith(said) else ("", text)
    if several and (block.tag in _CREDIT_TAGS or _MAKER_NAMES.search(names)):
        return "", text
    return text, None


def _is_credit(element: lxml.html.HtmlElement, text: str) -> bool:
    """Whether an element that is called a credit holds all of a line."""
    return _CREDIT_NAMES.search(element.get("class") or "") is not None and tidy(element.text_content()) == text


def _maker_below(line: lxml.html.HtmlElement) -> str | None:
    """A person's name, slanted in a line of its own below the sentence of a caption: who took the picture."""
    last = line[-1] if len(line) > 1 else None
    if last is None or last.tag not in _SLANTED or (last.tail or "").strip():
        return None
    broken = last.getprevious()
    if broken is None or broken.tag != "br" or (broken.tail or "").strip():
        return None
    name, said = tidy(last.text_content()), tidy(line.text_content())
    return name if is_person(name) and said[: -len(name)].rstrip().endswith(_ENDS) else None


def _names_of(block: TextBlock) -> str:
    """What a line's box is called, or the one around it that holds but this line."""
    around = block.box.parent
    return block.box.classes or (around.classes if around is not None and around.count == 1 else "") or ""


def _without_buttons(line: lxml.html.HtmlElement, text: str) -> str:
    """A line without the buttons at its end: "Close", "less"."""
    for part in line.iter("a", "b", "span", "button"):
        if part is line or not (part.tag == "button" or _BUTTONS.search(part.get("class") or "")):
            continue
        said = tidy(part.text_content())
        if 0 < len(said) <= _LONGEST_BUTTON and text.endswith(f" {said}"):
            text = text[: -len(said)].rstrip()
    return text


def _without_frame(text: str) -> str:
    """A line without the dashes around it."""
    framed = len(text) > 2 and text[0] in _DASHES and text[-1] in _DASHES
    return text.strip(f"{_DASHES} ") if framed else text


def _calls_it_both(names: str) -> bool:
    """Whether of a line's class names one says caption and another credit; "caption-credit" says credit."""
    kinds = {("caption" in name.lower(), _CREDIT_NAMES.search(name) is not None) for name in names.split()}
    return {(True, False), (False, True)} <= kinds


def _tells(part: lxml.html.HtmlElement, line: lxml.html.HtmlElement) -> bool:
    """True for an element inside a line whose names say that it describes the picture."""
    return part is not line and isinstance(part.tag, str) and bool(_TELLING_NAMES.search(part.get("class") or ""))


def _credit_element(caption: lxml.html.HtmlElement) -> str | None:
    """The credit inside a caption, where an element of its own holds it: by its name, or as the last of several."""
    parts = [part for part in caption if isinstance(part.tag, str)]
    for part in caption.iterdescendants():
        if not isinstance(part.tag, str) or not part.attrib:
            continue
        names = " ".join(f"{name}={value[:_LONGEST_NAME]}" for name, value in part.items() if _NAMING.match(name))
        sure = _CREDIT_NAMES.search(names) is not None
        text = tidy(part.text_content()) if sure or _MAKER_NAMES.search(names) else ""
        if sure and not text and (around := _begun_by(part)) not in (None, caption):
            text = tidy(around.text_content())
        if text and len(text) < 160 and not says_length(text) and (sure or _is_part(text, caption)):
            return text
    if len(parts) >= 2 and not (caption.text or "").strip() and not (parts[-1].tail or "").strip():
        first, last = tidy(parts[-2].text_content()), tidy(parts[-1].text_content())
        if stands_behind(first, last):
            return last
    return _touching(parts[-1]) if parts else None


def _touching(last: lxml.html.HtmlElement) -> str | None:
    """What touches the end of a caption's sentence without a space: only a style sets it apart, as it does credits."""
    before, around = last.getprevious(), last.getparent()
    said = (before.tail if before is not None else around.text if around is not None else None) or ""
    if last.tag in _LEADING or (last.tail or "").strip() or not said[-1:].strip():
        return None
    credit = tidy(last.text_content())
    return credit if stands_behind(said, credit) else None


def _begun_by(icon: lxml.html.HtmlElement) -> Any:
    """The element that begins with this sign without words, "©" as fonts of icons have it; None where none does."""
    around = icon.getparent()
    begun = around is not None and icon.getprevious() is None and not (around.text or "").strip()
    return around if begun else None


def _is_part(text: str, caption: lxml.html.HtmlElement) -> bool:
    return len(text) < len(tidy(caption.text_content()))


def title_of_link(picture: lxml.html.HtmlElement) -> str | None:
    """What a gallery shows below a picture once it is opened: the title of the link that opens it in full."""
    link = picture.getparent()
    if link is None or link.tag != "a" or not _FULL.search(link.get("href") or ""):
        return None
    said = tidy(next((value for name in _CAPTIONED if (value := link.get(name))), ""))
    opens = len(said) <= _LONGEST_LABEL and _OPENS.search(said) is not None
    return said if len(said.split()) >= _SAYING and "<" not in said and not opens else None


def spoken(caption: str) -> str | None:
    """A caption that says something: None for signs alone, and for what only says which kind of thing is above."""
    return caption if any(map(str.isalnum, caption)) and not _KIND.fullmatch(caption) else None


def stands_behind(caption: str, credit: str) -> bool:
    """True where what comes behind a caption's last sentence is none, and so a credit."""
    ended = caption.endswith((".", "!", "?", "”", '"')) and not credit.endswith((".", "!", "?"))
    return ended and 2 < len(credit) < 80 and not says_length(credit)
