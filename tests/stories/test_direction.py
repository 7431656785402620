from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from crawler.model import Article, Credit, Organization
from crawler.stories import align


def texts(first: Article, second: Article) -> str:
    return " | ".join(reason.text for reason in align(first, second).reasons)


def test_the_original_is_known_by_many_signs(original: Article, rewrite: Article) -> None:
    alignment = align(original, rewrite)
    assert alignment.direction == "original"
    assert len(alignment.reasons) >= 6
    assert all(reason.weight > 0 and reason.evidence for reason in alignment.reasons)


def test_the_other_way_round_says_the_same_with_the_sign_turned(original: Article, rewrite: Article) -> None:
    there, back = align(original, rewrite), align(rewrite, original)
    assert back.direction == "copy"
    assert sum(r.weight for r in back.reasons) == pytest.approx(-sum(r.weight for r in there.reasons), abs=0.3)


def test_equal_pages_are_undecided(original: Article) -> None:
    bare = replace(original, publisher=None)
    assert align(bare, replace(bare, url="https://other.example/quay")).direction == "undecided"


def test_dates_that_may_be_the_same_hour_prove_nothing(original: Article, rewrite: Article) -> None:
    bare = replace(rewrite, date_published="2031-03-14")
    assert "published on" not in texts(original, bare)


def test_a_date_bounded_by_the_page_is_used_with_its_bounds(original: Article, rewrite: Article) -> None:
    bounded = replace(
        rewrite,
        date_published="2031-03-16",
        date_published_earliest="2031-03-13T00:00:00+00:00",
        date_published_latest="2031-03-17T00:00:00+00:00",
    )
    assert "published on" not in texts(original, bounded)


def test_an_outlet_named_as_source_speaks_for_it(original: Article, rewrite: Article) -> None:
    assert "names The Velm Courier" in texts(original, rewrite)


def test_a_source_named_by_its_sites_address_speaks_for_it(original: Article, rewrite: Article) -> None:
    named = replace(rewrite, text=f"{rewrite.text}\n\nSource: velmcourier.example")
    unnamed = replace(original, url="https://www.velmcourier.example/quay", publisher=None)
    assert "names velmcourier.example, who published the other, as its source" in texts(unnamed, named)
    assert "as its source" not in texts(unnamed, replace(named, url="https://m.velmcourier.example/2"))


def test_a_canonical_link_to_another_site_is_strong(original: Article, rewrite: Article) -> None:
    pointing = replace(rewrite, canonical_url=original.url)
    reasons = {reason.text: reason.weight for reason in align(original, pointing).reasons}
    assert max(reasons.values()) == 2.0


def test_a_canonical_link_to_itself_is_no_evidence(original: Article, rewrite: Article) -> None:
    assert texts(original, replace(rewrite, canonical_url=rewrite.url)) == texts(original, rewrite)


def test_an_aggregator_that_credits_the_outlet_is_the_copy(original: Article) -> None:
    shown = replace(original, url="https://mirror.test/1", distributor=Organization("Mirror", "https://mirror.test/"))
    assert align(original, shown).direction == "original"
    assert align(shown, original).direction == "copy"


def test_a_page_on_another_site_than_the_outlets_that_it_names_as_its_own_is_the_copy(original: Article) -> None:
    outlet = Organization("The Velm Courier")
    own = replace(original, url="https://www.velmcourier.example/quay", publisher=outlet)
    shown = replace(own, url="https://mirror.test/1")
    assert "mirror.test credits The Velm Courier, whose page the other is" in texts(own, shown)
    assert align(shown, own).direction == "copy"
    assert "credits" not in texts(own, replace(own, url="https://velm-courier.test/1"))


@pytest.mark.parametrize("byline", ["The Velm Courier", "By Ilse Tarnow, the Velm Courier", "VELM COURIER STAFF"])
def test_a_byline_that_names_the_outlet_speaks_for_it(original: Article, byline: str) -> None:
    own = replace(original, url="https://www.velmcourier.example/quay", publisher=Organization("The Velm Courier"))
    shown = replace(
        own, url="https://mirror.test/1", publisher=Organization("Mirror"), byline=byline, authors=(), images=()
    )
    assert "the byline of Mirror names The Velm Courier, whose page the other is" in texts(own, shown)
    assert "the byline" not in texts(own, replace(shown, byline="By a Velm Couriers fan"))
    passed_on = replace(own, url="https://relay.test/1", distributor=Organization("Relay", "https://relay.test/"))
    assert "the byline" not in texts(passed_on, shown)


