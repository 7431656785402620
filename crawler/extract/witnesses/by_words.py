"""Words that say who wrote a text, such as "By", and the name that follows them in a line."""

from __future__ import annotations

import re

from crawler.extract.names.byline_frame import without_others
from crawler.extract.names.byline_words import COLONS, GENRES, LABELS, PREPOSITIONS, may_tell_a_subject
from crawler.extract.names.credits import ends_in_credit, without_credits
from crawler.extract.names.given_names import is_given_name
from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.witnesses.author_marks import AROUND, is_particle
from crawler.extract.witnesses.printed import says_date, spaced
from crawler.extract.witnesses.signers import is_of_a_book
from crawler.extract.wording import tidy, word_list, word_set

_BY = "by|von|par|por|door|av|af|oleh|od|durch|escribe|di|przez"
_SAYS_BY = (
    r"(?:(?:this|der|dieser) \w+ (?:was|is|wurde) (?:(?:originally )?(?:written|posted|authored) by|verfasst von)\s+"
    r"|autorin/autor\s+"
    r"|(?<!\w)(?:(?:written|posted|published|authored|reported|contributed|submitted) (?:\w+ )?by"
    rf"|(?:words|text|story|article) by|{_BY}|tekijä"
    r"|(?:geschrieben|gespeichert|erstellt|verfasst|eingestellt|veröffentlicht) (?:von|durch)"
    r"|(?:ein|blog) \w+ von"
    r"|napisał[a]?)"
    rf"\s*:?\s+|^\W{{0,3}}(?:{PREPOSITIONS})\s*:?\s+"
    r"|(?<![\w-])(?:autor(?:in|en|:in|in/autor|es|a|as|zy)?|authors?|contributors?"
    r"|te(?:xt[eo]?|sto|kst)(?: (?:&|und|et|y|e|og|och|en) (?:fotos?|foto['’]s|photos?|bilder))?"
    r"|redaktion|bericht|redacción|rédaction|redazione|auteurs?|автор(?:ы)?|текст|szerző|文|escribe|autori?"
    r"|記者|기자|yazar|penulis|reporter|tác giả)\s*[:：/]\s*"
    rf"|(?<![\w-])(?:{LABELS}|{GENRES})\s*{COLONS}\s*|"
    r"(?<![\w-])(?:autoren|autor(?:in)?|^author)\s+|記者[\s:：]\s*|文[・＝]|بقلم\s*[:：]?\s*|(?:كتبت?|أعدّ?ها?"
    r"|إعداد|تحرير)\s*[:：ـ–-]+\s*"
    r"|^(?:written )?by(?=[a-z]))(?=\S)"
)
_BYLINE = re.compile(_SAYS_BY, re.I)
_IN_LOWER_CASE = re.compile(_SAYS_BY)
_SAYING = word_set(f"{_BY.replace('|', ' ')} autor autorin autoren author")
_BEGINS = re.compile(rf"\W{{0,3}}(?:{PREPOSITIONS})|(?:written )?by")
"""In lower case: in ASCII and without a colon or stroke, one of these words or this beginning is in each such line."""
_STARTS = re.compile(
    r"\W{0,3}(?:by|von|par|por|door|av|af|di|od|de|oleh|written|posted|published|authored|words|text|story"
    r"|article|autor"
    r"|author|contributor|reda|escribe|auteur|автор|текст|testo|szerző|文|記者|yazar|penulis|reporter"
    r"|tác giả|بقلم|كتب|إعداد|تحرير|أعد|tekst|geschrieben|gespeichert|erstellt|verfasst|eingestellt"
    r"|reported|submitted|napisa|bericht|tekijä|przez"
    rf"|this|die|{LABELS}|{GENRES}|{PREPOSITIONS})"
)
"""How a line begins that may be a byline, in lower case."""
_BEGINNING = 16
"""Characters of a line that such a beginning takes."""
CUT = re.compile(
    r"\s*(?:[|•●·⋅∙»()（）]|//|\s[-–—]\s|\s/\s|\b(?:on|am|at|vom|updated|published|posted|last"
    r"|veröffentlicht|aktualisiert"
    r"|im gespräch|[Ss]ymbolbild|quelle|source|datum|(?:in|under) (?=[A-Z])(?!\S+(?: [A-Z]\S+)?,? (?:and"
    r"|und|et|y|&) [A-Z])|min read|Last|Updated|Published|Posted"
    r"|Follow|Datum|Quelle|Released|Sponsored"
    r"|(?:(?:Keine?|No|Leave a|Add a|Aucun|Sin) )?(?:Kommentare?|Comments?|Commentaires?|Comentarios?))\b"
    r"|(?<!^),?\s*\d(?!\d*[a-z]{2})"
    r"|\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\s(?=[^\W\d_a-z][^\W\d_]+:(?:\s|$))"
    r"|\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w{0,6}\.?\s+\d)"
)
"""Where a name ends and the rest of its line begins."""
_SAYS_SO = re.compile(
    r"\W{0,3}(?:this .* )?(?:(?:written|posted|published|authored|submitted) by"
    r"|(?:geschrieben|gespeichert|erstellt|verfasst) von|by(?= \S+$))",
    re.I,
)
"""Words that only a byline has: what follows is a name, however it is written."""
_PIECE = re.compile(
    r"\b(?:words|text|pictures|photo(?:graph)?s|interview|review|report|analysis|opinion|column|essay|post"
    r"|blog|comment|feature|recipe|kommentar|reportage|bericht"
    r"|beitrag|kolumne|rezension|rezept|crónica|entrevista|reportaje|enquête|entretien)$",
    re.I,
)
"""What is by somebody."""
_BY_WORDS = ("By ", " by ", "Von ", " von ", "Par ", " par ", "Por ", " por ", "Autor", "Author", "author")
_NAME_BEGINS = re.compile(r"(?![a-zß-öø-ÿа-џα-ωά-ώա-ֆ])[^\W\d_]")
_SHORT, LONGEST = 160, 400
"""Characters of a byline, and of one that begins with words only a byline has: topics and more may follow in it."""
_HANDLE = re.compile(r"[a-z][\w.-]{3,24}")
"""The name of an account."""
_OF_A_COMMENT = re.compile(
    r"[#\d]\W{0,2}(?:kommentar|comment|commentaire|comentario|commento|reactie|antwort|reply)$", re.I
)
_FROM_TO = re.compile(r"\s(?:nach|bis|zu[mr]?)\s")
"""What follows "from" in German and is no name: "von Hamburg nach Kiel"."""
_HEAD = 30
"""Characters of a date with its time."""
_REST = 60
"""Characters behind a name that make a sentence of the line."""


