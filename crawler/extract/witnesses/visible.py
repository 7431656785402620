"""What the lines around the title say: printed dates and bylines, found by wording, place and names of elements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from crawler.extract.anchor import title_block
from crawler.extract.blocks import Layout, TextBlock
from crawler.extract.page import Page
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import tidy
from crawler.model import Candidate

_MONTH = (
    "jan|feb|mar|apr|ma[iyjr]|ju[nl]|aug|sep|o[ck]t|nov|d[ei][czs]|m[äa]r|fév|févr|avr|juil|août|ene|abr|ago|dic|gen|mag|giu|lug|set|ott"
    "|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|led|únor|bře|dub|kvě|čer|srp|zář|říj|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек"
)
_DATE = re.compile(
    rf"\d{{4}}-\d\d?-\d\d?|\d{{1,2}}[./]\s?\d{{1,2}}[./]\s?\d{{2,4}}|\d{{4}}[./]\d{{1,2}}[./]\d{{1,2}}"
    rf"|\d{{1,2}}-\d{{1,2}}-\d{{4}}"
    rf"|\b(?:{_MONTH})\w{{0,7}}\b\.?,?\s+\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|d')?(?:{_MONTH})\w{{0,7}}\b"
    rf"|\d{{4}}\s?[年년]"
    r"|\d\s+(?:minutes?|min|hours?|hrs?|days?|weeks?|months?|years?)\s+ago|\bvor\s+\d+|\bil y a\s+\d+"
    r"|\bhace\s+\d+|\byesterday\b|\bgestern\b|\bheute\b",
    re.I,
)
_DIGIT = re.compile(r"\d")
_DAY_WORD = re.compile(r"\b(?:yesterday|gestern|heute)\b", re.I)
_PUBLISHED = re.compile(
    r"publish|posted|veröffentlicht|erschienen|erstellt|publi[ée]|publicad|pubblicat|geplaatst|opublikowan"
    r"|publiceret|publicerad|опубликован"
    r"|created|written|released|datum|stand:|掲載|公開|등록|입력",
    re.I,
)
_MODIFIED = re.compile(
    r"updat|modifi|aktualisiert|geändert|mis à jour|actualizad|aggiornat|bijgewerkt|zaktualizowan|opdateret"
    r"|uppdaterad|обновлен|更新|수정|last\s+review"
    r"|reviewed|edited",
    re.I,
)
_DATE_NAME = re.compile(r"date|time|publish|posted|datum|fecha|data\b", re.I)
_BYLINE = re.compile(
    r"(?:(?<!\w)(?:(?:written|posted|published|authored|reported|contributed) (?:\w+ )?by|(?:words|text|story"
    r"|article) by|by|von|par|por|door|av|af|oleh"
    r"|geschrieben von|(?:ein|blog) \w+ von|escribe|di)\s*:?\s+"
    r"|(?<!\w)(?:autor(?:in|en|:in|in/autor)?|authors?|contributors?|text(?: & fotos?| und fotos?)?|texte"
    r"|auteurs?|автор|текст|tekst|szerző|作者|文|escribe|autori?)"
    r"\s*[:：]\s*|autorin/autor\s+|記者\s*[:：]?\s*|بقلم\s*[:：]?\s*)(?=\S)",
    re.I,
)
_CUT = re.compile(
    r"\s*(?:[|•●·⋅∙»]|//|\s[-–—/]\s|\b(?:on|am|at|vom|updated|published|posted|last|veröffentlicht|aktualisiert"
    r"|im gespräch|in (?=[A-Z]))\b|,?\s*\d)"
)
_BYLINE_NAME = re.compile(r"[A-ZÀ-ÞА-ЯĀ-Ž\u0600-\u06ff\u3040-\u9fff\uac00-\ud7af]")
_AUTHOR_NAME = re.compile(r"author|byline|\bautor|writer|contributor|\bvcard\b|\bfn\b", re.I)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|in|es)?|auteurs?|autore|writers?|contributors?|people|profiles?|journalists?"
    r"|columnists?|reporters?|by|staff|team|"
    r"redaktion|redakteure?|personen|profil|users?|member|about-us/our-team)/[^/?#]{3,}|[?&]author=",
    re.I,
)
_BARE_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.-]+(?: (?:(?:von|van|de|der|da|di|la|le) )?[A-ZÀ-Þ][\w'’.-]*){1,2}")
_IS_SOMEONE = re.compile(
    r",? (?:is|was|has|ist|schreibt|arbeitet|hat|est|es|covers|writes|works|leads|brings|joined|studied)\b"
)
_NOT_A_STORY_DATE = re.compile(
    r"©|copyright|all rights|event|born|founded|comment|reply|antwort|kommentar|deadline|bis zum|valid|joined"
    r"|member since",
    re.I,
)


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Dates near the title, best first."""
    if not layout.blocks:
        return
    anchor = title_block(page, layout)
    yield from _dates(page, layout, anchor)
    yield from _bylines(layout, anchor)


