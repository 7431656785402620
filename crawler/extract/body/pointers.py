"""Lines that only point elsewhere: "Read more:" and its link, "You might also like" and the links below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from crawler.extract.address import leads_within
from crawler.extract.body.invitations import asks_twice
from crawler.extract.page.blocks import Box, Layout, TextBlock
from crawler.extract.panels.headings import OF_STORIES, heading_kind
from crawler.extract.wording import headline_weight

_PAGE = re.compile(
    r"(?:page|seite|p[áa]gina|strona|strana|str\.|страница|сторінка|sida|side|sivu|sayfa|oldal|pagină|halaman|trang|σελίδα"
    r"|صفحة|עמוד|पृष्ठ|หน้า)\s*\d+\s*(?:of|von|sur|de|di|van|z|ze|из|з|av|af|/|dari|din|από|מתוך|من)\s*\d+"
    r"|第?\s*\d+\s*[页頁]\s*[,，/／（(]?\s*共\s*\d+\s*[页頁]",
    re.I,
)
"""Which of an article's pages this is, in a line of its own."""
_PAGE_LINE, _PAGE_ENDS = 25, frozenset("0123456789页頁")
_LISTS = frozenset({"ul", "ol"})
_LABEL = 3
"""Words of a label."""
_OPENING = " ([（【"
"""What may stand before such words."""
_BRACKETS = {"(": ")", "[": "]", "（": "）", "【": "】"}
_ARROWS = (">>", "»", "►", "▶", "▸", "→", "➡", "➤", "👉", "☞")
"""Signs at the beginning of a line that is mostly a link."""
_BULLETS = ("•", "●", "▪", "■", "◆", "* ", "· ")
"""Signs before a link that stands alone between paragraphs; before several it is a list."""
_SIGNS = frozenset("•●▪■◆*· ")
_RELATED = re.compile(
    r"related|relacionad|correlat|also[-_]?read|read[-_]?(?:also|more|next)|lire[-_]?aussi|leggi[-_]?anche|lees[-_]?ook"
    r"|baca[-_]?juga|lea[-_]?tambi[eé]n|leia[-_]?tamb[eé]m|weiterlesen",
    re.I,
)
"""In names of a box that holds one line."""
_PARTS = frozenset({"article", "section", "main", "body", "table"})
"""Boxes beyond which no list is looked for."""
_ALL = 0.9
"""Share of a block that is linked where it is but a link."""
_CARD = 9
"""Lines of the card of another story."""
_WHOSE = 40
"""Characters of a line that tells who wrote it and when."""
_HEADLINE = 4
"""Words of the shortest headline."""
_SEVERAL = 1000
"""Characters of a block with several such links."""
_LONGEST = 200
"""Characters of a line that may be no more than a link to another story."""


def find_pointers(blocks: Iterable[TextBlock]) -> set[int]:
    """Numbers of the blocks that lead away from the article, whatever they read like."""
    found: set[int] = set()
    before: TextBlock | None = None
    below = False
    for block in blocks:
        text, size = block.text, len(block.text)
        if block.link_chars > 0.8 * size and block.level is None:
            if not below and before is not None and heading_kind(before.text) in OF_STORIES:
                below = True
                found.add(before.number)
            if below:
                found.add(block.number)
            before = None
            if size <= _SEVERAL and len(block.pieces) > 1 and _is_headed(block):
                found.add(block.number)
        else:
            below, before = False, block
        if size <= _PAGE_LINE and text[-1] in _PAGE_ENDS and _PAGE.fullmatch(text):
            found.add(block.number)
        if not below and block.link_chars > 0.5 * size and size <= _LONGEST:
            label, _, rest = text.replace("：", ":").partition(":")
            announced = rest.strip() and heading_kind(label.strip(_OPENING)) in OF_STORIES
            announced = announced or _is_labelled(block, label, rest)
            if announced or text.startswith(_ARROWS) or _is_bracketed(text):
                found.add(block.number)
    return found


def _is_bracketed(text: str) -> bool:
    """Whether a line is but one pair of brackets, around as many words as a headline has."""
    closing = _BRACKETS.get(text[0])
    return closing is not None and text.find(closing) == len(text) - 1 and headline_weight(text) >= _HEADLINE


