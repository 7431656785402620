"""Which page of a captured story came first, and what the others share with it, whichever of them was named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.archive import Recorded
from crawler.jobs.pages import Packed, Pages
from crawler.jobs.relations import relations
from crawler.model import Article, Organization, Outcome, Purpose, RecordRef, Role
from crawler.spiders.wanted import Page

TEXT = "\n\n".join(
    f"The harbour board of Kelm voted by {number} to {12 - number} on berth {number} for the old ferry."
    for number in range(1, 10)
)
AT = datetime(2031, 5, 9, tzinfo=UTC)


def page(name: str, role: Role, published: str | None, *, confirmed: bool | None = None, outlet: str | None = None,
         originals: tuple[str, ...] = ()) -> Page:  # fmt: skip
    record = RecordRef("a.warc.gz", 1, 2, name)
    article = Article(
        f"https://{name}.example/ferry", "2031-05-09T00:00:00Z", Outcome.ARTICLE, headline="Ferry returns to Kelm",
        text=TEXT, date_published=published, date_published_earliest=published, date_published_latest=published,
        publisher=Organization(outlet) if outlet else None, original_urls=originals, record=record,
    )  # fmt: skip
    recorded = Recorded(record, AT, Outcome.OK, "", False)
    return Page(f"https://{name}.example/ferry", Purpose(role, story="s"), article, recorded, 200, confirmed)


def found(*pages: Page) -> tuple[dict[str, str], frozenset[str]]:
    told = relations(Pages([Packed.of(each) for each in pages]))
    return told.words, told.originals


REBLOG = page("reblog", Role.SEED, "2031-05-04T10:00:00Z")
DIGEST = page("digest", Role.CANDIDATE, "2031-05-03T10:00:00Z", confirmed=True)
LEDGER = page("ledger", Role.CANDIDATE, "2031-05-01T10:00:00Z", confirmed=True, outlet="The Ledger")


@pytest.mark.parametrize("pages", [(REBLOG, DIGEST, LEDGER), (REBLOG, LEDGER, DIGEST)])
def test_a_page_that_was_only_proposed_is_the_original_where_it_came_first(pages: tuple[Page, ...]) -> None:
    words, originals = found(*pages)
    assert originals == {"ledger"}
    assert set(words) == {"reblog", "digest"}
    for relation in words.values():
        assert relation.startswith("100% of its text is in The Ledger's; the original came first: ")


def test_the_page_that_was_named_is_the_original_where_it_came_first() -> None:
    words, originals = found(page("ledger", Role.SEED, "2031-05-01T10:00:00Z"), DIGEST)
    assert originals == {"ledger"}
    assert set(words) == {"digest"}


def test_nothing_is_called_the_original_where_nobody_knows_who_came_first() -> None:
    words, originals = found(page("one", Role.SEED, None), page("two", Role.CANDIDATE, None, confirmed=True))
    assert originals == frozenset()
    assert words == {"two": "100% of its text is in one.example's; which came first is undecided"}


def test_a_page_that_was_fetched_as_the_original_stays_it() -> None:
    ledger = page("ledger", Role.ORIGINAL, "2031-05-01T10:00:00Z")
    words, originals = found(ledger, REBLOG)
    assert (set(words), originals) == ({"reblog"}, {"ledger"})


def test_a_page_alone_has_no_relation() -> None:
    assert found(REBLOG) == ({}, frozenset())
