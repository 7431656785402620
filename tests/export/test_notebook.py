"""The notebook in ``docs/``: every cell is run on an export of the demo, and three plots come out."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "tables.ipynb"
END = """
import matplotlib.pyplot as plt
for number in plt.get_fignums():
    figure = plt.figure(number)
    drawn = sum(len(axes.patches) + len(axes.lines) for axes in figure.axes)
    figure.savefig(f"{number}.png")
    print(number, drawn)
"""


def test_every_cell_runs_and_three_plots_come_out(demo: Any, wirecopy: Any, tmp_path: Path) -> None:
    missing = [name for name in ("pandas", "matplotlib") if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"{missing[0]} is not installed: pip install 'wirecopy[notebook]'")
    for form, name in (("parquet", "export"), ("jsonl", "export-lines")):
        assert wirecopy("export", demo.collection, "--format", form, "-o", tmp_path / name).returncode == 0
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    script = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code") + END
    home = {"MPLBACKEND": "Agg", "MPLCONFIGDIR": str(tmp_path / "matplotlib")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, **home},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    drawn = [int(line.split()[1]) for line in done.stdout.splitlines()]
    assert len(drawn) == 3
    assert all(drawn)
    assert all((tmp_path / f"{number}.png").stat().st_size > 5000 for number in (1, 2, 3))
    assert not any(cell.get("outputs") for cell in cells)
