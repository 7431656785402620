"""Dates that the page prints: found by wording, by place and by the names of elements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.extract.blocks import Layout, TextBlock
from crawler.extract.dates.names import fold, months_in
from crawler.extract.page import Page
from crawler.extract.witnesses.changes import said_of_changes
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import tidy
from crawler.model import Candidate

_MONTH = (
    "jan|feb|mar|apr|ma[iyjr]|ju[nl]|juin|aug|sep|o[ck]t|nov|d[eéi][czs]|m[äa]r|fév|févr|fev|avr|juil|août|aoû|outubro|mei|mrt|maart|ene|abr|ago|dic|gen|mag|giu|lug|set|ott"
    "|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|led|únor|bře|dub|kvě|čer|srp|zář|říj|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек"
)
_DATE = (
    rf"\d(?:\d{{3}}-\d\d?-\d\d?|\d?[./]\s?\d{{1,2}}[./]\s?\d{{2,4}}|\d{{3}}[./]\d{{1,2}}[./]\d{{1,2}}"
    rf"|\d?-(?:\d{{1,2}}|(?:{_MONTH})\w{{0,7}})-\d{{4}}|\d?(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|d')?(?:{_MONTH})\w{{0,7}}\b|\d{{3}}\s?[年년]"
    r"|\s+(?:minutes?|min|hours?|hrs?|days?|weeks?|months?|years?)\s+ago"
    r"|\d?\s?(?:tháng|thg)\s?\d|\d?\s?月\s?\d{1,2}\s?[日号號]|\d?[-/]\d\d\s?\d\d:\d\d)"
    r"|(?:令和|平成|昭和|民國|民国)\s?(?:\d|元)"
    rf"|\b(?:(?:{_MONTH})\w{{0,7}}\b\.?,?\s+\d{{1,4}}|(?:vor|il y a|hace)\s+\d+|(?:yesterday|gestern|heute)\b)"
)
"""Two branches, for what begins with a digit and for what begins as a word does: most places of a text are neither."""
DATE = re.compile(_DATE, re.I)
_IN_LOWER_CASE = re.compile(_DATE)
_ANY_MONTH = re.compile(
    r"\d(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|d'|ta['’]\s+)?[^\s\d,]{2,16}(?:,|\s+del?)?\s+(?:พ\.ศ\.\s?)?\d{4}(?!\d)"
    r"|(?<!\d)\d{4}(?:\.|\s+m\.|\.\s+gada)?\s+(?:\d\d?\.\s+)?[^\s\d]{3,12}(?:\s+\d{1,2}(?![\d:])|\s*$)"
)
"""What would be a date, were the word in it a month's name in one of the many languages."""
_MOST_TIMES = 20
"""Times in one block; one with more is a table, and no line with the story's date."""
_MOST_LINES = 3000
"""Lines with dates that are weighed: a page may hold a hundred thousand."""
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d[./-]\s?\d\d?[./-]\s?\d\d(?!\d)")
_PICTURE = frozenset(("figure", "figcaption"))
_LEGEND = re.compile(r"(?:Abbildung|Abb\.|Bild|Foto|Figure|Fig\.|Photo|Image|Ilustración|Рис\.)\s?(?:\d|:)")
_SENTENCE = 50
"""Characters of a Chinese or Japanese sentence that is no line with a date."""
_CAPTION = 30
"""Characters that a caption has at least."""
_FROM_THE_FILES = re.compile(
    r"\bfile (?:photo|picture|image)\b|\bin this [^.]{4,30}(?:photo|picture|image|frame)\b", re.I
)
"""What agencies' captions say of a picture's day."""
_CLOCK = re.compile(r"\W{0,3}\d{1,2}[:.h]\d\d")
_DAY_WORD = re.compile(r"\b(?:yesterday|gestern|heute)\b", re.I)
_PUBLISHED = re.compile(
    r"publish|posted|veröffentlicht|erschienen|erstellt|publi[ée]|publicad|pubblicat|geplaatst|opublikowan"
    r"|publiceret|publicerad|опубликован"
    r"|created|written|released|datum|stand:|掲載|公開|등록|입력|发布|發布|發佈|发表|發表|刊登|上传|配信"
)
"""In lower case, as those that follow."""
_MODIFIED = re.compile(
    r"updat|modifi|aktualisiert|geändert|mis à jour|actualizad|aggiornat|bijgewerkt|zaktualizowan|opdateret"
    r"|uppdaterad|обновлен|更新|수정|last\s+review"
    r"|reviewed|edited"
)
_DATE_NAME = re.compile(r"date|time|publish|posted|datum|fecha|data\b", re.I)
_NOT_A_STORY_DATE = re.compile(
    r"©|copyright|all rights|event|born|founded|(?<!\d )(?<!no )(?<!leave a )(?:comment|reply)|antwort"
    r"|(?<!\d )kommentar|deadline|bis zum|valid|joined"
    r"|member since|verfügbar|available until|expires|redeem|\boffer\b|disponible hasta|jusqu'au"
)
"""A number of comments is none: many a dateline has one."""

