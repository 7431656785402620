"""How long an S3-compatible store is waited for: not long while it has never answered, longer once it has.

An address that is wrong never answers, and whoever wrote it wants to know; a network that was there comes back.
"""

from __future__ import annotations

import random
from typing import Any

AT_FIRST = 3
"""Tries of a request to a store that has not answered yet: about two seconds where it can't be reached."""
_IN_ALL = 6
"""Attempts at a request to a store that has answered before."""
_PASSING = frozenset({429, 500, 502, 503, 504})


class Patience:
    """What one client knows of its store; the client itself tries ``AT_FIRST`` times."""

    def __init__(self) -> None:
        self._answered = False

    def session(self) -> Any:
        """The session to make the client of."""
        from aiobotocore.session import get_session

        session = get_session()  # type: ignore[no-untyped-call]
        session.register("response-received.s3", self._received)
        session.register("needs-retry.s3", self._pause)
        return session

    def _received(self, *, response_dict: Any = None, **_: Any) -> None:
        self._answered |= response_dict is not None

    def _pause(self, *, attempts: int, response: Any, caught_exception: Any, **_: Any) -> float | None:
        """The seconds until a further try, where the client would give up; None where that is for it to say."""
        if not self._answered or not AT_FIRST <= attempts < _IN_ALL:
            return None
        if caught_exception is None and response[0].status_code not in _PASSING:
            return None
        return random.random() * float(2 ** (attempts - 1))
