"""The line above a text that introduces it."""

from __future__ import annotations

import pytest

from crawler.extract.body.introduced import leads_in
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html

LINE = "What the harbour master told us of the lamp:"


def introducing(html: str) -> str | None:
    layout = lay_out(parse_html(f"<body><h1>A lamp</h1><div>{html}</div></body>"))
    first = next(block for block in layout.blocks if block.text.startswith("1. "))
    above = leads_in(layout, first)
    return above and above.text


@pytest.mark.parametrize(
    "html",
    [
        f"<p><table><tr><td><img src=a.jpg></td></tr></table>{LINE}</p><p>1. It is heavy.</p>",
        f"<p>{LINE}</p><p>1. It is heavy.</p>",
        f"{LINE.replace('lamp', '<a href=/lamp>lamp</a>')}<p>1. It is heavy.</p>",
    ],
    ids=["bare behind a table", "a paragraph", "bare, with a link"],
)
def test_a_line_that_ends_in_a_colon_introduces_the_text(html: str) -> None:
    assert introducing(html) == LINE


@pytest.mark.parametrize(
    "html",
    [
        "<p>Filed under:</p><p>1. It is heavy.</p>",
        f"<p>{LINE[:-1]}.</p><p>1. It is heavy.</p>",
        f"<p><a href=/x>{LINE}</a></p><p>1. It is heavy.</p>",
        f"<aside><p>{LINE}</p></aside><p>1. It is heavy.</p>",
        f"<h2>{LINE}</h2><p>1. It is heavy.</p>",
    ],
    ids=["a label", "a full stop", "a link", "another box", "a heading"],
)
def test_other_lines_do_not(html: str) -> None:
    assert introducing(html) is None
