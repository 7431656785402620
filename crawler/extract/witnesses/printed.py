"""Dates that the page prints: found by wording, by place and by the names of elements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.extract.dates.calendars import names_other_month
from crawler.extract.dates.names import fold, months_in
from crawler.extract.dates.relative import says_elapsed
from crawler.extract.page import Page
from crawler.extract.page.blocks import Box, Layout, TextBlock
from crawler.extract.page.seams import is_drop_capital
from crawler.extract.witnesses.changes import named_changes, said_of_changes
from crawler.extract.witnesses.date_words import parted, says_modified, says_published
from crawler.extract.witnesses.dateline import DatedLine, is_behind_dateline, weigh
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import has_digit, tidy
from crawler.model import Candidate

_MONTH = (
    "jan|feb|mar|apr|ma[iyjr]|ju[nl]|juin|aug|sep|o[ck]t|nov|d[eéi][czs]|m[äa]r|fév|févr|fev|avr|juil|août|aoû|outubro|mei|mrt|maart|ene|abr|ago|dic|gen|mag|giu|lug|set|ott"
    "|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|led|únor|bře|dub|kvě|čer|srp|zář|říj|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек"
)
_DATE = (
    rf"\d(?:\d{{3}}-\d\d?-\d\d?|\d?[./]\s?\d{{1,2}}[./]\s?\d{{2,4}}|\d{{3}}[./]\d{{1,2}}[./]\d{{1,2}}"
    rf"|\d?-(?:\d{{1,2}}|(?:{_MONTH})\w{{0,7}})-\d{{4}}|\d?(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|d')?(?:{_MONTH})\w{{0,7}}\b|\d{{3}}\s?[年년]"
    r"|\d{0,2}\s*(?:minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?|y)\s+ago"
    r"|\d?\s?(?:tháng|thg)\s?\d|\d?\s?月\s?\d{1,2}\s?[日号號]|\d?[-/]\d\d\s?\d\d:\d\d)"
    r"|(?:令和|平成|昭和|民國|民国)\s?(?:\d|元)"
    rf"|\b(?:(?:{_MONTH})\w{{0,7}}\b\.?,?\s+\d{{1,4}}|(?:vor|il y a|hace)\s+\d+|(?:yesterday|gestern|heute)\b)"
)
"""Two branches, for what begins with a digit and for what begins as a word does: most places of a text are neither."""
DATE = re.compile(_DATE, re.I)
_IN_LOWER_CASE = re.compile(_DATE)
_ANY_MONTH = re.compile(
    r"\d(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|d'|ta['’]\s+|/\s)?[^\s\d,]{2,16}(?:,|\s+del?|\s/|\s?ماه)?\s+(?:พ\.ศ\.\s?)?\d{4}(?!\d)"
    r"|\d\s+[\u0e01-\u0e5b.]{2,16}\s?[4-7]\d(?!\d)"
    r"|[\u1200-\u135a]{2,8}\s\d\d?(?:\sቀን|,)?\s\d{4}"
    r"|(?<!\d)\d{4}(?:\.|\s+m\.|\.\s+gada)?\s+(?:\d\d?\.\s+)?[^\s\d]{3,12}(?:\s+\d{1,2}(?![\d:])|\s*$)"
)
"""What would be a date, were the word in it a month's name in one of the many languages."""
_POSTS = re.compile(r"twitter-|tweet|instagram-|tiktok-|bluesky|mastodon|threads?-|truth-?social|fb-post|reddit-", re.I)
"""Names of quotations that networks' scripts make posts of."""
_MOST_TIMES = 20
"""Times in one block; one with more is a table, and no line with the story's date."""
_MOST_LINES = 3000
"""Lines with dates that are weighed: a page may hold a hundred thousand."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DIGIT = re.compile(r"\d")
_CAPTION = 30
"""Characters that a caption has at least."""
_FROM_THE_FILES = re.compile(
    r"\bfile (?:photo|picture|image)\b|\bin this [^.]{4,30}(?:photo|picture|image|frame)\b", re.I
)
"""What agencies' captions say of a picture's day."""
_NOT_BEFORE = re.compile(r"\W{0,3}(?:(?:strictly )?embargo|sperrfrist|sous embargo|bajo embargo|sotto embargo)", re.I)
"""How a line begins that says when a story may be told at the earliest."""
_UNTIL = re.compile(
    r"(?<!\w)(?:until|deadline:?|(?:closes|ends|expires) on"
    r"|bis(?: zum)?|einsendeschluss:?|jusqu['’]au|hasta(?: el)?|até(?: o dia)?|fino al|entro il|tot(?: en met)?"
    r"|(?:fram )?till|til(?: og med)?|(?:aż )?do dnia|aż do|až do|вплоть до"
    r"|până (?:la|pe)|έως|μέχρι|hingga|sampai|đến ngày)"
    r"\s(?:[^\W\d]{2,12},?\s)?\d"
)
"""In lower case, before a date by which something ends: one to come, and no story's."""
_OF_COOKIES = re.compile(
    r"cookie[ -]?(?:declaration|policy|notice|statement|erklärung|richtlinie|hinweis|verklaring|policyn|erklæring)"
    r"|(?:déclaration|déclarations|declaración|declaração|dichiarazione|politique|política)\b.{0,20}\bcookies?",
    re.I,
)
"""What consent platforms say of their own lists: when these were last changed."""
_CLOCK = re.compile(r"\W{0,3}\d{1,2}[:.h]\d\d")
_SHORT = 60
"""Characters of a line that may tell how long ago it was, in any language."""
_LINE = 160
"""Characters of the longest line that prints a date."""
_HEAD = 100
"""Characters of a longer line in which a date tells of the article."""
_LONGEST_FILED = 400
_FILED = re.compile(
    r"\b(?:filed under|abgelegt unter|archiviada en|classé dans|this entry was posted|this post was|rss 2\.0"
    r"|dieser (?:beitrag|eintrag|artikel) wurde|esta entrada fue|questo articolo è stato|cette entrée a été)\b"
)
"""In lower case, in the paragraph under an article that old themes of weblogs have."""
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
    if any(_holds_month(found[0]) for found in _ANY_MONTH.finditer(lower)):
        return True
    return len(lower) < _SHORT and says_elapsed(fold(text))


