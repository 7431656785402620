"""Dramatiq's broker, whose workers lose no message to an answer that never came."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from dramatiq import Consumer
from dramatiq.brokers.redis import RedisBroker


class RenewedBroker(RedisBroker):
    """Has a new name whenever it begins to consume a queue again, since the broker failed it.

    What the server handed to it, and it never heard of, stands there under the old name, and is given to others once
    that has been silent long enough; under the name of one that lives it would stand for as long as that lives. A
    message of which it did hear is then given out twice.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._consumed: set[str] = set()

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        """Begin to take messages from a queue."""
        if queue_name in self._consumed:
            self.broker_id = str(uuid4())
        self._consumed.add(queue_name)
        return super().consume(queue_name, prefetch, timeout)
