"""``wirecopy record``: pages as they are now, made into a recording that tests replay."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli import exit_codes
from crawler.cli.conditions import add_conditions, add_reach, conditions_of, normal
from crawler.cli.errors import UsageError
from crawler.cli.places import folder
from crawler.model.counted import counted

if TYPE_CHECKING:
    from crawler.testing.record import Recorded


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy record``."""
    parser.add_argument(
        "urls", nargs="+", metavar="URL", help="the page under test, then what else its spider asks for"
    )
    parser.add_argument("folder", type=folder, metavar="DIR", help="where the recording goes: tests/recorded/NAME")
    parser.add_argument("--whole", action="store_true", help="keep styles, scripts and heads as they were")
    add_reach(parser)
    parser.add_argument("--json", action="store_true", help="print what was recorded as JSON")


def run(options: argparse.Namespace) -> int:
    """Record, and show what is expected from now on."""
    from crawler.testing.record import record

    urls = [normal(url) for url in options.urls]
    if options.folder.exists() and not options.folder.is_dir():
        raise UsageError(f"{options.folder}: is a file; name the folder that the recording goes into")
    with archive_with(urls, options) as archive:
        if archive is None:
            return exit_codes.NOTHING
        made = record(archive, urls, options.folder, at=options.at, whole=options.whole)
    print(json.dumps(_as_json(made), ensure_ascii=False, indent=2) if options.json else told(made))
    return exit_codes.OK


@contextmanager
def archive_with(urls: list[str], options: argparse.Namespace) -> Iterator[Path | None]:
    """The archive that was named, or one with the pages freshly captured, gone at the end.

    None where a page did not come.
    """
    if options.source is not None:
        yield options.source
        return
    if options.at is not None:
        raise UsageError("--at chooses among the captures of an archive: name it with --from")
    from crawler.archive.scratch import Scratch

    with Scratch() as spool:
        collection = Path(spool) / "pages"
        yield collection if fetch_pages(urls, collection, options) else None


def fetch_pages(urls: list[str], collection: Path, options: argparse.Namespace) -> bool:
    """Capture these pages into a collection, and nothing that belongs to them; say which did not come, and why.

    False where one did not come.
    """
    from crawler.cli.progress import watching
    from crawler.jobs.capture import capture
    from crawler.spiders.wanted import Wanted

    wanted = Wanted(
        urls=tuple(dict.fromkeys(urls)), panels=0, originals=False, pictures=False, requisites=False, candidates=False
    )
    unsaid = argparse.ArgumentParser()
    add_conditions(unsaid)  # options that this verb does not have are as if nobody had said them
    said = {"collection": collection, "source": None, "at": None, "anew": True}
    conditions = conditions_of(argparse.Namespace(**{**vars(unsaid.parse_args([])), **vars(options), **said}), urls)
    with watching() as watch:
        report = capture(wanted, conditions, watch=watch)
    for miss in report.misses:
        print(f"wirecopy {options.verb}: {miss.requested}: {miss.outcome.value}: {miss.message}", file=sys.stderr)
    return not report.misses


def told(made: Recorded) -> str:
    """A recording in a few lines."""
    expected = made.recording.expected() or {}
    lines = [
        f"{made.recording.folder}: {counted(made.answers, 'answer')}, {counted(made.size, 'byte')}, "
        f"captured {made.recording.at:%Y-%m-%dT%H:%M:%SZ}",
        f"  {expected.get('outcome')}: {expected.get('headline') or '(no headline)'}",
    ]
    if made.changed:
        lines += ["  expected.json is another than before:", made.changed]
    else:
        lines.append("  read expected.json before you trust it: it says what comes out now, not what is true")
    return "\n".join(lines)


def _as_json(made: Recorded) -> dict[str, object]:
    return {
        "folder": str(made.recording.folder),
        "urls": list(made.recording.urls),
        "captured_at": f"{made.recording.at:%Y-%m-%dT%H:%M:%SZ}",
        "answers": made.answers,
        "size": made.size,
        "changed": made.changed,
        "expected": made.recording.expected(),
    }
