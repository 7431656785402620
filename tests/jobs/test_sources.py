"""What a source is, is told by its content; what can't be read is said."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from fastwarc.stream_io import Lz4Writer
from fastwarc.warc import WarcRecord, WarcRecordType

from crawler.archive import ReadError, pack
from crawler.archive.store import push
from crawler.jobs.captured_pages import SourceError, ignored
from crawler.jobs.kinds import Kind, kind_of
from crawler.jobs.sources import Context, InTurn, archives_in, articles_of, is_archive, read_stream
from crawler.model import Article
from tests.archive.verify.build import members, record
from tests.damage import spoil

PAGE = b"<!doctype html><title>Ferry returns</title><body><article><h1>Ferry returns</h1>" + b"<p>It is back.</p>" * 9
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj <p> trailer<<>>\n%%EOF"


def warc_of(demo: Any) -> Path:
    (warc,) = (demo.collection / "archive").glob("*.warc.gz")
    return Path(warc)


def piped(stream: BinaryIO) -> Iterator[Article]:
    return read_stream(stream, Context(), ignored, InTurn())


def test_of_a_file_no_more_is_held_than_a_page_can_have(tmp_path: Path) -> None:
    file = tmp_path / "huge.html"
    with file.open("wb") as page:
        page.write(PAGE)
        page.truncate(1 << 40)  # a hole, that takes no room
    (article,) = articles_of(file)
    assert article.headline == "Ferry returns"


def test_archives_are_extracted_without_what_crawls() -> None:
    script = "import sys, crawler.jobs.sources; sys.exit('scrapy' in sys.modules or 'twisted' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=120).returncode == 0


def test_archives_are_known_without_their_suffix(demo: Any, tmp_path: Path) -> None:
    urls = [article.url for article in articles_of(demo.collection)]
    shutil.copy(warc_of(demo), tmp_path / "warc")
    pack(demo.collection, tmp_path / "wacz")
    for name in ("warc", "wacz"):
        assert [article.url for article in articles_of(tmp_path / name)] == urls
        with (tmp_path / name).open("rb") as stream:
            assert [article.url for article in piped(stream)] == urls


def test_every_wacz_of_a_folder_is_read_also_beside_warcs(demo: Any, tmp_path: Path) -> None:
    urls = [article.url for article in articles_of(demo.collection)]
    pack(demo.collection, tmp_path / "browser.wacz")
    assert [article.url for article in articles_of(tmp_path)] == urls
    assert list(archives_in(tmp_path)) == [tmp_path / "browser.wacz"]
    shutil.copy(warc_of(demo), tmp_path / "crawl.warc.gz")
    (tmp_path / "cut.wacz").write_bytes((tmp_path / "browser.wacz").read_bytes()[:99])
    told: list[str] = []
    assert [article.url for article in articles_of(tmp_path, tell=told.append)] == urls * 2
    assert ["cut.wacz" in line for line in told] == [True]
    assert list(archives_in(tmp_path)) == [tmp_path, tmp_path / "browser.wacz", tmp_path / "cut.wacz"]


def test_a_collection_is_read_once_though_its_wacz_lies_beside_it(demo: Any, tmp_path: Path) -> None:
    shutil.copytree(demo.collection, tmp_path / "ferry")
    pack(demo.collection, tmp_path / "ferry.wacz")
    assert len(list(articles_of(tmp_path))) == len(list(articles_of(demo.collection)))
    assert list(archives_in(tmp_path)) == [tmp_path / "ferry"]
    shutil.copy(warc_of(demo), tmp_path / "crawl.warc.gz")  # all WARCs below are then read together
    assert list(archives_in(tmp_path)) == [tmp_path]


@pytest.mark.parametrize("name", ["page.html", "page.html.gz", "page"])
def test_a_page_is_read_compressed_or_not(tmp_path: Path, name: str) -> None:
    data = gzip.compress(PAGE) if name.endswith(".gz") else PAGE
    (tmp_path / name).write_bytes(data)
    for articles in (articles_of(tmp_path / name), piped(io.BytesIO(data))):
        assert [article.headline for article in articles] == ["Ferry returns"]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("length", [80, 1000, 40_000])
def test_a_page_is_one_however_long_the_comments_before_it(tmp_path: Path, length: int, coding: str) -> None:
    begun = f"<!-- {'x' * length} -->\n"
    times = 60_000 // length
    (tmp_path / "page").write_bytes((begun * times + PAGE.decode()).encode(coding))
    assert [article.headline for article in articles_of(tmp_path / "page")] == ["Ferry returns"]


def test_a_page_is_one_below_a_long_comment_behind_an_xml_declaration() -> None:
    assert kind_of(b'<?xml version="1.0"?>\n<!-- ' + b"x" * 9000 + b" -->\n" + PAGE) is Kind.HTML
    assert kind_of(b"<?xml " * 4000) is Kind.TEXT


@pytest.mark.parametrize("begun", ['{"log":{"entries":[', '\ufeff{\r\n "log": {\r\n  "version": "1.2", "entries": ['])
def test_what_a_browser_saved_of_its_network_is_no_page_though_pages_are_in_it(tmp_path: Path, begun: str) -> None:
    page = json.dumps({"response": {"content": {"text": PAGE.decode()}}})
    (tmp_path / "saved.har").write_text(f"{begun}{page}]}}}}", "utf-8")
    with pytest.raises(SourceError, match=r"saved\.har: a HAR file; `wirecopy import` makes a collection of it"):
        list(articles_of(tmp_path / "saved.har"))


def test_a_text_below_a_comment_stays_a_text() -> None:
    assert kind_of(b"<!-- made by a scraper -->" * 300 + b"Ferry returns\n\nThe ferry came back.") is Kind.TEXT
    assert kind_of(b"<!-- " * 4000) is Kind.TEXT


@pytest.mark.parametrize(
    "data",
    [PDF, gzip.compress(PDF), bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n", gzip.compress(PAGE)[:40]],
    ids=["pdf", "pdf in gzip", "every byte", "png", "cut gzip"],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "thing").write_bytes(data)
    with pytest.raises(SourceError, match="thing: "):
        list(articles_of(tmp_path / "thing"))
    with pytest.raises(SourceError, match="standard input: "):
        list(piped(io.BytesIO(data)))


def test_an_arc_from_a_pipe_is_to_be_saved_first() -> None:
    arc = b"filedesc://old.arc 0.0.0.0 19960101000000 text/plain 9\n1 0 x\n\n"
    with pytest.raises(SourceError, match=r"^standard input is an ARC file, .*: save it as a file, of which `warcio"):
        list(piped(io.BytesIO(arc)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("junk.warc.gz", gzip.compress(b"junk\n")),
        ("empty.warc.gz", b""),
        ("nonsense.warc", b"WARC/1.1\r\nnonsense" * 99),
        ("old.arc.gz", gzip.compress(b"filedesc://old.arc 0.0.0.0 19960101000000 text/plain 9\n1 0 x\n\n")),
        ("no.wacz", b"PK\x03\x04 no zip"),
    ],
    ids=["junk", "empty", "nonsense", "arc", "no zip"],
)
def test_an_archive_in_which_nothing_can_be_read_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises((SourceError, OSError), match=name):
        list(articles_of(tmp_path / name))


def test_damage_is_told_with_file_and_offset_and_the_rest_is_read(demo: Any, tmp_path: Path) -> None:
    warc = Path(shutil.copy(warc_of(demo), tmp_path))
    spoil(warc)
    told: list[str] = []
    assert list(articles_of(warc, tell=told.append))
    (line,) = told
    assert line.startswith(f"{warc} at ")


def test_one_bad_file_in_a_folder_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PDF)
    (tmp_path / "b.html").write_bytes(PAGE)
    told: list[str] = []
    assert [article.headline for article in articles_of(tmp_path, tell=told.append)] == ["Ferry returns"]
    assert "a.html" in told[0]


@pytest.mark.parametrize(
    "start", [b"", b"<!doctype html>" + b" " * 99_999], ids=["short", "longer than a look at its beginning"]
)
def test_a_pipe_is_read_as_the_file_it_stands_for(start: bytes, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    def send() -> None:
        (tmp_path / "pipe").write_bytes(start + PAGE)

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    assert [article.headline for article in articles_of(tmp_path / "pipe")] == ["Ferry returns"]
    sender.join(120)


def test_an_unfinished_file_is_named(demo: Any, tmp_path: Path) -> None:
    shutil.copytree(demo.collection, tmp_path / "c")
    shutil.copy(warc_of(demo), tmp_path / "c" / "archive" / "later.warc.gz.open")
    told: list[str] = []
    assert list(articles_of(tmp_path / "c", tell=told.append))
    assert "later.warc.gz.open" in told[0]


def test_a_warc_that_is_gone_is_named(demo: Any, tmp_path: Path) -> None:
    shutil.copytree(demo.collection, tmp_path / "c")
    gone = next((tmp_path / "c" / "archive").iterdir())
    gone.unlink()
    told: list[str] = []
    list(articles_of(tmp_path / "c", tell=told.append))
    assert told == [f"{gone}: left out, since it is gone, though datapackage.json lists it"]


def test_a_file_of_lz4_is_no_page_though_words_of_one_can_be_read_in_it(tmp_path: Path) -> None:
    with (tmp_path / "x.warc.lz4").open("wb") as out:
        writer = Lz4Writer(out)
        made = WarcRecord()
        made.init_headers(record_type=WarcRecordType.response)
        made.set_bytes_content(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>The quay is closed.</body>"
        )
        made.write(writer)
        writer.close()
    with pytest.raises(ReadError, match=r"is compressed with LZ4.*fastwarc recompress .*x\.warc\.gz"):
        list(articles_of(tmp_path / "x.warc.lz4"))
    (tmp_path / "page").write_bytes(bytes(range(1, 32)) * 8 + b"<html><body><p>The quay is closed.</p></body></html>")
    with pytest.raises(SourceError, match="binary data"):
        list(articles_of(tmp_path / "page"))


def test_an_archive_without_a_capture_is_told_to_hold_none(tmp_path: Path) -> None:
    (tmp_path / "x.warc.wet.gz").write_bytes(members([record("conversion", b"The quay is closed.")]))
    told: list[str] = []
    assert list(articles_of(tmp_path / "x.warc.wet.gz", tell=told.append)) == []
    assert told == [
        f"{tmp_path / 'x.warc.wet.gz'}: there is no capture in it; what was made of pages (WET, WAT) is not extracted"
    ]


class Going(type(Path())):  # type: ignore[misc]
    """A folder that another process deletes as soon as it was seen."""

    def is_dir(self) -> bool:
        return True


def test_a_folder_that_a_run_deletes_meanwhile_is_no_archive(tmp_path: Path) -> None:
    assert not is_archive(Going(tmp_path / "news-2025"))


def test_a_folder_that_may_not_be_looked_into_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lost+found").mkdir()
    (tmp_path / "page.html").write_bytes(PAGE)
    looked_into = Path.iterdir

    def iterdir(path: Path) -> Any:  # for a superuser there is no such folder
        if path.name == "lost+found":
            raise PermissionError(13, "Permission denied", str(path))
        return looked_into(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert [article.headline for article in articles_of(tmp_path)] == ["Ferry returns"]


def test_collections_in_a_folder_are_read_with_what_only_their_store_has(
    demo: Any, bucket: str, tmp_path: Path
) -> None:
    shutil.copytree(demo.collection, tmp_path / "archives/2031/news")
    (tmp_path / "archives/page.html").write_bytes(PAGE)
    before = [article.url for article in articles_of(tmp_path / "archives")]
    assert len(before) > 10
    push(tmp_path / "archives/2031/news", f"{bucket}/news", keep=timedelta(), now=datetime.now(UTC) + timedelta(days=9))
    assert not list((tmp_path / "archives/2031/news/archive").iterdir())
    assert [article.url for article in articles_of(tmp_path / "archives")] == before
