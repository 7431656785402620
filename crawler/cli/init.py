"""``wirecopy init``: a first watchlist, from four questions."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from crawler.cli.conditions import CONTACT
from crawler.cli.errors import UsageError
from crawler.cli.places import path
from crawler.cli.run import WATCHLIST

QUESTIONS = {
    "contact": "Who runs this? An e-mail or URL that sites can reach you by",
    "story": "A story to watch: the address of any of its pages (empty: none)",
    "source": "A feed, news sitemap or front page to take stories from (empty: none)",
    "archives": "Where to keep the archives (empty: archives, beside the watchlist)",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy init``."""
    parser.add_argument(
        "watchlist", nargs="?", type=path, default=WATCHLIST, metavar="FILE", help=f"the file to write ({WATCHLIST})"
    )
    for name, question in QUESTIONS.items():
        parser.add_argument(f"--{name}", metavar="ANSWER", help=question[0].lower() + question[1:])
    parser.add_argument("--schema", action="store_true", help="only print the JSON Schema of watchlists, for editors")


def run(options: argparse.Namespace) -> int:
    """Ask what was not said, write the file, and say what to do next."""
    from crawler.archive.store.address import plain
    from crawler.fetch.contact import contact
    from crawler.jobs.watchlist.entries import Watchlist
    from crawler.jobs.watchlist.reading import read_watchlist
    from crawler.jobs.watchlist.template import template, write_template
    from crawler.jobs.watchlist.values import address

    if options.schema:
        print(json.dumps(Watchlist.model_json_schema(), ensure_ascii=False, indent=1))
        return 0
    file: Path = options.watchlist
    if file.exists() or file.is_symlink():
        raise UsageError(f"{file}: is there already; name another file, or change that one")
    answers = {name: _answer(options, name) for name in QUESTIONS}
    if not answers["contact"]:
        raise UsageError(f"nobody to reach: say --contact with an e-mail or URL, or set {CONTACT}")
    for name, read in (("contact", contact), ("story", address), ("source", address), ("archives", plain)):
        if answers[name] and (read is not plain or "://" in answers[name]):
            try:
                answers[name] = read(answers[name])
            except ValueError as error:
                raise UsageError(f"--{name}: {error}") from None
    write_template(file, template(**answers))
    if not answers["story"] and not answers["source"]:
        print(f"{file}: written; add a [[story]] or [[source]] to it, then: wirecopy run {file}")
        return 0
    read_watchlist(file)
    print(f"{file}: written; now: wirecopy run {file}")
    return 0


def _answer(options: argparse.Namespace, name: str) -> str:
    said: str | None = getattr(options, name)
    if said is None and name == "contact":
        said = os.environ.get(CONTACT)
    if said is None and sys.stdin.isatty():
        said = input(f"{QUESTIONS[name]}: ")
    return (said or "").strip()
