"""What kind of piece each block of an article is, whatever markup it comes in."""

from __future__ import annotations

import pytest

from crawler.extract.body.kind import as_block, as_blocks, is_related
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html


def kinds(html: str) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in map(as_block, lay_out(parse_html(html)).blocks)]


@pytest.mark.parametrize(
    "item", ["<li>A spoon</li>", "<li><p>A spoon</p></li>", "<li><div><p>A spoon</p></div></li>", "<li><b>A spoon</b>"]
)
def test_an_item_of_a_list_may_lie_in_boxes(item: str) -> None:
    assert kinds(f"<ul>{item}</ul>") == [("list_item", "A spoon")]


def test_what_follows_in_an_item_is_a_paragraph() -> None:
    found = kinds("<ol><li><p>A spoon of horn.</p><p>It lay under the floor.</p></li><li>A cat</li></ol>")
    assert [kind for kind, _ in found] == ["list_item", "paragraph", "list_item"]


def test_items_of_a_nested_list_are_items() -> None:
    assert [kind for kind, _ in kinds("<ul><li><p>For walkers:</p><ul><li><p>North</p></li></ul></li></ul>")] == [
        "list_item",
        "list_item",
    ]


def test_terms_and_what_they_mean_are_items() -> None:
    assert [kind for kind, _ in kinds("<dl><div><dt>Pier</dt><dd><p>It bears an arch.</p></dd></div></dl>")] == [
        "list_item",
        "list_item",
    ]


def test_a_list_that_lays_out_articles_holds_no_items() -> None:
    found = kinds("<ol><li><article><header><h3>The mayor speaks</h3></header><p>She is late.</p></article></li></ol>")
    assert [kind for kind, _ in found] == ["heading", "paragraph"]


def test_a_quotation_is_one_whatever_lies_in_it() -> None:
    assert kinds("<blockquote><p>Let it hang.</p><ul><li>there</li></ul></blockquote>") == [
        ("quote", "Let it hang."),
        ("quote", "there"),
    ]


@pytest.mark.parametrize(
    ("line", "related"),
    [
        ("<a href=/x>The baker who counts every loaf</a>", True),
        ("<a href=/x>水車小屋の猫、九年ぶりに帰る</a>", True),
        ("<a href=/x>The baker</a>", False),
        ("The baker who counts <a href=/x>every loaf</a>", False),
    ],
)
def test_a_link_that_stands_alone_leads_to_another_story(line: str, related: bool) -> None:
    assert is_related(lay_out(parse_html(f"<p>{line}</p>")).blocks[0]) is related


SENTENCE = (
    "The great lamp of Grindholm lighthouse was carried back up its hundred and twelve steps on Tuesday, at last."
)


def texts(html: str) -> list[str]:
    return [piece.text for block in lay_out(parse_html(html)).blocks for piece in as_blocks(block)]


def test_blank_lines_part_a_text_in_one_piece() -> None:
    lines = [f"{SENTENCE} {SENTENCE} It was day {number}." for number in range(4)]
    assert texts("<div>" + "\n \n".join(lines) + "\n\n(By Ada Winter)\n</div>") == [*lines, "(By Ada Winter)"]


@pytest.mark.parametrize("between", ["\n", "<br>\n", "</b>\n\n<b>and "])
def test_other_breaks_in_the_markup_part_nothing(between: str) -> None:
    line = f"{SENTENCE[:-1]} and {SENTENCE[:-1]} and so on"
    assert len(texts("<p><b>" + between.join([line] * 4) + "</b></p>")) == 1


@pytest.mark.parametrize(
    "lines",
    [
        [
            "The lamp is lit upon the pier,",
            "the gulls go round and round,",
            "and all the boats that were not here",
            "come home.",
        ],
        [
            "Die Lampe brennt am Ende",
            "der langen, nassen Mole,",
            "es wärmen sich die Hände",
            "die Männer an der Kohle.",
        ],
        ["Karsund Museum", "Harbour Street 12", "4711 Karsund", "Open from ten to four, but not on Mondays"],
        ["月落乌啼霜满天，", "江枫渔火对愁眠。", "姑苏城外寒山寺，", "夜半钟声到客船。"],
    ],
)
def test_the_lines_of_verse_and_addresses_stay_lines(lines: list[str]) -> None:
    for markup in ("<br>", "<br/>\n", "\n<br>\n"):
        assert kinds(f"<p>{markup.join(lines)}</p>") == [("paragraph", "\n".join(lines))]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>The lamp of the old harbour of Karsund burns again since<br>Tuesday, and the council has paid for the "
        "glass and for<br>the copper that two electricians and a welder needed for<br>the frame, which "
        "had rusted through in three places.</p>",
        "<p>Tickets are sold at the old customs house<br>and on the pier.</p>",
        "<p>In the harbour<br>the <b>lamp</b>\n<b>burns</b><br>again.</p>",
        "<p>Yes.<br>No.<br>Perhaps, said the welder, who had not been asked and would rather be at home.<br>No.</p>",
        "<p>in <i>one</i>\n<i>line</i>\n<i>whatever</i>\n<i>the</i>\n<i>source</i> has</p>",
    ],
)
def test_line_breaks_that_only_wrap_prose_are_spaces(markup: str) -> None:
    assert all("\n" not in text for _, text in kinds(markup))


def test_an_item_tells_how_deep_its_list_lies_in_others() -> None:
    inner = "<ul><li>red<ol><li><p>for the roof</p></li></ol></li></ul>"
    html = f"<ul><li>Paint{inner}</li><ul><li>blue</li></ul><li>Glue</li></ul>"
    assert [block.level for block in map(as_block, lay_out(parse_html(html)).blocks)] == [None, 2, 3, 2, None]


def test_a_list_in_a_page_laid_out_by_one_is_not_deep() -> None:
    html = "<ul><li><div><h2>Lamps</h2><p>There are two:</p><ul><li>red</li></ul></div></li></ul>"
    assert [block.level for block in map(as_block, lay_out(parse_html(html)).blocks)] == [2, None, None]
