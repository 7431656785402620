"""Archives of other programs become collections: records unchanged, extracted with the same command."""

from __future__ import annotations

import base64
import errno
import gzip
import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import Collection, Recorder, open_archive
from crawler.cli import exit_codes, main
from crawler.jobs import derive
from crawler.jobs.imports import PROVENANCE, Imported, import_archives
from tests.site import Answer, serving
from tests.wget import wget, with_wget

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"  # warcio's writer leaves its temporary files to the collector
)

URL = "https://quay.example/ferry"
PAGE = (
    "<!doctype html><html lang=en><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>"
    + "".join(f"<p>Sentence {n} tells of the ferry that came back to its quay in spring.</p>" for n in range(9))
    + "</article></body></html>"
).encode()


def response(body: bytes, *fields: tuple[str, str]) -> StatusAndHeaders:
    return StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8"), *fields], protocol="HTTP/1.1")


def chunked(body: bytes) -> bytes:
    return b"%x;ext=1\r\n%b\r\n0\r\nTrailer: x\r\n\r\n" % (len(body), body)


def warc(file: Path, *, gzipped: bool = True, news: bool = False) -> Path:
    """As warcio writes it; with ``news`` as CC-NEWS has it: warcinfo, request and response, gzip, chunks, brotli."""
    cases: list[tuple[str, bytes, tuple[tuple[str, str], ...]]] = [("plain", PAGE, ())]
    if news:
        coded = ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")
        cases.append(("chunked", chunked(gzip.compress(PAGE)), coded))
        cases.append(("brotli", brotli.compress(PAGE), (("Content-Encoding", "br"),)))
    with file.open("wb") as out:
        writer = WARCWriter(out, gzip=gzipped)
        writer.write_record(writer.create_warcinfo_record(file.name, {"software": "another crawler"}))
        for number, (name, body, fields) in enumerate(cases):
            url, date = f"{URL}/{name}", {"WARC-Date": f"2019-05-0{number + 1}T08:00:00Z"}
            head = response(body, *fields)
            answer = writer.create_warc_record(
                url, "response", io.BytesIO(body), http_headers=head, warc_headers_dict=date
            )
            head = StatusAndHeaders("GET /ferry HTTP/1.1", [("Host", "quay.example")], is_http_request=True)
            asked = writer.create_warc_record(url, "request", io.BytesIO(), http_headers=head, warc_headers_dict=date)
            writer.write_request_response_pair(asked, answer)
        if news:
            digest, date = answer.rec_headers.get_header("WARC-Payload-Digest"), {"WARC-Date": "2020-05-01T08:00:00Z"}
            head = response(b"", ("Content-Encoding", "br"))
            again = writer.create_revisit_record(
                f"{URL}/plain",
                digest,
                f"{URL}/brotli",
                "2019-05-03T08:00:00Z",
                http_headers=head,
                warc_headers_dict=date,
            )
            writer.write_record(again)
    return file


def imported(tmp_path: Path, *sources: Path) -> Imported:
    return import_archives(tmp_path / "c", sources)


def texts(collection: Path) -> dict[str, set[str]]:
    with Collection(collection) as archive:
        found: dict[str, set[str]] = {}
        for article in archive.articles():
            found.setdefault((article.url or "").rpartition("/")[2], set()).add(article.text or "")
        return found


def test_a_file_of_one_member_a_record_is_taken_byte_for_byte(tmp_path: Path) -> None:
    source = warc(tmp_path / "news.warc.gz", news=True)
    done = imported(tmp_path, source)
    assert (done.files, done.whole, done.problems) == (["news.warc.gz"], 1, [])
    assert (tmp_path / "c/archive/news.warc.gz").read_bytes() == source.read_bytes()


def test_chunks_gzip_brotli_and_revisits_are_extracted_alike(tmp_path: Path) -> None:
    imported(tmp_path, warc(tmp_path / "news.warc.gz", news=True))
    found = texts(tmp_path / "c")
    assert found.keys() == {"plain", "chunked", "brotli"}
    assert len(set().union(*found.values())) == 1


