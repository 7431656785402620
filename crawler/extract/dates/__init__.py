"""Printed dates: one phrase of a page becomes a date with its bounds, anchored at the capture and never at now."""

from crawler.extract.dates.reader import is_date, read_date
from crawler.extract.dates.reading import DateReading

__all__ = ["DateReading", "is_date", "read_date"]
