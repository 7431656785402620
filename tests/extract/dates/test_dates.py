from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.dates import DateReading, read_date

CAPTURE = datetime(2023, 5, 24, 10, 15, tzinfo=UTC)  # a Wednesday


def value(phrase: str, *languages: str, captured_at: datetime | None = CAPTURE) -> str | None:
    reading = read_date(phrase, captured_at=captured_at, languages=languages)
    return reading.value if reading else None


def bounds(phrase: str, *languages: str) -> tuple[str | None, str | None]:
    reading = read_date(phrase, captured_at=CAPTURE, languages=languages)
    assert reading is not None
    return reading.earliest, reading.latest


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("2023-05-17T09:26:10+01:00", "2023-05-17T09:26:10+01:00"),
        ("2023-05-17T09:26:10+0100", "2023-05-17T09:26:10+01:00"),
        ("2023-05-17T09:26:10.000Z", "2023-05-17T09:26:10Z"),
        ("2023-05-17T09:26:10.125Z", "2023-05-17T09:26:10.125Z"),
        ("2023-05-17 09:26", "2023-05-17T09:26:00"),
        ("2023-05-17T09:26:10+01:00[Europe/London]", "2023-05-17T09:26:10+01:00"),
        ("2023-05-17", "2023-05-17"),
        ("20230517", "2023-05-17"),
        ("20230517T092610Z", "2023-05-17T09:26:10Z"),
        ("20230517092610", "2023-05-17T09:26:10"),
        ("1684311970", "2023-05-17T08:26:10Z"),
        ("1684311970123", "2023-05-17T08:26:10Z"),
        ("Wed, 17 May 2023 09:26:10 GMT", "2023-05-17T09:26:10Z"),
        ("Wed, 17 May 2023 09:26:10 -0500", "2023-05-17T09:26:10-05:00"),
        ("Wed, 17 May 2023 09:26:10 +0000", "2023-05-17T09:26:10+00:00"),
        ("Wed May 17 09:26:10 +0000 2023", "2023-05-17T09:26:10+00:00"),
        ("Wed, 17 May 2023 09:26:10 CEST", "2023-05-17T09:26:10"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2023-05-17T09:26:75Z", "2023-05-17T09:26:59Z"),
        ("٢٠٢٣-٠٥-١٧T٠٩:٢٦:١٠Z", "2023-05-17T09:26:10Z"),
    ],
)
def test_what_machines_write_keeps_its_offset(phrase: str, expected: str) -> None:
    assert value(phrase, captured_at=None) == expected


