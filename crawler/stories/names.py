"""Names, as far as capital letters in the midst of a sentence tell them."""

from __future__ import annotations

import re

_WORD = re.compile(r" (?<=[\w,;:] )([^\W\d_a-zà-öø-ÿ][^\W\d_]{2,})")


def names_in(printed: str) -> list[str]:
    """The capitalised words behind a sentence's first, in order; none in scripts without capitals.

    Where all nouns have capitals, as in German, they are among them.
    """
    return [name for name in _WORD.findall(printed) if name[0].isupper()]
