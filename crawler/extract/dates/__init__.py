"""Printed dates: one phrase of a page becomes a date with its bounds, anchored at the capture and never at now.

``reader`` takes a phrase through the readers, each for one kind: ``machine``, ``relative`` (``usage``), ``printed``
(``numerals``, ``names``, ``day``), ``calendars``, and ``residue`` for what is left; ``clock`` reads the time in it.
What comes out is a ``reading``.
"""

from crawler.extract.dates.reader import is_date, read_date
from crawler.extract.dates.reading import DateReading

__all__ = ["DateReading", "is_date", "read_date"]
