from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.model import Article
from crawler.stories import align

BEFORE = "Divers found cracks in 14 of the 1,212 piles of the quay on Monday, two of them in 1987."


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        ("Divers found cracks in 12 of the 1,212 piles of the quay on Monday, two of them in 1987.", ("14 → 12",)),
        ("Divers found cracks in 14 of the 1212 piles of the quay on Monday, 2 of them in 1987.", ()),
        ("Divers found cracks in 14 of the piles of the quay.", ()),
        ("Divers found cracks in 14 of the 1,212 piles of the quay on Monday, two of them in 1978.", ("1987 → 1978",)),
        ("On Monday, 30 divers found cracks in 14 of the 1,212 piles of the quay, two in 1987.", ("→ 30",)),
    ],
)
def test_a_changed_figure_stands_out(article: Callable[..., Article], after: str, changed: tuple[str, ...]) -> None:
    (link,) = align(article(BEFORE), article(after)).links
    assert link.changed == changed
