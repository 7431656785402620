"""What the exceptions that end a request mean, in the vocabulary of the ledger and in words for the user."""

from __future__ import annotations

from scrapy.spidermiddlewares.httperror import HttpError

from crawler.fetch import failure
from crawler.fetch.robots import RobotsDenied
from crawler.model import Outcome


def outcome_of(error: BaseException) -> tuple[Outcome, str]:
    """The outcome of a request that ended in ``error``, and one line that says what happened.

    An error that names its own ``outcome`` is taken at its word.
    """
    if isinstance(outcome := getattr(error, "outcome", None), Outcome):
        return outcome, str(error)
    if isinstance(error, HttpError):
        return Outcome.REDIRECT, f"status {error.response.status} leads nowhere"
    if isinstance(error, RobotsDenied):
        return Outcome.ROBOTS_DENIED, "robots.txt asks crawlers not to fetch this"
    return failure.outcome_of(error), failure.message_of(error)