@pytest.mark.parametrize(
    ("outlet", "byline"),
    [
        ("The Sun", "By Sun Li"),
        ("The Times", "Ada Winter, Isle Times"),
        ("The Post", "Ada Winter, Post Office correspondent"),
        ("Herald", "Theo Herald"),
    ],
)
def test_a_byline_with_a_word_of_the_outlets_name_does_not(original: Article, outlet: str, byline: str) -> None:
    own = replace(original, url="https://own.example/quay", publisher=Organization(outlet))
    shown = replace(own, url="https://mirror.test/1", publisher=Organization("Mirror"), byline=byline, authors=())
    assert "the byline" not in texts(own, shown)


@pytest.mark.parametrize(
    ("outlet", "byline"),
    [
        ("The Sun", "By The Sun"),
        ("Seepost", "Von Seepost"),
        ("Courier", "Courier correspondent"),
        ("Sun", "Ada Winter | Sun"),
    ],
)
def test_an_outlet_of_one_word_is_known_in_a_byline(original: Article, outlet: str, byline: str) -> None:
    own = replace(original, url="https://own.example/quay", publisher=Organization(outlet))
    shown = replace(own, url="https://mirror.test/1", publisher=Organization("Mirror"), byline=byline, authors=())
    assert "the byline of Mirror names" in texts(own, shown)


def test_two_clients_of_one_agency_are_not_each_others_source(original: Article) -> None:
    one = replace(original, byline="Reuters", authors=(), images=(), publisher=Organization("Morning Bay"))
    other = replace(
        one, url="https://b.example/", publisher=Organization("Evening Bay"), date_published="2031-03-14T11:00:00+00:00"
    )
    alignment = align(one, other)
    assert alignment.direction == "undecided"
    assert "both credit Reuters" in texts(one, other)


def test_lost_brackets_in_a_quotation_are_shown(original: Article, rewrite: Article) -> None:
    (evidence,) = [r.evidence for r in align(original, rewrite).reasons if "brackets" in r.text]
    assert evidence == "[the council] → the council"


def test_a_broken_date_is_no_date(article: Callable[..., Article], original: Article) -> None:
    assert "published on" not in texts(original, replace(original, date_published="yesterday-ish"))


def test_a_text_within_another_may_be_its_first_version(original: Article) -> None:
    bare = replace(original, date_published=None, byline=None, authors=(), images=(), publisher=None)
    shorter = replace(bare, url="https://b.example/", text="\n\n".join((original.text or "").split("\n\n")[:5]))
    assert align(bare, shorter).direction == "undecided"


@pytest.mark.parametrize("kept", [3, 5, 7, 9])
@pytest.mark.parametrize("authors", [(), ("Nora Feld",)])
def test_the_order_of_the_arguments_decides_nothing(
    original: Article, rewrite: Article, kept: int, authors: tuple[str, ...]
) -> None:
    bare = replace(original, date_published=None, publisher=None, images=(), authors=authors, byline=None)
    other = replace(rewrite, date_published=None, text="\n\n".join((rewrite.text or "").split("\n\n")[:kept]))
    turned = {"original": "copy", "copy": "original", "undecided": "undecided"}
    assert align(bare, other).direction == turned[align(other, bare).direction]


def test_what_one_house_added_to_its_report_is_no_sign_that_the_first_was_cut_from_it(
    article: Callable[..., Article],
) -> None:
    first = article(
        [
            "An explosion was reported at a paint factory in Cardel.",
            "Residents were told to keep their windows closed.",
        ],
        "https://cardelpost.example/1",
        date_published="2031-01-10T07:00:00Z",
    )
    second = article(
        [
            "An explosion was reported at a paint factory in Cardel on Friday, and three people were hurt.",
            "Residents were told to keep their windows closed, and two schools sent their pupils home.",
            "About 60 firefighters were fighting the flames by the middle of the morning.",
        ],
        "https://cardelpost.example/2",
        date_published="2031-01-10T10:00:00Z",
    )
    assert align(first, second).direction == "original"
    assert [reason.text for reason in align(first, second).reasons if reason.weight < 0] == []
    elsewhere = replace(second, url="https://bay.example/2")
    assert [reason for reason in align(first, elsewhere).reasons if reason.weight < 0]


