"""What a call's words mean; those that mean nothing are told in one line, as every other error is."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, NoReturn

from crawler.cli.errors import UsageError
from crawler.cli.terminal import printable

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class Parser(argparse.ArgumentParser):
    """A parser whose errors are exceptions: one line, without the list of all options above it."""

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print the help; unlike argparse's own, where a disk is full that is told."""
        print(self.format_help(), end="", file=file)

    def error(self, message: str) -> NoReturn:
        """Raise ``UsageError`` with the message and where to read more."""
        raise UsageError(f"{printable(message)}; see `{self.prog} --help`")

    def unrecognized(self, words: Iterable[str]) -> NoReturn:
        """Raise ``UsageError`` for words that this parser has no place for."""
        words = list(words)
        told = f"unrecognized arguments: {' '.join(map(printable, words))}"
        options = re.findall(r"--[a-z][a-z-]*", self.format_usage())
        like = next((word for word in words if word.startswith("--") and word not in options), None)
        if like and (meant := alike(like.partition("=")[0], options)):
            raise UsageError(f"{told}; did you mean {meant}? see `{self.prog} --help`")
        self.error(told)


def alike(word: str, words: Iterable[str]) -> str | None:
    """Which of ``words`` is written nearly as ``word``."""
    return next(iter(get_close_matches(word, words, 1, 0.7)), None)
