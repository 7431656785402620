"""Text dumps: the article in what another scraper left of a page, and what else of the page it left in between.

``lines`` tells what each line can be by its shape; ``head`` reads those before the first paragraph (``title`` by
``slug``, ``printed``, ``dated`` and ``signed`` for the date and the byline, within its ``zone``), ``body`` the
article's own, ``beside`` what was flattened into them (``cards``, ``profile``), by the words of ``lexicon``, in its
``language``. ``when`` bounds the times, and ``article`` puts it together.
"""

from crawler.extract.dump.article import extract_text_dump

__all__ = ["extract_text_dump"]
