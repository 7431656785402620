"""Towns behind the names of a byline: "Anna Berg, Boston, MA"."""

from __future__ import annotations

import re

from crawler.extract.names.given_names import is_given_name

_REGION = re.compile(
    r"A[KLRZ]|Ala\.|Ariz\.|Ark\.|C[AOT]|Calif\.|Colo\.|Conn\.|D\.?C\.?|DE|Del\.|FL|Fla\.|G[AU]|Ga\.|HI|I[ADLN]|Ill\.|Ind\.|K[SY]"
    r"|Kan\.|Ky\.|La\.|M[ADEINOST]|Mass\.|Md\.|Mich\.|Minn\.|Miss\.|Mo\.|Mont\.|N[CDEHJMVY]|N\.[CDHJMY]\.|Neb\.|Nev\.|O[HKR]|Okla\."
    r"|Ore\.|P[AR]|Pa\.|R\.?I\.?|S\.?[CD]\.?|T[NX]|Tenn\.|Tex\.|U\.?[KS]\.?|UT|V[AT]|Va\.|Vt\.|W[AIVY]|Wash\.|Wis\.|Wyo\."
    r"|AB|BC|MB|NB|NL|NS|ON|PE|QC|SK|NSW|QLD|VIC"
)
"""What stands behind the name of a town for the state, province or country it is in."""
_DEGREE_TOO = frozenset(("MA", "MD", "MS", "PA", "DC", "CA"))
_OF_TWO_WORDS = re.compile(
    r"New \w+|Los Angeles|Las Vegas|San (?:Francisco|Diego|Jos[eé]|Antonio|Juan)|Hong Kong|Tel Aviv|Buenos Aires"
    r"|Cape Town|Kuala Lumpur|Abu Dhabi|Addis Abeba|Addis Ababa|Rio de Janeiro"
)


def is_region(text: str) -> bool:
    """Whether a text is what stands behind a town: "MA", "Wis."."""
    return _REGION.fullmatch(text) is not None


def is_town_in(name: str, region: str, alone: bool) -> bool:
    """Whether a name before a region is a town's and no person's; ``alone`` where no other name is before it.

    Some regions are written as degrees are, and one name alone may as well be its bearer's.
    """
    if " " not in name:
        return True
    return not alone and region not in _DEGREE_TOO and not is_given_name(name.partition(" ")[0])


def is_town(name: str, first: str) -> bool:
    """Whether what follows a person's full name and a comma is but one word, as a town's, or a town known of two."""
    if " " not in first:
        return False
    return (name.isalpha() and name.istitle() and not is_given_name(name)) or bool(_OF_TWO_WORDS.fullmatch(name))
