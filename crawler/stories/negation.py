"""Negations that come or go between matched sentences, in many languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.stories.homographs import is_meant
from crawler.stories.wording import Wording

_SAYING_NO = """
not never cannot nicht nie kein keine keinen keiner pas jamais no nunca non não niet geen nooit inte aldrig ikke
nigdy не нет никогда ні ei değil tidak bukan không
"""
_MEANING_NO = """
nobody nothing none neither nor without unable fail fails failed refuse refuses refused decline declined declines lack
lacks lacked niemand nichts ohne keinesfalls personne rien aucun aucune sans nadie nada ningún ninguna sin nessuno
niente senza ninguém sem niets zonder ingen inget inga utan uten uden intet nikt nic bez nikdo без никто ничего
"""
_MEANING_ONLY = "only nur seulement solo sólo só alleen bara bare kun tylko только simply just"
_NEGATIONS = frozenset(_SAYING_NO.split())
_AS_GOOD = frozenset(_MEANING_NO.split())
"""Words that say no as well: a sentence that has one in place of a negation says the same."""
_ONLY = frozenset(_MEANING_ONLY.split())
"""Behind a negation these take it back: ``not only``."""


def changed_negation(originals: Sequence[Wording], copies: Sequence[Wording]) -> list[str]:
    """A negation that came or went: ``→ not``."""
    if not any(map(_may_deny, (*originals, *copies))):
        return []
    near = frozenset(word for sentence in (*originals, *copies) for word in sentence.words)
    old, new = (next(_negations(sentences, near), "") for sentences in (originals, copies))
    if bool(old) == bool(new):
        return []
    bare = copies if old else originals
    if any(not _AS_GOOD.isdisjoint(sentence.words) for sentence in bare):
        return []
    return [f"{old} → {new}".strip()]


def _may_deny(sentence: Wording) -> bool:
    return not _NEGATIONS.isdisjoint(sentence.words) or "n't" in sentence.plain


def _negations(sentences: Sequence[Wording], near: frozenset[str]) -> Iterator[str]:
    for sentence in sentences:
        words = sentence.words
        for at, word in enumerate(words, 1):
            if word.endswith("n't"):
                yield word
            elif word in _NEGATIONS and is_meant(word, near):
                after = words[at] if at < len(words) else ""
                if after not in _ONLY and not after[:1].isdigit():
                    yield word
