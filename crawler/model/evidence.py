"""Why a field has its value: the witness that won, and the candidates that lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one witness says of a field."""

    value: Any
    source: str
    """``json-ld``, ``app-state``, ``meta``, ``microdata``, ``dom``, ``url`` or ``text``."""
    place: str
    """Where in the page: a JSON path, a meta name, an element path."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The winning candidate of a field and the others, best first."""

    source: str
    place: str
    confidence: float
    reason: str | None = None
    candidates: tuple[Candidate, ...] = ()

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Evidence:
        """The evidence that ``to_dict`` of its article wrote."""
        return cls(**{**values, "candidates": tuple(map(_candidate, values.get("candidates") or ()))})


def _candidate(values: dict[str, Any]) -> Candidate:
    value = values["value"]
    return Candidate(**{**values, "value": tuple(value) if isinstance(value, list) else value})


@dataclass(frozen=True, slots=True)
class SetAside:
    """A piece of the input that is not in the article's text, and why."""

    text: str
    reason: str
