"""A small web of our own, its story and pictures invented, for ``wirecopy demo`` and the tests."""

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
