"""What speaks for a day is the same whenever it is asked, in whatever order a set holds the other days."""

from __future__ import annotations

from datetime import date

from crawler.extract.publication.day_grounds import Day, KnownDays, standing_of


def test_midway_between_two_given_days_it_is_before_the_later_one() -> None:
    for month in range(1, 13):
        given = {date(2024, month, 5), date(2024, month, 15)}
        known = KnownDays(given, changed=set(), shown=set(), giver="other data")
        grounds = set(standing_of(Day(date(2024, month, 10)), known))
        assert "not shown, days before the given" in grounds
