"""A small web of our own, its story and pictures invented, for ``wirecopy demo`` and the tests.

``web`` answers for all hosts: ``courier`` has the original of the ``story``, ``aggregator`` its copy with ``cards``
beside it, ``outlets`` the ``rewrite``, the reprint and the rest. ``markup`` and ``wire`` make pages and responses;
``truth`` is what a right reading finds.
"""

from crawler.demo.truth import TRUTH, Truth
from crawler.demo.web import COPIES, GONE, HOSTS, MOVED, ORIGINAL, REPRINT, REWRITE, SEED, SISTER, WALLED, answer
from crawler.demo.wire import Reply

__all__ = [
    "COPIES",
    "GONE",
    "HOSTS",
    "MOVED",
    "ORIGINAL",
    "REPRINT",
    "REWRITE",
    "SEED",
    "SISTER",
    "TRUTH",
    "WALLED",
    "Reply",
    "Truth",
    "answer",
]
