"""Goods for sale: pages of a product and shops' lists, told by data, by a button to buy, or by their prices."""

from __future__ import annotations

from crawler.extract.outcome.price import PRICE
from crawler.extract.outcome.sight import STUB, Sight, phrases

_LINE = 60
"""Characters of a line that holds a price or a button's words, and no sentence."""
_PRICES = 8
"""Lines with a price that make a list of goods."""
_BUY = phrases("goods", "buys")


def goods(sight: Sight) -> str | None:
    """Why the page sells something; None where it does not, or it is dated and long or calls itself an article."""
    if sight.claims or (sight.dated and sight.size >= 2 * STUB):
        return None
    if kind := next((kind for kind in sight.kinds.split() if kind.startswith("product")), None):
        return f"its data call it a {kind}"
    if "product" in sight.linked_types:
        return "JSON-LD calls it a product"
    lines = [block for block in sight.layout.blocks if len(block.text) < _LINE]
    prices = [block.text for block in lines if PRICE.search(block.text)]
    if any(element.get("itemprop") == "price" for element in sight.layout.marked) and any(
        str(element.get("itemtype")).lower().endswith("/product") for element in sight.page.tree.iter()
    ):
        return "its markup calls it a product with a price"
    if prices:
        buttons = [block.text for block in lines if block.links or "button" in block.box.inside]
        buttons += [element.get("value") or element.get("alt") or "" for element in sight.page.tree.iter("input")]
        if button := next((text for text in buttons if _BUY.fullmatch(text.strip(" \t\n»›>→➝+.!"))), None):
            return f"a button says {button.strip()!r}, and a price is {prices[0]!r}"
    if len(prices) >= _PRICES and not sight.dated and sight.size < 5 * STUB:
        return f"{len(prices)} lines with a price, and neither date nor author"
    return None
