"""How a job is doing, what deserves an alarm, and whom it reaches."""

from __future__ import annotations

import json
import os
import select
import signal
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_string, policy
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.jobs.schedule.agenda import Agenda, Watched
from crawler.jobs.schedule.book import Book, text_of
from crawler.jobs.schedule.plan import Due, Kind
from crawler.jobs.schedule.source_agenda import SourceAgenda
from crawler.jobs.schedule.visit import FIELDS, Visit
from crawler.jobs.status import Status, alarms_of, status_of, telling
from crawler.jobs.status.alarm import Alarm, to_tell, told
from crawler.jobs.status.metrics import metrics, write_metrics
from crawler.jobs.status.telling import tell_all
from crawler.jobs.watchlist import Alarms, Watchlist
from crawler.jobs.watchlist.reading import parse_watchlist
from crawler.model import Outcome
from crawler.replay import Authority

NOW = datetime(2026, 3, 20, 8, tzinfo=UTC)
URL = "https://a.example/1"


@pytest.fixture
def watchlist(tmp_path: Path) -> Watchlist:
    return parse_watchlist(f'[[story]]\nurl = "{URL}"\n[[source]]\nurl = "https://b.example/f"\n', tmp_path / "w.toml")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book(tmp_path / "book.sqlite") as book:
        Agenda(book).watch([Watched(URL, (), "c")], NOW - timedelta(days=30))
        yield book


Visiting = Callable[..., None]


@pytest.fixture
def visit(book: Book, watchlist: Watchlist) -> Visiting:
    """Enter visits of the story, some hours before now."""

    def enter(*hours: float, outcome: Outcome = Outcome.ARTICLE, without: str = "", drift: str = "") -> None:
        for ago in hours:
            at = NOW - timedelta(hours=ago)
            came = outcome in (Outcome.ARTICLE, Outcome.NOT_ARTICLE)
            fields = frozenset(FIELDS) - {without} if came else frozenset()
            one = Visit(URL, URL, at, outcome, came, fields=fields, drift=(drift,) if drift else ())
            Agenda(book).enter("run", Due(URL, (), "c", Kind.FULL, at, {}), [one], {}, watchlist.revisit, "batch")

    return enter


@pytest.fixture
def keys(book: Book, watchlist: Watchlist) -> Callable[[], set[str]]:
    def alarms() -> set[str]:
        return {alarm.key for alarm in alarms_of(status_of(book, watchlist, NOW), watchlist.alarms)} - {"overdue"}

    return alarms


def test_a_warc_that_a_run_brings_to_the_store_meanwhile_waits_no_more(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spool/news").mkdir(parents=True)
    (tmp_path / "spool/news/datapackage.json").write_text('{"wirecopy": {}}')
    (tmp_path / "here.warc.gz").write_bytes(b"12345")
    monkeypatch.setattr(
        "crawler.jobs.status.status.waiting", lambda *_: [tmp_path / "gone.warc.gz", tmp_path / "here.warc.gz"]
    )
    text = f'archives = "s3://bucket/news"\n[[story]]\nurl = "{URL}"\n'
    store = status_of(book, parse_watchlist(text, tmp_path / "w.toml"), NOW).store
    assert store is not None
    assert (store.waiting, store.size) == (1, 5)


@pytest.mark.parametrize("looks", [1, 2])
def test_a_book_whose_run_just_ends_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: int) -> None:
    Book(tmp_path / "book.sqlite").close()
    log = tmp_path / "book.sqlite-wal"
    log.write_bytes(b"")
    seen = []
    real = os.stat

    def stat(path: Any, **how: Any) -> os.stat_result:
        if str(path) == str(log):
            seen.append(path)
            if len(seen) == looks:
                log.unlink(missing_ok=True)  # by the run, as it closes the book
        return real(path, **how)

    monkeypatch.setattr(os, "stat", stat)
    with Book.read(tmp_path / "book.sqlite") as book:
        assert book.rows("SELECT * FROM stories") == []
    assert seen


def test_all_is_well(visit: Visiting, keys: Any) -> None:
    visit(*range(48, 400, 8), *range(6))
    assert keys() == set()


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_falls_overnight_is_an_alarm(visit: Visiting, keys: Any, field: str) -> None:
    visit(*range(400, 40, -8))
    visit(*range(20, 8, -2))
    visit(*range(8, 0, -1), without=field)
    assert keys() == {f"coverage:a.example:{field}"}


def test_pages_that_are_articles_no_longer_are_an_alarm(visit: Visiting, keys: Any) -> None:
    visit(*range(400, 40, -8))
    visit(*range(8, 0, -1), outcome=Outcome.NOT_ARTICLE)
    assert keys() == {"coverage:a.example:article"}


