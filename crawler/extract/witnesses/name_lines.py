"""Lines that are but a name, several names, or a name beside a date."""

from __future__ import annotations

import re

from crawler.extract.names.given_names import is_given_name
from crawler.extract.names.labels import is_label
from crawler.extract.names.names import BARE, is_agency, is_person, people_in
from crawler.extract.page.anchor import Place
from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.witnesses.author_marks import LABEL, by_another
from crawler.extract.witnesses.by_words import CUT
from crawler.extract.witnesses.printed import DATE, says_date, spaced
from crawler.extract.witnesses.signed_lines import signed_line
from crawler.extract.witnesses.signers import JOINED, LIST, joined
from crawler.extract.wording import tidy

_TOPIC = re.compile(
    r"(?:^|[\s_-])(?:tags?|topics?|categor(?:y|ies)|kicker|breadcrumbs?|rubrik|menu)(?=$|[\s_-])|Tags", re.I
)
"""In the names of a box with a topic in it."""
_TEAM = re.compile(r"(?:The |Die )?(?:[\w.&'’-]+ ){1,3}(?:Team|Staff|Editors|Redaktion|Editorial Team|Contributors?)")
_CREDIT = re.compile(
    r"©|^(?:audio|video)\b|\b(?:photo|foto|fot|bild|image|picture|credit|getty|symbolbild|quelle|source|pixabay|unsplash)\b",
    re.I,
)
_LONGEST_SIGNED = 90
"""Characters of a line that is a name and what its bearer is."""
_SENTENCE = 40
"""Characters of a line that ends in a full stop and is a Chinese or Japanese sentence, no dateline."""
_SPLIT = re.compile(r"\s*(?:[|•●·⋅∙]|//|\s[-–—]\s|,\s)\s*")


def names_alone(layout: Layout, block: TextBlock, place: Place, host: str) -> tuple[str, tuple[str, ...]] | None:
    """The kind of a line that is but a name, several, or a name beside a date, with the names; None for any other.

    ``host`` is the site's: its name may stand beside that of who writes for it.
    """
    text = block.text
    size = len(text)
    if _is_of_something_else(layout, block, place):
        return None
    if size < 50 and _TEAM.fullmatch(text) and _is_team(text):
        return "a team", (text,)
    if size < _LONGEST_SIGNED and block.number <= place.start and (signed := signed_line(text, host)):
        return signed
    if size < 30 and is_agency(text):
        return "an agency's name", (text,)
    if size < 50 and (is_given_name(text) or _is_name(text)):
        return _one_of_lines(layout, block)
    if says_date(text):
        return None if size > _SENTENCE and text.endswith("。") else _beside_date(layout, block)
    names = LIST.split(text)
    if len(names) > 1 and all(map(_is_name, names)):
        return "names", tuple(names)
    return None


def _is_of_something_else(layout: Layout, block: TextBlock, place: Place) -> bool:
    """Whether it is the title, a topic, a credit, a caption, a link in a list, or credits its name with other work."""
    text = block.text
    return bool(
        block.level == 1
        or "figcaption" in block.box.inside
        or (block.box.classes and _TOPIC.search(block.box.classes))
        or _CREDIT.search(text)
        or (block.link_chars > 0.5 * len(text) and (block.tag == "li" or not place.under_title(block.number)))
        or by_another(layout, block, text)
    )


def _one_of_lines(layout: Layout, block: TextBlock) -> tuple[str, tuple[str, ...]] | None:
    """A line that is one name; with it the name two lines below that an "and" in a line of its own joins to it."""
    text, number = block.text, block.number
    before, *after = (tidy(b.text) for b in layout.blocks[max(0, number - 1) : number + 3])
    if len(after) > 2 and JOINED.fullmatch(after[1]) and BARE.fullmatch(after[2]):
        return "names", (text, after[2])
    if JOINED.fullmatch(before):
        return None  # the second of two, given with the first
    beside = layout.blocks[max(0, number - 1) : number + 2]
    dated = any(other is not block and len(other.text) < 60 and says_date(other.text) for other in beside)
    return "a name beside a date" if dated else "a name", (text,)


def _beside_date(layout: Layout, block: TextBlock) -> tuple[str, tuple[str, ...]] | None:
    """The first name among the parts of a line that holds a date, and those joined to it."""
    parts = [part for piece in (block.text, *block.pieces) for part in _SPLIT.split(LABEL.sub("", tidy(piece)))]
    for part in parts:
        name = CUT.split(part, maxsplit=1)[0].strip()
        if by_another(layout, block, name):
            continue
        if (_is_name(name) and not DATE.search(name)) or is_given_name(name):
            return "a name in a dateline", (name, *joined(spaced(block).partition(name)[2]))
    return None


def _is_name(text: str) -> bool:
    return BARE.fullmatch(text) is not None and is_person(text)


def _is_team(text: str) -> bool:
    return people_in(text) == (text,) and not is_label(text.removeprefix("The "))
