"""One WARC on several cores: the same as on one, in the same order, also where a process is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import open_archive
from crawler.cli import exit_codes, main
from crawler.jobs.extraction.spread import Spread
from crawler.model import Article
from tests.damage import spoil
from tests.jobs.extraction.conftest import Writing

PAGES = 70
MADE = PAGES + PAGES // 10


def url_of(article: Article) -> str:
    return f"{article.url} {article.captured_at}"


def url_unless_deadly(article: Article) -> str:
    if article.url == "https://long.example/20":
        os.kill(os.getpid(), signal.SIGKILL)
    return url_of(article)


def url_unless_deadly_once(article: Article) -> str:
    mark = Path(os.environ["MARK"])
    if article.url == "https://long.example/20" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return url_of(article)


def made(path: Path, show: Any, processes: int) -> tuple[list[str], list[str]]:
    told: list[str] = []
    with open_archive(path) as archive, Spread(show, processes) as spread:
        return list(spread.archive(archive, path, str(path), told.append)), told


def test_several_processes_print_what_one_prints(write_warc: Writing, tmp_path: Path, wirecopy: Any) -> None:
    path = write_warc("long.warc.gz", PAGES)
    for processes in ("1", "2"):  # new processes have seeds of their own: nothing may hang on the order of a set
        done = wirecopy("extract", path, "--processes", processes, "-o", tmp_path / processes, PYTHONHASHSEED=processes)
        assert done.returncode == exit_codes.OK, done.stderr
    assert (tmp_path / "1").read_text() == (tmp_path / "2").read_text()
    assert len((tmp_path / "1").read_text().splitlines()) == MADE


def test_few_pages_start_no_process(write_warc: Writing) -> None:
    path = write_warc("short.warc.gz", 5)
    with open_archive(path) as archive, Spread(lambda article: article.url, 2) as spread:
        assert len(list(spread.archive(archive, path, str(path), print))) == 6, (
            "a lambda would not reach another process"
        )


def test_a_killed_process_costs_nothing(write_warc: Writing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARK", str(tmp_path / "killed"))
    path = write_warc("long.warc.gz", PAGES)
    values, told = made(path, url_unless_deadly_once, 2)
    assert (tmp_path / "killed").exists()
    assert values == made(path, url_of, 1)[0]
    assert told == []


def test_the_page_that_kills_is_left_out_and_named(write_warc: Writing) -> None:
    path = write_warc("long.warc.gz", PAGES)
    values, told = made(path, url_unless_deadly, 2)
    assert values == [url for url in made(path, url_of, 1)[0] if not url.startswith("https://long.example/20 ")]
    assert [line.partition(":")[2] for line in told] == [
        "//long.example/20: left out, since the process that reads it is killed; is there memory enough?"
    ]


def test_a_process_that_is_killed_before_more_pages_are_handed_over_costs_nothing(write_warc: Writing) -> None:
    path = write_warc("long.warc.gz", 200)
    told: list[str] = []
    with open_archive(path) as archive, Spread(url_of, 2) as spread:
        making = spread.archive(archive, path, str(path), told.append)
        values = [next(making)]
        os.kill(spread._pool.submit(os.getpid).result(), signal.SIGKILL)
        values += making
    assert values == made(path, url_of, 1)[0]
    assert told == []


def test_damage_is_told_and_costs_what_it_touches(write_warc: Writing) -> None:
    path = write_warc("long.warc.gz", PAGES)
    spoil(path)
    one, two = made(path, url_of, 1), made(path, url_of, 2)
    assert one == two
    assert len(one[1]) == 1
    assert MADE - 3 <= len(one[0]) < MADE


def test_no_process_outlives_a_run_that_is_killed(write_warc: Writing, forks: Any, tmp_path: Path) -> None:
    path = write_warc("long.warc.gz", 300)
    words = ["extract", path, "--processes", "2", "-o", tmp_path / "out"]
    environment = {**os.environ, "HELD": str(tmp_path)}
    process = forks.start("tests.jobs.extraction.held:main", words, environment=environment)
    mark = str(path).encode()
    begun = tmp_path / ".out.new"
    process.until(lambda: begun.exists() and begun.stat().st_size > 0)
    assert not process.ended(), process.finish().stderr
    os.kill(process.pid, signal.SIGTERM)
    assert process.finish().returncode == exit_codes.INTERRUPTED
    assert not (tmp_path / "out").exists()
    assert mark not in subprocess.run(["ps", "-eo", "args"], capture_output=True, check=True, timeout=120).stdout


def test_what_does_not_go_together_is_said(tmp_path: Path, write_warc: Writing, capsys: Any) -> None:
    path = str(write_warc("short.warc.gz", 1))
    for words, said in (
        (["--format", "parquet"], "name it with -o DIR"),
        (["--scheduler", "tcp://x:1"], "belongs to --engine dask"),
        (["--format", "parquet", "-o", path], "name it with -o DIR"),
        (["--format", "parquet", "-o", str(tmp_path / "t"), "--explain"], "--explain and --report"),
    ):
        assert main(["extract", path, *words]) == exit_codes.USAGE
        assert said in capsys.readouterr().err


@pytest.mark.parametrize("processes", [3, 4, 5], ids=["server starts", "server is there", "pages are extracted"])
def test_ctrl_c_is_one_line_whatever_has_been_started_by_then(write_warc: Writing, processes: int) -> None:
    path = write_warc("long.warc.gz", 4000)
    words = [sys.executable, "-m", "crawler.cli", "extract", path, "--processes", "2"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True) as process:
        end = time.monotonic() + 120
        while len(_session(process.pid)) < processes:
            assert time.monotonic() < end
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _, said = process.communicate(timeout=120)
    assert said.decode() == (
        "wirecopy extract: interrupted; what was printed until now is not all; call again for that\n"
    )
    # Python ends by the signal itself where that met a class in the making; a shell calls both 130.
    assert process.returncode in (exit_codes.INTERRUPTED, -signal.SIGINT)
    end = time.monotonic() + 120
    while _session(process.pid):
        assert time.monotonic() < end


def _session(leader: int) -> list[int]:
    """The processes of a session: a program's, its server, the tracker of its semaphores, and those that extract."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == leader and fields[0] != "Z":
                found.append(int(process.name))
    return found
