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
    """Figures, dates, units and names that are not the original's, ``14 → 12``; ``→ 12`` where it has none there."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage in quotation marks and who says it."""

    text: str
    """Without the marks."""
    sentence: int
    """Number of the sentence it stands in, from 0."""
    speaker: str | None = None
    """As the text names them; None where the sentence and its neighbours name nobody."""


@dataclass(frozen=True, slots=True)
class QuotationLink:
    """One utterance in both texts."""

    copy: Quotation
    original: Quotation
    score: float
    """Share of the shorter wording that stands in the longer, 0 to 1."""
    speaker_kept: bool | None
    """None where either text names no speaker."""


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
    quotations: tuple[QuotationLink, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The alignment as JSON values."""
        values: dict[str, Any] = plain(self)
        return values


@dataclass(frozen=True, slots=True)
class Derivation:
    """One article of a story, and the nearest of the others it may have been made of."""

    article: Article
    depth: int
    """Steps from an article without a source, which has 0."""
    source: Article | None = None
    direction: str = "undecided"
    """``original`` where the source is known to have been first, ``undecided`` where only their likeness is known."""
    confidence: float | None = None
    """How sure it is that the source was first, by the weights of the reasons: 0.5 to 1, None without a source. An
    order among articles and no measured probability."""
    coverage: Coverage | None = None
    reasons: tuple[Reason, ...] = ()
    is_version: bool = False
    """True for another capture of its source's page."""


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell one text: an original where it is known, and its copies."""

    id: str
    original: Article | None
    copies: tuple[Article, ...]
    tree: tuple[Derivation, ...] = ()
    """Every article once, each below its nearest source: wire, below it the paper, below it the aggregator."""
