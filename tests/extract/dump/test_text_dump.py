from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import extract_text_dump
from crawler.extract.dump.body import mend
from crawler.extract.images.captions import read_caption
from crawler.model import Article, Outcome

STORY = "The bakery in the square sold its last loaf before noon on Friday, the baker said."
MORE = "He will bake again tomorrow, and twice as much."


def test_an_empty_dump_is_empty() -> None:
    for text in ("", "   \n\t\n", "\ufeff"):
        assert extract_text_dump(text).outcome == Outcome.EMPTY


def test_without_a_paragraph_there_is_no_article() -> None:
    assert extract_text_dump("Home\nNews\nSign in").outcome == Outcome.NOT_ARTICLE


def test_paragraphs_alone_are_an_article_without_headline() -> None:
    found = extract_text_dump(f"{STORY}\n{MORE}")
    assert (found.headline, found.text) == (None, f"{STORY}\n\n{MORE}")


@pytest.mark.parametrize("end", ["", "/", ".html", ".aspx?id=7"])
def test_a_headline_of_two_words_is_told_by_an_address_with_any_ending(end: str) -> None:
    found = extract_text_dump(f"Bread rises\n\n{STORY}\n{MORE}", url=f"https://a.example/2022/bread-rises{end}")
    assert found.headline == "Bread rises"


def test_a_sentence_that_begins_as_bylines_do_names_no_author() -> None:
    found = extract_text_dump(f"The baker said no.\nBy noon he had left\n\n{STORY}\n{MORE}")
    assert found.authors == ()


def test_every_line_is_in_the_text_or_set_aside_or_the_headline() -> None:
    dump = f"date 2022-04-01 HomeNews\nBread runs out\nBy Ines Vandermolen\n{STORY}\nComments / 2\nSign in\nhttps://a.example/"
    found = extract_text_dump(dump)
    kept = f"{found.headline}\n{found.text}\n" + "\n".join(piece.text for piece in found.set_aside)
    assert all(line in kept for line in dump.split("\n"))
    assert all(piece.reason for piece in found.set_aside)


def test_glued_navigation_is_named_in_what_is_set_aside() -> None:
    found = extract_text_dump(f"date 2022-04-01 ContributorsPublishersAdvertisers\nBread runs out\n{STORY}")
    assert any("ContributorsPublishersAdvertisers" in piece.reason for piece in found.set_aside)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("date 2022-04-01", "2022-04-01"),
        ("20220401", "2022-04-01"),
        ("2022-04-01T08:15:00+02:00", "2022-04-01T08:15:00+02:00"),
        ("Published: April 1, 2022", "2022-04-01"),
        ("Friday, 1 April 2022, 08:15 BST", "2022-04-01T08:15:00+01:00"),
        ("1. April 2022", "2022-04-01"),
        ("2022年4月1日", "2022-04-01"),
    ],
)
def test_header_lines_give_the_date(line: str, expected: str) -> None:
    assert extract_text_dump(f"Bread runs out\n{line}\n{STORY}\n{MORE}").date_published == expected


def dated(head: str, captured_at: datetime | None = None) -> Article:
    return extract_text_dump(
        f"{head}\nBread runs out\nCrumb Weekly\n5 days ago\n\n{STORY}\n\n{MORE}", captured_at=captured_at
    )


def test_a_relative_phrase_is_never_counted_from_the_date_line() -> None:
    found = dated("date 2022-04-01")
    assert (found.date_published, found.date_published_raw) == ("2022-04-01", "5 days ago")


def test_the_capture_is_bounded_by_date_line_and_relative_phrase() -> None:
    found = dated("date 2022-04-01")
    assert found.captured_at is None
    assert (found.captured_at_earliest, found.captured_at_latest) == ("2022-04-05T12:00:00Z", "2022-04-07T23:59:59Z")


def test_a_known_capture_needs_no_bounds() -> None:
    found = dated("date 2022-04-01", datetime(2022, 4, 6, 9, tzinfo=UTC))
    assert found.captured_at == "2022-04-06T09:00:00Z"
    assert (found.date_published, found.captured_at_earliest, found.captured_at_latest) == ("2022-04-01", None, None)


