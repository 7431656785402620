"""Who wrote the article: the people of the byline, told from agencies, roles, handles and the outlet itself."""

from __future__ import annotations

from crawler.extract.blocks import Layout
from crawler.extract.body import Body
from crawler.extract.names import people_in
from crawler.extract.page import Page
from crawler.model import Candidate

Decision = tuple[tuple[str, ...], Candidate, str | None]


def choose_authors(page: Page, layout: Layout, body: Body, said: dict[str, list[Candidate]]) -> Decision | None:
    """The authors that trust and agreement speak for; None where nobody is named."""
    for candidate in sorted(said.get("authors", []), key=lambda c: -c.confidence):
        names = tuple(dict.fromkeys(name for line in candidate.value for name in people_in(line)))
        if names:
            return names, candidate, None
    return None
