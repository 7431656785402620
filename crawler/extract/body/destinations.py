"""Where the links of each block lead: to other sites, to places on this page, or to other pages of its site."""

from __future__ import annotations

from itertools import accumulate

from crawler.extract.address import archived_in
from crawler.extract.page.blocks import Box, Layout

_NONE = -1.0
"""Share of what is not there."""


class Destinations:
    """The links of a page by what they lead to.

    On other sites lies what an article names as its sources or lists, on the page's own what a reader shall open next.
    """

    def __init__(self, layout: Layout) -> None:
        total = len(layout.blocks)
        host = layout.host
        links, away, inside = [0] * total, [0] * total, [0] * total
        begun, begun_away = [0] * (total + 1), [0] * (total + 1)
        for link in layout.links:
            first, last = link.first, link.last
            if last < first:
                continue
            address = link.address.lstrip()
            begun[first + 1] += 1
            elsewhere, within = leads_away(address, host), address[:1] == "#"
            begun_away[first + 1] += elsewhere
            for number in range(first, last + 1):
                links[number] += 1
                away[number] += elsewhere
                inside[number] += within
        self._links, self._away, self._inside = links, away, inside
        self._begun, self._begun_away = [*accumulate(begun)], [*accumulate(begun_away)]
        self._known: dict[Box, tuple[float, float]] = {}

    def of(self, number: int) -> tuple[float, float]:
        """Shares of a block's links that lead to other sites, and to places on the page; -1 where it has none."""
        links = self._links[number]
        return (self._away[number] / links, self._inside[number] / links) if links else (_NONE, _NONE)

    def around(self, box: Box) -> tuple[float, float]:
        """Shares of the links that begin in a box, and in the next larger one around it, that lead to other sites."""
        if (known := self._known.get(box)) is None:
            known = self._known[box] = (self._share(box), self._share(box.outer or box))
        return known

    def _share(self, box: Box) -> float:
        first, end = box.first, box.last + 1
        links = self._begun[end] - self._begun[first]
        return (self._begun_away[end] - self._begun_away[first]) / links if links else _NONE


def leads_away(address: str, host: str) -> bool:
    """Whether an address as written is another site's than ``host``, which is without ``www.``, and no part of it.

    Where the host is not known nothing is said to lead away.
    """
    if not host or not address.startswith(("http", "//")):
        return False
    named = archived_in(address).partition("//")[2].partition("/")[0].partition("?")[0].lower().removeprefix("www.")
    return not (named == host or named.endswith(f".{host}") or host.endswith(f".{named}"))