def test_machine_dates_need_no_dateparser_and_no_cldr() -> None:
    script = (
        "import sys; from crawler.extract.dates import read_date;"
        "read_date('2023-05-17T09:26:10+01:00', captured_at=None);"
        "sys.exit('dateparser' in sys.modules or 'babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=120).returncode == 0


@pytest.mark.parametrize(
    ("phrase", "languages", "expected"),
    [
        ("Published 12:04 p.m. ET Dec. 3, 2021", (), "2021-12-03T12:04:00-05:00"),
        ("6:00 AM EDT, Wed May 17, 2023", (), "2023-05-17T06:00:00-04:00"),
        ("May 17th, 2023 at 5pm", (), "2023-05-17T17:00:00"),
        ("Wednesday 17 May 2023 12:00 BST", (), "2023-05-17T12:00:00+01:00"),
        ("date 2023-05-17", (), "2023-05-17"),
        ("17-May-23", (), "2023-05-17"),
        ("Posted on May 3 2023 | Updated May 5 2023", (), "2023-05-03"),
        ("17. Dezember 2021, 14:30 Uhr", ("de",), "2021-12-17T14:30:00"),
        ("Stand: 17.05.2023 14:30 Uhr", (), "2023-05-17T14:30:00"),
        ("Dienstag, 3. Jänner 2023", (), "2023-01-03"),
        ("Publié le 17 décembre 2021 à 14h30", ("fr",), "2021-12-17T14:30:00"),
        ("17 de mayo de 2023", (), "2023-05-17"),
        ("Quarta-feira, 17 de maio de 2023 às 09h26", ("pt-BR",), "2023-05-17T09:26:00"),
        ("kl. 12.04 17. maj 2023", ("da",), "2023-05-17T12:04:00"),
        ("17 мая 2023, 12:04 мск", (), "2023-05-17T12:04:00+03:00"),
        ("17 травня 2023", ("uk",), "2023-05-17"),
        ("17 listopada 2021", ("pl",), "2021-11-17"),
        ("17 listopada 2021", ("hr",), "2021-10-17"),
        ("2023. május 17., szerda 12:04", (), "2023-05-17T12:04:00"),
        ("17 Μαΐου 2023", (), "2023-05-17"),
        ("17 Ağu 2022", ("tr",), "2022-08-17"),
        ("2023年5月17日 12時04分", (), "2023-05-17T12:04:00"),
        ("令和5年5月17日", (), "2023-05-17"),
        ("2023년 5월 17일 오후 2:30", (), "2023-05-17T14:30:00"),
        ("2023. 5. 17.", ("ko",), "2023-05-17"),
        ("2023年5月17日下午2:30", (), "2023-05-17T14:30:00"),
        ("17 tháng 5, 2023", (), "2023-05-17"),
        ("17 พฤษภาคม 2566", (), "2023-05-17"),
        ("17 ديسمبر 2021", (), "2021-12-17"),
        ("١٧ ديسمبر ٢٠٢١", (), "2021-12-17"),
        ("17 كانون الأول 2021", (), "2021-12-17"),
        ("17 במאי 2023", ("he",), "2023-05-17"),
        ("17 मई 2023", (), "2023-05-17"),
        ("১৭ ডিসেম্বর ২০২১", (), "2021-12-17"),
    ],
)
def test_dates_printed_in_many_languages(phrase: str, languages: tuple[str, ...], expected: str) -> None:
    assert value(phrase, *languages) == expected


@pytest.mark.parametrize(
    ("phrase", "languages"),
    [
        ("3 hours ago", ()),
        ("Updated 3 hours ago", ()),
        ("3h ago", ()),
        ("three hours ago", ()),
        ("vor 3 Stunden", ("de",)),
        ("vor 3 Std.", ()),
        ("hace 3 horas", ()),
        ("Mis à jour il y a 3 heures", ()),
        ("3 ore fa", ("it",)),
        ("há 3 horas", ("pt",)),
        ("3 часа назад", ()),
        ("3 godziny temu", ()),
        ("3 saat önce", ()),
        ("3時間前", ()),
        ("3시간 전", ()),
        ("3小时前", ()),
        ("منذ 3 ساعات", ()),
        ("לפני 3 שעות", ()),
        ("3 घंटे पहले", ()),
        ("3 giờ trước", ()),
        ("3 horas atrás", ()),
        ("منذ ٣ ساعات", ()),
        ("۳ ساعت قبل", ()),
        ("3小時前", ()),
        ("3 órája", ()),
        ("3 ชั่วโมงที่แล้ว", ()),
        ("3 tundi tagasi", ()),
        ("il y a trois heures", ()),
        ("tre ore fa", ()),
        ("för tre timmar sedan", ()),
    ],
)
def test_hours_past_are_counted_from_the_capture(phrase: str, languages: tuple[str, ...]) -> None:
    assert value(phrase, *languages) == "2023-05-24T07:15:00Z"


def test_bounds_of_hours_past_hold_for_rounding_down_and_to_the_nearest() -> None:
    assert bounds("3 hours ago") == ("2023-05-24T06:15:00Z", "2023-05-24T07:45:00Z")


def test_days_past_give_a_day_with_bounds_a_day_wider() -> None:
    reading = read_date("3 days ago · 5 min read", captured_at=CAPTURE)
    assert reading == DateReading(
        "2023-05-21", "3 days ago · 5 min read", "2023-05-20T10:15:00Z", "2023-05-21T23:59:59Z"
    )


@pytest.mark.parametrize("phrase", ["2 weeks ago", "a month ago", "last week", "3 years ago", "vor 2 Wochen"])
def test_coarse_elapsed_times_give_bounds_and_no_value(phrase: str) -> None:
    reading = read_date(phrase, captured_at=CAPTURE)
    assert reading is not None
    assert reading.value is None
    assert reading.earliest is not None
    assert reading.latest is not None
    assert reading.earliest < reading.latest < "2023-05-24"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("an hour ago", "2023-05-24T09:15:00Z"),
        ("1 hr 20 min ago", "2023-05-24T09:15:00Z"),
        ("hace una hora", "2023-05-24T09:15:00Z"),
        ("il y a une heure", "2023-05-24T09:15:00Z"),
        ("un'ora fa", "2023-05-24T09:15:00Z"),
        ("منذ ساعة", "2023-05-24T09:15:00Z"),
        ("vor einer Stunde", "2023-05-24T09:15:00Z"),
        ("قبل ساعتين", "2023-05-24T08:15:00Z"),
        ("yesterday", "2023-05-23"),
        ("gestern, 14:30 Uhr", "2023-05-23T14:30:00"),
        ("вчера в 12:04", "2023-05-23T12:04:00"),
        ("昨日", "2023-05-23"),
        ("Today, 3:15 AM EDT", "2023-05-24T03:15:00-04:00"),
        ("Friday", "2023-05-19"),
    ],
)
def test_words_for_days_and_hours(phrase: str, expected: str) -> None:
    assert value(phrase) == expected


