"""What a process of a pool does: one task after another, until the one who tells it ends or has it end."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue

from crawler.jobs.tasks.interruption import hear_again

_busy: list[bool] = []
"""Something while there is a task: an interruption ends that, and is nothing to a process that waits.

No Event: a signal that came while one is set or cleared, and clears it, would wait for itself for ever.
"""
_over = threading.Event()
"""Set when nobody wants what is made."""


def serve(connection: Connection, environment: dict[str, str]) -> None:
    """Take over the environment, for that of the server that makes processes may be older, and do what is told.

    A message is a pickle of a function, its arguments and its named ones; the answer one of what it returned and what
    it raised.
    """
    os.environ.update(environment)
    sys.unraisablehook = _hear_again
    signal.signal(signal.SIGINT, _interrupt)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    told: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(connection, told), daemon=True).start()
    with suppress(KeyboardInterrupt, OSError):  # on its way between two tasks; and nobody takes the answer any more
        while not _over.is_set():
            if answer := _done(told.get()):
                connection.send_bytes(answer)


def _done(told: bytes) -> bytes | None:
    made, raised = None, None
    try:
        _busy.append(True)
        if _over.is_set():  # looked at only now, for who sets it interrupts whoever is busy
            return None
        do, given, named = pickle.loads(told)
        made = do(*given, **named)
    except BaseException as error:  # noqa: BLE001 - it is raised where the task came from
        error.add_note("".join(traceback.format_exception(error)))
        raised = error
    finally:
        _busy.clear()
    try:
        return pickle.dumps((made, raised), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - what cannot be pickled raises whatever it likes
        unsaid = RuntimeError(f"what a task made cannot be handed back ({error}): {raised or made!r:.200}")
        return pickle.dumps((None, unsaid), pickle.HIGHEST_PROTOCOL)


def _interrupt(*_: object) -> None:
    if _busy:
        _busy.clear()  # what the task does on its way out is not interrupted again
        raise KeyboardInterrupt


def _hear_again(ignored: sys.UnraisableHookArgs) -> None:
    if isinstance(ignored.exc_value, KeyboardInterrupt):
        _busy.append(True)  # it was not heard, so the task is still under way
    hear_again(ignored)


def _listen(connection: Connection, told: SimpleQueue[bytes]) -> None:
    """Take what is told as it comes, so that whoever tells it need not wait; and interrupt when no more can come."""
    with suppress(EOFError, OSError):
        while True:
            told.put(connection.recv_bytes())
    _over.set()
    told.put(b"")
    os.kill(os.getpid(), signal.SIGINT)
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
