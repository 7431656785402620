from __future__ import annotations

from crawler.model import Article, Count, Outcome
from crawler.stories.series import count_series

PAGE = "https://mirror.example/news/1"


def page(day: int, *counts: Count, url: str = PAGE, outcome: Outcome = Outcome.ARTICLE) -> Article:
    return Article(url, f"2031-05-{day:02}T12:00:00Z", outcome, counts=counts)


def followers(raw: str, value: int | None, precision: int = 1, *, plus: bool = False) -> Count:
    return Count("followers", raw, value, "Velm Courier", lower_bound=plus, precision=precision)


def views(value: int) -> Count:
    return Count("views", f"{value} views", value, precision=1)


def test_an_outlets_count_is_one_series_over_all_pages_of_a_site() -> None:
    other = "https://mirror.example/news/2"
    (series,) = count_series([page(3, followers("12,480", 12480), url=other), page(1, followers("12,345", 12345))])
    assert (series.site, series.of, series.name) == ("mirror.example", "Velm Courier", "followers")
    assert [(point.count.value if point.count else None, point.change, point.days) for point in series.points] == [
        (12345, None, None), (12480, 135, 2.0),
    ]  # fmt: skip


def test_a_pages_own_count_is_a_series_of_that_page() -> None:
    assert len(count_series([page(1, views(5)), page(1, views(9), url="https://mirror.example/news/2")])) == 2


def test_what_the_true_number_can_be() -> None:
    exact, rounded, least = (
        count_series([page(1, count)])[0].points[0]
        for count in (
            followers("12,345", 12345), followers("1.2K", 1200, 100), followers("483K+", 483000, 1000, plus=True),
        )
    )  # fmt: skip
    assert (exact.at_least, exact.at_most) == (12345, 12345)
    assert (rounded.at_least, rounded.at_most) == (1150, 1299)
    assert (least.at_least, least.at_most) == (483000, None)


def test_a_page_read_without_its_count_is_a_gap_and_a_refusal_is_none() -> None:
    (series,) = count_series([page(1, views(5)), page(2), page(3, outcome=Outcome.BLOCKED), page(4, views(8))])
    assert [(point.flags, point.change) for point in series.points] == [((), None), (("gap",), None), ((), 3)]


def test_a_counter_that_began_anew_is_flagged() -> None:
    (series,) = count_series([page(1, views(900)), page(2, views(890)), page(3, views(891))])
    assert [point.flags for point in series.points] == [(), ("reset",), ()]


def test_people_may_leave_but_not_half_of_them() -> None:
    values = [followers("9,000", 9000), followers("8,950", 8950), followers("40", 40)]
    (series,) = count_series([page(day, count) for day, count in enumerate(values, 1)])
    assert [point.flags for point in series.points] == [(), (), ("reset",)]


def test_rounding_otherwise_is_no_reset_but_another_form() -> None:
    (series,) = count_series(
        [page(1, followers("12,840 followers", 12840)), page(2, followers("12K+ followers", 12000, 1000, plus=True))]
    )
    assert [point.flags for point in series.points] == [(), ("label_changed",)]


def test_two_numbers_for_one_count_are_both_kept_and_decide_nothing() -> None:
    comments = [Count("comments", raw, value, precision=1) for raw, value in (("3", 3), ("0", 0))]
    (series,) = count_series([page(1, *comments), page(2, comments[0])])
    assert [point.flags for point in series.points] == [("ambiguous",), ("ambiguous",), ()]
    assert series.points[2].change is None


def test_captures_without_a_time_have_no_place_in_a_series() -> None:
    assert count_series([Article(PAGE, None, Outcome.ARTICLE, counts=(views(1),))]) == []
