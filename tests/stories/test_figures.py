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


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("Repairs will cost 6.4 million crowns by May.", "Repairs will cost 6.4m crowns by May.", ()),
        ("Repairs will cost 6.4 million crowns by May.", "Repairs will cost 6.4 billion crowns by May.",
         ("6.4 million → 6.4 billion",)),
        ("Prices rose 12 percent in the bay area.", "Prices rose 12% in the bay area.", ()),
        ("The pier is 10 miles from the old town.", "The pier is 10 km from the old town.", ("10 miles → 10 km",)),
        ("They were paid $300 each for the work.", "They were paid €300 each for the work.",
         ("$300 → €300",)),
        ("Twenty-one boats were lost in the storm.", "21 boats were lost in the storm.", ()),
        ("Der Umbau kostet 1.200 Euro und dauert lange.", "Der Umbau kostet 1.300 Euro und dauert lange.",
         ("1.200 → 1.300",)),
        ("The quay closes on Monday for repairs.", "The quay closes on Tuesday for repairs.", ("Monday → Tuesday",)),
        ("The quay closes in March for repairs.", "The quay closes in April for repairs.", ("March → April",)),
        ("The report was written by Bram Oduya last year.", "The report was written by Bram Odaya last year.",
         ("Oduya → Odaya",)),
        ("The report was written by Bram Oduya last year.", "The report was written by Oduya last year.", ()),
        ("The barge sails twice a day to the islands.", "The barge makes two trips a day to the islands.", ()),
        ("The barge sails twice a day to the islands.", "The barge makes three trips a day to the islands.",
         ("→ three",)),
        ("The barge sails twice a day to the islands.", "The barge sails thrice a day to the islands.",
         ("twice → thrice",)),
        ("Der Kahn fährt zweimal am Tag zu den Inseln.", "Der Kahn macht 2 Fahrten am Tag zu den Inseln.", ()),
        ("Der Kahn fährt zweimal am Tag zu den Inseln.", "Der Kahn fährt dreimal am Tag zu den Inseln.",
         ("zweimal → dreimal",)),
        ("He told the Russian envoy to go home.", "He told Russia's envoy to go home.", ()),
    ],
)  # fmt: skip
def test_units_dates_and_names_stand_out_too(
    article: Callable[..., Article], before: str, after: str, changed: tuple[str, ...]
) -> None:
    (link,) = align(article(before), article(after)).links
    assert link.changed == changed
