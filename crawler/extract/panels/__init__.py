"""What stands beside an article on its page: related stories, most read, people, topics, profiles.

``stories`` knows links to stories by their form (``targets`` tells what leads to none), ``card`` reads one with its
``outlet``, ``entity`` a name; ``headings`` are the words above them, ``naming`` where such words stand, ``opened`` what
one of them reaches. ``find`` walks the page, ``profile`` looks for boxes with followers, ``tags`` for those of the
article.
"""

from crawler.extract.panels.find import find_cards, find_panels
from crawler.extract.panels.profile import with_owners

__all__ = ["find_cards", "find_panels", "with_owners"]
