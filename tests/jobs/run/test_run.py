"""One pass over a watchlist, on real sockets and in processes of its own."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection
from crawler.cli import exit_codes, main
from crawler.extract import extract_article
from crawler.jobs.conditions import Conditions
from crawler.jobs.run import Result, RunActive, book_file, run
from crawler.jobs.run.apart import Ended, Stopping, apart
from crawler.jobs.run.capturing import Captured
from crawler.jobs.run.engine import EngineError, InTurn
from crawler.jobs.run.lock import run_lock
from crawler.jobs.run.orders import conditions_of
from crawler.jobs.run.unkept import tell_unkept
from crawler.jobs.schedule.book import Book, text_of
from crawler.jobs.schedule.visit import Visit, digest
from crawler.jobs.status import status_of
from crawler.jobs.watchlist.reading import parse_watchlist
from crawler.model import Outcome
from tests.processes import is_told, standing_still, workers

HOUR = timedelta(hours=1)


def ended_early() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """The present; ``ahead`` moves it."""

    class Clock:
        ahead = timedelta()

        def __call__(self) -> datetime:
            return datetime.now(UTC) + self.ahead

    return Clock()


def test_a_story_is_captured_once_and_again_when_it_is_due(watchlist: Any, site: Any, clock: Any) -> None:
    more = 'log = "run.jsonl"\ncollection = [{ name = "ferries", rotate = "monthly" }]'
    what, file = watchlist("/1", "/2", more=more)
    first = run(what, file, clock=clock)
    assert (first.result, first.stories, first.edited) == (Result.WELL, 2, 0)
    assert first.next_due is not None
    again = run(what, file, clock=clock)
    assert (again.stories, again.result) == (0, Result.WELL)
    assert site.asked["/1"] == 1
    clock.ahead = 2 * HOUR
    site.editions["/2"] = 2
    later = run(what, file, clock=clock)
    assert (later.stories, later.edited) == (2, 1)
    months = {f"{clock() - clock.ahead:%Y-%m}", f"{clock():%Y-%m}"}  # two where a month ends in between
    captured = []
    for month in months:
        with Collection(what.archives / f"ferries-{month}") as collection:
            captured += [capture.url for capture in collection.captures() if capture.url.endswith("/2")]
    assert len(captured) == 2
    events = [json.loads(line) for line in (file.parent / "run.jsonl").read_text().splitlines()]
    assert [event["event"] for event in events if event["run"] == first.run] == [
        "run_started", "capture_started", "capture_ended", "visited", "visited", "run_ended",
    ]  # fmt: skip
    visits = [event for event in events if event["event"] == "visited" and event["run"] == later.run]
    assert {visit["story"][-1]: visit["edited"] for visit in visits} == {"1": False, "2": True}
    assert len({visit["capture"] for visit in visits}) == 1


def test_a_page_of_which_a_part_came_was_not_edited(watchlist: Any, site: Any, clock: Any) -> None:
    what, file = watchlist("/1")
    run(what, file, clock=clock)
    for hours, cut, failed in ((2, {"/1"}, 1), (6, set(), 0)):
        site.cut = cut
        clock.ahead = hours * HOUR
        report = run(what, file, clock=clock)
        assert (report.stories, report.edited, report.failed) == (1, 0, failed), report.failures
    assert site.asked["/1"] == 3


def look(wanted: Any, conditions: Conditions, *, limit: timedelta, stopping: Stopping) -> Captured:
    """A capture in this process that archives nothing: for what a run makes of visits."""
    visits = []
    for url in wanted.named():
        status, body = 200, b""
        try:
            with urllib.request.urlopen(url) as response:
                body = response.read()
        except urllib.error.HTTPError as error:
            with error:
                status = error.code
        article = extract_article(body, url=url)
        refused = {403: Outcome.BLOCKED, 410: Outcome.GONE, 500: Outcome.SERVER_ERROR}
        outcome = refused.get(status, article.outcome)
        visits.append(Visit(url, url, datetime.now(UTC), outcome, status == 200, digest=digest(article)))
    return Captured(Ended.WELL, visits=tuple(visits), cost={url: {"127.0.0.1": 1} for url in wanted.urls})


def test_refusals_failures_and_pages_that_are_gone_are_told_apart(watchlist: Any, site: Any, clock: Any) -> None:
    site.statuses |= {"/refused": 403, "/gone": 410}
    what, file = watchlist("/refused", "/gone", "/fine")
    report = run(what, file, clock=clock, capture=look)
    assert (report.refused, report.gone, report.failed, report.stories) == (1, 1, 0, 3)
    assert report.result is Result.BLOCKED
    assert "/refused: blocked" in report.failures[0]
    site.statuses["/fine"] = 500
    clock.ahead = 2 * HOUR
    assert run(what, file, clock=clock, capture=look).result is Result.PARTIAL


def test_a_refusal_is_told_with_its_status(watchlist: Any, site: Any) -> None:
    site.statuses["/1"] = 403
    assert run(*watchlist("/1")).failures == (f"{site.url}/1: blocked: status 403",)


def test_a_story_no_longer_named_is_no_longer_visited(watchlist: Any, site: Any, clock: Any) -> None:
    run(*watchlist("/1", "/2"), clock=clock, capture=look)
    clock.ahead = 2 * HOUR
    assert run(*watchlist("/2"), clock=clock, capture=look).stories == 1
    assert (site.asked["/1"], site.asked["/2"]) == (1, 2)


def test_counts_are_read_from_the_page_alone(watchlist: Any, site: Any, clock: Any) -> None:
    what, file = watchlist("/1", more='revisit = { shortest = "5h", counts = "1h" }')
    run(what, file, clock=clock, capture=look)
    clock.ahead = 2 * HOUR
    wanted: list[Any] = []
    report = run(what, file, clock=clock, capture=lambda what, *_, **how: wanted.append(what) or look(what, *_, **how))
    asked = [(each.panels, each.pictures, each.requisites, each.originals) for each in wanted]
    assert asked == [(0, False, False, False)]
    assert (report.stories, report.counted) == (0, 1)


def test_an_original_that_is_watched_for_itself_is_asked_for_at_its_own_visits_alone(
    watchlist: Any, site: Any, clock: Any
) -> None:
    path = "/2031/03/ferry-returns-to-its-quay"
    original = f"http://localhost:{site.url.rpartition(':')[2]}{path}"
    site.originals |= dict.fromkeys(("/1", "/2", "/3"), original)
    what, file = watchlist("/1", "/2", "/3", more=f'[[story]]\nurl = "{original}"')
    run(what, file, clock=clock)
    assert site.asked[path] == 1
    with Book(book_file(what, file)) as book:
        book.write("UPDATE stories SET next_visit = ? WHERE url = ?", text_of(clock() + 9 * HOUR), original)
    clock.ahead = 3 * HOUR
    report = run(what, file, clock=clock)
    assert (report.stories, site.asked["/1"], site.asked[path]) == (3, 2, 1)
    with Book(book_file(what, file)) as book:  # gone for good
        book.write("UPDATE stories SET next_visit = NULL, gone = 3, failures = 3 WHERE url = ?", original)
    clock.ahead = 12 * HOUR
    run(what, file, clock=clock)
    assert (site.asked["/1"], site.asked[path]) == (3, 1)


def test_what_is_watched_is_looked_up_once_for_all_batches_of_a_folder(
    watchlist: Any, site: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.jobs.run.batch.BATCH", 1)
    what, file = watchlist("/1", "/2", "/3")
    wanted: list[Any] = []
    run(what, file, clock=clock, capture=lambda what, *_, **how: wanted.append(what) or look(what, *_, **how))
    assert len(wanted) == 3
    assert all(each.watched and each.watched is wanted[0].watched for each in wanted)


def test_an_original_that_nobody_watches_is_asked_for_with_each_visit(watchlist: Any, site: Any, clock: Any) -> None:
    path = "/2031/03/ferry-returns-to-its-quay"
    site.originals["/1"] = f"http://localhost:{site.url.rpartition(':')[2]}{path}"
    what, file = watchlist("/1")
    for hours in (0, 3):
        clock.ahead = hours * HOUR
        run(what, file, clock=clock)
    assert site.asked[path] == 2


def test_an_edit_seen_when_counts_are_read_is_captured_whole(watchlist: Any, site: Any, clock: Any) -> None:
    what, file = watchlist("/1", more='revisit = { shortest = "9h", counts = "1h" }')
    run(what, file, clock=clock, capture=look)
    site.editions["/1"] = 2
    clock.ahead = 2 * HOUR
    assert run(what, file, clock=clock, capture=look).counted == 1
    assert run(what, file, clock=clock, capture=look).stories == 1


def test_a_run_that_is_cut_off_is_told_and_made_good(watchlist: Any, site: Any, clock: Any) -> None:
    what, file = watchlist("/1")

    def cut(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(what, file, clock=clock, capture=cut)
    report = run(what, file, clock=clock, capture=look)
    assert report.stories == 1
    assert "was cut off" in report.notes[0]


def test_a_book_that_can_not_be_kept_is_told_without_it(watchlist: Any, site: Any, clock: Any, tmp_path: Path) -> None:
    what, file = watchlist("/1", more=f'alarms.command = ["tee", "-a", "{tmp_path}/told.jsonl"]')
    book = what.archives / "watch.schedule.sqlite"
    book.mkdir(parents=True)
    for hours in (0, 1, 25):
        clock.ahead = hours * HOUR
        with pytest.raises(sqlite3.OperationalError):
            run(what, file, clock=clock, capture=look)
    book.rmdir()
    assert run(what, file, clock=clock, capture=look).result is Result.WELL
    assert run(what, file, clock=clock, capture=look).result is Result.WELL
    alarms = [json.loads(line) for line in (tmp_path / "told.jsonl").read_text().splitlines()]
    told = [alarm for alarm in alarms if alarm["key"] == "run:book"]
    assert [alarm["over"] for alarm in told] == [False, False, True]
    assert "the schedule can't be kept" in told[0]["message"]
    assert len({alarm["since"][:19] for alarm in told}) == 1


@pytest.mark.parametrize(
    ("revisit", "minutes"), [("{}", 30), ('{ shortest = "10m" }', 10), ('{ shortest = "2h", counts = "5m" }', 5)]
)
def test_a_visit_never_goes_on_with_the_capture_of_the_one_before(watchlist: Any, revisit: str, minutes: int) -> None:
    what, _ = watchlist("/1", more=f"revisit = {revisit}")
    assert conditions_of(what, what.archives / "c", None).resume_within == timedelta(minutes=minutes)


@pytest.mark.parametrize(("said", "masked"), [("", False), ("mask_logins = true\n", True)])
def test_logins_are_kept_out_of_the_archive_where_the_watchlist_says_so(said: str, masked: bool) -> None:
    what = parse_watchlist(said + '[[story]]\nurl = "https://a.example/1"\n', Path("/somewhere/w.toml"))
    assert conditions_of(what, what.archives / "c", None).mask_logins is masked


def test_a_host_that_asks_for_minutes_of_patience_keeps_no_others_waiting(watchlist: Any, site: Any) -> None:
    site.headers["/1"], site.statuses["/1"] = {"Retry-After": "60"}, 503
    report = run(*watchlist("/1", "/2", retries=1))
    assert (report.result, report.stories, report.failed) == (Result.PARTIAL, 2, 1)
    assert site.asked["/1"] == 1


def test_a_clock_that_goes_back_stops_no_one(watchlist: Any, site: Any, clock: Any) -> None:
    what, file = watchlist("/1")
    clock.ahead = timedelta(days=400)
    run(what, file, clock=clock, capture=look)
    clock.ahead = timedelta()
    report = run(what, file, clock=clock, capture=look)
    assert "the clock went back" in report.notes[0]
    assert report.notes[0].endswith("1 story is due anew")
    assert report.next_due is not None
    assert report.next_due < clock() + 2 * HOUR
    with Book(book_file(what, file)) as book:
        last = status_of(book, what, clock()).last_run
    assert last is not None and last["run"] == report.run
    assert run(what, file, clock=clock, capture=look).notes == ()


def test_two_runs_never_go_on_at_once(watchlist: Any, wirecopy: Any) -> None:
    what, file = watchlist("/1")
    with run_lock(what.archives / "watch.schedule.sqlite"):
        with pytest.raises(RunActive, match=str(os.getpid())):
            run(what, file)
        done = wirecopy("run", file)
    assert done.returncode == exit_codes.LOCKED
    assert f"another run of this watchlist is going on (process {os.getpid()})" in done.stderr


def test_the_story_that_brings_its_process_down_is_found_and_put_off(watchlist: Any, clock: Any) -> None:
    asked: list[int] = []

    def capture(wanted: Any, conditions: Conditions, *, limit: timedelta, stopping: Stopping) -> Captured:
        asked.append(len(wanted.urls))
        if any(url.endswith("/bomb") for url in wanted.urls):
            done = apart(ended_early, limit=limit, stopping=stopping)
            return Captured(done.ended, done.message)
        return Captured(Ended.WELL)

    what, file = watchlist(*(f"/{number}" for number in range(3)), "/bomb")
    report = run(what, file, clock=clock, capture=capture)
    assert asked[0] == 4
    assert 1 in asked
    assert report.result is Result.FAULT
    assert "was killed by signal 9" in report.failures[0]
    left = run(what, file, clock=clock, capture=capture)
    assert left.result is Result.WELL


def test_stories_that_an_engine_does_not_take_again_are_for_later(watchlist: Any, clock: Any) -> None:
    class Once(InTurn):
        def hand_over(self, *work: Any, first: bool) -> None:
            if first:
                raise EngineError("nobody takes it again")
            super().hand_over(*work, first=first)

    what, file = watchlist("/1", "/bomb")
    report = run(what, file, clock=clock, engine=Once(lambda *_, **__: Captured(Ended.FAULT), ()))
    assert (report.result, report.stories, report.later) == (Result.ENGINE, 0, 2)


def test_a_folder_that_cannot_be_written_ends_the_run_with_its_code(watchlist: Any, wirecopy: Any) -> None:
    what, file = watchlist("/1")
    what.archives.mkdir()
    (what.archives / "watch").write_text("a file where the collection should be")
    done = wirecopy("run", file)
    assert done.returncode == exit_codes.STORAGE, done.stderr
    assert "watch" in done.stdout


def test_sigterm_lets_it_finish_what_is_under_way(watchlist_file: Any, site: Any, forks: Any) -> None:
    file = watchlist_file(*(f"/{number}" for number in range(16)))
    hurried = file.read_text()
    file.write_text(hurried.replace("delay = 0", "delay = 0.5"))
    process = forks.start("crawler.cli:main", ["run", file, "--json"])
    process.until(lambda: site.asked.total() >= 3)
    (capture,) = workers(process.pid)
    with standing_still(capture):  # or it may have captured all before it is told
        os.kill(process.pid, signal.SIGTERM)
        process.until(lambda: is_told(capture, signal.SIGTERM))
    done = process.finish()
    assert done.returncode == exit_codes.INTERRUPTED, done.stderr
    report = json.loads(done.stdout)
    assert report["stories"] >= 1
    assert report["stories"] + report["later"] == 16
    file.write_text(hurried)
    resumed = forks.run("crawler.cli:main", ["run", file, "--json"])
    assert json.loads(resumed.stdout)["stories"] == report["later"]
    assert all(site.asked[f"/{number}"] <= 2 for number in range(16))


def test_what_is_wrong_with_a_watchlist_is_one_line_each(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "w.toml").write_text("[[story]]\nurl = 'x'\nurk = 1\n")
    assert main(["run", "--check", str(tmp_path / "w.toml")]) == exit_codes.USAGE
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_status_and_schedule_tell_of_it(watchlist: Any, capsys: Any) -> None:
    what, started = watchlist("/1")
    run(what, started, capture=look)

    def told(*words: str) -> str:
        assert main([*words, str(started)]) == exit_codes.OK
        out: str = capsys.readouterr().out
        return out

    assert "no alarms" in told("status")
    assert json.loads(told("status", "--json"))["watched"] == 1
    assert 'wirecopy_stories_watched{watchlist="watch"} 1\n' in told("status", "--prometheus")
    assert "full" in told("schedule")
    assert len(json.loads(told("schedule", "show", "--json"))["coming"]) == 1


@pytest.mark.parametrize("form", [(), ("--json",), ("--prometheus",)])
@pytest.mark.parametrize("killed", [False, True])
def test_status_is_told_where_nothing_can_be_written(
    watchlist: Any, forks: Any, form: tuple[str, ...], killed: bool
) -> None:
    what, file = watchlist("/1")
    run(what, file, capture=look)
    book = book_file(what, file)
    if killed:
        forks.run(Path(__file__).with_name("killed_writer.py"), [book])
        assert book.with_name(f"{book.name}-wal").stat().st_size
        book.with_name(f"{book.name}-shm").unlink()
    full = forks.run("crawler.cli:main", ["status", *form, file], file_limit=20_000)
    assert (full.returncode, full.stderr) == (exit_codes.OK, "")
    at_ease = forks.run("crawler.cli:main", ["status", *form, file])
    assert _heads(full.stdout) == _heads(at_ease.stdout)


def _heads(lines: str) -> list[str]:
    """What lines begin with, their numbers and times left out."""
    return [line[:9] for line in lines.splitlines()]


def test_status_tells_of_the_run_that_could_not_note_how_it_ended(watchlist: Any, capsys: Any) -> None:
    what, file = watchlist("/1", more='alarms.command = ["true"]')
    run(what, file, capture=look)
    tell_unkept(OSError("disk full"), book_file(what, file), what.alarms, "watch", datetime.now(UTC))
    assert main(["status", "--json", str(file)]) == exit_codes.PARTIAL
    (alarm,) = json.loads(capsys.readouterr().out)["alarms"]
    assert alarm["key"] == "run:book"


def test_that_the_book_cannot_be_kept_is_told_again_though_the_clock_was_ahead(watchlist: Any, tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    what, file = watchlist("/1", more=f'alarms.command = ["sh", "-c", "echo told >> {heard}"]')
    run(what, file, capture=look)
    now = datetime.now(UTC)
    for at in (now + timedelta(days=400), now, now):
        tell_unkept(OSError("disk full"), book_file(what, file), what.alarms, "watch", at)
    assert heard.read_text().split() == ["told", "told"]


def test_metrics_that_can_not_be_written_are_a_note_and_no_failure(watchlist: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    what, file = watchlist("/1", more='metrics = "file/w.prom"')
    report = run(what, file, capture=look)
    assert report.result is Result.WELL
    assert "the metrics can't be written" in report.notes[0]


def test_no_more_than_ten_years_are_tried(watchlist_file: Any, capsys: Any) -> None:
    assert main(["schedule", str(watchlist_file("/1")), "--simulate", "9000y"]) == exit_codes.USAGE
    assert "ten years" in capsys.readouterr().err


def test_status_before_the_first_run_says_what_to_do(watchlist_file: Any, capsys: Any) -> None:
    assert main(["status", str(watchlist_file("/1"))]) == exit_codes.USAGE
    assert "has not been run yet; wirecopy run" in capsys.readouterr().err


FEED = """<rss version="2.0"><channel><title>Quay News</title>{items}</channel></rss>"""


def test_the_stories_of_a_feed_come_under_watch_where_its_filter_wants_them(watchlist: Any, site: Any) -> None:
    items = "".join(
        f"<item><title>{title}</title><link>{site.url}/{number}</link></item>"
        for number, title in enumerate(["The ferry returns", "A recipe", "Ferry delayed"])
    )
    site.feeds["/feed"] = FEED.format(items=items)
    more = f'source = [{{ url = "{site.url}/feed", filter = {{ words = ["ferry"] }} }}, {{ url = "{site.url}/none" }}]'
    site.statuses["/none"] = 503
    what, file = watchlist(more=more)
    seen: list[tuple[int, int, str]] = []
    report = run(what, file, capture=look, progress=lambda *step: seen.append(step))
    assert seen == [(0, 0, "reads 2 of the sources into watch"), (0, 2, "captures 2 of 2 stories into watch")]
    assert (report.sources, report.sources_failed, report.added, report.stories) == (2, 1, 2, 2)
    assert "/none: server error" in report.failures[0]
    with Collection(what.archives / "watch") as collection:
        assert f"{site.url}/feed" in {capture.url for capture in collection.captures()}
    assert run(what, file, capture=look).sources == 0


def test_a_source_in_which_no_story_can_be_read_is_one_that_failed_and_an_empty_feed_is_none(
    watchlist: Any, site: Any
) -> None:
    site.feeds["/empty"] = FEED.format(items="")
    site.feeds["/broken"] = "<rss version='2.0'><channel><title a=>"
    site.feeds["/shell"] = "<!doctype html><title>Quay</title><div id=root></div><script src=a.js></script>"
    sources = ", ".join(f'{{ url = "{site.url}/{name}" }}' for name in ("empty", "broken", "shell"))
    what, file = watchlist(more=f"source = [{sources}]")
    report = run(what, file, capture=look)
    assert (report.sources, report.sources_failed) == (3, 2)
    assert [line.partition(": ")[2].partition(":")[0] for line in report.failures] == [
        "no story could be read in it", "no story in it",
    ]  # fmt: skip


def test_a_story_whose_address_has_another_session_at_each_reading_is_watched_once(watchlist: Any, site: Any) -> None:
    what, file = watchlist(more=f'source = [{{ url = "{site.url}/feed", every = "5m" }}]')
    site.feeds["/feed"] = FEED.format(items=f"<item><link>{site.url}/1;jsessionid=A1?utm_source=rss</link></item>")
    assert run(what, file, capture=look).added == 1
    site.feeds["/feed"] = FEED.format(items=f"<item><link>{site.url}/1;jsessionid=B2</link></item>")
    later = run(what, file, capture=look, clock=lambda: datetime.now(UTC) + timedelta(hours=2))
    assert (later.sources, later.added) == (1, 0)


@pytest.mark.parametrize("address", ["/1?id=3&utm_source=rss", "/1;jsessionid=A1?id=3", "/1?utm_medium=rss&id=3"])
def test_a_story_that_is_watched_with_such_marks_is_not_watched_anew(watchlist: Any, site: Any, address: str) -> None:
    what, file = watchlist(address, more=f'source = [{{ url = "{site.url}/feed" }}]')
    other = f"<item><link>{site.url}/1?id=4&amp;utm_source=rss</link></item>"
    listed = f"<item><link>{site.url}/1?id=3&amp;utm_source=rss</link></item>{other}"
    site.feeds["/feed"] = FEED.format(items=listed)
    assert run(what, file, capture=look).added == 1
