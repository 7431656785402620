"""Who wrote the article: one byline chosen among those that the witnesses give.

``byline`` chooses, by what ``byline_grounds`` say of each; ``signatures`` are the names that each witness gives, and
``persons`` tells what kind of bearer a name has, by the rest of the page.
"""

from crawler.extract.authors.byline import choose_authors

__all__ = ["choose_authors"]