def test_days_without_a_zone_tell_who_was_first_where_one_lies_between(original: Article, rewrite: Article) -> None:
    days = [replace(original, date_published="2031-03-14"), replace(rewrite, date_published="2031-03-16")]
    assert "published on 2031-03-14" in texts(*days)
    assert align(*days[::-1]).reasons[0].weight < 0
    assert "published on" not in texts(days[0], replace(rewrite, date_published="2031-03-15"))


def test_words_that_name_the_speaker_or_the_hour_are_not_dropped_ones(article: Callable[..., Article]) -> None:
    line = "“I never wanted to make a film about the sea and the people who cannot leave it”"
    bare = article([line, "Her next film will be set in a laundry in Lisbon, of all places."], "https://a.example/1")
    named = article(
        [f"{line}, she said.", "10:30 Her next film will be set in a laundry in Lisbon, of all places."],
        "https://b.example/1",
    )
    assert "dropped" not in texts(bare, named)


def test_no_word_is_a_name_where_all_are_written_small(article: Callable[..., Article]) -> None:
    one = article("Власти города закроют движение по старому мосту с первого июля, и надолго.", "https://a.example/1")
    other = article("Власти города перекроют старый мост с первого июля, заявили вчера.", "https://b.example/1")
    assert "names and figures" not in texts(one, other)


@pytest.mark.parametrize(
    "credit",
    [
        Credit("The Velm Courier"),
        Credit("velmcourier.example"),
        Credit("© 2031 The Velm Courier. All rights reserved."),
        Credit("Dieser Artikel erschien zuerst in The Velm Courier."),
        Credit("the paper", "https://www.velmcourier.example/"),
    ],
)
def test_a_line_or_logo_beside_the_text_that_names_the_outlet_speaks_for_it(original: Article, credit: Credit) -> None:
    own = replace(original, url="https://www.velmcourier.example/quay", publisher=Organization("The Velm Courier"))
    shown = replace(own, url="https://mirror.test/1", publisher=Organization("Mirror"), images=(), credits=(credit,))
    assert "Mirror credits The Velm Courier, whose page the other is, beside its text" in texts(own, shown)
    assert align(own, shown).direction == "original"
    another = replace(shown, credits=(Credit("The Velm Couriers' Friend"),))
    assert "beside its text" not in texts(own, another)
    passed_on = replace(own, url="https://relay.test/1", distributor=Organization("Relay", "https://relay.test/"))
    assert "beside its text" not in texts(passed_on, shown)


def test_another_form_of_a_page_is_below_the_address_that_it_gives(original: Article) -> None:
    page = replace(original, url="https://velm.example/quay", canonical_url="https://velm.example/quay")
    for form in ("https://velm.example/amp/quay", "https://velm.example/quay?print=1", "https://m.other.example/quay"):
        assert align(page, replace(page, url=form)).direction == "original"
    front = replace(page, url="https://velm.example/quay-2", canonical_url="https://velm.example/")
    assert align(replace(page, canonical_url="https://velm.example/"), front).direction == "undecided"


def test_an_address_that_two_saved_pages_both_call_theirs_tells_nothing(original: Article) -> None:
    saved = replace(
        original, url=None, captured_at=None, canonical_url="https://velmcourier.example/pier", publisher=None
    )
    later = replace(saved, headline="Pier closed: what we know", text=f"{saved.text}\n\nThe union has answered.")
    found = texts(saved, later)
    assert "as the original" not in found
    assert "both credit" not in found
    assert "address of its story" in texts(replace(saved, url=saved.canonical_url), later)


@pytest.mark.parametrize("author", ["The Velm Courier", "Reuters"])
def test_an_outlet_in_the_place_of_an_author_is_nobody_who_wrote_it(
    original: Article, rewrite: Article, author: str
) -> None:
    bare = replace(original, authors=(), byline=None)
    assert "names who wrote it" not in texts(bare, replace(rewrite, authors=(author,), byline=f"By {author}"))
    assert "names who wrote it: Ada Winter" in texts(
        bare, replace(rewrite, authors=(author, "Ada Winter"), byline=f"By Ada Winter, {author}")
    )
