"""Forms with some words on them: pages to write to somebody, to order, to register or to search."""

from __future__ import annotations

from lxml.html import HtmlElement

from crawler.extract.outcome.sight import STUB, Sight

_FIELDS = 3
"""Fields of a form that is more than a line to search or to subscribe."""
_MANY, _PARAGRAPH = 20, 120
"""Fields of a puzzle, and characters of a paragraph that tells something."""
_NEAR = 3
"""Blocks between a form and the words that are said of it."""
_UNSEEN = frozenset({"hidden", "submit", "button", "image", "reset"})
"""Types of input that nothing is written into."""


def form(sight: Sight) -> str | None:
    """Why the page is a form with its instructions; None where it has none, or anything calls it an article."""
    if many := _many_fields(sight):
        return f"{many} fields to fill, and no paragraph"
    if sight.claims or sight.dated or sight.size >= STUB or not sight.body.chosen:
        return None
    first, last = sight.body.chosen[0].number - _NEAR, sight.body.chosen[-1].number + _NEAR
    for box in sight.layout.boxes:
        if (
            box.tag == "form"
            and box.first <= last
            and box.last >= first
            and (fields := fields_of(box.element)) >= _FIELDS
        ):
            return f"a form of {fields} fields, and {sight.size} characters that neither date nor author goes with"
    return None


def _many_fields(sight: Sight) -> int:
    """The fields of a puzzle or a quiz, where they are many and nothing is told beside them; else 0."""
    if sight.claims or any(len(block.text) >= _PARAGRAPH for block in sight.body.chosen):
        return 0
    number = fields_of(sight.page.tree)
    return number if number >= _MANY else 0


def fields_of(element: HtmlElement) -> int:
    """Number of the fields in a form that something is written into or chosen from."""
    return sum(
        field.tag != "input" or (field.get("type") or "text").strip().lower() not in _UNSEEN
        for field in element.iter("input", "textarea", "select")
    )
