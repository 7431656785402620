"""The table of articles by Dask: row for row that of one process, also where a worker is killed over its task."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import duckdb
import pytest
from distributed import LocalCluster

from crawler.archive import open_archive
from crawler.cli import exit_codes, main
from crawler.jobs.captured_pages import articles_of_archive
from crawler.jobs.extraction.parts import extract_part, parts_of, row_of, table_at, warcs_of
from crawler.jobs.run.engine import EngineError
from crawler.jobs.tasks.dask import dask
from tests.forkserver import PATIENCE
from tests.jobs.extraction.conftest import Writing

ROOT = Path(__file__).parents[3]
HELD = "import sys; from tests.jobs.extraction.held import main; sys.exit(main())"


def rows(folder: Path) -> list[Any]:
    return duckdb.sql(f"SELECT * FROM read_parquet('{folder}/articles-*.parquet')").fetchall()


def holding(folder: Path) -> tuple[dict[str, str], Path]:
    """The environment of a call that is held up, and the folder where those that wait are seen."""
    held = folder / "held"
    held.mkdir()
    return {**os.environ, "HELD": str(held)}, held


@pytest.mark.slow
def test_a_killed_worker_changes_no_row(write_warc: Writing, tmp_path: Path, forks: Any) -> None:
    for number in range(6):
        write_warc(f"many/site{number}.warc.gz", 40)
    words = ["extract", tmp_path / "many", "--format", "parquet", "--processes", "2", "-o"]
    alone = forks.run("crawler.cli:main", [*words, tmp_path / "alone"])
    assert (alone.returncode, alone.stdout) == (0, f"{tmp_path}/alone: 264 articles of 6 WARCs\n")
    out = tmp_path / "dask"
    environment, held = holding(tmp_path)
    process = forks.start("tests.jobs.extraction.held:main", [*words, out, "--engine", "dask"], environment=environment)
    process.until(lambda: len(list(held.iterdir())) == 2)
    assert not process.ended(), process.finish().stderr
    assert len(list(out.glob("wirecopy-*/wirecopy-*"))) == 2
    os.kill(int(next(held.iterdir()).name), signal.SIGKILL)
    (held / "go on").touch()
    done = process.finish()
    assert done.returncode == 0, done.stderr
    assert rows(out) == rows(tmp_path / "alone")
    assert len(rows(out)) == 264
    assert sorted(file.name for file in out.iterdir()) == [f"articles-{number:06}.parquet" for number in range(6)]


@pytest.mark.slow
def test_ctrl_c_leaves_the_table_as_it_was_and_prints_one_line(write_warc: Writing, tmp_path: Path, forks: Any) -> None:
    out = tmp_path / "table"
    words = ["extract", tmp_path / "many", "--format", "parquet", "-o", out]
    write_warc("many/site0.warc.gz", 4)
    assert forks.run("crawler.cli:main", words).returncode == 0
    before = rows(out)
    for number in range(1, 5):
        write_warc(f"many/site{number}.warc.gz", 10)
    command = [sys.executable, "-c", HELD, *words, "--engine", "dask", "--processes", "2"]
    environment, _ = holding(tmp_path)
    with Popen(
        command, start_new_session=True, stdout=PIPE, stderr=PIPE, text=True, env=environment, cwd=ROOT
    ) as process:
        end = time.monotonic() + PATIENCE
        while not list(out.glob("wirecopy-*/articles-*")):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < end
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        said = process.communicate(timeout=120)
    assert process.returncode == exit_codes.INTERRUPTED
    assert said == (
        "",
        f"wirecopy extract: interrupted; {out} is as it was before; call again to have it written\n",
    )
    assert rows(out) == before
    assert [file.name for file in out.iterdir()] == ["articles-000000.parquet"]


def test_the_table_holds_what_is_extracted_in_its_order(write_warc: Writing, tmp_path: Path) -> None:
    path = write_warc("one.warc.gz", 20)
    (tmp_path / "table").mkdir()
    (tmp_path / "table" / "articles-000009.parquet").touch()
    (tmp_path / "table" / "articles-of-mine.parquet").touch()
    assert main(["extract", str(path), "--format", "parquet", "-o", str(tmp_path / "table")]) == exit_codes.OK
    with open_archive(path) as archive:
        articles = [row_of(article) for article in articles_of_archive(archive)]
    assert {file.name for file in (tmp_path / "table").iterdir()} == {
        "articles-000000.parquet",
        "articles-of-mine.parquet",
    }
    found = duckdb.sql(f"SELECT collection, url, text FROM '{tmp_path}/table/articles-0*.parquet'").fetchall()
    assert found == [("one.warc.gz", row["url"], row["text"]) for row in articles]


def test_what_can_not_be_read_is_told_and_the_rest_goes_on(write_warc: Writing, tmp_path: Path, capsys: Any) -> None:
    path = write_warc("one.warc.gz", 2)
    (tmp_path / "none").mkdir()
    words = ["--format", "parquet", "-o", str(tmp_path / "table"), "--json"]
    assert main(["extract", str(path), str(tmp_path / "none"), *words]) == exit_codes.PARTIAL
    said = capsys.readouterr()
    assert '"files": 1, "rows": 2' in said.out
    assert "none: no collection, WARC or WACZ there" in said.err
    assert main(["extract", str(tmp_path / "none"), *words]) == exit_codes.UNREADABLE


def test_a_scheduler_that_is_not_there_is_one_line(
    write_warc: Writing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.jobs.tasks.dask._SECONDS", 0.5)
    with table_at(tmp_path / "table") as table:
        parts = parts_of(warcs_of([write_warc("one.warc.gz", 2)], print), table)
        for address in ("tcp://127.0.0.1:9", "nonsense://x"):
            with pytest.raises(EngineError, match=f"no Dask scheduler at {address}"), dask(address, 1) as each:
                list(each(extract_part, parts))


def test_a_scheduler_that_goes_away_is_one_line() -> None:
    # Its worker is a thread of this process, where DuckDB 2.0.0 came to a standstill once, with the interpreter's lock.
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0") as cluster,
        dask(cluster.scheduler_address, 1) as each,
    ):
        done = each(time.sleep, [0.05] * 100)
        next(done)
        cluster.close()
        with pytest.raises(EngineError, match="the scheduler went away"):
            list(done)


def test_workers_that_all_go_away_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.jobs.tasks.dask._WORKERS", 1.0)
    monkeypatch.setattr("crawler.jobs.tasks.dask._LOOK", 0.2)
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0") as cluster,
        dask(cluster.scheduler_address, 1) as each,
    ):
        done = each(time.sleep, [0.05] * 100)
        next(done)
        cluster.scale(0)
        with pytest.raises(EngineError, match="all workers went away"):
            list(done)
