"""Lines in mid-text that only lead to other stories."""

from __future__ import annotations

import pytest

from crawler.extract.body.pointers import (
    find_bulleted,
    find_cried,
    find_decks,
    find_labelled,
    find_link_lists,
    find_pointers,
)
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from crawler.extract.wording import fold


def pointers(html: str) -> list[str]:
    blocks = lay_out(parse_html(html)).blocks
    return [blocks[number].text for number in sorted(find_pointers(blocks))]


@pytest.mark.parametrize("label", ["Read more", "ALSO READ", "Lire aussi", "Lesen Sie auch", "Читайте также"])
def test_a_link_behind_such_words_leads_away(label: str) -> None:
    line = f"{label}: The baker who counts every loaf"
    assert pointers(f"<p>One.</p><p><a href=/x>{line}</a></p><p>Two.</p>") == [line]


@pytest.mark.parametrize(
    "line",
    ["(MORE: <a href=/x>Thirteen things that the lamp lit</a>)", "[<a href=/x>How to climb a lighthouse safely</a>]",
     "(<a href=/x>Lire aussi : Le phare qui voulait rester</a>)", "【<a href=/x>島の灯台が四十年ぶりに帰る日</a>】"],
)  # fmt: skip
def test_a_line_that_is_one_link_in_brackets_leads_away(line: str) -> None:
    assert len(pointers(f"<p>One.</p><p>{line}</p><p>Two.</p>")) == 1


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("IN OSLO: <a href=/x>The lamp that went out twice</a>", 1),
        ("<strong>MUSEUM:</strong> <a href=/x>What the boat brought back home</a>", 1),
        ("In Oslo: <a href=/x>The lamp that went out twice</a>", 0),
        ("IN OSLO: <a href=/x>The lamp that went out twice</a> was lit again", 0),
        ("SOURCE: <a href=https://a.example>Lampwick</a>", 0),
    ],
)
def test_a_label_in_capitals_and_a_link_lead_away(line: str, found: int) -> None:
    assert len(pointers(f"<p>One.</p><p>{line}</p><p>Two.</p>")) == found


def test_brackets_around_less_stay() -> None:
    assert (
        pointers("<p>(<a href=/x>Reuters</a>)</p><p>(<a href=/x>The lamp</a> that was lit) was (not so old)</p>") == []
    )


def test_such_words_lead_away_with_the_links_below_them() -> None:
    box = "<div><p>You might also like</p><ul><li><a href=/a>A lamp</a></li><li><a href=/b>A boat</a></li></ul></div>"
    assert pointers(f"<p>One.</p>{box}<p>Two.</p>") == ["You might also like", "A lamp", "A boat"]


@pytest.mark.parametrize(
    "label",
    ["Weiterlesen:", "Schon gelesen?", "Diese Artikel könnten dich ebenfalls interessieren:", "Zobacz również",
     "Le puede interesar:", "Veja também"],
)  # fmt: skip
def test_such_words_are_known_in_many_languages(label: str) -> None:
    story = "<a href=/a>Five things to know before the ferry strike</a>"
    assert pointers(f"<p>One.</p><p>{label}</p><p>{story}</p><p>Two.</p>")[0] == label


@pytest.mark.parametrize(
    "html",
    [
        "<p>Read more: it is good for you.</p>",
        "<p>You might also like</p><p>a walk on the beach.</p>",
        "<p>Lamps: <a href=/x>a list of all of them</a></p>",
        "<p>Related</p><h3><a href=/x>1. The harbour school</a></h3>",
    ],
)
def test_other_lines_stay(html: str) -> None:
    assert pointers(html) == []


@pytest.mark.parametrize("line", ["Page 2 of 3", "Seite 1 von 4", "Página 2 de 3", "Страница 1 из 2", "第2页/共5页"])
def test_the_number_of_a_page_is_no_text(line: str) -> None:
    assert pointers(f"<p>One.</p><div>{line}</div><p>Two.</p>") == [line]


@pytest.mark.parametrize("line", ["1/2", "Page 2 of the report", "Seite 12", "2 of 3"])
def test_other_numbers_stay(line: str) -> None:
    assert pointers(f"<p>One.</p><div>{line}</div><p>Two.</p>") == []


STORIES = (
    "<li><a href=/a>The miller's cat that came back</a></li>"
    "<li><div><a href=https://www.a.example/b>Which stream may carry a wheel</a></div></li>"
)


