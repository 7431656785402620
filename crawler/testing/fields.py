"""An article's fields as a test writes them down: what a reader would check, in short rows, without the evidence."""

from __future__ import annotations

from typing import Any

from crawler.model import Article
from crawler.model.article import plain

_AS_THEY_ARE = (
    "outcome", "headline", "description", "language", "section", "topics", "byline", "authors", "publisher",
    "distributor", "date_published", "date_published_raw", "date_published_earliest", "date_published_latest",
    "date_modified", "canonical_url", "original_urls", "notes",
)  # fmt: skip

NAMES = frozenset({*_AS_THEY_ARE, "text", "blocks", "images", "panels", "counts"})
"""The names of an article's fields."""


def fields_of(article: Article) -> dict[str, Any]:
    """The fields by name, as JSON values; ``text`` is a list of paragraphs, ``blocks`` of types and texts."""
    fields = {name: plain(getattr(article, name)) for name in _AS_THEY_ARE}
    fields["text"] = article.text.split("\n\n") if article.text else None
    fields["blocks"] = [f"{block.type}: {block.text}" for block in article.blocks if block.type != "paragraph"]
    fields["images"] = [
        {"url": image.url, "original_url": image.original_url, "caption": image.caption, "credit": image.credit}
        for image in article.images
    ]
    fields["panels"] = [
        {
            "kind": panel.kind,
            "title": panel.title,
            "cards": [[card.publisher, card.headline, card.url] for card in panel.cards],
            "entities": [[entity.type, entity.name] for entity in panel.entities],
        }
        for panel in article.panels
    ]
    fields["counts"] = [[count.name, count.of, count.raw, count.value, count.lower_bound] for count in article.counts]
    return fields
