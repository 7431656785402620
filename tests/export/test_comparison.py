"""The page that shows a copy beside its original."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from lxml import html

from crawler.export.comparison import comparison_page
from crawler.model import Alignment, Article, Coverage, Link, Organization, Outcome, Quotation, QuotationLink, Reason

ORIGINAL = Article(
    "https://courier.example/quay", "2031-05-01T00:00:00Z", Outcome.ARTICLE,
    headline="Quay <closed> & shut", publisher=Organization("The Velm Courier"), text="A1 A2 A3",
)  # fmt: skip
COPY = Article("https://star.test/1", "2031-05-02T00:00:00Z", Outcome.ARTICLE, headline="Quay shut", text="B1 B2 B3")
SAID = Quotation("We are <not> going", 1, "Ilse Tarnow")
ALIGNMENT = Alignment(
    original_sentences=("The quay has 14 piles.", "“We are <not> going,” said Ilse Tarnow.", "It rained."),
    copy_sentences=("“We are <not> going,” said Ilse Tarnow.", "The quay has 12 piles.", "Nobody came."),
    links=(
        Link((0,), (1,), "verbatim", True, 1.0, "exact"),
        Link((1,), (0,), "edited", False, 0.95, "edit distance", ("14 → 12",)),
        Link((2,), (), "added", False, 0.0, "none"),
        Link((), (2,), "dropped", False, 0.0, "none"),
    ),
    coverage=Coverage(0.66, 0.66),
    direction="original",
    reasons=(Reason("<b>only</b> the Courier names who wrote it", 0.4, "By N. Feld"),),
    quotations=(QuotationLink(SAID, SAID, 1.0, True),),
)


@pytest.fixture
def page() -> str:
    return comparison_page(ORIGINAL, COPY, ALIGNMENT)


def test_it_stands_alone(page: str) -> None:
    tree = html.document_fromstring(page)
    assert not tree.xpath("//script | //link | //img | //iframe | //@src | //@onclick")
    assert all(target.startswith("#link-") for target in tree.xpath("//@href"))
    assert "url(" not in page and "@import" not in page


def test_every_link_is_drawn_and_has_its_row(page: str) -> None:
    tree = html.document_fromstring(page)
    rows = tree.xpath("//ol[@class='rows']/li/@id")
    assert sorted(rows) == ["link-1", "link-2", "link-3", "link-4"]
    assert sorted(target[1:] for target in tree.xpath("//figure//a/@href")) == sorted(rows)
    assert len(tree.xpath("//figure//path")) == 2


def test_other_peoples_words_are_no_markup(page: str) -> None:
    assert "Quay &lt;closed&gt; &amp; shut" in page
    assert "&lt;b&gt;only&lt;/b&gt;" in page
    assert "<not>" not in page


def test_what_an_edit_changed_is_marked_by_more_than_colour(page: str) -> None:
    tree = html.document_fromstring(page)
    assert (tree.xpath("string(//del)"), tree.xpath("string(//ins)")) == ("14", "12")
    assert tree.xpath("//span[@class='changed']/text()") == ["changed: 14 → 12"]


def test_the_order_of_the_original_is_offered_and_called_inferred(page: str) -> None:
    tree = html.document_fromstring(page)
    assert "inferred" in tree.xpath("string(//p[contains(@class, 'inferred')])")
    orders = [re.findall(r"\d+", style) for style in tree.xpath("//ol/li/@style")]
    assert orders == [["0", "1"], ["1", "0"], ["2", "3"], ["3", "2"]]


def test_texts_in_order_need_no_other_order() -> None:
    alignment = Alignment(("One.",), ("One.",), (Link((0,), (0,), "verbatim", False, 1.0, "exact"),), Coverage(1, 1),
                          "undecided", ())  # fmt: skip
    page = comparison_page(ORIGINAL, COPY, alignment)
    assert "Order of the rows" not in page
    assert "Which came first is undecided." in page


def test_nothing_against_nothing_is_a_page_too() -> None:
    empty = Article(None, None, Outcome.NOT_ARTICLE)
    assert "<ol" in comparison_page(empty, empty, Alignment((), (), (), Coverage(0, 0), "undecided", ()))


def test_colours_can_be_told_from_their_ground() -> None:
    sheet = files("crawler.export").joinpath("comparison.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[:2]
    for block in blocks:
        colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block))
        for name in ("ink", "quiet", "link", "verbatim", "edited", "paraphrased", "merged", "added", "dropped"):
            for ground in ("paper", "box"):
                assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground, block)
        assert contrast(colours["ink"], colours["mark"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
