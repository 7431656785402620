"""Lines in mid-text that only lead to other stories."""

from __future__ import annotations

import pytest

from crawler.extract.body.pointers import find_pointers
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html


def pointers(html: str) -> list[str]:
    blocks = lay_out(parse_html(html)).blocks
    return [blocks[number].text for number in sorted(find_pointers(blocks))]


@pytest.mark.parametrize("label", ["Read more", "ALSO READ", "Lire aussi", "Lesen Sie auch", "Читайте также"])
def test_a_link_behind_such_words_leads_away(label: str) -> None:
    line = f"{label}: The baker who counts every loaf"
    assert pointers(f"<p>One.</p><p><a href=/x>{line}</a></p><p>Two.</p>") == [line]


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
