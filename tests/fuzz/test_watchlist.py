from __future__ import annotations

from pathlib import Path

from hypothesis import given

from crawler.jobs.watchlist import WatchlistError
from crawler.jobs.watchlist.reading import parse_watchlist
from crawler.jobs.watchlist.template import template
from tests.fuzz.mutation import fuzzed, mutated

WATCHLIST = template(
    contact="mailto:a@example.org", story=["https://www.example.org/1"], source=["https://example.org/"], archives="a"
).encode()


@fuzzed
@given(mutated(WATCHLIST, *(line + b"\n" for line in WATCHLIST.splitlines())))
def test_a_watchlist_is_read_or_its_mistakes_are_told(data: bytes) -> None:
    try:
        parse_watchlist(data.decode("utf-8", "replace"), Path("watch.toml"))
    except WatchlistError as error:
        assert str(error)