def name_said(layout: Layout, block: TextBlock, near: bool) -> tuple[str, str] | None:
    """How a block says who wrote the text (``by``, at its beginning, or ``by, inside``), and the name it gives.

    ``near``: it stands where bylines do (:meth:`Place.near`), and less has to speak for it. None where it says nothing
    of the kind.
    """
    text = block.text
    size = len(text)
    if size >= _SHORT and (size >= LONGEST or not _SAYS_SO.match(text[:_BEGINNING])):
        return None
    if block.level == 1 or not (near or _STARTS.match(text[:_BEGINNING].lower()) or _is_dated(text)):
        return None
    line = spaced(block)
    lower = line.lower()
    if not _may_say_so(lower) or not _IN_LOWER_CASE.search(lower):  # ignoring case costs several times as much
        return None
    match = _BYLINE.search(line)
    if match is None:
        return None
    outright = match.start() < 3
    says_so = _SAYS_SO.match(line) is not None
    said = without_others(without_credits(line[match.end() :]))
    name = _in_one_line(block, CUT.split(said, maxsplit=1)[0])
    rest = said[len(name) :]
    goes_on = len(rest) >= _REST and not says_date(rest[:30])
    named = _NAME_BEGINS.match(name) or (near and not rest and _HANDLE.fullmatch(name) and _ends_in_date(line, match))
    if len(name) < 2 or ((goes_on or not named) and not (outright and says_so)):
        return None
    if _is_other_than_by(match[0].strip().lower(), said, text):
        return None
    if may_tell_a_subject(match[0]) and not is_given_name(name.partition(" ")[0]):
        return None
    before = line[: match.start()].rstrip()
    credited = (
        "©" in before
        or _OF_A_COMMENT.search(before)
        or ends_in_credit(line[max(0, match.start() - AROUND) : match.end()])
    )
    if credited or is_particle(before, match[0]):
        return None
    in_prose = not (outright or says_so or says_date(text))
    heads_text = near and size < _REST and (not before[-1:].isalpha() or _PIECE.search(before))
    if (in_prose and not heads_text) or is_of_a_book(layout, block):
        return None
    return "by" if outright else "by, inside", name


def _may_say_so(lower: str) -> bool:
    """Whether a line may say who wrote, as a look tells that costs a fifth of the pattern's."""
    if not lower.isascii() or ":" in lower or "/" in lower or _BEGINS.match(lower):
        return True
    return not _SAYING.isdisjoint(word_list(lower))


def _ends_in_date(line: str, match: re.Match[str]) -> bool:
    """Whether what stands before "by" in a short line is but a date and a time: "3.5.2012, 16:20 von mira"."""
    before = line[: match.start()].strip(" ,-–|")
    return len(before) < _HEAD and before[-1:].isdigit() and says_date(before)


def _is_other_than_by(word: str, said: str, text: str) -> bool:
    """Whether a word that may say "by" in German says "from", or "through" where no date is beside it."""
    return (word == "von" and _FROM_TO.search(said) is not None) or (word == "durch" and not says_date(text))


def _in_one_line(block: TextBlock, name: str) -> str:
    """A name without what stands in the next line of its block: "By Ada Winter" above "Executive editor"."""
    if "\n" not in block.pieces:
        return name
    lines = [tidy(line) for line in "".join(block.pieces).split("\n")]
    words = name.split()
    for many in range(len(words) - 1, 1, -1):
        if any(line.endswith(" ".join(words[:many])) for line in lines):
            return " ".join(words[:many])
    return name


def _is_dated(text: str) -> bool:
    """Whether a short line tells of a date and, by a look that costs little, perhaps of who wrote it."""
    return len(text) < 100 and any(word in text for word in _BY_WORDS) and says_date(text)