def test_without_a_date_line_the_relative_phrase_is_counted_from_the_capture() -> None:
    found = dated("", datetime(2022, 4, 6, 9, tzinfo=UTC))
    assert (found.date_published, found.date_published_raw) == ("2022-04-01", "5 days ago")
    assert (found.date_published_earliest, found.date_published_latest) == (
        "2022-03-31T09:00:00Z",
        "2022-04-01T23:59:59Z",
    )


def test_without_date_line_and_capture_the_day_is_unknown() -> None:
    found = dated("")
    assert (found.date_published, found.date_published_raw, found.captured_at_latest) == (None, "5 days ago", None)


def test_a_date_line_on_the_day_of_the_capture_is_the_scrapers_where_the_page_says_otherwise() -> None:
    text = f"date 2022-04-06\nBread runs out\nCrumb Weekly\n5 days ago\n\n{STORY.replace('Friday', 'the day')}"
    assert extract_text_dump(text, captured_at="2022-04-06T09:00:00Z").date_published == "2022-04-01"


def test_the_clock_is_never_read() -> None:
    with freeze_time("2030-01-01"):
        late = dated("date 2022-04-01")
    assert late == dated("date 2022-04-01")


def test_a_date_agreeing_with_caption_and_weekday_says_so() -> None:
    picture = "https://p.example/a.jpg\nCrumb Weekly - PHOTO: The empty shelf, Friday, April 1, 2022."
    found = extract_text_dump(f"date 2022-04-01\nBread runs out\n\n{STORY}\n\n{picture}\n\n{MORE}")
    assert found.evidence is not None
    evidence = found.evidence["date_published"]
    assert "Friday" in (evidence.reason or "")
    assert [str(one.value) for one in evidence.candidates] == ["2022-04-01", "2022-04-01"]


def test_the_address_line_is_the_url_unless_the_caller_knows_it() -> None:
    text = f"Bread runs out\nhttps://www.crumb.example/2022/bread-runs-out\n{STORY}"
    assert extract_text_dump(text).url == "https://www.crumb.example/2022/bread-runs-out"
    found = extract_text_dump(text, url="https://copy.example/a")
    assert (found.url, found.canonical_url) == (
        "https://copy.example/a",
        "https://www.crumb.example/2022/bread-runs-out",
    )


def test_a_date_in_the_address_is_used_where_no_line_gives_one() -> None:
    found = extract_text_dump(f"Bread runs out\nhttps://www.crumb.example/2022/04/01/bread-runs-out\n{STORY}")
    assert found.date_published == "2022-04-01"


def test_the_address_tells_headline_from_section_and_outlet() -> None:
    head = "The Crumb Weekly Morning Edition Online\nBread gone\nhttps://crumb.example/all-the-good-bread-gone-by-noon"
    found = extract_text_dump(f"{head}\nAll the good bread gone by noon\n{STORY}")
    assert found.headline == "All the good bread gone by noon"


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Ines Vandermolen", ("Ines Vandermolen",)),
        ("By Ines Vandermolen and Ruben Oyelaran", ("Ines Vandermolen", "Ruben Oyelaran")),
        ("By Ines Vandermolen, Crumb Weekly", ("Ines Vandermolen",)),
        ("Von Ines Vandermolen", ("Ines Vandermolen",)),
        ("Por Ines Vandermolen", ("Ines Vandermolen",)),
        ("By Crumb Weekly Staff", ()),
    ],
)
def test_bylines_name_people(byline: str, expected: tuple[str, ...]) -> None:
    assert extract_text_dump(f"Bread runs out\n{byline}\nCrumb Weekly\nCrumb Weekly\n{STORY}").authors == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Flour prices rise for the third month: Analysis", "related_link"),
        ("Why the mill by the river stands still again", "related_link"),
        ("RELATED: Flour is short", "related_link"),
        ("Read more: Flour is short", "related_link"),
        ("Tomorrow's bread", "heading"),
        ("Will there be enough?", "paragraph"),
        ("These loaves were left:", "paragraph"),
        ("• two loaves of rye", "list_item"),
    ],
)
def test_short_lines_between_paragraphs(line: str, kind: str) -> None:
    found = extract_text_dump(f"Bread runs out\n\n{STORY}\n\n{line}\n\n{MORE}")
    assert [block.type for block in found.blocks] == ["paragraph", kind, "paragraph"]


def test_related_links_are_blocks_and_no_text() -> None:
    found = extract_text_dump(f"Bread runs out\n\n{STORY}\n\nFlour prices rise for the third month: Analysis\n\n{MORE}")
    assert "Flour" not in (found.text or "")
    assert any("Flour" in piece.text for piece in found.set_aside)


