"""One page by its URL: where an archive holds it, and its article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

from crawler.archive import ArchiveError, is_remote, open_archive
from crawler.archive.damage import behind
from crawler.jobs.captured_pages import SourceError, article_of_capture
from crawler.jobs.sources import is_archive
from crawler.model import Article, Capture
from crawler.model.presence import is_there

ARCHIVES = Path("archives")
"""Where collections are kept and looked for when nothing else is named."""
_HOPS = 10
"""Redirects that are followed inside an archive, as many as browsers follow."""
Find = Callable[[str, datetime | None], Capture | None]
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """A page that an archive holds."""

    archive: Path | str
    article: Article


def article_at(url: str, archives: Sequence[Path | str], at: datetime | None = None) -> Found:
    """The article of ``url`` captured nearest to ``at``, or last, in any of ``archives``; redirects are followed.

    Raises ``SourceError`` where none of them holds it, ``ArchiveError`` where its record can't be read.
    """
    best: Found | None = None
    damaged = ""
    for path in archives:
        if not is_remote(path) and not is_there(Path(path)):
            raise SourceError(f"{path}: there is no such file or folder")
        with open_archive(path) as archive:
            capture = _arrived(archive.find(url, at), archive.find, at)
            if capture is not None and (best is None or _nearer(capture, best.article, at)):
                best = Found(path, article_of_capture(capture))
            damaged = damaged or behind(archive, str(path))
    if best is None:
        raise SourceError(f"{' and '.join(map(str, archives))}: no capture of {url}{damaged}")
    return best


def collections(folder: Path = ARCHIVES) -> list[Path]:
    """The archives in ``folder``, by name; none where there is no such folder."""
    return sorted(path for path in folder.iterdir() if path.is_dir() and is_archive(path)) if folder.is_dir() else []


def holders(url: str, folder: Path = ARCHIVES) -> list[Path]:
    """The archives in ``folder`` that hold a capture of ``url``; those that can't be read are passed over."""
    return [path for path in collections(folder) if _holds(path, url)]


def _holds(path: Path, url: str) -> bool:
    try:
        with open_archive(path) as archive:
            return archive.find(url) is not None
    except ArchiveError:
        return False


def _arrived(capture: Capture | None, find: Find, at: datetime | None) -> Capture | None:
    """The capture that a chain of archived redirects ends at; the last one archived where it leads out."""
    for _ in range(_HOPS):
        if capture is None or not 300 <= (capture.status or 0) < 400:
            return capture
        location = next((value for name, value in capture.headers if name.lower() == "location"), None)
        following = find(urljoin(capture.url, location), at) if location else None
        if following is None:
            return capture
        capture = following
    return capture


def _nearer(capture: Capture, other: Article, at: datetime | None) -> bool:
    was = datetime.fromisoformat(other.captured_at) if other.captured_at else datetime.min.replace(tzinfo=UTC)
    goal = at or _LAST
    return abs(capture.captured_at - goal) < abs(was - goal)
