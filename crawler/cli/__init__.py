"""The command line: one small module a verb, loaded when that verb is called.

What verbs share: ``parser`` (of calls), ``conditions`` (of a crawl), ``places`` (of archives), ``url_lists``,
``engines``, ``times``; on the terminal ``bar``, ``progress``, ``summary``, ``failures``, ``coverage``,
``explanation``, ``numbers`` and ``terminal``; ``errors``, ``interruption`` and ``exit_codes`` for what goes wrong,
``streams`` for what was closed.
"""

from __future__ import annotations

import argparse
import os
import select
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

from crawler import __version__
from crawler.cli import exit_codes
from crawler.cli.errors import UsageError
from crawler.cli.parser import Parser, alike
from crawler.cli.streams import open_closed
from crawler.cli.terminal import print_any_sign, printable
from crawler.jobs.tasks.interruption import hear_again

VERBS = {
    "demo": "capture a small web of our own and show what comes out",
    "capture": "capture a story from one URL: original, copies, pictures, related cards",
    "discover": "list the stories that feeds, news sitemaps and publishers' pages lead to",
    "init": "write a watchlist by asking four questions",
    "run": "one pass over a watchlist: capture what is due (for cron and systemd)",
    "worker": "capture what runs hand to a broker, beside workers on other machines",
    "schedule": "what comes when; try a watchlist in time; install or remove its timer",
    "status": "how a watchlist's sites, fields, disk and runs are doing; alarms",
    "extract": "turn archives, pages or text dumps into articles (JSON Lines)",
    "stories": "group the articles of archives into stories and their copies",
    "compare": "align two articles sentence by sentence",
    "import": "take WARC, WACZ and HAR files of other programs into a collection",
    "index": "rebuild index, ledger, pages and tables of a collection from its WARCs",
    "verify": "check archives to the last byte, whoever wrote them",
    "repair": "make damaged WARCs whole: what can be read stays, the rest is kept beside",
    "push": "put a collection into an S3-compatible store, or what is new in it",
    "pull": "fetch a collection from an S3-compatible store",
    "pack": "zip a collection into one WACZ file",
    "record": "make a recording of pages for tests, replayed offline at a frozen time",
    "newsite": "write the skeleton of a site module, with recordings and tests",
    "sign": "sign a WACZ with your key, and have the signature time-stamped",
    "serve": "show collections in the browser: stories, copies, changes, counts, and the archived pages themselves",
    "export": "write the tables as Parquet, CSV, JSON Lines, SQLite or JSON-LD",
    "proxy": "answer any browser or crawler from an archive, as an HTTP(S) proxy",
    "viewer": "install ReplayWeb.page, to see archived pages with their scripts",
}
"""Every verb and what it is for; each is a module of this package with ``add_arguments`` and ``run``."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code (see :mod:`crawler.cli.exit_codes`)."""
    open_closed()
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = hear_again
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = None
    print_any_sign()
    code = exit_codes.OK
    try:
        try:
            options = _options(words)
            print_any_sign(as_json=_is_json(options))
            code = _module(options.verb).run(options)
        except SystemExit:  # argparse, once it has printed a help or the version
            pass
        sys.stdout.flush()  # at the interpreter's end, a full disk would be told as a traceback and code 120
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - every error ends as one line and an exit code
        call = f"wirecopy {words[0]}" if words and words[0] in VERBS else "wirecopy"
        code = _told(error, call, options)
    return code


def _is_json(options: argparse.Namespace) -> bool:
    """Whether a call prints JSON; ``extract`` prints lines of it, unless a person is to read them."""
    return getattr(options, "json", False) or (options.verb == "extract" and not (options.explain or options.report))


def _options(words: Sequence[str]) -> argparse.Namespace:
    """What a call says. Raises ``UsageError`` for one that is off, ``SystemExit`` where it only wants to be told."""
    parser = Parser(
        prog="wirecopy",
        description="Keep the story, and every copy of it: an archival crawler for news.",
        epilog="wirecopy VERB --help tells about one verb. " + exit_codes.EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"wirecopy {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    verb_parser = parser
    for verb, purpose in VERBS.items():
        added = verbs.add_parser(verb, help=purpose, description=_sentence(purpose), epilog=exit_codes.EPILOG)
        if words[:1] == [verb]:
            verb_parser = added
            _module(verb).add_arguments(added)
    if verb_parser is parser:
        parser.parse_known_args(words[:1] if words and words[0].startswith("-") else [])
        raise UsageError(_without_verb(words))
    options, rest = parser.parse_known_args(words)
    if rest and not (hasattr(options, "words") and all(not word.startswith("-") for word in rest)):
        verb_parser.unrecognized(rest)
    if rest:
        options.words += rest  # argparse gives up on several optional words where an option stands between them
    return options


def _without_verb(words: Sequence[str]) -> str:
    """What is off with a call that does not begin with a verb."""
    lists = "`wirecopy --help` lists them"
    if not words:
        return f"which command? {lists}"
    first = printable(words[0]) or "''"
    if first.startswith(("https://", "http://")):
        import shlex

        return f"{first}: no such command; to capture it: wirecopy capture {shlex.quote(first)}"
    if not first.startswith("-"):
        meant = alike(first, VERBS)
        return f"{first}: no such command; {f'did you mean {meant}? ' if meant else ''}{lists}"
    verb = next((word for word in words if word in VERBS), None)
    if verb:
        return f"{first}: options stand behind the command; see `wirecopy {verb} --help`"
    return f"{first}: no such option; see `wirecopy --help`"


def _told(error: BaseException, call: str, options: argparse.Namespace | None) -> int:
    """Tell of what ended a call, which may not have been understood yet, and return its exit code."""
    from crawler.cli.errors import exit_code_of
    from crawler.cli.interruption import left_of
    from crawler.model.address import without_password

    if isinstance(error, BrokenPipeError) and _is_unread():
        _drop_output()
        sys.stderr.close()  # nothing more to say to anyone
        return exit_codes.OK
    known = exit_code_of(error)
    if known is None:
        print(without_password("".join(traceback.format_exception(error))), end="", file=sys.stderr)
        print(f"{call}: a fault of wirecopy's own, please report the lines above", file=sys.stderr)
        return exit_codes.FAULT
    code, message = known
    if code == exit_codes.INTERRUPTED and options and (left := left_of(options)):
        message += f"; {left}"
    if isinstance(error, OSError):
        _drop_output()
    lines = map(printable, without_password(message).split("\n"))
    print(f"{call}: " + "\n".join(lines), file=sys.stderr)
    return code


def _is_unread() -> bool:
    """Whether the reader of what is printed has gone: a pipe to somebody else may be the one that broke."""
    asked = select.poll()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # it is no file, or closed
            asked.register(stream.fileno(), 0)
    return bool(asked.poll(0))


def _drop_output() -> None:
    """Let go of output that can't be written, which the interpreter would try once more at its end, and fail."""
    try:
        sys.stdout.flush()
    except OSError:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _module(verb: str) -> Any:
    """The module of a verb; ``import`` is a word of Python's, so its module is ``import_``."""
    return import_module(f"crawler.cli.{verb}{'_' if iskeyword(verb) else ''}")


def _sentence(purpose: str) -> str:
    return purpose[0].upper() + purpose[1:] + "."
