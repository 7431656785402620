"""Searching the catalogue: stories and articles by words, outlet, date and outcome, sorted and in pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from crawler.archive.surt import surt
from crawler.model.address import host_of
from crawler.replay.address import AddressError, archived_url
from crawler.web.catalogue import Catalogue
from crawler.web.words import fts_query

PAGE = 50
"""Results on a page."""
MATCHES = 5_000
"""Articles looked at where so many have the words; the latest entered."""
_MOST_PAGES = 2000
"""The last page that can be asked for: SQLite would count through all before it."""
_FEW = 2000
"""Rows that are sorted sooner than an order is walked."""
_SCHEME = re.compile(r"https?(?::|%3a)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?(?::|%3a)\S+|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?]\S*)?)", re.IGNORECASE)
"""What may be the address of a page or a site: with its scheme, or a name with dots."""
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_MOST_SITES = 500
"""Sites of one domain that are looked through."""
_STORY_ORDERS = {
    "captured": ("captured_at DESC", "last captured"),
    "published": ("published DESC", "first published"),
    "articles": ("articles DESC, published DESC", "most copies"),
    "headline": ("headline", "headline"),
}
_ARTICLE_ORDERS = {
    "captured": ("captured_at DESC", "last captured"),
    "published": ("published DESC", "last published"),
    "outlet": ("outlet, published DESC", "outlet"),
    "headline": ("headline", "headline"),
}


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty strings mean anything. ``since`` and ``until`` are dates of publication, inclusive."""

    words: str = ""
    outlet: str = ""
    outcome: str = ""
    since: str = ""
    until: str = ""
    collection: str = ""
    sort: str = "captured"
    page: int = 1
    unread: tuple[str, ...] = ()
    """What was asked for and makes no sense, as sentences: the list is not narrowed by it."""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Search:
        """The search in a request's arguments."""
        page = given.get("page", "1")
        asked = {name: given.get(name, "").strip() for name in ("since", "until")}
        bad = [name for name, written in asked.items() if written and not _is_date(written)]
        words = given.get("q", "")[:400].strip()
        wordless = [f"words: “{words[:40]}” holds no letter and no digit"] if words and not fts_query(words) else []
        dates = ["" if name in bad else written for name, written in asked.items()]
        return cls(
            unread=(
                *wordless,
                *(f"{name}: “{asked[name][:40]}” is no date; write 2024, 2024-03 or 2024-03-15" for name in bad),
            ),
            words=words, outlet=given.get("outlet", ""), outcome=given.get("outcome", ""),
            since=dates[0], until=dates[1], collection=given.get("collection", ""),
            sort=given.get("sort", "captured"),
            page=min(max(1, int(page)), _MOST_PAGES) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )  # fmt: skip

    def query(self, page: int | None = None) -> str:
        """The arguments that ask for this search again."""
        given = {
            "q": self.words, "outlet": self.outlet, "outcome": self.outcome, "since": self.since, "until": self.until,
            "collection": self.collection, "sort": "" if self.sort == "captured" else self.sort,
            "page": "" if (page or 1) == 1 else str(page),
        }  # fmt: skip
        return urlencode({name: value for name, value in given.items() if value})


def _is_date(written: str) -> bool:
    if not _DAY.fullmatch(written):
        return False
    try:
        date.fromisoformat((written + "-01-01")[:10])
    except ValueError:
        return False
    return True


def stories(catalogue: Catalogue, search: Search) -> dict[str, Any]:
    """A page of stories, how many there are in all, and the orders they can be had in."""
    where = _dates(search, "published")
    if search.collection:
        where.append(_Term("+collection = ?", (search.collection,)))
    inner = _of_articles(catalogue, search)
    if inner and (search.words or _count(catalogue, "articles", inner) <= _FEW):
        told, values = _joined(inner)
        where.append(_Term(f"id IN (SELECT story FROM articles {told})", values))
    elif inner:
        told, values = _joined(inner)
        where.append(_Term(f"EXISTS (SELECT 1 FROM articles {told} AND articles.story = stories.id)", values))
    columns = "collection, story_id, headline, outlet, published, captured_at, articles, sites"
    return _found(catalogue, search, "stories", columns, _STORY_ORDERS, where)


def articles(catalogue: Catalogue, search: Search) -> dict[str, Any]:
    """A page of articles, as :func:`stories`."""
    where = _dates(search, "published") + _of_articles(catalogue, search)
    if search.collection:
        where.append(_Term("collection = ?", (search.collection,)))
    columns = "collection, record_id, url, headline, outlet, byline, published, captured_at, outcome, words"
    return _found(catalogue, search, "articles", columns, _ARTICLE_ORDERS, where)


