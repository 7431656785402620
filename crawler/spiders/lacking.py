"""What is lacking of a frame or film that stands in a text, though an answer came."""

from __future__ import annotations

from scrapy.http import Response

from crawler.extract.body.embeds import is_playlist
from crawler.fetch.remains import SHORTENED
from crawler.model import Outcome
from crawler.spiders.bounds import MAX_FILM
from crawler.spiders.carried import headers_of, recorded_of


def lacking_of(response: Response) -> tuple[Outcome, str] | None:
    """How it ended, and in words what there is not; None where it is there as a reader saw it."""
    if recorded_of(response).outcome is Outcome.TOO_LARGE:
        # Of what is left a piece may have come with its head.
        end = "cut off there" if SHORTENED in response.flags else "left"
        return Outcome.TOO_LARGE, f"more than {MAX_FILM >> 20} MiB: it was {end}"
    if response.status == 200 and is_playlist(response.url, headers_of(response).get("Content-Type", "")):
        return (
            Outcome.NEEDS_BROWSER,
            "a playlist: it is kept, the pieces of its film are not, which a player asks for",
        )
    return None