@pytest.mark.parametrize(
    ("items", "found"),
    [
        (STORIES, 2),
        ("<li><a href=/a>水車小屋の猫、九年ぶりに帰る</a></li>", 1),
        (STORIES + "<li>and one that is no link at all</li>", 0),
        ("<li><a href=#a>The first of three chapters</a></li><li><a href=#b>The second of three chapters</a></li>", 0),
        ("<li><a href=https://b.example/a>A report of the county's board</a></li>", 0),
        ("<li><a href=/a>Flour</a></li><li><a href=/b>Water</a></li>", 0),
    ],
)
def test_a_list_of_nothing_but_headlines_of_the_site_leads_away(items: str, found: int) -> None:
    blocks = lay_out(parse_html(f"<p>One.</p><ul>{items}</ul><p>Two.</p>")).blocks
    assert len(find_link_lists(blocks, "a.example")) == found


CARD = "<div><h3><a href=/b>Two ponds that nobody dug</a></h3><p>Why the silt is worth more than the flour.</p></div>"


@pytest.mark.parametrize(
    ("html", "chosen", "found"),
    [
        (CARD, [0, 2, 3], [2]),
        (CARD, [0, 1, 2, 3], []),  # a round-up, whose headings lead to the stories in full
        (CARD.replace("Two ponds that nobody dug", "Ponds"), [0, 2, 3], [2]),  # a heading's words need not be many
        (CARD.replace("<p>", "").replace("</p>", ""), [0, 2, 3], [2]),
        (CARD.replace("<p>", "<p>by</p><p>Ada Winter</p><p>5 March</p><p>"), [0, 5, 6], [5]),
        (CARD.replace("<p>", "<p>The pond at the mill was dug when nobody looked.</p><p>"), [0, 3, 4], []),
        (CARD.replace("div>", "span>"), [0, 2, 3], []),
        (CARD.replace("/b", "https://b.example/b"), [0, 2, 3], []),
    ],
)
def test_what_stands_under_a_headline_in_its_card_is_of_it(html: str, chosen: list[int], found: list[int]) -> None:
    page = lay_out(parse_html(f"<article><p>One.</p>{html}<p>Two.</p><p>Three.</p><p>Four.</p></article>"), "a.example")
    assert sorted(find_decks(page, [page.blocks[number] for number in chosen])) == found


def test_a_link_in_capitals_between_paragraphs_is_another_story() -> None:
    cried, line = (
        "A SEAL THAT WOULD NOT LEAVE THE BAKERY",
        "<p>The lamp came <a href=/x>A HUNDRED AND TWELVE STEPS UP</a>.</p>",
    )
    html = f"<p><a href=/a>{cried}</a></p>{line}<h2><a href=/b>{cried}</a></h2><ul><li><a href=/c>{cried}</a></ul>"
    blocks = lay_out(parse_html(html)).blocks
    assert find_cried(blocks) == {0}


def test_links_in_one_block_below_words_that_head_other_stories_lead_away() -> None:
    links = "<br>".join(f"<a href=/{n}>Another long story of the harbour and its boats, number {n}</a>" for n in (1, 2))
    found = pointers(f"<p>One.</p><p><b>เรื่องที่เกี่ยวข้อง</b><br>{links}</p>")
    assert len(found) == 1 and found[0].endswith("number 2")
    assert pointers(f"<p>One.</p><p><b>The boats</b><br>{links}</p>") == []


def test_a_text_of_one_paragraph_under_its_own_linked_headline_stays() -> None:
    page = lay_out(parse_html(f"<main>{CARD}<p>Three.</p></main>"), "a.example")
    assert find_decks(page, page.blocks[1:], fold("Two ponds that nobody dug")) == set()
    assert find_decks(page, page.blocks[1:]) == {1}


@pytest.mark.parametrize("sign", [">> ", "» ", "→ ", "👉 "])
def test_a_line_behind_an_arrow_that_is_mostly_a_link_leads_away(sign: str) -> None:
    line = f"{sign}FROM THE TOWER: <a href=/x>The baker who counts every loaf of the island</a>"
    assert len(pointers(f"<p>One.</p><p>{line}</p><p>Two.</p>")) == 1
    assert pointers(f"<p>{sign}They went up the hundred and twelve steps to <a href=/x>the lamp</a>.</p>") == []


