"""What the catalogue's SQLite file holds."""

from __future__ import annotations

SCHEMA = 5
"""Raised with every change below: a file of another number is made anew."""
STORED: dict[str, tuple[str, ...]] = {
    "copies": ("story_id", "record_id"),
    "sentence_links": ("record_id", "story_id"),
    "quotes": ("record_id", "story_id"),
    "versions": ("article_url", "record_id"),
    "count_series": ("series", "record_id", "site"),
    "image_matches": ("story_id", "record_id"),
}
"""The story tables kept row by row, and the columns they are found by."""

CREATE = f"""
CREATE TABLE collections (name TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE articles (
  id INTEGER PRIMARY KEY, collection TEXT NOT NULL, record_id TEXT NOT NULL, url TEXT NOT NULL, surt TEXT NOT NULL,
  site TEXT NOT NULL, headline TEXT, outlet TEXT, byline TEXT, language TEXT, published TEXT, captured_at TEXT,
  outcome TEXT, words INTEGER NOT NULL, start INTEGER NOT NULL, story INTEGER,
  first_of TEXT NOT NULL, -- id of the story that it is the first article of, if it is of any
  UNIQUE (collection, record_id)
);
-- A list is walked in its order: an index holds what a filter asks for too, so that only the rows shown are read.
CREATE INDEX articles_by_capture ON articles (captured_at, outcome, outlet, collection, published);
CREATE INDEX articles_by_published ON articles (published, outcome, outlet, collection);
CREATE INDEX articles_by_headline ON articles (headline, outcome, outlet, collection, published);
CREATE INDEX articles_by_outlet ON articles (outlet, published DESC, outcome, collection);
CREATE INDEX articles_by_outcome ON articles (outcome, published);
CREATE INDEX articles_by_collection ON articles (collection, captured_at);
CREATE INDEX articles_by_story ON articles (story, outlet, outcome);
CREATE INDEX articles_by_address ON articles (surt, captured_at);
CREATE INDEX articles_by_first_of ON articles (first_of, collection);
CREATE INDEX articles_by_site ON articles (site, outcome);
CREATE VIRTUAL TABLE words USING fts5 (
  headline, authors, text, tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE stories (
  id INTEGER PRIMARY KEY, collection TEXT NOT NULL, story_id TEXT NOT NULL, headline TEXT, outlet TEXT, published TEXT,
  captured_at TEXT, articles INTEGER NOT NULL, sites INTEGER NOT NULL,
  UNIQUE (collection, story_id)
);
CREATE INDEX stories_by_published ON stories (published, collection);
CREATE INDEX stories_by_capture ON stories (captured_at, collection, published);
CREATE INDEX stories_by_articles ON stories (articles, published, collection);
CREATE INDEX stories_by_headline ON stories (headline, collection, published);
CREATE TABLE copies (
  collection TEXT NOT NULL, story INTEGER NOT NULL, record_id TEXT NOT NULL, source_record_id TEXT, role TEXT,
  direction TEXT, coverage REAL
);
CREATE INDEX copies_by_record ON copies (collection, record_id);
CREATE TABLE stored (
  tab TEXT NOT NULL, collection TEXT NOT NULL, key0 TEXT, key1 TEXT, key2 TEXT, data TEXT NOT NULL
);
CREATE INDEX stored_by_key0 ON stored (tab, key0);
CREATE INDEX stored_by_key1 ON stored (tab, key1);
CREATE INDEX stored_by_collection ON stored (collection);
PRAGMA user_version = {SCHEMA};
"""
