"""Bylines of the Japanese press: the correspondent beside the place, in brackets before a story's first word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.proposal import Proposal
from crawler.model import Candidate

_SIGN = "a name in a dateline"
"""It counts for less than a writer whom the page's data name, be it the newsroom."""
_LEAD = 4
"""Blocks from the text's beginning, or the title, that may begin so."""
_BEFORE = 2
_DATELINE = re.compile(r"\s*【(?P<place>[^【】＝=]{1,14})[＝=](?P<names>[^【】＝=]{3,40})】")
_NAME = re.compile(r"[\u4e00-\u9fff々ヶ]{1,3}[\s\u3000]?[\u4e00-\u9fff々\u3040-\u30ff]{1,4}")
_BETWEEN = re.compile(r"[、・,，]\s?")
_LEAST = 3
"""Characters of nearly every name."""
_NO_PLACE = re.compile(
    r"写真|図|動画|映像|資料|撮影|提供|イラスト|協力|取材|編集|出演|主演|監督|脚本|原作|司会|得点|優勝|受賞|勝者|投手|首相|大臣"
    r"|政府|知事|社長|本社|本部|所在地|住所|会場"
)
_NO_PERSON = re.compile(
    r"通信$|通信社$|新聞$|新聞社$|[社局紙部隊]$|共同|時事|聯合|連合|発表|提供|撮影|特派|記者団|取材班|本紙|官$"
    r"|[都道府県].*[市区町村郡]$|[都府県区]$"
)
_JAPANESE = re.compile(r"[\u3040-\u30ff]")


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Those whom the first paragraphs name so."""
    if not ((page.language or "").startswith("ja") or _JAPANESE.search(page.title)):
        return
    start = page.place.start
    for block in layout.blocks[max(0, start - _BEFORE) : start + _LEAD]:
        if names := correspondents(block.text):
            yield (
                "byline",
                Candidate(block.text.partition("】")[0] + "】", "text", f"block {block.number}, {_SIGN}", 0.7),
            )
            yield "authors", Candidate(names, "text", f"block {block.number}, {_SIGN}", 0.7)
            return


def correspondents(text: str) -> tuple[str, ...]:
    """The names in the dateline that a text begins with: "【オスロ＝北川浩平】"; none where it is an agency's."""
    found = _DATELINE.match(text)
    if found is None or _NO_PLACE.search(found["place"]):
        return ()
    names = _BETWEEN.split(found["names"].strip())
    if not all(_is_person(name) for name in names):
        return ()
    return tuple(re.sub(r"[\s\u3000]", "", name) for name in names)


def _is_person(name: str) -> bool:
    return len(name) >= _LEAST and _NAME.fullmatch(name) is not None and _NO_PERSON.search(name) is None
