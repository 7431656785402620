"""Why a block that stands between those of the article is none of it, for whoever looks at what was left out."""

from __future__ import annotations

from crawler.extract.page.blocks import TextBlock

_PLACES = (
    ("nav", "navigation"),
    ("footer", "footer"),
    ("aside", "aside"),
    ("form", "form"),
    ("button", "button"),
    ("figcaption", "caption"),
    ("figure", "in a figure"),
)
"""Tags around a block that say by themselves why it is no part of the text."""


def why_not(block: TextBlock, title: str) -> str:
    """The reason in a few words; ``title`` is the headline as it is compared."""
    if block.folded == title:
        return "the headline again"
    inside = block.box.inside
    for tag, why in _PLACES:
        if tag in inside:
            return why
    if block.link_chars > 0.7 * len(block.text):
        return "only links"
    if block.box.words < -1:
        names = block.box.element.get("class") or block.box.element.get("id") or "by a box around it"
        return f"named as furniture: {names}"[:80]
    return "reads unlike the article around it"
