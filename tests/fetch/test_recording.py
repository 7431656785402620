"""What a crawl's exchanges are handed to is finished, whatever else goes wrong at its end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crawler.archive import Collection
from tests.fetch.conftest import CRAWL
from tests.forkserver import ForkServer

READER = """\
import runpy, sys
from crawler.fetch.recording import Recording

opening = Recording.from_crawler.__func__

def opened(cls, crawler):
    recording = opening(cls, crawler)
    recording.before_close.callback(lambda: 1 / 0)
    return recording

Recording.from_crawler = classmethod(opened)
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def test_a_collection_is_finished_though_what_reads_it_cannot_be_closed(
    serve: Any, forks: ForkServer, tmp_path: Path
) -> None:
    server = serve({"/": lambda talk: talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine")})
    (tmp_path / "reader.py").write_text(READER)
    settings = {
        "WIRECOPY_COLLECTION": str(tmp_path / "c"), "WIRECOPY_ALLOW_ADDRESSES": ["127.0.0.0/8"],
        "ROBOTSTXT_OBEY": False,
    }  # fmt: skip
    told = {
        "settings": settings, "lanes": [[{"url": server.url("/")}]], "sink": None, "constants": {}, "names": {}
    }  # fmt: skip
    done = forks.run(tmp_path / "reader.py", [CRAWL], stdin=json.dumps(told).encode())
    assert done.returncode == 0, done.stderr
    assert "division by zero. The collection is finished all the same." in done.stderr
    with Collection(tmp_path / "c") as collection:
        assert [capture.url for capture in collection.captures()] == [server.url("/")]
        assert collection.left_out == []
    assert (tmp_path / "c" / "indexes" / "index.cdxj").stat().st_size
