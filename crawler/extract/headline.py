"""Which of a page's titles is the headline of its article, by what speaks for each."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.extract.blocks import Layout
from crawler.extract.page import Page
from crawler.extract.titles import (
    before_bar,
    cut_title,
    end_cut,
    ends_title,
    names_site,
    separators,
    shown_part,
    site_names,
)
from crawler.extract.trust import trust
from crawler.extract.witnesses.printed import says_date
from crawler.extract.witnesses.url import slug_words
from crawler.extract.wording import fold, tidy, word_list
from crawler.model import Candidate

_LINES = frozenset(
    ("h2", "line", "line named so", "line of the address", "line part", "last line above the text",
     "last but one line above the text")
)  # fmt: skip
_SHOWN = _LINES | {"h1", "h1 part"}
"""Places of titles that are lines of the page; the others are its data."""
_LIKE_TITLE = frozenset(f"{manner} the page's title" for manner in ("in", "like", "partly", "unlike"))
_SEARCH = ("og:title", "twitter:title", "title")
_SOFT = "\xad"
"""A hyphen that only says where a word may break; of two spellings, the one without it is kept."""
_FURNITURE = frozenset(("nav", "footer", "aside", "form", "dialog"))
_LINE = 100
"""Characters of the longest line that dates an article."""
_LONGEST = 350
"""Characters of the longest line that may be a headline."""


@dataclass(slots=True)
class Title:
    """One of a page's titles, with the witnesses that give it and the grounds that speak for and against it."""

    value: str
    witnesses: list[Candidate] = field(default_factory=list)
    grounds: set[str] = field(default_factory=set)


def resolve_headline(page: Page, layout: Layout, said: dict[str, list[Candidate]]) -> tuple[str, Candidate, str] | None:
    """The article's headline, the witness it comes from and why.

    A title in the page's data loses the site's name, or keeps only the part that the page also shows as a line of its
    own. Equal titles are one; the title whose grounds weigh most is the headline.
    """
    titles = find_titles(page, layout, said)
    if not titles:
        return None
    best = max(titles, key=lambda title: trust("headline", title.grounds))
    winner = max(best.witnesses, key=lambda witness: witness.confidence)
    sources = sorted({witness.source for witness in best.witnesses})
    reason = f"{' and '.join(sources)} agree" if len(sources) > 1 else "the most trusted title"
    return best.value, winner, reason


def find_titles(page: Page, layout: Layout, said: dict[str, list[Candidate]]) -> list[Title]:
    """Every title the witnesses give, equal ones together."""
    lines = visible_lines(layout)
    names = site_names(page, said)
    candidates = [c for c in said.get("headline", ()) if fold(c.value) and len(c.value) <= _LONGEST]
    whole = {fold(c.value) for c in candidates if c.place in _SHOWN}
    found: dict[str, Title] = {}
    for candidate in candidates:
        for value, ground in _readings(candidate, lines, names, whole):
            if key := fold(value):
                title = found.setdefault(key, Title(value))
                title.witnesses.append(candidate)
                title.grounds.add(ground)
                shown = candidate.place in _SHOWN and not candidate.place.endswith(" part")
                if (_SOFT not in value, shown) > (_SOFT not in title.value, False):
                    title.value = value
    given = [c.value for c in candidates if c.place in _SEARCH]
    context = _Context(page, layout, lines, names, given)
    shares = {key: context.in_slug(key) for key in found} if len(context.slug) > 2 else {}
    most = max(shares.values(), default=0.0)
    for key, title in found.items():
        title.grounds.update(context.grounds(key, title, shares.get(key)))
        if most > 0.3:
            full = shares[key] > most - 0.01
            title.grounds.add("most of the address" if full else "less of the address than others")
        if fold(cut_title(title.value, names)) != key:
            title.grounds.add("ends in the site's name")
    _compare(found)
    return list(found.values())


