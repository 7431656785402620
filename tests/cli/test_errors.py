"""Wrong calls and unreadable input: one clear line, and an exit code that says what kind of trouble it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Collection
from crawler.cli import exit_codes, main
from crawler.cli.errors import exit_code_of


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "Traceback" not in captured.err
    return captured.err


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        ("news.example/story", "try https://news.example/story"),
        ("ftp://news.example/story", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("https://", "https://HOST/PATH"),
        ("https://news.example/a b", "without spaces"),
        ("https://[::1/story", "not a URL"),
        ("https://news.example:port/", "not a URL"),
    ],
)
def test_a_malformed_url_is_refused_with_what_to_write_instead(
    url: str, remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["capture", url]) == exit_codes.USAGE
    line = one_line(capsys)
    assert url in line
    assert remedy in line


def test_a_malformed_copy_is_refused_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capture", "https://news.example/", "--copy", "nowhere"]) == exit_codes.USAGE
    assert "nowhere" in one_line(capsys)


def test_a_capture_without_a_url_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capture"]) == exit_codes.USAGE
    assert "no URL" in one_line(capsys)


@pytest.mark.parametrize(
    ("module", "call"),
    [
        ("redis", ["worker", "--broker", "redis://127.0.0.1:9/0"]),
        ("redis", ["run", "w.toml", "--engine", "dramatiq", "--broker", "redis://127.0.0.1:9/0"]),
        ("dask", ["stories", "page.html", "--engine", "dask"]),
    ],
)
def test_an_extra_that_is_missing_is_a_wrong_call_and_named(
    module: str, call: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("w.toml").write_text('contact = "a@b.example"\n[[story]]\nurl = "https://news.example/1"\n')
    Path("page.html").write_text("<!doctype html><title>Pier</title><p>The pier is open.</p>")
    monkeypatch.setitem(sys.modules, module, None)
    assert main(call) == exit_codes.USAGE
    assert f"{module} is not installed: pip install 'wirecopy[cluster]'" in capsys.readouterr().err


def test_a_missing_source_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "nowhere.warc.gz"]) == exit_codes.UNREADABLE
    assert "nowhere.warc.gz" in one_line(capsys)


def test_a_folder_without_anything_to_extract_is_named(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(tmp_path)]) == exit_codes.UNREADABLE
    assert "no collection" in one_line(capsys)


def test_one_bad_source_does_not_stop_the_others(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><head><title>A title</title></head><body><p>A text.</p></body></html>")
    assert main(["extract", "nowhere.wacz", str(page)]) == exit_codes.PARTIAL
    captured = capsys.readouterr()
    assert captured.out.count("\n") == 1
    assert "nowhere.wacz" in captured.err


@pytest.mark.parametrize(
    "words",
    [
        ["capture", "http://me:SECRET@[bad/a"],
        ["capture", "ftp://me:SECRET@news.example/a"],
        ["capture", "me:SECRET@news.example/a"],
        ["capture", "http://news.example/", "--proxy", "me:SECRET@127.0.0.1:3128"],
        ["capture", "http://news.example/", "--from", "http://me:SECRET@127.0.0.1:1/x.wacz"],
        ["capture", "http://news.example/", "--from", "http://127.0.0.1:1/x.wacz?Signature=SECRET"],
        ["verify", "http://me:SECRET@news.example/x.wacz"],
        ["serve", "http://me:SECRET@news.example/x.wacz"],
        ["worker", "--broker", "me:SECRET@127.0.0.1:1"],
        ["sign", "x.wacz", "--timestamp", "ftp://me:SECRET@tsa.example/"],
    ],
)
def test_no_password_is_shown(words: list[str], tmp_path: Path, wirecopy: Any) -> None:
    done = wirecopy(*words, cwd=tmp_path)
    assert done.returncode in (exit_codes.USAGE, exit_codes.UNREADABLE)
    assert "SECRET" not in done.stdout + done.stderr
    assert done.stderr


def test_a_proxy_that_is_no_proxy_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capture", "https://news.example/", "--proxy", "socks://x"]) == exit_codes.USAGE
    assert "http://HOST:PORT" in one_line(capsys)


@pytest.mark.slow
def test_a_capture_as_a_user_starts_it_says_no_word_too_much(tmp_path: Path) -> None:
    words = [
        "capture",
        "http://127.0.0.1:1/",
        "--allow-address",
        "127.0.0.1",
        "--retries",
        "0",
        "-c",
        tmp_path / "c",
        "--contact",
        "tests@wirecopy.example",
    ]
    done = subprocess.run([sys.executable, "-m", "crawler.cli", *words], capture_output=True, text=True, timeout=120)
    assert done.returncode == exit_codes.NOTHING
    assert done.stderr == "seed unreachable http://127.0.0.1:1/\n"


def test_an_unknown_verb_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["captrue"]) == exit_codes.USAGE
    assert "captrue" in one_line(capsys)


WATCHLIST = '[[story]]\nurl = "https://news.example/"\n'


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["pull", "s3://"], exit_codes.USAGE, "names no bucket"),
        (["pull", "ftp://127.0.0.1:1/x"], exit_codes.STORAGE, "cannot reach ftp://127.0.0.1:1/x: Connection refused"),
        (["export", "ftp://127.0.0.1:1/x", "-o", "out"], exit_codes.STORAGE, "cannot reach ftp://127.0.0.1:1/x"),
        (["proxy", "s3://b/../c"], exit_codes.USAGE, "holds what no key should"),
        (["run", "list.toml", "--broker", "redis://127.0.0.1"], exit_codes.USAGE, "belongs to --engine dramatiq"),
        (["extract", "folder", "--engine", "dask", "--format", "jsonl"], exit_codes.USAGE, "writes Parquet"),
        (["extract", "folder", "--format", "parquet", "-o", "file"], exit_codes.USAGE, "file is a file"),
        (["record", "https://news.example/", "file"], exit_codes.USAGE, "is a file"),
        (["newsite", "news.example", "https://news.example/", "--into", "file"], exit_codes.USAGE, "is a file"),
        (["schedule", "install", "list.toml", "--simulate", "9d"], exit_codes.USAGE, "say one of them"),
        (["schedule", "install", "list.toml", "--cron", "--system"], exit_codes.USAGE, "say one of them"),
        (["schedule", "list.toml", "--print"], exit_codes.USAGE, "belongs to `wirecopy schedule install`"),
        (["schedule", "list.toml", "--new", "4"], exit_codes.USAGE, "belongs to --simulate"),
        (["init", "none/list.toml", "--contact", "a@b.example"], exit_codes.STORAGE, "no such folder; make it first"),
        (["run", "blocked.toml"], exit_codes.STORAGE, "a folder is needed there"),
        (["serve", "none"], exit_codes.UNREADABLE, "none: no such folder"),
        (["proxy", "file"], exit_codes.UNREADABLE, "file is no archive"),
        (["proxy", "folder"], exit_codes.UNREADABLE, "folder holds no archive"),
        (["proxy", "damaged.warc.gz"], exit_codes.UNREADABLE, "damaged.warc.gz: nothing in it can be read"),
        (["proxy", "empty.warc.gz"], exit_codes.UNREADABLE, "(empty.warc.gz at 0: the file is empty)"),
        (["extract", "what://b/x.warc.gz"], exit_codes.USAGE, "Protocol not known: what; write s3://BUCKET"),
        (["extract", "what://b/x", "--format", "parquet", "-o", "out"], exit_codes.USAGE, "Protocol not known"),
        (["extract", "file", "-o", "loop"], exit_codes.STORAGE, "loop: Too many levels of symbolic links"),
        (["import", "loop", "-c", "c"], exit_codes.UNREADABLE, "loop: its links lead in a circle"),
        (["init", "loop", "--contact", "a@b.example"], exit_codes.USAGE, "loop: is there already"),
        (["extract", "none\x1b[2J"], exit_codes.UNREADABLE, "none\\x1b[2J: there is no such file"),
        (
            ["capture", "https://news.example/", "--ca-file", "file"],
            exit_codes.USAGE,
            "of certificates in PEM form",
        ),
        (["run", "folder"], exit_codes.USAGE, "folder: Is a directory; name the watchlist in it"),
        (["pull", "what://b/x"], exit_codes.USAGE, "Protocol not known: what"),
        (["extract", "ftp://127.0.0.1:1/x.warc"], exit_codes.STORAGE, "cannot reach ftp://127.0.0.1:1"),
        (["extract", "ftp://127.0.0.1:1/x", "-o", "out", "--format", "parquet"], exit_codes.STORAGE, "cannot reach"),
        (["import", "file", "-c", "c"], exit_codes.UNREADABLE, "file is no archive"),
        (["import", "empty.warc.gz", "-c", "c"], exit_codes.UNREADABLE, "import: empty.warc.gz holds no record"),
    ],
)
def test_what_can_not_be_done_is_told_in_a_line(
    words: list[str], code: int, said: str, tmp_path, monkeypatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_text("")
    (tmp_path / "empty.warc.gz").write_text("")
    (tmp_path / "damaged.warc.gz").write_bytes(b"\x1f\x8b\x08 nothing that could be read")
    (tmp_path / "list.toml").write_text(WATCHLIST)
    (tmp_path / "blocked.toml").write_text('archives = "file"\n' + WATCHLIST)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert main(words) == code
    assert said in one_line(capsys)
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    "words", [["init", "\udcff.toml"], ["export", "c", "-o", "\udcff"], ["import", "f", "-c", "\udcff"]]
)
def test_a_name_that_is_no_text_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == exit_codes.USAGE
    assert "\\xdcff" in (told := one_line(capsys))
    assert "the name is not in UTF-8; choose another" in told


@pytest.mark.parametrize(
    "words",
    [
        ["import", "s3://b/x.warc.gz", "-c", "c"],
        ["record", "https://news.example/", "s3://b/x"],
        ["newsite", "news.example", "https://news.example/", "--into", "s3://b/x"],
        ["init", "s3://b/x.toml"],
        ["pull", "s3://b/x", "s3://b/y"],
        ["worker", "--archives", "s3://b/x"],
    ],
)
def test_an_address_where_a_path_is_needed_is_refused_and_no_folder_made(
    words: list[str], tmp_path, monkeypatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == exit_codes.USAGE
    assert "of this machine" in one_line(capsys)
    assert list(tmp_path.iterdir()) == []


def test_a_recording_of_a_page_that_does_not_come_is_no_recording(tmp_path, wirecopy) -> None:
    words = ["http://127.0.0.1:1/a", tmp_path / "r", "--allow-address", "127.0.0.1", "--retries", "0"]
    done = wirecopy("record", *words, WIRECOPY_CONTACT="tests@wirecopy.example")
    assert done.returncode == exit_codes.NOTHING
    assert "connection refused" in done.stderr.splitlines()[-1]
    assert not (tmp_path / "r").exists()


def test_a_demo_without_the_memory_for_it_ends_at_once_in_a_line(tmp_path: Path) -> None:
    limited = 'ulimit -v 900000; exec "$0" -m crawler.cli demo -c c'
    done = subprocess.run(
        ["sh", "-c", limited, sys.executable], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, timeout=120,
    )  # fmt: skip
    assert done.returncode == exit_codes.STORAGE
    assert done.stderr == (
        "wirecopy demo: not enough memory: this process may have 878 MiB of address space, and the demo needs 1536; "
        "end other programs, or allow this one more (ulimit -v)\n"
    )


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("can't start new thread"),
        ImportError("x.so: failed to map segment from shared object"),
        OSError(12, "Cannot allocate memory"),
    ],
)
def test_want_of_memory_is_no_fault_of_ours(error: BaseException) -> None:
    code, message = exit_code_of(error) or (None, "")
    assert code == exit_codes.STORAGE
    assert message.startswith("not enough memory: ")


def test_of_a_damaged_book_it_is_said_that_it_may_be_moved_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    watchlist = tmp_path / "watch.toml"
    watchlist.write_text('[[story]]\nurl = "https://a.example/1"\n')
    (tmp_path / "archives").mkdir()
    (tmp_path / "archives" / "watch.schedule.sqlite").write_bytes(b"no database, and longer than a head of one" * 9)
    assert main(["status", str(watchlist)]) == exit_codes.STORAGE
    assert "file is not a database; move NAME.schedule.sqlite in the folder of the archives away" in one_line(capsys)


def test_a_pipe_that_broke_within_is_not_taken_for_a_reader_that_went_away(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(_: object) -> int:
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb", buffering=0) as pipe:
            return pipe.write(b"to nobody")

    monkeypatch.setattr("crawler.cli.extract.run", run)
    assert main(["extract", "."]) == exit_codes.FAULT
    assert "Broken pipe" in capfd.readouterr().err


def test_output_that_is_closed_is_nobody_who_reads_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<title>Pier</title><p>The pier was closed.", encoding="utf-8")
    call = [sys.executable, "-m", "crawler.cli", "extract", "page.html", "--url", "https://news.example/"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for closed in (">&-", "2>&-", "<&- >&- 2>&-"):
        done = subprocess.run(
            ["sh", "-c", f'exec "$@" {closed}', "sh", *call, "-o", "found.jsonl"],
            cwd=tmp_path, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert (done.returncode, done.stdout, done.stderr) == (exit_codes.OK, "", "")
        assert (tmp_path / "found.jsonl").read_text(encoding="utf-8").count("\n") == 1
        plain = subprocess.run(["sh", "-c", f'exec "$@" {closed}', "sh", *call], cwd=tmp_path, env=environment)
        assert plain.returncode == exit_codes.OK


def test_ctrl_c_in_a_query_is_an_interruption() -> None:
    assert exit_code_of(RuntimeError("Query interrupted")) == exit_code_of(KeyboardInterrupt())
    assert exit_code_of(RuntimeError("Query went wrong")) is None


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ([], "what was printed until now is not all; call again for that"),
        (["-o", "found.jsonl"], "found.jsonl is as it was before; call again to have it written"),
        (["-o", "/dev/null"], "what was printed until now is not all; call again for that"),
    ],
)
def test_a_call_that_captures_nothing_tells_of_no_captures_when_it_is_interrupted(
    words: list[str], left: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("crawler.cli.extract.run", run)
    assert main(["extract", ".", *words]) == exit_codes.INTERRUPTED
    assert capsys.readouterr().err == f"wirecopy extract: interrupted; {left}\n"
    monkeypatch.setattr("crawler.cli.status.run", run)
    assert main(["status"]) == exit_codes.INTERRUPTED
    assert capsys.readouterr().err == "wirecopy status: interrupted\n"


def test_a_capture_that_is_interrupted_keeps_what_it_has(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("crawler.cli.capture.run", run)
    assert main(["capture", "https://news.example/"]) == exit_codes.INTERRUPTED
    assert capsys.readouterr().err == "wirecopy capture: interrupted; what was captured until now is kept\n"


@pytest.mark.parametrize("line", [b"\xc7\xff", b"\0", b"[" * 100_000, b"[]"])
@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl", "sqlite", "jsonld"])
def test_a_table_with_a_line_that_is_no_row_is_not_exported(
    tmp_path: Path, line: bytes, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c" / "tables").mkdir(parents=True)
    (tmp_path / "c" / "tables" / "articles.jsonl").write_bytes(line + b"\n")
    assert main(["export", str(tmp_path / "c"), "--format", form, "-o", str(tmp_path / "o")]) == exit_codes.UNREADABLE
    assert "articles.jsonl, line 1: no row" in one_line(capsys)


def test_what_is_exported_is_a_folder_and_a_file_is_called_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.wacz").write_bytes(b"PK")
    assert main(["export", str(tmp_path / "c.wacz"), "-o", str(tmp_path / "o")]) == exit_codes.UNREADABLE
    assert "c.wacz: a file; name a collection's folder" in one_line(capsys)


@pytest.mark.parametrize(
    "words",
    [
        ["extract", ""],
        ["extract", ".", "-o", " "],
        ["stories", ""],
        ["import", "", "-c", "c"],
        ["import", "a.warc", "-c", ""],
        ["export", "", "-o", "o"],
        ["export", "c", "-o", ""],
        ["verify", ""],
        ["serve", ""],
        ["verify", ".", "--roots", ""],
        ["run", ""],
        ["status", ""],
        ["schedule", ""],
        ["sign", ""],
        ["capture", "--urls", ""],
        ["capture", "https://news.example/", "--ca-file", ""],
    ],
)
def test_an_empty_name_is_not_taken_for_the_folder_that_one_is_in(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == exit_codes.USAGE
    assert "an empty name; is a variable of your shell not set?" in one_line(capsys)


@pytest.mark.parametrize(
    "words",
    [
        ["extract", "shut"],
        ["stories", "shut"],
        ["import", "shut", "-c", "c"],
        ["export", "shut", "-o", "o"],
        ["stories", "news"],
        ["export", "news", "-o", "o"],
    ],
)
def test_what_may_not_be_read_is_unreadable_and_told_so(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "news" / "tables").mkdir(parents=True)
    (tmp_path / "news" / "tables" / "articles.jsonl").write_text("")

    def shut(kind: str) -> None:  # nothing is, for a superuser
        way = getattr(Path, kind)

        def one(path: Path, *words: object, **named: object) -> object:
            if "shut" in path.parts[:-1] or (kind != "stat" and path.name in ("shut", "articles.jsonl")):
                raise PermissionError(13, "Permission denied", str(path))
            return way(path, *words, **named)

        monkeypatch.setattr(Path, kind, one)

    monkeypatch.chdir(tmp_path)
    for kind in ("stat", "open", "iterdir"):
        shut(kind)
    assert main(words) == exit_codes.UNREADABLE
    line = one_line(capsys)
    assert words[1] in line
    assert "Permission denied" in line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["schedule", "install", "list.toml", "--json"], "--json prints what is shown"),
        (["schedule", "remove", "list.toml", "--json"], "--json prints what is shown"),
        (["stories", ".", "-o", "out", "--reasons"], "leave --reasons"),
        (
            ["export", ".", "-o", "out", "--format", "jsonld", "--table", "panels"],
            "--format jsonld writes articles, and no panels: name another format",
        ),
        (["capture", "--urls", "none.txt"], "none.txt: can't be read as a list of URLs (No such file or directory)"),
        (["capture", "--urls", "."], ".: can't be read as a list of URLs (Is a directory)"),
        (["capture", "--urls", "latin.txt"], "latin.txt: is no list of URLs: it is not text in UTF-8"),
    ],
)
def test_what_would_have_no_effect_or_is_no_list_is_told(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.toml").write_text(WATCHLIST)
    (tmp_path / "latin.txt").write_bytes("https://news.example/café here".encode("latin-1"))
    assert main(words) == exit_codes.USAGE
    assert said in one_line(capsys)


def test_a_watchlist_in_order_is_told_in_json_where_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.toml").write_text(WATCHLIST)
    assert main(["run", str(tmp_path / "list.toml"), "--check", "--json"]) == exit_codes.OK
    found = json.loads(capsys.readouterr().out)
    assert found == {"watchlist": str(tmp_path / "list.toml"), "stories": 1, "sources": 0}


def test_a_list_of_urls_may_begin_with_a_mark_of_its_encoding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.txt").write_text("\ufeffftp://news.example/a\n", encoding="utf-8")
    assert main(["capture", "--urls", str(tmp_path / "list.txt")]) == exit_codes.USAGE
    assert "only http and https" in one_line(capsys)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "c", "--format", "jsonl", "-o", "c/tables"], "c/tables: belongs to the collection c"),
        (["export", "c", "-o", "c/tables/mine"], "c/tables/mine: belongs to the collection c"),
        (["stories", "c", "-o", "c/tables"], "c/tables: belongs to the collection c"),
        (["stories", "c", "-o", "c"], "c: is a collection"),
        (["extract", "c", "-o", "c/tables/articles.jsonl"], "c/tables/articles.jsonl: belongs to the collection c"),
        (["extract", "c", "--format", "parquet", "-o", "c/archive"], "c/archive: belongs to the collection c"),
    ],
)
def test_no_table_is_written_over_those_of_a_collection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Collection.create(tmp_path / "c").close()
    before = sorted(tmp_path.rglob("*"))
    assert main(words) == exit_codes.USAGE
    assert f"{said}; name another place with -o" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("host", ["https://www.news.example/", "www.news.example:8000", "news"])
def test_a_host_of_a_new_site_is_written_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], host: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["newsite", host, "https://www.news.example/a"]) == exit_codes.USAGE
    assert f"{host}: not a host; write it alone, such as www.news.example" in capsys.readouterr().err