def find_cried(chosen: Iterable[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that are but a link in capitals, or in a box called related.

    In such lines editors set other stories' headlines, and calls to do something, between paragraphs. The latter are
    told without capitals where such a call has a label that calls too.
    """
    return {
        block.number
        for block in chosen
        if block.link_chars > _ALL * len(block.text)
        and (block.text.isupper() or _is_called_related(block) or asks_twice(block.text))
        and len(block.text) <= _LONGEST
        and block.level is None
        and "li" not in block.box.inside
        and headline_weight(block.text) >= _HEADLINE
    }


def _is_called_related(block: TextBlock) -> bool:
    """Whether the box of a line, or the link that it is, is called one to a related story."""
    if _says_related(block.box.names):
        return True
    return any(_says_related(element.get("class") or "") for element in block.elements[:_LABEL] if element.tag == "a")


@lru_cache(maxsize=4096)
def _says_related(names: str) -> bool:
    return _RELATED.search(names) is not None


def find_bulleted(chosen: Sequence[TextBlock], host: str) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that are a sign and one headline of the own site.

    Only where paragraphs stand above and below: several of them are a list, and the article's as often as not.
    """
    found = set()
    for before, block, behind in zip(chosen, chosen[1:], chosen[2:], strict=False):
        text = block.text
        if text[0] in _SIGNS and text.startswith(_BULLETS) and len(text) <= _LONGEST and block.links:
            bare = len(text.lstrip("".join(_SIGNS)))
            if block.link_chars < _ALL * bare or before.links + behind.links or "li" in block.box.inside:
                continue
            addresses = {element.get("href") or "" for element in block.elements if element.tag == "a"}
            if len(addresses) == 1 and headline_weight(text) >= _HEADLINE and leads_within(addresses.pop(), host):
                found.add(block.number)
    return found


def _is_headed(block: TextBlock) -> bool:
    """Whether what a block of links begins with, apart from these, heads other stories."""
    first = next((piece for piece in map(str.strip, block.pieces) if piece), "")
    return first != block.text and heading_kind(first) in OF_STORIES


def _is_labelled(block: TextBlock, label: str, rest: str) -> bool:
    """Whether a line is a label in capitals and the link to another story: "IN OSLO: The lamp that went out"."""
    if not label.isupper() or len(label.split()) > _LABEL or headline_weight(rest) < _HEADLINE:
        return False
    return block.link_chars >= _ALL * len(rest.strip()) and "li" not in block.box.inside


def find_labelled(chosen: Iterable[TextBlock], host: str) -> set[int]:
    """Numbers of the blocks, of those chosen for a text of news, that are a label and the headline of another story.

    "In depth: The lamp that went out", the label of few words, all behind the colon one link to the own site. None of
    48 such lines on 108 pages of news is the text's; of 154 on other pages 56 are.
    """
    found = set()
    for block in chosen:
        if block.links != 1 or block.link_chars <= 0.5 * len(block.text) or len(block.text) > _LONGEST:
            continue
        label, _, rest = block.text.replace("：", ":").partition(":")
        if rest and len(label.split()) <= _LABEL and block.link_chars >= _ALL * len(rest.strip()):
            address = next((element.get("href") or "" for element in block.elements if element.tag == "a"), "")
            if headline_weight(rest) >= _HEADLINE and leads_within(address, host):
                found.add(block.number)
    return found


def find_link_lists(chosen: Sequence[TextBlock], host: str) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, of lists that hold nothing but headlines of the own site."""
    lists: dict[Box, list[TextBlock]] = {}
    for block in chosen:
        around: Box | None = block.box if block.link_chars > _ALL * len(block.text) else None
        while around is not None and around.tag not in _LISTS:
            around = around.parent if around.tag not in _PARTS else None
        if around is not None:
            lists.setdefault(around, []).append(block)
    return {
        block.number
        for around, blocks in lists.items()
        if len(blocks) == around.count and all(_is_headline(block, host) for block in blocks)
        for block in blocks
    }


def find_decks(layout: Layout, chosen: Sequence[TextBlock], title: str = "") -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that stand under another story's headline in its card.

    Between them may stand who wrote that story and when. ``title`` is the article's own headline, folded.
    """
    kept = {block.number for block in chosen}
    found: set[int] = set()
    for block in chosen:
        above = block.number - 1
        if above in kept or above < 0 or len(block.text) > _LONGEST or block.level is not None:
            continue
        card = block.box if block.box.count > 1 else block.box.outer  # the line may stand bare in the card
        if card is None or card.count > _CARD or card.first > above:
            continue
        while above > card.first and above not in kept and _tells_whose(layout.blocks[above]):
            above -= 1
        headline = layout.blocks[above]
        if kept.isdisjoint(range(card.first, above + 1)) and headline.folded != title:
            least = 1 if headline.level is not None else _HEADLINE
            if _is_headline(headline, layout.host, least):
                found.add(block.number)
    return found


def _tells_whose(block: TextBlock) -> bool:
    """Whether a line is as short as those that tell who wrote a story and when."""
    return len(block.text) <= _WHOSE and block.level is None


def _is_headline(block: TextBlock, host: str, least: float = _HEADLINE) -> bool:
    """Whether a block is one link to another page of the own site, of words enough for a headline."""
    if block.link_chars <= _ALL * len(block.text):
        return False
    addresses = {element.get("href") or "" for element in block.elements if element.tag == "a"}
    if len(addresses) != 1 or headline_weight(block.text) < least:
        return False
    return leads_within(addresses.pop(), host)
