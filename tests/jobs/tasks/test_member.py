"""What a process of a pool does with an interruption, wherever it comes."""

from __future__ import annotations

from pathlib import Path

from tests.forkserver import ForkServer

EVERYWHERE = """\
import pickle, signal, sys, threading
from crawler.jobs.tasks import member

FILES = (member.__file__, threading.__file__)
signal.signal(signal.SIGINT, member._interrupt)
heard = 0

def interrupted_at(number):
    left = [number]

    def trace(frame, event, _):
        if frame.f_code.co_filename not in FILES:
            return None
        if event == "line":
            left[0] -= 1
            if left[0] == 0:
                signal.raise_signal(signal.SIGINT)
        return trace

    return trace

for number in range(1, 100):
    sys.settrace(interrupted_at(number))
    try:
        made = member._done(pickle.dumps((int, ("7",), {})))
    except KeyboardInterrupt:  # on its way out
        continue
    finally:
        sys.settrace(None)
    result, raised = pickle.loads(made)
    assert result == 7 or isinstance(raised, KeyboardInterrupt), (result, raised)
    heard += raised is not None
assert heard
"""


def test_an_interruption_anywhere_in_a_task_ends_it_and_never_waits_for_itself(
    forks: ForkServer, tmp_path: Path
) -> None:
    (tmp_path / "everywhere.py").write_text(EVERYWHERE)
    done = forks.run(tmp_path / "everywhere.py", [])
    assert done.returncode == 0, done.stderr
