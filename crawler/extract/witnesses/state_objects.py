"""Objects in the page's application state, and those among them that are this page's article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.wording import fold, tidy

_TITLES = ("headline", "title", "headlines", "name")
_OF_TITLE = ("basic", "main", "default", "text", "rendered")
_NODES = 60_000
"""Values of the page's state that are looked through."""
_DEEPEST = 14


def objects(state: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of the state with the path that leads to it, outer ones first."""
    waiting: list[tuple[str, Any, int]] = [(name, value, 0) for name, value in state.items()][::-1]
    seen = 0
    while waiting and seen < _NODES:
        path, value, depth = waiting.pop()
        seen += 1
        if isinstance(value, dict):
            yield path, value  # Fusion.globalContent is the article itself
            if depth < _DEEPEST:
                waiting.extend(
                    (f"{path}.{key}", inner, depth + 1)
                    for key, inner in value.items()
                    if isinstance(inner, (dict, list))
                )
        elif isinstance(value, list) and depth < _DEEPEST:
            waiting.extend((path, inner, depth + 1) for inner in value[:200] if isinstance(inner, (dict, list)))


def titled(page: Page, layout: Layout, *headlines: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects whose title is also the page's title, a heading of it or one of the ``headlines``."""
    if not page.state:
        return
    titles = {fold(block.text) for block in layout.blocks if block.level == 1}
    titles |= {fold(tidy(value)) for value in (*page.meta.get("og:title", ()), *_given(headlines))}
    titles.discard("")
    for path, value in objects(page.state):
        if (title := title_of(value)) and fold(title) in titles:
            yield path, value


def title_of(value: dict[str, Any]) -> str:
    """The title of an object; empty where it has none."""
    for key in _TITLES:
        said = value.get(key)
        if isinstance(said, dict):
            said = next((said[name] for name in _OF_TITLE if said.get(name)), None)
        if isinstance(said, str) and len(said) > 5:
            return tidy(said)
    return ""


def _given(headlines: Iterable[str | None]) -> Iterator[str]:
    return (headline for headline in headlines if headline)
