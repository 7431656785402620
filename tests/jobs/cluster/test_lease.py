"""Leases at a real broker."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.jobs.cluster.broker import connect
from crawler.jobs.cluster.lease import Leases
from tests.jobs.cluster.conftest import redis_on


@pytest.fixture
def client(broker: str) -> Iterator[Any]:
    client = connect(broker)
    yield client
    client.close()


LONG = 600.0
"""Seconds of a lease, or of a pause, that no stall of the machine outlasts."""


def test_what_one_holds_no_other_gets_until_it_lets_go(client: Any) -> None:
    one, other = Leases(client, "one", LONG), Leases(client, "other", LONG)
    assert one.take("host") == 0
    assert 0 < other.take("host") <= LONG
    assert one.take("host") == 0
    assert not other.keep("host")
    assert not other.release("host")
    assert one.release("host")
    assert other.take("host") == 0
    assert not one.keep("host")


def take(leases: Leases, name: str, pause: float) -> float:
    """Wait until a lease may be used; returns a time just before, on the monotonic clock."""
    end = time.monotonic() + 120
    while (asked := time.monotonic()) < end:
        if leases.take(name, pause) == 0:
            return asked
        time.sleep(0.01)
    raise AssertionError("the lease was never free")


def test_the_pause_holds_for_whoever_comes_next(client: Any) -> None:
    one, other = Leases(client, "one", 0.001), Leases(client, "other", 0.001)
    assert one.take("host") == 0
    one.release("host")
    assert -LONG <= other.take("host", LONG) < -LONG / 2
    assert one.take("host", LONG) > LONG / 2, "the other holds it while it waits"
    assert one.take("another host") == 0


def test_a_broker_that_was_emptied_hurries_no_host(client: Any) -> None:
    one, other = Leases(client, "one", LONG), Leases(client, "other", LONG)
    take(one, "host", 0.3)
    client.flushdb()
    emptied = time.monotonic()
    assert other.take("host", 0.3) < 0
    take(other, "host", 0.3)
    assert time.monotonic() - emptied >= 0.3 - 0.01
    assert one.take("host", 0.3) > 0


def test_a_broker_that_starts_with_what_it_saved_some_time_ago_hurries_no_host(tmp_path: Path) -> None:
    with redis_on(tmp_path) as (broker, process), connect(broker) as client:
        take(Leases(client, "one", seconds=0.1), "host", 0.1)
        client.hset("wirecopy:lease:host", mapping={"last": "1", "until": "2"})  # long ago
        client.save()
        process.kill()
        process.wait()
    with redis_on(tmp_path) as (broker, _), connect(broker) as client:
        assert client.hget("wirecopy:lease:host", "last")
        assert Leases(client, "other").take("host", LONG) < -LONG / 2


def test_a_lease_that_the_broker_has_forgotten_is_taken_again_as_it_is_renewed(client: Any) -> None:
    one, other = Leases(client, "one", LONG), Leases(client, "other", LONG)
    assert one.take("site") == 0
    client.flushdb()
    assert one.keep("site")
    assert other.take("site") > 0
    one.release("site")
    assert not one.keep("site")


def test_a_lease_that_is_not_renewed_runs_out_and_the_pause_begins_there(client: Any) -> None:
    dead, heir = Leases(client, "dead", seconds=1.0), Leases(client, "heir", LONG)
    taken = take(dead, "host", 0.3)
    assert heir.take("host", 0.3) <= 1.0
    take(heir, "host", 0.3)
    assert time.monotonic() - taken >= 1.3 - 0.01
    assert dead.take("host", 0.3) > 0


def test_a_lease_that_is_renewed_lasts_as_long_again(client: Any) -> None:
    one = Leases(client, "one", LONG)
    assert one.take("host") == 0
    before, asked = until(client, "host"), time.monotonic()
    time.sleep(0.1)
    passed = time.monotonic() - asked
    assert one.keep("host")
    assert until(client, "host") - before >= passed - 0.01


def until(client: Any, name: str) -> float:
    """When a lease runs out, in seconds of the broker's clock."""
    return int(client.hget(f"wirecopy:lease:{name}", "until")) / 1e6