def _dates(page: Page, layout: Layout, anchor: int | None) -> Iterator[Proposal]:
    lines: list[tuple[TextBlock, str]] = []
    for block in layout.blocks:
        for element in (*block.elements, block.box.element):
            if element.tag == "time" or element.get("datetime"):
                stamp = element.get("datetime") or tidy(element.text_content())
                if stamp and _DIGIT.search(stamp):
                    lines.append((block, stamp))
        size = len(block.text)
        if size > 160 and (anchor is None or not 0 < block.number - anchor < 6):
            continue
        close = anchor is None or -8 <= block.number - anchor <= 15
        if not _DIGIT.search(block.text) and not (close and _DAY_WORD.search(block.text)):
            continue
        if size < 160 and _DATE.search(block.text):
            changed = _MODIFIED.search(block.text)
            if changed and changed.start() > 8 and _DATE.search(block.text[: changed.start()]):
                lines.append((block, block.text[: changed.start()]))
                lines.append((block, block.text[changed.start() :]))
            else:
                lines.append((block, block.text))
        elif anchor is not None and 0 < block.number - anchor < 6 and (match := _DATE.search(block.text[:100])):
            lines.append((block, block.text[max(0, match.start() - 20) : match.end() + 20]))
    alike = Counter((block.tag, block.box.element.get("class"), block.box.depth) for block, _ in lines)
    found: list[tuple[float, str, str, str]] = []
    for block, phrase in lines:
        score, field, place = _weigh(block, phrase, anchor, layout, alike)
        found.append((score, field, phrase, place))
    found.sort(key=lambda entry: -entry[0])
    for score, field, phrase, place in found[:6]:
        if score > 0.1:
            yield field, Candidate(phrase[:160], "text", place, round(min(0.85, score), 2))


def _bylines(layout: Layout, anchor: int | None) -> Iterator[Proposal]:
    """Lines and links near the title, or at the end of the text, that name an author."""
    found: list[tuple[float, str, tuple[str, ...]]] = []
    start = anchor or 0
    for block in layout.blocks:
        distance = block.number - start
        near = 0.2 if -4 <= distance <= 8 else 0.1 if -8 <= distance <= 14 else 0.0
        text = block.text
        if len(text) < 160 and (match := _BYLINE.search(text)) and (near or match.start() < 3):
            name = _CUT.split(text[match.end() :], maxsplit=1)[0]
            first = 0.0 if match.start() < 3 else 0.05
            if _BYLINE_NAME.match(name):
                found.append((0.5 + near - first if near or distance > 0 else 0.2, f"block {block.number}", (name,)))
        elif near and len(text) < 60 and _AUTHOR_NAME.search(block.box.element.get("class") or ""):
            found.append((0.45 + near, f"block {block.number} by class", (text,)))
        linked = [(trust, name) for trust, name in _named_inside(block, near) if 3 < len(name) < 60]
        if linked:
            trust = max(trust for trust, _ in linked)
            found.append(
                (trust + near, f"block {block.number} link", tuple(dict.fromkeys(n for t, n in linked if t == trust)))
            )
        if len(found) > 30:
            break
    found += _bare_names(layout, start)
    found.sort(key=lambda entry: -entry[0])
    for trust, place, names in found[:5]:
        if trust > 0.25:
            line = layout.blocks[int(place.split()[1])].text
            if len(line) < 200:
                yield "byline", Candidate(line, "text", place, round(trust, 2))
            yield "authors", Candidate(names, "text", place, round(trust, 2))


