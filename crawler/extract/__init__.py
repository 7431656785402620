"""From the bytes of a page to an article, with the evidence for every field.

How the data flow, and where what is:

- ``page`` is the page parsed once, ``embedded`` the data in its scripts; ``wording`` is how text, ``address`` how
  addresses are read, ``dates``, ``counts`` and ``names`` how a printed phrase is (``cldr``: in which language what is
  said how).
- ``witnesses``, and ``sites`` for what only one site does, say what they know of each field and decide nothing;
  ``testimony`` keeps it all.
- ``headline``, ``authors`` and ``publication`` choose among it, by how far each ground is to be trusted (``trust``,
  learned). ``body`` chooses blocks, ``images`` pictures; ``panels`` and ``counts`` are what stands beside the article,
  ``linked``, ``attribution`` and ``elsewhere`` where else it stands.
- ``outcome`` says whether it is an article at all, ``resolve`` puts all of it together, ``explain`` tells the reasons,
  ``extractor`` what made it.
- ``dump`` makes an article of a text dump instead, ``feeds`` a list of stories of a feed, sitemap or publisher's page,
  ``requisites`` what a browser needs to show the page.

Each may import only what comes before it: ``pyproject.toml`` has the order.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from crawler.extract.dump import extract_text_dump
from crawler.extract.extractor import EXTRACTOR
from crawler.extract.outcome import FILE_START, is_file
from crawler.extract.page import Page
from crawler.extract.requisites import Requisite, find_embedded, find_requisites
from crawler.extract.resolve import resolve

if TYPE_CHECKING:
    from crawler.model import Article

__all__ = ["EXTRACTOR", "Page", "Requisite", "extract_article", "extract_text_dump", "find_embedded", "find_requisites"]


def extract_article(
    body: bytes,
    *,
    url: str,
    captured_at: datetime | str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Article:
    """The article in a response's body; never raises, whatever the bytes.

    ``body`` is the entity with transfer and content coding removed, ``headers`` the response's fields (of them
    Content-Type and Content-Language are read). Where there is no article in it, ``outcome`` and ``outcome_reason`` say
    what it is instead.
    """
    if headers and is_file(body, headers):
        body = body[:FILE_START]  # as text, all of it takes memory and time, and says no more
    with _collector_paused():
        return resolve(Page(body, url=url, captured_at=captured_at, headers=headers))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without the collector of cyclic garbage: it would go through all blocks again and again, and find none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
