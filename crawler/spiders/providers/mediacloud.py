"""Media Cloud's search of online news: stories by quotation or words, for whoever has a key of its own.

``GET /api/search/story-list`` with ``Authorization: Token KEY`` (search.mediacloud.org, API). 2 questions a minute.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.extract.wording import tidy
from crawler.model import Article
from crawler.spiders.providers.provider import (
    Answer,
    Asking,
    Proposal,
    ProviderError,
    Reading,
    lenient_json,
    refusal,
)
from crawler.spiders.providers.queries import Query, best_queries, captured, span

KEY = "WIRECOPY_MEDIACLOUD_KEY"
"""The environment's variable with the user's key."""


@dataclass(frozen=True, slots=True)
class MediaCloud:
    """Finds copies by their text."""

    base: str = "https://search.mediacloud.org"
    key: str = field(default="", repr=False)
    delay: float = 31.0
    questions: int = 2
    pages: int = 2
    """Pages of one answer."""
    name = "mediacloud"

    @classmethod
    def at(cls, base: str | None) -> Self:
        """The provider at ``base``, or the public one. Raises ``ProviderError`` without a key in the environment."""
        key = os.environ.get(KEY, "").strip()
        if not key:
            raise ProviderError(f"mediacloud: no key; set {KEY} to yours (free at search.mediacloud.org)")
        if not key.isascii() or not key.isprintable() or " " in key:
            raise ProviderError(f"mediacloud: {KEY} holds no key; it is letters and digits")
        return cls(base, key) if base else cls(key=key)

    def search(self, article: Article) -> tuple[Asking, ...]:
        """A question for each of the best quotations and for the headline, within days of publication."""
        days, now = span(article, before=2, after=30), captured(article)
        if days is None and now is not None:
            days = now - timedelta(days=30), now
        if days is None:
            return ()  # it wants a first and a last day
        return tuple(self._asking(query, days) for query in best_queries(article, self.questions))

    def recall(self, page: str, at: datetime | None) -> tuple[Asking, ...]:
        """None: Media Cloud keeps no pages."""
        return ()

    def read(self, asking: Asking, answer: Answer) -> Reading:
        """The stories of one page of the answer, and the question for the next."""
        if answer.status != 200:
            return refusal(answer)
        try:
            said = lenient_json(answer.text)
        except ValueError as error:
            return Reading(fault=f"an answer that is no JSON: {error}")
        rows = said.get("stories") if isinstance(said, dict) else None
        if not isinstance(rows, list):
            return Reading(fault="an answer without stories")
        found = [
            Proposal(row["url"], tidy(row.get("title")) or None, tidy(row.get("publish_date")) or None)
            for row in rows
            if isinstance(row, dict) and isinstance(row.get("url"), str)
        ]
        token = said.get("pagination_token")
        further = (self._next(asking, token),) if isinstance(token, str) and token and asking.left and rows else ()
        return Reading(tuple(found), further=further)

    def _asking(self, query: Query, days: tuple[datetime, datetime]) -> Asking:
        words = f'"{query.words}"' if query.kind == "quotation" else " AND ".join(query.words.split())
        fields = {
            "q": words, "start": f"{days[0]:%Y-%m-%d}", "end": f"{days[1]:%Y-%m-%d}",
            "platform": "onlinenews-mediacloud", "cs": "", "ss": "",
        }  # fmt: skip
        return Asking(
            f"{self.base}/api/search/story-list?{urlencode(fields)}",
            f"mediacloud, {query.kind}: {query.words}",
            "stories",
            headers=(("Authorization", f"Token {self.key}"),),
            secrets=("Authorization",),
            left=self.pages - 1,
        )

    def _next(self, asking: Asking, token: str) -> Asking:
        parts = urlsplit(asking.url)
        fields = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)
                  if name != "pagination_token"]  # fmt: skip
        query = urlencode([*fields, ("pagination_token", token)])
        return replace(asking, url=urlunsplit(parts._replace(query=query)), left=asking.left - 1)