@pytest.mark.parametrize(
    ("stripped", "mended"),
    [
        ("He called last week .", "He called last week."),
        ("Bread , she said, is gone .", "Bread, she said, is gone."),
        ('"It is gone ." He left .', '"It is gone." He left.'),
        ("And then ...", "And then ..."),
        ("Il a dit : non !", "Il a dit : non !"),
        ("It costs .50 now.", "It costs .50 now."),
    ],
)
def test_the_space_a_stripped_link_left_is_mended(stripped: str, mended: str) -> None:
    assert mend(stripped) == mended


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("Ines V, Pool Photo via XP - PHOTO: The oven.", "The oven.", "Ines V, Pool Photo via XP"),
        ("XP, FILE - PHOTO: The oven at night.", "The oven at night.", "XP, FILE"),
        ("The oven. (Photo by Ines V/Crumb Images)", "The oven.", "Ines V/Crumb Images"),
        ("The oven. (XP Photo/Ines V)", "The oven.", "XP Photo/Ines V"),
        ("The oven. Photo: Ines V", "The oven.", "Ines V"),
        ("The oven | Crumb News", "The oven", "Crumb News"),
        ("Photo by Ines V", None, "Ines V"),
        ("PHOTO: The oven.", "The oven.", None),
        ("The oven (built in 1920) stands empty.", "The oven (built in 1920) stands empty.", None),
        ("The oven, which is old.", "The oven, which is old.", None),
    ],
)
def test_captions_and_credits_are_parted(line: str, caption: str | None, credit: str | None) -> None:
    assert read_caption(line) == (caption, credit)


def test_one_picture_shown_twice_is_one_image() -> None:
    asset = "4zYxW1_0aBcD2eF00"
    lines = [
        f"https://img.particlenews.com/image.php?type=thumbnail_580x000&url={asset}",
        f"https://img.particlenews.com/img/id/{asset}?type=webp_1200x000",
    ]
    found = extract_text_dump(f"Bread runs out\n\n{lines[0]}\n\n{STORY}\n\n{lines[1]}\n\n{MORE}")
    assert [image.asset_id for image in found.images] == [asset]


def test_an_address_behind_the_proxy_is_the_pictures_own() -> None:
    line = "https://img.particlenews.com/image.php?url=https%3A%2F%2Fp.example%2Foven.jpg"
    found = extract_text_dump(f"Bread runs out\n\n{line}\n\n{STORY}")
    assert [(image.original_url, image.asset_id) for image in found.images] == [("https://p.example/oven.jpg", None)]


def test_counts_of_a_page_whose_script_did_not_run_are_none() -> None:
    tail = "Crumb Weekly\n\nundefined\nFollowers\n12\nPosts\n7\nViews"
    counts = extract_text_dump(f"Bread runs out\n\n{STORY}\n\n{tail}").counts
    assert [(count.name, count.value) for count in counts] == [("posts", 12), ("views", 7)]


def test_an_article_goes_on_below_a_panel() -> None:
    snippet = "The mill has been standing still since the wind left it and the miller..."
    card = f"Mill Post\n\nThe mill stands still\n\n{snippet}\nLOCAL NEWS"
    found = extract_text_dump(f"Bread runs out\n\n{STORY}\n\nRelated\n{card}\n\n{MORE}")
    assert found.text == f"{STORY}\n\n{MORE}"
    assert [card.section for panel in found.panels for card in panel.cards] == ["LOCAL NEWS"]


def test_entities_under_a_heading_of_unknown_words_are_found() -> None:
    found = extract_text_dump(f"Bread runs out\n\n{STORY}\n\nKeep an eye on\nCity\nOakmouth\nPerson\nInes Vandermolen")
    rows = [(panel.title, entity.type, entity.name) for panel in found.panels for entity in panel.entities]
    assert rows == [("Keep an eye on", "City", "Oakmouth"), ("Keep an eye on", "Person", "Ines Vandermolen")]


def test_agency_credits_below_the_story_are_set_aside() -> None:
    line = "Reporting by Ines Vandermolen; Editing by Ruben Oyelaran"
    found = extract_text_dump(f"Bread runs out\n\n{STORY}\n\n{line}")
    assert found.text == STORY
    assert [piece.reason for piece in found.set_aside] == ["credits of reporters and editors"]


