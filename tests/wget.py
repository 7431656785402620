"""wget, as it writes WARCs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

with_wget = pytest.mark.skipif(shutil.which("wget") is None, reason="no wget here: apt-get install wget")


def wget(*words: str | Path, cwd: Path | None = None) -> None:
    """Run it, whatever it is told elsewhere; it makes no WARC where TMPDIR is longer than ninety bytes or so."""
    environment = {**os.environ, "TMPDIR": "/tmp"}
    subprocess.run(["wget", "-q", "--no-config", "--no-proxy", *words], cwd=cwd, env=environment, timeout=120)
