"""GDELT's DOC 2.0 interface: full text of world news of about the last three months, by quotation or words.

``GET /api/v2/doc/doc`` (blog.gdeltproject.org, "GDELT DOC 2.0 API Debuts"). Seen 2026-11: errors come as 200 text/html,
the JSON may hold characters that JSON forbids, and who asks more than once in 5 seconds is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlencode

from crawler.extract.wording import tidy
from crawler.model import Article
from crawler.spiders.providers.provider import Answer, Asking, Proposal, Reading, lenient_json, refusal
from crawler.spiders.providers.queries import Query, best_queries, captured, span

_REACH = timedelta(days=90)
_FORM = "%Y%m%d%H%M%S"


@dataclass(frozen=True, slots=True)
class Gdelt:
    """Finds copies by their text."""

    base: str = "https://api.gdeltproject.org"
    delay: float = 5.5
    """One question every 5 seconds is allowed."""
    questions: int = 3
    most: int = 75
    """Articles in one answer; 250 at most."""
    name = "gdelt"

    @classmethod
    def at(cls, base: str | None) -> Self:
        """The provider at ``base``, or the public one."""
        return cls(base) if base else cls()

    def search(self, article: Article) -> tuple[Asking, ...]:
        """A question for each of the best quotations and for the headline, within days of publication."""
        days, now = span(article, before=2, after=30), captured(article)
        if days and now and days[1] < now - _REACH:
            return ()
        return tuple(self._asking(query, days) for query in best_queries(article, self.questions))

    def recall(self, page: str, at: datetime | None) -> tuple[Asking, ...]:
        """None: GDELT keeps no pages."""
        return ()

    def read(self, asking: Asking, answer: Answer) -> Reading:
        """The addresses of an article list."""
        if answer.status != 200:
            return refusal(answer)
        if not answer.text.strip():
            return Reading()
        try:
            said = lenient_json(answer.text)
        except ValueError:
            words = tidy(answer.text)[:160]
            return Reading(fault=f"an error as a page: {words}", again="limit requests" in words.lower())
        rows = said.get("articles") if isinstance(said, dict) else None
        found = [
            Proposal(row["url"], tidy(row.get("title")) or None, tidy(row.get("seendate")) or None)
            for row in (rows if isinstance(rows, list) else [])
            if isinstance(row, dict) and isinstance(row.get("url"), str)
        ]
        return Reading(tuple(found))

    def _asking(self, query: Query, days: tuple[datetime, datetime] | None) -> Asking:
        words = f'"{query.words}"' if query.kind == "quotation" else query.words
        fields = {"query": words, "mode": "artlist", "format": "json", "maxrecords": str(self.most)}
        if days:
            fields |= {"startdatetime": days[0].strftime(_FORM), "enddatetime": days[1].strftime(_FORM)}
        url = f"{self.base}/api/v2/doc/doc?{urlencode(fields)}"
        return Asking(url, f"gdelt, {query.kind}: {query.words}", "articles")
