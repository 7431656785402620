"""Stories and exports by Dask: row for row what one process makes, also where a worker is killed over its task."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crawler.archive.errors import ReadError, explain
from crawler.cli import exit_codes, main
from crawler.export.jsonl import line
from crawler.export.sources import sources_of
from crawler.export.written import export_at, write
from crawler.jobs.run.engine import EngineError
from crawler.jobs.story_parquet import tables_at, write_stories
from crawler.jobs.tasks.dask import dask
from crawler.model import Article, Outcome, RecordRef
from crawler.model.each import Each, in_turn
from crawler.stories.index import StoryIndex
from tests.processes import workers as processes_of_server


@contextmanager
def none_can_start() -> Iterator[None]:
    """Whatever process the server of processes makes is killed at once."""
    before, over = set(processes_of_server(os.getpid())), threading.Event()

    def kill() -> None:
        while not over.wait(0.005):
            for process in set(processes_of_server(os.getpid())) - before:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)

    killing = threading.Thread(target=kill)
    killing.start()
    try:
        yield
    finally:
        over.set()
        killing.join()


@dataclass(frozen=True)
class Mortal:
    """Kills the first process that does a task with it."""

    do: Callable[[Any], Any]
    trace: Path

    def __call__(self, given: Any) -> Any:
        if not self.trace.exists():
            self.trace.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.do(given)


@pytest.fixture(scope="module")
def workers() -> Iterator[Each]:
    with dask(None, 2) as each:
        yield each


@pytest.fixture
def dying(workers: Each, tmp_path: Path) -> Each:
    """Workers of which one is killed, over a task that is not the first kind."""

    def each(do: Callable[[Any], Any], given: Iterable[Any]) -> Iterator[Any]:
        mortal = Mortal(do, tmp_path / f"killed over {do.__name__}")
        return workers(do if do.__name__ in ("worded", "hanging_together") else mortal, given)

    return each  # type: ignore[return-value]


def article(number: int) -> Article:
    """Of each ten the last three are copies of the first, each of them changed in every seventh word or so."""
    copied = number % 10 > 6
    words = random.Random(number // 10 * 10 if copied else number)
    changes = random.Random(number)
    sentences = [
        " ".join(f"w{words.randrange(9000) if changes.random() > copied / 7 else number}" for _ in range(20)) + "."
        for _ in range(10)
    ]
    return Article(
        url=f"https://outlet{number % 20}.example/{number}", captured_at="2031-05-01T00:00:00Z",
        outcome=Outcome.ARTICLE, headline=f"Number {number}", text="\n\n".join(sentences),
        record=RecordRef("a.warc.gz", number, 1, f"urn:uuid:{number}"),
    )  # fmt: skip


def rows(folder: Path, table: str) -> list[Any]:
    return duckdb.sql(f"SELECT * FROM '{folder}/{table}.parquet'").fetchall()


@pytest.mark.slow
def test_stories_are_the_same_whoever_dies_over_them(dying: Each, tmp_path: Path) -> None:
    articles = [article(number) for number in range(150)]
    for name, each in (("alone", in_turn), ("dask", dying)):
        with StoryIndex(tmp_path / f"{name}.duckdb", each=each) as index:
            index.add(articles)
            with tables_at(tmp_path / name) as out:
                write_stories(each, index.blocks(), out)
    assert (tmp_path / "killed over rows_in").exists()
    assert len(rows(tmp_path / "dask", "copies")) > 45
    for table in ("stories", "copies", "sentence_links", "quotes"):
        assert rows(tmp_path / "dask", table) == rows(tmp_path / "alone", table)


def unreadable(path: str) -> None:
    try:
        raise ReadError(f"{path} is no archive", path)
    except ReadError as error:
        raise explain(error, "read", path) from error


def test_what_goes_wrong_with_an_archive_is_told_as_it_is(workers: Each) -> None:
    with pytest.raises(ReadError, match=r"\Ax\.warc is no archive\Z"):
        list(workers(unreadable, ["x.warc"]))


@pytest.mark.slow
def test_an_export_is_the_same_whoever_dies_over_it(dying: Each, tmp_path: Path) -> None:
    collections = [collection(tmp_path / f"c{number}", number) for number in range(3)]
    sources = sources_of(collections)
    for name, each in (("alone", in_turn), ("dask", dying)):
        with export_at(tmp_path / name) as out:
            written = write(sources, "parquet", out, each=each)
        assert {Path(part.file).name: part.rows for part in written} == {"articles.parquet": {"articles": 150}}
    assert (tmp_path / "killed over _write_part").exists()
    assert len(rows(tmp_path / "dask", "articles")) == 150
    assert rows(tmp_path / "dask", "articles") == rows(tmp_path / "alone", "articles")
    assert sorted(file.name for file in (tmp_path / "dask").iterdir()) == ["articles.parquet", "datapackage.json"]


def test_both_are_had_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(collection(tmp_path / "c", 0))
    assert main(["stories", folder]) == exit_codes.OK
    alone = capsys.readouterr().out
    engine = ["--engine", "dask", "--processes", "1"]
    assert main(["stories", folder, *engine]) == exit_codes.OK
    assert capsys.readouterr().out == alone
    assert main(["stories", folder, "-o", str(tmp_path / "stories")]) == exit_codes.OK
    assert "copies.parquet: 20 rows" in capsys.readouterr().out
    assert main(["export", folder, "-o", str(tmp_path / "out"), "--format", "csv", *engine]) == exit_codes.USAGE
    assert "--engine dask writes Parquet" in capsys.readouterr().err
    assert main(["stories", folder, "--scheduler", "tcp://127.0.0.1:9"]) == exit_codes.USAGE


def test_workers_that_do_not_start_are_one_line() -> None:
    with none_can_start(), pytest.raises(EngineError, match="the workers did not start"), dask(None, 1):
        pass


def collection(folder: Path, number: int) -> Path:
    (folder / "tables").mkdir(parents=True)
    text = "".join(line(article(each).to_dict()) for each in range(50 * number, 50 * number + 50))
    (folder / "tables" / "articles.jsonl").write_text(text)
    return folder
