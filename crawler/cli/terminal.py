"""What others wrote, on its way to a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """``text`` with what would command a terminal, or be no line, written as escapes."""
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text)
