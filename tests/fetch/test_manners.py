"""How a crawl behaves towards sites, and how it ends when it cannot do its work."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.http import Response

from crawler import __version__
from crawler.fetch.addon import user_agent
from crawler.fetch.retry import retry_after


def ok(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine")


def robots(talk: Any) -> None:
    body = b"User-agent: *\nDisallow: /private\n"
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


class Busy:
    """Answers 503 until it has been asked often enough."""

    def __init__(self, times: int, *fields: bytes) -> None:
        self.left = times
        self.fields = fields
        self.asked: list[float] = []

    def __call__(self, talk: Any) -> None:
        self.asked.append(time.monotonic())
        self.left -= 1
        if self.left < 0:
            return ok(talk)
        head = [b"HTTP/1.1 503 Busy", b"Content-Length: 4", *self.fields, b"", b""]
        talk.send(b"\r\n".join(head) + b"wait")
        return None


class Breaking:
    """Breaks off in the middle until it has been asked often enough."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self, talk: Any) -> None:
        self.left -= 1
        if self.left < 0:
            return ok(talk)
        talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfi")
        raise ConnectionResetError


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (b"404 No", "ok"),
        (b"403 No", "ok"),
        (b"500 Oops", "server_error"),
        (b"503 Busy", "server_error"),
        (b"429 Too Many", "blocked"),
    ],
)
def test_rules_that_are_not_there_allow_and_rules_that_cannot_be_had_forbid(
    serve: Any, crawl: Any, status: bytes, outcome: str
) -> None:
    body = b"User-agent: *\nDisallow: /\n"  # the page of an error is no rule
    server = serve(
        {
            "/robots.txt": lambda talk: talk.send(
                b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body
            ),
            "/page": ok,
        }
    )
    crawled = crawl([[server.url("/page")]], ROBOTSTXT_OBEY=True)
    answer = crawled.answers[f"GET {server.url('/page')}"]
    assert (answer.get("outcome") or answer["ending"][0]) == outcome
    assert len(server.of("/page")) == (outcome == "ok")


def test_what_the_rules_said_is_noted_with_the_page(polite: Any) -> None:
    server, _, _, crawled = polite
    (why,) = [block for block in crawled.blocks("metadata") if block.url == server.url("/public")]
    assert b"robots: allowed by robots.txt (urn:uuid:" in why.start


def test_the_addresses_a_name_has_are_noted_and_each_connection_is_checked(serve: Any, crawl: Any) -> None:
    server = serve({"/": ok})
    url = server.url("/", host="localhost")
    crawled = crawl([[url]], WIRECOPY_ALLOW_ADDRESSES=["127.0.0.1", "::1"])
    (why,) = crawled.blocks("metadata")
    (line,) = [line for line in why.start.decode().splitlines() if line.startswith("resolvedAddresses: ")]
    assert "127.0.0.1" in line.split()
    refused = crawl([[url]], WIRECOPY_ALLOW_ADDRESSES=["10.0.0.0/8"])
    assert refused.answers[f"GET {url}"]["ending"][0] == "address_denied"
    assert len(server.passed) == 1


