"""Records that were split: whether all segments of each are there, once, and as long together as the last one says.

WARC 1.1, section 7, and the three fields of section 5 that begin with ``WARC-Segment``. A series may go on in another
file, so a segment that is not here is a warning, as is everything else that is referred to and not there.
"""

from __future__ import annotations

from crawler.archive.verify.register import Register


def check_segments(register: Register) -> None:
    """Tell of series with a segment twice, with one missing, or with another length than the last segment says."""
    for origin, first, last, records, numbers, size in register.rows(
        "SELECT origin, min(number), max(number), count(*), count(DISTINCT number), total(size) FROM segments "
        "WHERE origin IS NOT NULL GROUP BY origin ORDER BY min(file), min(offset)"
    ):
        if records > numbers:
            _tell_twice(register, origin)
        elif first == 1 < last:  # that the first record is elsewhere was told; so may be the rest of one that is here
            _check_series(register, origin, last, numbers, int(size))


def _tell_twice(register: Register, origin: str) -> None:
    for number, file, offset, record, before in register.rows(
        "SELECT number, file, offset, id, before FROM (SELECT *, first_value(offset) OVER same AS before, "
        "row_number() OVER same AS place FROM segments WHERE origin = ? "
        "WINDOW same AS (PARTITION BY number ORDER BY rowid)) WHERE place > 1",
        origin,
    ):
        register.tell("segment-twice", f"segment {number} is there already, at {before}", file, offset, record)


def _check_series(register: Register, origin: str, last: int, numbers: int, size: int) -> None:
    row = register.one("SELECT file, offset, id, total FROM segments WHERE origin = ? AND number = ?", origin, last)
    assert row is not None
    file, offset, record, said = row
    if numbers < last:
        gap = register.one(
            "SELECT min(number + 1) FROM segments s WHERE origin = ? AND NOT EXISTS "
            "(SELECT 1 FROM segments t WHERE t.origin = s.origin AND t.number = s.number + 1)",
            origin,
        )
        assert gap is not None
        message = f"of its {last} segments {last - numbers} are not in this archive, the first of them number {gap[0]}"
        register.tell("segment-missing", message, file, offset, record)
    elif said is None:
        message = f"segment {last} has no WARC-Segment-Total-Length, and none follows it in this archive"
        register.tell("segment-missing", message, file, offset, record)
    elif said != size:
        message = f"WARC-Segment-Total-Length is {said}, its {last} segments have {size} bytes"
        register.tell("segment-length", message, file, offset, record)
