"""``wirecopy verify``: everything that is wrong with archives, whoever wrote them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.cli import exit_codes
from crawler.cli.engines import interrupted_by_sigterm
from crawler.cli.places import at_hand, input_file, place
from crawler.cli.terminal import printable
from crawler.model.counted import counted
from crawler.model.presence import is_there

if TYPE_CHECKING:
    from crawler.archive.verify import Finding

_SHOWN = 3
"""Findings of one kind in one file that are printed; the rest are counted."""
_KEPT = 10_000
"""Findings that ``--json`` lists of one kind in one file; the rest are counted."""

_NOUNS = {"error": "error", "warning": "warning", "info": "note"}
"""What findings of a severity are counted as."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy verify``."""
    parser.add_argument(
        "paths",
        type=place,
        nargs="+",
        metavar="PATH",
        help="a collection (also of a store, s3://...), .warc, .warc.gz, .warc.zst, folder of them, or .wacz",
    )
    parser.add_argument("--json", action="store_true", help="print every finding as JSON")
    parser.add_argument(
        "--roots", type=input_file, metavar="PEM", help="certificates to trust for signatures and time stamps"
    )
    parser.epilog = (
        "Exit codes: 0 nothing worse than notes, 7 warnings, 8 errors, 3 no such archive, 6 collection in use. "
        "docs/verify.md explains every code."
    )


def run(options: argparse.Namespace) -> int:
    """Verify each path and print what was found; the exit code says the worst severity."""
    from crawler.archive import ReadError
    from crawler.archive.verify import Verdict, verify
    from crawler.archive.verify.archives import size_of
    from crawler.cli.bar import bar

    if options.roots is not None and not options.roots.is_file():
        raise ReadError(f"{options.roots} is no file of certificates", options.roots)
    for named in options.paths:
        if isinstance(named, Path) and not is_there(named):
            raise ReadError(f"{named} does not exist", named)
    worst = Verdict.SOUND
    reports = []
    for named in options.paths:
        report = _Report(named)
        path = at_hand(named, "verify")
        with interrupted_by_sigterm(), bar("verify", "B", size_of(path)) as reading:
            verdict = verify(path, report.note, progress=reading.advance, roots=options.roots)
        worst = max(worst, verdict)
        if options.json:
            reports.append(report.as_json(verdict))
        else:
            with _while_heard():
                report.print(verdict)
    if options.json:
        with _while_heard():
            print(json.dumps({"worst": _name(worst), "archives": reports}, ensure_ascii=False, indent=2))
    return {Verdict.WARNING: exit_codes.WARNINGS, Verdict.ERROR: exit_codes.ERRORS}.get(worst, exit_codes.OK)


@contextmanager
def _while_heard() -> Iterator[None]:
    """Print as long as anyone reads; when ``head`` has had enough, the exit code still has to say what was found."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


class _Report:
    """The findings of one archive, grouped so that a thousand of one kind take a few lines."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        self.counts: Counter[tuple[str, str]] = Counter()
        self.kept: dict[tuple[str, str], list[Finding]] = {}

    def note(self, finding: Finding) -> None:
        """Take down a finding."""
        key = finding.file, finding.code
        self.counts[key] += 1
        if self.counts[key] <= _KEPT:
            self.kept.setdefault(key, []).append(finding)

    def as_json(self, verdict: Any) -> dict[str, Any]:
        """The report as JSON."""
        findings = [finding.to_dict() for group in self.kept.values() for finding in group]
        omitted = sum(self.counts.values()) - len(findings)
        return {"path": str(self.path), "worst": _name(verdict), "findings": findings, "omitted": omitted}

    def print(self, verdict: Any) -> None:
        """Print the report, the gravest first."""
        order = {"error": 0, "warning": 1, "info": 2}
        groups = sorted(self.kept.items(), key=lambda item: (order[item[1][0].severity], item[0]))
        for (file, code), findings in groups:
            count = self.counts[file, code]
            times = f", {count:,} times" if count > 1 else ""
            print(f"{findings[0].severity:8}{code}  {file}{times}")
            for finding in findings[:_SHOWN]:
                place = "" if finding.offset is None else f"at {finding.offset}: "
                print(f"        {place}{printable(finding.message)}")
            if count > _SHOWN:
                print(f"        … and {count - _SHOWN:,} more; --json lists them")
        totals = Counter[str]()
        for (_, _), findings in self.kept.items():
            totals[findings[0].severity.value] += self.counts[findings[0].file, findings[0].code]
        said = ", ".join(counted(totals[name], _NOUNS[name]) for name in order if totals[name])
        print(f"{self.path}: {said or 'nothing to report'}" + ("" if verdict > 1 else "; sound"))


def _name(verdict: Any) -> str | None:
    return None if verdict == 0 else str(verdict.name.lower())
