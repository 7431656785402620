"""Makes a recording out of an archive: the pages named, what they redirect to, and the fields that come out of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

from crawler.archive import Archive, open_archive
from crawler.archive.damage import not_held
from crawler.extract import extract_article
from crawler.model import Article, Capture
from crawler.testing import tape
from crawler.testing.expected import difference
from crawler.testing.fields import fields_of
from crawler.testing.recording import META, WARC, Recording, RecordingError, load, write_meta
from crawler.testing.tape import Answer
from crawler.testing.trim import trim

_HOPS = 10
"""Redirects that are followed, as many as browsers follow."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording that was made, and how it differs from the one before."""

    recording: Recording
    answers: int
    size: int
    """Bytes of its WARC."""
    changed: str
    """Difference of ``expected.json`` from the last one; empty where there is none."""


def record(
    archive: Path, urls: Sequence[str], folder: Path, *, at: datetime | None = None, whole: bool = False
) -> Recorded:
    """Make, or make again, the recording ``folder`` of ``urls`` in ``archive``, the page under test first.

    ``at`` chooses among captures of a URL the nearest in time; without it the latest counts. ``whole`` keeps styles,
    scripts and heads as they were. Raises ``RecordingError`` where a URL is not in the archive or ``folder`` holds
    other things, ``ArchiveError`` and ``OSError``.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / META).exists():
        raise RecordingError(f"{folder}: holds other things; name a new folder, or that of a recording to make again")
    with open_archive(archive) as opened:
        captures = [capture for url in dict.fromkeys(urls) for capture in _chain(opened, url, at)]
        answers = {capture.url: _answer(capture, whole) for capture in captures}
    folder.mkdir(parents=True, exist_ok=True)
    tape.write(folder / WARC, answers.values(), whole=whole)
    write_meta(folder, urls, captures[0].captured_at)
    recording = load(folder)
    old = recording.expected()
    new = fields_of(_article(_last(answers, urls[0]), recording))
    recording.expect(new)
    changed = difference(old, new) if old is not None and old != new else ""
    return Recorded(recording, len(answers), (folder / WARC).stat().st_size, changed)


def _chain(archive: Archive, url: str, at: datetime | None) -> Iterator[Capture]:
    capture = archive.find(url, at)
    if capture is None:
        raise RecordingError(not_held(url, archive))
    for _ in range(_HOPS):
        yield capture
        location = _location(capture.headers) if 300 <= (capture.status or 0) < 400 else None
        following = archive.find(urljoin(capture.url, location), at) if location else None
        if following is None:
            return
        capture = following


def _last(answers: dict[str, Answer], url: str) -> Answer:
    """The answer that a page's redirects end at."""
    answer = answers.get(url) or next(iter(answers.values()))
    for _ in range(_HOPS):
        location = _location(answer.headers) if 300 <= answer.status < 400 else None
        following = answers.get(urljoin(answer.url, location)) if location else None
        if following is None:
            break
        answer = following
    return answer


def _location(headers: Sequence[tuple[str, str]]) -> str | None:
    return next((value for name, value in headers if name.lower() == "location"), None)


def _answer(capture: Capture, whole: bool) -> Answer:
    body = capture.body()
    headers = capture.headers or ((("Content-Type", capture.mime),) if capture.mime else ())
    if not whole and (capture.mime or "").startswith(("text/html", "application/xhtml")):
        kind = next((value for name, value in headers if name.lower() == "content-type"), None)
        body = trim(body, url=capture.url, at=capture.captured_at, content_type=kind)
    return Answer(capture.url, capture.captured_at, capture.status_given, tuple(headers), body)


def _article(answer: Answer, recording: Recording) -> Article:
    return extract_article(answer.body, url=answer.url, captured_at=recording.at, headers=dict(answer.headers))