def test_the_weekday_of_the_capture_is_today_or_a_week_ago() -> None:
    assert value("Wednesday") is None
    assert bounds("Wednesday") == ("2023-05-17", "2023-05-24")


@pytest.mark.parametrize(
    "phrase", ["5 days ago", "yesterday", "Friday", "vor 3 Stunden", "Dec. 17", "17.12., 14:30 Uhr", "5h"]
)
def test_without_a_capture_a_relative_phrase_keeps_its_words_only(phrase: str) -> None:
    assert read_date(phrase, captured_at=None) == DateReading(None, phrase, None, None)


@pytest.mark.parametrize(
    "phrase", ["5 days ago", "yesterday", "gestern", "Friday", "Dec. 17", "hace una hora", "just now", "March 2021"]
)
def test_the_clock_is_never_read(phrase: str) -> None:
    with freeze_time("2031-01-02 03:04:05"):
        late = read_date(phrase, captured_at=CAPTURE)
    with freeze_time("2019-08-09 10:11:12"):
        early = read_date(phrase, captured_at=CAPTURE)
    assert late == early == read_date(phrase, captured_at=CAPTURE)
    assert late is not None


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        (("en-US",), "2023-03-04"),
        (("en-GB",), "2023-04-03"),
        (("en",), None),
        ((), None),
        (("de",), "2023-04-03"),
        (("fr", "en-US"), None),
        (("en-CA",), None),
        (("ja",), None),
    ],
)
def test_the_order_of_numerals_is_the_languages(languages: tuple[str, ...], expected: str | None) -> None:
    assert value("03/04/2023", *languages) == expected


def test_numerals_of_unknown_order_are_bounded_by_their_two_readings() -> None:
    assert bounds("03/04/2023") == ("2023-03-04", "2023-04-03")


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("17/05/2023", "2023-05-17"),
        ("05/17/2023", "2023-05-17"),
        ("03.04.2023", "2023-04-03"),
        ("05/05/2023", "2023-05-05"),
        ("2023/04/03", "2023-04-03"),
        ("06/05/2023", "2023-05-06"),  # the other reading is after the capture
    ],
)
def test_numerals_that_settle_their_own_order(phrase: str, expected: str) -> None:
    assert value(phrase) == expected


def test_a_month_name_of_two_meanings_is_bounded_until_the_language_is_known() -> None:
    assert value("17 listopada 2021") is None
    assert bounds("17 listopada 2021") == ("2021-10-17", "2021-11-17")


def test_a_missing_year_is_the_last_one_not_after_the_capture() -> None:
    assert value("Dec. 17") == "2022-12-17"
    assert value("May 3") == "2023-05-03"
    assert value("29 Feb") == "2020-02-29"


