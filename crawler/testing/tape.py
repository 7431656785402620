"""The WARC of a recording: small, without cookies, and the same bytes whenever it is made of the same pages."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.testing.recording import WARC, Recording

KEPT = frozenset(
    {"content-type", "content-language", "location", "link", "last-modified", "etag", "date", "x-robots-tag", "refresh"}
)
"""Fields of a response that a spider may read; the others name servers, visitors and caches."""
_PERSONAL = frozenset({"set-cookie", "set-cookie2", "authorization", "www-authenticate"})
_OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One response of a recording, its body without transfer and content coding."""

    url: str
    at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def write(path: Path, answers: Iterable[Answer], *, whole: bool = False) -> None:
    """Write ``answers`` as a WARC 1.1 file; ``whole`` keeps every field of the heads but cookies and codings."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    for answer in answers:
        record = _record(writer, answer, whole)
        writer.write_record(record)
        record.raw_stream.close()  # warcio leaves its temporary copy open
    path.write_bytes(out.getvalue())


def archive_of(recording: Recording, folder: Path) -> Path:
    """The archive to replay: the recording's own, or for a page written by hand one made of it in ``folder``."""
    page = recording.page
    if page.name == WARC:
        return page
    made = folder / WARC
    fields = (("Content-Type", recording.content_type),)
    write(made, [Answer(recording.urls[0], recording.at, 200, fields, page.read_bytes())])
    return made


def _record(writer: WARCWriter, answer: Answer, whole: bool) -> ArcWarcRecord:
    at = answer.at.astimezone(UTC).replace(microsecond=0)
    left_out = _PERSONAL | _OF_THE_WIRE
    fields = [
        (name, value)
        for name, value in answer.headers
        if name.lower() not in left_out and (whole or name.lower() in KEPT)
    ]
    fields.append(("Content-Length", str(len(answer.body))))
    named = f"{answer.url} {at.isoformat()} {answer.status} {hashlib.sha256(answer.body).hexdigest()}"
    record: ArcWarcRecord = writer.create_warc_record(
        answer.url,
        "response",
        payload=BytesIO(answer.body),
        http_headers=StatusAndHeaders(f"{answer.status} Recorded", fields, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, named)}>",
        },
    )
    return record
