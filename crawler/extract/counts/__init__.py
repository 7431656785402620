"""Printed counts: "483K+ Followers", "1,2 Mio." or "3万" as a number with its bound and precision.

``find`` looks for numbers beside words of ``labels``; ``read`` reads one, with its ``units`` and its ``bounds``.
"""

from crawler.extract.counts.find import find_counts, says_only_a_count
from crawler.extract.counts.labels import stems_of
from crawler.extract.counts.read import name_of, read_count

__all__ = ["find_counts", "name_of", "read_count", "says_only_a_count", "stems_of"]
