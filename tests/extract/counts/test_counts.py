from __future__ import annotations

import pytest
from babel.numbers import format_compact_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.counts import find_counts, name_of, read_count
from crawler.extract.page import Page
from crawler.model import Count


def number(phrase: str, language: str | None = None) -> int | None:
    count = read_count(phrase, language=language)
    return count.value if count else None


def test_an_abbreviated_count_is_a_lower_bound_where_it_says_so() -> None:
    assert read_count("712K+ Followers") == Count("followers", "712K+ Followers", 712000, None, True, 1000)


def test_precision_is_the_unit_of_the_last_printed_digit() -> None:
    precise = {phrase: count.precision for phrase in ("1.2K", "12K", "1,234", "3万") if (count := read_count(phrase))}
    assert precise == {"1.2K": 100, "12K": 1000, "1,234": 1, "3万": 10000}


@pytest.mark.parametrize(
    ("phrase", "language", "expected"),
    [
        ("1,2 Mio.", "de", 1_200_000),
        ("1,2 Mio. Follower", None, 1_200_000),
        ("12,3 тыс.", "ru", 12_300),
        ("12,3 тыс. подписчиков", None, 12_300),
        ("3万", "ja", 30_000),
        ("3万", None, 30_000),
        ("1億2345万回視聴", "ja", 123_450_000),
        ("1 億 2000 万 回視聴", "ja", 120_000_000),
        ("1.2万次播放", "zh", 12_000),
        ("3.5w", "zh", 35_000),
        ("1.2 lakh", None, 120_000),
        ("1.2 lakh", "en-IN", 120_000),
        ("3 crore views", "en-IN", 30_000_000),
        ("5 mil", "es", 5_000),
        ("5 mil", "cs", 5_000_000),
        ("5 mil", None, None),
        ("2 M", "id", 2_000_000_000),
        ("2M", "en", 2_000_000),
        ("1,5 B", "tr", 1_500),
        ("3bn views", "en-GB", 3_000_000_000),
        ("12K", "de", 12_000),
        ("2,5 k", "fr", 2_500),
        ("1.2345K", "en", None),
    ],
)
def test_what_a_unit_multiplies_by_depends_on_the_language(
    phrase: str, language: str | None, expected: int | None
) -> None:
    assert number(phrase, language) == expected


COMPACT = "en de es fr it pt ru pl sv tr ja zh ko hi id vi uk nl"


@pytest.mark.parametrize("language", COMPACT.split())
def test_cldrs_own_abbreviations_are_read_back(language: str) -> None:
    for value in (2_000, 40_000, 3_000_000, 7_000_000_000):
        for form in ("short",) if language in {"ja", "zh", "ko"} else ("short", "long"):  # no long form there
            printed = format_compact_decimal(value, format_type=form, locale=language)
            assert number(printed, language) == value, printed


@pytest.mark.parametrize(
    ("phrase", "language", "expected"),
    [
        ("1,234", None, 1234),
        ("1.234", "de", 1234),
        ("1.234", None, 1234),
        ("1.234", "en", None),
        ("1 234 567", "ru", 1234567),
        ("1\u202f234", "fr", 1234),
        ("1’234", "de-CH", 1234),
        ("1,23,456", "en-IN", 123456),
        ("1.234M", None, None),
        ("1.234M", "en", 1_234_000),
        ("4.5", None, None),
        ("١٢٣", "ar", 123),
    ],
)
def test_marks_group_or_divide_as_language_and_digits_say(
    phrase: str, language: str | None, expected: int | None
) -> None:
    assert number(phrase, language) == expected


