"""Moments as others write them."""

from __future__ import annotations

import pytest

from crawler.model.moment import of_stamp, read_moment, rfc3339


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-30", "2026-11-30T00:00:00Z"),
        ("2026-11-30T08:00", "2026-11-30T08:00:00Z"),
        ("2026-11-30T08:00:00.5+01:00", "2026-11-30T07:00:00.5Z"),
        ("", None),
        (None, None),
        ("yesterday", None),
        ("2026-02-30", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("9999-12-31T23:59:59-05:00", None),
    ],
)
def test_iso_8601_is_read_as_utc_where_it_names_no_zone(text: str | None, moment: str | None) -> None:
    read = read_moment(text)
    assert (rfc3339(read) if read else None) == moment


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("20261130080000", "2026-11-30T08:00:00Z"),
        ("20261399000000", None),
        ("2026113008", None),
        ("202611300800000", None),
    ],
)
def test_fourteen_digits_are_a_moment_where_there_is_one(stamp: str, moment: str | None) -> None:
    read = of_stamp(stamp)
    assert (rfc3339(read) if read else None) == moment