def _dates(page: Page, layout: Layout, anchor: int | None) -> Iterator[Proposal]:
    lines: list[DatedLine] = []
    changes: set[tuple[int, str]] = set()
    """Numbers of blocks and phrases of them that their element's class calls those of a change."""
    times = layout.times
    for block in layout.blocks:
        if len(lines) > _MOST_LINES:
            break
        if "blockquote" in block.box.inside and _is_post(block.box):
            continue
        if times and (block.box.element in times or not times.isdisjoint(block.elements)):
            stamped = [element for element in (*block.elements, block.box.element) if element in times]
            if len(stamped) <= _MOST_TIMES:
                stamps = list(dict.fromkeys(stamp for stamp in map(_stamp, stamped) if has_digit(stamp)))
                lines += [DatedLine(block, stamp, stamp not in block.text, order) for order, stamp in enumerate(stamps)]
                if len(stamped) > 1:
                    changes.update((block.number, phrase) for phrase in said_of_changes(stamped))
        phrases = _phrases_near(block, anchor)
        if not phrases:
            continue
        if len(phrases) > 1:
            changes.update((block.number, phrase) for phrase in named_changes(block.elements, phrases))
        lines += [DatedLine(block, phrase, stamped=False, order=order) for order, phrase in enumerate(phrases)]
    alike = Counter(form for form, _ in {(line.form, line.block.folded) for line in lines})
    only = len({line.phrase for line in lines if line.stamped}) == 1
    found: list[tuple[float, str, str, str]] = []
    for line in lines:
        changed = (line.block.number, line.phrase) in changes
        score, field, signs = weigh(line, layout, anchor, alike[line.form], changed=changed)
        if only and line.stamped:
            signs.append("the only time")
        found.append((score, field, line.phrase, ", ".join((f"block {line.block.number}", *signs))))
    found.sort(key=lambda entry: -entry[0])
    best = {(phrase, field): (score, place) for score, field, phrase, place in reversed(found)}
    for (phrase, field), (score, place) in sorted(best.items(), key=lambda entry: -entry[1][0])[:_MOST]:
        if score > _LEAST:
            yield field, Candidate(phrase[:160], "text", place, round(max(0.05, min(0.85, score)), 2))


