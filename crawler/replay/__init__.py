"""Serving an archive: to spiders without a network, and as an HTTP(S) proxy.

``holdings`` look captures up in all archives of a folder. ``offline`` answers a spider from one archive (``addon``,
``reading``); ``archive_proxy`` answers any client of ``proxy`` (``asked``, ``authority``, ``ranges``, ``miss``). For
the desk, ``shown`` makes a capture fit for a browser: ``page`` from the tokens of ``markup``, ``picture`` for what
scripts put in place, ``sheet`` for styles, ``refresh`` for pages that lead on, with ``addresses`` that lead into
the archive as ``address`` writes them. ``memento`` and ``cdx`` (``cdx_forms``) tell programs what is held.
"""

from crawler.replay.asked import Asked
from crawler.replay.authority import Authority, AuthorityError
from crawler.replay.proxy import Answer, ProxyServer, respond

__all__ = ["Answer", "Asked", "Authority", "AuthorityError", "ProxyServer", "respond"]
