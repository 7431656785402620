"""The board at a real broker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.jobs.cluster import Cluster
from crawler.jobs.cluster.board import Board
from crawler.jobs.cluster.broker import PREFIX, QUEUE, connect
from crawler.jobs.cluster.job import Job
from crawler.jobs.conditions import Conditions
from crawler.jobs.run.batch import Batch
from crawler.jobs.schedule.plan import Due, Kind
from crawler.jobs.watchlist import What


def test_a_job_is_recalled_or_begun_and_never_both(broker: str) -> None:
    client = connect(broker)
    board = Board(client, "board")
    early, late = (
        Job("board", Batch(Path("ferries"), Kind.FULL, ()), What(), Conditions(None), timedelta(hours=1))
        for _ in range(2)
    )
    board.put_up(early)
    board.put_up(late)
    assert board.begin(early.id, "worker")
    board.recall(early.id, late.id)
    assert board.jobs() == [early]
    assert not board.begin(late.id, "worker")
    assert set(board.begun()) == {early.id}
    client.close()


def test_the_next_run_finds_its_jobs_whatever_its_machine_and_folder_are_called(broker: str, tmp_path: Path) -> None:
    batch = Batch(tmp_path / "news--site", Kind.FULL, ())
    first = Cluster(broker, tmp_path / "book")
    first.hand_over(batch, What(), Conditions(None), timedelta(hours=1), first=False)
    first.close()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "book").rename(tmp_path / "elsewhere/book")
    second = Cluster(broker, tmp_path / "elsewhere/book")
    assert second.left_behind() == [batch]
    second.close()
    other = Cluster(broker, tmp_path / "other")
    assert other.left_behind() == []
    other.close()


def test_a_site_with_a_name_longer_than_a_folders_has_a_collection_of_its_own(broker: str, tmp_path: Path) -> None:
    engine = Cluster(broker, tmp_path / "book")
    folders = set()
    for end in ("org", "net"):
        url = f"https://{'.'.join(['a' * 60] * 4)}.{end}/"
        due = Due(url, (), "news", Kind.FULL, datetime.now(UTC), {})
        folders.add(engine.folder(tmp_path / "news", due))
    for folder in folders:
        folder.mkdir()
    assert len(folders) == 2
    engine.close()


def test_jobs_that_the_broker_has_forgotten_are_put_up_and_sent_again(broker: str, tmp_path: Path) -> None:
    folders = [tmp_path / "news--a", tmp_path / "news--a", tmp_path / "news--b"]
    batches = [Batch(folder, Kind.FULL, ()) for folder in folders]
    engine = Cluster(broker, tmp_path / "book")
    for batch in batches:
        engine.hand_over(batch, What(), Conditions(None), timedelta(hours=1), first=False)
    client = connect(broker)
    client.flushdb()
    assert engine.next(lambda _: None, timedelta(seconds=0.1), lambda: False) is None
    board = Board(client, engine._board.name)
    assert board.standing() == {batch.id for batch in batches}
    assert client.llen(f"{PREFIX}:dramatiq:{QUEUE}") == 2, "the first of each site"
    engine.close()
    client.close()
