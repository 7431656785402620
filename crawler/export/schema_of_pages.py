"""The tables in which every row comes from one page."""

from __future__ import annotations

from crawler.export.columns import KEY, Column, Table

_ARTICLES = Table(
    "articles",
    "one captured page",
    (
        Column("url", "text", "address of the page, as fetched"),
        Column("captured_at", "time", "start of the capture"),
        Column("outcome", "text", "`article`, or why there is none: `blocked`, `paywall`, `gone`, `not_article`, …"),
        Column("canonical_url", "text", "address that the page claims for itself"),
        Column("captured_at_earliest", "time", "where the time is only inferred: not before"),
        Column("captured_at_latest", "time", "where the time is only inferred: not after"),
        Column("headline", "text", "without the site's name"),
        Column("description", "text", "standfirst or summary"),
        Column("language", "text", "BCP 47 tag"),
        Column("section", "text", "part of the paper"),
        Column("topics", "list", "keywords of the page"),
        Column("byline", "text", "the line as printed"),
        Column("authors", "list", "the people in the byline, in order"),
        Column("publisher", "object", "who is credited with the story: `name`, `url`"),
        Column("distributor", "object", "whose page this is, when it is another: `name`, `url`"),
        Column("date_published", "time", "as the page states it"),
        Column("date_published_raw", "text", "as printed"),
        Column("date_published_earliest", "time", "not before, where the date is coarse or relative"),
        Column("date_published_latest", "time", "not after"),
        Column("date_modified", "time", "as the page states it"),
        Column("date_modified_raw", "text", "as printed"),
        Column("date_modified_earliest", "time", "not before"),
        Column("date_modified_latest", "time", "not after"),
        Column("text", "text", "the article, paragraphs joined by a blank line"),
        Column("blocks", "list", "the article in reading order: `type`, `text`, `url`, `level`"),
        Column("images", "list", "its pictures, see table `images`"),
        Column("panels", "list", "boxes beside it, see table `panels`"),
        Column("counts", "list", "numbers it prints about itself, see table `counts`"),
        Column("original_urls", "list", "addresses on other sites that the page names as the original"),
        Column("credits", "list", "lines, logos and data beside the text that may name who it is from: `text`, `url`"),
        Column("copy_candidates", "list", "addresses on other sites that may carry the story: not yet copies"),
        Column("memento", "object", "where an archive served the page: `page`, `captured_at`, `archive`; else null"),
        Column("outcome_reason", "text", "what showed the outcome"),
        Column("notes", "list", "remarks for the operator"),
        Column("set_aside", "list", "what was left out of the text: `text`, `reason`"),
        Column("evidence", "object", "field → witness that won, and the candidates that lost"),
        Column("record", "object", "`warc`, `offset`, `length` (bytes) and `id` of the response"),
        Column(
            "extractor",
            "object",
            "`name` and `version` of the program: the release, `+`, and what tells its rules from others'",
        ),
    ),
    ("url", "captured_at"),
)
_IMAGES = Table(
    "images",
    "one picture of an article",
    (
        *KEY,
        Column("position", "integer", "place in the article, from 1"),
        Column("url", "text", "the best variant a browser could choose"),
        Column("original_url", "text", "the picture's own address behind an image proxy"),
        Column("asset_id", "text", "what stays the same across the variants of one picture on its site"),
        Column("caption", "text", "as printed, without the credit"),
        Column("credit", "text", "photographer and agency"),
        Column("alt", "text", "text for those who can't see it"),
        Column("role", "text", "`lead` or `inline`"),
        Column("variants", "list", "every address of it that a browser could choose"),
        Column("record", "object", "the record that holds the picture, where it was captured"),
    ),
    ("record_id", "position"),
)
_PANELS = Table(
    "panels",
    "one card or one entity in a box beside an article",
    (
        *KEY,
        Column("panel", "integer", "number of the box on the page, from 1"),
        Column(
            "kind",
            "text",
            "`related`, `also_like`, `most_read`, `videos`, `pictures`, `podcasts`, `people`, `topics`, `profile`, …",
        ),
        Column("title", "text", "heading of the box"),
        Column("type", "text", "`card`, or what an entity is: `Person`, `Country`, `topic`, …"),
        Column("name", "text", "the entity; null for a card"),
        Column("headline", "text", "of a card"),
        Column("url", "text", "address a card leads to"),
        Column("publisher", "text", "outlet a card names"),
        Column("snippet", "text", "beginning of the story, cut as printed"),
        Column("section", "text", "section a card names"),
        Column("image", "text", "address of a card's picture"),
        Column("date_raw", "text", "a card's date as printed"),
        Column("position", "integer", "place in the box, from 1"),
    ),
    ("record_id", "panel", "type", "position"),
)
_COUNTS = Table(
    "counts",
    "one number that a page prints about itself",
    (
        *KEY,
        Column("name", "text", "`followers`, `posts`, `views`, `comments`, `shares`, …"),
        Column("raw", "text", "as printed: `483K+`"),
        Column("value", "integer", "the number; null where it can't be read", "things counted"),
        Column("of", "text", "the outlet whose count it is; null for the article's own"),
        Column("lower_bound", "boolean", "true where the page says that it is at least this"),
        Column("precision", "integer", "unit of the last printed digit: 1000 for `483K`", "things counted"),
    ),
    ("record_id", "name", "raw"),
)

PAGE_TABLES = (_ARTICLES, _IMAGES, _PANELS, _COUNTS)
