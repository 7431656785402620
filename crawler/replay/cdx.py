"""Questions to the index as the CDX servers of the Wayback Machine and pywb take them, and answers as they give them.

``cdx/search/cdx`` speaks the Wayback Machine's dialect (columns ``urlkey timestamp original mimetype statuscode digest
length``, JSON as a list of lists with the names first), ``cdx`` that of pywb (an object a line).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest, nsmallest
from itertools import islice
from operator import itemgetter
from typing import Protocol
from urllib.parse import unquote

from crawler.archive.cdxj import Entry
from crawler.archive.surt import surt
from crawler.replay.address import AddressError, archived_url, moment_of, stamp_of
from crawler.replay.cdx_forms import PYWB, WAYBACK

_ALIASES = {"original": "url", "mimetype": "mime", "statuscode": "status"}
_MATCHES = ("exact", "prefix", "host", "domain")
_MOST = 100_000
"""Rows of one answer; more are had with ``limit`` and ``resumeKey``, or page by page."""
_PAGE_ROWS = 1000
"""Rows of one unit of ``pageSize``."""
_SIZE = re.compile(r"[0-9]{0,9}")
_FILTER = re.compile(r"(!?)([=~]?)(?:(\w+):)?(.*)", re.DOTALL)


class QueryError(ValueError):
    """A question that cannot be answered; the text says which word of it is off."""


class Index(Protocol):
    """What is searched: index lines in order of key and time."""

    def between(self, first: str, end: str | None) -> Iterator[Entry]:
        """The lines that sort at or after ``first`` and before ``end``."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, read and checked."""

    url: str
    first: str
    end: str | None
    earliest: datetime | None
    latest: datetime | None
    filters: tuple[Callable[[Mapping[str, str]], bool], ...]
    limit: int
    """Negative for the last so many."""
    offset: int
    fields: tuple[str, ...]
    output: str
    sort: str
    closest: datetime | None
    collapse: tuple[tuple[str, int | None], ...]
    resume: str | None
    show_resume: bool
    count_pages: bool
    page_rows: int


def read_query(words: Iterable[tuple[str, str]], default_fields: tuple[str, ...]) -> Query:
    """The question in the arguments of a request. Raises ``QueryError``."""
    pairs = list(words)
    given = {name: value for name, value in reversed(pairs) if value != ""}
    if "url" not in given:
        raise QueryError("url is missing: /cdx?url=example.com/*")
    url, match = given["url"], given.get("matchType", "exact")
    if match not in _MATCHES:
        raise QueryError(f"matchType={match}: one of {', '.join(_MATCHES)}")
    if match == "exact" and url.endswith("*"):
        url, match = url[:-1], "prefix"
    elif match == "exact" and url.startswith("*."):
        url, match = url[2:], "domain"
    first, end = _range(url, match)
    earliest = _time(given, "from", last=False)
    latest = _time(given, "to", last=True)
    sort = given.get("sort", "default")
    closest = _time(given, "closest", last=False)
    if sort not in ("default", "closest", "reverse", "regular"):
        raise QueryError(f"sort={sort}: one of closest, reverse")
    if sort == "closest" and closest is None:
        raise QueryError("sort=closest needs closest=<timestamp>")
    fields = tuple(re.split(r"[,\s+]+", given.get("fl") or given.get("fields") or ",".join(default_fields)))
    unknown = [name for name in fields if name not in (*WAYBACK, *PYWB)]
    if unknown:
        raise QueryError(f"fl={unknown[0]}: one of {', '.join(default_fields)}")
    limit = _number(given, "limit", _MOST, negative=True)
    page_rows = min(_MOST, _number(given, "pageSize", 1) * _PAGE_ROWS)
    offset = _number(given, "offset", 0)
    if "page" in given:
        offset, limit = offset + _number(given, "page", 0) * page_rows, min(limit, page_rows)
    return Query(
        url=url, first=first, end=end, earliest=earliest, latest=latest,
        filters=tuple(_filter(value) for name, value in pairs if name == "filter" and value),
        limit=max(-_MOST, min(limit, _MOST)), offset=offset, fields=fields,
        output=given.get("output", "text"), sort=sort, closest=closest,
        collapse=tuple(_collapse(value) for name, value in pairs if name == "collapse" and value),
        resume=unquote(given["resumeKey"]) if "resumeKey" in given else None,
        show_resume=given.get("showResumeKey") == "true", count_pages=given.get("showNumPages") == "true",
        page_rows=page_rows,
    )  # fmt: skip


def rows(index: Index, query: Query) -> Iterator[dict[str, str]]:
    """The rows that answer ``query``, each with every field under both of its names."""
    found = _sorted(_kept(index, query), query)
    if query.limit < 0:
        return iter(deque(found, maxlen=-query.limit))
    return islice(found, query.offset, query.offset + query.limit)


