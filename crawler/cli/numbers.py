"""Numbers as options take them."""

from __future__ import annotations

from argparse import ArgumentTypeError


def natural(words: str) -> int:
    """A whole number from 0; raises ``ArgumentTypeError`` for other words."""
    return _whole(words, 0, 10**15)


def positive(words: str) -> int:
    """A whole number from 1; raises ``ArgumentTypeError`` for other words."""
    return _whole(words, 1, 10**15)


def few(words: str) -> int:
    """A whole number from 0 to 100, such as further tries; raises ``ArgumentTypeError`` for other words."""
    return _whole(words, 0, 100)


def some(words: str) -> int:
    """A whole number from 1 to 1000, such as processes of a machine; raises ``ArgumentTypeError`` for other words."""
    return _whole(words, 1, 1000)


def port(words: str) -> int:
    """The number of a port, 0 for any free one; raises ``ArgumentTypeError`` for other words."""
    return _port(words, range(65_536), "from 0 (any free one) to 65535")


def first_of_three_ports(words: str) -> int:
    """The number of a port behind which two more are; raises ``ArgumentTypeError`` for other words."""
    return _port(words, range(1, 65_534), "from 1 to 65533, as the next two are used too")


def rate(words: str) -> float:
    """How many in a second, 0 for no limit; raises ``ArgumentTypeError`` for other words."""
    try:
        number = float(words)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e9:
        raise ArgumentTypeError(f"{words!r} is no number of requests a second; write one such as 50, or 0 for no limit")
    return number


def _port(words: str, ports: range, expected: str) -> int:
    if not (words.isascii() and words.isdigit() and len(words) < 10 and int(words) in ports):
        raise ArgumentTypeError(f"{words!r} is no port; write a number {expected}")
    return int(words)


def _whole(words: str, least: int, most: int) -> int:
    if not (words.isascii() and words.isdigit()) or int(words[:30]) < least:
        raise ArgumentTypeError(f"{words!r} is not a whole number from {least}")
    if len(words) > 30 or int(words) > most:
        raise ArgumentTypeError(f"{words[:30]} is too large; {most:,} is the most")
    return int(words)
