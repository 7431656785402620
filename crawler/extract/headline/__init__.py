"""Which of a page's titles is the headline of its article.

``titles`` are read without the site's name around them, ``title_grounds`` say what speaks for each, and ``headline``
chooses by how far each ground is to be trusted, where the site's ``logo`` is none.
"""

from crawler.extract.headline.headline import find_titles, resolve_headline

__all__ = ["find_titles", "resolve_headline"]
