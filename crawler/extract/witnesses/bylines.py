"""Who wrote it, by what the page shows: lines such as "By …", links to an author's page, lines that are but a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from crawler.extract.names.credits import ends_in_credit, without_credits
from crawler.extract.names.given_names import is_given_name
from crawler.extract.names.labels import is_label
from crawler.extract.names.names import BARE, is_agency, is_person, people_in
from crawler.extract.page import Page
from crawler.extract.page.anchor import Place
from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.witnesses.author_marks import (
    AROUND,
    LABEL,
    by_another,
    is_particle,
    leads_to_author,
    marked_names,
    names_author,
)
from crawler.extract.witnesses.printed import DATE, says_date
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.witnesses.signers import (
    IS_SOMEONE,
    JOINED,
    LIST,
    begins_a_sentence,
    is_of_a_book,
    joined,
    signers,
    told_of,
)
from crawler.extract.wording import tidy
from crawler.model import Candidate

_SAYS_BY = (
    r"(?:(?:this|der|dieser) \w+ (?:was|is|wurde) (?:(?:originally )?(?:written|posted|authored) by|verfasst von)\s+"
    r"|autorin/autor\s+"
    r"|(?<!\w)(?:(?:written|posted|published|authored|reported|contributed|submitted) (?:\w+ )?by"
    r"|(?:words|text|story|article) by|by|von|par|por|door|av|af|oleh|od|tekijä"
    r"|(?:geschrieben|gespeichert|erstellt|verfasst|eingestellt) von|(?:ein|blog) \w+ von|escribe|di|przez|napisał[a]?)"
    r"\s*:?\s+"
    r"|(?<![\w-])(?:autor(?:in|en|:in|in/autor|es|a|as|zy)?|authors?|contributors?"
    r"|te(?:xt[eo]?|sto|kst)(?: (?:&|und|et|y|e|og|och|en) (?:fotos?|foto['’]s|photos?|bilder))?"
    r"|redaktion|bericht|redacción|rédaction|redazione|auteurs?|автор(?:ы)?|текст|szerző|文|escribe|autori?"
    r"|記者|기자|yazar|penulis|reporter|tác giả)"
    r"\s*[:：/]\s*|(?<![\w-])(?:autoren|autor(?:in)?)\s+|記者[\s:：]\s*|文[・＝]|بقلم\s*[:：]?\s*|(?:كتبت?|أعدّ?ها?|إعداد|تحرير)\s*[:：ـ–-]+\s*"
    r"|^(?:written )?by(?=[a-z]))(?=\S)"
)
_BYLINE = re.compile(_SAYS_BY, re.I)
_IN_LOWER_CASE = re.compile(_SAYS_BY)
_STARTS = re.compile(
    r"\W{0,3}(?:by|von|par|por|door|av|af|di|od|de|oleh|written|posted|published|authored|words|text|story|article|autor"
    r"|author|contributor|reda|escribe|auteur|автор|текст|testo|szerző|文|記者|yazar|penulis|reporter"
    r"|tác giả|بقلم|كتب|إعداد|تحرير|أعد|tekst|geschrieben|gespeichert|erstellt|verfasst|eingestellt"
    r"|reported|submitted|napisa|bericht|tekijä|przez"
    r"|this|die)"
)
"""How a line begins that may be a byline, in lower case."""
_BEGINNING = 16
"""Characters of a line that such a beginning takes."""
_CUT = re.compile(
    r"\s*(?:[|•●·⋅∙»()（）]|//|\s[-–—]\s|\s/\s|\b(?:on|am|at|vom|updated|published|posted|last|veröffentlicht|aktualisiert"
    r"|im gespräch|[Ss]ymbolbild|quelle|source|datum|(?:in|under) (?=[A-Z])|min read|Last|Updated|Published|Posted"
    r"|Follow|Datum|Quelle|Released|Sponsored)\b|(?<!^),?\s*\d(?!\d*[a-z]{2})"
    r"|\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\s(?=[^\W\d_a-z][^\W\d_]+:(?:\s|$))"
    r"|\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w{0,6}\.?\s+\d)"
)
_WITH_AGENCY = re.compile(rf"({BARE.pattern})\s?/\s?([A-Za-z][\w-]{{1,8}})")
"""Such as "Anna Berg/dpa"."""
_SAYS_SO = re.compile(
    r"\W{0,3}(?:this .* )?(?:(?:written|posted|published|authored|submitted) by"
    r"|(?:geschrieben|gespeichert|erstellt|verfasst) von|by(?= \S+$))",
    re.I,
)
"""Words that only a byline has: what follows is a name, however it is written."""
_PIECE = re.compile(
    r"\b(?:words|text|pictures|photo(?:graph)?s|interview|review|report|analysis|opinion|column|essay|post|blog|comment|feature|recipe|kommentar|reportage|bericht"
    r"|beitrag|kolumne|rezension|rezept|crónica|entrevista|reportaje|enquête|entretien)$",
    re.I,
)
"""What is by somebody."""
_TOPIC = re.compile(
    r"(?:^|[\s_-])(?:tags?|topics?|categor(?:y|ies)|kicker|breadcrumbs?|rubrik|menu)(?=$|[\s_-])|Tags", re.I
)
"""In the names of a box with a topic in it."""
_TEAM = re.compile(r"(?:The |Die )?(?:[\w.&'’-]+ ){1,3}(?:Team|Staff|Editors|Redaktion|Editorial Team|Contributors?)")
_BY_WORD = re.compile("By | by |Von | von |Par | par |Por | por |Autor|Author|author")
_NAME_BEGINS = re.compile(r"[A-ZÀ-ÞА-ЯĀ-Ž\u0600-\u06ff\u3040-\u9fff\uac00-\ud7af]")
_ENDS_STANDFIRST = re.compile(rf"\b(?:writes|reports|schreibt|says(?=(?: [A-Z'’-]+)+\W*$)) ({BARE.pattern})\W*$")
"""The end of a standfirst that names its author; after "says" only in capitals, else it is a source's name."""
_CREDIT = re.compile(
    r"©|^(?:audio|video)\b|\b(?:photo|foto|fot|bild|image|picture|credit|getty|symbolbild|quelle|source|pixabay|unsplash)\b",
    re.I,
)
_SPLIT = re.compile(r"\s*(?:[|•●·⋅∙]|//|\s[-–—]\s|,\s)\s*")
_LONG_LINE = 400
"""Characters of a line that begins with words only a byline has: topics and more may follow in it."""
_FAR = 40
"""Candidates that are kept before their trust is known."""


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates for the authors, each with its block and the sign that betrays it, and the lines they stand in."""
    place = page.place
    for block, sign, names in islice(_found(page, layout, place), _FAR):
        line = block.text
        confidence = 0.7 if sign in ("by", "link") and place.near(block.number) else 0.4
        where = f"block {block.number}, {sign}"
        if len(line) < 200:
            yield "byline", Candidate(line, "text", where, confidence)
        yield "authors", Candidate(names, "text", where, confidence)


def _found(page: Page, layout: Layout, place: Place) -> Iterator[tuple[TextBlock, str, tuple[str, ...]]]:
    rows: dict[str, tuple[TextBlock, int, dict[str, None]]] = {}
    """Sign to the names of adjoining blocks: the first block, the number of the last, the names."""
    authorial = {link.element for link in layout.links if leads_to_author(link)}
    named = set(filter(names_author, set(layout.named.values())))
    telling = authorial.union([element for element, names in layout.named.items() if names in named] if named else ())
    nearby = [block for block in layout.blocks if place.near(block.number)]
    numbers = {block.number for block in nearby}
    for block in (*nearby, *(block for block in layout.blocks if block.number not in numbers)):
        text, near = block.text, block.number in numbers
        size = len(text)
        if "blockquote" in block.box.inside:  # a post of somebody's that is shown, with that one's name
            continue
        if (
            (size < 160 or (size < _LONG_LINE and _SAYS_SO.match(text[:_BEGINNING])))
            and block.level != 1
            and (near or _STARTS.match(text[:_BEGINNING].lower()) or _is_dated(text))
            and _IN_LOWER_CASE.search((line := _spaced(block)).lower())  # ignoring case costs several times as much
            and (match := _BYLINE.search(line))
        ):
            said = without_credits(match.string[match.end() :])
            name = _CUT.split(said, maxsplit=1)[0]
            outright = match.start() < 3
            other = ends_in_credit(match.string[max(0, match.start() - AROUND) : match.end()])
            rest = said[len(name) :]
            plain = (
                outright and _SAYS_SO.match(match.string)
                if (len(rest) >= 60 and not says_date(rest[:30])) or not _NAME_BEGINS.match(name)
                else True
            )
            before = match.string[: match.start()].rstrip()
            in_prose = not (outright or _SAYS_SO.match(match.string) or says_date(text)) and not (
                near and size < 60 and (not before[-1:].isalpha() or _PIECE.search(before))
            )
            other = other or in_prose or "©" in before or is_particle(before, match[0])
            if plain and len(name) > 1 and not other and not is_of_a_book(layout, block):
                yield block, "by" if outright else "by, inside", (name,)
        yield from signers(layout, block, place)
        if near and 40 < size < 300 and (ends := _ENDS_STANDFIRST.search(text)):
            yield block, "the standfirst's end", (ends[1],)
        may_mark = (
            near
            or block.box.tag == "address"
            or (telling and not telling.isdisjoint(block.elements))
            or (size < 40 and block.box.classes and names_author(block.box.classes))
        )
        marked = marked_names(layout, block, near, authorial) if may_mark else ()
        for sign, names in chain(marked, told_of(block, place)):
            row = rows.get(sign)
            if row is not None and _adjoin(layout, row[1], block.number):
                row[2].update(dict.fromkeys(names))
                rows[sign] = (row[0], block.number, row[2])
                continue
            if row is not None:
                yield row[0], sign, tuple(row[2])
            rows[sign] = (block, block.number, dict.fromkeys(names))
        closing = place.closing(block.number)
        if near and size < 120 and not (closing and size < 40 and BARE.fullmatch(text)):
            yield from _lines(layout, block, place)
        elif size < 40 and (size > 4 or near) and BARE.fullmatch(text):
            following = layout.blocks[block.number + 1].text if block.number + 1 < len(layout.blocks) else ""
            if not begins_a_sentence(text) and following.startswith(text) and IS_SOMEONE.match(following[size:]):
                yield block, "portrait", (text,)
            elif closing and not by_another(layout, block, text):
                yield block, "closing", (text,)
    for sign, (block, _, together) in rows.items():
        yield block, sign, tuple(together)


def _spaced(block: TextBlock) -> str:
    """A block's text with a space between what stands in elements of its own."""
    return block.text if len(block.pieces) < 2 else tidy(" ".join(block.pieces))


