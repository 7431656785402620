"""Sources of evidence: each module proposes candidates for the fields of an article and decides nothing."""

from __future__ import annotations

from crawler.extract.witnesses import dom, json_ld, meta, microdata, state, url, visible
from crawler.extract.witnesses.proposal import Proposal, Witness

WITNESSES: tuple[Witness, ...] = (
    json_ld.propose,
    meta.propose,
    microdata.propose,
    state.propose,
    dom.propose,
    url.propose,
    visible.propose,
)
"""Every general witness. The resolver asks them in this order."""

__all__ = ["WITNESSES", "Proposal", "Witness"]