def test_a_host_that_only_fails_is_left_alone(serve: Any, crawl: Any) -> None:
    server = serve({"/": lambda talk: talk.send(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"), "/ok": ok})
    lane = [server.url(f"/{number}") for number in range(9)]
    crawled = crawl([lane], WIRECOPY_BREAKER_FAILURES=5)
    assert len(server.passed) == 5
    endings = [crawled.answers[f"GET {url}"].get("ending", [None])[0] for url in lane]
    assert endings == [None] * 5 + ["host_down"] * 4, crawled.log  # failed once, the archive's error unseen
    assert {failure["outcome"] for failure in crawled.failures} == {"host_down"}


def test_only_one_of_many_requests_tries_whether_it_has_recovered(serve: Any, crawl: Any) -> None:
    opened, refused, closed = threading.Event(), threading.Event(), threading.Event()

    def failing(talk: Any) -> None:
        talk.send(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")

    def after(event: threading.Event, seconds: float = 0.0) -> Any:
        def answer(talk: Any) -> None:
            event.wait(240)
            time.sleep(seconds)
            ok(talk)

        return answer

    def failed(talk: Any) -> None:
        ok(talk)
        opened.set()

    ended: list[Any] = []

    def done(talk: Any) -> None:
        ok(talk)
        ended.append(talk)
        if len(ended) == 19:
            refused.set()
        if len(ended) == 20:
            closed.set()

    server = serve({"/1": failing, "/2": failing, "/probe/": after(refused), "/after": ok})
    clock = serve({"/failed": failed, "/later/": after(opened, 0.6), "/done/": done, "/last": after(closed)})
    lanes: list[Any] = [[server.url("/1"), server.url("/2"), clock.url("/failed")]]
    lanes += [
        [clock.url(f"/later/{number}"), server.url(f"/probe/{number}"), clock.url(f"/done/{number}")]
        for number in range(20)
    ]
    lanes.append([clock.url("/last"), server.url("/after")])
    crawled = crawl(lanes, WIRECOPY_BREAKER_FAILURES=2, constants={"crawler.fetch.breaker.OPEN_SECONDS": 0.5})
    assert [passed.path[:7] for passed in server.passed] == ["/1", "/2", "/probe/", "/after"]
    assert [failure["outcome"] for failure in crawled.failures] == ["host_down"] * 19


def test_rules_that_could_not_be_had_are_asked_for_again_later(serve: Any, crawl: Any) -> None:
    asked = []

    def recovering(talk: Any) -> None:
        asked.append(talk)
        talk.send(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n") if len(asked) == 1 else robots(talk)

    server = serve({"/robots.txt": recovering, "/": ok})
    lane = [server.url("/1"), {"url": server.url("/2"), "wait": 0.2}, server.url("/private/3")]
    crawled = crawl([lane], ROBOTSTXT_OBEY=True, constants={"crawler.fetch.robots.ASK_AGAIN_SECONDS": 0.1})
    endings = [answer.get("outcome") or answer["ending"][0] for answer in crawled.answers.values()]
    assert endings == ["server_error", "ok", "robots_denied"]
    assert len(asked) == 2


def test_rules_that_could_not_be_had_are_not_asked_for_with_every_page(serve: Any, crawl: Any) -> None:
    server = serve({"/robots.txt": lambda talk: talk.send(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"), "/": ok})
    crawled = crawl([[server.url("/1"), server.url("/2")]], ROBOTSTXT_OBEY=True)
    assert [answer["ending"][0] for answer in crawled.answers.values()] == ["server_error"] * 2
    assert [passed.path for passed in server.passed] == ["/robots.txt"]


UNREACHABLE = "http://127.0.0.1:1/page"


@pytest.fixture(scope="module")
def polite(serve: Any, crawl: Any) -> Any:
    named, unnamed, endless = Busy(1, b"Retry-After: 1"), Busy(1), Busy(99, b"Retry-After: 86400")
    server = serve({"/robots.txt": robots, "/private/a": ok, "/public": ok})
    busy = [serve({"/": answer, "/other": ok}) for answer in (named, unnamed, endless)]
    lanes: list[Any] = [[server.url("/private/a"), server.url("/public")]]
    lanes += [[one.url("/")] for one in busy]
    lanes[1].append(busy[0].url("/other"))
    lanes[3].append(busy[2].url("/other"))
    lanes.append([UNREACHABLE])
    broken = serve({"/once": Breaking(1), "/always": Breaking(9)})
    busy.append(broken)
    lanes.append([broken.url("/once"), broken.url("/always")])
    settings = {"ROBOTSTXT_OBEY": True, "RETRY_ENABLED": True, "WIRECOPY_CONTACT": "desk@news.example"}
    crawled = crawl(lanes, **settings, WIRECOPY_RETRY_DELAY=0.2, WIRECOPY_RETRY_AFTER_MAX=60)
    return server, busy, (named, unnamed, endless), crawled


def test_what_robots_txt_forbids_is_not_fetched_and_is_in_the_ledger(polite: Any) -> None:
    server, _, _, crawled = polite
    url = server.url("/private/a")
    assert server.of("/private/a") == []
    (failure,) = [failure for failure in crawled.failures if failure["url"] == url]
    assert failure["outcome"] == "robots_denied"
    assert crawled.answers[f"GET {url}"]["error"] == "RobotsDenied"


def test_robots_txt_binds_every_request_that_waited_for_it(serve: Any, crawl: Any) -> None:
    def slow_robots(talk: Any) -> None:
        time.sleep(0.3)
        robots(talk)

    server = serve({"/robots.txt": slow_robots, "/private/": ok})
    crawled = crawl([[server.url(f"/private/{number}")] for number in range(5)], ROBOTSTXT_OBEY=True)
    assert {answer["error"] for answer in crawled.answers.values()} == {"RobotsDenied"}
    assert len(server.passed) == 1


def test_robots_txt_itself_is_archived_with_the_page_that_needed_it(polite: Any) -> None:
    server, _, _, crawled = polite
    (kept,) = crawled.of(server.url("/robots.txt"))
    assert kept.purpose["role"] == "robots"
    assert kept.purpose["via"] == server.url("/private/a")
    assert kept.response == bytes(server.of("/robots.txt")[0].response)


def test_a_robots_txt_that_cannot_be_had_is_a_line_in_the_ledger_and_no_traceback(polite: Any) -> None:
    crawled = polite[3]
    roles = [
        failure["purpose"]["role"] for failure in crawled.failures if failure["url"].startswith("http://127.0.0.1:1/")
    ]
    assert roles == ["robots"] * 3 + ["requisite"], "tried three times; without its rules a host is not entered"
    assert "Traceback" not in crawled.log
    outcome, message = crawled.answers[f"GET {UNREACHABLE}"]["ending"]
    assert outcome == "unreachable"
    assert message.startswith("robots.txt cannot be had (connection refused)")


def test_the_crawl_says_who_it_is(polite: Any) -> None:
    server = polite[0]
    agent = f"User-Agent: wirecopy/{__version__} (+desk@news.example)\r\n".encode()
    assert all(agent in passed.request for passed in server.passed)


def test_without_a_contact_the_crawl_still_gives_its_name() -> None:
    assert user_agent(None) == f"wirecopy/{__version__}"


def test_a_busy_server_is_asked_again_when_it_said(polite: Any) -> None:
    _, busy, (named, _, _), crawled = polite
    first, second = named.asked
    assert 1.0 <= second - first < 60.0
    assert [kept.outcome for kept in crawled.of(busy[0].url("/"))] == ["server_error", "ok"]
    assert crawled.answers[f"GET {busy[0].url('/')}"]["status"] == 200


def test_a_busy_server_that_names_no_time_is_given_some(polite: Any) -> None:
    first, second = polite[2][1].asked
    assert second - first >= 0.15


def test_a_server_that_asks_for_a_day_is_not_waited_for(polite: Any) -> None:
    _, busy, (_, _, endless), crawled = polite
    assert len(endless.asked) == 1
    assert crawled.answers[f"GET {busy[2].url('/')}"]["status"] == 503


def test_a_server_that_asks_for_a_day_is_asked_for_nothing_else(polite: Any) -> None:
    _, busy, _, crawled = polite
    assert busy[2].of("/other") == []
    outcome, message = crawled.answers[f"GET {busy[2].url('/other')}"]["ending"]
    assert outcome == "host_down"
    assert message.endswith(" is left alone for 24 hours, as it asked (Retry-After)")


def test_a_body_that_broke_off_is_asked_for_again_and_taken_as_it_is_in_the_end(polite: Any) -> None:
    broken, crawled = polite[1][3], polite[3]
    once, always = broken.url("/once"), broken.url("/always")
    assert [kept.outcome for kept in crawled.of(once)] == ["aborted", "ok"]
    assert [kept.outcome for kept in crawled.of(always)] == ["aborted"] * 3
    assert crawled.answers[f"GET {once}"]["start"] == "fine"
    assert (crawled.answers[f"GET {always}"]["start"], crawled.answers[f"GET {always}"]["outcome"]) == ("fi", "aborted")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("0000000000060", 60.0),
        ("Sat, 02 May 2026 12:00:30 GMT", 30.0),
        ("Sat, 02 May 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("9" * 5000, 999999999.0),
        ("Fri, 31 Dec 99999 23:59:59 GMT", None),
        ("Fri, 31 Dec 2026 23:59:59 +99999999999999", None),
        ("Fri, 31 Dec 2026 23:59:59 +9999", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str | None, seconds: float | None) -> None:
    response = Response("http://news.example/", status=503, headers={"Retry-After": value} if value else {})
    assert retry_after(response, datetime(2026, 5, 2, 12, 0, 0, tzinfo=UTC)) == seconds


def test_a_full_disk_ends_the_crawl_in_one_clear_line(serve: Any, crawl: Any) -> None:
    server = serve({"/": ok, "/a/": ok})
    crawled = crawl([[server.url(f"/a/{number}") for number in range(50)]], full=True)
    assert crawled.reason == "archive_error"
    assert crawled.log.count("No space left on device") == 1
    assert "Traceback" not in crawled.log
    assert len(server.passed) < 10
    assert crawled.answers[f"GET {server.url('/a/0')}"]["error"] == "NotRecorded"
    assert not any("status" in answer for answer in crawled.answers.values())
