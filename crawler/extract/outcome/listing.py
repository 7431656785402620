"""Lists of stories: feeds, front pages, section fronts, tag, author and search pages."""

from __future__ import annotations

import re
from itertools import takewhile
from urllib.parse import urlsplit

from crawler.extract.outcome.sight import BRIEF, SHORT, STUB, Sight, phrases
from crawler.extract.outcome.teasers import beside_teasers, linked_headlines, teaser_around, under_linked_headings

_FEEDS = {"rss": "RSS", "rdf:rdf": "RSS", "feed": "Atom"}
"""Root elements of feeds."""
_LISTS = frozenset({"collectionpage", "searchresultspage", "itemlist", "profilepage"})
_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|thema|sujets?|temas?|stichwort|schlagwort\w*|keywords?|mots-cles|etiquetas?|argomenti?|categor(?:y|ies|ia|ias|ie)|kategorie\w*|rubrik\w*"
    r"|rubriques?|sections?|secciones|ressorts?|search|suche?|recherche|buscar|busca|cerca|zoeken|sok|haku|szukaj|hledat|поиск|archives?|archiv|archivo"
    r"|authors?|autor(?:en|es)?|auteurs?|latest|newest|live-ticker)(?:/[^/]*){0,2}/?$",
    re.I,
)
_ROOT = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:home(?:-?page)?|front-?page|index|default|main|startseite|accueil|inicio|portada|forside)(?:\.\w{2,5})?/?)?",
    re.I,
)
"""Paths of a site's front."""
_QUERY = re.compile(r"(?:^|&)(?:s|q|query|search|suche|recherche|keyword|keywords|k|text)=", re.I)
_TITLED = phrases("listing", "titled")
_STORY = re.compile(r"\d{5,}|\d{4}/\d\d|(?<![^/-])(?:[^/-]+-+){3}[^/-]", re.I)
_FRONT = "the address is a site's front page"
_CARDS = 8
"""Linked headlines from which a page may be a list."""
_FEW_CARDS = 3
"""Linked headlines from which it may be one that has no text of its own."""
_TEASERS, _TEASER = 4, 400
"""Boxes with a headline and a few words that make a list, and the characters of one on average."""
_PROSE = 600
"""Characters outside of such boxes that are an article's own."""
_LINKS = 0.2
"""Share of the visible text that links have on a front, and less often beside a text at a front's address."""


def feed(sight: Sight) -> str | None:
    """Why what came is a feed, whatever its Content-Type; None where it is a page."""
    root = next(sight.page.tree.iterfind("./body/*"), None)
    kind = _FEEDS.get(root.tag) if root is not None and isinstance(root.tag, str) else None
    return f"it is a feed ({kind})" if kind else None


def listing(sight: Sight) -> str | None:
    """Why the page is a list of stories; None where it is none."""
    addressed = _addressed(sight)
    if (
        addressed == _FRONT
        and not (sight.is_declared and not _says_website(sight))
        and (not sight.dated or sight.link_share > _LINKS)
    ):
        return addressed
    if sight.claims and sight.size >= SHORT and not (sight.linked_types & _LISTS or addressed):
        return None
    if not sight.claims and not sight.dated and sight.link_share > 0.6 and sight.size < STUB + 300:
        return f"{sight.link_share:.0%} of the visible text are links"
    if sight.size >= 5 * STUB:
        return None
    if not sight.claims:
        told, under = under_linked_headings(sight)
        own, least = (BRIEF, _CARDS) if sight.dated else (SHORT, _FEW_CARDS)
        if under >= least and sight.size - told < own and told < _TEASER * under:
            return f"{told} of its {sight.size} characters stand under {under} headings that lead on within the site"
    if not sight.is_declared and _TITLED.fullmatch(sight.headline or "") and _holds_entries(sight):
        return f"its headline is that of a list ({sight.headline})"
    cards = linked_headlines(sight)
    if cards < _FEW_CARDS:
        return None
    beside, teasers = beside_teasers(sight)
    if cards < _CARDS:
        alone = beside > 0.7 and teasers > 1 and (1 - beside) * sight.size < 2 * BRIEF
        alone = alone and not sight.claims and not sight.dated
        return f"{beside:.0%} of its text are teasers beside {cards} linked headlines" if alone else None
    if (1 - beside) * sight.size >= _PROSE:
        return None
    if addressed and beside > 0.3:
        return f"{addressed}, and {cards} linked headlines"
    if sight.linked_types & _LISTS and "newsarticle" not in sight.linked_types and beside > 0.3:
        return (
            f"JSON-LD calls it a {', '.join(sorted(sight.linked_types & _LISTS))}, and it has {cards} linked headlines"
        )
    if sight.dated and _is_brief_above_teasers(sight, round((1 - beside) * sight.size)):
        return None
    if beside > 0.7 and teasers >= _TEASERS and sight.size / teasers < _TEASER and not (sight.claims and sight.dated):
        return f"{beside:.0%} of its text are teasers beside {cards} linked headlines"
    return None


def _holds_entries(sight: Sight) -> bool:
    """Whether most of the text are several lines with a link, or under one."""
    entries = [len(b.text) for b in sight.body.chosen if b.links or teaser_around(sight, b) is not None]
    return len(entries) >= _FEW_CARDS and 2 * sum(entries) > sight.size


def _says_website(sight: Sight) -> bool:
    """Whether ``og:type`` calls it a site and no data an article: systems date a front like all they keep."""
    types = {kind.strip().lower() for kind in sight.page.meta.get("og:type", ())}
    return "website" in types and not any("article" in kind or "posting" in kind for kind in sight.linked_types)


def _is_brief_above_teasers(sight: Sight, own: int) -> bool:
    """Whether most of the ``own`` words of a page stand above its first teaser, as those of a brief do."""
    above = list(takewhile(lambda block: teaser_around(sight, block) is None, sight.body.chosen))
    return max(BRIEF, own / 2) <= sum(len(block.text) for block in above) < STUB


def _addressed(sight: Sight) -> str | None:
    """What the address says of the page's kind."""
    try:
        parts = urlsplit(sight.page.address)
    except ValueError:
        return None
    if not parts.query and _ROOT.fullmatch(parts.path):
        return _FRONT if parts.netloc else None
    if _QUERY.search(parts.query) and not _STORY.search(parts.path):
        return "the address asks a question"
    if _PATH.search(parts.path) and not _STORY.search(parts.path.rpartition("/")[2]):
        return f"the address is that of a list ({parts.path})"
    return None