@pytest.mark.parametrize("name", ["story-relatedlink", "c-related", "bacajuga"])
def test_a_link_in_a_box_called_related_is_another_story(name: str) -> None:
    line = "<a href=/x>A seal that would not leave the bakery</a>"
    assert find_cried(lay_out(parse_html(f"<p>One.</p><div class='{name}'>{line}</div><p>{line}</p>")).blocks) == {1}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<strong>In depth:</strong> <a href=/x>The baker who counts every loaf</a>", True),
        ("Analyse：<a href=https://www.harbour.example/x>Wem gehört der alte Leuchtturm</a>", True),
        ("Source: <a href=https://lamps.example/x>The yearbook of lamps and lights</a>", False),
        ("In depth: <a href=/x>Loaves</a>", False),
        ("In depth: <a href=/x>The baker who counts every loaf</a> is worth your time", False),
        ("What the keeper of the lamp said: <a href=/x>the boat came back at dawn</a>", False),
    ],
)
def test_label_and_headline_of_another_story_are_no_text_of_news(line: str, found: bool) -> None:
    blocks = lay_out(parse_html(f"<p>One.</p><p>{line}</p>"), "harbour.example").blocks
    assert find_labelled(blocks, "harbour.example") == ({1} if found else set())


@pytest.mark.parametrize("label", ["For more, read", "For more, see", "For more on this story, read", "For more read"])
def test_such_words_lead_to_more_on_another_page(label: str) -> None:
    line = f"<em>{label}: <a href=/x>The baker who counts every loaf</a></em>"
    assert len(pointers(f"<p>One.</p><p>{line}</p><p>Two.</p>")) == 1


@pytest.mark.parametrize(
    "line",
    ["For more, see the second table: it lists all of the <a href=/x>boats</a>.",
     "For more than a year: <a href=/x>the lamp that stayed dark on the island</a>",
     "For more light, read: a lamp of forty watts is enough for a page.",
     "To see more, read: <a href=/x>the lamp that stayed dark on the island</a> and the notes below it, all of them"],
)  # fmt: skip
def test_sentences_that_begin_alike_stay(line: str) -> None:
    assert pointers(f"<p>One.</p><p>{line}</p><p>Two.</p>") == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<a href=https://app.example>Get up-to-the-minute scores: Download Pitchside</a>", {0}),
        ("<a href=/x>Enjoying the match? Join our club: Sign up here</a>", {0}),
        ("<a href=/x>Don't forget to follow the league: Subscribe for free</a>", {0}),
        ("Get up-to-the-minute scores: <a href=https://app.example>Download Pitchside</a>", set()),
        ("<a href=/x>Follow the money: what the harbour board paid for the lamp</a>", set()),
        ("<a href=/x>The keeper's advice: Get a lamp before the winter comes</a>", set()),
        ("<li><a href=/x>Get up-to-the-minute scores: Download Pitchside</a></li>", set()),
        ("Get the flour and the salt: Add them to the water and wait for an hour.", set()),
    ],
)
def test_a_link_that_asks_before_its_colon_and_behind_it_is_a_call(line: str, found: set[int]) -> None:
    assert find_cried(lay_out(parse_html(f"<div>{line}</div><p>One.</p>")).blocks) == found


BULLETED = "<p>• <strong><a href=/x>The best eight that never raced for the island</a></strong></p>"


def bulleted(html: str) -> set[int]:
    return find_bulleted(lay_out(parse_html(html), "harbour.example").blocks, "harbour.example")


def test_a_sign_and_a_headline_alone_between_paragraphs_is_another_story() -> None:
    assert bulleted(f"<p>They went up the steps.</p>{BULLETED}<p>Nobody looked back.</p>") == {1}


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Two of them:</p>{BULLETED}{BULLETED}<p>Nobody looked back.</p>",
        "<p>They went up.</p><p>• The best eight <a href=/x>that never raced</a> again won</p><p>Nobody did.</p>",
        "<p>They went up.</p><p>• <a href=https://a.example/x>A yearbook of all lamps</a></p><p>Nobody did.</p>",
        "<p>They went up.</p><p>• <a href=/x>Lamps</a></p><p>Nobody did.</p>",
        "<p>They went up.</p><ul><li>• <a href=/x>The best eight that never raced</a></li></ul><p>Nobody did.</p>",
        f"<p>They went up.</p>{BULLETED}",
    ],
)
def test_lists_sentences_and_sources_behind_a_sign_stay(html: str) -> None:
    assert bulleted(html) == set()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<a class='ra-related' href=/x>A seal that would not leave the bakery</a>", {1}),
        ("<a class='story-link' href=/x>A seal that would not leave the bakery</a>", set()),
        ("<a class='ra-related' href=/x>A seal</a> would not leave the bakery of the island", set()),
        ("<a class='ra-related' href=/x>The seals</a>", set()),
    ],
)
def test_a_link_that_is_itself_called_related_is_another_story(line: str, found: set[int]) -> None:
    assert find_cried(lay_out(parse_html(f"<p>One.</p><p>{line}</p><p>Two.</p>")).blocks) == found