@pytest.mark.parametrize("shape", ["plain", "one member for all", "in a zip", "in a deflated zip", "in a folder"])
def test_records_are_unchanged_whatever_they_came_in(tmp_path: Path, shape: str) -> None:
    source = warc(tmp_path / "a.warc", gzipped=False)
    raw = source.read_bytes()
    if shape == "one member for all":
        source = tmp_path / "a.warc.gz"
        source.write_bytes(gzip.compress(raw))
    elif "zip" in shape:
        kind = zipfile.ZIP_DEFLATED if "deflated" in shape else zipfile.ZIP_STORED
        with zipfile.ZipFile(tmp_path / "a.wacz", "w", kind) as wacz:
            wacz.writestr("archive/a.warc", raw)
        source = tmp_path / "a.wacz"
    elif shape == "in a folder":
        (tmp_path / "folder").mkdir()
        source = Path(shutil.move(source, tmp_path / "folder")).parent
    done = imported(tmp_path, source)
    assert (done.records, done.whole, done.problems) == (3, 0, [])
    assert gzip.decompress((tmp_path / "c/archive/a.warc.gz").read_bytes()) == raw


def test_what_browsertrix_packs_is_imported_and_extracted(tmp_path: Path) -> None:
    """A WACZ of two WARCs: pages with what was seen of each, and pictures and text of how they looked."""
    with zipfile.ZipFile(tmp_path / "crawl.wacz", "w") as wacz:
        wacz.write(warc(tmp_path / "rec-1.warc.gz", news=True), "archive/rec-20260101-0.warc.gz")
        looks = io.BytesIO()
        writer = WARCWriter(looks, gzip=True)
        for name, kind, body in (
            ("urn:pageinfo:", "application/json", b'{"pageid": "1", "urls": {}}'),
            ("urn:view:", "image/png", b"\x89PNG"),
            ("urn:text:", "text/plain", b"Ferry returns"),
        ):
            writer.write_record(writer.create_warc_record(
                f"{name}{URL}/plain", "resource", io.BytesIO(body), warc_content_type=kind,
                warc_headers_dict={"WARC-Date": "2026-01-01T08:00:00Z"},
            ))  # fmt: skip
        wacz.writestr("archive/screenshots-0.warc.gz", looks.getvalue())
        wacz.writestr("indexes/index.cdx.gz", gzip.compress(b"!meta 0\n"))
        wacz.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages"}\n')
        wacz.writestr("logs/crawl.log", "{}\n")
        wacz.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1", "resources": []}')
    done = imported(tmp_path, tmp_path / "crawl.wacz")
    assert (len(done.files), done.whole, done.records, done.problems) == (2, 2, 11, [])
    assert texts(tmp_path / "c").keys() == {"plain", "chunked", "brotli"}
    with Collection(tmp_path / "c") as collection:
        view = collection.find(f"urn:view:{URL}/plain")
        assert view is not None
        assert view.body() == b"\x89PNG"


def test_of_a_folder_everything_that_is_an_archive_is_imported(tmp_path: Path) -> None:
    folder = tmp_path / "from others"
    (folder / "browser").mkdir(parents=True)
    (folder / "notes.txt").write_text("ask for the other half\n")
    (folder / "browser/tab.HAR").write_bytes(har([entry()]))
    with zipfile.ZipFile(folder / "browser/crawl.wacz", "w") as wacz:
        wacz.write(warc(tmp_path / "rec.warc.gz", news=True), "archive/rec.warc.gz")
    done = imported(tmp_path, folder)
    assert (len(done.files), done.converted, done.problems) == (1, 1, [])
    warc(folder / "plain.warc", gzipped=False)
    done = imported(tmp_path, folder)
    assert (done.files, done.converted, done.known.total()) == (["plain.warc.gz"], 0, 2)


