"""Which of its addresses a picture shows, where scripts put it in its place on the page as it was live."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.replay.addresses import Held, srcset_candidates
from crawler.replay.markup import Tag

_LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-echo", "data-img-src")
"""What scripts move to ``src``, which until then names something that stands for the picture."""
_MORE = ("data-url", "data-hi-res-src")
SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-original-set")
_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?&])", re.IGNORECASE)
_SAYING = frozenset({"alt", "title", "class", "id", "style"})
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WAITING = re.compile(r"\blazy(?:load|loading)\b")
"""Names that styles know for pictures that are not there yet, which they leave out of sight."""


def variants(tag: Tag) -> list[str]:
    """Every address a picture's element gives for it, that of ``src`` first."""
    named = [(tag.get(name) or "").strip() for name in ("src", *_LAZY, *_MORE)]
    return [url for url in named if url] + [url for name in SETS for url, _ in srcset_candidates(tag.get(name) or "")]


def put_later(tag: Tag, held: Held) -> str | None:
    """What a script would put in the place of ``src``; None where nothing is ``held`` that it could."""
    lazy = [value for name in _LAZY if (value := (tag.get(name) or "").strip())]
    if found := next(filter(held, lazy), None):
        return found
    named = [url for url in variants(tag) if url[:5].lower() != "data:"]
    if named and (tag.get("src") or "").strip() == named[0] and held(named[0]):
        return None
    return next((url for url in (*reversed(named), *_odd(tag)) if held(url)), None)


def is_hidden(tag: Tag) -> bool:
    """Whether it is out of sight by its own style."""
    return bool(_HIDDEN.search(tag.get("style") or ""))


def as_if_loaded(names: str) -> str:
    """The classes of a picture once a script has put it in its place."""
    return _WAITING.sub("lazyloaded", names)


def _odd(tag: Tag) -> Iterator[str]:
    """What scripts may put in the place of a picture without one, whatever they call it."""
    for name, value in tag.attributes:
        if name == "src" or name in _SAYING or " " in value.strip() or value[:5].lower() == "data:":
            continue
        if name.endswith("src") or _FILE.search(value):
            yield value
