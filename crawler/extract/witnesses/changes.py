"""Times that their class tells to be those of a change, as themes of weblogs set them beside those of publication."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.extract.wording import tidy

_UPDATED = re.compile(r"(?:[\w-]*[-_])?(?:updated|modified)(?:[-_](?:date|time))?")


def said_of_changes(times: list[HtmlElement]) -> set[str]:
    """What those of some times side by side say whose class is that of a change; alone, such a class says nothing."""
    changed: set[str] = set()
    others: set[str] = set()
    for element in times:
        said = changed if _is_change(element) else others
        said.update(filter(None, (element.get("datetime"), tidy(element.text_content()))))
    return changed - others if others else set()


def named_changes(elements: list[HtmlElement], phrases: list[str]) -> set[str]:
    """Which of some phrases side by side only an element of such a class holds, as themes hide them beside a date."""
    named = {tidy(element.text_content()) for element in elements if _is_change(element)} & set(phrases)
    return named if len(named) < len(phrases) else set()


def _is_change(element: HtmlElement) -> bool:
    """Whether its class, and nothing else there, says that an element tells of a change."""
    names = (element.get("class") or "").lower().split()
    return any(_UPDATED.fullmatch(name) for name in names) and not any("publish" in name for name in names)
