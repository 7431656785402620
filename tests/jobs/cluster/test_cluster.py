"""Runs whose stories are captured by workers, through a real broker, with workers that die."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection
from crawler.cli import exit_codes, main
from crawler.jobs.cluster import Cluster, ClusterError
from crawler.jobs.run import Result, book_file, run
from crawler.jobs.watchlist import read_watchlist
from tests.jobs.cluster.conftest import Sites, Starting, kill
from tests.processes import is_told, standing_still
from tests.processes import workers as workers_of

SITES = 9
PAGES = 2
DELAY = 0.25


def captured(archives: Path) -> Counter[str]:
    """How often each page was captured, over all collections."""
    found: Counter[str] = Counter()
    for folder in archives.iterdir():
        if folder.is_dir():
            with Collection(folder) as collection:
                found.update(capture.url for capture in collection.captures() if capture.status == 200)
    return found


@pytest.mark.slow
def test_killed_workers_lose_no_page_double_none_and_never_hurry_a_host(
    broker: str, sites: Sites, watchlist_file: Callable[..., Path], start: Starting
) -> None:
    urls = [f"http://site{site}.example/{page}" for site in range(SITES) for page in range(PAGES)]
    sites.seconds = 0.05
    file = watchlist_file(*urls, delay=DELAY)
    archives = file.parent / "archives"
    words = ("worker", "--broker", broker, "--archives", str(archives), "--jobs", "3", "--heartbeat", "6")
    workers = [start(*words) for _ in range(2)]
    process = start("run", str(file), "--engine", "dramatiq", "--broker", broker, "--json")
    process.until(lambda: sites.total() >= SITES)
    kill(workers[0].pid)
    workers.append(start(*words))
    done = process.finish()
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert (report["result"], report["stories"], report["later"]) == ("well", len(urls), 0), report
    assert captured(archives) == Counter(urls)
    assert len(sites.gaps()) == SITES
    assert min(sites.gaps().values()) >= DELAY
    os.kill(workers[1].pid, signal.SIGTERM)
    assert workers[1].finish().returncode == exit_codes.OK


@pytest.mark.slow
def test_a_worker_that_is_told_to_end_gives_its_job_back_and_another_goes_on(
    broker: str, sites: Sites, watchlist_file: Callable[..., Path], start: Starting
) -> None:
    urls = [f"http://one.example/{page}" for page in range(15)]
    file = watchlist_file(*urls, delay=0.4)
    words = ("worker", "--broker", broker, "--archives", str(file.parent / "archives"), "--json")
    first = start(*words)
    process = start("run", str(file), "--engine", "dramatiq", "--broker", broker, "--json")
    process.until(lambda: sites.total() >= 3)
    (capture,) = workers_of(first.pid)
    with standing_still(capture):  # or it may have captured all before it is told
        os.kill(first.pid, signal.SIGTERM)
        first.until(lambda: is_told(capture, signal.SIGTERM))
    assert first.finish().returncode == exit_codes.OK
    second = start(*words)
    done = process.finish()
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert (report["result"], report["stories"]) == ("well", len(urls))
    assert captured(file.parent / "archives") == Counter(urls)
    os.kill(second.pid, signal.SIGTERM)
    (line,) = second.finish().stdout.splitlines()
    assert json.loads(line)["stories"] == len(urls)


@pytest.mark.slow
def test_a_run_that_dies_leaves_its_jobs_to_the_next(
    broker: str, sites: Sites, watchlist_file: Callable[..., Path], start: Starting
) -> None:
    urls = [f"http://site{site}.example/1" for site in range(6)]
    file = watchlist_file(*urls, delay=0.2)
    words = ("run", str(file), "--engine", "dramatiq", "--broker", broker, "--json")
    sites.open.clear()
    process = start(*words)
    worker = start("worker", "--broker", broker, "--archives", str(file.parent / "archives"))
    worker.until(lambda: sites.total() >= 1)
    kill(process.pid)
    sites.open.set()
    report = json.loads(start(*words).finish().stdout)
    assert (report["result"], report["stories"]) == ("well", len(urls))
    assert captured(file.parent / "archives") == Counter(urls)


def test_a_run_without_workers_takes_its_jobs_back(broker: str, watchlist_file: Callable[..., Path]) -> None:
    file = watchlist_file("http://site.example/1", "http://site.example/2")
    watchlist = read_watchlist(file)
    engine = Cluster(broker, book_file(watchlist, file), patience=0.5)
    report = run(watchlist, file, engine=engine)
    assert (report.result, report.later) == (Result.ENGINE, 2)
    assert report.result.code == exit_codes.ENGINE
    assert "no worker asks for jobs" in report.failures[0]
    assert engine.left_behind() == []
    engine.close()


@pytest.mark.parametrize("doing", ["left_behind", "hand_over", "recall", "next"])
def test_a_broker_that_goes_away_ends_the_run_with_a_report(
    broker: str, watchlist_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, doing: str
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise ClusterError("the broker went away")

    file = watchlist_file("http://site.example/1", "http://site.example/2")
    watchlist = read_watchlist(file)
    engine = Cluster(broker, book_file(watchlist, file))
    monkeypatch.setattr(engine, doing, gone)
    asked = iter([False] * 2)
    report = run(watchlist, file, engine=engine, stopping=lambda: doing == "recall" and next(asked, True))
    assert (report.result, report.later) == (Result.ENGINE, 2)
    assert report.failures == ("the broker went away",)
    engine.close()


def test_a_broker_that_can_not_be_used_is_one_line(
    watchlist_file: Callable[..., Path], capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WIRECOPY_BROKER", raising=False)
    file = str(watchlist_file("http://site.example/1"))
    for words, code, said in (
        (["worker"], exit_codes.USAGE, "which broker?"),
        (["run", file, "--engine", "dramatiq"], exit_codes.USAGE, "needs a broker"),
        (["worker", "--broker", "http://x"], exit_codes.USAGE, "no address of a broker; write redis://HOST"),
        (["worker", "--broker", "redis://u:secret@127.0.0.1:9"], exit_codes.ENGINE, "redis://127.0.0.1:9 can't be"),
        (["worker", "--broker", "redis://127.0.0.1:9?password=secret"], exit_codes.ENGINE, "redis://127.0.0.1:9 can't"),
        (["worker", "--broker", "redis://127.0.0.1:9?db=secret"], exit_codes.USAGE, "behind the ?"),
        (["worker", "--broker", "redis://127.0.0.1:9?secret=1"], exit_codes.USAGE, "behind the ?"),
        (["worker", "--broker", "unix:///none/broker.sock?db=1"], exit_codes.ENGINE, "start Redis"),
        (["run", file, "--engine", "dramatiq", "--broker", "redis://127.0.0.1:9"], exit_codes.ENGINE, "start Redis"),
    ):
        assert main(words) == code
        told = capsys.readouterr().err
        assert said in told
        assert "secret" not in told
        assert len(told.splitlines()) == 1
