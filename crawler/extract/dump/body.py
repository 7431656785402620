"""The article's own lines: paragraphs mended, pictures with their captions, headlines of other stories kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from crawler.extract.dump.lexicon import LINK_LABEL, LINK_TAIL
from crawler.extract.dump.lines import Line, Lines
from crawler.extract.images.captions import opens_with_credit, read_caption
from crawler.extract.sites.particlenews import original_of, picture_id
from crawler.model import Block, Image

_STRIPPED = re.compile(r"(?<=[^\s.])\s+([.,])(?=$|[\s\"”’')\]])(?!\.)")
_BULLET = re.compile(r"^[•●▪◦‣*·–-]\s+(?=\S)")
_STAFF = re.compile(r"^\(?(?:additional )?(?:reporting|writing|editing|compiled|edited|written) by\b.{3,200}$", re.I)
"""The line of reporters and editors below an agency's story."""
_CAPTION = 600
"""Length of a line that is a caption; see ``Line.weight``."""
_HEADING_WORDS = 5
"""A line of more words, without the stop that ends a sentence, is another story's headline and not a subhead."""


@dataclass
class Body:
    """The article in reading order, and the lines that are not in its text, with the reason."""

    blocks: list[Block] = field(default_factory=list)
    images: dict[str, Image] = field(default_factory=dict)
    """By what tells that two are the same picture: its asset, or else its address."""
    aside: list[tuple[Line, str]] = field(default_factory=list)
    first_paragraph: Line | None = None
    captions: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        """Paragraphs, subheads and list items, parted by a blank line."""
        texts = [block.text for block in self.blocks if block.type in {"paragraph", "heading", "quote", "list_item"}]
        return "\n\n".join(texts) or None


def read_body(lines: Lines, indices: Sequence[int]) -> Body:
    """The body from the lines that neither the head nor anything beside the article has claimed."""
    body = Body()
    rows = lines.rows
    last = max((index for index in indices if rows[index].is_prose and not rows[index].is_furniture), default=-1)
    own, skip = frozenset(indices), set[int]()
    for index in indices:
        if index in skip:
            continue
        line = rows[index]
        if line.is_picture:
            caption = _caption_line(lines, index, own)
            if caption is not None:
                skip.add(caption)
            _add_picture(body, line, rows[caption] if caption is not None else None)
        elif line.url:
            body.aside.append((line, "address without words"))
        elif line.is_furniture:
            body.aside.append((line, "navigation or button"))
        elif line.weight < _CAPTION and (opens_with_credit(line.text) or read_caption(line.text)[0] is None):
            body.captions.append(line)
            body.aside.append((line, "caption of a picture that the dump does not name"))
        elif _STAFF.match(line.text):
            body.aside.append((line, "credits of reporters and editors"))
        else:
            _add_text(body, line, follows=index < last)
    return body


def mend(text: str) -> str:
    """A paragraph without the space that a stripped link left before its full stop or comma."""
    return _STRIPPED.sub(r"\1", text)


def _caption_line(lines: Lines, index: int, own: Set[int]) -> int | None:
    """The line right below a picture, where it is its caption; without blank lines only a credit gives it away."""
    following = index + 1
    line = lines.at(following)
    if line is None or following not in own or line.url:
        return None
    if lines.spaced and not line.apart:
        return following
    if opens_with_credit(line.text) or (line.weight < 400 and read_caption(line.text)[1]):
        return following
    return None


def _add_picture(body: Body, line: Line, below: Line | None) -> None:
    address = line.url or line.text
    caption, credit = read_caption(below.text) if below else (None, None)
    asset = picture_id(address)
    body.aside.append((line, "address of a picture"))
    if below is not None:
        body.captions.append(below)
        body.aside.append((below, "caption and credit of a picture"))
    key = asset or address
    if key in body.images:
        return
    role = "lead" if not body.images and body.first_paragraph is None else "inline"
    original = original_of(address)
    body.images[key] = Image(
        address, original, asset, mend(caption) if caption else None, credit, role=role, variants=(address,)
    )
    body.blocks.append(Block("image", mend(caption) if caption else "", url=address))


def _add_text(body: Body, line: Line, *, follows: bool) -> None:
    text = mend(line.text)
    if bullet := _BULLET.match(text):
        body.blocks.append(Block("list_item", text[bullet.end() :]))
    elif LINK_LABEL.match(text) and not line.is_prose:
        _add_link(body, line, text, "says of itself that it leads to another story")
    elif line.is_prose or _is_speech(text):
        body.blocks.append(Block("paragraph", text))
        body.first_paragraph = body.first_paragraph or line
    elif body.first_paragraph is None or not line.is_short:
        body.blocks.append(Block("paragraph", text))
    elif line.words > _HEADING_WORDS or LINK_TAIL.search(text):
        _add_link(body, line, text, "headline of another story between paragraphs: no sentence, no full stop")
    elif follows:
        body.blocks.append(Block("heading", text, level=2))
    else:
        body.aside.append((line, "words after the last paragraph"))


def _add_link(body: Body, line: Line, text: str, reason: str) -> None:
    body.blocks.append(Block("related_link", text))
    body.aside.append((line, reason))


def _is_speech(text: str) -> bool:
    """True for a line that opens a list, asks or exclaims: no headline of another story."""
    return text.endswith((":", "：", "?", "!", "？", "！", ";", ","))
