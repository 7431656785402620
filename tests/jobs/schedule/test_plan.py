"""What one run does of what is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from crawler.jobs.schedule.plan import FIRST_VISIT, Due, Kind, plan
from crawler.jobs.watchlist import Watchlist
from crawler.jobs.watchlist.reading import parse_watchlist

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


def watchlist(text: str = "") -> Watchlist:
    return parse_watchlist(text + '\n[[story]]\nurl = "https://a.example/1"\n', Path("/w.toml"))


def due(number: int, host: str = "a.example", kind: Kind = Kind.FULL, cost: int = 1, late: int = 0) -> Due:
    return Due(f"https://{host}/{number}", (), "c", kind, AT - timedelta(hours=late), {host: cost})


def test_the_most_overdue_first_and_counts_last() -> None:
    done = plan([due(1), due(2, late=5), due(3, kind=Kind.COUNTS, late=9)], watchlist(), {})
    assert [each.url[-1] for each in done.now] == ["2", "1", "3"]


def test_a_host_gets_no_more_than_its_hour_allows() -> None:
    rules = watchlist('politeness.per_hour = 100\npoliteness.hosts."b.example".per_hour = 10')
    each = [due(number, host, cost=30) for number in range(5) for host in ("a.example", "b.example")]
    done = plan(each, rules, {"a.example": 20})
    assert [item.url for item in done.now] == ["https://a.example/0", "https://a.example/1", "https://b.example/0"]
    assert len(done.later) == 7


def test_one_story_that_costs_more_than_an_hour_gets_an_hour_of_its_own() -> None:
    rules = watchlist("politeness.per_hour = 10")
    assert len(plan([due(1, cost=99)], rules, {}).now) == 1
    assert len(plan([due(1, cost=99)], rules, {"a.example": 1}).now) == 0


def test_a_first_visit_counts_as_one_with_all_that_belongs_to_it() -> None:
    rules = watchlist(f"politeness.per_hour = {2 * FIRST_VISIT}")
    new = [Due(f"https://a.example/{number}", (), "c", Kind.FULL, AT, {}) for number in range(5)]
    assert len(plan(new, rules, {}).now) == 2


def test_a_run_takes_no_more_stories_than_its_limit() -> None:
    done = plan([due(number) for number in range(9)], watchlist("limits.stories = 4"), {})
    assert (len(done.now), len(done.later)) == (4, 5)


@given(
    st.lists(st.tuples(st.sampled_from(["a.example", "b.example"]), st.integers(1, 200)), max_size=40),
    st.integers(0, 300),
)
def test_nothing_is_lost_and_no_host_is_over_its_rate(costs: list[tuple[str, int]], spent: int) -> None:
    rules = watchlist("politeness.per_hour = 250")
    each = [due(number, host, cost=cost) for number, (host, cost) in enumerate(costs)]
    done = plan(each, rules, {"a.example": spent})
    assert sorted(item.url for item in (*done.now, *done.later)) == sorted(item.url for item in each)
    for host, before in (("a.example", spent), ("b.example", 0)):
        planned = sum(item.cost.get(host, 0) for item in done.now)
        assert planned == 0 or before + planned <= 250
