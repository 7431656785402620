"""Which of a page's titles is the headline of its article, by what speaks for each."""

from __future__ import annotations

import re

from crawler.extract.headline.logo import without_logo
from crawler.extract.headline.spelling import given_alike, is_clean
from crawler.extract.headline.title_grounds import FURNITURE, Title, TitleContext
from crawler.extract.headline.titles import (
    before_bar,
    cut_title,
    end_cut,
    shown_part,
    site_names,
)
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.trust import trust
from crawler.extract.witnesses.shared import SHARE_LINK
from crawler.extract.wording import fold, tidy, word_list
from crawler.model import Candidate

_LINES = frozenset(
    ("h2", "line", "line named so", "line of the address", "line part", "last line above the text",
     "last but one line above the text")
)  # fmt: skip
_SHOWN = _LINES | {"h1", "h1 part"}
"""Places of titles that are lines of the page; the others are its data."""
_NOT_GIVEN = _SHOWN | {SHARE_LINK}
"""Places of titles that are not the page's data."""
_LIKE_TITLE = frozenset(f"{manner} the page's title" for manner in ("in", "like", "partly", "unlike"))
_SEARCH = ("og:title", "twitter:title", "title")
_META = frozenset(("og:title", "twitter:title"))
_KICKER = 5
"""Characters of the shortest kicker: an article before the headline is none."""
_TELLING = 12
"""Characters from which on a title is told from the words around it."""
_MOST_MORE = 4
"""Places of the data that a title is given at more often than another, from which on it is all the same."""
_LEAST = -1.0
"""Trust below which a title is hardly one, and stands for no logo."""
_CUT = 55
"""Characters from which on systems cut titles short."""
_LEADING_DAY = re.compile(
    r"^(?:原创|原創|转载|轉載|置顶|置頂)\s?(?=\S)"
    r"|^(?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,9}\.?|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?:,? \d{4})?,?\s+"
)
"""What a heading holds before the headline: a day, or a badge that says whose the text is."""
_LONGEST = 350
"""Characters of the longest line that may be a headline."""


def resolve_headline(page: Page, layout: Layout, said: dict[str, list[Candidate]]) -> tuple[str, Candidate, str] | None:
    """The article's headline, the witness it comes from and why.

    A title in the page's data loses the site's name, or keeps only the part that the page also shows as a line of its
    own. Equal titles are one; the title whose grounds weigh most is the headline.
    """
    titles = find_titles(page, layout, said)
    if not titles:
        return None
    best = max(titles, key=_trusted)
    if others := without_logo(page, layout, titles, best, site_names(page, said)):
        other = max(others, key=_trusted)
        best = other if _trusted(other) > _LEAST else best
    if all(witness.place in _LINES for witness in best.witnesses):
        best = given_alike(titles, best) or best
    winner = max(best.witnesses, key=lambda witness: witness.confidence)
    sources = sorted({witness.source for witness in best.witnesses})
    reason = f"{' and '.join(sources)} agree" if len(sources) > 1 else "the most trusted title"
    return best.value, winner, reason


def _trusted(title: Title) -> float:
    return trust("headline", title.grounds)


def find_titles(page: Page, layout: Layout, said: dict[str, list[Candidate]]) -> list[Title]:
    """Every title the witnesses give, equal ones together."""
    lines = visible_lines(layout)
    names = site_names(page, said)
    candidates = [c for c in said.get("headline", ()) if fold(c.value) and len(c.value) <= _LONGEST]
    every = {fold(c.value) for c in candidates}
    candidates = [c for c in candidates if _without_day(c.value) not in every or _without_day(c.value) == fold(c.value)]
    whole = {fold(c.value) for c in candidates if c.place in _SHOWN}
    found: dict[str, Title] = {}
    for candidate in candidates:
        for value, ground in _readings(candidate, lines, names, whole):
            if key := fold(value):
                title = found.setdefault(key, Title(value))
                title.witnesses.append(candidate)
                title.grounds.add(ground)
                shown = candidate.place in _SHOWN and not candidate.place.endswith(" part")
                if (is_clean(value), shown) > (is_clean(title.value), False):
                    title.value = value
    given = [c.value for c in candidates if c.place in _SEARCH]
    context = TitleContext(page, layout, lines, names, given)
    shares = {key: context.in_slug(key) for key in found} if len(context.slug) > 2 else {}
    most = max(shares.values(), default=0.0)
    for key, title in found.items():
        title.grounds.update(context.grounds(key, title, shares.get(key)))
        if most > 0.3:
            full = shares[key] > most - 0.01
            title.grounds.add("most of the address" if full else "less of the address than others")
        if fold(cut_title(title.value, names)) != key:
            title.grounds.add("ends in the site's name")
    _ground_shared(found, [fold(c.value) for c in candidates if c.place == SHARE_LINK])
    _compare(found)
    return list(found.values())


def _without_day(value: str) -> str:
    """A title as it is compared, without a day or a badge at its beginning."""
    return fold(_LEADING_DAY.sub("", value, count=1))


def _ground_shared(titles: dict[str, Title], shared: list[str]) -> None:
    """Add to titles that the links that share the page hold them, beside other words."""
    for text in shared:
        within = [key for key in titles if key != text and len(key) > _TELLING and key in text]
        if within:
            titles[max(within, key=len)].grounds.add(SHARE_LINK)


