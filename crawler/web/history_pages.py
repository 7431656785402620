"""Every capture of an address in a calendar, and what changed between any two."""

from __future__ import annotations

import calendar
from collections import defaultdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crawler.model import Article
from crawler.model.moment import rfc3339
from crawler.replay.address import Address, AddressError, archived_url, stamp_of
from crawler.stories.versions import byline_changed, edits_of, headline_changed
from crawler.web.pages import Desk, both, citation, id_of, key_of, missing


class HistoryPages:
    """The pages of an address over time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """Their routes."""
        return [*both("/history", self.history), *both("/changes", self.changes)]

    def history(self, request: Request) -> Response:
        """The captures of one URL, by day, and what each changed."""
        try:
            url = archived_url(request.query_params.get("url", ""))
        except AddressError as error:
            raise missing(f"{error}; name a captured page: /history?url=https://…") from error
        entries = self._desk.holdings.of_url(url)
        if not entries:
            raise missing(f"there is no capture of {url}")
        versions = {
            version["record_id"]: version
            for spelling in sorted({entry.url for entry in entries})
            for version in self._desk.catalogue.stored("versions", "article_url", spelling)
        }
        by_second = {}
        for version in versions.values():
            by_second[version["article_url"], version["captured_at"][:19]] = version
        captures: list[dict[str, Any]] = []
        for entry in entries:
            version = by_second.get((entry.url, rfc3339(entry.at)[:19]), {})
            captures.append({
                "captured_at": version.get("captured_at") or rfc3339(entry.at), "url": entry.url,
                "status": entry.status, "mime": entry.mime, "digest": entry.digest,
                "shown": Address(entry.url, stamp_of(entry.at)).path(),
                "record_id": version.get("record_id"), "collection": version.get("collection"),
                "change": version.get("change"), "version": version.get("version"), "headline": version.get("headline"),
                "added": version.get("sentences_added"), "removed": version.get("sentences_removed"),
                "changed": version.get("sentences_changed"), "back": version.get("back"),
            })  # fmt: skip
        data = {"url": url, "captures": captures}
        cite = citation(
            f"Captures of {url}", captures[-1]["captured_at"], captures[-1]["record_id"], captures[-1]["digest"], url
        )
        return self._desk.show(
            request, "history.html", data, cite=cite, months=_calendar(captures),
            texts=[capture for capture in captures if capture["change"] not in (None, "gone", "unreadable")],
        )  # fmt: skip

    def changes(self, request: Request) -> Response:
        """Two captures compared; changes without meaning (relative dates, counts) only where asked for."""
        given = request.query_params
        before, after = self._version(given.get("before", "")), self._version(given.get("after", ""))
        all_of_them = given.get("all") == "1"
        found = [
            {
                "kind": edit.kind,
                "before": edit.before,
                "after": edit.after,
                "changed": list(edit.changed),
                "boring": edit.boring,
            }
            for edit in edits_of(before[1], after[1])
        ]
        shown = [edit for edit in found if all_of_them or edit["boring"] is None]
        data = {
            "before": _side(*before), "after": _side(*after), "edits": shown, "left_out": len(found) - len(shown),
            "all": all_of_them, "headline_changed": headline_changed(before[1], after[1]),
            "byline_changed": byline_changed(before[1], after[1]),
        }  # fmt: skip
        record = after[1].record.id if after[1].record else None
        cite = citation(
            f"Changes of {after[1].headline}",
            after[1].captured_at,
            record,
            self._desk.digest(after[0], record),
            after[1].url,
        )
        return self._desk.show(request, "changes.html", data, cite=cite)

    def _version(self, named: str) -> tuple[str, Article]:
        collection, _, key = named.partition("/")
        found = self._desk.catalogue.article(collection, id_of(key))
        if found is None:
            raise missing("name two captures: /changes?before=COLLECTION/RECORD&after=COLLECTION/RECORD")
        return collection, Article.from_dict(found)


def _side(collection: str, article: Article) -> dict[str, Any]:
    return {
        "collection": collection, "record_id": article.record.id if article.record else None, "url": article.url,
        "key": f"{collection}/{key_of(article.record.id if article.record else None)}",
        "captured_at": article.captured_at, "headline": article.headline, "byline": article.byline,
        "language": article.language,
    }  # fmt: skip


def _calendar(captures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Months that have captures, each with its weeks from Monday on; a day is its number and its captures."""
    by_day: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for capture in captures:
        by_day[capture["captured_at"][:10]].append(capture)
    months = []
    for month in sorted({day[:7] for day in by_day}, reverse=True):
        year, number = int(month[:4]), int(month[5:])
        weeks = [
            [{"number": day, "captures": by_day.get(f"{month}-{day:02}", [])} if day else None for day in week]
            for week in calendar.monthcalendar(year, number)
        ]
        months.append({"name": f"{calendar.month_name[number]} {year}", "weeks": weeks})
    return months
