"""Text dumps: the article in what another scraper left of a page, and what else of the page it left in between."""

from crawler.extract.dump.article import extract_text_dump

__all__ = ["extract_text_dump"]
