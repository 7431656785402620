"""An article as schema.org's NewsArticle, with the capture that proves it as its archived copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def news_article(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an article as JSON-LD; what is unknown is left out."""
    record = row.get("record") or {}
    found = {
        "@type": "NewsArticle",
        "@id": record.get("id"),
        "url": row.get("url"),
        "mainEntityOfPage": row.get("canonical_url"),
        "headline": row.get("headline"),
        "description": row.get("description"),
        "inLanguage": row.get("language"),
        "articleSection": row.get("section"),
        "keywords": row.get("topics"),
        "datePublished": row.get("date_published"),
        "dateModified": row.get("date_modified"),
        "author": [{"@type": "Person", "name": name} for name in row.get("authors") or ()],
        "publisher": _organization(row.get("publisher")),
        "provider": _organization(row.get("distributor")),
        "image": [_picture(image) for image in row.get("images") or ()],
        "articleBody": row.get("text"),
        "archivedAt": _capture(row, record),
        "isBasedOn": row.get("original_urls"),
    }
    return {name: value for name, value in found.items() if value not in (None, [], "")}


def _organization(value: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not value:
        return None
    found = {"@type": "NewsMediaOrganization", "name": value.get("name"), "url": value.get("url")}
    return {name: part for name, part in found.items() if part}


def _picture(image: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        "@type": "ImageObject", "contentUrl": image.get("original_url") or image.get("url"),
        "caption": image.get("caption"), "creditText": image.get("credit"),
    }  # fmt: skip
    return {name: part for name, part in found.items() if part}


def _capture(row: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any] | None:
    if not record.get("id"):
        return None
    return {
        "@type": "WebPage", "dateCreated": row.get("captured_at"), "identifier": record["id"],
        "isPartOf": f"{row.get('collection')}/archive/{record.get('warc')}",
    }  # fmt: skip
