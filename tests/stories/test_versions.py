from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from crawler.model import Article, Outcome
from crawler.stories.boring import why_boring
from crawler.stories.versions import versions_of

TEXT = [
    "The harbour authority closed the quay on Monday.",
    "Divers found cracks in 14 of its 212 piles.",
    "Fishing boats may still land their catch at the northern steps.",
]


@pytest.fixture
def capture(article: Callable[..., Article]) -> Callable[..., Article]:
    def make(day: int, text: list[str] | None = None, **fields: object) -> Article:
        made = article(TEXT if text is None else text, "https://courier.example/quay", headline="Quay closed")
        return replace(made, captured_at=f"2031-05-{day:02}T00:00:00Z", **fields)  # type: ignore[arg-type]

    return make


def changes(*captures: Article) -> list[str]:
    return [version.change for version in versions_of(captures)]


def test_an_untouched_page_stays_the_same(capture: Callable[..., Article]) -> None:
    assert changes(capture(1), capture(2), capture(3)) == ["first", "same", "same"]


def test_a_changed_figure_is_an_edit_that_stands_out(capture: Callable[..., Article]) -> None:
    later = capture(2, [TEXT[0], TEXT[1].replace("14", "17"), TEXT[2]])
    (_, version) = versions_of([later, capture(1)])
    (edit,) = version.edits
    assert (version.change, edit.kind, edit.changed, edit.boring) == ("edited", "changed", ("14 → 17",), None)
    assert (edit.before, edit.after) == (TEXT[1], TEXT[1].replace("14", "17"))


def test_sentences_come_go_and_move(capture: Callable[..., Article]) -> None:
    new = "The dockers' union has called a meeting for Thursday night."
    (_, grown, shrunk) = versions_of([capture(1), capture(2, [*TEXT, new]), capture(3, [TEXT[2], TEXT[0]])])
    assert [(edit.kind, edit.after) for edit in grown.edits] == [("added", new)]
    assert sorted(edit.kind for edit in shrunk.edits) == ["moved", "removed", "removed"]


def test_what_ticks_on_every_page_is_no_edit(capture: Callable[..., Article]) -> None:
    first = capture(1, [*TEXT, "Updated 3 hours ago", "12 Comments"])
    later = capture(2, [*TEXT, "Updated 2 days ago", "340 Comments"])
    (_, version) = versions_of([first, later])
    assert version.change == "boring"
    assert {edit.boring for edit in version.edits} == {"relative date, time of update", "count"}


def test_another_headline_or_byline_is_an_edit(capture: Callable[..., Article]) -> None:
    assert changes(capture(1), capture(2, headline="Quay shut for good")) == ["first", "edited"]
    assert changes(capture(1, authors=("N. Feld",)), capture(2, authors=("B. Moll",))) == ["first", "edited"]
    assert changes(capture(1), capture(2, headline="“Quay closed”")) == ["first", "same"]


def test_a_page_that_is_gone_was_there_before(capture: Callable[..., Article]) -> None:
    gone = capture(2, ["There is no such page."], outcome=Outcome.GONE)
    versions = versions_of([capture(1), gone, capture(3)])
    assert [(version.change, version.back) for version in versions] == [
        ("first", False), ("gone", False), ("same", True),
    ]  # fmt: skip


def test_a_refusal_says_nothing_of_the_text(capture: Callable[..., Article]) -> None:
    blocked = capture(2, outcome=Outcome.BLOCKED)
    assert changes(capture(1), blocked, capture(3)) == ["first", "unreadable", "same"]
    assert changes(capture(1, outcome=Outcome.GONE)) == ["unreadable"]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("Updated 3 hours ago by the desk.", "Updated 2 days ago by the desk.", "relative date"),
        ("vor 3 Stunden", "vor 2 Tagen", "relative date"),
        ("Shares: 1.2K", "Shares: 1.4K", "count"),
        (None, "Last updated: 14 May 2031, 10:20", "time of update"),
        ("5 min read", "6 min read", "reading time"),
        ("Lesezeit: 3 Minuten", "Lesezeit: 4 Minuten", "reading time"),
        ("Gepubliceerd 3 uur geleden", "Gepubliceerd 5 uur geleden", "relative date"),
        ("Опубликовано 3 часа назад", "Опубликовано 5 часов назад", "relative date"),
        ("발행 3시간 전", "발행 5시간 전", "relative date"),
        ("发布于3小时前", "发布于2天前", "relative date"),
        ("قبل 3 ساعات", "قبل 5 ساعات", "relative date"),
        ("12 комментариев", "14 комментариев", "count"),
        ("1234次阅读", "2234次阅读", "count"),
        ("Stand: 4. März 2031, 12:30 Uhr", "Stand: 4. März 2031, 14:10 Uhr", "time of update"),
        ("Updated 10:20 a.m. EST, Mar 4", "Updated 11:20 a.m. EST, Mar 4", "time of update"),
        ("Updated: 3 hurt at the quay", "Updated: 5 hurt at the quay", None),
        ("Stand 5 der Messe ist leer", "Stand 6 der Messe ist leer", None),
        ("Aggiornamento: 3 feriti", "Aggiornamento: 5 feriti", None),
        ("更新：2031年3月4日 12:30", "更新：2031年3月4日 14:10", "time of update"),
        ("手术前3小时不能进食。", "手术前5小时不能进食。", None),
        ("Поезд шёл 3 часа.", "Поезд шёл 5 часов.", None),
        ("Three days ago the quay was open.", "Three days ago the quay was shut.", None),
        ("14 piles are cracked.", "17 piles are cracked.", None),
        (None, "The mayor resigned 3 days ago.", None),
    ],
)
def test_boring_is_what_says_nothing_of_the_story(before: str | None, after: str | None, why: str | None) -> None:
    assert why_boring(before, after) == why


def test_a_number_as_long_as_a_book_is_looked_through_once() -> None:
    assert why_boring("1" * 20_000, "1" * 19_999 + "2") is None