@pytest.mark.parametrize(
    "phrase",
    ["March 5, 6:30 pm 2021", "Mar 5 18:30:00 2021", "5. März, 18:30 Uhr, 2021", "05.03. 18:30 2021"],
)
def test_a_year_behind_the_time_is_the_dates(phrase: str) -> None:
    assert value(phrase, "de" if "." in phrase else "en") == "2021-03-05T18:30:00"


def test_a_month_is_all_its_days() -> None:
    assert value("December 2021") is None
    assert bounds("December 2021") == ("2021-12-01", "2021-12-31")
    assert bounds("février 2020") == ("2020-02-01", "2020-02-29")
    assert bounds("2021") == ("2021-01-01", "2021-12-31")


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("July 16, 2021 3:04 PM EST", "2021-07-16T15:04:00"),
        ("July 16, 2021 3:04 PM EDT", "2021-07-16T15:04:00-04:00"),
        ("July 16, 2021 3:04 PM CET", "2021-07-16T15:04:00"),
        ("Dec 16, 2021 15:04 CET", "2021-12-16T15:04:00+01:00"),
        ("Nov 7, 2021 1:30 AM ET", "2021-11-07T01:30:00"),
        ("December 17, 2021, 01:02 IST", "2021-12-17T01:02:00"),
        ("Dec 17, 2021 15:04 GMT+2", "2021-12-17T15:04:00+02:00"),
        ("Dec 17, 2021 15:04 UTC", "2021-12-17T15:04:00Z"),
    ],
)
def test_a_zone_counts_only_where_the_date_makes_it_certain(phrase: str, expected: str) -> None:
    assert value(phrase) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        " ",
        "hello world",
        "5 min read",
        "5 min de lectura",
        "5 years old",
        "32/13/2021",
        "Read 3 more",
        "10 out of 12",
    ],
)
def test_what_is_no_date_is_none(phrase: str) -> None:
    assert read_date(phrase, captured_at=CAPTURE) is None


def test_a_capture_time_in_another_zone_is_the_same_anchor() -> None:
    there = CAPTURE.astimezone(timezone(timedelta(hours=9)))
    assert value("3 hours ago", captured_at=there) == value("3 hours ago")
    assert value("3 hours ago", captured_at=CAPTURE.replace(tzinfo=None)) == value("3 hours ago")


def test_raw_is_the_phrase_with_white_space_collapsed() -> None:
    reading = read_date(" 17\n May  2023 ", captured_at=None)
    assert reading is not None
    assert reading.raw == "17 May 2023"


DATE_WORDS = "17 31 2021 99 May Mai мая ago vor 12:99 pm ET 2021-13-40 年 月 日 / . , th UTC+99 0 令和 '"


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_no_phrase_raises(phrase: str) -> None:
    read_date(phrase, captured_at=CAPTURE)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(DATE_WORDS.split()), max_size=6))
def test_no_arrangement_of_date_words_raises(words: list[str]) -> None:
    reading = read_date(" ".join(words), captured_at=CAPTURE)
    if reading is not None and reading.value is not None:
        datetime.fromisoformat(reading.value)


@settings(max_examples=40)
@given(st.integers(0, 300), st.sampled_from(["minutes", "hours", "days", "weeks", "months", "years"]))
def test_bounds_are_ordered_and_never_after_the_capture(number: int, unit: str) -> None:
    reading = read_date(f"{number} {unit} ago", captured_at=CAPTURE)
    assert reading is not None
    assert reading.earliest is not None
    assert reading.latest is not None
    assert reading.earliest <= reading.latest <= "2023-05-24T10:15:00Z"


