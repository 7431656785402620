"""Items of a list that are in doubt between two that are taken."""

from crawler.extract.body.items import find_items
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html

LIST = "<ul><li>Cracks in two hinges</li><li>A vessel from the south</li><li>Council meets on Thursday</li></ul>"


def found(html: str, shares: list[float]) -> set[int]:
    return find_items(lay_out(parse_html(html)).blocks, shares, 0.5)


def test_doubtful_item_between_two_taken_ones_is_taken() -> None:
    assert found(LIST, [0.6, 0.4, 0.6]) == {1}


def test_item_that_nearly_surely_is_none_stays_out_and_parts_the_list() -> None:
    assert found(LIST, [0.6, 0.1, 0.6]) == set()


def test_doubtful_item_at_either_end_stays_out() -> None:
    assert found(LIST, [0.4, 0.6, 0.4]) == set()


def test_items_of_two_lists_do_not_vouch_for_each_other() -> None:
    assert found(LIST + LIST, [0.1, 0.1, 0.6, 0.4, 0.6, 0.1]) == set()


def test_paragraph_in_doubt_is_no_item() -> None:
    assert found("<div><p>Cracks in two hinges</p><p>A vessel</p><p>Council meets</p></div>", [0.6, 0.4, 0.6]) == set()
