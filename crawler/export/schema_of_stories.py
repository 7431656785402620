"""The tables in which rows bring several captures together: copies, edits, and counts over time."""

from __future__ import annotations

from crawler.export.columns import KEY, Column, Table

_STORY = Column("story_id", "text", "the story; the same until another article is found to be the first")
_SOURCE = (
    Column("source_url", "text", "address of the nearest source among the captures"),
    Column("source_captured_at", "time", "start of that page's capture"),
    Column("source_record_id", "text", "WARC-Record-ID of that page's response"),
)

_STORIES = Table(
    "stories",
    "one text that at least two captured articles tell",
    (
        _STORY,
        Column("headline", "text", "of the original, or of the earliest article"),
        Column("language", "text", "BCP 47 tag of that article"),
        Column("original_url", "text", "address of the article that came first; null where undecided, or not here"),
        Column("original_captured_at", "time", "start of its capture"),
        Column("original_record_id", "text", "WARC-Record-ID of its response"),
        Column("original_publisher", "text", "outlet credited with it"),
        Column("articles", "integer", "articles that tell the story, the original among them", "captures"),
        Column("sites", "integer", "sites they stand on", "sites"),
        Column(
            "first_published_earliest", "time", "when the original was published, or else the first of them: not before"
        ),
        Column("first_published_latest", "time", "the same: not after"),
    ),
    ("story_id",),
)
_COPIES = Table(
    "copies",
    "one article of a story, with where it came from; rows stand in the order of the tree, each below its source",
    (
        _STORY,
        *KEY,
        Column("position", "integer", "place in the tree read from top to bottom, from 1"),
        Column("depth", "integer", "0 for an article without a known source, 1 for its copies, 2 for theirs, …"),
        Column(
            "role",
            "text",
            "`original`, `copy`, `version` (another capture of its source's page, or another form of it), or "
            "`undecided`",
        ),
        Column("publisher", "text", "outlet credited with it"),
        Column("headline", "text", "of this article"),
        *_SOURCE,
        Column("direction", "text", "`original`: the source came first; `undecided`: they share text, order unknown"),
        Column("confidence", "number", "how sure that the source came first, by the weights", "0.5 to 1"),
        Column("coverage_of_copy", "number", "share of this article's words that stand in the source", "0 to 1"),
        Column("coverage_of_source", "number", "share of the source's words that stand in this article", "0 to 1"),
        Column("reasons", "list", "why: `text`, `weight` (positive: the source came first), `evidence`"),
    ),
    ("story_id", "position"),
)
_SENTENCE_LINKS = Table(
    "sentence_links",
    "sentences of a copy and the sentences of its nearest source they were made of",
    (
        _STORY,
        *KEY,
        *_SOURCE,
        Column("link", "integer", "number of the link, from 1: in the order of the copy, then what was dropped"),
        Column("label", "text", "`verbatim`, `edited`, `paraphrased`, `merged`, `dropped` or `added`"),
        Column("moved", "boolean", "true where the order of the source was left"),
        Column("score", "number", "likeness", "0 to 1"),
        Column("method", "text", "what found it: `exact`, `edit distance`, `tf-idf`, `quotation`, `none`"),
        Column("copy_sentences", "list", "sentence numbers in the copy, from 0; empty for `dropped`"),
        Column("source_sentences", "list", "sentence numbers in the source, from 0; empty for `added`"),
        Column("copy_text", "text", "those sentences"),
        Column("source_text", "text", "those sentences"),
        Column("changed", "list", "figures, dates, units and names that differ: `14 → 12`"),
    ),
    ("record_id", "source_record_id", "link"),
)
_QUOTES = Table(
    "quotes",
    "one passage in quotation marks",
    (
        *KEY,
        Column("position", "integer", "number of the quotation in the article, from 1"),
        Column("sentence", "integer", "number of the sentence it stands in, from 0"),
        Column("text", "text", "the words between the marks"),
        Column("speaker", "text", "who says it, as the text names them"),
        Column("quote_id", "text", "the same for one utterance in all articles of a story; null outside stories"),
        _STORY,
        Column("source_text", "text", "the words in the nearest source"),
        Column("source_speaker", "text", "who says it there"),
        Column("score", "number", "share of the shorter wording that stands in the longer", "0 to 1"),
    ),
    ("record_id", "position"),
)
_VERSIONS = Table(
    "versions",
    "one capture of an address, against the one before that could be read",
    (
        *KEY,
        Column("version", "integer", "number of the capture, from 1"),
        Column("previous_captured_at", "time", "start of the capture compared with"),
        Column("previous_record_id", "text", "WARC-Record-ID of that capture"),
        Column(
            "change",
            "text",
            "`first`; `same`; `boring` (only relative dates, counts, share numbers and the like); `edited`; `gone` "
            "(answers 404 or 410, or leads to the front page, after having been there); `unreadable` (blocked, "
            "paywall, error: nothing is known)",
        ),
        Column("outcome", "text", "of this capture, as in `articles`"),
        Column("back", "boolean", "true where the page had been gone before this capture"),
        Column("headline", "text", "of this capture"),
        Column("headline_before", "text", "where it differs"),
        Column("byline", "text", "of this capture"),
        Column("byline_before", "text", "where it differs"),
        Column("date_modified", "time", "as the page states it"),
        Column("sentences_added", "integer", "edits of each kind, boring ones left out", "sentences"),
        Column("sentences_removed", "integer", "the same", "sentences"),
        Column("sentences_changed", "integer", "the same", "sentences"),
        Column("sentences_moved", "integer", "the same", "sentences"),
        Column("edits", "list", "`kind`, `before`, `after`, `changed` (list) and `boring` (why, or null) of each"),
    ),
    ("article_url", "captured_at"),
)
_COUNT_SERIES = Table(
    "count_series",
    "one point of a count over time; what an archive's copy prints stands at the time the archive captured it",
    (
        Column("series", "text", "site, whose count, and its name: the same for all points of one series"),
        *KEY,
        Column("site", "text", "site that prints it"),
        Column("of", "text", "the outlet whose count it is; null for the article's own"),
        Column("name", "text", "`followers`, `posts`, `views`, `comments`, …"),
        Column("raw", "text", "as printed; null in a gap"),
        Column("value", "integer", "the number; null where it is not there or can't be read", "things counted"),
        Column("lower_bound", "boolean", "true where the page says that it is at least this"),
        Column("precision", "integer", "unit of the last printed digit", "things counted"),
        Column("at_least", "integer", "the least the true number can be", "things counted"),
        Column("at_most", "integer", "the most; null where nothing bounds it", "things counted"),
        Column("change", "integer", "`value` less the last one known", "things counted"),
        Column("days", "number", "time since the point with the last known value", "days"),
        Column(
            "flags",
            "list",
            "`gap` (the page was read and prints no such count), `reset` (less than it can have been before), "
            "`label_changed` (printed in another form: rounded otherwise, `+` come or gone), `ambiguous` (the page "
            "prints several)",
        ),
    ),
    ("series", "captured_at"),
)
_IMAGE_MATCHES = Table(
    "image_matches",
    "one picture of an article that is a picture of another article of the story",
    (
        _STORY,
        *KEY,
        Column("image_url", "text", "the picture in the copy"),
        Column("image_record_id", "text", "WARC-Record-ID of the picture's response"),
        *_SOURCE,
        Column("source_image_url", "text", "the picture in the source"),
        Column("source_image_record_id", "text", "WARC-Record-ID of that picture's response"),
        Column("method", "text", "`asset` (the site's own id), `bytes` (same digest) or `perceptual`"),
        Column("distance", "integer", "between the perceptual hashes of what both show; null by other methods", "bits"),
        Column("correlation", "number", "of the tones of what both show; null by other methods", "-1 to 1"),
        Column("cropped", "text", "`copy` or `source`: which shows only a part; null where neither, or not looked at"),
        Column("part", "number", "share of the whole's area that the cropped one shows", "0 to 1"),
        Column("caption", "text", "in the copy"),
        Column("source_caption", "text", "in the source"),
        Column("caption_change", "text", "`same`, `changed`, `added` or `dropped` by the copy"),
        Column("credit", "text", "in the copy"),
        Column("source_credit", "text", "in the source"),
        Column("credit_change", "text", "`same`, `changed`, `added` or `dropped` by the copy"),
    ),
    ("story_id", "record_id", "image_url", "source_image_url"),
)

STORY_TABLES = (_STORIES, _COPIES, _SENTENCE_LINKS, _QUOTES, _VERSIONS, _COUNT_SERIES, _IMAGE_MATCHES)
