"""Bylines of the Korean press: names before or behind the word for a reporter, by their family names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.eastern import WRITER
from crawler.extract.witnesses.proposal import Proposal
from crawler.model import Candidate

_FAMILY_NAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길"
    "연위표명기반왕금옥육인맹제모탁국어은편용예봉경사부가복태목형계두감음빈동온호범좌팽승간상갈시단견당화창탄"
)
"""The first syllable of China's and Korea's family names as Koreans bear them."""
_LONG_NAMES = frozenset(("남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방"))
_NAME = r"[가-힣]{2,4}"
_NAMES = rf"{_NAME}(?:(?:[·ㆍ,/]\s?|\s){_NAME}){{0,4}}"
_RANKS = frozenset(("선임", "수석", "전문", "인턴", "객원", "수습", "시민", "취재"))
_REPORTER = rf"(?:(?:{'|'.join(sorted(_RANKS))})\s?)?(?:기자|특파원|논설위원|통신원|칼럼니스트|에디터)"
_BEFORE = re.compile(rf"(?:^|[\s=\[(/|·:])({_NAMES})\s?{_REPORTER}(?![가-힣])")
_BEHIND = re.compile(
    rf"^\W{{0,2}}(?:기자|글(?:\s?[·ㆍ/]\s?사진)?|취재|작성자|글쓴이)\s?[:=]?\s({_NAMES})(?=\s*(?:$|[\w.+-]+@|[)\]|]))"
)
_OF_A_NEWSROOM = re.compile(r"(?:[부팀]|신문|일보|뉴스|방송|센터|데스크)$")
_WHOLE = 3
"""Syllables of nearly every name."""
_BETWEEN = re.compile(r"[·ㆍ,/\s]+")
_HANGUL = re.compile(r"[가-힣]")
_LINE = 80
"""Characters of the longest line that is but a byline."""
_LEAD = 3
"""Blocks from the text's beginning that begin with a dateline and a reporter."""
_OPENING = 60
"""Characters of such a block in which they stand."""
_MOST = 20


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Those whom lines around the title or under the text, and the first words of the text, call its reporters."""
    if not _HANGUL.search(page.title):
        return
    place = page.place
    found = 0
    for block in layout.blocks:
        text = block.text
        if text.isascii() or found >= _MOST:
            continue
        short = len(text) < _LINE and (place.near(block.number) or place.start <= block.number <= place.end + _LEAD)
        if not short and not 0 <= block.number - place.start < _LEAD:
            continue
        line = text if short else text[:_OPENING]
        if names := reporters(line):
            found += 1
            yield "byline", Candidate(line, "text", f"block {block.number}, {WRITER}", 0.7)
            yield "authors", Candidate(names, "text", f"block {block.number}, {WRITER}", 0.7)


def is_korean_name(text: str) -> bool:
    """Whether a text is a family name of one syllable and a given name of one or two, or both of two."""
    if _OF_A_NEWSROOM.search(text):
        return False
    return (2 <= len(text) <= 3 and text[0] in _FAMILY_NAMES) or (len(text) in (3, 4) and text[:2] in _LONG_NAMES)


def reporters(line: str) -> tuple[str, ...]:
    """The names that a line gives with the word for a reporter, in order."""
    for pattern in (_BEFORE, _BEHIND):
        if match := pattern.search(line):
            parts = [part for part in _BETWEEN.split(match[1]) if part not in _RANKS]
            if len(parts) > 1 and len(parts[-1]) == 2 and len(parts[-2]) == _WHOLE:
                del parts[-1]  # what one writes of: "the tree columnist"
            names: list[str] = []
            for part in reversed(parts):
                if not is_korean_name(part) or (pattern is _BEHIND and len(part) < _WHOLE):
                    break
                names.append(part)
            if names:
                return tuple(reversed(names))
    return ()