def _compare(titles: dict[str, Title]) -> None:
    """Add what the titles say of each other: how often the data gives each, how each stands to the only heading."""
    only = next((key for key, title in titles.items() if "h1, the only one" in title.grounds), None)
    shared = next((key for key, title in titles.items() if "og:title" in title.grounds), None)
    headed = any(ground.startswith("h1") for title in titles.values() for ground in title.grounds)
    for key, title in titles.items():
        given = _times_given(title)
        times = "never" if not given else "once" if given == 1 else "twice" if given == 2 else "often"
        if key == only:
            title.grounds.add(f"h1, the only one, {times} in the data")
        elif only is not None:
            title.grounds.add(f"{times} in the data, beside the only h1")
            _hold_against(titles[only], only, title, key)
        else:
            title.grounds.add(f"{times} in the data")
            if not headed:
                title.grounds.add(f"no h1, {times} in the data")
                if not _LINES.isdisjoint(title.grounds):
                    title.grounds.update(f"a line, {ground}" for ground in _LIKE_TITLE & title.grounds)
                if shared not in (None, key):
                    kind = "a line" if any(witness.place in _LINES for witness in title.witnesses) else "data"
                    title.grounds.add(f"no h1, {kind}: {_relation(key, shared)} og:title")
        if title.value.endswith(("…", "...")) and (len(key) > _CUT or any(_goes_on(key, other) for other in titles)):
            title.grounds.add("cut short")


def _hold_against(heading: Title, only: str, title: Title, key: str) -> None:
    """Add what another title and the only heading say of each other."""
    own, words = set(word_list(key)), set(word_list(only))
    alike = len(own & words) / (len(own | words) or 1)
    manner = "a part" if key in only else "more" if only in key else "like" if alike > 0.5 else "unlike"
    relation = _relation(key, only)
    title.grounds.update((f"{manner} beside the only h1", f"{relation} the only h1"))
    if "og:title" in title.grounds:
        more = max(1 - _MOST_MORE, min(_MOST_MORE, _times_given(title) - _times_given(heading)))
        title.grounds.add(f"og:title, {more:+d} in the data to the only h1")
    if relation == "the end of" and len(only) - len(key) > _KICKER and not _META.isdisjoint(title.grounds):
        title.grounds.add("meta title, the only h1 has a kicker before it")
        heading.grounds.add("h1, the only one, with a kicker before a meta title")


def _times_given(title: Title) -> int:
    """At how many places the page's data give a title."""
    return len({witness.place for witness in title.witnesses if witness.place not in _NOT_GIVEN})


def _goes_on(key: str, other: str) -> bool:
    """Whether another title has more words where one breaks off, and not only the site's name."""
    return other.startswith(key) and other[len(key) :].lstrip(". ")[:1].isalnum()


def _relation(key: str, other: str) -> str:
    """How a title's words stand to another's."""
    own, words = word_list(key), word_list(other)
    if own == words:
        return "the words of"
    if words[: len(own)] == own:
        return "the beginning of"
    if words[-len(own) :] == own:
        return "the end of"
    if own[: len(words)] == words:
        return "more after"
    if own[-len(words) :] == words:
        return "more before"
    shared = len(set(own) & set(words))
    return "half of" if shared * 2 >= len(words) else "some of" if shared else "nothing of"


def visible_lines(layout: Layout) -> dict[str, int]:
    """The page's short blocks, compared form to number; of equal ones the first that is no link, nor furniture."""
    lines: dict[str, int] = {}
    weak: set[str] = set()
    for block in layout.blocks:
        if len(block.text) <= _LONGEST:
            key = block.folded
            if key not in lines or key in weak:
                poor = block.link_chars > 0.5 * len(block.text) or not block.box.inside.isdisjoint(FURNITURE)
                if key not in lines or not poor:
                    lines[key] = block.number
                    (weak.add if poor else weak.discard)(key)
    return lines


def _readings(candidate: Candidate, lines: dict[str, int], names: set[str], whole: set[str]) -> list[tuple[str, str]]:
    """What a candidate may mean, each with its ground: as it stands, without the site's name, the part shown."""
    value, place = tidy(candidate.value), _ground(candidate)
    if candidate.place in _SHOWN or fold(value) in whole:
        cut = cut_title(value, names)
        readings = [(value, place)] if cut == value else [(value, place), (cut, f"{place}, cut")]
        if candidate.place == "h1" and (start := before_bar(cut)):
            readings.append((start, "h1, what stands before a bar"))
        return readings
    cut = cut_title(value, names)
    readings = [(cut, place)]
    part = shown_part(value, lines, names)
    if part and fold(part) != fold(cut):
        readings.append((part, f"{place}, the part shown"))
    if candidate.place == "title":
        readings += [(rest, f"title, its {end} part off") for rest, end in end_cut(cut) if rest != part]
    return readings


def _ground(candidate: Candidate) -> str:
    place = candidate.place
    if candidate.source == "json-ld" and not place.startswith("WebPage"):
        rank = "" if candidate.confidence > 0.8 else ", of another article"
        key = place.rpartition(".")[2]
        return f"json-ld {key}" + (rank if key == "headline" else "")
    if candidate.source == "app-state":
        return "app-state"
    if place == "h1":
        return "h1, the only one" if candidate.confidence > 0.8 else "h1, one of several"
    if candidate.source == "meta" and place not in ("og:title", "twitter:title"):
        return "another meta title"
    return place
