"""Public look-ups, each in a module of its own behind one interface; none is asked unless the user names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crawler.spiders.providers.commoncrawl import CommonCrawl
from crawler.spiders.providers.gdelt import Gdelt
from crawler.spiders.providers.mediacloud import MediaCloud
from crawler.spiders.providers.provider import (
    Answer,
    Asking,
    Proposal,
    Provider,
    ProviderError,
    Reading,
    Stored,
)
from crawler.spiders.providers.wayback import Wayback

__all__ = [
    "PROVIDERS",
    "Answer",
    "Asking",
    "CommonCrawl",
    "Gdelt",
    "MediaCloud",
    "Proposal",
    "Provider",
    "ProviderError",
    "Reading",
    "Stored",
    "Wayback",
    "provider_named",
    "read_provider",
]

PROVIDERS: Mapping[str, Callable[[str | None], Provider]] = {
    Gdelt.name: Gdelt.at,
    CommonCrawl.name: CommonCrawl.at,
    Wayback.name: Wayback.at,
    MediaCloud.name: MediaCloud.at,
}
"""What makes each provider, given the address of its service or None for the public one."""


def provider_named(words: str) -> Provider:
    """The provider of ``NAME`` or ``NAME=BASE_URL``, as a user writes it.

    Raises ``ProviderError`` for an unknown name, an address that is none, or a key that is missing.
    """
    name, base = read_provider(words)
    return PROVIDERS[name](base)


def read_provider(words: str) -> tuple[str, str | None]:
    """Name and address of the provider that ``words`` name, its key not asked for. Raises ``ProviderError``."""
    name, _, base = words.partition("=")
    if name.strip().lower() not in PROVIDERS:
        raise ProviderError(f"{name!r}: no such provider; there are {', '.join(PROVIDERS)}")
    if base and not base.startswith(("http://", "https://")):
        raise ProviderError(f"{words}: write the address of a service as {name}=https://HOST")
    return name.strip().lower(), base.rstrip("/") or None
