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
        names = (element.get("class") or "").lower().split()
        is_change = any(_UPDATED.fullmatch(name) for name in names) and not any("publish" in name for name in names)
        said = changed if is_change else others
        said.update(filter(None, (element.get("datetime"), tidy(element.text_content()))))
    return changed - others if others else set()
