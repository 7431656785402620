"""Numbers as options take them."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable

import pytest

from crawler.cli import exit_codes, main
from crawler.cli.numbers import few, natural, positive, some


@pytest.mark.parametrize(
    ("kind", "words", "number"), [(natural, "0", 0), (positive, "7", 7), (few, "100", 100), (some, "1", 1)]
)
def test_a_number_is_read(kind: Callable[[str], int], words: str, number: int) -> None:
    assert kind(words) == number


@pytest.mark.parametrize("kind", [natural, positive, few, some])
@pytest.mark.parametrize("words", ["", "-1", "1e9", "x", "٣", "²", "9" * 20, "9" * 9999])
def test_other_words_are_told(kind: Callable[[str], int], words: str) -> None:
    with pytest.raises(ArgumentTypeError, match=r"whole number|too large"):
        kind(words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["capture", "https://a.example/", "--retries", "9" * 20], "argument --retries: 99999999999999999999 is too"),
        (["extract", "x", "--processes", "5000"], "argument --processes: 5000 is too large; 1,000 is the most"),
        (["worker", "--jobs", "0"], "argument --jobs: '0' is not a whole number from 1"),
        (
            ["proxy", "x", "--authority", "s3://b/a.pem"],
            "argument --authority: s3://b/a.pem is no path",
        ),
    ],
)
def test_a_number_or_place_that_cannot_be_meant_is_told(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == exit_codes.USAGE
    assert said in capsys.readouterr().err
