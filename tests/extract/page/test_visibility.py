"""Text that readers do not see is no text, and custom elements are lines or boxes as they are used."""

from __future__ import annotations

import pytest

from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html


def texts(html: str) -> list[str]:
    return [block.text for block in lay_out(parse_html(html)).blocks]


@pytest.mark.parametrize(
    "names",
    ["visually-hidden", "sr-only", "screen-reader-text", "u-visuallyhidden", "link__icon sr-only", "a11y-hidden"],
)
def test_what_is_only_read_out_is_no_text(names: str) -> None:
    page = f'<p>see the <a href="/x">report<span class="{names}"> (opens in new window)</span></a>, page <b>4</b></p>'
    assert texts(page) == ["see the report, page 4"]


@pytest.mark.parametrize("attribute", ["hidden", 'style="display: none"', 'style="visibility:hidden"'])
def test_hidden_words_of_a_line_are_no_text(attribute: str) -> None:
    assert texts(f"<p>a <span {attribute}>b <i>c</i></span>d</p><p>e</p>") == ["a d", "e"]


@pytest.mark.parametrize("unseen", ['class="sr-only"', "hidden", 'style="display:none"'])
def test_bold_words_that_readers_do_not_see_make_nothing_else_bold(unseen: str) -> None:
    blocks = lay_out(parse_html(f"<p>a <b {unseen}>b</b> <b>c</b></p><p>d</p>")).blocks
    assert [(block.text, block.strong_chars) for block in blocks] == [("a c", 1), ("d", 0)]


@pytest.mark.parametrize("names", ["hidden-gem", "screen", "srs", "visually", "readers"])
def test_other_names_hide_nothing(names: str) -> None:
    assert texts(f'<p>a <span class="{names}">b</span></p>') == ["a b"]


def test_a_drop_cap_that_is_read_out_apart_stands_once() -> None:
    page = '<p><span aria-hidden="true">T</span><span class="sr-only">T</span>he lamp</p>'
    assert texts(page) == ["The lamp"]


def test_custom_elements_by_themselves_are_boxes() -> None:
    page = "<x-body><x-par><span>one</span></x-par>\n<x-par><span>two</span></x-par><x-cap>three</x-cap></x-body>"
    assert texts(page) == ["one", "two", "three"]


def test_custom_elements_in_a_line_are_of_it() -> None:
    page = "<p>the <x-term>lens</x-term> of <x-a>the</x-a> <x-b>lamp</x-b></p><div>a <x-c><x-d>b</x-d></x-c></div>"
    assert texts(page) == ["the lens of the lamp", "a b"]


def test_custom_elements_in_a_shadow_root_are_boxes() -> None:
    page = '<x-a><template shadowrootmode="open"><x-b>one</x-b><x-b>two</x-b></template></x-a>'
    assert texts(page) == ["one", "two"]


@pytest.mark.parametrize("indent", ["\u3000\u3000", "\u3000", "&nbsp;&nbsp;&nbsp;", "&emsp;&emsp;"])
def test_an_indented_line_is_a_paragraph(indent: str) -> None:
    assert texts(f"<div>{indent}one<br>\n{indent}two<br>two too</div>") == ["one", "two two too"]


def test_lines_of_a_verse_are_one_block() -> None:
    assert texts("<p>the wheel goes round,<br>\n the miller sleeps</p>") == ["the wheel goes round, the miller sleeps"]


@pytest.mark.parametrize("sign", ["↗", "&#xe805;", "▶"])
def test_a_sign_that_is_not_read_out_is_no_text(sign: str) -> None:
    assert texts(f'<p>the <a href=/x>county<i aria-hidden="true">{sign}</i></a> says</p>') == ["the county says"]


def test_words_that_are_not_read_out_are_text() -> None:
    assert texts('<p><span aria-hidden="true">T</span>he lamp <span aria-hidden="true">–</span> lit</p>') == [
        "The lamp – lit"
    ]


@pytest.mark.parametrize("around", ["<span>{}</span>", "<div>{}</div>"])
def test_an_inline_caption_below_a_picture_is_a_box(around: str) -> None:
    picture = around.format('<img src=/a.jpg><em class="img_desc">The lamp.</em>')
    assert texts(f"<div>{picture}It was lit.<br><br>Twice.</div>") == ["The lamp.", "It was lit.", "Twice."]


def test_words_called_a_caption_within_a_line_are_of_it() -> None:
    page = '<img src=/a.jpg><p><span class="caption">most are white, ros</span>é <span class="caption">too</span>'
    assert texts(page) == ["most are white, rosé too"]


@pytest.mark.parametrize("blank", ["\u200b", "\ufeff", "\u200b \u200b", "\u2060", "\xad", "\u200d\u200c"])
def test_a_line_of_signs_without_width_is_none(blank: str) -> None:
    assert texts(f"<p>one</p><p><span>{blank}</span></p><p>two</p>") == ["one", "two"]


@pytest.mark.parametrize("line", ["-", "3", "…", "\u200bA", "می\u200cرود", "❤\ufe0f"])
def test_a_line_of_one_sign_stays(line: str) -> None:
    assert texts(f"<p>one</p><p>{line}</p><p>two</p>") == ["one", line, "two"]


@pytest.mark.parametrize(
    "names", ["material-icons", "material-icons-outlined left", "icon material-symbols-rounded", "material-symbols"]
)
def test_what_an_icon_font_draws_is_no_text(names: str) -> None:
    page = f'<p><i class="{names}">access_time</i><time>3 May</time> <span class="{names}">create</span>Ada Winter</p>'
    assert texts(page) == ["3 May Ada Winter"]


@pytest.mark.parametrize(
    "names", ["material", "icons", "materials-icons", "material-iconsets", "raw-material-symbolsx"]
)
def test_other_names_draw_no_icons(names: str) -> None:
    assert texts(f'<p>a <span class="{names}">b</span></p>') == ["a b"]


@pytest.mark.parametrize(
    "hint",
    ["(opens in new window)", " (Nouvelle fenêtre)", "(öffnet in neuem Fenster)", "Opens in a new tab",
     "[nueva ventana]",
     "(si apre in una nuova scheda)", "（新しいウィンドウで開く）", "(새 창)"],
)  # fmt: skip
def test_where_a_link_opens_is_no_text_of_it(hint: str) -> None:
    assert texts(f'<p>see <a href="/x">the report<span class="hint">{hint}</span></a>.</p>') == ["see the report."]


@pytest.mark.parametrize(
    "words", ["New window", "Open a new tab", "The new window opens", "(new windows of the tower)"]
)
def test_links_that_speak_of_windows_stay(words: str) -> None:
    shown = texts(f'<p>see <a href="/x"><span class="name">{words}</span></a> <i class="x">(new window)</i></p>')
    assert shown == [f"see {words} (new window)"]
