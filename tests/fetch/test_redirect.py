"""Redirects that lead nowhere, in circles, or to a wall: each ends as what it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fetch.test_hostile import page, redirect, says

ANSWERS = {
    "/circle": redirect(b"/circle"),
    "/there": redirect(b"/back"),
    "/back": redirect(b"/there", b"301 Moved"),
    "/refresh": page(b"x", body=b"<meta http-equiv=refresh content='0;url=/refresh'>"),
    "/long": page(
        b"x", body=b"<title>\xc3\xa9</title><meta http-equiv=refresh content='0;url=/long'>" + b"<p>\xc3\xa9" * 9000
    ),
    "/shouted": page(b"x", body=b"<META HTTP-EQUIV=REFRESH CONTENT='0;URL=/shouted'>"),
    "/ticker": page(b"x", body=b"<meta http-equiv=refresh content='30;url=/ticker'><p>High water at noon."),
    "/wide": says(
        b"200 OK",
        b"Content-Type: text/html; charset=utf-16",
        body="<meta http-equiv=refresh content='0;url=/wide'>".encode("utf-16"),
    ),
    **{f"/{number}": redirect(b"/%d" % (number + 1)) for number in range(1, 13)},
    "/script": redirect(b"javascript:alert(1)"),
    "/mail": redirect(b"mailto:desk@news.example"),
    "/file": redirect(b"file:///etc/passwd"),
    "/consent": redirect(b"http://consent.invalid/collect?continue=x"),
    "/login": redirect(b"//accounts.invalid/signin"),
    "/metadata": redirect(b"http://169.254.169.254/login"),
    "/busy": lambda talk: talk.send(
        b"HTTP/1.1 429 Wait\r\nRetry-After: Fri, 31 Dec 2026 23:59:59 +99999999999999\r\nContent-Length: 0\r\n\r\n"
    ),
}


@pytest.fixture(scope="module")
def ended(serve: Any, wirecopy: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """How the capture of each ended, and why."""
    collection: Path = tmp_path_factory.mktemp("redirects") / "c"
    server = serve(ANSWERS)
    urls = [server.url(path) for path in ANSWERS if path != "/back" and (path == "/1" or not path[1:].isdigit())]
    allowed = ["--allow-address", "127.0.0.0/8", "--delay", "0"]
    done = wirecopy("capture", *urls, "-c", collection, *allowed, "--panels", "0", "--json")
    report = json.loads(done.stdout)
    assert report["faults"] == []
    return {
        failed.get("requested", failed.get("url"))[len(server.url("")) :]: (
            failed.get("outcome") or failed["article"]["outcome"], failed.get("reason", "")
        )
        for failed in report["failed"]
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/circle", "/there", "/refresh", "/shouted", "/wide", "/long"])
def test_a_circle_is_a_redirect_and_not_a_server_that_cannot_be_reached(ended: Any, path: str) -> None:
    assert ended[path] == ("redirect", "redirected in a circle; it may want cookies, which are not kept")


def test_a_ticker_that_has_itself_loaded_again_is_read_as_it_came(ended: Any) -> None:
    assert "/ticker" not in ended


def test_a_chain_that_leads_ever_further_is_given_up(ended: Any) -> None:
    assert ended["/1"] == ("redirect", "redirected more than 10 times")


@pytest.mark.parametrize("path", ["/script", "/mail", "/file"])
def test_what_leads_to_no_web_page_leads_nowhere(ended: Any, path: str) -> None:
    assert ended[path] == ("redirect", "status 302 leads nowhere")


@pytest.mark.parametrize("path", ["/consent", "/login"])
def test_a_wall_that_does_not_come_is_a_wall_all_the_same(ended: Any, path: str) -> None:
    outcome, reason = ended[path]
    assert outcome == path[1:]
    assert reason.startswith(f"redirected to a {outcome} page, which did not come: robots.txt cannot be had")


def test_where_no_crawl_may_go_no_redirect_leads(ended: Any) -> None:
    assert ended["/metadata"][0] == "address_denied"


def test_a_date_beyond_all_reckoning_is_none(ended: Any) -> None:
    assert ended["/busy"][0] == "blocked"
