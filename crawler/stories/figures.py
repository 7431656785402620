"""Figures of matched sentences, so that a changed one stands out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.stories.wording import Wording

_TO_TWENTY = """
zero one two three four five six seven eight nine ten
eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
"""
_WRITTEN = {word: str(number) for number, word in enumerate(_TO_TWENTY.split()) if word != "one"}
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")


def changed_figures(originals: Sequence[Wording], copies: Sequence[Wording]) -> tuple[str, ...]:
    """Figures of a copy's sentences that those of the original do not have, in order, each beside the one it replaced.

    A figure left out is no change: rewriters drop them. ``one`` is no figure, for it is an article more often.
    """
    before, after = _figures(originals), _figures(copies)
    new = [figure for figure in after if figure not in before]
    if not new:
        return ()
    left = [figure for figure in before if figure not in after]
    changes = []
    for figure in new:
        replaced = next((old for old in left if bool(_YEAR.match(old)) == bool(_YEAR.match(figure))), None)
        if replaced is not None:
            left.remove(replaced)
        changes.append(f"{replaced or ''} → {figure}".strip())
    return tuple(changes)


def _figures(sentences: Sequence[Wording]) -> list[str]:
    found: dict[str, None] = {}
    for sentence in sentences:
        for word in sentence.words:
            if word[0].isdigit():
                found[word.replace(",", "")] = None
            elif word in _WRITTEN:
                found[_WRITTEN[word]] = None
    return list(found)
