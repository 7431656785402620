"""The Internet Archive's Wayback Machine: captures of a page that is gone, and addresses of an outlet by their words.

``/cdx/search/cdx`` (github.com/internetarchive/wayback, wayback-cdx-server) and ``/web/<time>id_/<url>``, which is the
body unaltered. Slow on purpose: it is a charity's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urlencode

from crawler.model import Article
from crawler.model.moment import of_stamp
from crawler.spiders.providers.outlet import credited_host, slug_words
from crawler.spiders.providers.provider import Answer, Asking, Proposal, Reading, Stored, lenient_json, refusal

_FIELDS = "timestamp,original,mimetype,statuscode"
_TIME = "%Y%m%d%H%M%S"


@dataclass(frozen=True, slots=True)
class Wayback:
    """Recalls pages; finds the original on the credited outlet's host by the words of its address."""

    base: str = "https://web.archive.org"
    delay: float = 2.5
    most: int = 20
    name = "wayback"

    @classmethod
    def at(cls, base: str | None) -> Self:
        """The provider at ``base``, or the public one."""
        return cls(base) if base else cls()

    def search(self, article: Article) -> tuple[Asking, ...]:
        """Which addresses of the credited outlet hold the headline's words; none where the page is the outlet's own."""
        host, words = credited_host(article), slug_words(article)
        if host is None or not words:
            return ()
        fields = [
            ("url", host), ("matchType", "host"), ("output", "json"), ("fl", _FIELDS), ("collapse", "urlkey"),
            ("filter", "statuscode:200"), *(("filter", f"original:.*{re.escape(word)}.*") for word in words),
            ("limit", str(self.most)),
        ]  # fmt: skip
        because = f"wayback, addresses of {host} with: {' '.join(words)}"
        return (Asking(f"{self.base}/cdx/search/cdx?{urlencode(fields)}", because, "addresses"),)

    def recall(self, page: str, at: datetime | None) -> tuple[Asking, ...]:
        """The captures of one page that came whole."""
        fields = [("url", page), ("output", "json"), ("fl", _FIELDS), ("filter", "statuscode:200")]
        if at is None:
            fields.append(("limit", "-5"))
        else:
            fields += [("closest", at.astimezone(UTC).strftime(_TIME)), ("sort", "closest"), ("limit", "5")]
        because = f"wayback, captures of {page}"
        return (Asking(f"{self.base}/cdx/search/cdx?{urlencode(fields)}", because, "captures", page=page, at=at),)

    def read(self, asking: Asking, answer: Answer) -> Reading:
        """The rows of a CDX answer: captures of the page, or addresses."""
        if answer.status != 200:
            return refusal(answer)
        rows = self._rows(answer)
        if rows is None:
            return Reading(fault=f"an answer that is no list: {answer.text[:80]!r}")
        if asking.step == "addresses":
            return Reading(tuple(Proposal(row["original"], published=row["timestamp"]) for row in rows))
        stored = [
            Stored(
                f"{self.base}/web/{row['timestamp']}id_/{row['original']}",
                asking.page or row["original"],
                when,
                "wayback",
            )
            for row in rows
            if row.get("statuscode") in ("200", None) and (when := of_stamp(row["timestamp"]))
        ]
        if asking.at is None:
            stored.sort(key=lambda one: one.captured_at, reverse=True)
        else:
            at = asking.at
            stored.sort(key=lambda one: abs(one.captured_at - at))
        return Reading(stored=tuple(stored))

    def _rows(self, answer: Answer) -> list[dict[str, str]] | None:
        """Each row by its header's names; an empty answer is ``[]``, or nothing at all."""
        if not answer.text.strip():
            return []
        try:
            said = lenient_json(answer.text)
        except ValueError:
            return None
        if not isinstance(said, list):
            return None
        names = said[0] if said and isinstance(said[0], list) else []
        rows = [
            {str(name): str(value) for name, value in zip(names, row, strict=False)}
            for row in said[1:]
            if isinstance(row, list)
        ]
        return [row for row in rows if row.get("timestamp") and row.get("original", "").startswith("http")]