def _stamp(element: HtmlElement) -> str:
    """The date that an element has for machines, or spells out in its title, as microformats have it; else its text."""
    titled = element.get("title") if element.tag != "time" else None
    return element.get("datetime") or titled or tidy(element.text_content())


def _phrases_near(block: TextBlock, anchor: int | None) -> list[str]:
    """What a block says of dates, each once: a longer one only near the title, or where it says where it is filed."""
    text, size = block.text, len(block.text)
    distance = None if anchor is None else block.number - anchor
    below = distance is not None and 0 < distance < 6
    filed = _LINE <= size < _LONGEST_FILED and _DIGIT.search(text, 0, _HEAD) and _FILED.search(text.lower())
    if size > _LINE and not (below or filed):
        return []
    close = distance is None or -8 <= distance <= 15
    if not block.numbered and not (close and size < _SHORT and says_elapsed(fold(text))):
        return []
    phrases = list(dict.fromkeys(_phrases(block))) if size < _LINE else []
    if not phrases and (below or filed) and (match := DATE.search(head := spaced(block)[: _HEAD + 20], 0, _HEAD)):
        end = match.end() + 20
        if (year := _YEAR.search(head, match.start(), end)) and DATE.match(head, year.end() + 1):
            end = year.end()
        phrases.append(head[max(0, match.start() - 20) : end])
    return phrases if phrases and not _tells_otherwise(text) else []


def _tells_otherwise(text: str) -> bool:
    """Whether the date that a line prints is by what it says that of something else."""
    return (
        _NOT_BEFORE.match(text) is not None
        or _OF_COOKIES.search(text) is not None
        or _is_deadline(text)
        or (len(text) > _CAPTION and _FROM_THE_FILES.search(text[:200]) is not None)
    )


def _is_deadline(text: str) -> bool:
    """Whether a line says until when something is, and nothing of a publication."""
    lower = text[:_LINE].lower()
    found = _UNTIL.search(lower)
    if found is None or DATE.match(lower, found.end() - 1) is None:
        return False
    if is_behind_dateline(lower, found.start()):
        return False
    return not says_published(lower) and not says_modified(lower)


def _phrases(block: TextBlock) -> Iterator[str]:
    """What a short block says of dates, a phrase for each; what markup sets side by side is not read as one word."""
    line = spaced(block)
    if not says_date(line):
        return
    pieces = [text for piece in block.pieces if (text := tidy(piece))] if len(block.pieces) > 1 else []
    dated = [i for i, piece in enumerate(pieces) if says_date(piece)]
    if not dated:
        yield from _halves(line)
    for i in dated:
        phrase = pieces[i]
        before = pieces[i - 1].lower() if i and i - 1 not in dated else ""
        if says_published(before) or says_modified(before):
            phrase = f"{pieces[i - 1]} {phrase}"
        if i + 1 < len(pieces) and i + 1 not in dated and _CLOCK.match(pieces[i + 1]):
            phrase = f"{phrase} {pieces[i + 1]}"
        yield from _halves(phrase)


def spaced(block: TextBlock) -> str:
    """A block's text, with a space between what its markup sets side by side."""
    if len(block.pieces) < 2:
        return block.text
    line = before = ""
    for piece in block.pieces:
        line += piece if is_drop_capital(before, piece) else f" {piece}"
        before = piece
    return tidy(line)


def _is_post(inner: Box) -> bool:
    """Whether a box lies in the quotation of a post on a network, whose day is that post's."""
    box: Box | None = inner
    while box is not None and box.tag != "blockquote":
        box = box.parent
    return box is not None and _POSTS.search(box.names) is not None


def _halves(phrase: str) -> Iterator[str]:
    """A phrase, or its parts where it tells of the publication and of a change."""
    yield from parted(phrase, says_date)


def _holds_month(text: str) -> bool:
    folded = fold(text)
    return bool(months_in(folded)) or names_other_month(folded)