def test_every_field_that_is_known_has_evidence() -> None:
    found = dated("date 2022-04-01")
    assert {"headline", "publisher", "date_published", "text", "captured_at_earliest"} <= set(found.evidence or {})


def test_the_article_survives_its_json() -> None:
    found = dated("date 2022-04-01")
    assert Article.from_dict(found.to_dict()) == found


FRAGMENTS = f"""date 2022-04-01 HomeNews;20220401;Politics;Bread runs out today;By Ines Vandermolen
Crumb Weekly;5 days ago;https://img.particlenews.com/image.php?url=4zYxW1_0aBcD2eF00;https://x.example/a
XP - PHOTO: Bread.;{STORY};{MORE};;
Comments / 3;Related;POLITICS;RELATED PEOPLE;Person;Ines Vandermolen;IN THIS ARTICLE;#A#B;12K+;Followers;ABOUT;Views
YOU MAY ALSO LIKE;Country;A snippet that was cut short by the panel it stood in...;\ud800;٣ تعليقات;http://[;…;#
Most read;vor 3 Tagen;Community Policy;|;•;2022-13-45"""


@settings(max_examples=150)
@given(st.lists(st.sampled_from(re.split("[;\n]", FRAGMENTS)), max_size=30), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_no_arrangement_of_lines_raises_or_loses_a_line(rows: list[str], end: str) -> None:
    found = extract_text_dump(end.join(rows))
    kept = [found.headline or "", found.text or "", *(piece.text for piece in found.set_aside)]
    whole = [row.replace("\ud800", "?") for row in rows if row not in {"•", "http://["}]
    assert all(any(row in piece for piece in kept) for row in whole), kept


@settings(max_examples=100)
@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    extract_text_dump(text)
    extract_text_dump(text, url=text, captured_at=text)


def test_a_name_and_a_date_that_run_together_are_parted() -> None:
    story = "The lamp of Grindholm was lit again on Tuesday, and the whole island came to see it turn."
    found = extract_text_dump(f"Lamp is lit again on the island\nAda WinterMarch 5, 2024\n{story}")
    assert (found.byline, found.authors, found.date_published) == ("Ada Winter", ("Ada Winter",), "2024-03-05")


def test_the_last_line_of_a_page_is_no_snippet() -> None:
    story = "The lamp of Grindholm was lit again on Tuesday, and the whole island came to see it turn."
    beside = "Most read\nFerry fares to rise this summer\nOld mill is a concert hall now\n© 2024 All rights reserved."
    found = extract_text_dump(f"Lamp is lit again on the island\n{story}\n{story[:-1]} once more.\n{beside}")
    assert [[card.headline for card in panel.cards] for panel in found.panels] == [
        ["Ferry fares to rise this summer", "Old mill is a concert hall now"]
    ]


@pytest.mark.parametrize(
    "caption", ["AP, FILE - PHOTO: The lamp on its way up, May 4.", "Foto: Ada Winter", "Photo by Ada Winter"]
)
def test_a_caption_without_its_picture_is_set_aside(caption: str) -> None:
    story = "The lamp of Grindholm was lit again on Tuesday, and the whole island came to see it turn."
    found = extract_text_dump(f"Lamp is lit again on the island\n{story}\n{caption}\n{story[:-1]} once more.")
    assert caption not in (found.text or "")
    assert [(part.text, part.reason) for part in found.set_aside] == [
        (caption, "caption of a picture that the dump does not name")
    ]


LABELLED = f"""URL: https://crumbs.example/news/bread-runs-out-today
Title: Bread runs out today
Date: 2022-04-01
Author: Ines Vandermolen
{STORY}"""


def test_labels_of_the_head_are_no_words_of_it() -> None:
    found = extract_text_dump(LABELLED)
    assert (found.url, found.headline, found.date_published, found.authors, found.text) == (
        "https://crumbs.example/news/bread-runs-out-today",
        "Bread runs out today",
        "2022-04-01",
        ("Ines Vandermolen",),
        STORY,
    )


@pytest.mark.parametrize(
    "head",
    [
        "Bread runs out today\nAnna Vandermolen\n1 April 2022",
        "Bread runs out today\nBy Anna Vandermolen | 1 April 2022",
        "Bread runs out today\nAnna Vandermolen · Crumb Weekly · 1 April 2022",
        "Bread runs out today\nThe baker has left. Nobody knows where to.\nBy Anna Vandermolen\n1 April 2022",
        "We use cookies to make this page better. Accept all.\nBread runs out today\nBy Anna Vandermolen\n1 April 2022",
        "# Bread runs out today\nBy Anna Vandermolen\n1 April 2022",
    ],
)
def test_heads_in_many_orders(head: str) -> None:
    found = extract_text_dump(f"{head}\n{STORY}\n{MORE}")
    assert (found.headline, found.authors, found.date_published) == (
        "Bread runs out today",
        ("Anna Vandermolen",),
        "2022-04-01",
    )
    assert (found.text or "").endswith(f"{STORY}\n\n{MORE}")


@pytest.mark.parametrize(
    "line",
    [
        "(XP Photo/Ines Vandermolen)",
        "Sign up for our morning letter",
        "The best of the bakery in your inbox every morning.",
        "Jetzt unseren Newsletter abonnieren",
    ],
)
def test_credits_and_offers_between_paragraphs_are_set_aside(line: str) -> None:
    found = extract_text_dump(f"Bread runs out today\n\n{STORY}\n\n{line}\n\n{MORE}")
    assert found.text == f"{STORY}\n\n{MORE}"
    assert line in [piece.text for piece in found.set_aside]


def test_the_places_of_the_most_read_are_no_end_of_their_list() -> None:
    rest = "Most read\n1\nFerry fares to rise this summer\n2\nOld mill is a concert hall now"
    (panel,) = extract_text_dump(f"Bread runs out today\n{STORY}\n{rest}").panels
    assert [card.headline for card in panel.cards] == [
        "Ferry fares to rise this summer",
        "Old mill is a concert hall now",
    ]


def test_tags_and_entities_that_a_scraper_left_are_taken_out() -> None:
    found = extract_text_dump(f"<h1>Bread &amp; butter run out</h1><p>{STORY}</p><p>{MORE} <b>So it is.</b></p>")
    assert (found.headline, found.text) == ("Bread & butter run out", f"{STORY}\n\n{MORE} So it is.")


@pytest.mark.parametrize(
    "head",
    [
        "Bread runs out today in Vandermolen [2022-04-01]",
        "Bread runs out today in Vandermolen (1 April 2022)",
        "[2022-04-01] Bread runs out today in Vandermolen",
        "Bread runs out today in Vandermolen - 1 April 2022",
        "Bread runs out today in Vandermolen 20220401",
        "2022-04-01T08:15:00Z | Bread runs out today in Vandermolen",
        '---\ntitle: "Bread runs out today in Vandermolen"\ndate: 2022-04-01\n---',
        "Başlık: Bread runs out today in Vandermolen\n1 April 2022",
    ],
)
def test_a_headline_and_a_date_in_one_line_are_parted(head: str) -> None:
    found = extract_text_dump(f"{head}\n{STORY}\n{MORE}")
    assert (found.headline, (found.date_published or "")[:10]) == ("Bread runs out today in Vandermolen", "2022-04-01")


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("By Anna Vandermolen Apr 1, 2022", ("Anna Vandermolen",)),
        ("Anna Vandermolen 20220401", ("Anna Vandermolen",)),
        ("1 April 2022\nAnna Vandermolen", ("Anna Vandermolen",)),
        ("2022.04.01\n송하늘 기자", ("송하늘",)),
        ("Yazar: Anna Vandermolen\n1 April 2022", ("Anna Vandermolen",)),
    ],
)
def test_a_name_and_its_date_in_any_order(lines: str, authors: tuple[str, ...]) -> None:
    found = extract_text_dump(f"Bread runs out today\n{lines}\n{STORY}\n{MORE}")
    assert (found.headline, found.authors, found.date_published) == ("Bread runs out today", authors, "2022-04-01")


