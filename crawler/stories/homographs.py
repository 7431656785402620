"""Words that are a number or a negation in one language and something else in another."""

from __future__ import annotations

from collections.abc import Collection

_NORWEGIAN = "og på av det til som med har ikke fra etter ble blev skal"
_SPANISH = "el los las con del una"
_ITALIAN = "il di che per una con della del nel alla gli sono"
_PORTUGUESE = "em um uma ao aos das dos pela pelo foi não são é e os"
_GERMANIC = "og det som på er der die das ein eine ist und"
_BESIDE = {
    "to": _NORWEGIAN, "fire": _NORWEGIAN, "ti": _NORWEGIAN, "ni": _NORWEGIAN, "elve": _NORWEGIAN,
    "on": "ve bir için ile kişi daha olan olarak yaşında gün yıl bin milyon dedi",
    "sei": _ITALIAN, "due": _ITALIAN, "otto": _ITALIAN,
    "dos": _SPANISH, "once": _SPANISH,
    "sex": "och att är som för med av den till från",
    "lima": "yang dan di dari dengan untuk orang pada itu dalam", "doze": _PORTUGUESE,
}  # fmt: skip
"""Words of a language, of which one has to stand near for the word to be meant as in that language."""
_NOT_BESIDE = {
    "no": _PORTUGUESE, "pas": "het een van voor niet op wordt was is", "ei": _GERMANIC,
    "ne": "il di che è della del gli",
}  # fmt: skip
"""Words of a language in which the word is something else: ``no Rio`` is "in Rio"."""
_WITH = {word: frozenset(listed.split()) for word, listed in _BESIDE.items()}
_WITHOUT = {word: frozenset(listed.split()) for word, listed in _NOT_BESIDE.items()}


def is_meant(word: str, near: Collection[str]) -> bool:
    """Whether a lower-case word is the number or negation that it may be, by the words that stand near it."""
    if (others := _WITH.get(word)) is not None:
        return not others.isdisjoint(near)
    others = _WITHOUT.get(word)
    return others is None or others.isdisjoint(near)