@pytest.mark.parametrize(
    ("phrase", "language", "expected"),
    [
        ("السبت، 03 آب/أغسطس 2013", "ar", "2013-08-03"),
        ("2019. gada 12. marts", "lv", "2019-03-12"),
        ("民國108年5月3日", "zh", "2019-05-03"),
        ("2019년 5월 3일", "ko", "2019-05-03"),
        ("18-03-08 23:16", "zh", "2018-03-08T23:16:00"),
        ("发布时间：18-03-08 23:16", "en", "2018-03-08T23:16:00"),
        ("10-08 12:00", "zh", "2022-10-08T12:00:00"),
        ("发布时间：05-08 12:00", "", "2023-05-08T12:00:00"),
    ],
)
def test_order_and_years_of_other_countries(phrase: str, language: str, expected: str) -> None:
    assert value(phrase, language) == expected


@pytest.mark.parametrize(
    ("phrase", "language"), [("12 Ocak 1398", "tr"), ("1398/01/12", "en"), ("H31.4.30", "ja"), ("12 فروردین", "fa")]
)
def test_a_year_of_a_calendar_that_nothing_tells_gives_no_date(phrase: str, language: str) -> None:
    assert value(phrase, language) is None


@pytest.mark.parametrize(
    ("phrase", "language", "expected"),
    [
        ("۱۲ فروردین ۱۳۹۸", "fa", "2019-04-01"),
        ("سه‌شنبه ۱ فروردین ۱۴۰۲، ۱۸:۳۰", "fa", "2023-03-21T18:30:00"),
        ("۳۰ اسفند ۱۳۹۹", "fa", "2021-03-20"),
        ("1398/01/12", "fa", "2019-04-01"),
        ("تاریخ انتشار: ۱۴۰۲-۰۲-۰۱", "fa", "2023-04-21"),
        ("መስከረም 1 ቀን 2015 ዓ.ም", "am", "2022-09-11"),
        ("መስከረም 1, 2012", "am", "2019-09-12"),
        ("17 พ.ค. 66 เวลา 18:30 น.", "th", "2023-05-17T18:30:00"),
        ("17 พ.ค. 62", "th", "2019-05-17"),
        ("الثلاثاء 26 شوال 1444 هـ", "ar", "2023-05-16"),
    ],
)
def test_dates_of_other_calendars(phrase: str, language: str, expected: str) -> None:
    assert value(phrase, language) == expected


@pytest.mark.parametrize("phrase", ["26 شوال 1444هـ", "٢٦ شوال ١٤٤٤", "1444/10/26 هـ", "26 shawwal 1444 AH"])
def test_a_day_of_the_islamic_calendar_is_some_days_as_the_moon_is_seen(phrase: str) -> None:
    assert value(phrase, "ar") is None
    earliest, latest = bounds(phrase, "ar")
    assert earliest is not None and latest is not None
    assert earliest <= "2023-05-16" <= latest
    assert latest <= "2023-05-19"


def test_beside_an_islamic_date_the_gregorian_is_the_day() -> None:
    assert value("26 شوال 1444هـ الموافق 16 مايو 2023", "ar") == "2023-05-16"


@pytest.mark.parametrize(
    "phrase",
    ["May 4–10, 2022", "4-10 May 2022", "4.–10. Mai 2022", "del 4 al 10 de mayo de 2022", "Week of May 4 to 10, 2022"],
)
def test_days_from_one_to_another_are_bounds(phrase: str) -> None:
    assert value(phrase) is None
    assert bounds(phrase) == ("2022-05-04", "2022-05-10")


@pytest.mark.parametrize("phrase", ["4 May 2022 10-12 Uhr", "3–5 min read · 4 May 2022", "4 May 2022, 1-0"])
def test_other_numbers_beside_a_day_make_no_range(phrase: str) -> None:
    assert (value(phrase) or "")[:10] == "2022-05-04"


@pytest.mark.parametrize(
    ("phrase", "language"),
    [
        ("May 16, 2023 3:04 PM CST", "en-CN"),
        ("2023-05-16 15:04 CST", "zh"),
        ("July 16, 2021 3:04 PM EST", "en-AU"),
        ("16 Jan 2023 3:04 PM EST", "en-AU"),
        ("16 Jan 2023 3:04 PM PST", "en-PH"),
    ],
)
def test_a_zone_of_the_pages_own_country_is_not_taken_for_americas(phrase: str, language: str) -> None:
    assert (value(phrase, language) or "").endswith("T15:04:00")