def _is_dated(text: str) -> bool:
    """Whether a short line tells of a date and, by a look that costs little, perhaps of who wrote it."""
    return len(text) < 100 and _BY_WORD.search(text) is not None and says_date(text)


def _adjoin(layout: Layout, one: int, other: int) -> bool:
    """Whether two blocks follow each other with no more than an "and" or a comma between."""
    if not 0 < other - one <= 2:
        return False
    return all(len(block.text) < 8 for block in layout.blocks[one + 1 : other])


def _lines(layout: Layout, block: TextBlock, place: Place) -> Iterator[tuple[TextBlock, str, tuple[str, ...]]]:
    """A short line near the title that is but a name, or a name beside a date."""
    text, number = block.text, block.number
    if (
        block.level == 1
        or (block.box.classes and _TOPIC.search(block.box.classes))
        or _CREDIT.search(text)
        or (block.link_chars > 0.5 * len(text) and (block.tag == "li" or not place.under_title(number)))
        or by_another(layout, block, text)
    ):
        return
    if len(text) < 50 and _TEAM.fullmatch(text) and _is_team(text):
        yield block, "a team", (text,)
    elif len(text) < 60 and (signed := _WITH_AGENCY.fullmatch(text)) and _is_signed(*signed.groups()):
        yield block, "a name and an agency", (signed[1],)
    elif len(text) < 30 and is_agency(text):
        yield block, "an agency's name", (text,)
    elif len(text) < 50 and (is_given_name(text) or (BARE.fullmatch(text) and is_person(text))):
        before, *after = (tidy(b.text) for b in layout.blocks[max(0, number - 1) : number + 3])
        if len(after) > 2 and JOINED.fullmatch(after[1]) and BARE.fullmatch(after[2]):
            yield block, "names", (text, after[2])
        elif not JOINED.fullmatch(before):
            beside = layout.blocks[max(0, number - 1) : number + 2]
            dated = any(other is not block and len(other.text) < 60 and says_date(other.text) for other in beside)
            yield block, "a name beside a date" if dated else "a name", (text,)
    elif says_date(text):
        line = _spaced(block)
        parts = [part for piece in (text, *block.pieces) for part in _SPLIT.split(LABEL.sub("", tidy(piece)))]
        for part in parts:
            name = _CUT.split(part, maxsplit=1)[0].strip()
            if by_another(layout, block, name):
                continue
            if (BARE.fullmatch(name) and is_person(name) and not DATE.search(name)) or is_given_name(name):
                yield block, "a name in a dateline", (name, *joined(line.partition(name)[2]))
                break
    elif len(names := LIST.split(text)) > 1 and all(BARE.fullmatch(name) and is_person(name) for name in names):
        yield block, "names", tuple(names)


def _is_signed(name: str, agency: str) -> bool:
    return is_person(name) and (is_agency(agency) or is_given_name(name.partition(" ")[0]))


def _is_team(text: str) -> bool:
    return people_in(text) == (text,) and not is_label(text.removeprefix("The "))
