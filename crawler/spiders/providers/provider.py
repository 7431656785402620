"""What a provider of public look-ups is: questions made of an article, and the answers read without trust.

A provider fetches nothing. It says what to ask and reads what came; the spider asks, at the provider's pace, and all
that passes is archived like any other exchange.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from crawler.extract.wording import tidy
from crawler.model import Article


class ProviderError(ValueError):
    """A provider that cannot be asked as it is configured; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One question to a provider."""

    url: str
    because: str
    """The question in words, for the archive and the report."""
    step: str
    """Which of the provider's answers this will be."""
    headers: tuple[tuple[str, str], ...] = ()
    secrets: tuple[str, ...] = ()
    """Names of header fields whose values must not be archived."""
    page: str | None = None
    """The page that is looked for in an archive; None where copies are."""
    at: datetime | None = None
    left: int = 0
    """Further parts of the answer that may be asked for."""
    tries: int = 2
    """How often the provider may still put the question off."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider said: ``kind`` is its media type in lower case, ``body`` without transfer and content coding."""

    status: int
    kind: str
    body: bytes

    @property
    def text(self) -> str:
        """The body as text, whatever is wrong with its bytes."""
        return self.body.decode("utf-8-sig", "replace")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An address that may carry the story; a copy only once its own text says so."""

    url: str
    title: str | None = None
    published: str | None = None
    """As the provider writes it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A capture of a page in a public archive, and how to get it."""

    url: str
    """Where the archive serves it."""
    page: str
    """The page it is of."""
    captured_at: datetime
    """When the archive captured it."""
    archive: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer comes to."""

    proposals: tuple[Proposal, ...] = ()
    stored: tuple[Stored, ...] = ()
    """Captures of the page that was looked for, the best first."""
    further: tuple[Asking, ...] = ()
    fault: str | None = None
    """Why the answer is none."""
    again: bool = False
    """True where the same question may be asked again later."""


class Provider(Protocol):
    """One public look-up."""

    @property
    def name(self) -> str:
        """What the user calls it."""

    @property
    def delay(self) -> float:
        """Seconds between two questions."""

    def search(self, article: Article) -> tuple[Asking, ...]:
        """Questions for copies of an article elsewhere; none where the provider has no answer to such a question."""
        ...

    def recall(self, page: str, at: datetime | None) -> tuple[Asking, ...]:
        """Questions for archived captures of one page, near ``at`` where that is given."""
        ...

    def read(self, asking: Asking, answer: Answer) -> Reading:
        """What an answer comes to. Never raises, whatever the answer."""
        ...


_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BAD_ESCAPE = re.compile(r'\\(?:[^"\\/bfnrtu]|u(?![0-9a-fA-F]{4}))')


def lenient_json(text: str) -> Any:
    """The JSON of an answer, control characters and escapes that JSON does not know put right.

    Raises ``ValueError`` where it is no JSON all the same.
    """
    try:
        try:
            return json.loads(text, strict=False)
        except ValueError:
            mended = _BAD_ESCAPE.sub(lambda found: found.group()[1:], _ILLEGAL.sub(" ", text))
            return json.loads(mended, strict=False)
    except RecursionError:
        raise ValueError("nested too deep") from None


def refusal(answer: Answer) -> Reading:
    """The reading of an answer that is an error."""
    said = tidy(answer.text)[:160]
    words = f"status {answer.status}: {said}" if said else f"status {answer.status} and nothing else"
    return Reading(fault=words, again=answer.status in (429, 503))
