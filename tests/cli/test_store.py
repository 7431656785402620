"""Collections of a store at the command line: a scheduled run puts them there, every reader takes them from there."""

from __future__ import annotations

import json
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler import demo as web
from crawler.cli import exit_codes
from crawler.jobs.demo import answer
from crawler.replay.authority import Authority
from crawler.replay.proxy import ProxyServer
from tests.archive.store.stores import files_of, record
from tests.forkserver import ForkServer
from tests.site import free_ports


@dataclass(frozen=True)
class Ran:
    """A run of the demo's watchlist: its collection in the store and in the spool."""

    stored: str
    spool: Path
    report: dict[str, Any]


@pytest.fixture
def ran(wirecopy: Any, bucket: str, tmp_path: Path) -> Ran:
    authority = Authority.create()
    (tmp_path / "authority.pem").write_bytes(authority.pem)
    with ProxyServer(answer, authority=authority) as proxy:
        (tmp_path / "news.toml").write_text(
            f'archives = "{bucket}/archives"\nproxy = "{proxy.url}"\nca_file = "authority.pem"\n'
            f'politeness = {{ delay = 0, retries = 0 }}\nstore = {{ endpoint = "{os.environ["AWS_ENDPOINT_URL"]}" }}\n'
            f"[[story]]\nurl = {json.dumps(web.SEED)}\ncopies = {json.dumps(list(web.COPIES))}\n"
        )
        done = wirecopy("run", tmp_path / "news.toml", "--json")
    return Ran(f"{bucket}/archives/news", tmp_path / "spool/news", json.loads(done.stdout))


@contextmanager
def served(forks: ForkServer, root: str | Path) -> Iterator[str]:
    """The address of a desk that shows ``root``."""
    port = free_ports()
    process = forks.start("crawler.cli:main", ["serve", str(root), "--port", str(port)])
    try:
        process.until(lambda: _answers(port))
        assert not process.ended(), process.finish()
        yield f"http://127.0.0.1:{port}"
    finally:
        os.kill(process.pid, signal.SIGINT)
        done = process.finish()
    assert (done.returncode, done.stderr) == (exit_codes.INTERRUPTED, "wirecopy serve: interrupted\n")


def _answers(port: int) -> bool:
    with suppress(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=120).close()
        return True
    return False


def told(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=120) as page:
        return json.loads(page.read().replace(address.encode().rpartition(b"/")[0], b""))


@pytest.mark.slow
def test_a_run_into_a_store_reads_from_there_as_from_its_spool(
    ran: Ran, wirecopy: Any, forks: ForkServer, tmp_path: Path
) -> None:
    assert ran.report["stories"] == 1
    assert ran.report["result"] != "storage"

    def same(*words: str | Path) -> str:
        stored, local = (
            wirecopy(*(str(word).replace("WHERE", str(where)) for word in words)) for where in (ran.stored, ran.spool)
        )
        assert (stored.returncode, stored.stderr) == (local.returncode, local.stderr)
        assert stored.stdout.replace(ran.stored, str(ran.spool)) == local.stdout
        return str(stored.stdout)

    assert len(same("extract", "WHERE").splitlines()) > 5
    all_there = ran.stored.rpartition("/")[0]
    assert wirecopy("extract", all_there).stdout == wirecopy("extract", ran.stored).stdout
    table = wirecopy("extract", all_there, "--format", "parquet", "-o", tmp_path / "table", "--json")
    assert json.loads(table.stdout)["rows"] == len(same("extract", "WHERE").splitlines())
    assert "sound" in same("verify", "WHERE")
    assert json.loads(same("stories", "WHERE", "--json"))
    assert "reached the quay" in same("extract", web.SEED, "WHERE") or web.SEED in same("extract", web.SEED, "WHERE")
    for where, out in ((ran.stored, "stored"), (ran.spool, "local")):
        assert wirecopy("export", where, "-o", tmp_path / out, "--format", "csv").returncode == exit_codes.OK
    exported = files_of(tmp_path / "local")
    assert exported
    assert files_of(tmp_path / "stored") == exported
    offline = wirecopy("capture", web.SEED, "--from", ran.stored, "-c", tmp_path / "copied", "--json")
    assert json.loads(offline.stdout)["pages"][0]["story"] == web.SEED
    index = wirecopy("index", ran.stored)
    assert index.returncode == exit_codes.OK, index.stderr
    assert same("verify", "WHERE")
    with served(forks, ran.stored.rpartition("/")[0]) as stored, served(forks, ran.spool.parent) as local:
        for page in ("articles.json", "stories.json"):
            assert told(f"{stored}/{page}") == told(f"{local}/{page}")
        assert told(f"{stored}/articles.json")


