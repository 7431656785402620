"""Who copied whom: sentence alignment, direction with reasons, and the stories that several articles tell.

From values to values, in four steps:

- Which texts may hang together: ``index`` keeps ``candidates`` (``candidate_queries``, ``boilerplate``,
  ``index_file``) and, of large clusters, what was ``kept``; ``apart`` is what can be done at the same time, ``find``
  the whole for articles at hand.
- Which sentence is of which: ``sentences`` (``abbreviations``) are split, ``wording`` (``typography``, ``synonyms``) is
  what is compared, ``matching`` proposes and ``align`` decides, with ``moves``, ``changes`` (``figures``,
  ``number_words``, ``dates``, ``negation``, ``homographs``), ``quotations`` (``speakers``, ``saying``) and ``runs``.
- Who was first: ``direction`` weighs ``timing``, ``credit`` (``attribution``), ``traces`` (``names``) and ``outlets``.
- What is a story: ``relate`` joins both for two texts where the links are ``proof`` of copying and no ``forms`` that
  were filled in twice, ``families`` and ``tree`` for all.

Beside them, ``versions`` (``boring``) and ``series`` follow one page and one count through time; ``pictures`` and
``likeness`` find the source's pictures in a copy.
"""

from crawler.stories.align import align
from crawler.stories.find import find_stories

__all__ = ["align", "find_stories"]
