from __future__ import annotations

from crawler.fetch.breaker import LONGEST_SECONDS, OPEN_SECONDS, Breaker
from crawler.model import Outcome

HOST = "www.news.example"


def failing(breaker: Breaker, times: int, now: float = 0.0) -> None:
    for _ in range(times):
        assert breaker.refusal(HOST, now) is None
        breaker.note(HOST, Outcome.TIMEOUT, "no answer in time", now)


def test_it_opens_after_failures_in_a_row_and_says_why() -> None:
    breaker = Breaker(3)
    failing(breaker, 3)
    refusal = breaker.refusal(HOST, 1.0)
    assert refusal == f"{HOST} is left alone: 3 requests in a row failed, the last with timeout: no answer in time"
    assert breaker.opened() == {HOST: "timeout: no answer in time"}
    assert breaker.refusal("other.example", 1.0) is None


def test_an_answer_in_between_begins_the_count_anew() -> None:
    breaker = Breaker(3)
    failing(breaker, 2)
    breaker.note(HOST, Outcome.GONE, "404", 0.0)
    failing(breaker, 2)
    assert breaker.refusal(HOST, 0.0) is None


def test_a_host_that_asked_for_patience_is_left_alone_until_then() -> None:
    breaker = Breaker(0)
    breaker.leave(HOST, 5400.0, 10.0)
    breaker.leave(HOST, 60.0, 11.0)
    breaker.note(HOST, Outcome.OK, None, 12.0)  # was under way
    refusal = f"{HOST} is left alone for 90 minutes, as it asked (Retry-After)"
    assert breaker.refusal(HOST, 13.0) == breaker.refusal(HOST, 5409.0) == refusal
    assert breaker.refusal("other.example", 13.0) is None
    assert breaker.refusal(HOST, 5410.0) is None


def test_of_hosts_that_asked_for_patience_the_first_are_forgotten_when_there_are_too_many() -> None:
    breaker = Breaker()
    for number in range(20_001):
        breaker.leave(str(number), 100.0, 0.0)
    assert breaker.refusal("0", 1.0) is None
    assert breaker.refusal("1", 1.0) is not None


def test_one_request_probes_and_its_answer_closes() -> None:
    breaker = Breaker(1)
    failing(breaker, 1)
    later = OPEN_SECONDS + 1
    assert breaker.refusal(HOST, later) is None
    assert breaker.refusal(HOST, later) is not None, "one probe at a time"
    breaker.note(HOST, Outcome.OK, None, later)
    assert breaker.refusal(HOST, later) is None


def test_a_probe_that_fails_doubles_the_time_up_to_the_longest() -> None:
    breaker, now = Breaker(1), 0.0
    failing(breaker, 1)
    for opened in range(1, 8):
        now += min(OPEN_SECONDS * 2 ** (opened - 1), LONGEST_SECONDS)
        assert breaker.refusal(HOST, now - 1) is not None
        failing(breaker, 1, now)


def test_refusals_are_answers_but_too_many_requests_is_a_failure() -> None:
    breaker = Breaker(1)
    breaker.note(HOST, Outcome.BLOCKED, "403", 0.0)
    assert breaker.refusal(HOST, 0.0) is None
    breaker.note(HOST, Outcome.BLOCKED, "429", 0.0)
    assert breaker.refusal(HOST, 0.0) is not None


def test_it_can_be_turned_off() -> None:
    breaker = Breaker(0)
    failing(breaker, 50)


def test_a_probe_that_tells_nothing_of_the_host_leaves_the_next_one_to_probe() -> None:
    breaker = Breaker(1)
    failing(breaker, 1)
    later = OPEN_SECONDS + 1
    assert breaker.refusal(HOST, later) is None
    breaker.note(HOST, Outcome.ADDRESS_DENIED, "its name has a private address now", later)
    assert breaker.refusal(HOST, later) is None


def test_no_more_hosts_are_remembered_than_fit() -> None:
    breaker = Breaker(1)
    for number in range(20_001):
        breaker.note(f"{number}.example", Outcome.UNREACHABLE, None, 0.0)
    assert len(breaker.opened()) == 20_000
    assert breaker.refusal("0.example", 0.0) is None
    assert breaker.refusal("20000.example", 0.0) is not None