def _bare_names(layout: Layout, start: int) -> Iterator[tuple[float, str, tuple[str, ...]]]:
    """Lines that are nothing but a name: next to the title and a date, or before a sentence on who that is."""
    blocks = layout.blocks
    for block in blocks[max(0, start - 1) :]:
        text = block.text
        if len(text) > 40 or block.level == 1 or not _BARE_NAME.fullmatch(text):
            continue
        number = block.number
        following = blocks[number + 1].text if number + 1 < len(blocks) else ""
        if following.startswith(text) and _IS_SOMEONE.match(following[len(text) :]):
            yield 0.5, f"block {number} before a portrait", (text,)
        elif start and number <= start + 5 and block.level is None and not block.links:
            beside = blocks[max(0, number - 1) : number + 2]
            dated = any(other is not block and len(other.text) < 60 and _DATE.search(other.text) for other in beside)
            if dated or start < number <= start + 2:
                yield 0.42 if dated else 0.3, f"block {number} bare", (text,)


def _named_inside(block: TextBlock, near: float) -> Iterator[tuple[float, str]]:
    """Texts of links to an author's page, and of elements named after one."""
    for element in block.elements:
        attributes = element.attrib
        if element.tag == "a":
            if _AUTHOR_PATH.search(attributes.get("href", "")) or "author" in attributes.get("rel", ""):
                yield 0.5 if near else 0.3, tidy(element.text_content())
        elif near and element.tag != "time" and _AUTHOR_NAME.search(attributes.get("class", "")):
            yield 0.4, tidy(element.text_content())


def _weigh(
    block: TextBlock, phrase: str, anchor: int | None, layout: Layout, alike: Counter[tuple[str, str | None, int]]
) -> tuple[float, str, str]:
    stamped = phrase not in block.text
    score = 0.5 if stamped else 0.4
    field = "date_published"
    text = phrase if not stamped or len(block.text) > 200 else block.text
    if len(text) < 40 and block.number and len(layout.blocks[block.number - 1].text) < 30:
        text = f"{layout.blocks[block.number - 1].text} {text}"
    if _MODIFIED.search(text):
        if _PUBLISHED.search(text):
            score += 0.1
        else:
            field = "date_modified"
    elif _PUBLISHED.search(text):
        score += 0.2
    names = " ".join(filter(None, (element.get("class") for element in (*block.elements, block.box.element))))
    if names and _DATE_NAME.search(names):
        score += 0.1
    if anchor is not None:
        distance = block.number - anchor
        if -3 <= distance <= 6:
            score += 0.25 - 0.015 * abs(distance)
        elif -8 <= distance <= 15:
            score += 0.1
        else:
            score -= min(0.3, 0.1 + abs(distance) / 300)
    number = alike[(block.tag, block.box.element.get("class"), block.box.depth)]
    if number > 3:
        score -= 0.45
    elif number > 1:
        score -= 0.05
    if _NOT_A_STORY_DATE.search(text):
        score -= 0.35
    inside = block.box.inside
    if not inside.isdisjoint(("footer", "aside", "nav", "form")):
        score -= 0.2
    if block.link_chars > 0.7 * len(block.text) and not stamped:
        score -= 0.2
    if len(block.text) > 80 and not stamped:
        score -= 0.1
    return score, field, f"block {block.number}"
