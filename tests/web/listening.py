"""An application as uvicorn serves it, in a thread of the tests' own process."""

from __future__ import annotations

import socket
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn

from tests.forkserver import PATIENCE

_MOMENT = 1.0
"""Seconds that answers under way have to come to their end, once no more are asked for."""


@contextmanager
def listening(app: Any, sockets: Sequence[socket.socket]) -> Iterator[None]:
    """Serve it on these sockets, which are closed at the end whoever is still connected."""
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": list(sockets)}, daemon=True)
    thread.start()
    try:
        end = time.monotonic() + PATIENCE
        while not server.started:
            assert thread.is_alive() and time.monotonic() < end, f"the desk does not start: {_standing(thread)}"
            time.sleep(0.01)
        yield
    finally:
        _end(server, thread)
        for listener in sockets:
            listener.close()


def _end(server: uvicorn.Server, thread: threading.Thread) -> None:
    """End it, and its connections first: from Python 3.12 on a server waits for those of a browser without end."""
    server.should_exit = True
    end = time.monotonic() + PATIENCE
    thread.join(_MOMENT)
    while thread.is_alive():
        assert time.monotonic() < end, f"the desk does not end: {_standing(thread)}"
        for connection in list(server.server_state.connections):
            with suppress(RuntimeError):  # it has ended by now
                connection.loop.call_soon_threadsafe(connection.transport.abort)
        thread.join(0.1)


def _standing(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident or 0)
    return "".join(traceback.format_stack(frame)) if frame else "it has ended"
