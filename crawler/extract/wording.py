"""Text as it is compared and kept: white space, entities and quotation marks brought into one form."""

from __future__ import annotations

import html
import re
import unicodedata

_SPACE = re.compile(r"[\s\u200b\u2060\ufeff]+")
_TAG = re.compile(r"<[/a-zA-Z][^<>]{0,500}>")
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)
_WORD = re.compile(r"\w+")


def tidy(value: object) -> str:
    """A value as one line of text: entities and tags gone, white space collapsed; empty for what is no string."""
    if not isinstance(value, str):
        return ""
    text = value
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """A text as it is compared: case, quotation marks, dashes, white space and final punctuation made equal."""
    folded = unicodedata.normalize("NFKC", text.replace("\xad", "")).translate(_QUOTES).casefold()
    return _SPACE.sub(" ", folded).strip(" .:-|·")


def word_list(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower())
