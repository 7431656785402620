"""A pool: every task is done, or its process told to be killed, whatever becomes of the processes and when."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from crawler.jobs.tasks.pool import Pool, ProcessKilledError
from tests.jobs.tasks.work import (
    PickyError,
    doubled,
    dropping,
    held,
    killed,
    killed_once,
    met,
    picked,
    process_of,
    refused,
    unsaid,
)

NO_BUFFER = 1 << 22
"""Bytes that no buffer between two processes holds."""


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(2)
    yield pool
    pool.stop()


def test_another_process_starts_where_all_there_are_have_something_to_do(pool: Pool, tmp_path: Path) -> None:
    first = pool.submit(process_of, 0).result()[1]
    assert pool.submit(process_of, 1).result()[1] == first
    tasks = [pool.submit(met, tmp_path, number) for number in range(2)]
    both = {task.result() for task in tasks}
    assert len(both) == 2
    assert {task.result()[1] for task in [pool.submit(process_of, number) for number in range(20)]} <= both


def test_a_killed_process_costs_the_task_that_it_did_and_no_other(pool: Pool) -> None:
    tasks = [pool.submit(killed, number) for number in range(20)]
    with pytest.raises(ProcessKilledError, match="was killed"):
        tasks[2].result()
    assert [task.result() for task in tasks if task is not tasks[2]] == [*range(2), *range(3, 20)]


def test_what_killed_a_process_is_done_again_as_often_as_is_said(pool: Pool, tmp_path: Path) -> None:
    task = pool.submit(killed_once, (3, tmp_path / "killed"))
    with pytest.raises(ProcessKilledError):
        task.result()
    (tmp_path / "killed").unlink()
    task.again()
    assert task.result(tries=2) == 3
    with pytest.raises(ProcessKilledError):
        pool.submit(killed, 2).result(tries=3)


def test_a_process_that_is_killed_while_it_waits_is_replaced(pool: Pool) -> None:
    for _ in range(5):
        process = pool.submit(process_of, 0).result()[1]
        os.kill(process, signal.SIGKILL)
        _wait_until(partial(_is_gone, process))
    assert pool.submit(process_of, 1).result()[1] != process


def test_tasks_and_results_may_be_larger_than_what_is_held_between_processes(pool: Pool) -> None:
    tasks = [pool.submit(doubled, bytes([number]) * NO_BUFFER) for number in range(8)]
    assert [task.result()[:1] for task in reversed(tasks)] == [bytes([number]) for number in reversed(range(8))]


def test_what_a_task_raises_says_where_it_was_raised(pool: Pool) -> None:
    with pytest.raises(ValueError, match="1 is none") as caught:
        pool.submit(refused, 1).result()
    assert "in refused" in caught.value.__notes__[0]


def test_what_cannot_be_handed_back_fails_and_the_next_is_done(pool: Pool) -> None:
    with pytest.raises(RuntimeError, match="cannot be handed back"):
        pool.submit(unsaid, 1).result()
    with pytest.raises(TypeError, match=PickyError.__name__):  # an error that pickles and does not unpickle
        pool.submit(picked, 1).result()
    assert pool.submit(process_of, 7).result()[0] == 7


def test_stop_interrupts_what_is_under_way_and_begins_nothing_more(pool: Pool, tmp_path: Path) -> None:
    tasks = [pool.submit(held, tmp_path / str(number)) for number in range(6)]
    _wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    pool.stop()
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == ["interrupted", "interrupted"]
    for task in tasks:
        with pytest.raises(ProcessKilledError):
            task.result()
    assert pool.submit(process_of, 1).result()[0] == 1


def test_an_interruption_counts_also_where_it_comes_in_a_destructor(pool: Pool) -> None:
    with pytest.raises(KeyboardInterrupt):
        pool.submit(dropping).result()


def test_stop_kills_a_process_that_does_not_end(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.jobs.tasks.pool.PATIENCE", timedelta(seconds=0.2))
    process = pool.submit(process_of, 0).result()[1]
    os.kill(process, signal.SIGSTOP)
    pool.stop()
    _wait_until(partial(_is_gone, process))


def test_a_task_is_lost_and_not_waited_for_where_no_process_can_be_started(pool: Pool) -> None:
    pool.submit(process_of, 0).result()
    pool.stop()
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, limits[1]))
    try:
        tasks = [pool.submit(process_of, number) for number in range(4)]
        for task in tasks:
            task.wait()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    for task in tasks:
        with pytest.raises(ProcessKilledError, match="no process can be started"):
            task.result()
    tasks[0].again()
    assert tasks[0].result()[0] == 0


def _is_gone(process: int) -> bool:
    return not Path(f"/proc/{process}").exists()


def _wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)