@pytest.mark.parametrize("label", ["Source", "Quelle", "Nguồn", "Original link", "링크"])
def test_an_address_is_one_behind_a_label_in_any_words(label: str) -> None:
    found = extract_text_dump(f"{label}: https://x.example/bread\nBread runs out today\n{STORY}\n{MORE}")
    assert found.url == "https://x.example/bread"


def test_lines_below_the_last_paragraph_are_none_though_a_notice_of_rights_ends_them() -> None:
    found = extract_text_dump(
        f"Bread runs out\n{STORY}\n{MORE}\nPrivacy Notice\n© 2022 Crumb Ltd. All rights reserved."
    )
    assert found.text is not None
    assert "Privacy" not in found.text


def test_half_a_character_is_in_no_field() -> None:
    found = extract_text_dump(f"Bread \ud83d runs out today\n{STORY}\n\udc00 {MORE}")
    assert found.headline == "Bread ? runs out today"
    assert json.dumps(found.to_dict(), ensure_ascii=False).encode()


DUTCH = (
    "De oude stoomtram rijdt vanaf zaterdag weer langs de dijk, en de burgemeester reed zelf een stuk mee.\n"
    "Bewoners zijn verdeeld over het lawaai dat de tram maakt, maar er wordt na negen uur niet meer gefloten."
)


