"""What a user sees while a crawl runs: a bar on a terminal, a line an event elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.spiders.wanted import Found


@contextmanager
def watching() -> Iterator[Callable[[Found | str], None]]:
    """A function to call with each thing found, or with what is done now; it draws a bar, or writes lines to a log."""
    from tqdm import tqdm

    terminal = sys.stderr.isatty()
    with tqdm(unit=" captured", disable=not terminal, leave=False, file=sys.stderr) as progress:

        def watch(item: Found | str) -> None:
            if isinstance(item, str):
                progress.set_description_str(item)
                if not terminal:
                    print(item, file=sys.stderr, flush=True)
                return
            progress.update()
            if terminal:
                progress.set_description_str(_what(item)[:60], refresh=False)
            elif _is_news(item):
                print(_what(item), file=sys.stderr, flush=True)

        yield watch


def _is_news(item: Found) -> bool:
    """Pages and trouble are worth a line in a log; requisites that came are not."""
    from crawler.spiders.wanted import Resource

    return not isinstance(item, Resource) or item.status >= 400


def _what(item: Found) -> str:
    from crawler.spiders.wanted import LookedUp, Page, Resource

    match item:
        case Page():
            outcome = item.article.outcome.value
        case Resource() | LookedUp():
            outcome = item.recorded.outcome.value
        case _:
            outcome = item.outcome.value
    return f"{item.purpose.role.value} {outcome} {item.requested}"
