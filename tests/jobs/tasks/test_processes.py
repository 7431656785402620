"""Tasks in processes: in the order given, whatever becomes of a process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.jobs.run.engine import EngineError
from crawler.jobs.tasks.processes import Processes
from tests.jobs.tasks.work import killed, killed_once, process_of, refused


def test_a_few_tasks_are_done_here_and_the_rest_by_others_in_their_order() -> None:
    with Processes(2, few=3) as each:
        made = [*each(process_of, range(2)), *each(process_of, range(2, 20))]
    assert [number for number, _ in made] == list(range(20))
    here = [process == os.getpid() for _, process in made]
    assert here == [True] * 3 + [False] * 17


def test_one_process_is_this_one() -> None:
    with Processes(1, few=0) as each:
        assert {process for _, process in each(process_of, range(9))} == {os.getpid()}


def test_no_more_is_taken_than_is_on_its_way() -> None:
    taken = []

    def given() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with Processes(2, few=0) as each:
        made = each(process_of, given())
        next(made)
        assert len(taken) <= 7


def test_what_a_killed_process_had_is_done_again(tmp_path: Path) -> None:
    with Processes(2, few=0) as each:
        assert list(each(killed_once, ((number, tmp_path / "killed") for number in range(9)))) == list(range(9))


def test_they_start_where_tmpdir_is_longer_than_the_path_of_a_socket_may_be(forks: Any, tmp_path: Path) -> None:
    long, script = tmp_path / ("long" * 40), tmp_path / "absolute.py"
    long.mkdir()
    script.write_text(
        "from crawler.jobs.tasks.processes import Processes\n"
        "if __name__ == '__main__':\n    with Processes(2, few=0) as each:\n        print(*each(abs, [-1, 2, -3]))\n"
    )
    done = forks.run(script, environment={**os.environ, "TMPDIR": str(long)})
    assert (done.stdout, done.stderr) == ("1 2 3\n", "")


def test_a_task_that_kills_each_process_is_given_up() -> None:
    with Processes(2, few=0) as each, pytest.raises(EngineError, match="too many processes were killed"):
        list(each(killed, range(5)))


def test_what_a_task_raises_is_raised() -> None:
    with Processes(2, few=0) as each, pytest.raises(ValueError, match="0 is none"):
        list(each(refused, range(5)))
