"""Who copied whom: sentence alignment, direction with reasons, and the stories that several articles tell."""

from crawler.stories.align import align
from crawler.stories.find import find_stories

__all__ = ["align", "find_stories"]
