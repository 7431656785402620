"""Files staged in S3-compatible stores: uploads in parts that are not completed until the file is to count.

Nobody sees such an upload, it can be completed from another machine than the one that sent it, and completing it puts
the object in the place of the older one at once, without a copy. API: Amazon S3, 2006-03-01.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import md5, sha256

from crawler.archive.store.faults import Altered, NoObject, StoreError, Unknown
from crawler.archive.store.s3 import S3Objects
from crawler.archive.store.s3_parts import PART
from crawler.archive.store.staging import Claim, Staged, Staging, Writing

_MOST_PARTS = 10_000
"""Parts of one upload that S3 takes."""


class S3Staging(Staging):
    """Where files below an address are staged."""

    objects: S3Objects

    def open(self, key: str) -> S3Writing:
        """A new file on its way to ``key``."""
        return S3Writing(self.objects, key)

    def publish(self, staged: Staged) -> None:
        """Have a file count, in the place of the older one: from now on whoever asks for it gets all of it."""
        if staged.id is None:
            self.objects.write(staged.key, b"")
            return
        parts = [
            {"PartNumber": number, "ETag": tag, "ChecksumSHA256": checksum}
            for number, (tag, checksum) in enumerate(staged.parts, 1)
        ]
        whole = _checksum_of(staged)
        try:
            self.objects.call(
                "write", staged.key, "complete_multipart_upload",
                Key=self.objects.key_of(staged.key), UploadId=staged.id, MultipartUpload={"Parts": parts},
            )  # fmt: skip
        except NoObject as error:  # completed before, by a try whose answer was lost; or dropped
            if not self.objects.holds(staged.key, staged.size, staged.digest, whole):
                raise _dropped(self.objects.where(staged.key)) from error
        else:
            self.objects.confirm(staged.key, staged.size, staged.digest, whole)

    def discard(self, staged: Staged) -> None:
        """Drop a file that is not to count."""
        if staged.id is not None:
            self.objects.drop(staged.key, staged.id)

    def _claim(self, key: str) -> Claim:
        """By an upload to this name."""
        staged = self.open(key).begun()
        try:
            claims = self._claims(key)
            if staged.id in claims:  # else, where the store tells of others, one of them has taken it already
                for upload in claims - {staged.id}:
                    self.objects.drop(key, upload)
        except BaseException:
            with suppress(StoreError):  # the next claim drops it
                self.discard(staged)
            raise
        return Claim(staged, told=bool(claims))

    def stands(self, claim: Claim) -> bool:
        """Whether nobody has claimed it since."""
        return not claim.told or claim.staged.id in self._claims(claim.staged.key)

    def _claims(self, key: str) -> set[str]:
        try:  # by its whole name, as MinIO tells of no uploads below a prefix
            return {*self.objects.begun(key)}
        except Unknown:
            return set()

    def clear(self, is_mine: Callable[[str], bool]) -> None:
        """Drop what was staged or begun directly below the address for names that are ``mine`` and does not count."""
        with suppress(Unknown):  # not all stores tell of uploads; they, or their rules, drop them some day
            for key, upload in list(self._uploads()):
                if is_mine(key):
                    self.objects.drop(key, upload)

    def _uploads(self) -> Iterator[tuple[str, str]]:
        prefix = self.objects.key_of("")
        prefix = f"{prefix}/" if prefix else ""
        marker: dict[str, str] = {}
        while True:
            answer = self.objects.call("look for uploads to", "", "list_multipart_uploads", Prefix=prefix, **marker)
            for each in answer.get("Uploads", ()):
                yield each["Key"].removeprefix(prefix), each["UploadId"]
            if not answer.get("IsTruncated"):
                return
            marker = {"KeyMarker": answer["NextKeyMarker"], "UploadIdMarker": answer["NextUploadIdMarker"]}


class S3Writing(Writing):
    """A file on its way, of which no more than two parts are in memory."""

    objects: S3Objects

    def discard(self) -> None:
        """Drop it."""
        self.objects.drop(self.key, self._id)

    def begun(self) -> Staged:
        """The upload, of which nothing is sent."""
        return Staged(self.key, 0, self.state.hexdigest(), self._id)

    def _begin(self) -> None:
        self._buffer = bytearray()
        self._parts: list[tuple[str, str]] = []
        answer = self.objects.call(
            "write", self.key, "create_multipart_upload",
            Key=self.objects.key_of(self.key), ChecksumAlgorithm="SHA256",
        )  # fmt: skip
        self._id = str(answer["UploadId"])

    def _add(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) >= PART:
            self._send(bytes(self._buffer[:PART]))
            del self._buffer[:PART]

    def _finish(self) -> Staged:
        if self._buffer:
            self._send(bytes(self._buffer))
            self._buffer.clear()
        if not self._parts:  # an upload has to have a part, and a part bytes
            self.discard()
        return Staged(
            self.key, self.size, self.state.hexdigest(), self._id if self._parts else None, tuple(self._parts)
        )

    def _send(self, data: bytes) -> None:
        """Send a part; one that the store tells differently of is sent once more."""
        where = self.objects.where(self.key)
        if len(self._parts) == _MOST_PARTS:
            most = PART * _MOST_PARTS // 10**9
            raise StoreError(
                f"{where}: grows above the {most} GB that one object can have here; write less to it", where
            )
        checksum = b64encode(sha256(data).digest()).decode()
        told: str | None = None
        for _ in range(2):
            try:
                answer = self.objects.call(
                    "write", self.key, "upload_part",
                    Key=self.objects.key_of(self.key), UploadId=self._id, PartNumber=len(self._parts) + 1, Body=data,
                    ChecksumSHA256=checksum,
                )  # fmt: skip
            except NoObject as error:
                raise _dropped(where) from error
            told, tag = answer.get("ChecksumSHA256"), str(answer["ETag"])
            if told == checksum or (not told and tag.strip('"') == md5(data, usedforsecurity=False).hexdigest()):
                break
        else:
            # An ETag that is no MD5 tells nothing (of an encrypted object): the whole is read back once it counts.
            if told:
                raise Altered(f"{where}: what arrived is not what was sent; run again", where)
        self._parts.append((tag, checksum))


def _dropped(where: str) -> StoreError:
    return StoreError(f"{where}: what was sent of it was dropped by another call that writes there; run again", where)


def _checksum_of(staged: Staged) -> str:
    """What a store that works out checksums tells of the object: that of the digests of its parts."""
    digests = b"".join(b64decode(checksum) for _, checksum in staged.parts)
    return f"{b64encode(sha256(digests).digest()).decode()}-{len(staged.parts)}"
