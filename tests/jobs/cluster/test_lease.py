"""Leases at a real broker."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from crawler.jobs.cluster.broker import connect
from crawler.jobs.cluster.lease import Leases


@pytest.fixture
def client(broker: str) -> Iterator[Any]:
    client = connect(broker)
    yield client
    client.close()


def test_what_one_holds_no_other_gets_until_it_lets_go(client: Any) -> None:
    one, other = Leases(client, "one"), Leases(client, "other")
    assert one.take("host") == 0
    assert 5 < other.take("host") <= 10
    assert one.take("host") == 0
    assert not other.keep("host")
    assert not other.release("host")
    assert one.release("host")
    assert other.take("host") == 0
    assert not one.keep("host")


def test_the_pause_holds_for_whoever_comes_next(client: Any) -> None:
    one, other = Leases(client, "one"), Leases(client, "other")
    assert one.take("host", 30) == 0
    one.release("host")
    assert -30 <= other.take("host", 30) < -25
    assert one.take("host", 30) > 35, "the other holds it while it waits"
    assert one.take("another host", 30) == 0


def test_a_lease_that_is_not_renewed_runs_out_and_the_pause_begins_there(client: Any) -> None:
    dead, heir = Leases(client, "dead", seconds=1.0), Leases(client, "heir")
    assert dead.take("host", 0.3) == 0
    taken = time.monotonic()
    assert 0 < heir.take("host", 0.3) <= 1.0
    while heir.take("host", 0.3) != 0:
        assert time.monotonic() - taken < 60
        time.sleep(0.01)
    assert time.monotonic() - taken >= 1.3 - 0.01
    assert dead.take("host", 0.3) > 0


def test_a_lease_that_is_renewed_lasts(client: Any) -> None:
    one, other = Leases(client, "one", seconds=1.5), Leases(client, "other")
    assert one.take("host") == 0
    for _ in range(5):
        time.sleep(0.4)
        assert one.keep("host")
        assert other.take("host") > 0