_MOST = 10
_LEAST = -0.3


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Dates near the title, best first."""
    if not layout.blocks:
        return
    anchor = page.place.title
    yield from _dates(page, layout, anchor)


@lru_cache(maxsize=4096)
def says_date(text: str) -> bool:
    """Whether a short text holds what looks like a date; several witnesses ask it of the same lines."""
    lower = text.lower()  # ignoring case costs several times as much
    if _IN_LOWER_CASE.search(lower):
        return True
    return any(months_in(fold(found[0])) for found in _ANY_MONTH.finditer(lower))


def _dates(page: Page, layout: Layout, anchor: int | None) -> Iterator[Proposal]:
    lines: list[tuple[TextBlock, str, bool]] = []
    """A block, a phrase of it that holds a date, whether a machine is to read it."""
    changes: set[tuple[int, str]] = set()
    """Numbers of blocks and phrases of them that their element's class calls those of a change."""
    times = layout.times
    for block in layout.blocks:
        if len(lines) > _MOST_LINES:
            break
        stamped = []
        if times and (block.box.element in times or not times.isdisjoint(block.elements)):
            stamped = [element for element in (*block.elements, block.box.element) if element in times]
        if len(stamped) <= _MOST_TIMES:
            for element in stamped:
                stamp = element.get("datetime") or _abbreviated(element) or tidy(element.text_content())
                if stamp and _DIGIT.search(stamp):
                    lines.append((block, stamp, stamp not in block.text))
            if len(stamped) > 1:
                changes.update((block.number, phrase) for phrase in said_of_changes(stamped))
        size = len(block.text)
        if size > 160 and (anchor is None or not 0 < block.number - anchor < 6):
            continue
        close = anchor is None or -8 <= block.number - anchor <= 15
        if not _DIGIT.search(block.text) and not (close and _DAY_WORD.search(block.text)):
            continue
        phrases = list(_phrases(block)) if size < 160 else []
        if (
            not phrases
            and anchor is not None
            and 0 < block.number - anchor < 6
            and (match := DATE.search(block.text[:100]))
        ):
            phrases = [block.text[max(0, match.start() - 20) : match.end() + 20]]
        if phrases and not (size > _CAPTION and _FROM_THE_FILES.search(block.text[:200])):
            lines += [(block, phrase, False) for phrase in phrases]
    alike = Counter((block.tag, block.box.classes, block.box.depth) for block, _, _ in lines)
    only = len({phrase for _, phrase, by_machine in lines if by_machine}) == 1
    found: list[tuple[float, str, str, str]] = []
    for block, phrase, by_machine in lines:
        changed = (block.number, phrase) in changes
        score, field, place = _weigh(block, phrase, by_machine, changed, anchor, layout, alike)
        if only and by_machine:
            place += ", the only time"
        found.append((score, field, phrase, place))
    found.sort(key=lambda entry: -entry[0])
    best = {(phrase, field): (score, place) for score, field, phrase, place in reversed(found)}
    for (phrase, field), (score, place) in sorted(best.items(), key=lambda entry: -entry[1][0])[:_MOST]:
        if score > _LEAST:
            yield field, Candidate(phrase[:160], "text", place, round(max(0.05, min(0.85, score)), 2))


def _abbreviated(element: HtmlElement) -> str | None:
    """The date that an abbreviation stands for, as microformats have it."""
    return element.get("title") if element.tag == "abbr" else None


