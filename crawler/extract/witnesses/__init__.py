"""Sources of evidence: each module proposes candidates for the fields of an article and decides nothing.

A witness is a function that makes each ``proposal`` it can: of the page's data ``json_ld`` (``json_ld_fit``),
``microdata``, ``meta``, ``state`` (``state_objects``), ``attributes`` and ``access``; of what it shows ``dom``,
``shared`` and ``url`` for the headline, ``printed`` (``dateline``, ``date_words``, ``changes``) for dates, ``bylines``
(``by_words``, ``name_lines``, ``signed_lines``, ``signers``, ``author_marks``), ``owners``, ``eastern``, ``japanese``
and ``korean`` for authors.
"""

from __future__ import annotations

from crawler.extract.witnesses import (
    attributes,
    bylines,
    dom,
    eastern,
    japanese,
    json_ld,
    korean,
    meta,
    microdata,
    owners,
    printed,
    shared,
    state,
    url,
)
from crawler.extract.witnesses.proposal import Proposal, Witness

WITNESSES: tuple[Witness, ...] = (
    json_ld.propose,
    meta.propose,
    microdata.propose,
    dom.propose,
    shared.propose,
    url.propose,
    printed.propose,
    bylines.propose,
    eastern.propose,
    japanese.propose,
    korean.propose,
    owners.propose,
)
"""The general witnesses. The resolver asks them in this order."""

LAST_WITNESSES: tuple[Witness, ...] = (state.propose, attributes.propose)
"""Asked where the others leave a main field open: reading application state takes long, looking for dates too."""

__all__ = ["LAST_WITNESSES", "WITNESSES", "Proposal", "Witness"]
