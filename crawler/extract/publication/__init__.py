"""When the article was published and when it was changed.

``datings`` are the dates that witnesses give, read by ``crawler.extract.dates``; ``days`` gathers what speaks for each
day, and ``publication`` chooses the day, and the time on it.
"""

from crawler.extract.publication.publication import Decision, Stamp, choose_modified, choose_published

__all__ = ["Decision", "Stamp", "choose_modified", "choose_published"]
