"""What a block is judged by: the page around it, and not how many boxes a layout puts around each part."""

import random

import lxml.html
import pytest

from crawler.extract.body.traits import NAMES, traits_of
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html

PARAGRAPH = "<p>The harbour office said that ferry {n} would stay in port until the wind had gone down.</p>"
PAGE = f"""<body><header class="top"><a href="/">News</a><ul><li><a href="/a">Harbour</a></li></ul></header>
<main class="page"><h1>Ferries stay in port</h1>
<div class="article-body">{"".join(PARAGRAPH.format(n=n) for n in range(6))}
<h2>What comes next</h2>{PARAGRAPH.format(n=7)}<blockquote><p>We will sail when it is calm again.</p></blockquote>
{PARAGRAPH.format(n=8)}</div>
<div class="teasers"><h3>Other stories</h3><p><a href="/b">The baker who counts every loaf</a></p>
<p><a href="/c">Why the old mill is quiet this spring</a></p></div>
</main><footer><p>All rights reserved by the harbour news</p></footer></body>"""


def rows(html: str) -> list[dict[str, float] | None]:
    layout = lay_out(parse_html(html))
    found = traits_of(layout, headline="Ferries stay in port", description=None).rows
    return [None if row is None else dict(zip(NAMES, row, strict=True)) for row in found]


def wrapped(html: str, *, named: bool) -> str:
    """Each paragraph, heading and quotation in one to three boxes of its own, with or without names of their own."""
    tree, rng = parse_html(html), random.Random(1)
    for element in list(tree.iter("p", "h1", "h2", "h3", "blockquote")):
        for _ in range(rng.randint(1, 3)):
            box = lxml.html.Element("div", {"class": f"b{rng.randrange(16**6):06x}"} if named else {})
            element.getparent().replace(element, box)
            box.append(element)
            element = box
    return lxml.html.tostring(tree, encoding="unicode")


@pytest.mark.parametrize("named", [False, True])
def test_boxes_around_a_single_part_change_nothing(named: bool) -> None:
    assert rows(wrapped(PAGE, named=named)) == rows(PAGE)


def test_boxes_around_a_single_part_lend_it_their_names() -> None:
    plain = rows(PAGE.replace("<h2>", '<div class="x"><h2>').replace("</h2>", "</h2></div>"))
    named = rows(PAGE.replace("<h2>", '<div class="newsletter-promo"><h2>').replace("</h2>", "</h2></div>"))
    told = [(before["parent_words"], after["parent_words"]) for before, after in zip(plain, named, strict=True)
            if before is not None and after is not None and before != after]  # fmt: skip
    assert len(told) == 1
    assert told[0][1] < told[0][0]


def test_ten_thousand_boxes_that_each_hold_more_are_walked_without_recursion() -> None:
    found = rows(PAGE + "<div><p>Deeper and deeper the stairs went down below the harbour wall.</p>" * 10_000)
    assert len(found) > 10_000
