"""``wirecopy init``: a first watchlist, from four questions."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from crawler.cli.conditions import CONTACT
from crawler.cli.errors import UsageError
from crawler.cli.places import path
from crawler.cli.run import WATCHLIST

SEVERAL = ("story", "source")
"""What may be said more than once."""
QUESTIONS = {
    "contact": "Who runs this? An e-mail or URL that sites can reach you by",
    "story": "A story to watch: the address of any of its pages; of several with spaces between (empty: none)",
    "source": "A feed, news sitemap or front page to take stories from, or several (empty: none)",
    "archives": "Where to keep the archives (empty: archives, beside the watchlist)",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy init``."""
    parser.add_argument(
        "watchlist", nargs="?", type=path, default=WATCHLIST, metavar="FILE", help=f"the file to write ({WATCHLIST})"
    )
    for name, question in QUESTIONS.items():
        several = "append" if name in SEVERAL else "store"
        words = question[0].lower() + question[1:] + ("; may be repeated" if name in SEVERAL else "")
        parser.add_argument(f"--{name}", action=several, metavar="ANSWER", help=words)
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
    text = template(
        contact=_read("contact", answers["contact"], contact),
        story=[_read("story", url, address) for url in answers["story"].split()],
        source=[_read("source", url, address) for url in answers["source"].split()],
        archives=_read("archives", answers["archives"], plain),
    )
    write_template(file, text)
    if not answers["story"] and not answers["source"]:
        print(f"{file}: written; add a [[story]] or [[source]] to it, then: wirecopy run {file}")
        return 0
    read_watchlist(file)
    print(f"{file}: written; now: wirecopy run {file}")
    return 0


def _read(name: str, answer: str, read: Callable[[str], str]) -> str:
    """An answer as the watchlist has it. Raises ``UsageError`` where it is none."""
    if not answer or (name == "archives" and "://" not in answer):
        return answer
    try:
        return read(answer)
    except ValueError as error:
        raise UsageError(f"--{name}: {error}") from None


def _answer(options: argparse.Namespace, name: str) -> str:
    said: str | list[str] | None = getattr(options, name)
    if said is None and name == "contact":
        said = os.environ.get(CONTACT)
    if said is None and sys.stdin.isatty():
        said = input(f"{QUESTIONS[name]}: ")
    return " ".join(said).strip() if isinstance(said, list) else (said or "").strip()