def choices(catalogue: Catalogue) -> dict[str, list[str]]:
    """The outlets (the 300 with most articles), outcomes and collections there are to choose from."""
    return catalogue.remembered("choices", lambda: _choices(catalogue))


def _choices(catalogue: Catalogue) -> dict[str, list[str]]:
    def of(statement: str) -> list[str]:
        return [row[0] for row in catalogue.query(statement) if row[0]]

    outlets = of("SELECT outlet FROM articles GROUP BY outlet ORDER BY count(*) DESC LIMIT 300")
    return {
        "outlets": sorted(outlets, key=str.casefold),
        "outcomes": of("SELECT DISTINCT outcome FROM articles ORDER BY outcome"),
        "collections": of("SELECT name FROM collections ORDER BY name"),
    }


@dataclass(frozen=True, slots=True)
class _Term:
    """A condition in SQL with its values. ``+`` before a column keeps SQLite from looking it up in an index."""

    told: str
    values: tuple[object, ...]


def _of_articles(catalogue: Catalogue, search: Search) -> list[_Term]:
    where = []
    if search.words and (query := fts_query(search.words)):
        found = "id IN (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?)"
        where.append(_at_address(catalogue, search.words) or _Term(found, (query, MATCHES)))
    if search.outlet:
        where.append(_Term("outlet = ?", (search.outlet,)))
    if search.outcome:  # an outlet has fewer articles than an outcome
        where.append(_Term(f"{'+' if search.outlet else ''}outcome = ?", (search.outcome,)))
    return where


def _at_address(catalogue: Catalogue, words: str) -> _Term | None:
    """The pages at an address, in any of its spellings, or of a site that is held; None for what is neither."""
    if not _ADDRESS.fullmatch(words):
        return None
    try:
        url = archived_url(words)
    except AddressError:
        return None
    is_url, key = bool(_SCHEME.match(words)), surt(url)
    at_url = _Term("surt = ?", (key,))
    if re.search(r"//[^/?]+[/?]+[^/?]", url):  # without scheme it may be words: "24.12/26.12"
        return at_url if is_url or catalogue.query("SELECT 1 FROM articles WHERE surt = ? LIMIT 1", (key,)) else None
    name = host_of(url)
    sites = [site for site in _sites(catalogue) if site == name or site.endswith(f".{name}")][:_MOST_SITES]
    if sites:
        return _Term(f"site IN ({', '.join('?' * len(sites))})", tuple(sites))
    return at_url if is_url else None


def _sites(catalogue: Catalogue) -> list[str]:
    rows = catalogue.remembered("sites", lambda: catalogue.query("SELECT DISTINCT site FROM articles"))
    return [row["site"] for row in rows]


def _dates(search: Search, column: str) -> list[_Term]:
    where = []
    if search.since:
        where.append(_Term(f"{column} >= ?", (search.since,)))
    if search.until:
        where.append(_Term(f"{column} < ?", (search.until + "~",)))  # after every time of that day, month or year
    return where


def _joined(where: list[_Term], before: str = "") -> tuple[str, tuple[object, ...]]:
    told = " AND ".join(f"{before if term.told[0].isalpha() else ''}{term.told}" for term in where)
    return f"WHERE {told}" if where else "", tuple(value for term in where for value in term.values)


def _count(catalogue: Catalogue, table: str, where: list[_Term]) -> int:
    told, values = _joined(where)
    statement = f"SELECT count(*) AS n FROM {table} {told}"
    return catalogue.remembered(f"{statement} {values}", lambda: int(catalogue.query(statement, values)[0]["n"]))


def _found(
    catalogue: Catalogue,
    search: Search,
    table: str,
    columns: str,
    orders: Mapping[str, tuple[str, str]],
    where: list[_Term],
) -> dict[str, Any]:
    """A page of a list. Few rows are found by the filter and sorted; of many, the order is walked and filtered."""
    total = _count(catalogue, table, where)
    told, values = _joined(where, "+" if total > _FEW and not search.words else "")
    order = orders.get(search.sort, orders["captured"])[0]
    pages = max(1, -(-total // PAGE))
    page = min(search.page, pages)
    place = f"ORDER BY {order} LIMIT {PAGE} OFFSET {PAGE * (page - 1)}"
    ids = f"SELECT id FROM {table} {told} {place}"
    rows = catalogue.query(f"SELECT {columns} FROM {table} WHERE id IN ({ids}) ORDER BY {order}", values)
    return {
        table: [{name: row[name] for name in columns.split(", ")} for row in rows], "total": total,
        "page": page, "pages": pages, "next": search.query(page + 1) if page < min(pages, _MOST_PAGES) else None,
        "previous": search.query(page - 1) if page > 1 else None,
        "unread": list(search.unread), "orders": {key: label for key, (_, label) in orders.items()},
    }  # fmt: skip
