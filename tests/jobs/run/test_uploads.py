"""A watchlist whose archives are a store: what a run captures is there when it ends, or goes with the next."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection, open_archive
from crawler.archive.store import waiting
from crawler.cli import main
from crawler.jobs.run import Result, run
from tests.archive.store.gate import Gate


@pytest.fixture
def stored(watchlist: Any, bucket: str) -> Any:
    """Makes a watchlist of paths of the site whose archives are in the store; ``more`` goes into ``[store]``."""

    def make(*paths: str, keep_local: str = "7d", more: str = "") -> Any:
        store = f'archives = "{bucket}/news"\nstore = {{ keep_local = "{keep_local}" }}\n'
        return watchlist(*paths, more=store + more)

    return make


def captured(address: str | Path) -> list[str]:
    with open_archive(address) as archive:
        return sorted(each.url.rpartition("/")[2] for each in archive.captures() if each.url[-1].isdigit())


@pytest.mark.slow
def test_what_a_run_captures_is_in_the_store_and_old_warcs_leave_the_spool(
    stored: Any, site: Any, bucket: str, tmp_path: Path
) -> None:
    what, file = stored("/1", "/2", keep_local="0s", more='log = "run.jsonl"')
    report = run(what, file)
    assert (report.result, report.stories, report.failures) == (Result.WELL, 2, ())
    assert captured(f"{bucket}/news/watch") == ["1", "2"]
    assert list((what.archives / "watch/archive").iterdir()) == []
    assert captured(what.archives / "watch") == ["1", "2"]  # from the store
    assert '"event": "uploaded"' in (file.parent / "run.jsonl").read_text()
    again = run(what, file, clock=lambda: datetime.now(UTC) + timedelta(hours=2))
    assert (again.result, again.stories, again.edited) == (Result.WELL, 2, 0)
    with open_archive(f"{bucket}/news/watch") as archive, archive:
        assert len([each for each in archive.captures() if each.url.endswith("/1")]) == 2


def test_a_store_that_fails_costs_nothing_that_was_captured(
    stored: Any, site: Any, bucket: str, gate: Gate, capsys: Any
) -> None:
    what, file = stored("/1")
    gate.fault = lambda method, target: "slow-down" if method == "PUT" else None
    report = run(what, file)
    assert report.result is Result.STORAGE
    assert report.stories == 1
    assert "the store is overloaded" in report.failures[0]
    assert "\n" not in report.failures[0]
    assert captured(what.archives / "watch") == ["1"]
    assert len(waiting(what.archives / "watch", f"{bucket}/news/watch")) == 1
    main(["status", str(file)])
    assert "/news; 1 WARC (" in capsys.readouterr().out
    gate.soundly()
    assert run(what, file).result is Result.WELL  # nothing is due; what is missing goes
    assert captured(f"{bucket}/news/watch") == ["1"]


def test_a_store_that_can_not_be_reached_before_the_first_capture_stops_the_run(
    stored: Any, site: Any, gate: Gate
) -> None:
    what, file = stored("/1")
    gate.always("denied")
    report = run(what, file)
    assert (report.result, report.stories, report.later) == (Result.STORAGE, 0, 1)
    assert site.asked["/1"] == 0


def test_a_lost_spool_is_made_again(stored: Any, site: Any, bucket: str) -> None:
    what, file = stored("/1")
    run(what, file)
    shutil.rmtree(what.archives)
    site.editions["/1"] = 2
    report = run(what, file)
    assert (report.result, report.stories) == (Result.WELL, 1)
    assert "is fetched from the store" in report.notes[0]
    assert captured(f"{bucket}/news/watch") == ["1", "1"]


def test_a_folder_that_outlived_its_time_goes_from_the_store_too(
    stored: Any, site: Any, bucket: str, objects: Any
) -> None:
    keep = 'collection = [{ name = "ferries", rotate = "monthly", keep = "30d" }]'
    what, file = stored("/1", more=keep)
    run(what, file)
    (folder,) = what.archives.glob("ferries-*")
    assert objects.see(f"news/{folder.name}/store.json") is not None
    report = run(what, file, clock=lambda: datetime.now(UTC) + timedelta(days=100))
    assert not folder.exists()
    assert "is deleted" in report.notes[-1]
    assert objects.see(f"news/{folder.name}/store.json") is None


def test_warcs_go_while_stories_are_captured(stored: Any, site: Any, bucket: str, monkeypatch: Any) -> None:
    from crawler.jobs.run import uploads
    from crawler.jobs.run.capturing import Captured, Ended
    from tests.archive.store.stores import record

    monkeypatch.setattr(uploads, "PAUSE", 0.05)
    what, file = stored("/1")

    def capture(wanted: Any, conditions: Any, *, limit: timedelta, stopping: Any) -> Captured:
        record(conditions.collection, "one")
        for _ in range(12_000):
            if not waiting(conditions.collection, f"{bucket}/news/watch"):
                break
            stopping() or __import__("time").sleep(0.01)
        assert waiting(conditions.collection, f"{bucket}/news/watch") == []
        return Captured(Ended.WELL)

    assert run(what, file, capture=capture).result is Result.WELL
    with Collection(what.archives / "watch") as collection:
        assert collection.find("urn:text:one") is not None


def test_a_run_that_is_to_stop_sends_no_more_than_what_is_under_way(
    stored: Any, site: Any, bucket: str, gate: Gate
) -> None:
    from crawler.jobs.run.uploads import Uploads
    from tests.archive.store.stores import record

    what, _ = stored("/1")
    folder, address = what.archives / "watch", f"{bucket}/news/watch"
    for name in ("one", "two", "three"):
        record(folder, name)

    def sent() -> int:
        return gate.count("PUT", ".warc.gz")

    faults: list[str] = []
    Uploads(what, lambda *_: None, faults.append, lambda: sent() > 0).finish(datetime.now(UTC))
    assert (sent(), faults) == (1, [])
    Uploads(what, lambda *_: None, faults.append, lambda: False).finish(datetime.now(UTC))
    assert (waiting(folder, address), faults) == ([], [])


def test_a_run_that_is_to_stop_leaves_an_upload_that_does_not_end(
    stored: Any, site: Any, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crawler.jobs.run import uploads
    from tests.archive.store.stores import record

    monkeypatch.setattr(uploads, "PAUSE", 0.05)
    monkeypatch.setattr(uploads, "_PARTING", 0.5)
    what, _ = stored("/1")
    record(what.archives / "watch", "one")
    gate.fault = lambda method, target: "hang" if method == "PUT" else None
    try:
        with uploads.Uploads(what, lambda *_: None, lambda _: None, gate.hanging.is_set).meanwhile():
            assert gate.hanging.wait(120)
        (left,) = (thread for thread in threading.enumerate() if thread.name == "uploads")
    finally:
        gate.open.set()
    left.join(120)
