from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.fetch.failure import attach
from crawler.fetch.recording import NotRecorded
from crawler.fetch.robots import RobotsDenied
from crawler.model import Outcome, RecordRef
from crawler.replay.offline import NotArchived
from crawler.spiders.miss import outcome_of


class Recorded:
    record = RecordRef("a.warc.gz", 0, 1, "urn:uuid:1")

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


@pytest.mark.parametrize(
    ("status", "outcome", "message"),
    [
        (304, Outcome.NOT_MODIFIED, "status 304"),
        (302, Outcome.CONSENT, "status 302"),
        (301, Outcome.REDIRECT, "status 301 leads nowhere"),
    ],
)
def test_a_response_nobody_follows_has_the_outcome_it_was_recorded_with(
    status: int, outcome: Outcome, message: str
) -> None:
    request = Request("http://news.example/", meta={"recorded": Recorded(outcome)})
    response = Response("http://news.example/", status=status, request=request)
    assert outcome_of(HttpError(response)) == (outcome, message)


def test_a_response_that_was_not_recorded_leads_nowhere() -> None:
    response = Response("http://news.example/", status=302)
    assert outcome_of(HttpError(response)) == (Outcome.REDIRECT, "status 302 leads nowhere")


def test_an_error_ends_as_it_was_recorded() -> None:
    error = DownloadFailedError("[<twisted.python.failure.Failure>]")
    attach(error, Outcome.ABORTED, "broken off in the head")
    assert outcome_of(error) == (Outcome.ABORTED, "broken off in the head")


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NotArchived("it holds no capture"), Outcome.NOT_ARCHIVED),
        (NotRecorded("the disk is full"), Outcome.NOT_ARCHIVED),
        (RobotsDenied("http://news.example/: forbidden"), Outcome.ROBOTS_DENIED),
        (OSError("no idea"), Outcome.UNREACHABLE),
    ],
)
def test_an_error_that_says_its_outcome_is_taken_at_its_word(error: Exception, outcome: Outcome) -> None:
    assert outcome_of(error)[0] is outcome
