"""Which pictures of a copy are pictures of its source: by address, by bytes, by what they show."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.model import Image
from crawler.model.picture import Likeness
from crawler.stories.outlets import site_of
from crawler.stories.wording import words_of

_TELLING = re.compile(r"(?=(?:.*\d){4}).{10,}|[0-9a-f]{12,}")
"""An asset's name that two sites will not choose by chance."""


@dataclass(frozen=True, slots=True)
class PictureMatch:
    """A picture of a copy, the picture of the source that it is, and how that is known."""

    image: Image
    source: Image
    method: str
    """``asset``, ``bytes`` or ``perceptual``, the first that says so."""
    likeness: Likeness | None
    """Where what they show was compared; ``one`` is the copy's."""
    caption: str | None
    """``same``, ``changed``, ``added`` or ``dropped`` by the copy; None where neither has one."""
    credit: str | None


Digests = Callable[[Image], str | None]
"""The digest of a picture's bytes; None where it was not captured."""
Looks = Callable[[Image, Image], Likeness | None]
"""How like two pictures are to look at; None where they are not, or cannot be seen."""


def match_pictures(
    copy: Sequence[Image], source: Sequence[Image], digest_of: Digests, look: Looks
) -> tuple[PictureMatch, ...]:
    """Each picture of ``copy`` with the picture of ``source`` that it is, in the copy's order; its own are left out.

    ``look`` is asked only where neither address nor bytes say it.
    """
    found = []
    for image in copy:
        match = _by_name(image, source) or _by_bytes(image, source, digest_of) or _by_sight(image, source, look)
        if match is not None:
            other, method, likeness = match
            found.append(
                PictureMatch(
                    image, other, method, likeness,
                    _change(image.caption, other.caption), _change(image.credit, other.credit),
                )
            )  # fmt: skip
    return tuple(found)


_Found = tuple[Image, str, Likeness | None]


def _by_name(image: Image, source: Sequence[Image]) -> _Found | None:
    mine = _addresses(image)
    for other in source:
        same_place = not mine.isdisjoint(_addresses(other))
        same_asset = image.asset_id is not None and image.asset_id == other.asset_id
        if same_place or (same_asset and (_home(image) == _home(other) or _TELLING.fullmatch(image.asset_id or ""))):
            return other, "asset", None
    return None


def _by_bytes(image: Image, source: Sequence[Image], digest_of: Digests) -> _Found | None:
    digest = digest_of(image)
    if not digest:
        return None
    return next(((other, "bytes", None) for other in source if digest_of(other) == digest), None)


def _by_sight(image: Image, source: Sequence[Image], look: Looks) -> _Found | None:
    seen = [(likeness, other) for other in source if (likeness := look(image, other))]
    if not seen:
        return None
    likeness, other = max(seen, key=lambda pair: pair[0].correlation)
    return other, "perceptual", likeness


def _addresses(image: Image) -> set[str]:
    """Every address of the picture, without what only says how it is to be delivered."""
    named = (image.url, image.original_url, *image.variants)
    return {address.partition("?")[0] if "?" in address and "url=" not in address else address
            for address in named if address}  # fmt: skip


def _home(image: Image) -> str | None:
    return site_of(image.original_url or image.url)


def _change(copy: str | None, source: str | None) -> str | None:
    if not copy or not source:
        return "added" if copy else "dropped" if source else None
    return "same" if words_of(copy) == words_of(source) else "changed"
