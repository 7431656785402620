"""Whether one text took enough from another to tell the same story, and which of the two was first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.model import Alignment, Article, Link
from crawler.stories.align import align_worded, link_sentences, turn
from crawler.stories.forms import of_one_form
from crawler.stories.outlets import address_of, page_of, sites_of
from crawler.stories.proof import is_proof, taken
from crawler.stories.recaptures import address
from crawler.stories.timing import as_of
from crawler.stories.wording import Wording

_ALONE = 0.5
"""Share of the shorter of two texts of one site from which on their common sentences are more than the house's own."""
_ENDING = 0.75
"""The same where both end with them."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article and its sentences, boilerplate left out."""

    article: Article
    sentences: Sequence[Wording]


@dataclass(frozen=True, slots=True)
class Relation:
    """Two texts of which one took from the other; ``one`` and ``other`` are their numbers.

    ``direction`` is ``original``, ``one`` being the first of them, or ``undecided``; ``pairs`` are the numbers of their
    common sentences.
    """

    one: int
    other: int
    direction: str
    pairs: tuple[tuple[int, int], ...]
    alignment: Alignment | None = None
    """Of ``other`` as the copy with ``one`` as the original."""
    is_version: bool = False
    """True for two captures of one page, or of another form of it: for telephones, for printing."""


def relate(one: int, other: int, mine: Text, yours: Text) -> Relation | None:
    """How two texts hang together; None where neither took enough from the other."""
    alignment = align_worded(mine.article, yours.article, mine.sentences, yours.sentences)
    if not _share(mine, yours, alignment.links):
        return None
    form = _form(mine.article, yours.article)
    version = form is not None or _are_versions(mine.article, yours.article)
    direction = form or (_captured_first(mine.article, yours.article) if version else alignment.direction)
    if direction == "copy":
        # Which sentences are matched depends a little on which text is taken for the copy.
        one, other, direction = other, one, "original"
        alignment = turn(alignment, yours.sentences, mine.sentences)
    return Relation(one, other, direction, taken(alignment.links), alignment, version)


def hang_together(mine: Text, yours: Text) -> bool:
    """True where :func:`relate` finds a relation, without asking who was first."""
    return _share(mine, yours, link_sentences(mine.sentences, yours.sentences))


def _share(mine: Text, yours: Text, links: Sequence[Link]) -> bool:
    if _are_versions(mine.article, yours.article):
        return is_proof(mine.sentences, yours.sentences, links)
    links = _without_house_lines(mine, yours, links)
    return is_proof(mine.sentences, yours.sentences, links) and not of_one_form(
        mine.sentences, yours.sentences, taken(links)
    )


def _without_house_lines(mine: Text, yours: Text, links: Sequence[Link]) -> Sequence[Link]:
    """Leave out what two texts of one site have word for word in common, unless it is most or they begin alike too.

    It is lines on the house or its author, or the background that it prints in every report of one subject. Where it is
    how both end it may be more: short reports end with as many lines on the house as they have themselves.
    """
    if not sites_of(mine.article) & sites_of(yours.article) or any(map(_begins_alike, links)):
        return links
    equal = [link for link in links if link.method == "exact"]
    common = sum(mine.sentences[link.original[0]].size for link in equal)
    shorter = min(sum(sentence.size for sentence in text.sentences) for text in (mine, yours))
    most = _ENDING if _is_ending(equal, mine, yours) else _ALONE
    return links if common >= most * shorter else [link for link in links if link.method != "exact"]


def _begins_alike(link: Link) -> bool:
    """Whether a text begins with what stands in the other, or in other words both begin so.

    A sentence somewhere that is only worded like the first is no beginning.
    """
    begins = 0 in link.original or 0 in link.copy
    alike = 0 in link.original and 0 in link.copy and taken([link])
    return begins and (link.label in ("verbatim", "edited") or bool(alike))


def _is_ending(equal: Sequence[Link], mine: Text, yours: Text) -> bool:
    """Whether the sentences that are equal are the last ones of both texts."""
    ends = (({link.original[0] for link in equal}, mine), ({link.copy[0] for link in equal}, yours))
    return all(sorted(found) == list(range(len(text.sentences)))[-len(found) :] for found, text in ends if found)


def _are_versions(one: Article, other: Article) -> bool:
    mine = address(one)
    return mine is not None and mine == address(other)


def _form(one: Article, other: Article) -> str | None:
    """Which of two pages of a site is what the other calls its address: ``original``, ``copy``, or None."""
    if not sites_of(one) & sites_of(other):
        return None
    mine, yours = (address_of(page_of(article) or "") for article in (one, other))
    said = [address_of(article.canonical_url or "") for article in (one, other)]
    if mine == yours or (said[1] == mine) == (said[0] == yours):
        return None
    return "original" if said[1] == mine else "copy"


def _captured_first(one: Article, other: Article) -> str:
    return "original" if (as_of(one) or "") <= (as_of(other) or "") else "copy"
