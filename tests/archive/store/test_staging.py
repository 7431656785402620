"""A file is staged in a store where nobody sees it, verified, and takes the older one's place when it is published."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from crawler.archive.store import StoreError
from crawler.archive.store.s3_parts import PART
from crawler.archive.store.staging import Claim, Staged, Staging, staging_at
from tests.archive.store.gate import Gate


@pytest.fixture(params=["s3", "folder", "memory"])
def staging(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Staging]:
    if request.param == "s3":
        yield staging_at(request.getfixturevalue("bucket") + "/tables")
        return
    pytest.importorskip("fsspec", reason="wirecopy[s3] is not installed")
    yield staging_at((tmp_path / "store/tables").as_uri() if request.param == "folder" else f"memory://{tmp_path.name}")


def staged(staging: Staging, data: bytes) -> Staged:
    writing = staging.open("a.jsonl")
    for start in range(0, len(data), 1 << 20):
        writing.write(data[start : start + (1 << 20)])
    return writing.finish()


@pytest.mark.parametrize("size", [0, 1, PART, PART + 1])
def test_it_counts_when_it_is_published_and_not_before(staging: Staging, size: int) -> None:
    objects = staging.objects
    objects.write("a.jsonl", b"older")
    data = os.urandom(size)
    fresh = pickle.loads(pickle.dumps(staged(staging, data)))  # as from another machine
    assert objects.read("a.jsonl") == b"older"
    assert [name for name in objects.files() if not name.startswith(".")] == ["a.jsonl"]
    staging.publish(fresh)
    assert objects.read("a.jsonl") == data
    assert objects.files() == ["a.jsonl"]


def test_what_is_not_to_count_leaves_nothing(staging: Staging, tmp_path: Path) -> None:
    staging.discard(staged(staging, b"one"))
    begun = staging.open("a.jsonl")
    begun.write(b"two")
    begun.discard()
    (tmp_path / "file").write_bytes(b"three")
    staging.put("b.jsonl", tmp_path / "file")  # by a process that was killed then
    of_others = staging.put("c.jsonl", tmp_path / "file")
    staging.clear(frozenset(("a.jsonl", "b.jsonl")).__contains__)
    assert staging.objects.see("b.jsonl") is None
    staging.publish(of_others)
    assert staging.objects.files() == ["c.jsonl"]


def open_uploads(objects: Any) -> list[Any]:
    return list(objects.call("list", "", "list_multipart_uploads").get("Uploads", ()))


def test_of_calls_that_claim_an_address_in_the_same_moment_one_has_it(bucket: str, gate: Gate) -> None:
    both_begun = Barrier(2)
    listing = count()

    def fault(method: str, target: str) -> None:
        if method == "GET" and "uploads" in target and next(listing) < 2:
            both_begun.wait(60)

    gate.fault = fault
    calls = [staging_at(f"{bucket}/tables") for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        claims = list(pool.map(lambda call: call.claim("claim"), calls))
    assert [call.stands(claim) for call, claim in zip(calls, claims, strict=True)].count(True) == 1
    assert len(open_uploads(calls[0].objects)) == 1


def test_a_claim_that_another_took_before_the_store_told_of_it_is_claimed_again(bucket: str, gate: Gate) -> None:
    calls = [staging_at(f"{bucket}/tables") for _ in range(2)]
    others: list[Claim] = []
    listing = count()

    def fault(method: str, target: str) -> None:
        if method == "GET" and "uploads" in target and next(listing) == 0:
            others.append(calls[1].claim("claim"))

    gate.fault = fault
    claim = calls[0].claim("claim")
    assert calls[0].stands(claim)
    assert not calls[1].stands(others[0])
    assert [upload["UploadId"] for upload in open_uploads(calls[0].objects)] == [claim.staged.id]


@pytest.mark.parametrize("fault", ["cut", "cut-answer", "slow-down", "corrupt"])
def test_a_part_that_does_not_arrive_whole_is_sent_again(bucket: str, gate: Gate, fault: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"rows" * 1000)
    staging = staging_at(f"{bucket}/tables")
    gate.once(fault, holding="partNumber=1")
    staging.publish(staging.put("a", tmp_path / "file"))
    assert staging.objects.read("a") == b"rows" * 1000
    assert open_uploads(staging.objects) == []


def test_an_answer_that_is_lost_after_publishing_is_no_failure(bucket: str, gate: Gate) -> None:
    staging = staging_at(f"{bucket}/tables")
    fresh = staged(staging, b"rows")
    gate.once("cut-answer", method="POST", holding="uploadId=")
    staging.publish(fresh)
    assert staging.objects.read("a.jsonl") == b"rows"


def test_what_another_call_has_dropped_can_not_be_published(bucket: str, gate: Gate) -> None:
    staging = staging_at(f"{bucket}/tables")
    staging.objects.write("a.jsonl", b"older")
    fresh = staged(staging, b"rows")
    staging_at(f"{bucket}/tables").clear("a.jsonl".__eq__)
    gate.once("gone", method="POST", holding="uploadId=")  # as Amazon's answers; moto's says that it failed itself
    with pytest.raises(StoreError, match=r"tables/a.jsonl: what was sent of it was dropped by another call"):
        staging.publish(fresh)
    assert staging.objects.read("a.jsonl") == b"older"
