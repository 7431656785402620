"""What a witness is, and what it proposes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.model import Candidate

Proposal = tuple[str, Candidate]
"""A field of the article and what is said of it.

Values: ``headline``, ``description``, ``section``, ``language``, ``canonical_url``, ``date_published``,
``date_modified``, ``body`` and ``type`` are strings as found; ``authors`` a tuple of bylines as found; ``topics`` and
``images`` tuples of strings; ``publisher`` an Organization; ``free`` a bool (readable without paying);
``words`` an int.
"""

UNSET = frozenset(("undefined", "null", "NaN", "[object Object]"))
"""What scripts write where they have no value."""
Witness = Callable[[Page, Layout], Iterable[Proposal]]