@with_wget
def test_what_wget_wrote_is_imported(tmp_path: Path) -> None:
    with serving(lambda _: Answer(PAGE)) as port:
        wget("--warc-file=w", "-O", "/dev/null", f"http://127.0.0.1:{port}/ferry", cwd=tmp_path)
    done = imported(tmp_path, tmp_path / "w.warc.gz")
    assert done.problems == []
    assert done.rebuilt is not None
    assert texts(tmp_path / "c").keys() == {"ferry"}


def test_where_it_came_from_is_kept_in_the_archive(tmp_path: Path) -> None:
    source = warc(tmp_path / "news.warc.gz")
    imported(tmp_path, source)
    with Collection(tmp_path / "c") as collection:
        notes = [capture for capture in collection.captures() if capture.url.startswith(PROVENANCE)]
    assert len(notes) == 1
    text = notes[0].body().decode()
    assert "importedFrom: news.warc.gz" in text
    assert "how: byte for byte" in text


def test_the_same_is_not_imported_twice_and_another_of_its_name_is(tmp_path: Path) -> None:
    source = warc(tmp_path / "news.warc.gz")
    imported(tmp_path, source)
    again = imported(tmp_path, source)
    assert (again.files, again.known, again.rebuilt) == ([], {str(source): 1}, None)
    (tmp_path / "other").mkdir()
    third = imported(tmp_path, warc(tmp_path / "other/news.warc.gz", news=True))
    assert len(third.files) == 1
    assert third.files[0].startswith("news-")


@pytest.mark.parametrize("reached", ["rebuild_index", "tell_stories", "write_datapackage"])
def test_what_a_full_disk_kept_from_being_made_is_made_by_the_next_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reached: str
) -> None:
    source = warc(tmp_path / "news.warc.gz")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "c"))

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(derive, reached, full)
        with pytest.raises(OSError, match="No space left"):
            imported(tmp_path, source)
    again = imported(tmp_path, source)
    assert (again.files, again.known) == ([], {str(source): 1})
    assert texts(tmp_path / "c").keys() == {"plain"}
    assert imported(tmp_path, source).rebuilt is None


def test_damage_costs_the_records_it_touches(tmp_path: Path) -> None:
    source = warc(tmp_path / "news.warc.gz", news=True)
    data = bytearray(source.read_bytes())
    with open_archive(source) as archive:
        second = list(archive.captures())[1].record
    data[second.offset + second.length // 2] ^= 0xFF
    source.write_bytes(data)
    done = imported(tmp_path, source)
    assert done.whole == 0
    assert len(done.problems) >= 1
    assert texts(tmp_path / "c").keys() >= {"plain", "brotli"}
    assert subprocess.run(["gzip", "-t", tmp_path / "c/archive/news.warc.gz"], check=False, timeout=120).returncode == 0


def har(entries: list[Any]) -> bytes:
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "a browser"}, "entries": entries}}).encode()


def entry(**changed: Any) -> dict[str, Any]:
    content = {"mimeType": "text/html", "text": PAGE.decode(), "size": len(PAGE)}
    named = [("content-type", "text/html"), ("content-encoding", "br"), (":status", "200")]
    return {
        "startedDateTime": "2026-03-01T09:00:00.000+01:00",
        "request": {"method": "GET", "url": URL, "headers": [{"name": "accept", "value": "*/*"}]},
        "response": {"status": 200, "statusText": "OK", "headers": [{"name": n, "value": v} for n, v in named],
                     "content": content},
        "serverIPAddress": "192.0.2.7",
    } | changed  # fmt: skip


