"""A worker and its board: jobs that can't be read, a broker that fails in between, hosts that others ask."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from socket import gethostname
from subprocess import Popen
from typing import Any

import pytest
import redis.backoff
from dramatiq.brokers.redis import RedisBroker
from redis import ConnectionError as Unreachable

from crawler.cli import exit_codes, main
from crawler.jobs.cluster import Cluster, ClusterError, presence, taker, worker
from crawler.jobs.cluster.board import Board, sign_in, step_aside, workers
from crawler.jobs.cluster.broker import HEARTBEAT, PREFIX, connect, dramatiq_broker
from crawler.jobs.cluster.broker import send as send_job
from crawler.jobs.cluster.job import Job
from crawler.jobs.cluster.lease import Leases
from crawler.jobs.conditions import Conditions
from crawler.jobs.run import book_file, run
from crawler.jobs.run.apart import Ended
from crawler.jobs.run.batch import Batch
from crawler.jobs.run.capturing import Captured
from crawler.jobs.schedule.book import Book
from crawler.jobs.schedule.plan import Kind
from crawler.jobs.schedule.visit import Visit
from crawler.jobs.watchlist import What, read_watchlist
from crawler.model import Outcome
from tests.jobs.cluster.conftest import Sites, redis_on

HOUR = timedelta(hours=1)


def job(folder: str = "ferries", **conditions: Any) -> Job:
    return Job("board", Batch(Path(folder), Kind.FULL, ()), What(), Conditions(None, **conditions), HOUR)


@contextmanager
def working(
    broker: str, archives: Path, heartbeat: float = HEARTBEAT, warned: Callable[[str], None] = print
) -> Iterator[None]:
    """A worker in a thread of this process."""
    over = threading.Event()
    thread = threading.Thread(
        target=worker.work, args=(broker, archives),
        kwargs={
            "jobs": 1, "contact": "a@b.example", "heartbeat": heartbeat,
            "stopping": over.is_set, "told": lambda _: None, "warned": warned,
        },
    )  # fmt: skip
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(120)
        assert not thread.is_alive()


def send(broker: str, job_id: str) -> None:
    dramatiq = dramatiq_broker(broker)
    send_job(dramatiq, "board", job_id)
    dramatiq.client.close()


def result(board: Board, job_id: str) -> Captured:
    end = time.monotonic() + 120
    while (found := board.result(job_id)) is None:
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


@pytest.mark.parametrize(
    "text",
    ['{"of": "another version"}', job("..").to_json(), job("/").to_json(), "["],
    ids=["another version", "a folder above", "the root", "no JSON"],  # a job's id is new in each process of the tests
)
def test_a_job_that_can_not_be_read_is_reported_as_such(broker: str, tmp_path: Path, text: str) -> None:
    client = connect(broker)
    board = Board(client, "board")
    client.hset(board._jobs, "x", text)
    send(broker, "x")
    with working(broker, tmp_path / "archives" / "here"):
        found = result(board, "x")
    assert (found.ended, "can't read its job" in (found.message or "")) == (Ended.FAULT, True)
    assert [file.name for file in (tmp_path / "archives").rglob("*")] == ["here"]
    assert (board.jobs(), board.results()) == ([], set())
    client.close()


@pytest.mark.parametrize("method", ["job", "begin", "report"])
def test_a_broker_that_is_away_for_a_while_delays_a_job_and_loses_nothing(
    broker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(taker, "_ASK_AGAIN", 0.01)
    monkeypatch.setattr(taker.Taker, "_captured", lambda *_: Captured(Ended.WELL, "done"))
    asked = []
    real = getattr(Board, method)

    def away(self: Board, *arguments: Any) -> Any:
        asked.append(method)
        if len(asked) < 3:
            raise Unreachable("away")
        return real(self, *arguments)

    monkeypatch.setattr(Board, method, away)
    client = connect(broker)
    board = Board(client, "board")
    one = job()
    board.put_up(one)
    send(broker, one.id)
    with working(broker, tmp_path):
        assert result(board, one.id).message == f"{gethostname()}: done"
    client.close()


def test_a_job_is_done_though_the_answer_that_brought_it_never_came(
    broker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dramatiq.worker.CONSUMER_RESTART_DELAY_SECS", 0.01)
    monkeypatch.setattr(taker.Taker, "_captured", lambda *_: Captured(Ended.WELL, "done"))
    lost: list[Any] = []
    dispatch = RedisBroker._dispatch

    def losing(self: RedisBroker, command: str) -> Callable[..., Any]:
        def ask(*arguments: Any) -> Any:
            answer = dispatch(self, command)(*arguments)
            if command == "fetch" and answer and not lost:
                lost.append(answer)
                raise redis.TimeoutError("the broker stood still")
            return answer

        return ask

    monkeypatch.setattr(RedisBroker, "_dispatch", losing)
    client = connect(broker)
    board = Board(client, "board")
    one = job()
    board.put_up(one)
    send(broker, one.id)
    with working(broker, tmp_path, heartbeat=0.5):
        assert result(board, one.id).message == f"{gethostname()}: done"
    assert lost
    client.close()


def test_a_run_whose_broker_does_not_answer_at_once_sends_its_job_again(
    broker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    enqueue = RedisBroker.enqueue

    def slowly(self: RedisBroker, message: Any, **how: Any) -> Any:
        asked.append(message.message_id)
        if len(asked) == 1:
            raise redis.TimeoutError("the broker stood still")
        return enqueue(self, message, **how)

    monkeypatch.setattr(RedisBroker, "enqueue", slowly)
    engine = Cluster(broker, tmp_path / "book")
    engine.hand_over(job().batch, What(), Conditions(None), HOUR, first=False)
    assert len(asked) == 2
    engine.close()


def test_a_worker_that_can_write_nothing_leaves_its_jobs_to_another_until_it_can(
    broker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = threading.Event()
    warned: Queue[str] = Queue()
    monkeypatch.setattr(taker, "AGAIN", 0.01)
    monkeypatch.setattr("crawler.jobs.cluster.room.LOOK_AGAIN", 0.01)

    def captured(one: taker.Taker, job: Job, folder: Path) -> Captured:
        full = folder.parent.name == "full" and not room.is_set()
        return Captured(Ended.STORAGE, "no room") if full else Captured(Ended.WELL, folder.parent.name)

    def why_unwritable(folder: Path) -> OSError | None:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) if folder.name == "full" and not room.is_set() else None

    monkeypatch.setattr(taker.Taker, "_captured", captured)
    for module in ("taker", "room"):
        monkeypatch.setattr(f"crawler.jobs.cluster.{module}.why_unwritable", why_unwritable)
    client = connect(broker)
    board = Board(client, "board")
    one, other = job("ferries"), job("trains")
    board.put_up(one)
    board.put_up(other)
    with working(broker, tmp_path / "full", warned=warned.put):
        send(broker, one.id)
        assert result(board, one.id).ended == Ended.STORAGE  # nobody else could do it
        board.take_down(one.id)
        with working(broker, tmp_path / "roomy"):
            board.put_up(one)
            until(lambda: workers(client) == 2)
            while warned.empty():  # until the full one had a turn
                send(broker, one.id)
                assert result(board, one.id).message == f"{gethostname()}: roomy"
                board.take_down(one.id)
                board.put_up(one)
            assert (tmp_path / "full").as_posix() in (line := warned.get()) and "left to the other workers" in line
            until(lambda: workers(client) == 1)
            send(broker, other.id)
            assert result(board, other.id).message == f"{gethostname()}: roomy"
        room.set()
        assert "takes jobs" in warned.get(timeout=120)
        board.put_up(third := job("buses"))
        send(broker, third.id)
        assert result(board, third.id).message == f"{gethostname()}: full"
    client.close()


def until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_of_workers_that_step_aside_at_once_the_last_one_stays(broker: str) -> None:
    with connect(broker) as client:
        for name in ("a", "b", "c"):
            sign_in(client, name)
        assert [step_aside(client, name) for name in ("a", "b", "c")] == [True, True, False]
        assert workers(client) == 1


def test_a_job_whose_site_another_holds_is_sent_again_without_a_time_of_the_senders_clock(
    broker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taker, "AGAIN", 0.05)
    monkeypatch.setattr(taker.Taker, "_captured", lambda *_: Captured(Ended.WELL, "done"))
    client = connect(broker)
    board = Board(client, "board")
    one = job()
    board.put_up(one)
    other = Leases(client, "other", 600.0)
    assert other.take("site:ferries") == 0
    send(broker, one.id)
    with working(broker, tmp_path):
        time.sleep(0.5)
        assert board.result(one.id) is None
        assert client.keys(f"{PREFIX}:dramatiq:*.DQ*") == []
        other.release("site:ferries")
        assert result(board, one.id).message == f"{gethostname()}: done"
    client.close()


def busy() -> int:
    """The command, of a worker whose only job ends when it is let go, and that does not wait long for its broker."""

    def captured(one: Any, job: Job, folder: Path) -> Captured:
        folder.parent.joinpath("begun").touch()
        while not folder.parent.joinpath("let go").exists():
            time.sleep(0.01)
        return Captured(Ended.WELL, "done")

    taker.Taker._captured = captured  # type: ignore[method-assign]
    worker._GIVING_BACK = 0.5
    presence._SIGN = 3600.0
    redis.backoff.ExponentialBackoff = lambda **_: redis.backoff.NoBackoff()  # type: ignore[misc,assignment]
    return main()


def test_a_worker_whose_broker_is_gone_ends_when_it_is_told_to(tmp_path: Path, forks: Any) -> None:
    archives = tmp_path / "archives"
    with redis_on(tmp_path) as (broker, process):
        with connect(broker) as client:
            Board(client, "board").put_up(one := job())
            send(broker, one.id)
            words = ["worker", "--broker", broker, "--archives", str(archives), "--contact", "tests@wirecopy.example"]
            working = forks.start("tests.jobs.cluster.test_worker:busy", words)
            working.until(lambda: archives.joinpath("begun").exists() and workers(client) == 1)
        process.kill()
        process.wait()
        os.kill(working.pid, signal.SIGTERM)
        archives.joinpath("let go").touch()
        done = working.finish()
    assert done.returncode == exit_codes.OK, done.stderr
    assert "Traceback" not in done.stderr


def test_a_worker_that_is_told_to_end_while_it_asks_a_broker_that_is_gone_ends_well() -> None:
    class Gone:
        def set(self, *_: object, **__: object) -> None:
            told.set()
            raise Unreachable("gone")

    told = threading.Event()
    presence.stay(Gone(), "worker", told.is_set)  # type: ignore[arg-type]
    with pytest.raises(ClusterError, match="went away"):
        presence.stay(Gone(), "worker", lambda: False)  # type: ignore[arg-type]


def test_a_worker_gives_a_sign_at_once_also_on_a_machine_just_started(
    broker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence.time, "monotonic", lambda: 1.0)
    with connect(broker) as client:
        presence.stay(client, "worker", lambda: workers(client) == 1)


def test_a_broker_that_wants_a_password_says_so_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with redis_on(tmp_path) as (broker, _):
        with connect(broker) as client:
            client.config_set("requirepass", "secret")
        for address, said in ((broker, "asks for a password"), (broker.replace("//", "//:wrong@"), "refuses the name")):
            assert main(["worker", "--broker", address]) == exit_codes.ENGINE
            told = capsys.readouterr().err
            assert (said in told, "wrong" in told, len(told.splitlines())) == (True, False, 1), told


def test_a_password_of_a_proxy_never_stands_at_the_broker() -> None:
    text = job(proxy="http://me:secret@proxy.example:3128/").to_json()
    assert "secret" not in text
    assert Job.from_json(text).conditions.proxy == "http://proxy.example:3128/"


def test_what_came_of_a_job_is_entered_once_though_the_broker_fails_then(
    broker: str, watchlist_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = watchlist_file("http://site.example/1")
    watchlist = read_watchlist(file)
    path = book_file(watchlist, file)
    client = connect(broker)

    def reported() -> None:
        with Book(path) as book:
            board = Board(client, book.name())
        end = time.monotonic() + 120
        while not (jobs := board.jobs()):
            assert time.monotonic() < end
            time.sleep(0.01)
        url = jobs[0].batch.stories[0].url
        visit = Visit(url, url, datetime.now(UTC), Outcome.ARTICLE, True)
        board.report(jobs[0].id, Captured(Ended.WELL, None, (visit,), {url: {"site.example": 1}}))

    thread = threading.Thread(target=reported)
    thread.start()
    engine = Cluster(broker, path)

    def gone(_: object) -> None:
        raise ClusterError("the broker went away")

    monkeypatch.setattr(engine, "entered", gone)
    assert run(watchlist, file, engine=engine).failures == ("the broker went away",)
    engine.close()
    thread.join(120)
    again = Cluster(broker, path)
    report = run(watchlist, file, engine=again)
    again.close()
    with Book(path) as book:
        assert len(book.rows("SELECT * FROM visits")) == 1
        assert book.row("SELECT sum(number) AS n FROM requests")["n"] == 1
        assert book.rows("SELECT * FROM entered") == []
    assert (report.failures, Board(client, name(path)).jobs()) == ((), [])
    client.close()


def name(path: Path) -> str:
    with Book(path) as book:
        return book.name()


CRAWL = """
import sys
from scrapy import Request, Spider
from crawler.jobs.conditions import Conditions
from crawler.jobs.crawl import crawl

class Pages(Spider):
    name = "pages"
    async def start(self):
        for number in range(40):
            yield Request(f"http://busy.example/{number}")
        for number in range(3):
            yield Request(f"http://free.example/{number}")

broker, proxy, folder = sys.argv[1:]
crawl(Pages, Conditions(folder, broker=broker, proxy=proxy, delay=0.05, obey_robots=False), lambda item: None)
"""


@pytest.mark.slow
def test_a_host_that_others_ask_keeps_no_other_waiting(broker: str, sites: Sites, tmp_path: Path) -> None:
    client = connect(broker)
    others = Leases(client, "others", 600.0)
    assert others.take("host:busy.example") == 0
    with Popen([sys.executable, "-c", CRAWL, broker, sites.proxy, str(tmp_path / "c")]) as process:
        try:
            end = time.monotonic() + 120
            while len(sites.asked["free.example"]) < 3:
                assert time.monotonic() < end and process.poll() is None
                time.sleep(0.05)
            assert sites.asked["busy.example"] == []
            others.release("host:busy.example")
            assert process.wait(120) == 0
        finally:
            process.kill()
    assert len(sites.asked["busy.example"]) == 40
    client.close()
