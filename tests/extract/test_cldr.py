"""The names of months and the phrases of time past are those of CLDR."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from crawler.extract.cldr import said_of
from crawler.extract.dates.names import LANGUAGES, months, past_phrases


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "cldr.py"
    spec = importlib.util.spec_from_file_location("cldr", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_what_cldr_says(script: ModuleType, language: str) -> None:
    assert set(script.months(language)) <= set(months(language))
    assert list(script.past_phrases(language)) == list(past_phrases(language))
    assert (script.units(language), script.decimal(language)) == (
        said_of(language)["units"],
        said_of(language)["decimal"],
    )
