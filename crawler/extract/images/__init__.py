"""The article's own pictures among those of its page, each with its place, caption and credit.

``picture`` reads one element, with its ``srcset``, and ``asset`` its addresses; ``caption_lines``, ``caption_parts``,
``credited`` (with ``caption_boxes`` and ``caption_forms``) and ``captions`` read the words around it,
``closing_credit`` a line under the text; ``furniture`` knows what is none of the article, ``films`` what lies on cards
of films, ``images`` chooses.
``fingerprint`` is apart from pages: it makes of a picture's bytes what copies are known by.
"""

from crawler.extract.images.images import find_images

__all__ = ["find_images"]