def test_pages_that_never_were_articles_are_none(visit: Visiting, keys: Any) -> None:
    visit(*range(400, 0, -8), *range(8, 0, -1), outcome=Outcome.NOT_ARTICLE)
    assert keys() == set()


def test_a_field_that_never_was_there_is_none(visit: Visiting, keys: Any) -> None:
    visit(*range(400, 0, -8), *range(8, 0, -1), without="authors")
    assert keys() == set()


def test_a_few_articles_prove_nothing(visit: Visiting, keys: Any) -> None:
    visit(*range(400, 40, -8))
    visit(4, 3, 2, 1, without="headline")
    assert keys() == set()


def test_a_redesign_is_an_alarm_on_the_day(visit: Visiting, keys: Any) -> None:
    visit(90, 60, 30)
    visit(2, drift="drift: no card list under the article")
    assert keys() == {"drift:a.example"}


@pytest.mark.parametrize(
    ("outcome", "key"),
    [
        (Outcome.BLOCKED, "refused:a.example"),
        (Outcome.UNREACHABLE, "failing:a.example"),
        (Outcome.ADDRESS_DENIED, "failing:a.example"),
        (Outcome.GONE, None),
    ],
)
def test_what_fails_in_a_row_is_an_alarm_and_what_is_gone_is_not(
    visit: Visiting, keys: Any, outcome: Outcome, key: str | None
) -> None:
    visit(30, 20)
    visit(5, 4, outcome=outcome)
    assert keys() == set()
    visit(3, outcome=outcome)
    assert keys() == ({key} if key else set())
    visit(1)
    assert keys() == set()


@pytest.mark.parametrize("wrong", [timedelta(days=400), timedelta(days=-400)])
def test_an_alarm_is_told_again_though_the_clock_was_wrong_when_it_was_told(
    book: Book, watchlist: Watchlist, wrong: timedelta
) -> None:
    alarm = Alarm("disk", "the disk is full in 3 days", NOW)
    assert to_tell(book, [alarm], watchlist.alarms, NOW + wrong)
    told(book, alarm, NOW + wrong)
    assert to_tell(book, [alarm], watchlist.alarms, NOW + wrong) == []
    assert [again.key for again in to_tell(book, [alarm], watchlist.alarms, NOW)] == ["disk"]


def test_a_source_that_cannot_be_read_is_an_alarm(book: Book, keys: Any) -> None:
    for _ in range(3):
        SourceAgenda(book).enter("https://b.example/f", NOW, message="status 500", found=0, added=0)
    assert keys() == {"source:https://b.example/f"}


def test_visits_long_overdue_are_an_alarm(book: Book, watchlist: Watchlist) -> None:
    status = status_of(book, watchlist, NOW)
    assert (status.due, status.overdue) == (1, 1)
    assert "overdue" in {alarm.key for alarm in alarms_of(status, watchlist.alarms)}


def test_sources_long_overdue_are_an_alarm_though_no_story_is(
    book: Book, watchlist: Watchlist, visit: Visiting
) -> None:
    SourceAgenda(book).enter("https://b.example/f", NOW - timedelta(hours=9), message=None, found=0, added=0)
    visit(1)
    status = status_of(book, watchlist, NOW)
    assert (status.overdue, status.sources_overdue) == (0, 1)
    assert [alarm.message for alarm in alarms_of(status, watchlist.alarms)] == [
        "1 source is overdue; runs are too few, too short, or fail"
    ]


def test_the_disk_is_forecast_from_the_growth_of_the_archives(book: Book, watchlist: Watchlist) -> None:
    for days, size in ((10, 0), (0, 10 * 10**9)):
        at = text_of(NOW - timedelta(days=days))
        book.write("INSERT INTO runs (id, started, ended, code, bytes) VALUES (?, ?, ?, 0, ?)", str(days), at, at, size)
    status = status_of(book, watchlist, NOW)
    assert status.disk.a_day == 10**9
    assert status.disk.days_left == status.disk.free / 10**9
    full = replace(status, disk=replace(status.disk, free=5 * 10**9))
    assert [alarm.key for alarm in alarms_of(full, Alarms()) if alarm.key == "disk"] == ["disk"]


def test_a_full_disk_is_an_alarm_however_little_the_archives_grow(book: Book, watchlist: Watchlist) -> None:
    status = status_of(book, watchlist, NOW)
    full = replace(status, disk=replace(status.disk, free=0))
    assert [alarm.message for alarm in alarms_of(full, Alarms()) if alarm.key == "disk"] == [
        "the disk is full: 0 MB free"
    ]
    assert full.to_dict()["disk"]["full"]
    assert 'wirecopy_disk_days_left{watchlist="w"} 0\n' in metrics(full, (), "w")


