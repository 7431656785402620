"""The table of pictures that copies took over: which is which of the source's, cropped or not, caption changed or not.

What a picture looks like is worked out once and kept beside the tables, by the digest of its bytes.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from crawler.archive import Archive, ArchiveError
from crawler.export.rows import Row
from crawler.extract.images.fingerprint import PictureError, can_see, fingerprint
from crawler.model import Image, RecordRef
from crawler.model.picture import Fingerprint, Likeness
from crawler.stories.likeness import compare
from crawler.stories.pictures import PictureMatch, match_pictures

INDEX = "pictures.sqlite"
"""The file beside the tables that keeps fingerprints; made again if it is missing."""
MAX_PICTURE = 64 << 20
"""Bytes of a picture that are read."""
_BLIND = "pictures of copies are compared by address and bytes alone; pip install 'wirecopy[images]' to see crops"

logger = logging.getLogger(__name__)


class Gallery:
    """The pictures of an archive: their digests, and their fingerprints as far as they can be seen.

    Close it after use. Raises ``OSError`` where the file of fingerprints can't be written.
    """

    def __init__(self, file: Path, archive: Archive) -> None:
        self._archive = archive
        self._file = file
        self._db = _open(file)
        self._sees = can_see()
        self._told = False

    def keep(self) -> None:
        """Keep what was worked out."""
        try:
            self._db.commit()
        except sqlite3.Error as error:
            raise _explained(error, self._file) from error

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def matches(self, copies: Iterable[Row], pictures_of: Callable[[str], Sequence[Image]]) -> Iterator[Row]:
        """The rows of ``image_matches`` of rows of ``copies``; ``pictures_of`` gives the pictures of a record's page.

        Without Pillow only addresses and bytes are compared, and the log says so.
        """
        for row in copies:
            if not row["source_record_id"] or row["role"] == "version":
                continue
            if not self._sees and not self._told:
                self._told = True
                logger.warning(_BLIND)
            ours, theirs = pictures_of(row["record_id"]), pictures_of(row["source_record_id"])
            for match in match_pictures(ours, theirs, self.digest, self.look):
                yield _row(row, match)

    def digest(self, image: Image) -> str | None:
        """The digest of a picture's bytes; None where they were not captured."""
        row = self._archive.index().get(image.record.id) if image.record else None
        return row.payload_digest if row else None

    def look(self, one: Image, other: Image) -> Likeness | None:
        """How like two pictures are; None where they are not, or one cannot be seen."""
        first, second = self._print(one), self._print(other)
        return compare(first, second) if first and second else None

    def _print(self, image: Image) -> Fingerprint | None:
        digest = self.digest(image)
        if not self._sees or digest is None or image.record is None:
            return None
        known = self._db.execute("SELECT width, height, tones FROM pictures WHERE digest = ?", (digest,)).fetchone()
        if known is None:
            made = self._see(image.record, image.url)
            known = (made.width, made.height, made.tones) if made else (0, 0, b"")
            self._keep(digest, *known)
        return Fingerprint(*known) if known[0] else None

    def _keep(self, *row: object) -> None:
        try:
            self._db.execute("INSERT INTO pictures VALUES (?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise _explained(error, self._file) from error

    def _see(self, record: RecordRef, url: str) -> Fingerprint | None:
        try:
            return fingerprint(self._archive.capture(record).body(MAX_PICTURE))
        except PictureError as error:
            logger.info("%s: %s", url, error)
        except ArchiveError as error:
            logger.warning("%s: %s", url, error)
        return None


def _open(file: Path) -> sqlite3.Connection:
    """The file of fingerprints, made anew where it is damaged."""
    for attempt in (1, 2):
        db = sqlite3.connect(file.absolute())
        try:
            db.execute(
                "CREATE TABLE IF NOT EXISTS pictures (digest TEXT PRIMARY KEY, width INT, height INT, tones BLOB)"
            )
            db.execute("SELECT width, height, tones FROM pictures LIMIT 1").fetchone()
        except sqlite3.DatabaseError as error:
            db.close()
            if attempt == 2:
                raise _explained(error, file) from error
            file.unlink(missing_ok=True)
        else:
            return db
    raise AssertionError("unreachable")


def _explained(error: sqlite3.Error, file: Path) -> OSError:
    full = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
    return OSError(errno.ENOSPC if full else errno.EIO, str(error), str(file))


def _row(copy: Row, match: PictureMatch) -> Row:
    image, source, likeness = match.image, match.source, match.likeness
    key = ("story_id", "article_url", "captured_at", "record_id")
    named = ("source_url", "source_captured_at", "source_record_id")
    return {
        **{name: copy[name] for name in key},
        "image_url": image.url,
        "image_record_id": image.record.id if image.record else None,
        **{name: copy[name] for name in named},
        "source_image_url": source.url,
        "source_image_record_id": source.record.id if source.record else None,
        "method": match.method,
        "distance": likeness.distance if likeness else None,
        "correlation": likeness.correlation if likeness else None,
        "cropped": {"one": "copy", "other": "source"}.get(likeness.cropped or "") if likeness else None,
        "part": likeness.part if likeness else None,
        "caption": image.caption,
        "source_caption": source.caption,
        "caption_change": match.caption,
        "credit": image.credit,
        "source_credit": source.credit,
        "credit_change": match.credit,
    }
