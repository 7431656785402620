from __future__ import annotations

import gzip
import io
import json
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from crawler.archive import (
    ArchiveError,
    Collection,
    CollectionError,
    CollectionLocked,
    Recorded,
    Recorder,
    open_archive,
    pack,
    rebuild_index,
)
from crawler.archive.cdxj import look_up, parse
from crawler.archive.digest import digest
from crawler.archive.packed import PackedArchive
from crawler.archive.pages import page_line
from crawler.model import Article, Exchange, Failure, Outcome, Purpose, Role

Make = Callable[..., Exchange]
Record = Callable[..., list[Recorded]]


@pytest.fixture
def collection(record: Record, exchange: Make, tmp_path: Path) -> Path:
    record(
        *(exchange(f"https://www.{name}.example/x?b=2&a=1", name.encode() * 60) for name in ("zulu", "alfa", "mike")),
        exchange("https://alfa.example/X?a=1&b=2", b"alfa" * 60, seconds=5),
    )
    return tmp_path / "c"


def test_the_wacz_stores_every_file_with_its_digest(collection: Path, tmp_path: Path) -> None:
    packed = pack(collection, tmp_path / "c.wacz")
    assert packed.size == (tmp_path / "c.wacz").stat().st_size
    with zipfile.ZipFile(tmp_path / "c.wacz") as wacz:
        assert wacz.testzip() is None
        assert {entry.compress_type for entry in wacz.infolist()} == {zipfile.ZIP_STORED}
        package = json.loads(wacz.read("datapackage.json"))
        for entry in package["resources"]:
            data = wacz.read(entry["path"])
            assert data == (collection / entry["path"]).read_bytes()
            assert (entry["hash"], entry["bytes"], entry["name"]) == (digest(data), len(data), Path(entry["path"]).name)
        signed = json.loads(wacz.read("datapackage-digest.json"))
        assert signed == {"path": "datapackage.json", "hash": digest(wacz.read("datapackage.json"))}
        assert packed.digest == signed["hash"]
        assert {"indexes/index.cdxj", "pages/pages.jsonl"} < set(wacz.namelist())
        assert package["profile"] == "data-package"
        assert package["wacz_version"] == "1.1.1"


