"""What Dramatiq logs of a broker that fails, one line each: it would print the traceback of every try."""

from __future__ import annotations

import logging


def in_lines() -> None:
    """Tell on standard error what Dramatiq warns of, no line twice in a row; tracebacks only of our own errors."""
    log = logging.getLogger("dramatiq")
    if not any(isinstance(handler, _Lines) for handler in log.handlers):
        log.addHandler(_Lines())
    log.propagate = False


class _Lines(logging.StreamHandler):  # type: ignore[type-arg]
    def __init__(self) -> None:
        super().__init__()
        self.setLevel(logging.WARNING)
        self._last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a record where it says something new."""
        line = self.format(record)
        if line != self._last:
            super().emit(record)
        self._last = line

    def format(self, record: logging.LogRecord) -> str:
        """A line of the command's, with a traceback where an error is none of the broker's."""
        from dramatiq.errors import DramatiqError
        from redis import RedisError

        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not isinstance(error, DramatiqError | RedisError):
            return super().format(record)
        said = record.getMessage().splitlines()[0]
        return f"wirecopy worker: {said} ({error})" if error else f"wirecopy worker: {said}"
