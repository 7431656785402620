"""An article as rows of tables: one row an article, picture, card or count, each led back to its record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.model import Article
from crawler.model.article import plain

TABLES = ("articles", "images", "panels", "counts")
"""Every table that is made of articles alone."""

Row = dict[str, Any]
"""Column to value, in the order of the columns."""


def rows_of(article: Article) -> Iterator[tuple[str, Row]]:
    """Each row that ``article`` gives, with the table it belongs to.

    Rows of ``images``, ``panels`` (one row a card or entity) and ``counts`` begin with the article's ``url``,
    ``captured_at`` and ``record_id``, so that they join with ``articles`` and lead to the record that proves them.
    """
    yield "articles", article.to_dict()
    key = {
        "article_url": article.url,
        "captured_at": article.captured_at,
        "record_id": article.record.id if article.record else None,
    }
    for position, image in enumerate(article.images, 1):
        yield "images", {**key, "position": position, **plain(image)}
    for panel_position, panel in enumerate(article.panels, 1):
        box = {**key, "panel": panel_position, "kind": panel.kind, "title": panel.title}
        for card in panel.cards:
            yield "panels", {**box, "type": "card", "name": None, **plain(card)}
        for position, entity in enumerate(panel.entities, 1):
            yield "panels", {**box, "type": entity.type, "name": entity.name, **_NO_CARD, "position": position}
    for count in article.counts:
        yield "counts", {**key, **plain(count)}


_NO_CARD: Row = dict.fromkeys(
    ("headline", "url", "publisher", "snippet", "section", "image", "date_raw", "position"), None
)
