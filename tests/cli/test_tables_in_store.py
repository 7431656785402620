"""What ``extract``, ``stories`` and ``export`` make, written to a store: the same, byte for byte, as to a folder."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Any

import duckdb
import pytest
from distributed import Client

from crawler.archive.store.objects import Objects, open_objects
from crawler.cli import exit_codes, main
from tests.archive.store.gate import Gate
from tests.archive.store.stores import files_of
from tests.archive.store.test_staging import open_uploads
from tests.forkserver import ForkServer
from tests.jobs.extraction.conftest import write_warc as write_warc
from tests.processes import workers

Rows = list[Any]


def rows_in(address: str, table: str) -> Rows:
    """The rows of a table in a store, as DuckDB reads them through fsspec."""
    from s3fs import S3FileSystem

    with duckdb.connect() as db:
        db.register_filesystem(S3FileSystem(skip_instance_cache=True, use_listings_cache=False))
        return db.execute(f"SELECT * FROM read_parquet('{address}/{table}.parquet')").fetchall()


def rows_here(folder: Path, table: str) -> Rows:
    return duckdb.sql(f"SELECT * FROM read_parquet('{folder}/{table}.parquet')").fetchall()


def contents(address: str) -> dict[str, bytes]:
    objects: Objects = open_objects(address)
    return {name: objects.read(name) for name in objects.files()}


def test_each_verb_writes_to_a_store_what_it_writes_to_a_folder(
    demo: Any, bucket: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def both(*words: str, name: str) -> tuple[Path, str]:
        here, there = tmp_path / name, f"{bucket}/out/{name}"
        said = []
        for place in (here, there):
            assert main([words[0], str(demo.collection), *words[1:], "-o", str(place)]) == exit_codes.OK
            said.append(capsys.readouterr().out.replace(str(place), "OUT"))
        assert said[0] == said[1]
        return here, there

    here, there = both("extract", "--processes", "1", name="articles.jsonl")
    assert contents(f"{bucket}/out") == {"articles.jsonl": here.read_bytes()}
    here, there = both("extract", "--format", "parquet", "--processes", "1", name="articles")
    assert rows_in(there, "articles-*") == rows_here(here, "articles-*")
    here, there = both("stories", "--processes", "1", name="stories")
    for table in ("stories", "copies", "sentence_links", "quotes"):
        assert rows_in(there, table) == rows_here(here, table)
    for form in ("csv", "jsonl", "jsonld"):
        here, there = both("export", "--format", form, "--processes", "1", name=form)
        assert contents(there) == files_of(here)
    here, there = both("export", "--table", "counts", "--processes", "1", name="parquet")
    assert rows_in(there, "counts") == rows_here(here, "counts")
    here, there = both("export", "--format", "sqlite", "--processes", "1", name="sqlite")
    assert sorted(contents(there)) == ["datapackage.json", "metadata.json", "wirecopy.sqlite"]
    assert open_uploads(open_objects(bucket)) == []


@pytest.mark.slow
def test_a_killed_worker_changes_no_row_of_a_table_in_a_store(
    write_warc: Any, bucket: str, gate: Gate, tmp_path: Path, forks: ForkServer
) -> None:
    for number in range(3):
        write_warc(f"many/site{number}.warc.gz", 10)
    words = ["extract", tmp_path / "many", "--format", "parquet", "--processes", "2", "-o"]
    alone = forks.run("crawler.cli:main", [*words, tmp_path / "alone"])
    assert alone.returncode == exit_codes.OK, alone.stderr
    table = f"{bucket}/news/table"
    hung = []

    def fault(method: str, target: str) -> str | None:
        if "partNumber=" in target and len(hung) < 2:
            hung.append(target)
            return "hang"
        return None

    gate.fault = fault
    process = forks.start("crawler.cli:main", [*words, table, "--engine", "dask"])
    process.until(lambda: len(hung) == 2)
    assert not process.ended(), process.finish().stderr
    assert contents(table) == {}
    killed = workers(process.pid)
    os.kill(killed[0], signal.SIGKILL)
    gate.open.set()
    done = process.finish()
    assert len(killed) == 2
    assert (done.returncode, done.stdout) == (0, f"{table}: 33 articles of 3 WARCs\n"), done.stderr
    assert rows_in(table, "articles-*") == rows_here(tmp_path / "alone", "articles-*")
    assert sorted(contents(table)) == [f"articles-{number:06}.parquet" for number in range(3)]
    assert open_uploads(open_objects(bucket)) == []


@pytest.fixture
def elsewhere(gate: Gate, tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler whose worker shares no folder with this process."""
    file = tmp_path / "scheduler.json"
    both = ["--scheduler-file", str(file), "--no-dashboard"]
    there = tmp_path / "elsewhere"
    there.mkdir()
    with ExitStack() as stack:

        def start(what: str, *words: str) -> Popen[bytes]:
            environment = os.environ | {"XDG_CACHE_HOME": str(there / "cache"), "TMPDIR": str(there)}
            begin = f"import sys; from distributed.cli.dask_{what} import main; main(sys.argv[1:])"
            process = Popen(
                [sys.executable, "-c", begin, *words], cwd=there, env=environment, stdout=DEVNULL, stderr=DEVNULL
            )
            stack.callback(process.wait, 120)
            stack.callback(process.terminate)
            return process

        start("scheduler", *both, "--host", "127.0.0.1", "--port", "0", "--no-show")
        start("worker", *both, "--nthreads", "1", "--no-nanny")
        with Client(scheduler_file=str(file), timeout=120) as client:
            client.wait_for_workers(1, timeout=120)
            yield client.scheduler.address


