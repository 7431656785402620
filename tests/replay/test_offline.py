from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection, Recorder, open_archive
from crawler.model import Exchange, Outcome, Purpose, Role
from crawler.replay.reading import moment

CRAWL = Path(__file__).with_name("offline_crawl.py")
FIRST = datetime(2024, 3, 16, 8, 0, tzinfo=UTC)
LATER = FIRST + timedelta(days=4)
SITE = "https://www.harbor.example"


def exchange(
    path: str, response: bytes, outcome: Outcome = Outcome.OK, at: datetime = FIRST, asked: str = ""
) -> Exchange:
    request = f"GET {path} HTTP/1.1\r\nHost: www.harbor.example\r\n{asked}\r\n".encode()
    purpose = Purpose(Role.SEED, story=SITE + path)
    return Exchange(SITE + path, at, BytesIO(request), BytesIO(response), purpose, outcome)


def page(text: str, *fields: str) -> bytes:
    body = f"<!DOCTYPE html><title>{text}</title>".encode()
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html", f"Content-Length: {len(body)}", *fields, "", ""]
    return "\r\n".join(lines).encode() + body


PACKED = gzip.compress(b"<p>packed and in chunks</p>", mtime=0)
REPEATED = gzip.compress(b"".join(b"<p>%d other words</p>" % number for number in range(99)), mtime=0)


