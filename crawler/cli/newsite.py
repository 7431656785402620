"""``wirecopy newsite``: the skeleton of a site module, with recordings of its pages and tests that pass."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.cli import exit_codes
from crawler.cli.conditions import add_reach, normal
from crawler.cli.errors import UsageError
from crawler.cli.places import folder
from crawler.cli.record import archive_with

if TYPE_CHECKING:
    from crawler.testing.recording import Recording


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy newsite``."""
    parser.add_argument("host", metavar="HOST", help="the site's host, such as www.news.example")
    parser.add_argument(
        "urls", nargs="+", metavar="URL", help="pages of it, one recording each: two or three that differ"
    )
    parser.add_argument(
        "--into", type=folder, default=Path(), metavar="DIR", help="where module, tests and recordings go (here)"
    )
    add_reach(parser)
    parser.add_argument("--json", action="store_true", help="print the files written as JSON")


def run(options: argparse.Namespace) -> int:
    """Record the pages, guess rules from the first, and write the module with its tests."""
    from crawler.fetch.host import is_host
    from crawler.testing.record import record
    from crawler.testing.skeleton import expect_with, guess, module_name, write_skeleton
    from crawler.testing.web import page_of

    host = options.host.lower()
    if not is_host(host) or "." not in host or ":" in host:
        raise UsageError(f"{options.host}: not a host; write it alone, such as www.news.example")
    urls = [normal(url) for url in options.urls]
    for url in urls:
        if not f".{urlsplit(url).hostname or ''}".endswith(f".{host.removeprefix('www.')}"):
            raise UsageError(f"{url}: not a page of {host}")
    name, made = module_name(host), []
    for path in (options.into / f"{name}.py", options.into / "tests" / f"test_{name}.py"):
        if path.exists():
            raise UsageError(f"{path}: there is one already: name another folder with --into, or take it away")
    if options.into.exists() and not options.into.is_dir():
        raise UsageError(f"{options.into}: is a file; name a folder with --into")
    with archive_with(urls, options) as archive:
        if archive is None:
            return exit_codes.NOTHING
        for number, url in enumerate(dict.fromkeys(urls), 1):
            made_in = options.into / "tests" / "recorded" / f"{name}-{number}"
            made.append(record(archive, [url], made_in, at=options.at).recording)
    guesses = list(guess(page_of(made[0])))
    files = write_skeleton(
        options.into, host, guesses, seen=made[0].at, recordings=[recording.name for recording in made]
    )
    expect_with(options.into / f"{name}.py", made)
    stories = [_is_story(recording, options.verb) for recording in made]
    code = exit_codes.OK if all(stories) else exit_codes.PARTIAL
    if options.json:
        print(json.dumps({"files": [str(file) for file in files], "recordings": [str(each.folder) for each in made]}))
        return code
    for file in (*files, *(recording.folder for recording in made)):
        print(file)
    print(
        f"Read the expected.json files and put right what is wrong in them; then make {options.into / name}.py see it: "
        f"pytest {options.into / 'tests'}"
    )
    return code


def _is_story(recording: Recording, verb: str) -> bool:
    """Whether a recorded page is an article; told where it is none, for its tests hold nothing of a story then."""
    from crawler.model import Outcome

    outcome = (recording.expected() or {}).get("outcome")
    if outcome == Outcome.ARTICLE:
        return True
    print(f"wirecopy {verb}: {recording.urls[0]}: {outcome}, no article; record the page of a story", file=sys.stderr)
    return False