def test_a_har_becomes_messages_that_say_they_are_rebuilt(tmp_path: Path) -> None:
    picture = {"mimeType": "image/png", "encoding": "base64", "text": base64.b64encode(b"\x89PNG").decode()}
    answer = {"status": 200, "statusText": "", "headers": [], "content": picture}
    request = {"method": "GET", "url": "https://quay.example/a.png#x", "headers": []}
    (tmp_path / "x.har").write_bytes(har([entry(), entry(request=request, response=answer), entry(request={}), 7]))
    done = imported(tmp_path, tmp_path / "x.har")
    assert done.converted == 2
    third, fourth = done.problems
    assert third == f"{tmp_path}/x.har: entry 3 is left out: it has no url"
    assert fourth.startswith(f"{tmp_path}/x.har: entry 4 is left out: it is put together in another way than ")
    assert texts(tmp_path / "c").keys() == {"ferry"}
    with Collection(tmp_path / "c") as collection:
        page = collection.find(URL)
        assert page is not None
        assert page.captured_at == datetime(2026, 3, 1, 8, tzinfo=UTC)
        assert page.purpose is not None
        assert "converted from a HAR" in (page.purpose.because or "")
        assert "content-encoding" not in {name.lower() for name, _ in page.headers}
        found = collection.find("https://quay.example/a.png")
        assert found is not None
        assert found.body() == b"\x89PNG"


def test_an_entry_of_a_har_from_before_all_time_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "x.har").write_bytes(har([entry(startedDateTime="0001-01-01T00:00:00+05:00"), entry()]))
    done = imported(tmp_path, tmp_path / "x.har")
    assert done.converted == 1
    assert done.problems == [
        f"{tmp_path}/x.har: entry 1 is left out: startedDateTime is no time: '0001-01-01T00:00:00+05:00'"
    ]


@pytest.mark.parametrize("address", ["203.0.113.9", "fe80::1%a"])
def test_what_a_har_says_makes_no_further_lines_of_a_head(tmp_path: Path, address: str) -> None:
    more = "\r\nX-More: 1\r\n\r\n<h1>"
    content = {"mimeType": f"text/html{more}", "text": "<p>Ferry"}
    answer = {"status": 200, "statusText": f"OK{more}", "headers": [{"name": f"X-A{more}", "value": more}]}
    ferry = entry(response=answer | {"content": content}) | {"serverIPAddress": f"{address}{more}"}
    (tmp_path / "x.har").write_bytes(har([ferry]))
    assert imported(tmp_path, tmp_path / "x.har").converted == 1
    with Collection(tmp_path / "c") as collection:
        page = collection.find(URL)
        assert page is not None and page.body() == b"<p>Ferry"
        assert "x-more" not in {name.lower() for name, _ in page.headers}
        assert collection.head(page.record).get("WARC-IP-Address") is None


@pytest.mark.parametrize(
    "data",
    [
        b"an answer of the server",
        b'{"log": 3}',
        b'{"log": {"entries": 3}}',
        b'{"log": ',
        b'{"log": {"entries": [' + b"[" * 9**5,
    ],
)
def test_what_is_no_har_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.har").write_bytes(data)
    done = imported(tmp_path, tmp_path / "x.har")
    assert "no HAR" in done.problems[0]


@pytest.fixture
def answer(tmp_path: Path, wirecopy: Any) -> Iterator[Any]:
    yield lambda *words: wirecopy("import", *words, "-c", tmp_path / "c")


def test_the_command_says_what_came_of_it(tmp_path: Path, answer: Any) -> None:
    source = warc(tmp_path / "news.warc.gz", news=True)
    done = answer(source, tmp_path / "none.warc")
    assert done.returncode == exit_codes.PARTIAL, done.stderr
    assert "8 records of 1 WARC, 1 as it was" in done.stdout
    assert "now 5 captures, 4 pages extracted" in done.stdout
    assert "none.warc" in done.stderr
    assert answer(tmp_path / "none.warc").returncode == exit_codes.UNREADABLE


