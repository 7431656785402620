"""What others wrote, on its way to a terminal, or to whoever reads what is printed."""

from __future__ import annotations

import codecs
import re
import sys
from contextlib import suppress
from io import TextIOWrapper

_ESCAPED = "wirecopy.escaped"
"""The way of writing signs that an encoding lacks, as codecs know it."""
_COMMANDS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")
"""What commands a terminal, or turns round the order of what follows."""


def printable(text: str) -> str:
    """``text`` with what would command a terminal, or be no line, written as escapes."""
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text)


def print_any_sign(*, as_json: bool = False) -> None:
    """Have the standard output take every sign: what its encoding lacks is written as JSON's escapes.

    JSON is UTF-8 whatever the locale (RFC 8259): in another one it is printed in ASCII, which is that too. Where it is
    a terminal, what would command it is written so as well: names and headlines are other people's.
    """
    if not isinstance(sys.stdout, TextIOWrapper):
        return
    if sys.stdout.isatty() and not isinstance(sys.stdout, _Shown):
        sys.stdout = _Shown(sys.stdout.buffer, sys.stdout.encoding, line_buffering=True)
    codecs.register_error(_ESCAPED, _escaped)
    with suppress(OSError):  # what can't be told later is told then
        if as_json and not can_draw():
            sys.stdout.reconfigure(encoding="ascii", errors=_ESCAPED)
        else:
            sys.stdout.reconfigure(errors=_ESCAPED)


class _Shown(TextIOWrapper):
    """The text that a person sees."""

    def write(self, text: str) -> int:
        """Write ``text`` with what would command the terminal as escapes, which in JSON say the same."""
        return super().write(_COMMANDS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text))


def can_draw() -> bool:
    """Whether the standard output takes lines and corners."""
    return "utf" in (sys.stdout.encoding or "").lower()


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    units = (lacking[at : at + 2].hex() for at in range(0, len(lacking), 2))
    return "".join(f"\\u{unit}" for unit in units), error.end
