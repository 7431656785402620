"""What each article says of the program that made it."""

from __future__ import annotations

from pathlib import Path

from crawler import __version__
from crawler.extract import EXTRACTOR, extract_text_dump
from crawler.extract.extractor import version_of


def package(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_text(content)
    return folder


def test_other_rules_words_or_weights_are_another_version(tmp_path: Path) -> None:
    mine = version_of(package(tmp_path / "a", rules="x = 1", weights="[1]"))
    assert mine.startswith(f"{__version__}+")
    assert version_of(package(tmp_path / "b", rules="x = 2", weights="[1]")) != mine
    assert version_of(package(tmp_path / "c", rules="x = 1", weights="[2]")) != mine


def test_the_version_is_the_same_wherever_the_package_lies_and_once_it_was_compiled(tmp_path: Path) -> None:
    mine = version_of(package(tmp_path / "a", rules="x = 1"))
    there = package(tmp_path / "b", rules="x = 1")
    package(there / "__pycache__", rules_pyc="compiled")
    assert version_of(there) == mine


def test_an_article_bears_it() -> None:
    assert extract_text_dump("words").extractor == EXTRACTOR
