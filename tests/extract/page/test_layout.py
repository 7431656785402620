from __future__ import annotations

import pytest

from crawler.extract.page.blocks import Layout
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html


def layout(html: str) -> Layout:
    return lay_out(parse_html(html))


def texts(html: str) -> list[str]:
    return [block.text for block in layout(html).blocks]


def test_boxes_border_blocks_and_inline_elements_do_not() -> None:
    assert texts("<div>one <b>two</b><p>three<span> four</span></p>five</div>") == ["one two", "three four", "five"]


def test_two_line_breaks_border_a_block() -> None:
    assert texts("<div>one<br>two<br> <br>three</div>") == ["one two", "three"]


@pytest.mark.parametrize("end", ["</body></html>", "</body>", "\n</BODY >\n</HTML>\n", "</html>"])
def test_what_follows_the_end_of_a_document_is_of_it(end: str) -> None:
    assert texts(f"<html><body><p>one</p>{end}<div><p>two</p></div> three</body></html>") == ["one", "two", "three"]


def test_scripts_and_styles_hold_no_text() -> None:
    assert texts("<p>a<script>b</script><style>c</style>d</p><noscript>e</noscript><template>f</template>") == [
        "ad",
        "e",
    ]


def test_readings_beside_characters_are_no_text() -> None:
    assert texts("<p><ruby>灯台<rp>(</rp><rt>とうだい</rt><rp>)</rp></ruby>の<ruby>光<rt>ひかり</rt></ruby></p>") == [
        "灯台の光"
    ]


def test_links_are_counted_by_their_characters() -> None:
    block = layout('<p>see <a href="/x">the other story</a></p>').blocks[0]
    assert (block.links, block.link_chars, len(block.text)) == (1, 15, 19)


def test_level_is_that_of_the_heading_around() -> None:
    assert [block.level for block in layout("<h2><div>a</div></h2><p>b</p>").blocks] == [2, None]


def test_hidden_is_inherited() -> None:
    blocks = layout('<div style="display: none"><p>a</p></div><p>b</p>').blocks
    assert [block.box.hidden for block in blocks] == [True, False]


def test_a_box_knows_its_blocks() -> None:
    found = layout("<div><p>a</p><p>b</p></div><p>c</p>")
    box = found.blocks[0].box.parent
    assert box is not None and (box.first, box.last, box.count) == (0, 1, 2)


def test_pictures_stand_between_blocks() -> None:
    found = layout('<p>a</p><figure><img src="x.png"><figcaption>b</figcaption></figure><p>c</p>')
    assert [(element.get("src"), before) for element, _, before in found.pictures] == [("x.png", 1)]


def test_a_block_knows_the_links_inside_and_around_it_and_no_others() -> None:
    found = layout('<p>a</p><p><a href="/b">b</a></p><a href="/c"> <h3>c</h3><p>d</p></a><p>e</p>')
    hrefs = [[element.get("href") for element in block.elements] for block in found.blocks]
    assert hrefs == [[], ["/b"], ["/c"], ["/c"], []]


def test_a_link_knows_its_blocks() -> None:
    found = layout('<p>a <a href="/b">b</a></p><a href="/c"><h3>c</h3><p>d</p></a>')
    assert [(link.first, link.last) for link in found.links] == [(0, 0), (1, 2)]


def test_a_role_stands_for_its_tag() -> None:
    assert "nav" in layout("<div role=navigation><p>a</p></div>").blocks[0].box.inside


def test_a_link_of_nothing_but_a_line_break_at_the_end_shows_no_block() -> None:
    [link] = layout('<p>a</p><a href="/b"><br></a>').links
    assert link.last < link.first


def test_a_heading_by_role_has_its_rank() -> None:
    found = layout("<div role=heading aria-level=1>a</div><div role=heading>b</div><p>c</p>")
    assert [block.level for block in found.blocks] == [1, 2, None]
