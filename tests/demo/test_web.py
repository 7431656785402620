from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import brotli
import pytest

from crawler.demo import HOSTS, ORIGINAL, REWRITE, SEED, TRUTH, Reply, answer

Ask = Callable[..., Reply]
STYLE = f"https://{urlsplit(ORIGINAL).netloc}/static/courier.css"


def header(reply: Reply, name: str) -> str | None:
    return next((value for field, value in reply.headers if field.lower() == name.lower()), None)


def test_a_message_is_head_and_body(ask: Ask) -> None:
    reply = ask(REWRITE)
    assert reply.message.startswith(b"HTTP/1.1 200 OK\r\nDate: Wed, 20 Mar 2024 19:00:00 GMT\r\n")
    assert reply.message.endswith(b"\r\n\r\n" + reply.body)
    assert header(reply, "content-length") == str(len(reply.body))


def test_the_aggregator_sends_gzip_in_chunks(ask: Ask, entity: Callable[[Reply], bytes]) -> None:
    reply = ask(SEED, Accept_Encoding="gzip, deflate")
    assert (header(reply, "transfer-encoding"), header(reply, "content-encoding")) == ("chunked", "gzip")
    assert entity(reply) == entity(ask(SEED))


def test_the_original_sends_brotli_after_early_hints_and_two_cookies(ask: Ask) -> None:
    reply = ask(ORIGINAL, Accept_Encoding="gzip, br;q=0.9")
    assert brotli.decompress(reply.body) == ask(ORIGINAL).body
    assert reply.message.startswith(
        b"HTTP/1.1 103 Early Hints\r\nLink: </static/courier.css>; rel=preload; as=style\r\n"
    )
    assert [name for name, _ in reply.headers].count("Set-Cookie") == 2


def test_a_coding_the_client_does_not_take_is_not_sent(ask: Ask) -> None:
    assert header(ask(ORIGINAL, Accept_Encoding="gzip, br;q=0"), "content-encoding") is None


def test_what_a_client_has_already_is_not_sent_again(ask: Ask) -> None:
    first = ask(STYLE)
    for condition in (
        {"If_None_Match": header(first, "etag")},
        {"If_Modified_Since": header(first, "last-modified")},
    ):
        second = ask(STYLE, **condition)
        assert (second.status, second.body) == (304, b"")
    assert ask(STYLE, If_None_Match='"other"').status == 200


def test_head_has_the_headers_and_no_body(ask: Ask) -> None:
    reply = ask(STYLE, method="HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert header(reply, "content-length") == header(ask(STYLE), "content-length")


def test_the_web_can_only_be_read(ask: Ask) -> None:
    assert ask(ORIGINAL, method="POST").status == 405


def test_http_leads_to_https(ask: Ask) -> None:
    reply = ask(ORIGINAL.replace("https", "http", 1))
    assert (reply.status, header(reply, "location")) == (301, ORIGINAL)


def test_hosts_are_known_however_they_are_written_and_others_are_not(ask: Ask) -> None:
    assert ask(ORIGINAL.replace("www.k", "WWW.K")).status == 200
    assert ask("https://elsewhere.example/").status == 502


@pytest.mark.parametrize("path", ["/static/../web.py", "/static/%2e%2e/web.py", "/static/", "/images/none.jpg", "/x"])
def test_what_is_not_there_is_not_found(path: str, ask: Ask) -> None:
    assert ask(f"https://{urlsplit(ORIGINAL).netloc}{path}").status == 404


def test_robots_txt_forbids_one_card_and_nothing_else_of_the_story(ask: Ask, pages: tuple[str, ...]) -> None:
    refused = []
    for url in pages:
        robots = ask(f"https://{urlsplit(url).netloc}/robots.txt")
        rules = RobotFileParser()
        rules.parse(robots.body.decode().splitlines() if robots.status == 200 else [])
        if not rules.can_fetch("wirecopy", url):
            refused.append(url)
    assert refused == [card.url for card in TRUTH.cards if card.shape == "forbidden"]


def test_every_host_has_an_answer_for_robots_txt_and_its_front(ask: Ask) -> None:
    assert {ask(f"https://{host}/robots.txt").status for host in HOSTS} == {200, 404}
    assert all(ask(f"https://{host}").status in {200, 403, 404, 410} for host in HOSTS)


def test_one_card_is_slow(ask: Ask) -> None:
    slow = [card.url for card in TRUTH.cards if ask(card.url).delay > 0]
    assert slow == [card.url for card in TRUTH.cards if card.shape == "slow"]


def test_the_calendar_never_ends(ask: Ask) -> None:
    host = urlsplit(ORIGINAL).netloc
    assert b'href="/archive/1899/12/"' in ask(f"https://{host}/archive/1900/01/").body


def test_headers_may_come_as_a_mapping_and_the_clock_is_real_by_default() -> None:
    assert answer("GET", STYLE, {"accept-encoding": "gzip"}).status == 200
