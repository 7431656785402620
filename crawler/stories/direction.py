"""Which of two texts came first, with the reasons and their weights; undecided where the reasons do not suffice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from crawler.model import Article, Coverage, Link, Reason
from crawler.stories.credit import credited_people, credits_other
from crawler.stories.outlets import name_of, sites_of
from crawler.stories.third_houses import is_from_elsewhere, shared_house
from crawler.stories.timing import published_first
from crawler.stories.traces import pairs_of, traces
from crawler.stories.wording import Wording

DECIDED = 0.75
"""Sum of weights from which on the direction counts as known."""
_WITHIN = 0.7
"""What the texts alone can say at most: one that lies within another may be its excerpt or its first version, so it is
decided only where the pages say something too."""
_CLOSE = 0.2
"""How near to a decision the sum must be for the texts to be asked again the other way round: which sentences are
matched depends a little on which text is taken for the copy, and who copied whom must not."""
NAMING = 0.8
"""Weight from which on a single reason is a naming: an address, a credit, an attribution. Where both texts credit a
third house, each may have taken it from there, and nothing else tells that one is the other's source."""


def find_direction(
    original: Article,
    copy: Article,
    originals: Sequence[Wording],
    copies: Sequence[Wording],
    links: Sequence[Link],
    coverage: Coverage,
    turned: Callable[[], tuple[Sequence[Link], Coverage]],
) -> tuple[str, tuple[Reason, ...]]:
    """``original``, ``copy`` or ``undecided``, and the reasons, weightiest first; none where nothing was copied.

    Positive weights speak for ``original`` having been first. ``turned`` gives links and coverage of the same texts
    with their roles exchanged.
    """
    pairs = pairs_of(links)
    if not pairs:
        return "undecided", ()
    timed = published_first(original, copy)
    namings = [*credits_other(original, copy), *_turned(credits_other(copy, original))]
    told = [*filter(None, (timed,)), *namings, *_of_people(original, copy)]
    # A house's own report grows as often as it is cut; when it did so its pages say.
    if timed and sites_of(original) & sites_of(copy):
        told.sort(key=lambda reason: -abs(reason.weight))
        return _direction(_sum(told)), tuple(told)
    shown = [*_containment(original, copy, coverage), *traces(originals, copies, pairs)]
    reasons = [*told, *shown]
    total = _sum(told) + _within(shown)
    if abs(abs(total) - DECIDED) <= _CLOSE:
        links, coverage = turned()
        back = [*_containment(copy, original, coverage), *traces(copies, originals, pairs_of(links))]
        change = round((-_within(back) - _within(shown)) / 2, 2)
        if change:
            total += change
            reasons.append(
                Reason(
                    "read the other way round, the texts themselves weigh otherwise; the mean counts",
                    change,
                    f"{_within(shown):+.2f} and {-_within(back):+.2f}",
                )
            )
    named = any(abs(reason.weight) >= NAMING for reason in namings)
    if not named and (why := _may_be_from_a_third(original, copy, total)):
        total = max(-_WITHIN, min(_WITHIN, total))
        reasons.append(why)
    reasons.sort(key=lambda reason: -abs(reason.weight))
    return _direction(total), tuple(reasons)


def _may_be_from_a_third(original: Article, copy: Article, total: float) -> Reason | None:
    """Why neither need be the other's source, whichever is earlier by ``total``."""
    if shared := shared_house(original, copy):
        return Reason(f"both credit {shared}, so neither need be the other's source", 0.0, shared)
    earlier = original if total > 0 else copy
    if abs(total) >= DECIDED and is_from_elsewhere(earlier) and not sites_of(original) & sites_of(copy):
        name = name_of(earlier, "the earlier text")
        text = f"{name} says that the story stood elsewhere first, so the other may have it from there"
        return Reason(text, 0.0, " ".join(earlier.original_urls[:1]) or name)
    return None


def _direction(total: float) -> str:
    return "original" if total >= DECIDED else "copy" if total <= -DECIDED else "undecided"


def _of_people(original: Article, copy: Article) -> Iterator[Reason]:
    """What the pages say of who wrote the text and took its pictures."""
    yield from credited_people(original, copy)
    yield from _turned(credited_people(copy, original))


def _sum(reasons: Sequence[Reason]) -> float:
    return sum(reason.weight for reason in reasons)


def _within(shown: Sequence[Reason]) -> float:
    return max(-_WITHIN, min(_WITHIN, _sum(shown)))


def _turned(reasons: Iterator[Reason]) -> Iterator[Reason]:
    return (replace(reason, weight=-reason.weight) for reason in reasons)


def _containment(original: Article, copy: Article, coverage: Coverage) -> Iterator[Reason]:
    """A text that lies within a longer one is more often cut from it than grown into it."""
    more = coverage.of_copy - coverage.of_original
    if abs(more) < 0.15:
        return
    inner, outer = (copy, original) if more > 0 else (original, copy)
    within, without = sorted((coverage.of_copy, coverage.of_original), reverse=True)
    names = name_of(inner, "one text"), name_of(outer, "the other")
    yield Reason(
        f"{within:.0%} of the text of {names[0]} is in that of {names[1]}, {without:.0%} the other way",
        round(max(-0.5, min(0.5, more)), 2),
        f"coverage of_copy {coverage.of_copy}, of_original {coverage.of_original}",
    )
