"""How sure a page's blocks must be to be taken: less where the page leaves more in doubt."""

from __future__ import annotations

from collections.abc import Sequence

SURE = 0.5
"""Share of being the article's from which a block is taken where the page leaves nothing in doubt."""
_LEAST = 0.3
"""Share below which none is, however doubtful the page."""


def threshold_of(shares: Sequence[float], sizes: Sequence[int]) -> float:
    """The share from which blocks are taken that leaves most to be expected of precision and recall together.

    ``shares`` tell how surely each block is the article's, ``sizes`` how many characters it has. Taken one by one, the
    surest first, ``n`` characters are expected to hold the sum of share times size that are right. A block of two
    fifths is a gain on a page whose surest blocks are three quarters, and a loss on one whose text is certain: what is
    at stake there is all of the precision (the threshold that is best for F1 is half of the F1 that can be had: Lipton,
    Elkan, Naryanaswamy, Optimal thresholding of classifiers to maximize F1 measure, 2014).
    """
    pairs = list(zip(shares, sizes, strict=True))
    expected = sum(share * size for share, size in pairs)
    best, least, right, taken = 0.0, SURE, 0.0, 0
    for share, size in sorted((pair for pair in pairs if pair[0] >= _LEAST), reverse=True):
        right += share * size
        taken += size
        gain = right / taken + right / expected
        if gain > best:
            best, least = gain, share
    return min(SURE, least)