@pytest.mark.slow
def test_an_export_is_made_by_workers_that_share_nothing_but_the_store(
    demo: Any, bucket: str, tmp_path: Path, wirecopy: Any, elsewhere: str
) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        shutil.copytree(demo.collection, folder)
        assert main(["push", str(folder), f"{bucket}/news/"]) == exit_codes.OK
    only = ["--table", "articles", "--table", "counts"]
    assert main(["export", *map(str, folders), *only, "-o", str(tmp_path / "out")]) == exit_codes.OK
    table = f"{bucket}/tables"
    there = [f"{bucket}/news/first", f"{bucket}/news/second"]
    done = wirecopy("export", *there, *only, "-o", table, "--engine", "dask", "--scheduler", elsewhere)
    assert done.returncode == exit_codes.OK, done.stderr
    for name in ("articles", "counts"):
        assert rows_in(table, name) == rows_here(tmp_path / "out", name)
    assert list((tmp_path / "elsewhere/cache").rglob("articles.jsonl")), "workers read another's copy"
    assert sorted(contents(table)) == sorted(file.name for file in (tmp_path / "out").iterdir())
    assert open_uploads(open_objects(bucket)) == []


def test_collections_of_one_name_are_told_apart_by_their_addresses(demo: Any, bucket: str, tmp_path: Path) -> None:
    there = [f"{bucket}/{place}/news" for place in ("north", "south's own")]
    pushed = shutil.copytree(demo.collection, tmp_path / "news")  # a push leaves its note in the collection
    for address in there:
        assert main(["push", str(pushed), address]) == exit_codes.OK
    assert (
        main(["export", *there, "--table", "counts", "--format", "csv", "-o", str(tmp_path / "out")]) == exit_codes.OK
    )
    lines = (tmp_path / "out/counts.csv").read_text().splitlines()[1:]
    assert {line.partition(",")[0] for line in lines} == set(there)


@pytest.mark.parametrize("name", ["table", "articles.jsonl"])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_call_that_is_cut_off_leaves_what_was_there(
    write_warc: Any, bucket: str, gate: Gate, forks: ForkServer, name: str, end: int
) -> None:
    words = ["extract", write_warc("one.warc.gz", 2), "--format", "jsonl" if "." in name else "parquet"]
    words += ["--processes", "1", "-o", f"{bucket}/{name}"]
    at = f"{bucket}/{name}" if name == "table" else bucket
    assert forks.run("crawler.cli:main", words).returncode == exit_codes.OK
    before = contents(at)
    gate.once("hang", holding="partNumber=")
    process = forks.start("crawler.cli:main", words)
    process.until(gate.hanging.is_set)
    os.kill(process.pid, end)
    done = process.finish()
    gate.open.set()
    assert contents(at) == before
    if end == signal.SIGINT:
        told = f"{words[-1]} is as it was before; call again to have it written"
        assert done.stderr == f"wirecopy extract: interrupted; {told}\n"
        assert done.returncode == exit_codes.INTERRUPTED
        assert open_uploads(open_objects(bucket)) == []
    gate.soundly()
    assert forks.run("crawler.cli:main", words).returncode == exit_codes.OK
    assert open_uploads(open_objects(bucket)) == []


def test_stories_that_are_told_to_end_as_they_begin_leave_nothing(
    demo: Any, bucket: str, gate: Gate, forks: ForkServer
) -> None:
    gate.once("hang", method="GET", holding="uploads")
    process = forks.start("crawler.cli:main", ["stories", demo.collection, "-o", f"{bucket}/stories"])
    process.until(gate.hanging.is_set)
    os.kill(process.pid, signal.SIGTERM)
    done = process.finish()
    gate.open.set()
    assert done.returncode == exit_codes.INTERRUPTED, done.stderr
    assert open_uploads(open_objects(bucket)) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("extract", "-o", "https://a.example/x"), exit_codes.USAGE, "is no address of a store"),
        (("extract", "-o", "s3://key:secret@b/x"), exit_codes.USAGE, "an address with a key in it has no place here"),
        (("extract", "-o", "what://b/x.jsonl"), exit_codes.USAGE, "Protocol not known: what; write s3://BUCKET"),
        (("extract", "-o", "s3://"), exit_codes.USAGE, "names no bucket"),
        (("extract", "-o", "s3:///a/b.jsonl"), exit_codes.USAGE, "names no bucket"),
        (("extract", "-o", "s3://bucket"), exit_codes.USAGE, "s3://bucket is a bucket; name a file in it"),
        (("stories", "-o", "s3://no-such-bucket-here/x"), exit_codes.STORAGE, "there is no such bucket; make it"),
        (("export", "-o", "s3://no-such-bucket-here/x"), exit_codes.STORAGE, "there is no such bucket; make it"),
    ],
)
def test_what_can_not_be_is_said_in_one_line_before_the_work(
    demo: Any, wirecopy: Any, gate: Gate, words: tuple[str, ...], code: int, said: str
) -> None:
    done = wirecopy(words[0], demo.collection, *words[1:])
    assert done.returncode == code, done.stderr
    assert said in done.stderr.splitlines()[-1]
    assert "secret" not in done.stderr
    assert not done.stdout


def test_keys_that_may_only_read_are_told_before_the_work(demo: Any, wirecopy: Any, bucket: str, gate: Gate) -> None:
    gate.fault = lambda method, target: "denied" if method in ("PUT", "POST") else None
    for verb in (["extract", "--format", "parquet"], ["extract"], ["stories"], ["export"]):
        done = wirecopy(verb[0], demo.collection, *verb[1:], "-o", f"{bucket}/table/x")
        assert (done.returncode, done.stdout) == (exit_codes.STORAGE, "")
        assert len(done.stderr.splitlines()) == 1
        assert f"cannot write {bucket}/table" in done.stderr
