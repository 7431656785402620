"""A page parsed once: its characters, its tree, and its visible text as a flat row of blocks.

``charset`` makes characters of bytes, ``tree`` makes a tree of them, ``wrapping`` takes out what archives put around
it. ``layout`` walks over the tree once, by what ``tags`` and ``visibility`` say, into the ``blocks`` and boxes that
all else reads. Of them ``words`` weighs what class names and short lines say, ``anchor`` finds where the article
begins, and ``comments`` what readers wrote. ``page`` holds all of it together.
"""

from crawler.extract.page.page import Page, property_of, read_capture_time

__all__ = ["Page", "property_of", "read_capture_time"]
