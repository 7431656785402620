"""S3-compatible stores: uploads in parts that can be gone on with, and SHA-256 checksums that the store works out.

An ETag is not relied on: of an upload in parts, and of encrypted objects, it is no digest of the bytes. Of the client
only s3fs's thin calls are used, so that each request is one this module asked for. API: Amazon S3, 2006-03-01.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawler import __version__
from crawler.archive.store.address import Access
from crawler.archive.store.faults import NoObject, StoreError, Unknown, telling
from crawler.archive.store.objects import Objects, Progress
from crawler.archive.store.patience import AT_FIRST, Patience
from crawler.archive.store.s3_parts import NO_PART, PART, Part, PartThere, base64, checksum_of_parts, parts_of
from crawler.archive.store.stored import Seen, Upload, check_same

LONGEST = 1800.0
"""Seconds for one request and all its tries. The client ends the wait for an answer, but none for a store that takes
what is sent only in part, as a server does that stands still."""


class S3Objects(Objects):
    """The objects below ``s3://bucket/prefix``."""

    def __init__(self, address: str, access: Access) -> None:
        said = tuple(sorted((name, value) for name, value in os.environ.items() if name.startswith("AWS_")))
        super().__init__(_client(access.endpoint, access.region, said), address.partition("://")[2], address, access)
        self._bucket, _, prefix = self._root.partition("/")
        self._prefix = f"{prefix}/" if prefix else ""

    def see(self, key: str) -> Seen | None:
        """As of any store, with its checksum."""
        try:
            found = self.call("look for", key, "head_object", Key=self.key_of(key), ChecksumMode="ENABLED")
        except NoObject:
            self._check_bucket()
            return None
        return Seen(int(found["ContentLength"]), found.get("ChecksumSHA256"))

    def write(self, key: str, data: bytes) -> None:
        """As of any store."""
        checksum = base64(sha256(data).digest())
        self.call("write", key, "put_object", Key=self.key_of(key), Body=data, ChecksumSHA256=checksum)
        self.confirm(key, len(data), sha256(data).hexdigest(), checksum)

    def checksum_of(self, file: Path) -> str | None:
        """The SHA-256 of a file of one part; of the digests of its parts where it has more."""
        return checksum_of_parts([part.digest for part in parts_of(file)], file.stat().st_size)

    def give_up(self, upload: Upload) -> None:
        """Drop the parts of an upload, and of every other that was begun for the same key."""
        for each in {*self.begun(upload.key), *([upload.id] if upload.id else [])}:
            self.drop(upload.key, each)

    def drop(self, key: str, upload: str) -> None:
        """Drop the parts of one upload; nothing happens where it is completed, was dropped, or the store can't."""
        with suppress(NoObject, Unknown):
            self.call("drop", key, "abort_multipart_upload", Key=self.key_of(key), UploadId=upload)

    def _send(
        self,
        key: str,
        file: Path,
        digest: str,
        upload: Upload | None,
        began: Callable[[Upload], None],
        progress: Progress,
    ) -> str | None:
        size = file.stat().st_size
        if size <= PART:
            data = file.read_bytes()
            check_same(file, sha256(data).hexdigest(), digest)
            began(Upload(key))
            checksum = base64(sha256(data).digest())
            self.call("write", key, "put_object", Key=self.key_of(key), Body=data, ChecksumSHA256=checksum)
            progress(size)
            return checksum
        return self._send_parts(key, file, digest, upload, began, progress)

    def _send_parts(
        self,
        key: str,
        file: Path,
        digest: str,
        upload: Upload | None,
        began: Callable[[Upload], None],
        progress: Progress,
    ) -> str | None:
        there = self._there(upload) if upload and upload.id else {}
        if not there or upload is None:
            if upload:
                self.give_up(upload)
            began(Upload(key))
            answer = self.call(
                "write", key, "create_multipart_upload", Key=self.key_of(key), ChecksumAlgorithm="SHA256"
            )
            upload = Upload(key, str(answer["UploadId"]))
            began(upload)
        state, digests, sent = sha256(), [], []
        for part in parts_of(file):
            state.update(part.data)
            digests.append(part.digest)
            tag = there.get(part.number, NO_PART).of(part) or self._send_part(upload, part)
            sent.append({"PartNumber": part.number, "ETag": tag, "ChecksumSHA256": base64(part.digest)})
            progress(len(part.data))
        try:
            check_same(file, state.hexdigest(), digest)
        except StoreError:
            self.give_up(upload)
            raise
        self.call(
            "write", key, "complete_multipart_upload",
            Key=self.key_of(key), UploadId=upload.id, MultipartUpload={"Parts": sent},
        )  # fmt: skip
        return checksum_of_parts(digests, file.stat().st_size)

    def _send_part(self, upload: Upload, part: Part) -> str:
        answer = self.call(
            "write", upload.key, "upload_part",
            Key=self.key_of(upload.key), UploadId=upload.id, PartNumber=part.number, Body=part.data,
            ChecksumSHA256=base64(part.digest),
        )  # fmt: skip
        return str(answer["ETag"])

    def _there(self, upload: Upload) -> dict[int, PartThere]:
        """The parts that an earlier try has sent; none where the store knows no such upload any more."""
        found: dict[int, PartThere] = {}
        marker = 0
        while True:
            try:
                answer = self.call(
                    "look for parts of", upload.key, "list_parts",
                    Key=self.key_of(upload.key), UploadId=upload.id, PartNumberMarker=marker,
                )  # fmt: skip
            except NoObject:
                return {}
            for part in answer.get("Parts", ()):
                found[part["PartNumber"]] = PartThere(part["Size"], part["ETag"], part.get("ChecksumSHA256"))
            if not answer.get("IsTruncated"):
                return found
            marker = answer["NextPartNumberMarker"]

    def begun(self, key: str) -> Iterator[str]:
        """The uploads in parts that the store has open for a key; all of them are ours, as the key is."""
        name = self.key_of(key)
        answer = self.call("look for parts of", key, "list_multipart_uploads", Prefix=name)
        yield from (each["UploadId"] for each in answer.get("Uploads", ()) if each["Key"] == name)

    def _check_bucket(self) -> None:
        """A missing bucket answers as a missing object does: tell them apart. Raises ``StoreError``."""
        try:
            self.call("reach", "", "head_bucket")
        except NoObject:
            raise StoreError(
                f"{self.address}: there is no such bucket; make it, or correct the address", self.address
            ) from None

    def call(self, doing: str, key: str, method: str, **fields: Any) -> dict[str, Any]:
        """Ask the store, in the words of its API; ``doing`` and ``key`` say in an error what was asked."""
        from fsspec.asyn import sync

        with telling(doing, self.where(key)):
            answer: dict[str, Any] = sync(  # type: ignore[no-untyped-call]
                self._fs.loop, self._fs._call_s3, method, Bucket=self._bucket, timeout=LONGEST, **fields
            )
            return answer

    def _make_folder(self, key: str) -> None:
        """There are no folders in a bucket."""

    def key_of(self, key: str) -> str:
        """What the object is called in the bucket."""
        return f"{self._prefix}{key}" if key else self._prefix.rstrip("/")


@lru_cache(maxsize=4)
def _client(endpoint: str | None, region: str | None, environment: tuple[tuple[str, str], ...]) -> Any:
    """The client of a store, shared by all that is asked of it while the environment says the same."""
    from s3fs.core import S3FileSystem

    attempts = dict(environment).get("AWS_MAX_ATTEMPTS")
    client = S3FileSystem(
        session=None if attempts else Patience().session(),
        endpoint_url=endpoint,
        client_kwargs={"region_name": region} if region else {},
        config_kwargs={
            "user_agent": f"wirecopy/{__version__}",  # the client's own is put together anew for each request
            "retries": {"mode": "standard", "total_max_attempts": int(attempts or AT_FIRST)},
            "connect_timeout": 10,
            "read_timeout": 60,
            # Checksums are ours, SHA-256; the client's own CRC in trailers is refused by many stores.
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        },
        max_concurrency=1,  # else it asks for an object's size before its bytes
        use_listings_cache=False,
        skip_instance_cache=True,
    )
    client.retries = 1  # the client below it does that
    return client