class _Hook(BaseHTTPRequestHandler):
    told: list[dict[str, Any]]
    status = 204

    def do_POST(self) -> None:
        self.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


class _Nonsense(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.rfile.readline()
        self.wfile.write(b"nonsense\r\n")


class _Mail(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs to hand over a message."""

    told: list[str]

    def handle(self) -> None:
        self.wfile.write(b"220 mail.example\r\n")
        while line := self.rfile.readline().strip().upper():
            if line == b"QUIT":
                return
            if line == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    text += part
                self.told.append(text.decode())
            self.wfile.write(b"250 well\r\n")


class _Trickling(socketserver.ThreadingTCPServer):
    def __init__(self, *words: Any) -> None:
        super().__init__(*words)
        self.ended = threading.Event()

    def shutdown(self) -> None:
        self.ended.set()
        super().shutdown()


class _Drop(socketserver.BaseRequestHandler):
    """Begins an answer, whoever asks, and never ends it."""

    server: _Trickling

    def handle(self) -> None:
        self.request.sendall(b"HTTP/1.1 200")
        with suppress(OSError):
            while not self.server.ended.wait(0.01):
                self.request.sendall(b" ")


class _Secure(socketserver.TCPServer):
    def __init__(self, context: ssl.SSLContext, *words: Any) -> None:
        super().__init__(*words)
        self.context = context

    def get_request(self) -> Any:
        connection, address = super().get_request()
        return self.context.wrap_socket(connection, server_side=True), address


@contextmanager
def serving(kind: Any, handler: Any) -> Iterator[tuple[Any, int]]:
    own = type("Handler", (handler,), {"told": []})
    with kind(("127.0.0.1", 0), own) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield own, server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def failing(book: Book, watchlist: Watchlist, visit: Visiting) -> Status:
    visit(4, 3, 2, outcome=Outcome.BLOCKED)
    return replace(status_of(book, watchlist, NOW), overdue=0)


def test_an_alarm_is_told_once_again_after_a_day_and_when_it_is_over(book: Book, failing: Status) -> None:
    with serving(HTTPServer, _Hook) as (hook, port):
        where = Alarms(webhook=f"http://127.0.0.1:{port}/")
        for hours, status in (
            (0, failing),
            (1, failing),
            (25, failing),
            (26, replace(failing, sites=())),
            (27, failing),
        ):
            status = replace(status, at=NOW + timedelta(hours=hours))
            assert tell_all(book, status, where, "news") == []
    assert [(told["key"], told["over"]) for told in hook.told] == [
        ("refused:a.example", False), ("refused:a.example", False), ("refused:a.example", True),
        ("refused:a.example", False),
    ]  # fmt: skip
    assert hook.told[1]["since"] == hook.told[0]["since"]
    assert hook.told[0]["watchlist"] == "news"


def test_an_alarm_that_reached_nobody_is_told_again(book: Book, failing: Status) -> None:
    with serving(HTTPServer, _Hook) as (hook, port):
        where = Alarms(webhook=f"http://127.0.0.1:{port}/key?key")
        hook.status = 500
        assert tell_all(book, failing, where, "news") == [f"webhook http://127.0.0.1:{port}: answered 500"]
        hook.status = 204
        assert tell_all(book, failing, where, "news") == []
        assert tell_all(book, failing, where, "news") == []
    assert len(hook.told) == 2
    with serving(socketserver.TCPServer, _Nonsense) as (_, port):
        where = Alarms(webhook=f"http://127.0.0.1:{port}/ö")
        assert "nonsense" in tell_all(book, replace(failing, at=NOW + timedelta(days=2)), where, "news")[0]
    assert "Connection refused" in tell_all(book, replace(failing, at=NOW + timedelta(days=2)), where, "news")[0]


def test_whoever_answers_byte_by_byte_holds_no_run(
    book: Book, failing: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "PATIENCE", 0.5)
    with serving(_Trickling, _Drop) as (_, port):
        hook = Alarms(webhook=f"http://127.0.0.1:{port}/key")
        said = f"webhook http://127.0.0.1:{port}: no whole answer within 0.5 s"
        assert tell_all(book, failing, hook, "news") == [said]
        email = {"to": ["d@p.example"], "from": "w@p.example", "server": f"127.0.0.1:{port}", "security": "none"}
        said = f"mail server 127.0.0.1:{port}: no whole answer within 0.5 s"
        assert tell_all(book, failing, Alarms.model_validate({"email": email}), "news") == [said]


def test_an_alarm_comes_by_mail(book: Book, failing: Status) -> None:
    with serving(socketserver.TCPServer, _Mail) as (mail, port):
        email = {
            "to": ["desk@paper.example"],
            "from": "w@paper.example",
            "server": f"127.0.0.1:{port}",
            "security": "none",
        }
        assert tell_all(book, failing, Alarms.model_validate({"email": email}), "news") == []
    message = message_from_string(mail.told[0], policy=policy.default)
    assert message["Subject"].startswith("[wirecopy news] a.example refused its last 3 visits")
    assert abs(message["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=5)
    assert message["Message-ID"].endswith("@paper.example>")


def test_a_mail_server_is_trusted_by_its_certificate_alone(
    book: Book, failing: Status, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, file = Authority.create(), tmp_path / "authority.pem"
    file.write_bytes(authority.pem)
    with serving(partial(_Secure, authority.context("127.0.0.1")), _Mail) as (mail, port):
        email = {"to": ["d@p.example"], "from": "w@p.example", "server": f"127.0.0.1:{port}", "security": "tls"}
        where = Alarms.model_validate({"email": email})
        (told,) = tell_all(book, failing, where, "news")
        assert f"mail server 127.0.0.1:{port}: its certificate is not trusted" in told
        assert mail.told == []
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert tell_all(book, failing, where, "news") == []
        assert len(mail.told) == 1


def test_an_alarm_runs_a_command(book: Book, failing: Status, tmp_path: Path) -> None:
    file = tmp_path / "told.json"
    assert tell_all(book, failing, Alarms(command=("tee", str(file))), "news") == []
    assert json.loads(file.read_text())["key"] == "refused:a.example"
    assert file.read_text().endswith("}\n")  # so that commands which append make JSON lines


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"server": "nobody.invalid"}, "mail server nobody.invalid"),
        ({"from": "\udcff@paper.example"}, "mail server"),
        ({"security": "starttls"}, "it has no STARTTLS; say security ="),
    ],
)
def test_a_mail_that_can_not_be_sent_is_told(book: Book, failing: Status, change: dict[str, str], told: str) -> None:
    with serving(socketserver.TCPServer, _Mail) as (mail, port):
        email = {"to": ["a@b.example"], "from": "w@b.example", "server": f"127.0.0.1:{port}", "security": "none"}
        where = Alarms.model_validate({"email": email | change})
        assert told in tell_all(book, failing, where, "news")[0]
        assert mail.told == []


def test_what_a_command_leaves_running_holds_no_run(book: Book, failing: Status, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "never")
    command = ("sh", "-c", f"read x <>{tmp_path}/never & echo $! >{tmp_path}/left")
    assert tell_all(book, failing, Alarms(command=command), "news") == []
    os.kill(int((tmp_path / "left").read_text()), signal.SIGKILL)


@pytest.mark.parametrize(("command", "told"), [("true", []), ("false", ["command false: ended with 1"])])
def test_a_command_runs_though_there_is_no_room_for_what_it_says(
    book: Book, failing: Status, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, told: list[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert tell_all(book, failing, Alarms(command=(command,)), "news") == told


def test_a_command_that_takes_too_long_is_ended_with_all_that_it_began(
    book: Book, failing: Status, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "PATIENCE", 0.5)
    os.mkfifo(tmp_path / "never")
    os.mkfifo(tmp_path / "held")
    held = os.open(tmp_path / "held", os.O_RDONLY | os.O_NONBLOCK)
    os.close(os.open(tmp_path / "held", os.O_WRONLY))  # on a slow machine the command is ended before it holds it
    try:
        command = ("sh", "-c", f"exec 4>{tmp_path}/held; read x <>{tmp_path}/never & wait")
        said = "command sh: did not end within 0.5 s, and was ended"
        assert tell_all(book, failing, Alarms(command=command), "news") == [said]
        assert select.select([held], [], [], 60)[0]
        assert os.read(held, 1) == b"", "nobody holds it any more"
    finally:
        os.close(held)


@pytest.mark.parametrize(("command", "told"), [(("no-such-program",), "No such file"), (("false",), "ended with 1")])
def test_a_command_that_fails_is_told(book: Book, failing: Status, command: tuple[str, ...], told: str) -> None:
    assert told in tell_all(book, failing, Alarms(command=command), "news")[0]


def test_the_metrics_are_prometheus_text(book: Book, failing: Status, tmp_path: Path) -> None:
    text = metrics(failing, alarms_of(failing, Alarms()), 'a "name"')
    assert 'wirecopy_site_visits{watchlist="a \\"name\\"",site="a.example",ending="refused"} 3\n' in text
    assert 'wirecopy_alarm{watchlist="a \\"name\\"",key="refused:a.example"} 1\n' in text
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(float(line.rsplit(" ", 1)[1]) >= 0 for line in lines)
    write_metrics(tmp_path / "m" / "w.prom", failing, (), "w")
    assert [file.name for file in (tmp_path / "m").iterdir()] == ["w.prom"]