def _sorted(found: Iterator[dict[str, str]], query: Query) -> Iterable[dict[str, str]]:
    """Rows in the order that is asked for, as many as the answer needs: those of all of an archive may be millions."""
    most = query.offset + query.limit
    if query.sort == "closest" and query.closest is not None:
        closest = query.closest

        def distance(row: dict[str, str]) -> timedelta:
            return abs(moment_of(row["timestamp"]) - closest)

        return sorted(found, key=distance) if query.limit < 0 else nsmallest(most, found, key=distance)
    if query.sort == "reverse":
        at = itemgetter("timestamp")
        return sorted(found, key=at, reverse=True) if query.limit < 0 else nlargest(most, found, key=at)
    return found


def pages(index: Index, query: Query) -> int:
    """How many pages of ``pageSize`` the answer has."""
    return -(-sum(1 for _ in _kept(index, query)) // query.page_rows)


def _kept(index: Index, query: Query) -> Iterator[dict[str, str]]:
    first = query.resume if query.resume and query.resume > query.first else query.first
    last: dict[str, str] | None = None
    for entry in index.between(first, query.end):
        if (query.earliest and entry.at < query.earliest) or (query.latest and entry.at > query.latest):
            continue
        row = _row(entry)
        if not all(kept(row) for kept in query.filters):
            continue
        same = last is not None and any(row[name][:size] == last[name][:size] for name, size in query.collapse)
        if not same:
            last = row
            yield row


def _row(entry: Entry) -> dict[str, str]:
    status = "" if entry.status is None else str(entry.status)
    mime = entry.mime or "unk"
    return {
        "urlkey": entry.key, "timestamp": stamp_of(entry.at), "url": entry.url, "original": entry.url, "mime": mime,
        "mimetype": mime, "status": status, "statuscode": status, "digest": entry.digest or "",
        "length": str(entry.length), "offset": str(entry.offset), "filename": entry.filename,
    }  # fmt: skip


def _range(url: str, match: str) -> tuple[str, str | None]:
    try:
        key = surt(archived_url(url))
    except AddressError as error:
        raise QueryError(f"url: {error}") from error
    if match == "exact":
        return f"{key} ", f"{key}!"
    if match == "prefix":
        if "/" not in url.partition("://")[2 if "://" in url else 0].rstrip():
            key = key.removesuffix("/")
        elif url.endswith("/") and not key.endswith("/"):
            key += "/"
        return key, _after(key)
    host = key.partition(")")[0]
    # "com,example)" and, for the domain, "com,example,www)": a comma sorts after a bracket
    return (f"{host})", f"{host}*") if match == "host" else (f"{host})", f"{host}-")


def _after(key: str) -> str:
    return key[:-1] + chr(ord(key[-1]) + 1)


def _time(given: Mapping[str, str], name: str, *, last: bool) -> datetime | None:
    if name not in given:
        return None
    try:
        return moment_of(given[name][:14], last=last)
    except AddressError as error:
        raise QueryError(f"{name}: {error}") from error


def _number(given: Mapping[str, str], name: str, default: int, *, negative: bool = False) -> int:
    text = given.get(name, str(default))
    if not re.fullmatch(r"-?\d{1,9}" if negative else r"\d{1,9}", text):
        raise QueryError(f"{name}={text}: a whole number was expected")
    return int(text)


def _filter(text: str) -> Callable[[Mapping[str, str]], bool]:
    """``[!]field:regex`` as the Wayback Machine has it; ``=field:text``, ``~field:regex`` and bare text as pywb has."""
    match = _FILTER.fullmatch(text)
    assert match is not None
    negated, form, name, value = match[1] == "!", match[2], match[3] or "", match[4]
    name = _ALIASES.get(name, name)
    if name and name not in PYWB:
        raise QueryError(f"filter={text}: no field {name}")
    if len(value) > 200:
        raise QueryError("filter: a pattern of more than 200 characters")
    if form == "=":
        return lambda row: (row[name] == value) != negated
    if re.search(r"\)\s*[*+?{]", value) or len(re.findall(r"[*+{]", value)) > 3:
        raise QueryError(f"filter={text}: at most three of * + {{ and no repeated group, so that it ends in time")
    try:
        pattern = re.compile(value)
    except re.error as error:
        raise QueryError(f"filter={text}: {error}") from error
    if not name:
        return lambda row: any(value in row[field] for field in PYWB) != negated
    return lambda row: (pattern.fullmatch(row[name]) is not None) != negated


def _collapse(text: str) -> tuple[str, int | None]:
    name, _, size = text.partition(":")
    name = _ALIASES.get(name, name)
    if name not in PYWB or not _SIZE.fullmatch(size):
        raise QueryError(f"collapse={text}: expected a field, and how many characters of it count")
    return name, int(size) if size else None