@pytest.mark.parametrize(
    "phrase",
    ["undefined Followers", "User since undefined NaN", "NaN views", "Comments", "12% shares", "3:15", "$3M",
     "5 min read", "-5 likes", "", "3rd", "999999999999999999999", "Posted 3 days ago", "COVID-19 views",
     "1/2 comments", "Artikel 13", "Beitrag 4 ", "Post 7"],
)  # fmt: skip
def test_what_is_no_count_is_none(phrase: str) -> None:
    assert read_count(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Comments / 7", ("comments", 7)),
        ("Comments (12)", ("comments", 12)),
        ("Followers: 1,234", ("followers", 1234)),
        ("Artikel: 13", ("posts", 13)),
        ("Posts 13", ("posts", 13)),
        ("61K+\nPost", ("posts", 61000)),
        ("12 of 30 comments", ("comments", 30)),
        ("12 Kommentare", ("comments", 12)),
        ("3.5万粉丝", ("followers", 35000)),
        ("댓글12개", ("comments", 12)),
        ("コメント12件", ("comments", 12)),
        ("1,2 mln seguidores", ("followers", 1200000)),
        ("123 تعليق", ("comments", 123)),
        ("4 partages", ("shares", 4)),
        ("9 likes", ("likes", 9)),
        ("1.2 लाख फ़ॉलोअर्स", ("followers", 120000)),
    ],
)
def test_the_phrases_own_word_names_the_count(phrase: str, expected: tuple[str, int]) -> None:
    count = read_count(phrase)
    assert count is not None
    assert (count.name, count.value) == expected


@pytest.mark.parametrize(
    "phrase", ["over 1.2 million views", "mehr als 1,2 Mio. Aufrufe", ">1.2M views", "1.2M+ views"]
)
def test_more_than_makes_a_lower_bound(phrase: str) -> None:
    count = read_count(phrase)
    assert count is not None
    assert (count.value, count.lower_bound) == (1_200_000, True)


@pytest.mark.parametrize(
    "phrase",
    ["10-20 comments", "1–2 million followers", "100 to 200 comments", "less than 100 comments", "up to 50 views",
     "½ million followers", "1e6 followers"],
)  # fmt: skip
def test_a_range_an_upper_bound_and_a_fraction_are_none(phrase: str) -> None:
    assert read_count(phrase, language="en") is None


@pytest.mark.parametrize(
    ("phrase", "language", "expected"),
    [
        ("3,4 M d’abonnés", "fr", ("followers", 3_400_000)),
        ("1,5 M de seguidores", "es", ("followers", 1_500_000)),
        ("5 mi de visualizações", "pt-BR", ("views", 5_000_000)),
        ("12件のコメント", "ja", ("comments", 12)),
        ("12 komentářů", "cs", ("comments", 12)),
        ("3 σχόλια", "el", ("comments", 3)),
        ("5 लाख व्यूज़", "hi", ("views", 500_000)),
        ("1,2 Tr người theo dõi", "vi", ("followers", 1_200_000)),
        ("۱۲۳ نظر", "fa", ("comments", 123)),
    ],
)
def test_what_joins_number_and_label_is_known_by_language(
    phrase: str, language: str, expected: tuple[str, int]
) -> None:
    assert counts_of(f"<span>{phrase}</span>", language) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "<a>34 comments</a> <a>1.5K views</a>",
        "<p>Comments <b>34</b> Views <b>1.5K</b></p>",
        "<dl><dt>Comments</dt><dd>34</dd><dt>Views</dt><dd>1.5K</dd></dl>",
    ],
)
def test_each_number_of_a_line_has_its_own_label(body: str) -> None:
    assert counts_of(body) == [("comments", 34), ("views", 1500)]


def test_a_bound_may_stand_outside_of_the_numbers_element() -> None:
    found = find_counts(Page("<div>over <b>1 million</b> views</div>", url="https://news.example/a"))
    assert [(count.value, count.lower_bound) for count in found] == [(1_000_000, True)]


def test_the_caller_may_name_what_is_counted() -> None:
    count = read_count("61K+", name="posts")
    assert count == Count("posts", "61K+", 61000, None, True, 1000)