def test_push_and_pull_say_what_they_did(wirecopy: Any, bucket: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    pushed = wirecopy("push", collection, f"{bucket}/news/", "--json")
    assert pushed.returncode == exit_codes.OK, pushed.stderr
    assert json.loads(pushed.stdout) == {
        "address": f"{bucket}/news/ferries", "sent": 5, "held": 5, "removed": [], "kept": [],
        "bytes": sum(map(len, files_of(collection).values())),
    }  # fmt: skip
    assert "0 files, 0.0 MB sent; it holds 5 files" in wirecopy("push", collection, f"{bucket}/news/").stdout
    gone = wirecopy("push", collection, f"{bucket}/news/ferries", "--keep-local", "0s")
    assert "; 1 WARC is there alone now" in gone.stdout
    pulled = wirecopy("pull", f"{bucket}/news/ferries", cwd=tmp_path)
    assert "archives/ferries: 5 files" in pulled.stdout, pulled.stderr
    assert json.loads(wirecopy("verify", tmp_path / "archives/ferries", "--json").stdout)["worst"] is None


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("push", "ferries", "elsewhere"), exit_codes.USAGE, "elsewhere: no address of a store"),
        (("push", "ferries", "s3://"), exit_codes.USAGE, "names no bucket"),
        (("pull", "https://a.example/x"), exit_codes.USAGE, "no address of a store"),
        (("pull", "BUCKET/none"), exit_codes.UNREADABLE, "holds no collection"),
        (("push", "ferries", "s3://no-such-bucket-here/x"), exit_codes.STORAGE, "there is no such bucket"),
        (("push", "none", "BUCKET/x"), exit_codes.UNREADABLE, "does not exist"),
        (("verify", "BUCKET/none"), exit_codes.UNREADABLE, "holds no collection"),
        (("verify", "BUCKET/x.wacz"), exit_codes.USAGE, "takes a collection of a store"),
        (("export", "https://a.example/x", "-o", "out"), exit_codes.USAGE, "and no web address"),
        (("serve", "s3://no-such-bucket-here/x"), exit_codes.STORAGE, "there is no such bucket"),
        (("pack", "BUCKET/x"), exit_codes.USAGE, "`wirecopy pull` fetches it"),
        (("capture", "https://a.example/", "-c", "BUCKET/x"), exit_codes.USAGE, "is no folder of this machine"),
        (("extract", "BUCKET/none"), exit_codes.UNREADABLE, "holds no collection"),
        (("pack", "ferries", "-o", "BUCKET/x.wacz"), exit_codes.USAGE, "is no path of this machine"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(
    wirecopy: Any, bucket: str, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    record(tmp_path / "ferries", "one")
    done = wirecopy(*(word.replace("BUCKET", bucket) for word in words), cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_a_full_disk_here_is_a_line_and_the_pull_is_gone_on_with(wirecopy: Any, bucket: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one", size=300_000)
    assert wirecopy("push", collection, f"{bucket}/ferries").returncode == exit_codes.OK
    full = wirecopy("pull", f"{bucket}/ferries", tmp_path / "again", file_limit=200_000)
    assert full.returncode == exit_codes.STORAGE
    assert "the file may grow no further" in full.stderr
    assert len(full.stderr.splitlines()) == 1
    assert wirecopy("pull", f"{bucket}/ferries", tmp_path / "again").returncode == exit_codes.OK
    assert files_of(tmp_path / "again") == files_of(collection)


def test_a_store_that_is_given_up_is_waited_for_no_more(wirecopy: Any, bucket: str, tmp_path: Path) -> None:
    collection = record(tmp_path / "ferries", "one")
    kept, left = f"{bucket}/kept", f"{bucket}/left"
    for address in (left, kept):
        assert wirecopy("push", collection, address).returncode == exit_codes.OK
    record(collection, "two")  # which the store left does not get
    waits = wirecopy("push", collection, kept, "--keep-local", "0s")
    assert "1 stays until the other stores hold them (push there, or --give-up the store)" in waits.stdout
    done = wirecopy("push", collection, left, "--give-up")
    assert (done.returncode, done.stdout) == (exit_codes.OK, f"{left}: given up; what is there stays there\n")
    assert "1 WARC is there alone now" in wirecopy("push", collection, kept, "--keep-local", "0s").stdout
    refused = wirecopy("push", collection, kept, "--give-up")
    assert refused.returncode == exit_codes.STORAGE
    assert f"`wirecopy pull {kept} {collection}` brings them here" in refused.stderr
    assert wirecopy("push", collection, left, "--give-up").returncode == exit_codes.STORAGE