@pytest.mark.parametrize("head", ["Oude tram rijdt weer (05-03-2024 09:12)", "Oude tram rijdt weer\n5/3/2024"])
def test_the_language_of_the_paragraphs_settles_the_order_of_numerals(head: str) -> None:
    found = extract_text_dump(f"{head}\n{DUTCH}")
    assert (found.headline, (found.date_published or "")[:10]) == ("Oude tram rijdt weer", "2024-03-05")


def test_without_a_language_the_order_of_numerals_stays_open() -> None:
    found = extract_text_dump(f"Bread runs out today in town (05-03-2024)\n{STORY}\n{MORE}")
    assert (found.headline, found.date_published) == ("Bread runs out today in town", None)


def test_a_change_is_known_by_the_words_of_many_languages() -> None:
    found = extract_text_dump(f"Bread runs out\nPublicerad 5 mars 2024\nUppdaterad 6 mars 2024\n{STORY}\n{MORE}")
    assert (found.date_published, found.date_modified) == ("2024-03-05", "2024-03-06")


@pytest.mark.parametrize("trail", ["Home > News > Local", "首页 > 社会 > 正文", "Start » Bread"])
def test_the_way_to_a_page_is_no_headline(trail: str) -> None:
    assert extract_text_dump(f"{trail}\nBread runs out today\n{STORY}\n{MORE}").headline == "Bread runs out today"


@pytest.mark.parametrize("byline", ["By Ines Vandermolen", "By INES VANDERMOLEN", "Written by Ines Vandermolen"])
@pytest.mark.parametrize(
    "headline",
    ["Bread runs out before noon", "Bread runs out.", "Is there bread? No."],
)
def test_the_first_line_right_above_a_byline_is_the_headline(headline: str, byline: str) -> None:
    found = extract_text_dump(f"{headline}\n{byline}\n{STORY}\n{MORE}")
    assert (found.headline, found.byline, found.text) == (headline, byline, f"{STORY}\n\n{MORE}")
    assert [name.casefold() for name in found.authors] == ["ines vandermolen"]


@pytest.mark.parametrize("headline", ["By Friday the bread ran out", "By the oven"])
def test_a_headline_that_begins_as_bylines_do_is_told_by_the_byline_below(headline: str) -> None:
    found = extract_text_dump(f"{headline}\nBy Ines Vandermolen\n{STORY}\n{MORE}")
    assert (found.headline, found.byline, found.authors) == (headline, "By Ines Vandermolen", ("Ines Vandermolen",))


@pytest.mark.parametrize("line", ["Grindholm Times", "Opinion", "Guest column", "The Oven", "5 comments", "LIVE"])
def test_a_word_or_two_above_a_byline_may_be_anything_but_a_paragraph(line: str) -> None:
    found = extract_text_dump(f"{line}\nBy Ines Vandermolen\n{STORY}\n{MORE}")
    assert (found.headline, found.byline, found.text) == (None, "By Ines Vandermolen", f"{STORY}\n\n{MORE}")


def test_a_headline_of_two_words_is_told_by_its_address() -> None:
    dump = f"Guest column\nBread gone\nBy Ines Vandermolen\n{STORY}\n{MORE}"
    found = extract_text_dump(dump, url="https://grindholm-times.example/2024/03/bread-gone")
    assert (found.headline, found.text) == ("Bread gone", f"{STORY}\n\n{MORE}")


def test_two_bylines_are_no_headline() -> None:
    found = extract_text_dump(f"By Ines Vandermolen\nBy Jonas Falk\n{STORY}\n{MORE}")
    assert found.byline == "By Ines Vandermolen"
    assert found.headline != "By Ines Vandermolen"