def test_labels_are_known_alone() -> None:
    assert name_of("Followers") == "followers"
    assert name_of("Просмотров") == "views"
    assert name_of("About") is None


def counts_of(body: str, language: str = "en") -> list[tuple[str, int | None]]:
    page = Page(f"<html lang={language}><body>{body}</body></html>", url="https://news.example/a")
    return [(count.name, count.value) for count in find_counts(page)]


def test_counts_are_found_by_the_structure_of_the_text() -> None:
    body = "<div><b>61K+</b><span>Followers</span></div><p>1.2M views</p><a href=#c>Comments <i>(12)</i></a>"
    assert counts_of(body) == [("followers", 61000), ("views", 1200000), ("comments", 12)]


def test_a_count_shown_twice_is_one_and_two_values_are_two() -> None:
    assert counts_of("<p>12 comments</p><div>12 Comments</div><div>Comments / 0</div>") == [
        ("comments", 12),
        ("comments", 0),
    ]


def test_the_language_of_the_page_is_used() -> None:
    assert counts_of("<p>5 mil seguidores</p>", "es") == [("followers", 5000)]


def test_counts_of_many_cards_are_not_the_pages_own() -> None:
    cards = "".join(f"<li><a href=/s{n}>Story</a> <span>{n} comments</span></li>" for n in range(1, 9))
    assert counts_of(f"<ul>{cards}</ul>") == []


@pytest.mark.parametrize(
    "body",
    [
        "<nav>3 comments</nav>",
        "<p>Washington Post 5</p>",
        "<script>12 likes</script>",
        "<p>undefined Followers</p>",
        "<p>5 min read</p>",
        "<p>He wrote 3 posts about the 2 views of the harbour that day and kept all of them.</p>",
    ],
)
def test_sentences_names_and_furniture_hold_no_counts(body: str) -> None:
    assert counts_of(body) == []


def test_structured_counts_are_read() -> None:
    likes = '{"interactionType":"https://schema.org/LikeAction","userInteractionCount":"9"}'
    data = f'{{"@type":"NewsArticle","commentCount":4,"interactionStatistic":{likes}}}'
    assert counts_of(f"<script type=application/ld+json>{data}</script>") == [("comments", 4), ("likes", 9)]


@settings(max_examples=150)
@given(st.text(max_size=50), st.sampled_from([None, "en", "de", "ja", "ar", "xx", "zh-Hant-TW"]))
def test_no_phrase_raises(phrase: str, language: str | None) -> None:
    count = read_count(phrase, language=language)
    assert count is None or (count.value is not None and 0 <= count.value < 10**12)


@settings(max_examples=100)
@given(st.integers(0, 999), st.sampled_from([("K", 10**3), ("M", 10**6), ("B", 10**9), ("", 1)]), st.booleans())
def test_round_numbers_with_english_units_are_read_back(number: int, unit: tuple[str, int], plus: bool) -> None:
    count = read_count(f"{number}{unit[0]}{'+' if plus else ''} followers")
    assert count == Count("followers", count.raw if count else "", number * unit[1], None, plus, unit[1])


@settings(max_examples=100)
@given(st.integers(0, 10**11))
def test_grouped_integers_are_read_back(number: int) -> None:
    assert read_count(f"{number:,} views", language="en") == Count("views", f"{number:,} views", number, None, False, 1)


SPACES = " \u00a0\u2005\u2007\u2008\u2009\u200a\u202f\u205f"
ZEROS = "0٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐０"
LEAST = {
    "en": "at least", "cs": "více než", "pl": "ponad", "hu": "több mint", "ro": "peste", "fi": "yli", "uk": "понад",
    "el": "πάνω από", "vi": "hơn", "id": "lebih dari", "da": "mindst", "sv": "minst", "ru": "свыше", "bg": "над",
}  # fmt: skip
MOST = {
    "en": "almost", "cs": "méně než", "pl": "prawie", "hu": "kevesebb mint", "ro": "mai puțin de", "fi": "alle",
    "uk": "майже", "el": "λιγότερα από", "vi": "dưới", "id": "kurang dari", "da": "næsten", "sv": "nästan",
    "ru": "почти", "zh": "近", "de": "bis zu",
}  # fmt: skip


