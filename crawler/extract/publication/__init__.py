"""When the article was published and when it was changed.

``datings`` are the dates that witnesses give, read by ``crawler.extract.dates``; ``days`` are those of them that may
be the day of publication, ``day_grounds`` say what speaks for each, and ``publication`` chooses the day, and the time
on it.
"""

from crawler.extract.publication.publication import Decision, Stamp, choose_modified, choose_published

__all__ = ["Decision", "Stamp", "choose_modified", "choose_published"]
