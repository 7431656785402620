"""When a story is looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.jobs.schedule.policy import GONE_VISITS, History, next_count, next_visit
from crawler.jobs.watchlist import Revisit

BORN = datetime(2026, 3, 1, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
POLICY = Revisit()
COUNTING = Revisit(counts=6 * HOUR)


def interval(policy: Revisit = POLICY, **known: object) -> timedelta:
    history = replace(History("https://a.example/1", BORN), **known)  # type: ignore[arg-type]
    due = next_visit(history, policy)
    assert due is not None
    assert history.visited is not None
    return due - history.visited


def test_a_new_story_is_due_at_once() -> None:
    assert next_visit(History("https://a.example/1", BORN), POLICY) == BORN


def test_soon_after_publication_then_slower() -> None:
    gaps = [interval(visited=BORN + age) for age in (HOUR, DAY, 10 * DAY)]
    assert HOUR <= gaps[0] < 2 * HOUR
    assert 6 * HOUR <= gaps[1] < 7 * HOUR
    assert 2.5 * DAY <= gaps[2] < 2.8 * DAY


def test_faster_again_when_it_changed() -> None:
    assert interval(visited=BORN + 10 * DAY, changed=BORN + 10 * DAY) < 2 * HOUR


def test_an_old_story_put_under_watch_is_not_a_new_one() -> None:
    assert interval(published=BORN - 40 * DAY, visited=BORN + HOUR) > 9 * DAY


def test_a_date_in_the_future_makes_no_haste_and_no_delay() -> None:
    assert HOUR <= interval(published=BORN + 400 * DAY, visited=BORN + HOUR) < 2 * HOUR


def test_failures_make_it_rarer_up_to_the_longest() -> None:
    gaps = [interval(visited=BORN + HOUR, failures=failures) for failures in (1, 3, 6, 60)]
    assert gaps == sorted(gaps)
    assert gaps[-1] <= POLICY.longest * 1.1


def test_what_stays_gone_is_left_alone() -> None:
    assert interval(visited=BORN + HOUR, gone=1, failures=1) >= DAY
    history = History("https://a.example/1", BORN, visited=BORN + 9 * DAY, gone=GONE_VISITS, failures=GONE_VISITS)
    assert next_visit(history, POLICY) is None


def test_a_story_quiet_for_long_is_watched_no_more() -> None:
    history = History("https://a.example/1", BORN, visited=BORN + 366 * DAY)
    assert next_visit(history, POLICY) is None
    assert next_visit(replace(history, changed=BORN + 300 * DAY), POLICY) is not None


def test_counts_have_a_cadence_of_their_own_and_an_end() -> None:
    history = History("https://a.example/1", BORN, visited=BORN + DAY, counted=BORN + DAY)
    assert next_count(history, COUNTING) == BORN + DAY + 6 * HOUR
    assert next_count(history, POLICY) is None
    assert next_count(replace(history, counted=BORN + 30 * DAY), COUNTING) is None


@given(
    age=st.timedeltas(timedelta(), timedelta(days=360)),
    quiet=st.timedeltas(timedelta(), timedelta(days=360)),
    failures=st.integers(0, 100),
)
def test_every_interval_is_within_its_bounds(age: timedelta, quiet: timedelta, failures: int) -> None:
    changed = BORN + max(age - quiet, timedelta())
    gap = interval(visited=BORN + age, changed=changed, failures=failures)
    assert POLICY.shortest <= gap <= POLICY.longest * 1.1


def test_the_number_of_visits_grows_with_the_logarithm_of_time() -> None:
    def visits(days: int) -> int:
        history, number = History("https://a.example/1", BORN, visited=BORN), 0
        while (due := next_visit(history, POLICY)) and due < BORN + days * DAY:
            history, number = replace(history, visited=due), number + 1
        return number

    assert visits(7) < 20
    assert visits(360) < 45
