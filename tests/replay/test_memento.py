"""Memento and CDX as clients ask for them, over an archive with three captures of a page."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive import Recorder, pack
from crawler.model import Exchange, Outcome, Purpose, Role
from crawler.replay import cdx, cdx_forms
from crawler.replay.address import AddressError, archived_url, moment_of, parse_address
from crawler.replay.holdings import Holdings
from crawler.replay.memento import Service, accept_datetime, json_timemap, link_timemap, links

PAGE = "https://news.example/story"
TIMES = [datetime(2026, 11, day, 18, 0, day, tzinfo=UTC) for day in (1, 2, 3)]


def record(folder: Path, url: str, at: datetime, body: bytes = b"<p>hello", head: str = "") -> None:
    answer = f"HTTP/1.1 {'301 Moved' if head else '200 OK'}\r\nContent-Type: text/html\r\n{head}\r\n".encode() + body
    exchange = Exchange(
        url=url, started_at=at, request=io.BytesIO(b"GET / HTTP/1.1\r\n\r\n"), response=io.BytesIO(answer),
        purpose=Purpose(Role.SEED), outcome=Outcome.OK,
    )  # fmt: skip
    recorder = Recorder(folder, software="tests", contact=None)
    recorder.record(exchange).result()
    recorder.close()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("root")
    for at in TIMES:
        record(root / "first", PAGE, at, f"<p>{at.day}".encode())
    record(root / "second", "https://sub.news.example/other", TIMES[0])
    record(root / "second", "http://moved.example/", TIMES[0], head="Location: https://moved.example/\r\n")
    record(root / "second", "https://moved.example/", TIMES[1])
    return root


@pytest.fixture(scope="module")
def holdings(root: Path) -> Iterator[Holdings]:
    with Holdings(root) as opened:
        yield opened


def body(holdings: Holdings, url: str, at: datetime | None = None) -> bytes:
    held = holdings.find(url, at)
    assert held is not None
    with held.open() as stream:
        return stream.read()


def test_the_capture_nearest_in_time_is_found_in_any_collection(holdings: Holdings) -> None:
    assert body(holdings, PAGE, datetime(2026, 11, 2, 12, tzinfo=UTC)) == b"<p>2"
    assert body(holdings, PAGE) == b"<p>3"
    assert holdings.find("https://nowhere.example/") is None
    assert holdings.has("http://www.news.example/story")


def test_a_redirect_to_the_address_asked_for_is_passed_over(holdings: Holdings) -> None:
    held = holdings.find("https://www.moved.example/")
    assert held is not None
    assert holdings.find("https://moved.example/").capture.status == 200  # type: ignore[union-attr]
    assert holdings.find("http://moved.example/").capture.status == 301  # type: ignore[union-attr]


def test_wacz_and_warc_files_are_held_too(root: Path, tmp_path: Path) -> None:
    pack(root / "first", tmp_path / "other.wacz")
    with Holdings(tmp_path) as opened:
        assert opened.names() == ["other.wacz"]
        assert body(opened, PAGE, TIMES[0]) == b"<p>1"
        assert len(opened.of_url(PAGE)) == 3
    with Holdings(next((root / "first" / "archive").glob("*.warc.gz"))) as opened:
        assert opened.has(PAGE)


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.wacz").write_bytes(b"PK\x03\x04 no zip")
    with Holdings(tmp_path) as opened:
        assert "broken.wacz" in opened.problems["broken.wacz"]
        (tmp_path / "broken.wacz").unlink()
        opened.refresh()
        assert opened.problems == {}


def test_an_archive_that_can_be_opened_no_more_is_let_go(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.replay.holdings._STILL_ASKED", -1.0)
    file = tmp_path / "first.wacz"
    pack(root / "first", file)
    with Holdings(tmp_path) as opened:
        assert body(opened, PAGE) == b"<p>3"
        before = lowest_free()
        for number in range(5):
            file.write_bytes(b"PK\x03\x04 no zip" + bytes(number))
            opened.refresh()
            assert opened.names() == []
            pack(root / "first", file)
            opened.refresh()
            assert body(opened, PAGE) == b"<p>3"
        opened.refresh()
        assert lowest_free() <= before


def lowest_free() -> int:
    """The number that the next file gets which is opened here."""
    number = os.dup(0)
    os.close(number)
    return number


@pytest.mark.parametrize(
    ("path", "url", "stamp", "modifier"),
    [
        ("/web/20261101/https://a.example/b?c", "https://a.example/b?c", "20261101", ""),
        ("/web/20261101180000id_/http://a.example/", "http://a.example/", "20261101180000", "id_"),
        ("/web/2026im_/https:/a.example/x", "https://a.example/x", "2026", "im_"),
        ("/web/a.example/", "http://a.example/", None, ""),
        ("/web/*/a.example", "http://a.example", "*", ""),
        ("/web/2026/https%3A%2F%2Fa.example%2F", "https://a.example/", "2026", ""),
        ("/web/2026/a.example:8080/x", "http://a.example:8080/x", "2026", ""),
    ],
)
def test_addresses_as_people_and_clients_write_them(path: str, url: str, stamp: str | None, modifier: str) -> None:
    asked = parse_address(path)
    assert (asked.url, asked.stamp, asked.modifier) == (url, stamp, modifier)


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "", "http://", "ftp://a"]
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        archived_url(text)


@pytest.mark.parametrize("path", ["/web/20261301/https://a.example/", "/web/9/https://a.example/", "/web/", "/cdx"])
def test_a_path_that_names_no_capture_is_refused(path: str) -> None:
    with pytest.raises(AddressError):
        parse_address(path)


def test_times_of_fewer_digits_reach_from_their_first_to_their_last_second() -> None:
    assert moment_of("2024").isoformat() == "2024-01-01T00:00:00+00:00"
    assert moment_of("202402", last=True).isoformat() == "2024-02-29T23:59:59+00:00"
    with pytest.raises(AddressError):
        moment_of("20")


def test_links_name_the_neighbours_of_a_memento(holdings: Holdings) -> None:
    field = links(Service("http://desk"), PAGE, holdings.of_url(PAGE), TIMES[1])
    assert f'<{PAGE}>; rel="original"' in field
    assert '<http://desk/web/20261102180002mp_/https://news.example/story>; rel="memento"' in field
    assert 'rel="first prev memento"; datetime="Sun, 01 Nov 2026 18:00:01 GMT"' in field
    assert 'rel="last next memento"' in field


def test_timemaps_list_every_capture(holdings: Holdings) -> None:
    entries = holdings.of_url(PAGE)
    lines = "".join(link_timemap(Service("http://desk"), PAGE, entries))
    assert lines.count('memento"') == 3
    assert 'rel="self"; type="application/link-format"; from="Sun, 01 Nov 2026 18:00:01 GMT"' in lines
    assert len(json_timemap(Service("http://desk"), PAGE, entries)["mementos"]["list"]) == 3


def test_a_url_cannot_end_the_link_it_stands_in() -> None:
    assert "\n" not in links(Service("http://desk"), 'https://a.example/>; rel="x"\r\nSet-Cookie: a')
    assert '>; rel="x"' not in links(Service("http://desk"), 'https://a.example/>; rel="x"')


@pytest.mark.parametrize("text", ["Sun, 01 Nov 2026 18:00:01 GMT", "01 Nov 2026 18:00:01 GMT"])
def test_accept_datetime_is_read(text: str) -> None:
    assert accept_datetime(text) == TIMES[0]


def test_accept_datetime_that_is_no_date() -> None:
    assert accept_datetime("yesterday") is None


def ask(holdings: Holdings, **words: str) -> list[dict[str, str]]:
    pairs = [(name.rstrip("_"), value) for name, value in words.items()]
    return list(cdx.rows(holdings, cdx.read_query(pairs, cdx_forms.WAYBACK)))


def test_cdx_questions(holdings: Holdings) -> None:
    assert [row["timestamp"] for row in ask(holdings, url=PAGE)] == [
        "20261101180001",
        "20261102180002",
        "20261103180003",
    ]
    assert len(ask(holdings, url="news.example/*")) == 3
    assert len(ask(holdings, url="*.news.example")) == 4
    assert len(ask(holdings, url="news.example", matchType="host")) == 3
    assert len(ask(holdings, url="news.example/sto", matchType="prefix")) == 3
    assert len(ask(holdings, url=PAGE, from_="20261102", to="20261102")) == 1
    assert ask(holdings, url=PAGE, limit="-1")[0]["timestamp"] == "20261103180003"
    assert ask(holdings, url=PAGE, sort="reverse")[0]["timestamp"] == "20261103180003"
    assert ask(holdings, url=PAGE, sort="closest", closest="20261102")[0]["timestamp"] == "20261101180001"
    assert [row["timestamp"][7] for row in ask(holdings, url=PAGE, sort="reverse", offset="1", limit="1")] == ["2"]
    assert [row["timestamp"][7] for row in ask(holdings, url=PAGE, sort="reverse", limit="-2")] == ["2", "1"]
    assert ask(holdings, url=PAGE, filter="statuscode:404") == []
    assert len(ask(holdings, url=PAGE, filter="!mimetype:image/.*")) == 3
    assert len(ask(holdings, url=PAGE, filter="=status:200")) == 3
    assert len(ask(holdings, url=PAGE, collapse="timestamp:6")) == 1
    first = ask(holdings, url=PAGE, limit="1")[0]
    assert len(ask(holdings, url=PAGE, resumeKey=cdx_forms.resume_key(first))) == 2
    assert len(ask(holdings, url=PAGE, page="0", pageSize="1")) == 3


@pytest.mark.parametrize(
    "words",
    [{}, {"url": "a", "matchType": "x"}, {"url": "a", "limit": "x"}, {"url": "a", "from": "1"}, {"url": "a", "fl": "x"},
     {"url": "a", "filter": "x:y"}, {"url": "a", "filter": "url:("}, {"url": "a", "filter": "url:(a+)+"},
     {"url": "a", "sort": "closest"}, {"url": "a", "collapse": "url:x"}, {"url": "a", "collapse": "url:²"},
     {"url": "javascript:x"}],
)  # fmt: skip
def test_odd_cdx_questions_are_refused_in_words(words: dict[str, str]) -> None:
    with pytest.raises(cdx.QueryError, match=r"\w"):
        cdx.read_query(words.items(), cdx_forms.PYWB)
