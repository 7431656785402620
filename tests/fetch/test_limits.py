"""Big bodies: whole in the archive, bounded in memory, cut only where the operator says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

PIECE = bytes(range(256)) * 256
MANY = 200 * 16  # pieces: 200 MiB


def sized(pieces: int) -> Any:
    def answer(talk: Any) -> None:
        talk.socket.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % (pieces * len(PIECE))
        )
        for _ in range(pieces):
            talk.socket.sendall(PIECE)

    return answer


def chunked(pieces: int) -> Any:
    def answer(talk: Any) -> None:
        talk.socket.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(pieces):
            talk.socket.sendall(b"%x\r\n" % len(PIECE) + PIECE + b"\r\n")
        talk.socket.sendall(b"0\r\n\r\n")

    return answer


@pytest.fixture(scope="module")
def limited(serve: Any, crawl: Any) -> Any:
    server = serve({"/sized": sized(3), "/chunked": chunked(3), "/within": sized(1)})
    lanes = [[server.url("/sized")], [server.url("/chunked")], [server.url("/within")]]
    return server, crawl(lanes, WIRECOPY_MAX_BODY=100_000)


@pytest.mark.parametrize("path", ["/sized", "/chunked"])
def test_a_body_over_the_limit_is_cut_there_and_said_to_be(limited: Any, path: str) -> None:
    server, crawled = limited
    (kept,) = crawled.of(server.url(path))
    body = kept.response.partition(b"\r\n\r\n")[2]
    whole = PIECE * 3 if path == "/sized" else b"10000\r\n" + PIECE + b"\r\n10000\r\n" + PIECE
    assert body == whole[:100_000]
    assert (kept.outcome, kept.truncated) == ("too_large", "length")


@pytest.mark.parametrize("path", ["/sized", "/chunked"])
def test_scrapy_still_gets_what_there_is(limited: Any, path: str) -> None:
    server, crawled = limited
    answer = crawled.answers[f"GET {server.url(path)}"]
    assert answer["status"] == 200
    assert answer["size"] >= 99_000
    assert answer["recorded"] != "None"


def test_a_body_within_the_limit_is_whole(limited: Any) -> None:
    server, crawled = limited
    (kept,) = crawled.of(server.url("/within"))
    assert kept.response.endswith(PIECE)
    assert kept.truncated is None


@pytest.mark.parametrize(("answer", "most"), [(sized(64), 1 << 20), (chunked(64), 3 << 20)])
def test_what_is_more_than_its_request_may_bring_is_left_and_said_to_be(
    serve: Any, crawl: Any, answer: Any, most: int
) -> None:
    server = serve({"/film": answer})
    asked = {"url": server.url("/film"), "meta": {"download_maxsize": 1 << 20}}
    (kept,) = crawl([[asked]]).of(server.url("/film"))
    assert (kept.outcome, kept.truncated) == ("too_large", "length")
    assert len(kept.response) < most


def test_a_disk_that_fills_while_a_body_spills_ends_the_crawl_in_one_clear_line(
    serve: Any, crawl: Any, tmp_path: Path
) -> None:
    server = serve({"/": sized(48)})
    crawled = crawl([[server.url("/")]], collection=tmp_path / "full", file_limit=2 << 20)
    assert crawled.reason == "archive_error"
    assert "Traceback" not in crawled.log
    (line,) = [line for line in crawled.log.splitlines() if "cannot write" in line]
    assert str(tmp_path / "full") in line
    assert "may grow no further" in line
    answer = crawled.answers[f"GET {server.url('/')}"]
    assert answer["error"] == "NotRecorded"
    assert answer["ending"][0] == "not_archived"


@pytest.mark.slow
def test_200_megabytes_are_archived_whole_in_little_memory(serve: Any, crawl: Any, tmp_path: Path) -> None:
    server = serve({"/sized": sized(MANY), "/chunked": chunked(MANY + 1)})
    crawled = crawl([[server.url("/sized")], [server.url("/chunked")]], alone=True, collection=tmp_path / "big")
    assert crawled.peak_kb < 150 * 1024
    lengths = {block.url: block.length for block in crawled.blocks("response") if block.digest_is_right}
    assert lengths[server.url("/sized")] > MANY * len(PIECE)
    assert lengths[server.url("/chunked")] > (MANY + 1) * (len(PIECE) + len(b"10000\r\n\r\n"))
