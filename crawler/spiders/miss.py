"""What the exceptions that end a request mean, in the vocabulary of the ledger and in words for the user."""

from __future__ import annotations

from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.fetch.failure import ending_of
from crawler.fetch.redirect import WALL
from crawler.fetch.robots import RobotsDenied
from crawler.model import Outcome


def outcome_of(error: BaseException, request: Request | None = None) -> tuple[Outcome, str]:
    """The outcome of ``request``, which ended in ``error``, and one line that says what happened.

    An error that names its own ``outcome`` is taken at its word. A page behind a redirect to a consent or login page
    ended there, whether or not that page could be had.
    """
    outcome, message = _outcome_of(error)
    wall = request.meta.get(WALL) if request is not None else None
    if wall is None or outcome is Outcome.ADDRESS_DENIED:
        return outcome, message
    return wall, f"redirected to a {wall.value} page, which did not come: {message}"


def _outcome_of(error: BaseException) -> tuple[Outcome, str]:
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
