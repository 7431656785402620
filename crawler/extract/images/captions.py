"""The lines below a picture, parted into caption and credit."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from crawler.extract.images.caption_lines import lines_of
from crawler.extract.images.caption_parts import parted, spoken, stands_behind, title_of_link
from crawler.extract.images.picture import Picture
from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.wording import word_set

_LONGEST, _END, _SHORT_LINE = 3000, 300, 200
"""Characters of a caption, of its end in which an agency is a credit, and of a short line."""
_CREDIT_FIRST = re.compile(
    r"^(?P<credit>.{2,140}?)\s+[-–—]\s+(?:(?:FILE )?PHOTO|VIDEO|IMAGE|GRAPHIC|MAP|Photo|FOTO|Foto|"
    r"ФОТО)\s*:\s*(?P<caption>\S.*)$"
)
_PHOTO_FIRST = re.compile(
    r"^(?:FILE\s*[-–—]?\s*)?(?:PHOTO|VIDEO|IMAGE|Photo|Image|Foto|FOTO|Bild)\s*[:–—-]\s*(?P<caption>\S.*)$"
)
_SHORT = r"[^＝、。\d（）()]"
"""What a Japanese credit is made of: behind the sign may also stand the place and the day."""
_CREDIT_LAST = re.compile(
    r"^(?P<caption>.*?[.!?\"”’)]?)\s*(?:[(（\[](?P<bracket>[^()（）\[\]]{2,100})[)）\]]|\|\s*(?P<bar>[^|]{2,60})|"
    r"(?<=[\s.!?\"”’)])[-–—]\s*(?P<dash>[^-–—.]{2,60})"
    r"|(?:photo(?:graph)?|image|picture|(?:(?:photo|image|picture) )?credit|imagem|imagen|fotoğraf|"
    r"foto|bild|fotograf|quelle|crédit(?: photo)?|crédito|"
    r"фото|снимка|ảnh|kuva|fot\.|fotó|zdjęcie|φωτο(?:γραφία)?|צילום|תמונה|تصوير|ภาพ|写真|撮影|사진|摄影|攝影|फोटो"
    r"|(?<!\w)(?:источник|джерело|колл?аж|fuente|fonte|bron|kilde|källa|zdroj|źródło|lähde|kaynak|forrás|πηγή)"
    r"|(?:(?<!\w)|(?<=供))[图圖])"
    r"\s*(?:by\s|[:/：]\s*|(?<=사진)=\s*|(?<=fot\.)\s)(?P<label>.{2,80})"
    rf"|＝\s*(?P<equals>(?:[A-ZＡ-Ｚ]{{2,9}}|共同|時事|ロイター|ゲッティ|タス|新華社|聯合){_SHORT}{{0,14}}|{_SHORT}{{1,14}}(?:提供|撮影|写真|通信社?|新聞社?))"
    r"|(?P<sign>(?:[©℗ⓒ]|[(（][cｃ][)）])\s*.{2,80}))\s*$",
    re.I,
)
_MARK = re.compile(r"[(（\[|＝©℗ⓒⒸ:：/=]|(?<=[\s.!?\"”’)])[-–—]|[bB][yY]\s|[fF][oO][tT]\.")
"""One of them is in each such credit: looking for it costs a twentieth of what that pattern does."""
_AGENCY = re.compile(
    r"\b(?:AP|AFP|Reuters|Getty|EPA|UPI|TASS|Sputnik|Xinhua|dpa|PA|ANSA|EFE|Bloomberg|Shutterstock|iStock|Alamy|"
    r"Unsplash|Pexels|Pixabay|APA|PAP|ANP|AA|DHA|PTI|ANI|Lusa|Ritzau|NTB|ТАСС|РИА|رويترز|الأناضول|أ ف ب|فرانس برس"
    r"|Photo(?:graphy?)?|Images?|Courtesy|Handout|Pool|via|File|Archive)\b|/|©"
    r"|LaPresse|Folhapress|视觉中国|東方IC|东方IC|截[图圖]|新华社|新華社|中新社|中央社|路透|法新社|美联社|共同|時事|ロイター|연합뉴스|뉴시스|뉴스1"
)
_OUTLET = re.compile(r"\b(?:Press|Wire|News|Times|Post|Foto|Agency)\b")
"""In names of agencies and papers, but also in sentences: what holds one must be a name throughout."""
_IN_NAMES = word_set("de da do di del du von van der den la le el al bin e y und and of the for via")
"""Words in lower case that names have."""
_PERSON = re.compile(r"[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w.'’-]*){0,3}\s[^\W\d_][\w'’-]+")
_MOST_IN_PERSON, _AGENCYS, _MOST_IN_NAME = 5, 3, 8
"""Words of a person's name, of an agency's behind it, and of the longest credit that is but names."""
_TAKEN_BY = re.compile(
    r"^(?:photo(?:graph)?s?|image|picture|credits?|fotos?|fotografía|fotografia|fotoğraf|bild|crédits?(?: photos?)?"
    r"|créditos?|quelle|source|fuente|fonte|bron|источник|джерело|zdroj|źródło|kuva|фото|снимка|تصوير|写真|撮影|摄影|攝影|사진"
    r"|图片来源|圖片來源|图源|图片?|圖片?|फोटो|ছবি|படம்|ภาพ|צילום|fot\.)"
    r"(?:\s*[:：=/]\s*|\s(?:by|di|de|von|par|por)\s|(?:(?<=[fh]oto)|(?<=[fh]otos))\s(?!credit|illustration|court)"
    r"(?-i:(?=[^\W\d_a-z])))(?=\S)",
    re.I,
)
"""The word for a credit at the beginning of one that brackets, a bar or a dash part from the caption."""
_PURE_CREDIT = re.compile(
    r"^(?:(?:[图圖]片?(?:来源|來源|源)|供[图圖])\s?[:：/／|｜]\s?|[图圖]片?\s?[/／|｜]\s?"
    r"|(?:photo(?:graph)?|image|picture|foto|bild)\s+(?:by|of|credit|courtesy(?: of)?)\s*:?\s+|(?:credit|"
    r"courtesy(?: of)?)\s*:?\s+"
    r"|©\s*|\(c\)\s*|(?:photo(?:graph)?|image|foto|"
    r"bild)\s*[:/]\s*(?-i:(?=(?:(?:(?:on|via|at|from)\s)?[^\W\d_a-z][\w.'’-]*+[\s/,]*+){1,5}(?:\d\.\d)?$)))(?P<credit>.{2,80})$",
    re.I,
)
_LABELLED = re.compile(
    r"(?:^|[\s.)|–—-])((?:photo(?:graph)?s?|image|picture|illustration|video)\s*(?:credit|by|courtesy(?: of)?"
    r"|source)?\s*[:/]\s*\S.*"
    r"|(?:credit|courtesy(?: of)?|source|fotos?|bild|quelle)\s*[:/]\s*\S.*"
    r"|(?:credit|courtesy(?: of)?|source|fotos?|bild|quelle)\s(?-i:(?:[^\W\d_a-z][\w.'’-]*+[\s/,]*+){1,5}$)"
    r"|(?<=[.!?…\"”»]\s)photos?\s(?-i:(?:[^\W\d_a-z][\w.'’-]*+[\s/,]*+){1,5}$)"
    r"|(?:foto d[ie]|foto por|photo de)\s(?-i:(?:[^\W\d_a-z][\w.'’-]*+[\s/,]*+){1,5}$)"
    r"|(?:courtesy(?: of)?|bildquelle|foto von|photo by|image by|crédits?(?: photo)?|copyright|©|\(c\))\s*:?\s*\S.*)$",
    re.I,
)
_AGENCY_LAST = re.compile(
    r"((?:[\w.'’&-]+(?:[ \t][\w.'’&-]+){0,4}\s*(?:/|via|\|)\s*)?(?P<agency>\b(?:AP(?: Photo)?|AFP|Reuters|REUTERS"
    r"|Getty(?: Images)?|dpa|EPA|IMAGO|imago|Shutterstock|Bloomberg|PA(?: Wire| Images)?|ANP|TASS|Xinhua|Alamy"
    r"|iStock|picture alliance|Keystone|ANSA|EFE|Pixabay|Unsplash|PAP|연합뉴스|뉴시스|뉴스1))"
    r"(?:\s*(?:/|via|-)\s*[\w.'’ ]{1,40})*+)\s*[)\].]*$"
)
_LABELS = re.compile(
    r"photo|image|picture|illustration|video|credit|courtesy|source|foto|bild|quelle|crédit|copyright|©|\(c\)"
)
_AGENCIES = re.compile(
    "AP|AFP|euters|EUTERS|Getty|dpa|EPA|IMAGO|imago|Shutter|Bloomberg|PA|ANP|TASS|Xinhua|Alamy|iStock|alliance"
    "|Keystone|ANSA|EFE|Pixabay|Unsplash|연합|뉴"
)
"""Without one of these, in lower case or as they stand, a caption has no such credit at its end."""
_AGENCY_FIRST = re.compile(
    r"^((?:AP|AFP|Reuters|REUTERS|Getty Images|EPA|dpa)(?: Photo)?(?:/[\w .'-]+)?)\s*[,:]\s*(?=\S)"
)
_SAID = re.compile(r"(?:photo|image|picture|illustration|video)\w*\s*:", re.I)
"""Words that may also stand in a sentence: "The court's picture: a pier in ruins"."""
_NAMED_LAST = re.compile(
    r"(?<=[.!?…”\"])\s*(?:/|PHOTOS?(?=\s)|FOTOS?(?=\s))\s*(?P<name>(?:[^\W\d_a-zà-ÿ][\w.'’-]*+[\s/]*+){1,6})$"
    r"|(?<=[。！？\s])(?P<taken>[^。！？\s][^。！？]{1,24}(?:[摄攝]|供[图圖]|截[图圖]|(?:资料|資料)[图圖]?))$"
    r"|(?<=[、＝=。])(?P<shot>[^、。＝=\s\d（）()]{1,14}(?<![でをにがはのも])(?:撮影|提供))$"
)
"""Names behind a stroke, as in Spain and Poland; Chinese and Japanese for "taken by", "provided by", "archive"."""
_STROKES = ("/", "PHOTO", "FOTO", "摄", "攝", "供", "截", "资料", "資料", "撮影")
"""One of them is in each of those lines."""
_BRACKETS = re.compile(r"[(\[](?P<all>[^()\[\]]+)[)\]]")
_QUOTED = re.compile(r"['\"“”„«‘’]([^'\"“”„«»‘’]+)['\"“”»‘’]")
_TAKEN = re.compile(r"(.{1,24}?)\s*(?:撮影|提供|攝影?|摄影?)")
"""Behind the name, in East Asian languages."""
_COPYRIGHT = re.compile(r"^(?:©|[(（][cｃ][)）])\s*", re.I)
_LABEL = re.compile(r"^(?:photo(?:graph)?s?|image|credit|fotos?|bild)\s*(?:by\b|credit\b|source\b|:|/|©)\s*:?\s*", re.I)


def opens_with_credit(text: str) -> bool:
    """True for a line that begins as captions do: a credit and a dash, "PHOTO:", or a credit alone."""
    return any(pattern.match(text) for pattern in (_CREDIT_FIRST, _PURE_CREDIT, _PHOTO_FIRST))


def caption_of(picture: Picture, layout: Layout, chosen: Set[int] = frozenset()) -> tuple[str | None, str | None]:
    """Caption and credit of a picture: its figure's caption, or the lines of the smallest box around it.

    ``chosen`` are the numbers of the blocks of the text, which are no captions.
    """
    credit: str | None = None
    parts: dict[str, None] = {}
    lines = lines_of(picture, layout, lambda block: block.number in chosen and not _names_someone(block.text))
    for block in lines:
        text, printed = parted(block, several=len(lines) > 1)
        if printed is None and len(lines) > 1 and (alone := read_caption(text, below=True))[0] is None:
            text, printed = "", alone[1]
        elif (
            printed is None
            and block is lines[-1]
            and parts
            and _in_figure(block)
            and stands_behind(next(reversed(parts)), text)
        ):
            text, printed = "", text
        credit = credit or printed
        if len(text) > 2:
            parts[text] = None
    caption: str | None = " ".join(parts)
    caption = caption or title_of_link(picture.element)
    caption, found = read_caption(caption, below=True) if caption and credit is None else (caption, credit)
    return spoken(caption or ""), _bare(found) if found else None


def _in_figure(block: TextBlock) -> bool:
    return not block.box.inside.isdisjoint(("figure", "figcaption"))


def _names_someone(text: str) -> bool:
    """True for a short line with a credit, which is a caption though it was taken for text."""
    return len(text) <= _SHORT_LINE and read_caption(text, below=True)[1] is not None


def _bare(credit: str) -> str | None:
    """A credit without brackets or quotation marks around all of it and without the word that says what it is."""
    if inside := _BRACKETS.fullmatch(credit):
        credit = inside["all"]
    credit = _COPYRIGHT.sub("", _TAKEN_BY.sub("", _LABEL.sub("", credit)).strip(" /|–—")) or credit
    if quoted := _QUOTED.fullmatch(credit):
        credit = quoted[1]
    return credit if any(map(str.isalpha, credit)) and not credit.endswith(":") else None


@lru_cache(maxsize=64)
def read_caption(text: str, *, below: bool = False) -> tuple[str | None, str | None]:
    """Caption and credit of a line; the credit stands before, behind, or alone.

    ``below`` is True where the line is known to stand below a picture: weaker marks of a credit then count too.
    """
    if len(text) > _LONGEST:
        return text, None
    if found := _CREDIT_FIRST.match(text):
        if _is_name(found["caption"]) and not _is_name(found["credit"]):  # "The lamp at dusk — Foto: Ada Winter/G1"
            return found["credit"], found["caption"].strip(" .")
        return found["caption"], found["credit"].strip(" ,")
    if found := _PURE_CREDIT.match(text):
        return None, found["credit"].strip(" .")
    if found := _PHOTO_FIRST.match(text):
        return found["caption"], None
    if below and "/" in text and _credits_both(*text.split("/", 1)):
        return None, text
    if _MARK.search(text) and (found := _CREDIT_LAST.match(text)):
        caption = found["caption"].strip(" |-–—/") or None
        if credit := found["label"]:
            if not credit[:1].islower() or not credit.isascii() or _AGENCY.search(credit):
                return caption, _LABEL.sub("", credit.strip()).strip(" .") or None
        elif credit := found["equals"] or found["sign"]:
            return caption, _COPYRIGHT.sub("", credit).strip(" .")
        elif (credit := (found["bracket"] or found["bar"] or found["dash"]).strip()) and (
            named := _named(credit, caption, below=below and found["bracket"] is not None)
        ):
            return caption, _LABEL.sub("", named).strip(" .") or None
    return _at_an_end(text) if below else (text, None)


def _named(credit: str, caption: str | None, *, below: bool) -> str | None:
    """Who is credited by what brackets, a bar or a dash part from a caption; None where they hold something else.

    ``below`` is True for brackets in a line below a picture: behind its sentence a mere name is a credit too.
    """
    named = _TAKEN_BY.sub("", credit)
    if named != credit or _AGENCY.search(credit) or (_OUTLET.search(credit) and _is_name(credit)):
        return named
    if below and (taken := _TAKEN.fullmatch(credit)):
        return taken[1]
    ended = below and (caption or "").endswith((".", "!", "?", "…", '"', "”"))
    return credit if ended and _is_person(credit) else None


def _credits_both(one: str, other: str) -> bool:
    """Whether one of two texts is a person's name and the other short, as an agency's is."""
    pairs = ((one, other), (other, one))
    return any(_is_person(a) and len(b.split()) <= _AGENCYS and b.strip()[-1:] not in ".!?…" for a, b in pairs)


def _is_person(text: str) -> bool:
    """Whether a text is two to five words with capitals, as names of persons have them."""
    words = text.split()
    named = len(words) <= _MOST_IN_PERSON and _PERSON.fullmatch(text.strip()) is not None
    return named and all(word[0].isupper() or word in _IN_NAMES for word in words)


def _is_name(text: str) -> bool:
    """Whether a text is but names: of persons, agencies, papers."""
    words = re.findall(r"[^\W\d_][\w.'’]*", text)
    return 0 < len(words) <= _MOST_IN_NAME and all(word in _IN_NAMES or not word[0].islower() for word in words)


def _at_an_end(text: str) -> tuple[str | None, str | None]:
    """An agency before a caption or behind it, or whatever follows a word for a credit."""
    if found := _AGENCY_FIRST.match(text):
        return text[found.end() :].strip(), found.group(1)
    if any(map(text.__contains__, _STROKES)) and (found := _NAMED_LAST.search(text)):
        return text[: found.start()].strip(" 、＝="), (found["name"] or found["taken"] or found["shot"]).strip(" ./")
    if _LABELS.search(text.lower()) and (found := _LABELLED.search(text)):
        caption, credit = text[: found.start(1)], _TAKEN_BY.sub("", _LABEL.sub("", found.group(1)))
        if _SAID.match(found.group(1)) and credit[:1].islower() and not _AGENCY.search(credit):
            return text, None
    elif _AGENCIES.search(text) and (found := _AGENCY_LAST.search(text, max(0, len(text) - _END))):
        start = max(text.rfind(mark, 0, found.start("agency")) for mark in (". ", "(", "["))
        start = max(start, found.start(1) - 1) if start < found.start(1) else start
        caption, credit = text[: start + 1], text[start + 1 :]
    else:
        return text, None
    return caption.strip(" |–—-([") or None, credit.strip(" )].([") or None
