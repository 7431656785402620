"""What a response carries from the download handler and from whoever asked for it."""

from __future__ import annotations

from scrapy.http import Response

from crawler.archive import Recorded
from crawler.model import Purpose, Role

REFUSALS = list(range(400, 600))
"""Statuses that Scrapy would keep from a spider, and that are answers all the same (``handle_httpstatus_list``)."""


def next_purpose(purpose: Purpose, role: Role, via: str, because: str) -> Purpose:
    """Why an address is asked for that the page ``via`` names, itself asked for by ``purpose``; empty: no page does."""
    return Purpose(role, story=purpose.story, via=via or None, hops=purpose.hops + 1, because=because)


def purpose_of(response: Response) -> Purpose:
    """Why it was asked for."""
    purpose: Purpose = response.meta["purpose"]
    return purpose


def recorded_of(response: Response) -> Recorded:
    """Where it lies in the archive."""
    recorded: Recorded = response.meta["recorded"]
    return recorded


def headers_of(response: Response) -> dict[str, str]:
    """Its header fields; values of those that came several times are joined."""
    return {name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in response.headers.items()}