def test_of_a_file_without_a_record_nothing_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "bad.warc").write_text("hello\n")
    done = imported(tmp_path, tmp_path / "bad.warc")
    assert (done.files, done.rebuilt) == ([], None)
    assert "bad.warc holds no record that can be read" in done.problems[-1]
    assert not (tmp_path / "c").exists()
    imported(tmp_path, warc(tmp_path / "news.warc.gz"))
    imported(tmp_path, tmp_path / "bad.warc", tmp_path / "bad.warc")
    assert list((tmp_path / "c/archive").glob("bad*")) == []


def test_a_source_that_can_not_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/datapackage.json").write_text('{"wacz_version": "0.1"}')
    (tmp_path / "loop.har").symlink_to("loop.har")
    done = imported(tmp_path, tmp_path / "old", tmp_path / "loop.har", warc(tmp_path / "news.warc.gz"))
    assert len(done.files) == 1
    assert len(done.problems) == 2


def test_what_a_crawl_is_still_writing_is_told_to_be_left_out(tmp_path: Path) -> None:
    with Recorder(tmp_path / "crawled", software="test") as recorder:
        recorder.resource("urn:test:note", b"written", "text/plain", datetime(2026, 11, 1, tzinfo=UTC)).result(120)
        done = imported(tmp_path, tmp_path / "crawled")
        assert (done.files, done.rebuilt) == ([], None)
        assert "left out, since a crawl is writing it" in done.problems[0]
    assert imported(tmp_path, tmp_path / "crawled").problems == []


def test_a_collection_in_which_nothing_was_captured_is_told(tmp_path: Path) -> None:
    Collection.create(tmp_path / "empty").close()
    assert imported(tmp_path, tmp_path / "empty").problems == [f"{tmp_path / 'empty'}: there is no WARC in it"]


def test_of_an_archive_it_is_told_once_how_many_files_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    for name, gzipped in (("a.warc", False), ("b.warc.gz", True)):
        warc(tmp_path / "folder" / name, gzipped=gzipped)
    imported(tmp_path, tmp_path / "folder")
    assert imported(tmp_path, tmp_path / "folder").known == {str(tmp_path / "folder"): 2}
    assert main(["import", str(tmp_path / "folder"), "-c", str(tmp_path / "c")]) == exit_codes.OK
    assert f"  2 of {tmp_path / 'folder'} were imported before\n" in capsys.readouterr().out


def test_a_folder_is_imported_into_a_collection_within_it_once(tmp_path: Path) -> None:
    folder = tmp_path / "archives"
    imported(folder / "one", warc(tmp_path / "news.warc.gz", news=True))
    (folder / "tab.har").write_bytes(har([entry()]))
    warc(folder / "plain.warc", gzipped=False)
    done = import_archives(folder / "all", [folder])
    assert (len(done.files), done.converted, done.problems) == (3, 1, [])
    held = sorted(file.name for file in (folder / "all/archive").iterdir())
    again = import_archives(folder / "all", [folder])
    assert (again.files, again.known.total(), again.problems, again.rebuilt) == ([], 4, [], None)
    assert sorted(file.name for file in (folder / "all/archive").iterdir()) == held


def test_a_folder_with_nothing_beside_the_collection_itself_is_told(tmp_path: Path) -> None:
    imported(tmp_path / "archives", warc(tmp_path / "news.warc.gz"))
    done = imported(tmp_path / "archives", tmp_path / "archives")
    assert (done.files, done.rebuilt) == ([], None)
    assert done.problems == [f"{tmp_path / 'archives'}: there is no WARC in it, but for those of the collection itself"]


def test_a_collection_is_not_imported_into_itself(tmp_path: Path) -> None:
    done = imported(tmp_path, warc(tmp_path / "news.warc.gz", news=True))
    (file,) = done.files
    for path in (tmp_path / "c", tmp_path / "c/archive" / file):
        again = imported(tmp_path, path)
        assert (again.files, again.known) == ([], {})
        assert "is in the collection already" in again.problems[0]