def _compare(titles: dict[str, Title]) -> None:
    """Add what the titles say of each other: how often the data gives each, how each stands to the only heading."""
    only = next((key for key, title in titles.items() if "h1, the only one" in title.grounds), None)
    words = set(word_list(only or ""))
    headed = any(ground.startswith("h1") for title in titles.values() for ground in title.grounds)
    for key, title in titles.items():
        given = len({witness.place for witness in title.witnesses if witness.place not in _SHOWN})
        times = "never" if not given else "once" if given == 1 else "twice" if given == 2 else "often"
        if key == only:
            title.grounds.add(f"h1, the only one, {times} in the data")
        elif only is not None:
            own = set(word_list(key))
            alike = len(own & words) / (len(own | words) or 1)
            manner = "a part" if key in only else "more" if only in key else "like" if alike > 0.5 else "unlike"
            title.grounds.update((f"{manner} beside the only h1", f"{times} in the data, beside the only h1"))
            title.grounds.add(f"{_relation(key, only)} the only h1")
        else:
            title.grounds.add(f"{times} in the data")
            if not headed:
                title.grounds.add(f"no h1, {times} in the data")
                if not _LINES.isdisjoint(title.grounds):
                    title.grounds.update(f"a line, {ground}" for ground in _LIKE_TITLE & title.grounds)


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
                poor = block.link_chars > 0.5 * len(block.text) or not block.box.inside.isdisjoint(_FURNITURE)
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


class _Context:
    """What a title is held against: the page's lines, its own title, its address, and where its text begins."""

    def __init__(self, page: Page, layout: Layout, lines: dict[str, int], names: set[str], given: list[str]) -> None:
        self.blocks, self.lines, self.names, self.given = layout.blocks, lines, names, given
        self.words = [set(word_list(title)) for title in given]
        self.slug = [word for word in slug_words(page.url) if len(word) > 2]
        self.start = page.place.start

    def grounds(self, key: str, title: Title, share_of_slug: float | None) -> set[str]:
        """What speaks for and against a title, but for where it was found.

        ``share_of_slug`` is the share of the address's words that it holds; None where the address has hardly any.
        """
        words = word_list(key)
        own = set(words)
        found: set[str] = set()
        sources = {witness.source for witness in title.witnesses}
        if len(sources) > 1:
            found.add("two kinds of witness" if len(sources) == 2 else "three kinds of witness")
        number = self.lines.get(key)
        parts = {witness.place for witness in title.witnesses if witness.place.endswith(" part")}
        if number is None and parts:
            found.add("shown in a heading" if "h1 part" in parts else "shown in a line")
        if number is not None:
            found.add("shown")
            block = self.blocks[number]
            if block.link_chars > 0.5 * len(block.text):
                found.add("a link")
            if not block.box.inside.isdisjoint(_FURNITURE):
                found.add("in the page's furniture")
            elif "header" in block.box.inside:
                found.add("in a header")
            following = self.blocks[number + 1 : number + 4]
            if any(len(other.text) < _LINE and says_date(other.text) for other in following):
                found.add("a date follows")
            if block.box.words < -1:
                found.add("named like furniture")
            elif block.box.words > 1:
                found.add("named like content")
            distance = self.start - number
            found.add(
                "shown, far above the text"
                if distance > 30
                else "shown above the text"
                if distance > 8
                else "shown shortly above the text"
                if distance > 1
                else "shown right above the text"
                if distance == 1
                else "shown in the text"
                if distance > -3
                else "shown below the text"
            )
        if not own or len(key) < 4:
            found.add("nearly no letters")
        elif len(words) == 1:
            found.add("one word")
        elif len(words) == 2:
            found.add("two words")
        elif len(key) > 120:
            found.add("long")
        ends = any(ends_title(given, key) for given in self.given)
        if names_site(title.value, self.names):
            found.add("names the site")
            if number is not None:
                found.add("a line that names the site")
        elif ends:
            found.add("ends the page's title")
            if number is not None:
                found.add("a line that ends the page's title")
        if self.words and own and not ends:
            share = max(len(own & others) / len(own) for others in self.words)
            found.add(
                "in the page's title"
                if share > 0.99
                else "like the page's title"
                if share >= 0.6
                else "partly the page's title"
                if share >= 0.3
                else "unlike the page's title"
            )
        if share_of_slug is not None and own:
            manner = "in" if share_of_slug > 0.79 else "partly in" if share_of_slug > 0.39 else "not in"
            found.add(f"{manner} the address")
        found.update(f"holds {separator}" for separator in separators(title.value))
        if title.value.endswith(("…", "...")):
            found.add("cut short")
        if title.value.isupper():
            found.add("in capitals")
        return found

    def in_slug(self, key: str) -> float:
        """The share of the address's words that a title holds."""
        words = " ".join(word_list(key))
        return sum(word in words for word in self.slug) / (len(self.slug) or 1)