def exchanges() -> tuple[Exchange, ...]:
    """Each for one recording, which reads what it has to its end."""
    return (
        exchange("/story", page("first", "Set-Cookie: a=1", "Set-Cookie: b=2")),
        exchange("/story", page("later"), at=LATER),
        exchange("/long", page("long" * 1000)),
        exchange("/old", b"HTTP/1.1 301 Moved\r\nLocation: /story\r\nContent-Length: 0\r\n\r\n", Outcome.REDIRECT),
        exchange("/lost", b"HTTP/1.1 302 Found\r\nLocation: /nowhere\r\nContent-Length: 0\r\n\r\n", Outcome.REDIRECT),
        exchange("/gone", b"HTTP/1.1 410 Gone\r\nContent-Length: 4\r\n\r\ngone", Outcome.GONE),
        exchange("/busy", b"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy", Outcome.SERVER_ERROR),
        exchange(
            "/packed",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
            b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"%x\r\n%b\r\n0\r\n\r\n"
            % (len(PACKED), PACKED),
        ),
        exchange(
            "/once",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + REPEATED,
        ),
        exchange(
            "/again",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(REPEATED) + REPEATED,
        ),
        exchange("/watched", page("watched", 'ETag: "1"')),
        exchange(
            "/watched",
            b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n',
            Outcome.NOT_MODIFIED,
            LATER,
            'If-None-Match: "1"\r\n',
        ),
        exchange("/picture.jpg", b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff\xe0\x00\x10JFIF"),
        exchange("/robots.txt", b"HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\nUser-agent: *\nDisallow: /"),
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("offline") / "recorded"
    with Recorder(path, software="test") as recorder:
        for one in exchanges():
            recorder.record(one).result(120)
    return path


@pytest.fixture(scope="module")
def crawl(archive: Path, forks: Any) -> Callable[..., Any]:
    def run(*paths: str, method: str = "GET", **settings: object) -> Any:
        given = {"WIRECOPY_FROM": str(archive), **settings}
        task = {"settings": given, "urls": [SITE + path for path in paths], "method": method}
        done = forks.run(CRAWL, stdin=json.dumps(task, default=str).encode())
        assert done.returncode == 0, done.stderr
        report = json.loads(done.stdout)
        assert report["attempts"] == []
        report["log"] = done.stderr
        report["found"] = {url.removeprefix(SITE): value for url, value in report["found"].items()}
        return report

    return run


@pytest.fixture(scope="module")
def found(crawl: Callable[..., Any]) -> Any:
    """One crawl over everything, for the tests that look at its answers."""
    paths = ("/story#part", "/lost", "/gone", "/busy", "/packed", "/picture.jpg", "/long", "/never")
    report = crawl(*paths, ROBOTSTXT_OBEY=True, WIRECOPY_HANDED_BYTES=400)
    assert (report["errors"], report["log"]) == ([], "")
    return report["found"]


def test_a_page_comes_from_the_archive_with_the_record_that_proves_it(found: Any, archive: Path) -> None:
    with open_archive(archive) as opened:
        capture = opened.find(f"{SITE}/story")
    assert capture is not None
    recorded = found["/story#part"]["recorded"]
    assert recorded["record"]["id"] == capture.record.id
    assert recorded["captured_at"] == capture.captured_at.isoformat() == LATER.isoformat()
    assert recorded["outcome"] == "ok"
    assert recorded["payload_digest"] == capture.payload_digest


def test_a_page_whose_latest_capture_is_a_304_comes_as_the_page_that_it_confirms(
    crawl: Callable[..., Any], archive: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "copied"
    for source, collection in ((archive, copied), (copied, None)):
        page = crawl("/watched", WIRECOPY_FROM=str(source), WIRECOPY_COLLECTION=collection)["found"]["/watched"]
        assert (page["status"], page["kind"]) == (200, "HtmlResponse")
        assert "<title>watched</title>" in page["body"]
        assert page["recorded"]["captured_at"] == LATER.isoformat()
        assert page["recorded"]["outcome"] == "not_modified"


def test_a_redirect_is_followed_as_it_was_archived(crawl: Callable[..., Any]) -> None:
    old = crawl("/old")["found"]["/old"]
    assert old["url"] == f"{SITE}/story"
    assert "later" in old["body"]


def test_a_redirect_to_what_was_not_archived_is_a_miss(found: Any) -> None:
    assert found["/lost"]["error"] == "NotArchived"
    assert "/nowhere" in found["/lost"]["message"]


def test_a_miss_says_what_is_missing_from_where(found: Any, archive: Path) -> None:
    miss = found["/never"]
    assert (miss["error"], miss["outcome"]) == ("NotArchived", "not_archived")
    assert miss["message"] == f"{archive} holds no capture of {SITE}/never"


def test_a_miss_is_in_the_log_where_no_spider_asks_for_its_errors(crawl: Callable[..., Any], archive: Path) -> None:
    log = crawl("/story", "/never", LOG_ENABLED=True, LOG_LEVEL="INFO")["log"]
    assert f"INFO: {archive} holds no capture of {SITE}/never" in log


def test_refusals_come_as_they_were_and_are_not_asked_for_again(found: Any) -> None:
    assert [found[path]["status"] for path in ("/gone", "/busy")] == [410, 503]
    assert found["/gone"]["recorded"]["outcome"] == "gone"


def test_codings_are_removed_from_body_and_headers_together(found: Any) -> None:
    packed = found["/packed"]
    assert packed["body"] == "<p>packed and in chunks</p>"
    assert [name for name, _ in packed["headers"]] == ["Content-Type"]


def test_a_repeated_body_decoded_as_the_first_has_no_length_that_is_not_its_own(crawl: Callable[..., Any]) -> None:
    found = crawl("/again", "/story")["found"]
    assert found["/again"]["body"] == gzip.decompress(REPEATED).decode()
    assert [name for name, _ in found["/again"]["headers"]] == ["Content-Type"]
    assert ["Content-Length", str(len(found["/story"]["body"]))] in found["/story"]["headers"]


def test_the_length_stays_where_the_body_was_not_asked_for(crawl: Callable[..., Any]) -> None:
    story = crawl("/story", method="HEAD")["found"]["/story"]
    assert (story["body"], dict(story["headers"])["Content-Length"]) == (
        "",
        str(len(page("later").partition(b"\r\n\r\n")[2])),
    )


def test_the_kind_of_response_follows_its_type(found: Any) -> None:
    assert found["/packed"]["kind"] == "HtmlResponse"
    assert found["/picture.jpg"]["kind"] == "Response"


def test_a_body_over_the_limit_is_handed_on_shortened(found: Any) -> None:
    assert (found["/long"]["flags"], len(found["/long"]["body"])) == (["shortened"], 400)
    assert found["/story#part"]["flags"] == []


def test_repeated_headers_stay_repeated(crawl: Callable[..., Any]) -> None:
    story = crawl("/story", WIRECOPY_AT=FIRST)["found"]["/story"]
    assert [value for name, value in story["headers"] if name == "Set-Cookie"] == ["a=1", "b=2"]


@pytest.mark.parametrize(
    ("at", "title"),
    [(FIRST + timedelta(days=1), "first"), (LATER - timedelta(days=1), "later")],
)
def test_the_capture_nearest_in_time_is_meant(at: datetime, title: str, crawl: Callable[..., Any]) -> None:
    assert f"<title>{title}</title>" in crawl("/story", WIRECOPY_AT=at)["found"]["/story"]["body"]


def test_other_methods_are_not_answered(crawl: Callable[..., Any]) -> None:
    assert crawl("/story", method="POST")["found"]["/story"]["error"] == "NotArchived"
    head = crawl("/story", method="HEAD")["found"]["/story"]
    assert (head["status"], head["body"]) == (200, "")


def test_what_is_used_is_copied_unchanged_and_the_rest_is_not(
    archive: Path, crawl: Callable[..., Any], tmp_path: Path
) -> None:
    target = tmp_path / "copied"
    story = crawl("/old", "/never", WIRECOPY_COLLECTION=target)["found"]["/old"]
    with Collection(archive) as before, Collection(target) as after:
        copied = {capture.url.removeprefix(SITE): capture for capture in after.captures()}
        assert set(copied) == {"/old", "/story"}
        assert story["recorded"]["record"]["warc"] == copied["/story"].record.warc
        assert story["recorded"]["record"]["id"] == copied["/story"].record.id
        for path, capture in copied.items():
            original = before.find(SITE + path)
            assert original is not None
            for one, other in zip(before.raw_records(original), after.raw_records(capture), strict=True):
                pairs = zip(one.records, other.records, strict=True)
                assert all(b"".join(a.pieces()) == b"".join(b.pieces()) for a, b in pairs)


def test_a_collection_read_into_itself_is_left_as_it_is(archive: Path, crawl: Callable[..., Any]) -> None:
    before = sorted((file.name, file.stat().st_size) for file in (archive / "archive").iterdir())
    report = crawl("/story", WIRECOPY_COLLECTION=archive)
    assert (report["errors"], report["found"]["/story"]["status"]) == ([], 200)
    assert sorted((file.name, file.stat().st_size) for file in (archive / "archive").iterdir()) == before


def test_a_single_warc_will_do(archive: Path, crawl: Callable[..., Any]) -> None:
    warc = next((archive / "archive").glob("*.warc.gz"))
    assert crawl("/gone", WIRECOPY_FROM=warc)["found"]["/gone"]["status"] == 410


def test_a_damaged_record_is_a_miss_and_the_others_are_read(
    archive: Path, crawl: Callable[..., Any], tmp_path: Path
) -> None:
    with open_archive(archive) as opened:
        capture = opened.find(f"{SITE}/gone")
    assert capture is not None
    warc = next((archive / "archive").glob("*.warc.gz"))
    broken = bytearray(warc.read_bytes())
    broken[capture.record.offset + capture.record.length // 2] ^= 0xFF
    damaged = tmp_path / "damaged.warc.gz"
    damaged.write_bytes(broken)
    found = crawl("/gone", "/busy", WIRECOPY_FROM=damaged)["found"]
    assert found["/gone"]["error"] == "NotArchived"
    assert found["/busy"]["status"] == 503


def test_a_capture_damaged_after_what_is_handed_on_is_not_copied_and_the_others_are(
    crawl: Callable[..., Any], tmp_path: Path
) -> None:
    with Recorder(tmp_path / "from", software="test") as recorder:
        long, _ = [recorder.record(exchange(path, page(path * 1000))).result(120) for path in ("/a", "/b")]
    (warc,) = (tmp_path / "from" / "archive").iterdir()
    broken = bytearray(warc.read_bytes())
    broken[long.record.offset + long.record.length - 8] ^= 0xFF
    warc.write_bytes(broken)
    report = crawl(
        "/a", "/b", WIRECOPY_FROM=tmp_path / "from", WIRECOPY_COLLECTION=tmp_path / "to", WIRECOPY_HANDED_BYTES=99
    )
    assert report["errors"] == []
    assert report["found"]["/a"]["error"] == "NotArchived"
    with open_archive(tmp_path / "to") as copied:
        assert [capture.url for capture in copied.captures()] == [f"{SITE}/b"]


def test_what_is_no_archive_ends_the_crawl_with_one_line(crawl: Callable[..., Any], tmp_path: Path) -> None:
    report = crawl("/story", WIRECOPY_FROM=tmp_path / "nowhere")
    assert len(report["errors"]) == 1
    assert "nowhere" in report["errors"][0]


def test_a_copy_that_cannot_be_written_ends_the_crawl(crawl: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a collection")
    report = crawl("/story", WIRECOPY_COLLECTION=tmp_path)
    assert len(report["errors"]) == 1
    assert report["errors"][0].startswith("CollectionError: ")


def test_a_time_without_zone_is_utc() -> None:
    assert moment("2024-03-16T08:00:00") == moment("2024-03-16T09:00:00+01:00") == FIRST
    assert moment(None) is moment("") is None