@given(st.integers(1000, 10**9), st.sampled_from(SPACES), st.sampled_from(ZEROS))
def test_digits_of_every_script_and_spaces_of_every_width_are_read(value: int, space: str, zero: str) -> None:
    printed = f"{value:,}".replace(",", space)
    digits = "".join(chr(ord(zero) + int(mark)) if mark.isdigit() else mark for mark in printed)
    count = read_count(f"{digits} views")
    assert count is not None
    assert (count.value, count.lower_bound, count.precision) == (value, False, 1)


@given(st.integers(1, 10**6), st.sampled_from(sorted(LEAST)))
def test_words_for_at_least_make_a_lower_bound_in_every_language(value: int, language: str) -> None:
    count = read_count(f"{LEAST[language]} {value} views", language=language)
    assert count is not None
    assert (count.value, count.lower_bound) == (value, True)


@given(st.integers(1, 10**6), st.sampled_from(sorted(MOST)))
def test_words_for_at_most_or_not_quite_leave_the_number_unknown(value: int, language: str) -> None:
    assert read_count(f"{MOST[language]} {value} views", language=language) is None


@given(
    st.integers(1, 10**4), st.integers(1, 10**4), st.sampled_from(["-", "–", "—", "~", "～", " to ", " bis ", " до "])
)
def test_a_range_is_unknown_whatever_joins_it(first: int, more: int, joint: str) -> None:
    assert read_count(f"{first}{joint}{first + more} views") is None


@pytest.mark.parametrize(
    ("phrase", "language", "expected"),
    [
        ("2 binden fazla yorum", "tr", (2000, True)),
        ("500'den fazla yorum", "tr", (500, True)),
        ("500명 이상의 구독자", "ko", (500, True)),
        ("100多条评论", "zh", (100, True)),
        ("100'den az yorum", "tr", None),
        ("100명 미만 구독자", "ko", None),
        ("100以下のコメント", "ja", None),
        ("between 5 and 10 comments", "en", None),
        ("alle 12 Kommentare", "de", (12, False)),
        ("alle 100 kommenttia", "fi", None),
        ("5² likes", "en", None),
        ("❶❷ likes", "en", None),
    ],
)
def test_bounds_may_stand_behind_the_number(phrase: str, language: str, expected: tuple[int, bool] | None) -> None:
    count = read_count(phrase, language=language)
    assert (count and (count.value, count.lower_bound)) == expected


@pytest.mark.parametrize(
    ("phrase", "name", "value"),
    [
        ("1164次阅读", "views", 1164),
        ("阅读数（15,878）", "views", 15878),
        ("阅读量 3.4万", "views", 34000),
        ("浏览次数: 2168", "views", 2168),
        ("人气： 5380 次", "views", 5380),
        ("點閱數 12", "views", 12),
        ("跟贴 31", "comments", 31),
        ("评论数(18)", "comments", 18),
        ("粉丝数 1.2亿", "followers", 120_000_000),
    ],
)
def test_words_of_chinese_pages(phrase: str, name: str, value: int) -> None:
    count = read_count(phrase, language="zh")
    assert count is not None
    assert (count.name, count.value) == (name, value)


def test_a_number_in_an_element_of_its_own_has_the_last_label_of_its_line() -> None:
    line = "<p>来源：本站 作者：渔业科 时间：2024年3月5日 浏览：<span>33</span></p>"
    assert counts_of(line, "zh") == [("views", 33)]


def test_where_numbers_come_first_the_word_between_two_is_the_firsts() -> None:
    line = "<p><b>218</b><i>文章数</i><b>6744</b><i>关心的人</i></p>"
    assert counts_of(line, "zh") == [("posts", 218)]
