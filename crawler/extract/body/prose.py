"""What the words of each block say of it: their number, links, sentence marks, and how much of it is running prose."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from crawler.extract.page.blocks import TextBlock
from crawler.extract.page.words import first_score, line_score
from crawler.extract.wording import digits_in, word_set

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_END = re.compile(r"[.!?…。！？।؟][\"'”’»)\]]*$")
_STOPWORDS = word_set(
    "the of and to in a is that for it was on with as he be by at from his this have are not they but had you "
    "which we "
    "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus "
    "er hat dass sie nach wird bei "
    "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec "
    "el los las y del se por con una su para es al lo como más o pero sus "
    "di che è e il per non si un una sono da con dei nel alla della più gli i "
    "het een van en dat op te zijn met voor niet aan er om ook "
    "w z na się nie do jest że to jak o po a i je se v na že s k za by "
    "в и на не что с по как он это из за к но от у для "
    "och att det som en på är av för med den till inte om ett har de "
    "os um uma com não no na dos mais do da em "
    "a az és hogy nem is egy ez meg volt mint már csak azt több után "
    "ve bir bu için ile da çok daha gibi olarak olan sonra kadar ancak ise göre "
    "ja ei oli että myös hän mutta kun joka ovat sekä kuin mukaan ole vain "
    "și în la cu pe care din pentru este au fost mai după că nu și-a o "
    "og i at er af der ikke blev fra kan av ble også efter "
    "і та що до у із від є про це був але вже його "
    "και το της του την των στο στη στην με για να από που δεν θα είναι τα ο η οι σε ότι τον ήταν "
    "và của là có được trong cho các với những một này người đã không từ đến để khi về "
    "yang dan untuk dari dengan ini itu pada tidak dalam akan juga ke oleh adalah telah "
    "של את על לא הוא כי עם גם זה אל היא או כל היה יותר "
    "في من على إلى أن التي الذي عن مع هذا كان لا ما بعد هذه و در به از که این را با است برای آن یک "
    "के में की है से को का और ने पर कि यह भी था हैं नहीं लिए एक "
    "ও এবং এই করে থেকে না জন্য একটি তার বলে সঙ্গে করা হয়েছে "
    "என்று ஒரு இந்த மற்றும் அந்த உள்ள என "
    "ya wa kwa ni katika za kuwa cha hiyo yake "
    "да от се са ще което је од као su kao koji aj ako ir un ka kad iš"
)
_INDIC = re.compile("[\u0b80-\u0dff\u10a0-\u13ff]")
"""Scripts of languages whose few words say by endings what others say by stop words."""
_SENTENCE = 120
"""Characters of twenty words, where words are long and few of them are stop words."""
_LINE = 80
"""Characters of a line of links that says nothing but its length."""
_A_LINK = (0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 1.0, 0.0)
"""What is said of such a line, from how it ends to its sentence marks."""
_CLOSING = frozenset(".!?…。！？।؟\"'”’»)]")


class Prose:
    """The blocks of a page as text. What only some blocks are asked for is found out when they are."""

    def __init__(self, blocks: Sequence[TextBlock], without: Set[int] = frozenset()) -> None:
        self._blocks = blocks
        self._lines: list[float | None] = [None] * len(blocks)
        self.words: list[float] = []
        """Words of each block; two East Asian characters make one."""
        self.share: list[float] = []
        """Share of each block's characters that are links."""
        self.amounts: list[int] = []
        """Characters of running prose in each block: sentences that are no links, in blocks not in ``without``."""
        self._marks: list[tuple[float, float, float, float, float] | None] = []
        for block in blocks:
            text = block.text
            size = len(text)
            share = block.link_chars / size
            words = text.count(" ") + 1.0
            marks = None
            amount = 0
            if size >= _LINE or share <= 0.8:
                eastern = _eastern(text)
                words += eastern / 2
                if words >= 8 and share <= 0.4:
                    marks = _marks(text, words, eastern)
                    ends, density, _, stops, _ = marks
                    told = stops >= 0.12 or words >= 20 or (ends and size >= _SENTENCE)
                    if told and (ends or density >= 0.2 or words >= 16):
                        amount = int(size * (1 - share))
            self.share.append(share)
            self.words.append(words)
            self._marks.append(marks)
            self.amounts.append(amount)
        for number in without:
            self.amounts[number] = 0

    def line(self, number: int) -> float:
        """What the words of a block say as those of a line: above 0 for an article's, below 0 for furniture's."""
        found = self._lines[number]
        if found is None:
            text = self._blocks[number].text
            found = self._lines[number] = line_score(text if len(text) < 250 else text[:250])
        return found

    def traits(self, number: int) -> tuple[float, ...]:
        """Size, words, share and number of links, sentence end, marks and commas, stop words, digits, capitals, …"""
        block = self._blocks[number]
        text, words, share = block.text, self.words[number], self.share[number]
        size = len(text)
        line = self.line(number)
        if size < _LINE and share > 0.8:
            return (float(size), words, share, float(block.links), *_A_LINK, line, 0.0)
        ends, density, commas, stops, marks = self._marks[number] or _marks(text, words, _eastern(text))
        if size < 300:
            digits = digits_in(text) / size
            initials = [part[0] for part in text.split(None, 15)[:15]]
            capital = sum(map(str.isupper, initials)) / len(initials)
        else:
            digits, capital = 0.0, 0.2
        return (
            float(size), words, share, float(block.links), ends, density, commas, stops, digits,
            capital, 1.0 if text.isascii() else 0.0, marks, line,
            first_score(text[:40]),
        )  # fmt: skip

    def reach(self, order: range) -> tuple[list[float], list[float]]:
        """Blocks and characters to the nearest prose block passed in this order (30 and 0 where there is none)."""
        prose = self.amounts
        steps, sizes = [30.0] * len(prose), [0.0] * len(prose)
        distance, size = 30.0, 0.0
        for i in order:
            steps[i], sizes[i] = distance, size
            if prose[i]:
                distance, size = 1.0, float(prose[i])
            elif distance < 30:
                distance += 1.0
        return steps, sizes


def _eastern(text: str) -> int:
    return 0 if text.isascii() else len(_CJK.findall(text))


def _marks(text: str, words: float, eastern: int) -> tuple[float, float, float, float, float]:
    """How a text ends, sentence marks and commas a ten words, share of stop words, and number of sentence marks.

    ``eastern`` is the number of signs that are half a word.
    """
    size = len(text)
    ends = 2.0 if text[-1] in _CLOSING and _END.search(text[-4:]) else 0.0
    if size <= 25:
        marks, commas, stops = ends / 2, 0, 0.0
    else:
        marks = text.count(". ") + text.count("? ") + text.count("! ") + text.count("。") + ends / 2
        commas = text.count(",") + text.count(";")
        some = text[:600].lower().split(None, 60)[:60]
        stops = sum(map(_STOPWORDS.__contains__, some)) / len(some)
        if not text.isascii():
            commas += text.count("、") + text.count("，")
            if eastern > size / 4:
                stops += 0.4
            elif stops < 0.2 and len(_INDIC.findall(text[:200])) > min(size, 200) / 4:
                stops = 0.2
    scale = words / 10 + 1
    return ends, marks / scale, commas / scale, stops, marks
