"""Links to this very story on another site: the address has the headline's words, the link shows an outlet's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from crawler.extract.address import slug_words
from crawler.extract.page import Page
from crawler.extract.page.blocks import Link
from crawler.extract.wording import fold, tidy, word_list
from crawler.model import Candidate

_OUTSIDE = frozenset({"nav", "footer", "header", "form", "aside"})
_SPELT, _SPELT_SHARE = 4, 0.7
"""Words of a headline, and the share of the address's, from which on one that is called a source is the story's."""
_SURE, _OF_HEADLINE = 5, 0.5
"""Words, and the share of the headline's, from which on one of which nothing is said is the story's."""
_LONG = 2
"""Letters of a word that say nothing of a story."""
_LINE, _BESIDE = 12, 4
"""Words of a line that a link is told in, and those beside the link: "The Courier · 3 hours ago". One in a sentence may
be of anything."""
_TRUST = 0.7
_LONGEST, _LOOKS = 700, 5000
"""Characters of an address, or of a line, that is looked at, and links of a page."""
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})
_ELSE_THERE = (
    ".reddit.com",
    ".ycombinator.com",
    ".lobste.rs",
    ".facebook.com",
    ".linkedin.com",
    ".tumblr.com",
    ".flipboard.com",
    ".github.com",
    ".gitlab.com",
    ".podcasts.apple.com",
    ".soundcloud.com",
    ".change.org",
)
"""Where an address that spells the headline is no report: the discussion of it, its draft, a recording, an appeal."""
_FILE = re.compile(
    r"\.(?:pdf|docx?|epub|jpe?g|png|gif|webp|avif|mp[34]|m4a|og[ag]|wav|webm|mov|md|txt|zip)(?:[?#]|$)", re.I
)
_ELSE = re.compile(
    r"\b(?:discuss\w*|comments?|petition|listen|podcast|edit|download|pdf|buy|tickets?|register|diskutieren|kommentare?"
    r"|anhören|bearbeiten|herunterladen|commentaires?|discuter|écouter|télécharger|comentarios?|escuchar|descargar"
    r"|comentários?|ouvir|baixar|commenti|ascolta|scarica|reacties|luister|kommentarer)\b",
    re.I,
)
"""What a link says that leads to something else of the story than a report."""
_PASSED_ON = re.compile(
    r"\b(?:also|auch|aussi|également|también|também|anche|ook|också|også|również|także|также|також)\b"
    r"|\b(?:re-?published|re-?printed|cross-?posted|syndicated|picked up|featured|seen) (?:by|in|on|at|to)\b"
    r"|\b(?:nachgedruckt|übernommen|übernahme|repris\w*|relayé\w*|reproducid[oa]|recogid[oa]|reproduzid[oa]|ripres[oa]"
    r"|overgenomen|перепечатано)\b",
    re.I,
)
"""What a line says that links to who took the story over, be it from here."""


def find_linked(page: Page, headline: str | None) -> Iterator[Candidate]:
    """The page on another site that a line of a few words links to; none where there are several."""
    if not headline:
        return
    words: frozenset[str] = frozenset()
    found: dict[str, Candidate] = {}
    for link in page.layout.links[:_LOOKS]:
        href = link.address
        if href[:4] != "http" or href.count("-") + href.count("_") < _SURE - 1 or not _may_name(page, link):
            continue
        words = words or _words(headline)
        if len(href) > _LONGEST or _spelt(href, words) < max(_SURE, _OF_HEADLINE * _length(headline)):
            continue
        shown = tidy(" ".join(link.element.itertext()))
        line = page.layout.blocks[link.first].text
        if _ELSE.search(shown) or _PASSED_ON.search(line):
            continue
        beside = len(line.split()) - len(shown.split())
        if shown and beside <= _BESIDE and fold(shown) != fold(headline):
            place = f"link “{shown[:80]}” to an address with the headline's words"
            found.setdefault(page.absolute(href) or href, Candidate(href, "dom", place, _TRUST))
    if len(found) == 1:
        yield from found.values()


def is_spelt(address: str, headline: str | None) -> bool:
    """Whether an address has the words of a headline."""
    return _spelt(address, _words(headline)) >= _SPELT


def _spelt(address: str, words: frozenset[str]) -> int:
    """How many of these words an address has; none where they are not most of it."""
    slug = {word for word in slug_words(address) if len(word) > _LONG}
    shared = len(slug & words)
    return shared if shared >= _SPELT_SHARE * len(slug) else 0


def _may_name(page: Page, link: Link) -> bool:
    """Whether it leads to another site and stands in a line of its own, and not in what every page of the site has."""
    here, address = page.layout.host, link.address
    if (here and here in address) or link.last != link.first or not link.box.inside.isdisjoint(_OUTSIDE):
        return False
    host = f".{address.partition('//')[2].partition('/')[0].lower()}"
    if host.endswith(_ELSE_THERE) or _FILE.search(address[:_LONGEST]):
        return False
    line = page.layout.blocks[link.first].text
    return len(line) <= _LONGEST and len(line.split()) <= _LINE


def _length(headline: str) -> int:
    return sum(len(word) > _LONG for word in word_list(headline))


def _words(headline: str | None) -> frozenset[str]:
    """The words of a headline, also as addresses write them that hold no accents."""
    listed = {word for word in word_list(headline or "") if len(word) > _LONG}
    bare = {"".join(sign for sign in unicodedata.normalize("NFKD", word) if sign.isalnum()) for word in listed}
    return frozenset(listed | bare | {word.translate(_SPELT_OUT) for word in listed})
