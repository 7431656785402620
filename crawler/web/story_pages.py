"""A story with the tree of its copies, and a copy beside its source, sentence by sentence."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from crawler.model import Article, Link
from crawler.model.article import plain
from crawler.model.moment import read_moment
from crawler.stories import align
from crawler.web.pages import Desk, article_path, both, citation, id_of, is_twin, missing, record_path

_RENAMED = """
SELECT stories.story_id FROM articles
CROSS JOIN copies ON copies.collection = articles.collection AND copies.record_id = articles.record_id
JOIN stories ON stories.id = copies.story WHERE articles.first_of = ? AND articles.collection = ? LIMIT 1
"""
"""Joined in this order: SQLite would look at every copy first."""
_LABELS = ("verbatim", "edited", "paraphrased", "merged", "dropped", "added")


class StoryPages:
    """The pages of stories."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """Their routes."""
        return [
            *both("/story/{collection}/{story}", self.story),
            *both("/compare/{collection}/{source}/{copy}", self.compare),
        ]

    def story(self, request: Request) -> Response:
        """Who tells it, who has it from whom and why, when, and with which pictures."""
        name, story_id = request.path_params["collection"], request.path_params["story"]
        catalogue = self._desk.catalogue
        copies = catalogue.stored("copies", "story_id", story_id, name)
        if not copies:
            return self._renamed(request, name, story_id)
        told = catalogue.query("SELECT * FROM stories WHERE collection = ? AND story_id = ?", (name, story_id))[0]
        links = catalogue.stored("sentence_links", "story_id", story_id, name)
        counted: dict[str, dict[str, int]] = {}
        for link in links:
            of = counted.setdefault(link["record_id"], dict.fromkeys(_LABELS, 0) | {"moved": 0})
            of[link["label"]] = of.get(link["label"], 0) + 1
            of["moved"] += bool(link["moved"])
        images: dict[str, list[dict[str, Any]]] = {}
        for copy in copies:
            copy["sentences"] = counted.get(copy["record_id"])
            article = catalogue.article(name, copy["record_id"]) or {}
            copy["published"] = article.get("date_published") or article.get("date_published_earliest")
            copy["modified"] = article.get("date_modified")
            copy["byline"] = article.get("byline")
            images[copy["record_id"]] = article.get("images") or []
            copy["compare"] = _compare_path(name, copy["source_record_id"], copy["record_id"])
        data = {
            "collection": name, "story_id": story_id, "headline": told["headline"], "articles": told["articles"],
            "sites": told["sites"], "copies": copies, "timeline": self._timeline(name, copies),
            "pictures": self._pictures(name, story_id, copies, images),
        }  # fmt: skip
        first = copies[0]
        cite = citation(
            told["headline"], first["captured_at"], first["record_id"], self._desk.digest(name, first["record_id"]),
            first["article_url"],
        )  # fmt: skip
        return self._desk.show(request, "story.html", data, cite=cite)

    def _renamed(self, request: Request, name: str, former: str) -> Response:
        """To the story by its present id: that of before was of another of its articles, then taken for the first."""
        for row in self._desk.catalogue.query(_RENAMED, (former, name)):
            twin = ".json" if is_twin(request) else ""
            return RedirectResponse(f"/story/{quote(name, safe='')}/{row['story_id']}{twin}", 302)
        raise missing(f"{name} holds no story {former}")

    def compare(self, request: Request) -> Response:
        """Two articles, each sentence beside the one it was made of."""
        name = request.path_params["collection"]
        source, copy = (self._article(name, request.path_params[side]) for side in ("source", "copy"))
        alignment = align(source, copy)
        rows = [_row(number, link, alignment.original_sentences, alignment.copy_sentences)
                for number, link in enumerate(alignment.links, 1)]  # fmt: skip
        counted = {label: sum(row["label"] == label for row in rows) for label in _LABELS}
        data = {
            "collection": name, "source": _side(source), "copy": _side(copy), "links": rows, "counted": counted,
            "moved": sum(row["moved"] for row in rows), "direction": alignment.direction,
            "coverage": {"of_copy": alignment.coverage.of_copy, "of_source": alignment.coverage.of_original},
            "reasons": [plain(reason) for reason in alignment.reasons],
        }  # fmt: skip
        cite = citation(
            f"{copy.headline}, beside its source", copy.captured_at, copy.record.id if copy.record else None,
            self._desk.digest(name, copy.record.id if copy.record else None), copy.url,
        )  # fmt: skip
        return self._desk.show(request, "compare.html", data, cite=cite)

    def _article(self, name: str, key: str) -> Article:
        found = self._desk.catalogue.article(name, id_of(key))
        if found is None:
            raise missing(f"{name} holds no article of record {key}")
        return Article.from_dict(found)

    def _timeline(self, name: str, copies: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What happened when: published and modified as the pages say, captured and changed as was seen."""
        events = []
        for copy in copies:
            about = {"publisher": copy["publisher"], "url": copy["article_url"], "record_id": copy["record_id"]}
            for kind in ("published", "modified"):
                if copy[kind]:
                    events.append({"at": copy[kind], "what": kind, **about})
            for version in self._desk.catalogue.stored("versions", "article_url", copy["article_url"], name):
                what = "captured" if version["change"] in ("first", "same", "boring") else version["change"]
                events.append({"at": version["captured_at"], "what": what, **about, "record_id": version["record_id"]})
        unique = {(event["at"], event["what"], event["url"]): event for event in events}
        return sorted(unique.values(), key=lambda event: _instant(event["at"]))

    def _pictures(
        self, name: str, story_id: str, copies: list[dict[str, Any]], images: dict[str, list[dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """The pictures of each article, and which are the same."""
        matches = self._desk.catalogue.stored("image_matches", "story_id", story_id, name)
        same = {(match["record_id"], match["image_url"]): match for match in matches}
        found = []
        for copy in copies:
            for image in images[copy["record_id"]]:
                match = same.get((copy["record_id"], image["url"]))
                held = self._desk.holdings.has(image["url"])
                found.append({
                    "record_id": copy["record_id"], "publisher": copy["publisher"], "site": copy["article_url"],
                    "url": image["url"], "caption": image.get("caption"), "credit": image.get("credit"),
                    "alt": image.get("alt"), "captured_at": copy["captured_at"], "held": held,
                    "shown": self._desk.picture(image["url"], copy["captured_at"]) if held else None,
                    "same_as": match["source_image_url"] if match else None,
                    "method": match["method"] if match else None,
                    "cropped": match.get("cropped") if match else None,
                    "caption_change": match.get("caption_change") if match else None,
                })  # fmt: skip
        return found


def _row(number: int, link: Link, originals: tuple[str, ...], copies: tuple[str, ...]) -> dict[str, Any]:
    return {
        "number": number, "label": link.label, "moved": link.moved, "score": link.score, "method": link.method,
        "source": list(link.original), "copy": list(link.copy), "changed": list(link.changed),
        "source_text": " ".join(originals[place] for place in link.original),
        "copy_text": " ".join(copies[place] for place in link.copy),
    }  # fmt: skip


def _side(article: Article) -> dict[str, Any]:
    publisher = article.publisher.name if article.publisher else None
    return {
        "headline": article.headline, "url": article.url, "publisher": publisher, "byline": article.byline,
        "captured_at": article.captured_at, "published": article.date_published, "language": article.language,
        "record_id": article.record.id if article.record else None,
    }  # fmt: skip


def _compare_path(name: str, source: str | None, copy: str) -> str | None:
    if source is None:
        return None
    ends = (record_path(name, source).rpartition("/")[2], article_path(name, copy).rpartition("/")[2])
    return f"/compare/{record_path(name, source).split('/')[2]}/{ends[0]}/{ends[1]}"


def _instant(text: str) -> str:
    """Times of different offsets in one order."""
    moment = read_moment(text)
    return moment.isoformat() if moment else text
