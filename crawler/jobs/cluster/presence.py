"""That a worker is there: told to the broker every few seconds, until it is to end."""

from __future__ import annotations

import time
from math import inf
from typing import TYPE_CHECKING

from crawler.jobs.cluster.board import sign_in, sign_out
from crawler.jobs.cluster.broker import ClusterError, went_away
from crawler.jobs.run.apart import Stopping

if TYPE_CHECKING:
    from redis import Redis

WAKE = 0.2
"""Seconds between two looks at whether it is to end."""
_SIGN = 5.0
"""Seconds between two signs that the worker is there."""


def stay(client: Redis, name: str, stopping: Stopping) -> None:
    """Tell it until ``stopping()``. Raises ``ClusterError`` where the broker goes away before."""
    from redis import RedisError

    signed = -inf
    while not stopping():
        if time.monotonic() - signed > _SIGN:
            try:
                sign_in(client, name)
            except RedisError as error:
                if stopping():
                    return  # told while the broker was tried: it ends as it was to, whoever is gone besides
                raise ClusterError(f"the broker {went_away(error)}; what is under way is kept") from error
            signed = time.monotonic()
        time.sleep(WAKE)


def leave(client: Redis, name: str) -> None:
    """Tell that it is there no longer, and let go of the broker."""
    from redis import RedisError

    try:
        sign_out(client, name)
    except RedisError:
        return  # it is no longer counted after a while
    finally:
        client.close()
