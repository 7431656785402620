"""A page's titles without what is not the article's: the site's name around them, the section before them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from crawler.extract.page import Page
from crawler.extract.wording import fold, squeeze, tidy, word_list
from crawler.model import Candidate

_SEPARATOR = re.compile(
    r"\s+(?:[|\-–—»›«·•:/~⋆*]+|::)\s*|\s*[|»›]\s*|(?<=\w):\s+|\s*[-–—]\s+"
    r"|(?<=[\u3040-\u9fff\uac00-\ud7af])\s?_+\s?|\s?(?<!_)_++\s?(?=[\u3040-\u9fff\uac00-\ud7af])|\s_\s"
)
_SIGN = re.compile(r"[|\-–—»›«·•:/~⋆*_]")
"""One of them is in each separator: looking for it costs a twentieth of what looking for separators does."""
_EASTERN = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
_LEAST = 8
"""Size of what is left of a title at the least, when the site's name is cut off."""
_LEAST_WHOLE = 12
_BARS = frozenset("|»›«·•~⋆*/")


def cut_title(title: str, names: Iterable[str]) -> str:
    """A title without the parts at its ends that name the site."""
    text = _bare(title)
    for _ in range(3):
        cuts = _cuts(text)
        for start, end in reversed(cuts):
            if _size(text[:start]) > _LEAST and names_site(text[end:], names):
                text = text[:start].strip()
                break
        else:
            for start, end in cuts:
                if _size(text[end:]) > _LEAST and names_site(text[:start], names):
                    text = text[end:].strip()
                    break
            else:
                break
    return text


def end_cut(title: str) -> Iterator[tuple[str, str]]:
    """What is left of a title without its last and without its first segment, and which of them is off.

    The site's name may be one that nothing on the page betrays.
    """
    text = _bare(title)
    cuts = _cuts(text)
    if cuts and len(rest := text[: cuts[-1][0]].strip()) > 8:
        yield rest, "last"
    if cuts and len(rest := text[cuts[0][1] :].strip()) > 8:
        yield rest, "first"


def before_bar(title: str) -> str | None:
    """What stands before the first bar of a title, where it has one and less follows: a section or a motto."""
    start, bar, rest = title.partition(" | ")
    return start.strip() if bar and len(start) > 12 and len(rest) < len(start) else None


def separators(title: str) -> set[str]:
    """What parts a title's segments: ``a bar``, ``a dash``, ``a colon``."""
    return {_kind(title[start:end]) for start, end in _cuts(title)}


def _kind(separator: str) -> str:
    sign = separator.strip()
    return "a bar" if sign in _BARS else "a colon" if sign == ":" else "a dash"


def shown_part(title: str, lines: Iterable[str], names: Iterable[str]) -> str | None:
    """The longest part of a title that the page shows as a line of its own; None where it shows none."""
    text = _bare(title)
    if fold(text) in lines:
        return text
    shown = [part for part in _parts(text) if _may_be_whole(part) and fold(part) in lines]
    shown = [part for part in shown if not names_site(part, names)]
    return max(shown, key=len) if shown else None


def ends_title(title: str, key: str) -> bool:
    """Whether a line (as it is compared) only ends a title after a separator: a site's or section's name."""
    folded = fold(title)
    if folded == key or not folded.endswith(key):
        return False
    start = folded[: -len(key)]
    return len(start) > 8 and start.rstrip(" |»›«·•/~-–—") != start.rstrip()


def site_names(page: Page, said: dict[str, list[Candidate]]) -> set[str]:
    """What the site may be called, in letters and digits only: its publisher's name, its host and parts of that."""
    names = {squeeze(c.value.name) for c in said.get("publisher", ()) if c.value.name}
    host = page.host
    labels = host.split(".")
    names |= {squeeze(host), *(squeeze(label) for label in labels[:-1] if len(label) > 3)}
    return {name for name in names if len(name) > 2}


def names_site(part: str, names: Iterable[str]) -> bool:
    """Whether a part of a title is the site's name, its initials or a piece of it."""
    squeezed = squeeze(part)
    if not squeezed or len(part) > 60:
        return False
    initials = "".join(word[0] for word in word_list(part))
    for name in names:
        if squeezed == name or (len(name) > 4 and name in squeezed and len(squeezed) < 2.5 * len(name)):
            return True
        if len(squeezed) > 4 and squeezed in name:
            return True
        if len(initials) > 2 and initials == name:
            return True
    return False


@lru_cache(maxsize=512)
def _cuts(text: str) -> tuple[tuple[int, int], ...]:
    """Where the separators of a title begin and end; several readings of one title ask for them."""
    return tuple(match.span() for match in _SEPARATOR.finditer(text)) if _SIGN.search(text) else ()


def _size(text: str) -> int:
    """The length of a text, a sign of Chinese, Japanese or Korean counted as the two or three letters it says."""
    return len(text) + len(_EASTERN.findall(text))


def _may_be_whole(part: str) -> bool:
    """Whether a part of a title is long enough for a headline; a single word is none where words are parted."""
    return _size(part) > _LEAST_WHOLE and (" " in part or _EASTERN.search(part) is not None)


def _bare(title: str) -> str:
    return tidy(title).strip(" |›⋆-–—")


def _parts(text: str) -> Iterator[str]:
    """Every run of a title's segments that leaves out its beginning or its end."""
    cuts = [(0, 0), *_cuts(text), (len(text), len(text))]
    if len(cuts) > 12:
        cuts = cuts[:6] + cuts[-6:]
    for i, (_, start) in enumerate(cuts):
        for end, _ in cuts[i + 1 :]:
            if (start, end) != (0, len(text)):
                yield text[start:end].strip()