def test_the_same_collection_packs_to_the_same_bytes(collection: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        pack(collection, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_packing_during_a_crawl_is_refused(collection: Path, tmp_path: Path) -> None:
    with Recorder(collection, software="wirecopy/test"), pytest.raises(CollectionLocked):
        pack(collection, tmp_path / "c.wacz")
    assert not (tmp_path / "c.wacz").exists()


def test_packing_an_altered_warc_is_refused_and_leaves_nothing(collection: Path, tmp_path: Path) -> None:
    (warc,) = (collection / "archive").iterdir()
    warc.write_bytes(warc.read_bytes()[:-1] + b"\x01")
    with pytest.raises(ArchiveError, match="altered"):
        pack(collection, tmp_path / "c.wacz")
    assert not list(tmp_path.glob("c.wacz*"))


def test_packing_without_a_warc_that_was_captured_is_refused(collection: Path, tmp_path: Path) -> None:
    (warc,) = (collection / "archive").iterdir()
    warc.unlink()
    with pytest.raises(CollectionError, match=f"has no archive/{warc.name}, though datapackage.json lists it"):
        pack(collection, tmp_path / "c.wacz")
    assert not list(tmp_path.glob("c.wacz*"))


def test_a_place_that_cannot_be_written_is_named(collection: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot write") as caught:
        pack(collection, tmp_path / "none" / "c.wacz")
    assert str(tmp_path / "none") in str(caught.value)


def test_what_is_no_collection_is_not_packed(tmp_path: Path) -> None:
    with pytest.raises(CollectionError):
        pack(tmp_path, tmp_path / "c.wacz")


def test_the_index_is_sorted_as_bytes_and_names_every_capture(collection: Path) -> None:
    file = collection / "indexes" / "index.cdxj"
    lines = file.read_bytes().splitlines()
    assert lines == sorted(lines)
    assert [line.split(b" ")[0] for line in lines] == [
        b"example,alfa)/x?a=1&b=2", b"example,alfa)/x?a=1&b=2", b"example,mike)/x?a=1&b=2", b"example,zulu)/x?a=1&b=2",
    ]  # fmt: skip
    values = json.loads(lines[1].split(b" ", 2)[2])
    assert list(values) == ["url", "mime", "status", "digest", "length", "offset", "filename"]
    assert (values["mime"], values["status"]) == ("warc/revisit", "200")
    subprocess.run(["sort", "-c", file], check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}, timeout=120)


def test_look_up_halves_a_large_index(tmp_path: Path) -> None:
    line = 'com,example)/{:06} 20260301093000 {{"url": "http://example.com/{:06}", "filename": "x", "offset": "{}"}}\n'
    file = tmp_path / "index.cdxj"
    file.write_text("".join(line.format(number, number, number) * 2 for number in range(0, 9000, 3)))
    for number in (0, 3, 1500, 4500, 8997):
        assert [entry.offset for entry in look_up(file, f"https://www.example.com/{number:06}")] == [number] * 2
    for number in (1, 4499, 9000):
        assert list(look_up(file, f"http://example.com/{number:06}")) == []


class Growing(type(Path())):  # type: ignore[misc]
    """A file that is replaced by a longer one as soon as it was opened."""

    def open(self, *how: Any, **more: Any) -> Any:
        opened = super().open(*how, **more)
        file = Path(self)
        longer = file.with_name("longer")
        longer.write_bytes(file.read_bytes() + b"z" * 10_000_000)
        longer.replace(self)
        return opened


def test_an_index_that_is_replaced_as_it_is_read_is_read_as_it_was(tmp_path: Path) -> None:
    line = 'com,example)/{:06} 20260301093000 {{"url": "http://example.com/{:06}", "filename": "x", "offset": "{}"}}\n'
    text = "".join(line.format(number, number, number) for number in range(9000))
    for number in range(0, 9000, 1000):
        (tmp_path / "index.cdxj").write_text(text)
        found = look_up(Growing(tmp_path / "index.cdxj"), f"http://example.com/{number:06}")
        assert [entry.offset for entry in found] == [number]


def test_index_ledger_and_datapackage_are_made_again_from_the_warcs(collection: Path) -> None:
    with Collection(collection) as before:
        captures = list(before.captures())
        found = [before.find(capture.url, capture.captured_at) for capture in captures]
    index = (collection / "indexes" / "index.cdxj").read_bytes()
    for name in ("indexes/index.cdxj", "datapackage.json", "ledger.sqlite", "pages/pages.jsonl"):
        (collection / name).unlink()
    sizes: list[int] = []
    assert rebuild_index(collection, progress=sizes.append) == 4
    assert [sum(sizes)] == [file.stat().st_size for file in (collection / "archive").iterdir()]
    assert (collection / "indexes" / "index.cdxj").read_bytes() == index
    with Collection(collection) as after:
        assert list(after.captures()) == captures
        assert [after.find(capture.url, capture.captured_at) for capture in captures] == found
        assert {capture.purpose for capture in captures} == {capture.purpose for capture in found if capture}


def test_a_broken_ledger_is_replaced_and_kept(collection: Path) -> None:
    (collection / "ledger.sqlite").write_bytes(b"no database" * 100)
    with Collection(collection) as reading:
        assert reading.find("https://www.zulu.example/x?b=2&a=1") is not None
    Recorder(collection, software="wirecopy/test").close()
    assert (collection / "ledger.sqlite.broken").exists()
    with Collection(collection) as reading:
        assert len(list(reading.captures())) == reading.index().count() == 4


def test_failures_stay_when_the_index_is_made_again(collection: Path, exchange: Make) -> None:
    failure = Failure(
        "http://dead.example/", exchange().started_at, Purpose(Role.COPY), Outcome.UNREACHABLE, "no address"
    )
    with Recorder(collection, software="wirecopy/test") as recorder:
        recorder.fail(failure).result(120)
    rebuild_index(collection)
    with Collection(collection) as reading:
        assert list(reading.failures()) == [failure]


def test_damage_is_told_when_the_index_is_made(collection: Path) -> None:
    (warc,) = (collection / "archive").iterdir()
    warc.write_bytes(warc.read_bytes() + b"garbage")
    told: list[str] = []
    assert rebuild_index(collection, damage=lambda damage: told.append(damage.message)) == 4
    assert told[0] == "bytes that are no gzip member"
    assert "altered" in told[1]
    assert len(told) == 2


def test_pages_are_listed_before_anything_was_extracted(collection: Path) -> None:
    with Collection(collection) as reading:
        pages = list(reading.pages())
    assert [page["url"] for page in pages][:2] == [
        "https://www.zulu.example/x?b=2&a=1",
        "https://www.alfa.example/x?b=2&a=1",
    ]
    assert all(page["seed"] and page["status"] == 200 and page["ts"] == "2026-03-01T09:30:00Z" for page in pages[:2])


def test_pages_carry_title_and_text_of_their_articles(collection: Path) -> None:
    with Collection(collection) as reading:
        capture = next(reading.captures())
        article = Article(
            capture.url,
            "2026-03-01T10:30:00+01:00",
            Outcome.ARTICLE,
            headline="Zulu",
            text="One.\n\nTwo.",
            record=capture.record,
        )
        page = page_line(article, reading.index())
        assert page_line(Article(None, None, Outcome.ARTICLE), reading.index()) is None
    assert page == {
        "id": capture.record.id.removeprefix("urn:uuid:"), "url": capture.url, "ts": "2026-03-01T09:30:00Z",
        "title": "Zulu", "text": "One.\n\nTwo.", "mime": "text/html", "status": 200, "seed": True,
    }  # fmt: skip


def test_articles_are_read_from_the_tables(collection: Path) -> None:
    article = Article("http://a.example/", "2026-03-01T09:30:00Z", Outcome.ARTICLE, headline="A")
    with Collection(collection) as reading:
        assert list(reading.articles()) == []
        (collection / "tables").mkdir()
        (collection / "tables" / "articles.jsonl").write_text(json.dumps(article.to_dict()) + "\n")
        assert list(reading.articles()) == [article]


def test_a_closed_collection_is_one_file_a_table_and_can_be_copied(collection: Path) -> None:
    names = {file.name for file in collection.iterdir()}
    assert names == {".lock", "archive", "datapackage.json", "indexes", "ledger.sqlite", "pages"}
    with sqlite3.connect(collection / "ledger.sqlite") as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert database.execute("SELECT count(*) FROM captures").fetchone() == (4,)
    database.close()


def test_an_index_that_grew_with_each_crawl_is_the_one_made_anew(tmp_path: Path) -> None:
    urls = ["urn:b", "urn:a", "urn:B", "urn:a:b", "urn:a", "urn:c", "urn:0"]
    for number, url in enumerate(urls):
        with Recorder(tmp_path / "c", software="test") as recorder:
            recorder.resource(url, b"text %d" % number, "text/plain", datetime(2026, 3, 1, tzinfo=UTC)).result()
    index = tmp_path / "c/indexes/index.cdxj"
    grown = index.read_bytes()
    assert len(grown.splitlines()) == len(urls)
    rebuild_index(tmp_path / "c")
    assert index.read_bytes() == grown


@pytest.mark.parametrize("spoiled", [b"", b"one line\n"])
def test_an_index_that_is_not_what_was_written_is_made_anew(tmp_path: Path, spoiled: bytes) -> None:
    index = tmp_path / "c/indexes/index.cdxj"
    for number in range(3):
        with Recorder(tmp_path / "c", software="test") as recorder:
            recorder.resource(f"urn:{number}", b"text", "text/plain", datetime(2026, 3, 1, tzinfo=UTC)).result()
        if number == 1:
            index.write_bytes(spoiled)
    assert len(index.read_bytes().splitlines()) == 3


@pytest.mark.parametrize(
    "said",
    [
        *('"offset": -5', '"offset": Infinity', '"offset": 1e400', '"offset": 1' + 30 * "0", '"length": -1'),
        *('"url": 7', '"filename": ["a"]', '"mime": {}', '"digest": 1'),
    ],
)
def test_an_entry_that_leads_nowhere_is_none(said: str) -> None:
    sound = '"url": "https://a.example/", "filename": "x.warc.gz", "offset": "0", "length": "9"'
    assert parse(f"example,a)/ 20260301093000 {{{sound}}}".encode()) is not None
    assert parse(f"example,a)/ 20260301093000 {{{sound}, {said}}}".encode()) is None


def test_an_index_that_unpacks_to_a_bomb_is_left_alone(collection: Path, tmp_path: Path) -> None:
    pack(collection, tmp_path / "c.wacz")
    with zipfile.ZipFile(tmp_path / "c.wacz") as whole, zipfile.ZipFile(tmp_path / "d.wacz", "w") as bomb:
        for name in whole.namelist():
            if not name.startswith("indexes/"):
                bomb.writestr(name, whole.read(name))
        bomb.writestr("indexes/index.cdx.gz", gzip.compress(bytes(64 << 20)))
    with open_archive(tmp_path / "d.wacz") as archive:
        found = archive.find("https://www.mike.example/x?b=2&a=1")
        assert found is not None
        assert found.body() == b"mike" * 60
        assert "times its size" in archive.damage[0].message


def test_a_wacz_that_is_opened_by_two_threads_is_searched_in_all_its_indexes(collection: Path, tmp_path: Path) -> None:
    pack(collection, tmp_path / "one.wacz")
    with zipfile.ZipFile(tmp_path / "one.wacz") as one, zipfile.ZipFile(tmp_path / "two.wacz", "w") as two:
        for name in one.namelist():
            if name == "indexes/index.cdxj":
                *others, last = one.read(name).splitlines(keepends=True)
                two.writestr("indexes/a.cdxj", b"".join(others))
                two.writestr("indexes/b.cdxj", last)
            else:
                two.writestr(name, one.read(name))
        place = two.getinfo("indexes/b.cdxj").header_offset
    url = parse(last).url  # type: ignore[union-attr]
    found: list[Any] = []

    class Watched(io.FileIO):
        """Lets another thread look the page up once the second index is read."""

        def read(self, size: int | None = -1) -> bytes | None:
            if self.tell() == place and opened and not found:
                found.append("looking")
                thread = Thread(target=lambda: found.append(archive.find(url)))
                thread.start()
                thread.join()
            return super().read(size)

    opened: list[bool] = []
    archive = PackedArchive(tmp_path / "two.wacz", lambda: Watched(tmp_path / "two.wacz"))  # type: ignore[arg-type, return-value]
    opened.append(True)
    with archive:
        assert archive.find(url) is not None
        assert found[1] is not None
