"""Small WARC files made to measure, right or wrong in one place."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

URL = "https://www.example.org/story"
DATE = "2026-03-01T09:30:00Z"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nHello"
GET = b"GET /story HTTP/1.1\r\nHost: www.example.org\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n0\r\n\r\n"
INFO = b"software: test/1\r\nformat: WARC File Format 1.1\r\n"
MESSAGE = "application/http; msgtype="
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def uuid(number: int) -> str:
    return f"<urn:uuid:00000000-0000-4000-8000-{number:012}>"


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def record(
    kind: str, block: bytes = b"", *, version: str = "WARC/1.1", end: bytes = b"\r\n\r\n", **fields: Any
) -> bytes:
    """A record; ``fields`` are its own fields with ``_`` for ``-``, None takes one away, a list repeats one."""
    said: dict[str, Any] = {"WARC-Type": kind, "WARC-Record-ID": uuid(1), "WARC-Date": DATE}
    if kind not in ("warcinfo", "metadata"):
        said["WARC-Target-URI"] = URL
    said["Content-Type"] = {
        "warcinfo": "application/warc-fields",
        "metadata": "application/warc-fields",
        "request": MESSAGE + "request",
        "response": MESSAGE + "response",
        "revisit": MESSAGE + "response",
        "continuation": None,
    }.get(kind, "text/plain")
    said["Content-Length"] = len(block)
    names = {name.lower(): name for name in said}
    for key, value in fields.items():
        name = key.replace("_", "-")
        said[names.get(name.lower(), name)] = value
    lines = [version]
    for name, value in said.items():
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                lines.append(f"{name}: {one}")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + block + end


def exchange(number: int = 10, body: bytes = b"Hello", url: str = URL, **fields: Any) -> tuple[bytes, bytes]:
    """A request and its response."""
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    fields = {"WARC_Target_URI": url, **fields}
    answer = record(
        "response", page, WARC_Record_ID=uuid(number), WARC_Payload_Digest=sha256(body),
        WARC_Block_Digest=sha256(page), WARC_Warcinfo_ID=uuid(0), **fields,
    )  # fmt: skip
    ask = record(
        "request", GET, WARC_Record_ID=uuid(number + 1), WARC_Concurrent_To=uuid(number),
        WARC_Warcinfo_ID=uuid(0), WARC_Block_Digest=sha256(GET), **fields,
    )  # fmt: skip
    return ask, answer


def warcinfo(**fields: Any) -> bytes:
    return record("warcinfo", INFO, **{"WARC_Record_ID": uuid(0), **fields})


def members(records: Iterable[bytes]) -> bytes:
    """One gzip member a record, always the same bytes."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def sound(exchanges: int = 2) -> list[bytes]:
    """A file that nothing is wrong with."""
    pairs = [exchange(10 * number, b"page %d" % number, f"{URL}/{number}") for number in range(1, exchanges + 1)]
    return [warcinfo(), *(one for pair in pairs for one in pair)]


def index_of(records: list[bytes], name: str) -> bytes:
    """The CDXJ of what :func:`sound` makes, packed by :func:`members`."""
    lines, at = [], 0
    for raw in records:
        length = len(members([raw]))
        head = raw.partition(b"\r\n\r\n")[0].decode()
        said = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
        if said["WARC-Type"] == "response":
            url = said["WARC-Target-URI"]
            values = {
                "url": url, "mime": "text/html", "status": "200", "digest": said["WARC-Payload-Digest"],
                "length": str(length), "offset": str(at), "filename": name,
            }  # fmt: skip
            lines.append(f"org,example)/story/{url[-1]} 20260301093000 {json.dumps(values)}\n")
        at += length
    return "".join(sorted(lines)).encode()


def wacz_files(records: list[bytes]) -> dict[str, bytes]:
    """The parts of a sound WACZ by name, without datapackage."""
    page = {"id": "1", "url": f"{URL}/1", "ts": DATE, "title": "A"}
    header = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    return {
        "archive/data.warc.gz": members(records),
        "indexes/index.cdxj": index_of(records, "data.warc.gz"),
        "pages/pages.jsonl": (json.dumps(header) + "\n" + json.dumps(page) + "\n").encode(),
    }


def described(files: dict[str, bytes], **changed: Any) -> dict[str, bytes]:
    """``files`` with the datapackage that lists them, and its digest."""
    resources = [
        {"name": Path(name).name, "path": name, "hash": sha256(data), "bytes": len(data)}
        for name, data in files.items()
    ]
    package = {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources, **changed}
    data = json.dumps(package).encode()
    digest = json.dumps({"path": "datapackage.json", "hash": sha256(data)}).encode()
    return {**files, "datapackage.json": data, "datapackage-digest.json": digest}


def write_wacz(path: Path, files: dict[str, bytes], deflated: Iterable[str] = ()) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data, zipfile.ZIP_DEFLATED if name in deflated else zipfile.ZIP_STORED)
    return path


def write_folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path
