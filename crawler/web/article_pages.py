"""An article: its clean text, and for every field the witnesses it was read from and the record that proves it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crawler.model.words import count_words
from crawler.web.pages import Desk, both, citation, id_of, missing

FIELDS = (
    "headline", "description", "byline", "authors", "publisher", "distributor", "date_published", "date_modified",
    "language", "section", "topics", "canonical_url", "text",
)  # fmt: skip
"""Fields that are shown with their evidence, in this order."""


class ArticlePages:
    """The page of an article."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """Their routes."""
        return both("/article/{collection}/{key}", self.article)

    def article(self, request: Request) -> Response:
        """One article as extracted from one record."""
        name, record_id = request.path_params["collection"], id_of(request.path_params["key"])
        catalogue = self._desk.catalogue
        article = catalogue.article(name, record_id)
        if article is None:
            raise missing(f"{name} holds no article of record {record_id}")
        archive = self._desk.holdings.archive(name)
        row = archive.index().get(record_id) if archive else None
        told = catalogue.query(
            "SELECT story_id, stories.headline FROM stories JOIN articles ON articles.story = stories.id"
            " WHERE articles.collection = ? AND record_id = ?",
            (name, record_id),
        )
        pictures = {
            image["url"]: self._desk.picture(image["url"], article["captured_at"])
            for image in article.get("images") or ()
            if self._desk.holdings.has(image["url"])
        }
        embedded = {
            block["url"]
            for block in _blocks(article)
            if block["type"] == "embed" and block["url"] and self._desk.holdings.has(block["url"])
        }
        cite = citation(
            article.get("headline"), article.get("captured_at"), record_id, row.payload_digest if row else None,
            article.get("url"),
        )  # fmt: skip
        return self._desk.show(
            request, "article.html", article, cite=cite, collection=name, record_id=record_id, pictures=pictures,
            embedded=embedded, fields=[_field(field, article) for field in FIELDS], blocks_shown=_blocks(article),
            story=dict(told[0]) if told else None,
            captures=len(self._desk.holdings.of_url(article["url"])),
        )  # fmt: skip


def _field(name: str, article: dict[str, Any]) -> dict[str, Any]:
    value = article.get(name)
    evidence = (article.get("evidence") or {}).get(name)
    if name == "text":
        value = f"{count_words(value or ''):,} words" if value else None
    return {"name": name.replace("_", " "), "value": _in_words(value), "evidence": _shown(evidence)}


def _shown(evidence: dict[str, Any] | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    candidates = [
        {**candidate, "value": _in_words(candidate.get("value"), most=300)}
        for candidate in evidence.get("candidates") or ()
    ]
    return {**evidence, "candidates": candidates}


def _in_words(value: Any, most: int = 2000) -> str | None:
    if value is None or value == [] or value == "":
        return None
    if isinstance(value, dict):
        value = " · ".join(str(part) for part in value.values() if part)
    elif isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    text = str(value)
    return text if len(text) <= most else text[:most] + " …"


def _blocks(article: dict[str, Any]) -> list[dict[str, Any]]:
    """The article in reading order; its text where nothing is known of the order."""
    blocks: list[dict[str, Any]] = article.get("blocks") or []
    if not blocks and article.get("text"):
        return [
            {"type": "paragraph", "text": part, "url": None, "level": None} for part in article["text"].split("\n\n")
        ]
    return blocks
