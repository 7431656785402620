"""A headless Chromium in which all processes of the tests open their tabs."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.shared import serving

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from chromium import browser


def main() -> None:
    """Run it until the tests end."""
    executable, profile, *told = sys.argv[1:]
    with browser(executable, Path(profile)) as endpoint:
        serving(endpoint, *told)
