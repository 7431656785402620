"""How a headline is spelled, where a line of the page and the page's data spell it apart."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.extract.headline.title_grounds import Title
from crawler.extract.wording import word_list

_GIVEN = frozenset(("og:title", "twitter:title"))
_SOFT = "\xad"
"""A hyphen that only says where a word may break."""
_OPEN_ENDS = (":", "|", "-", "–", "—")
"""What parts a heading from what follows it."""
_FEW = 2
"""Words of a name."""


def is_clean(value: str) -> bool:
    """Whether a spelling has no mark that is not the headline's; of two it is kept."""
    return _SOFT not in value and not value.endswith(_OPEN_ENDS)


def given_alike(titles: Iterable[Title], line: Title) -> Title | None:
    """The title that the data give in a line's words: it has the sign between kicker and headline that lines lack."""
    words = word_list(line.value)
    if len(words) <= _FEW:
        return None
    given = (title for title in titles if any(witness.place in _GIVEN for witness in title.witnesses))
    return next((title for title in given if word_list(title.value) == words), None)
