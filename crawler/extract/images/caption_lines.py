"""The lines of a page that belong to one of its pictures: those of the box around it, or a caption below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from crawler.extract.dates import is_date
from crawler.extract.images.asset import identity
from crawler.extract.images.caption_boxes import is_named_caption
from crawler.extract.images.caption_forms import is_brief, is_centred, is_slanted
from crawler.extract.images.credited import credited_lines, is_credited, says_alt, tells_of
from crawler.extract.images.furniture import is_sites
from crawler.extract.images.picture import Picture, first_source, shows
from crawler.extract.page.blocks import HEADINGS, Box, Layout, TextBlock

_LENGTH = re.compile(r"[\d\s:.,|/–-]*\d:\d\d[\d\s:.,|/–-]*(?:min|sec|sek|h|uhr|std)?\.?", re.I)
"""How long a film is, with its day."""
_READING = re.compile(r"\d+\s?min(?:ut[eo]?[ns]?)?\.?(?:\s(?:read|lesezeit|de lecture|de lectura))?", re.I)
_BYLINE = re.compile(r"(?:(?:written\s)?by|von|par|por|door)(?:\s|(?=[A-Z]))(?!\d)", re.I)
_LABEL = re.compile(r"\S+(?:\s\S+){0,3}\s?[:：]")
"""What only announces the picture, for those who cannot see it: "Image:", "Episode teaser image:"."""
_PLACE = re.compile(
    r"(?:image|photo|picture|slide|bild|foto|imagen|imagem|immagine|фото|зображення|zdjęcie|صورة|图|圖|写真|사진)?"
    r"\s?\d+\s?(?:of|von|de|sur|di|van|z|из|av|af|/|／|من)\s?\d+",
    re.I,
)
"""Which of several pictures it is."""
_ENLARGES = re.compile(
    r"\b(?:enlarge|zoom|full[ -]?(?:size|screen)|view (?:larger|full|image|gallery)|click (?:here )?to)\b"
    r"|vergrößern|vollbild|agrandir|plein écran|ampliar|ingrandi|vergroot|förstora|forstørr?|powiększ|увеличить|拡大"
    r"|放大",
    re.I,
)
"""What a link says that shows the picture itself."""
_SHORT = 40
_STEPS = 4
"""Boxes around a picture."""
_MOST_LINES, _LONGEST = 4, 500
"""Lines and characters of a box, other than a figure, that are still a caption."""


def lines_of(picture: Picture, layout: Layout, is_text: Callable[[TextBlock], bool]) -> list[TextBlock]:
    """The text blocks of the smallest box around a picture that no other picture shares, or the caption right below.

    What ``is_text``, the article's own blocks, is no caption, nor are headings and links.
    """
    if inside := list(_around(picture, layout, is_text)):
        return inside
    at = picture.before
    if layout.blocks[at : at + 1] and _ENLARGES.search(layout.blocks[at].text) and _is_link(layout.blocks[at]):
        at += 1
    below = layout.blocks[at : at + 1]
    following = layout.pictures[picture.number + 1 : picture.number + 2]
    own = {identity(address) for address, _ in picture.urls}
    if any(before == picture.before and not _repeats(element, own) for element, _, before in following):
        return []
    captions = (
        block
        for block in _whole_caption(below, layout)
        if _is_captions(block)
        or is_credited(block)
        or (not is_text(block) and (is_centred(block) or is_brief(block) or is_slanted(block)))
        or (not is_text(block) and says_alt(block, picture.element))
    )
    return [block for block in captions if not _is_something_else(block, marked=True)]


def _whole_caption(below: list[TextBlock], layout: Layout) -> list[TextBlock]:
    """A line below a picture, with the others of the ``figcaption`` that it begins."""
    box: Box | None = below[0].box if below and "figcaption" in below[0].box.inside else None
    while box is not None and box.tag != "figcaption":
        box = box.parent
    return below if box is None else layout.blocks[box.first : box.last + 1][:_MOST_LINES]


def is_captioned(box: Box, layout: Layout) -> bool:
    """True where a line in one of the next boxes around a picture is marked as a caption."""
    for _ in range(_STEPS):
        lines = [line for line in layout.blocks[box.first : box.last + 1] if not says_length(line.text)]
        if lines or box.parent is None:
            return len(lines) <= _MOST_LINES and any(map(_is_captions, lines))
        box = box.parent
    return False


def says_length(text: str) -> bool:
    """True for the length of a film, with or without a day: "05.09.2024 | 2:03 min"."""
    return _LENGTH.fullmatch(text) is not None


def _is_captions(block: TextBlock) -> bool:
    return "figcaption" in block.box.inside or is_named_caption(block)


def _around(picture: Picture, layout: Layout, is_text: Callable[[TextBlock], bool]) -> Iterator[TextBlock]:
    own = {identity(address) for address, _ in picture.urls}
    box: Box | None = picture.box
    film = False
    for _ in range(_STEPS):
        if box is None or _shared(box, picture, layout, own):
            return
        inside = layout.blocks[box.first : box.last + 1]
        if all(says_length(block.text) for block in inside):  # on a film stands how long it is
            film = film or bool(inside)
        elif film and not any(map(_is_captions, inside)):
            return
        else:
            if (figure := _figure(box)) is not None and not _shared(figure, picture, layout, own):
                box, inside = figure, layout.blocks[figure.first : figure.last + 1]
            size = sum(len(block.text) for block in inside)
            if box.tag == "figure" or (size < _LONGEST and len(inside) <= _MOST_LINES):
                credited = bool(credited_lines(layout, picture.box, picture.before))
                yield from _of_caption(picture, inside, is_text, figure="figure" in box.inside, credited=credited)
            return
        if box.tag == "figure":
            return
        box = box.parent


def _figure(inner: Box) -> Box | None:
    """The figure that a box is or lies in."""
    box: Box | None = inner
    for _ in range(_STEPS):
        if box is None or box.tag == "figure":
            return box
        box = box.parent
    return None


def _of_caption(
    picture: Picture, lines: list[TextBlock], is_text: Callable[[TextBlock], bool], *, figure: bool, credited: bool
) -> Iterator[TextBlock]:
    """Those of the lines beside a picture that tell of it; none where they are of the text or have its headline."""
    marked = any(_is_captions(line) or tells_of(line, picture.element, picture.box) for line in lines)
    marked = marked or credited
    if not (marked or figure) and any(_BYLINE.match(line.text) for line in lines):
        return
    if not marked and any(line.tag in HEADINGS or is_text(line) for line in lines) and not figure:
        return
    kept = [line for line in lines if not _is_something_else(line, marked=marked or figure)]
    unlinked = [line for line in kept if line.link_chars < len(line.text)]
    for line in unlinked or kept:
        if (line.tag not in HEADINGS or (figure and line.tag != "h1")) and (marked or figure or not is_text(line)):
            yield line


def _is_something_else(line: TextBlock, *, marked: bool) -> bool:
    """True for what stands beside pictures and tells nothing of them: buttons, lengths of films, labels, days."""
    text = line.text
    around = line.box.parent
    if line.tag == "button" or (around is not None and around.tag == "button"):
        return True
    if len(text) > _SHORT:
        return False
    if line.link_chars >= len(text) and (_leads_down(line) or _ENLARGES.search(text)):
        return True
    if says_length(text) or _READING.fullmatch(text) or _PLACE.fullmatch(text):
        return True
    return _LABEL.fullmatch(text) is not None or (not marked and is_date(text))


def _is_link(line: TextBlock) -> bool:
    return len(line.text) <= _SHORT and line.link_chars >= len(line.text)


def _leads_down(line: TextBlock) -> bool:
    """True for a line with a link to another place of the page."""
    return any(element.tag == "a" and (element.get("href") or "").startswith("#") for element in line.elements)


def _shared(box: Box, picture: Picture, layout: Layout, own: set[str]) -> bool:
    """True where another picture lies in the box: it does so right before or behind this one, or the same again."""
    for step in (-1, 1):
        number = picture.number + step
        while 0 <= number < len(layout.pictures) and _within(layout.pictures[number][1], box):
            if not _repeats(layout.pictures[number][0], own):
                return True
            number += step
    return False


def _repeats(element: object, own: set[str]) -> bool:
    """True for the same picture again, and for a sign beside it."""
    return shows(element, own) or is_sites(first_source(element))  # type: ignore[arg-type]


def _within(box: Box, outer: Box) -> bool:
    inner: Box | None = box
    while inner is not None:
        if inner is outer:
            return True
        inner = inner.parent
    return False
