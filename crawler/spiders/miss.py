"""What the exceptions that end a request mean, in the vocabulary of the ledger and in words for the user."""

from __future__ import annotations

from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.fetch.failure import ending_of
from crawler.fetch.robots import RobotsDenied
from crawler.model import Outcome


def outcome_of(error: BaseException) -> tuple[Outcome, str]:
    """The outcome of a request that ended in ``error``, and one line that says what happened.

    An error that names its own ``outcome`` is taken at its word.
    """
    if isinstance(outcome := getattr(error, "outcome", None), Outcome):
        return outcome, str(error)
    if isinstance(error, HttpError):
        return _unread(error.response)
    if isinstance(error, RobotsDenied):
        return Outcome.ROBOTS_DENIED, "robots.txt asks crawlers not to fetch this"
    return ending_of(error)


def _unread(response: Response) -> tuple[Outcome, str]:
    """A response whose status the spider does not read, as it was recorded."""
    recorded = response.request.meta.get("recorded") if response.request is not None else None
    outcome = recorded.outcome if recorded is not None else Outcome.REDIRECT
    leads_nowhere = " leads nowhere" if outcome is Outcome.REDIRECT else ""
    return outcome, f"status {response.status}{leads_nowhere}"
