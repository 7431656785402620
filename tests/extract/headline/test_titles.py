from __future__ import annotations

import pytest

from crawler.extract.headline.titles import before_bar, cut_title, ends_title, separators, shown_part

TITLE = "Seal refuses to leave the bakery"
NAMES = {"harbourtimes", "harbourtimesexample"}


@pytest.mark.parametrize(
    "title",
    [
        "Seal refuses to leave the bakery | Harbour Times",
        "Seal refuses to leave the bakery - harbour-times.example",
        "Harbour Times: Seal refuses to leave the bakery",
        "Seal refuses to leave the bakery &#8211; Harbour Times",
    ],
)
def test_the_sites_name_is_cut_off(title: str) -> None:
    assert cut_title(title, NAMES) == TITLE


def test_of_a_title_with_a_section_the_part_that_the_page_shows_is_told() -> None:
    title = "Seal refuses to leave the bakery – News – Harbour Times"
    assert shown_part(title, {"seal refuses to leave the bakery"}, NAMES) == TITLE
    assert shown_part(title, {"another line"}, NAMES) is None


def test_a_dash_inside_a_title_stays() -> None:
    title = "Lamp comes home - and nobody knows how to light it"
    assert cut_title(title, {"harbourtimes"}) == title


def test_quotation_marks_of_a_title_stay() -> None:
    assert cut_title("»Nobody asked the seal«", {"harbourtimes"}) == "»Nobody asked the seal«"


def test_a_line_ends_a_title_only_behind_a_separator() -> None:
    assert ends_title("Seal refuses to leave | The Quay", "the quay")
    assert not ends_title("Seal refuses to leave the bakery", "the bakery")


def test_what_stands_before_a_bar() -> None:
    assert before_bar("Seal refuses to leave | Opinion | Harbour") == "Seal refuses to leave"
    assert before_bar("Seal refuses to leave") is None
    assert before_bar("Animals | Seal refuses to leave") is None
    assert before_bar("Seals at the pier | Baker opens his shop at night for one of them") is None


def test_separators_of_a_title() -> None:
    assert separators("Animals: a seal – and a baker | Harbour") == {"a colon", "a dash", "a bar"}
    assert separators("A seal-coloured cake") == set()


@pytest.mark.parametrize("title", ["旧渡轮重返港口_灯塔日报", "旧渡轮重返港口 _ 新闻_灯塔日报"])
def test_underscores_part_the_titles_of_chinese_sites(title: str) -> None:
    assert cut_title(title, {"灯塔日报", "新闻"}).startswith("旧渡轮重返港口")
    assert "灯塔日报" not in cut_title(title, {"灯塔日报", "新闻"})


def test_the_part_of_a_chinese_title_that_the_page_shows_is_told() -> None:
    assert (
        shown_part("旧渡轮九个冬天后重返港口_社会_灯塔日报", {"旧渡轮九个冬天后重返港口"}, set())
        == "旧渡轮九个冬天后重返港口"
    )


def test_an_underscore_within_a_name_parts_nothing() -> None:
    assert cut_title("The harbour_times account is back", NAMES) == "The harbour_times account is back"


def test_a_run_of_underscores_is_looked_through_once() -> None:
    assert cut_title("Seal refuses to leave " + "_" * 300_000, NAMES).startswith("Seal refuses to leave")
