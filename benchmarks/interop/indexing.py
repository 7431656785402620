"""Indexers and validators: cdxj-indexer writes the same index, the surt library the same keys, py-wacz is content."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import surt
from evidence import Evidence, expect

BIN = Path(sys.executable).parent
OURS_ONLY = ("urn:interim:", "urn:certificates:")  # metadata of connections: in the archive, left out of our index


def cdxj_indexer(evidence: Evidence) -> str:
    run = subprocess.run([BIN / "cdxj-indexer", *evidence.warcs], capture_output=True, text=True, check=False)
    expect(run.returncode == 0, run.stderr)
    theirs = {line for line in run.stdout.splitlines() if not line.startswith(OURS_ONLY)}
    ours = set(evidence.index)
    missing, more = sorted(theirs - ours), sorted(ours - theirs)
    expect(
        not missing and not more, f"{len(missing)} lines only theirs {missing[:1]}, {len(more)} only ours {more[:1]}"
    )
    return f"{len(ours)} lines, the same as ours"


def surt_keys(evidence: Evidence) -> str:
    for entry in evidence.entries:
        expect(surt.surt(entry["url"]) == entry["key"], f"{entry['url']}: {surt.surt(entry['url'])} {entry['key']}")
    return f"{len(evidence.entries)} keys agree"


def wacz_validate(evidence: Evidence) -> str:
    run = subprocess.run([BIN / "wacz", "validate", "-f", evidence.wacz], capture_output=True, text=True, check=False)
    said = " ".join((run.stdout + run.stderr).split())
    expect(run.returncode == 0 and "invalid" not in said.lower(), said)
    expect("Has signature" in said, "the signature was not looked at")
    return "valid, signed in the second its datapackage gives"
