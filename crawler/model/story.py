"""A story and its copies, and the alignment of one copy with its original, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crawler.model.article import Article, plain


@dataclass(frozen=True, slots=True)
class Link:
    """Sentences of a copy and the sentences of the original they were made of; numbers count from 0."""

    copy: tuple[int, ...]
    original: tuple[int, ...]
    label: str
    """``verbatim``, ``edited``, ``paraphrased``, ``merged``, ``dropped`` or ``added``."""
    moved: bool
    score: float
    """0 to 1."""
    method: str
    changed: tuple[str, ...] = ()
    """Figures that are not the original's, ``14 → 12``; ``→ 12`` where it has none in that place."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground for saying who copied whom; a positive weight speaks for ``original`` being first."""

    text: str
    weight: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share of each text that stands in the other, 0 to 1."""

    of_copy: float
    """How much of the copy is in the original."""
    of_original: float
    """How much of the original is in the copy."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a copy did to its original."""

    original_sentences: tuple[str, ...]
    copy_sentences: tuple[str, ...]
    links: tuple[Link, ...]
    coverage: Coverage
    direction: str
    """Which came first: ``original``, ``copy`` or ``undecided``."""
    reasons: tuple[Reason, ...]

    def to_dict(self) -> dict[str, Any]:
        """The alignment as JSON values."""
        values: dict[str, Any] = plain(self)
        return values


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell one text: an original where it is known, and its copies."""

    id: str
    original: Article | None
    copies: tuple[Article, ...]