def _phrases(block: TextBlock) -> Iterator[str]:
    """What a short block says of dates, a phrase for each; what markup sets side by side is not read as one word."""
    line = block.text if len(block.pieces) < 2 else tidy(" ".join(block.pieces))
    if not says_date(line):
        return
    pieces = [text for piece in block.pieces if (text := tidy(piece))] if len(block.pieces) > 1 else []
    dated = [i for i, piece in enumerate(pieces) if says_date(piece)]
    if not dated:
        yield from _halves(line)
    for i in dated:
        phrase = pieces[i]
        before = pieces[i - 1].lower() if i and i - 1 not in dated else ""
        if _PUBLISHED.search(before) or _MODIFIED.search(before):
            phrase = f"{pieces[i - 1]} {phrase}"
        if i + 1 < len(pieces) and i + 1 not in dated and _CLOCK.match(pieces[i + 1]):
            phrase = f"{phrase} {pieces[i + 1]}"
        yield from _halves(phrase)


def _halves(phrase: str) -> Iterator[str]:
    """A phrase, or its two halves where it tells of the publication and then of a change."""
    changed = _MODIFIED.search(phrase.lower())
    if changed and changed.start() > 8 and DATE.search(phrase[: changed.start()]):
        yield phrase[: changed.start()]
        yield phrase[changed.start() :]
    else:
        yield phrase


def _weigh(
    block: TextBlock,
    phrase: str,
    stamped: bool,
    changed: bool,
    anchor: int | None,
    layout: Layout,
    alike: Counter[tuple[str, str | None, int]],
) -> tuple[float, str, str]:
    score = 0.5 if stamped else 0.4
    field = "date_published"
    signs = [f"block {block.number}", "dated", "stamped" if stamped else "printed"]
    text = (phrase if not stamped or len(block.text) > 200 else block.text).lower()
    modified, published = _MODIFIED.search(text), _PUBLISHED.search(text)
    if not (modified or published) and len(text) < 40 and block.number:
        before = layout.blocks[block.number - 1].text
        if len(before) < 30:
            text = f"{before.lower()} {text}"
            modified, published = _MODIFIED.search(text), _PUBLISHED.search(text)
    if modified and published and not changed:
        score += 0.1
    elif modified or changed:
        field, signs[1] = "date_modified", "said updated"
    elif published:
        score, signs[1] = score + 0.2, "said published"
    names = " ".join(filter(None, (element.get("class") for element in (*block.elements, block.box.element))))
    if names and _DATE_NAME.search(names):
        score += 0.1
        signs.append("named as a date")
    if anchor is not None:
        distance = block.number - anchor
        if -3 <= distance <= 6:
            score += 0.25 - 0.015 * abs(distance)
        elif -8 <= distance <= 15:
            score += 0.1
        else:
            score -= min(0.3, 0.1 + abs(distance) / 300)
    number = alike[(block.tag, block.box.classes, block.box.depth)]
    if number > 3:
        score -= 0.45
        signs.append("one of many")
    elif number > 1:
        score -= 0.05
        signs.append("one of some")
    if _NOT_A_STORY_DATE.search(text):
        score -= 0.35
        signs.append("of something else")
    inside = block.box.inside
    if not inside.isdisjoint(("footer", "aside", "nav", "form")):
        score -= 0.2
        signs.append("aside")
    if not inside.isdisjoint(_PICTURE) or _LEGEND.match(block.text):
        signs.append("in a caption")
    if not stamped and not _YEAR.search(phrase):
        signs.append("without a year")
    if block.level == 1:
        signs.append("in the title")
    if block.link_chars > 0.7 * len(block.text) and not stamped:
        score -= 0.2
        signs.append("a link")
    if len(block.text) > _SENTENCE and block.text.endswith("。") and not stamped:
        signs += ["in a paragraph", "in a sentence"]
    elif len(block.text) > 80 and not stamped:
        score -= 0.1
        signs.append("in a paragraph")
        if len(text) + 60 < len(block.text) and block.text.rstrip("\"'”’»)]").endswith((".", "!", "?", "…", "。")):
            signs.append("in a sentence")
    return score, field, ", ".join(signs)
