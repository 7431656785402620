"""Notes in which a newsroom says what its text had wrong before: part of the text, whatever their box is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.page.blocks import Layout

_BEFORE = re.compile(
    r"\b(?:earlier|previous|prior|original) versions? of th(?:is|e)\b"
    r"|\bth(?:is|e) (?:article|story|report|piece|post|headline|caption)\b.{0,40}"
    r"\b(?:misstated|(?:has been|was|were) (?:corrected|amended)|incorrectly (?:said|gave|\w+ed))\b"
    r"|\bcorrection\b.{0,60}\b(?:misstated|incorrectly|wrong|mistakenly|erroneously)\b"
    r"|\b(?:früheren?|vorherigen?|ursprünglichen?|ersten) (?:version|fassung)\b"
    r"|\bversion (?:antérieure|précédente|initiale)\b|\bpremière version\b"
    r"|\bversión (?:anterior|previa|original|inicial)\b|\bversão (?:anterior|original)\b|\bversione precedente\b"
    r"|\b(?:eerdere|vorige) versie\b|\b(?:tidigare|tidligere) (?:version|versjon)\b|\baiemmassa versiossa\b"
    r"|\b(?:wcześniejszej|poprzedniej) wersji\b|\b(?:предыдущей|ранней|первоначальной) версии\b|\bönceki (?:sürüm|hali)"
    r"|訂正します|訂正しました|誤りでした|更正[:：]|정정합니다|바로잡습니다",
    re.I,
)
_TELLS = re.compile(
    r"\b(?:article|story|report|piece|post|headline|caption|column|artikel\w*|texte\w?|beitrag\w*|berichts?|meldung|dépêche"
    r"|artículo|texto|noticia|nota|artigo|matéria|reportagem|articolo|testo|stuk|saken|artikkel\w*|jutun|juttu\w*"
    r"|artykułu|tekst\w*|материала|текста|статьи|новости|haberin)\b"
    r"|[訂誤更정바]",
    re.I,
)
_WRONG = re.compile(
    r"\b(?:misstated|incorrect|wrong|mistake|error|hieß|stand\b|falsch|fälschlich|irrtümlich|indiqu(?:ait|ions)|erreur|decía|dizia"
    r"|erróne|equivoc|errad|errone|errore|fout\b|onjuist|felaktig|feil|błęd|ошиб|неверно|говорилось|yanlış)",
    re.I,
)
"""What is told of: a text, or that it was wrong. Films, songs and programs have earlier versions, too."""
_ELSEWHERE = re.compile(
    r"\b(?:publish|appeared|read (?:it|the|an|our)\b|translat|erschien|veröffentlich|publi(?:é|ée|cad|cat)\w*|pubblicat"
    r"|gepubliceerd|publicerad|publiser|opublikowan|опубликован|lire (?:la|une)\b|lea (?:la|una)\b|leia (?:a|uma)\b)",
    re.I,
)
"""Of a version that is to be read somewhere else, unless it was wrong."""
_FAR = 120
"""Characters behind the first version's mention in which that stands."""
_SIGNS = (
    "ersion",
    "orrect",
    "mended",
    "isstat",
    "assung",
    "ersi",
    "ersj",
    "versã",
    "верси",
    "önceki",
    "訂正",
    "誤り",
    "更正",
    "정정",
    "바로잡",
)
"""One of them is in each such note."""
_SHORTEST, _LONGEST = 30, 700
"""Characters of a note."""
_NEAR = 4
"""Blocks before and behind the text among which it may stand."""
_OUTSIDE = frozenset({"nav", "footer", "aside"})


def find_corrections(layout: Layout, likely: Sequence[int], shares: Sequence[float], sure: float) -> set[int]:
    """Numbers of the blocks, in the text or right beside it, that say what an earlier version of it had wrong.

    ``likely`` are the numbers of the blocks that read like the article, ``shares`` those of being the article's: what
    is surer than ``sure`` is not looked at.
    """
    if not likely:
        return set()
    near = layout.blocks[max(0, likely[0] - _NEAR) : likely[-1] + _NEAR + 1]
    return {
        block.number
        for block in near
        if shares[block.number] < sure
        and _SHORTEST <= len(block.text) <= _LONGEST
        and any(map(block.text.__contains__, _SIGNS))
        and block.link_chars < len(block.text) / 2
        and block.box.inside.isdisjoint(_OUTSIDE)
        and _says_wrong(block.text)
    }


def _says_wrong(text: str) -> bool:
    found = _BEFORE.search(text)
    if found is None:
        return False
    if _WRONG.search(text, found.start(), found.end() + _FAR):
        return True
    return _TELLS.search(text, found.start(), found.end() + _FAR) is not None and _ELSEWHERE.search(text) is None
