"""What stands beside the main box of a page."""

from crawler.extract.body.branches import Branches
from crawler.extract.body.prose import Prose
from crawler.extract.body.surroundings import Surroundings
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html

PARAGRAPH = "<p>The harbour office said that the ferry would stay in port until the wind had gone down, and that it would not sail before noon.</p>"  # noqa: E501


def branches_of(html: str) -> tuple[list[str], list[tuple[float, ...]]]:
    layout = lay_out(parse_html(html))
    branches = Branches(layout, Surroundings(layout, Prose(layout.blocks).amounts))
    return [block.text for block in layout.blocks], [branches.of(block.box) for block in layout.blocks]


def test_section_beside_the_main_one_is_told_by_its_form_and_its_distance() -> None:
    texts, found = branches_of(
        f"""<main><div class="part">{PARAGRAPH * 4}</div><div class="part"><p>Tickets stay valid.</p></div>
        <div class="teaser"><p><a href="/b">Another story</a></p></div></main><footer><p>All rights</p></footer>"""
    )
    told = dict(zip(texts, found, strict=True))
    ticket, teaser, foot = told["Tickets stay valid."], told["Another story"], told["All rights"]
    assert (ticket[0], ticket[1]) == (1.0, 6.0)  # joins the way one growing box up, where six blocks are
    assert ticket[5] == 1.0
    assert teaser[5] == 2.0
    assert ticket[6] == 1.0  # all prose there is in boxes of its form
    assert teaser[6] == 0.0
    assert (teaser[3], ticket[3]) == (1.0, 0.0)
    assert foot[0] > ticket[0]


def test_block_of_the_main_box_is_in_no_branch_beside_it() -> None:
    _, found = branches_of(f"<main><div>{PARAGRAPH * 3}</div></main>")
    assert all(told[0] == 0.0 and told[5] == 0.0 for told in found)


def test_page_without_prose_has_no_main_box_to_stand_beside() -> None:
    _, found = branches_of("<div><p>Menu</p></div>")
    assert found == [(-1.0,) * 8]


def test_ten_thousand_boxes_around_a_block_are_walked_without_recursion() -> None:
    _, found = branches_of(f"<main><div>{PARAGRAPH * 3}</div></main>" + "<div>" * 10_000 + "<p>Deep down</p>")
    assert len(found) == 4
