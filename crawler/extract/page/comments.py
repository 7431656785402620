"""What readers wrote below an article: boxes that class or id names call comments, or headings that count them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from crawler.extract.page.blocks import Layout

_ALL = re.compile(
    r"(?:^|[\s_-])(?:comments(?!-(?:open|closed|enabled|disabled|on|off))|comment[-_]?list|comment[-_]?thread|disqus[\w-]*|kommentare|\w*leserkommentare|comentarios"
    r"|comentários|commentaires|commenti|reacties|komentarze)(?=$|[\s_-])",
    re.I,
)
_ONE = re.compile(r"(?:^|\s)(?:\w+[-_])?(?:comment|kommentar|comentario|commentaire)(?:[-_][\w-]+)?(?=$|\s)", re.I)
_WORD = (
    r"(?:comments?|commentaires?|kommentare?|comentarios?|comentários?|commenti|reacties|komentarz[ey]?|комментари\w+"
    r"|коментара?)"
)
_HEADING = re.compile(
    rf"\(?\d+\)?\s{_WORD}|{_WORD}\s*[(:]?\s?\d+\)?"
    r"|(?:热门|最新|最热|全部|精彩|网友|所有|熱門|全部)?(?:评论|評論|跟贴|跟帖|留言|回应|回應)\s?[(（:：|]?\s?\d[\d,]*\s?[条條则則篇]?[)）]?"
    r"|(?:共\s?)?\d[\d,]*\s?[条條则則]?(?:评论|評論|跟贴|跟帖|留言)|コメント\s?[(（:：]?\s?\d[\d,]*\s?件?[)）]?"
    r"|(?:전체\s?)?댓글\s?[(:]?\s?\d[\d,]*\s?개?\)?"
    r"|\d+ (?:responses|replies|thoughts|antworten|réponses) (?:to|on|zu|auf|à) [“”„«»‹›‘’\"'].{1,200}",
    re.I,
)
_LONGEST = 500
"""Characters of names that are read."""
_PROSE = 80
"""Characters of a block that is no name, day or button."""
_ARTICLE = 600
"""Characters that are an article's, above its comments; below shorter ones all comments must be signed."""
_BELOW = 0.1
"""How much of what stands above the comments may read like the article below them: teasers of others do."""
_SIGNED, _MANY = 0.4, 3
"""Share of the comments that a line with writer and day stands above, and how many make up for a short article."""
_NEARLY_ALL, _DISCUSSION, _MOSTLY = 0.75, 10, 0.6
"""Share of what reads like the article that comments are where readers discuss one told in brief, how many there must
be, and how many of them signed."""
_LINES = 3
"""Lines that tell who wrote a comment, and when."""
_SIGN = re.compile(
    r"\d|\b(?:repl(?:y|ies)|antwort(?:en)?|répondre|responder|rispondi|odpowiedz|ответить|svara?|reageer|says|wrote"
    r"|schreibt|meint|sagt)\b|回复|回覆|返信|답글",
    re.I,
)
_FEWEST = 2
"""Boxes that are each called a comment: one may be a column of that name."""


def comments_below(layout: Layout, likely: Sequence[int]) -> set[int]:
    """Numbers of the blocks that are comments by a heading that counts them, or by names that the text bears out.

    ``likely`` are the numbers of the blocks that read like the article.
    """
    if not likely:
        return set()
    found = find_comments(layout, likely[0])
    return found if _is_borne_out(layout, likely, found) else _find_headed(layout, likely[0])


def find_discussion(layout: Layout, likely: Sequence[int]) -> set[int]:
    """Numbers of all that boxes are called comments for, where that is nearly all that reads like an article.

    There must be many of them, and most signed; whether an article stands above them is for the caller to find out.
    """
    found = find_comments(layout, -1)
    inside = [number for number in likely if number in found]
    size = sum(len(layout.blocks[number].text) for number in likely)
    if sum(len(layout.blocks[number].text) for number in inside) < _NEARLY_ALL * size:
        return set()
    firsts = _firsts(layout, inside)
    signed = sum(_is_signed(layout, number) for number in firsts)
    return found if len(firsts) >= _DISCUSSION and signed >= _MOSTLY * len(firsts) else set()


def find_comments(layout: Layout, first: int) -> set[int]:
    """Numbers of the blocks that are comments; ``first`` is the number of the article's first block.

    A box around the article, though it be called one with comments, holds none by its name alone.
    """
    found = _find_headed(layout, first)
    if not _may_say_so(layout.names):
        return found
    single: list[range] = []
    for box in layout.boxes:
        if box.first <= first or not box.names or box.last < box.first:
            continue
        kind = _kind(box.names)
        if kind == "all":
            found.update(range(box.first, box.last + 1))
        elif kind == "one" and (not single or box.first >= single[-1].stop):
            single.append(range(box.first, box.last + 1))
    if len(single) >= _FEWEST:
        found.update(*single)
    return found


def _is_borne_out(layout: Layout, likely: Sequence[int], comments: Set[int]) -> bool:
    """Whether the text bears out what names call comments: an article above, none below, writers' lines between them.

    Names may mislead, and what reads like none of it needs no name to be left out: on sites the trees do not know they
    leave out of themselves nearly all comments (without any names general articles lose .0006), and a name put on the
    article's own boxes took .06 of them.
    """
    blocks = layout.blocks
    prose = [number for number in likely if len(blocks[number].text) >= _PROSE]
    inside = [number for number in prose if number in comments]
    if not inside:
        return False
    above = sum(len(blocks[number].text) for number in prose if number < inside[0])
    below = sum(len(blocks[number].text) for number in prose if number > inside[0] and number not in comments)
    if below > _BELOW * above:
        return False
    firsts = _firsts(layout, inside)
    signed = sum(_is_signed(layout, number) for number in firsts)
    return signed >= max(2, _SIGNED * len(firsts)) if above >= _ARTICLE else signed == len(firsts) >= _MANY


def _firsts(layout: Layout, numbers: Sequence[int]) -> list[int]:
    """The first paragraph of each comment among these: it follows no other."""
    among = frozenset(numbers)
    return [number for number in numbers if number - 1 not in among and len(layout.blocks[number].text) >= _PROSE]


def _is_signed(layout: Layout, number: int) -> bool:
    """Whether one of the short lines right above a block has a number, as days do, or asks for a reply."""
    for block in reversed(layout.blocks[max(0, number - _LINES) : number]):
        if len(block.text) >= _PROSE:
            return False
        if _SIGN.search(block.text):
            return True
    return False


def _find_headed(layout: Layout, first: int) -> set[int]:
    """Numbers of what stands below a heading that counts comments, to the end of the box around both."""
    for block in layout.blocks[first + 1 :]:
        if block.level and block.numbered and _HEADING.fullmatch(block.text):
            around = block.box.outer
            return set(range(block.number, (around.last if around else block.number) + 1))
    return set()


def names_comments(names: str) -> bool:
    """Whether class and id names are those of readers' comments, of all or of one."""
    return _kind(names) != ""


@lru_cache(maxsize=4096)
def _kind(names: str) -> str:
    names = names[:_LONGEST]
    if not _may_say_so(names.lower()):
        return ""
    return "all" if _ALL.search(names) else "one" if _ONE.search(names) else ""


def _may_say_so(lower: str) -> bool:
    # Looking for what all of them hold costs less than the patterns do.
    return "omment" in lower or "oment" in lower or "disqus" in lower or "reacties" in lower
