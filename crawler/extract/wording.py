"""Text as it is compared and kept: white space, entities and quotation marks brought into one form."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_NO_WIDTH = ("\u200b", "\u2060", "\ufeff")
"""Spaces that show nothing, and that Python takes for none."""
WIDTHLESS = "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff "
"""Signs that show nothing by themselves, and the space between them."""
_TAG = re.compile(r"<[/a-zA-Z][^<>]{0,500}>")
_QUOTES = {"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
_EDGES = " .:-|·"
_WORD = re.compile(r"\w+")
_EAST_ASIAN = re.compile("[\u2e80-\ud7af]")
_NO_WORD = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")
_ASCII_DIGITS = b"0123456789"
_ALL_ELSE = bytes(code for code in range(256) if code not in b"0123456789\n")


def tidy(value: object) -> str:
    """A value as one line of text: entities and tags gone, white space collapsed; empty for what is no string."""
    if not isinstance(value, str):
        return ""
    text = value
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", text)
    if text.isascii():
        return " ".join(text.split())
    return _collapse(text)


def fold(text: str) -> str:
    """A text as it is compared: case, quotation marks, dashes, white space and final punctuation made equal."""
    if text.isascii():
        return " ".join(text.lower().split()).replace("`", "'").strip(_EDGES)
    return _fold_any(text)


def fold_line(text: str) -> str:
    """:func:`fold` of a text whose white space is single spaces."""
    return text.lower().replace("`", "'").strip(_EDGES) if text.isascii() else _fold_any(text)


@lru_cache(maxsize=4096)
def _fold_any(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.replace("\xad", ""))
    for quote, plain in _QUOTES.items():  # a translation would ask for each character
        folded = folded.replace(quote, plain)
    return _collapse(folded.casefold()).strip(_EDGES)


def _collapse(text: str) -> str:
    for space in _NO_WIDTH:
        text = text.replace(space, " ")
    return " ".join(text.split())


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


def word_list(text: str) -> list[str]:
    """The words of a text in lower case."""
    found = lower_runs(text, _IN_WORD)
    return _WORD.findall(text.lower()) if found is None else found


def lower_runs(text: str, letters: bytes) -> list[str] | None:
    """The runs of such letters in a text, in lower case; None for one of other scripts than western Europe's.

    Most texts are of these, and bytes are parted in half the time that a pattern takes.
    """
    encoding = "ascii" if text.isascii() else "cp1252"
    try:
        return text.encode(encoding).translate(letters).decode(encoding).split()
    except UnicodeEncodeError:
        return None


def letters_in_bytes(pattern: str) -> bytes:
    """A table for :func:`lower_runs`: characters of windows-1252 that a pattern matches in lower case, else spaces."""
    table = bytearray(b" " * 256)
    for code in range(256):
        letter = bytes([code]).decode("cp1252", "replace")
        if re.fullmatch(pattern, letter):
            table[code] = ord(letter.lower().encode("cp1252"))
    return bytes(table)


def digits_in(text: str) -> int:
    """The number of digits in a text."""
    if text.isascii():  # for bytes it takes a third of the time
        return len(text) - len(text.encode("ascii").translate(None, _ASCII_DIGITS))
    return len(_DIGIT.findall(text))


def has_digit(text: str) -> bool:
    """Whether there is a digit in a text."""
    return digits_in(text) > 0 if text.isascii() else _DIGIT.search(text) is not None


def are_numbered(lines: Sequence[str]) -> list[bool]:
    """Whether there is a digit in each line; looking through all at once costs a fifth."""
    digits = "\n".join(lines).encode("utf-8", "replace").translate(None, _ALL_ELSE).split(b"\n")
    return [held != b"" or (not line.isascii() and has_digit(line)) for line, held in zip(lines, digits, strict=False)]


_IN_WORD = letters_in_bytes(r"\w")


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """A text's letters and digits in one case."""
    return _NO_WORD.sub("", text).casefold()


def headline_weight(text: str) -> int:
    """Words of a text; two East Asian characters make one."""
    words = len(text.split())
    return words if text.isascii() else words + len(_EAST_ASIAN.findall(text)) // 2
