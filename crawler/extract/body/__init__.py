"""The article's own text among the blocks of its page.

``body`` takes the blocks that learned trees (``forest``, ``body.json``) are sure of (``weighing``), by a
``threshold`` that is lower where the page leaves more in doubt, and doubtful ``items`` between those taken. What the
trees are asked about are ``traits``: a block's words (``prose``), the boxes around it (``surroundings``), its place
beside the main one (``branches``), where its links lead (``destinations``). What a form says by itself is found by
rule: the author's lines (``author_lines``, ``biographies``), entries of a live blog (``live``), slideshows
(``slides``), lines that point elsewhere (``pointers``), to an advertisement (``advertising``) or to the outlet's
channels (``appeals``), what asks for consent (``dialogues``), asks something of the readers (``invitations``;
``pleas`` below it) or counts what they may read for free (``metering``), notes by the text (``notes``) unless
somebody says them (``speech``), East Asian newsrooms' lines around it (``editorial``), what no reader is shown
(``unseen``), text that is shown twice (``echoes``), headings of its parts (``subheads``) and without text
(``orphans``), the line that introduces it (``introduced``), and what the page's data say the text is (``told``).
``text`` puts the result together, each block of a ``kind``, with the ``embeds`` between its paragraphs, or takes what
the state of a page that shows next to nothing holds (``stored``); ``why_not`` tells why a block was left out.
"""

from crawler.extract.body.body import Body, find_body

__all__ = ["Body", "find_body"]
