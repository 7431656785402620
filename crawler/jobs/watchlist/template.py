"""A first watchlist with its comments, from four answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path


def template(*, contact: str, story: Sequence[str], source: Sequence[str], archives: str) -> str:
    """The text of a watchlist; without stories, or sources, it has an example that is commented out."""
    off_story, off_source = "" if story else "# ", "" if source else "# "
    first_story, *more_stories = story or ["https://www.example.com/news/a-story"]
    first_source, *more_sources = source or ["https://www.example.com/feed.xml"]
    return f"""\
# A wirecopy watchlist. Check it with `wirecopy run --check {{file}}`, try it in time with
# `wirecopy schedule --simulate 90d {{file}}`, run it with `wirecopy run {{file}}`,
# and every half hour with `wirecopy schedule install {{file}}`. All keys: docs/watchlist.md.

contact = {_text(contact)}    # e-mail or URL that every request names, so that a site can reach you
archives = {_text(archives or "archives")}    # a folder seen from this file, or s3://BUCKET/PREFIX (docs/storage.md)
# log = "wirecopy.log.jsonl"          # one JSON object an event
# metrics = "wirecopy.prom"           # for Prometheus' textfile collector

[capture]
pictures = true       # the stories' own pictures
requisites = true     # styles, scripts, fonts, frames and films: pages then replay as they looked
panels = 12           # related-story cards to follow from a page
# providers = ["gdelt", "wayback"]    # public look-ups for copies and for pages that are gone

[politeness]          # robots.txt is obeyed in any case
delay = 1.0           # seconds between two requests to one host
per_hour = 1200       # requests to one host in an hour at most
# hosts."slow.example" = {{ delay = 10, per_hour = 60 }}

[revisit]             # quiet for a time t, visited again after eagerness x t
shortest = "1h"
longest = "30d"
eagerness = 0.25
until = "1y"          # a story quiet for so long is left alone
# counts = "6h"       # followers, views and comments more often than the rest

[limits]
stories = 500         # in one run
time = "6h"           # a run begins nothing new after this

# [alarms]            # new alarms once, those that stay once a day, and when they are over
# webhook = "https://hooks.example/wirecopy"
# command = ["logger", "-t", "wirecopy"]
# email = {{ to = ["desk@paper.example"], from = "wirecopy@paper.example", server = "mail.paper.example:587" }}

{off_story}[[story]]             # as many as you like
{off_story}url = {_text(first_story)}
# copies = ["https://aggregator.example/a-story"]
{_entries("story", more_stories)}
{off_source}[[source]]            # a feed, news sitemap, publisher's or aggregator's page
{off_source}url = {_text(first_source)}
# every = "1h"
# filter = {{ words = ["ferry", "harbour bridge"], without = ["horoscope"], sections = ["/news/"], max_age = "3d" }}
{_entries("source", more_sources)}"""


def write_template(file: Path, text: str) -> None:
    """Write the watchlist; raises ``FileExistsError`` rather than write over one."""
    with file.open("x", encoding="utf-8") as out:
        out.write(text.replace("{file}", file.name))


def _entries(kind: str, urls: Sequence[str]) -> str:
    return "".join(f"\n[[{kind}]]\nurl = {_text(url)}\n" for url in urls)


def _text(value: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
