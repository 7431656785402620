"""The documentation names what is there: links, files, commands, options, codes, keys, variables, Python and TOML."""

from __future__ import annotations

import ast
import dataclasses
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from crawler.cli import VERBS, _module, exit_codes
from crawler.cli.parser import Parser
from crawler.extract.sites import SiteReading
from crawler.jobs.run.report import Result
from crawler.jobs.watchlist import Watchlist
from crawler.jobs.watchlist.reading import parse_watchlist

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "archives" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
page = pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
LINK = re.compile(r"\]\(([^)\s]+)\)")
FILE = re.compile(r"(?<![\w./-])(?:crawler|docs|tests|benchmarks)/[\w./*-]*[\w*]")
NAME = re.compile(r"(?<![\w./-])crawler(?:\.[A-Za-z_]\w*)+")
REFERENCE = re.compile(r":(?:mod|func|class|meth|data|attr):`~?(crawler\.[\w.]+)`")
CALL = re.compile(r"wirecopy ([a-z]+)([^\n`#|]*)")
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
VARIABLE = re.compile(r"WIRECOPY_[A-Z0-9_]*[A-Z0-9]")
STORY = '\n[[story]]\nurl = "https://a.example/1"\n'
WRITTEN_BY_USERS = {"tests/recorded", "tests/recorded/front", "tests/test_ledger.py"}


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@page
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text("utf-8")):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if "://" not in link and not (target.exists() and (not anchor or anchor in anchors(target))):
            broken.append(link)
    assert broken == []


@page
def test_files_and_names_that_are_told_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    files = set(FILE.findall(text)) - WRITTEN_BY_USERS
    assert [name for name in sorted(files) if not [*ROOT.glob(name), *ROOT.glob(f"{name}.py")]] == []
    assert [name for name in sorted(set(NAME.findall(text))) if not is_there(name)] == []


def is_there(name: str) -> bool:
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            found = getattr(found, part, None)
        return found is not None
    return False


@cache
def options_of(verb: str) -> frozenset[str]:
    parser = Parser()
    _module(verb).add_arguments(parser)
    return frozenset(name for action in parser._actions for name in action.option_strings)


@page
def test_commands_have_the_options_they_are_shown_with(page: Path) -> None:
    unknown = []
    for verb, words in CALL.findall(page.read_text("utf-8").replace("\\\n", " ")):
        if verb in VERBS:
            unknown += [f"{verb} {option}" for option in OPTION.findall(words) if option not in options_of(verb)]
    assert unknown == []


def test_the_readme_tells_of_every_command() -> None:
    table = "".join(line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| `"))
    assert [verb for verb in VERBS if not re.search(rf"`(?:wirecopy )?{verb}\b", table)] == []


def test_exit_codes_of_a_run_and_of_verify_are_those_of_the_code() -> None:
    told = re.findall(r"^\| (\d+) \|", (ROOT / "docs" / "watchlist.md").read_text("utf-8"), re.MULTILINE)
    assert {int(code) for code in told} == {result.code for result in Result} | {exit_codes.USAGE, exit_codes.LOCKED}
    verify = re.search(r"^Exit code: (.+)$", (ROOT / "docs" / "verify.md").read_text("utf-8"), re.MULTILINE)
    assert verify and set(map(int, re.findall(r"\d+", verify[1]))) == {
        exit_codes.OK, exit_codes.WARNINGS, exit_codes.ERRORS, exit_codes.UNREADABLE, exit_codes.LOCKED,
    }  # fmt: skip


def test_every_key_of_a_watchlist_is_told() -> None:
    text = (ROOT / "docs" / "watchlist.md").read_text("utf-8")
    known_apart = {"address"}  # of a store: `archives` says it
    told = set(re.findall(r"`\[*(?:[a-z]+\.)?([a-z_]+)\]*(?:\.[^`]*)?`", text))
    assert sorted(set(keys(Watchlist)) - told - known_apart) == []


def keys(table: type[BaseModel]) -> Iterator[str]:
    for name, field in table.model_fields.items():
        yield field.alias or name
        for kind in kinds(field.annotation):
            yield from keys(kind)


def kinds(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from kinds(inner)


def test_all_that_a_site_module_may_say_is_told() -> None:
    text = (ROOT / "docs" / "sites.md").read_text("utf-8")
    assert [field.name for field in dataclasses.fields(SiteReading) if f"`{field.name}`" not in text] == []


def test_modules_refer_to_what_is_there() -> None:
    texts = {path: path.read_text("utf-8") for path in sorted((ROOT / "crawler").rglob("*.py"))}
    refer = {name: path.name for path, text in texts.items() for name in REFERENCE.findall(text)}
    assert {name: place for name, place in refer.items() if not is_there(name)} == {}


@page
def test_environment_variables_are_known_to_the_code(page: Path) -> None:
    text = page.read_text("utf-8")
    assert set(VARIABLE.findall(text)) <= variables()


@cache
def variables() -> frozenset[str]:
    files = (ROOT / "crawler").rglob("*.py")
    return frozenset(name for file in files for name in VARIABLE.findall(file.read_text("utf-8")))


@page
def test_python_imports_what_is_there(page: Path) -> None:
    for code in blocks(page, "python"):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("crawler"):
                assert [alias.name for alias in node.names if not is_there(f"{node.module}.{alias.name}")] == []


@page
def test_toml_is_toml_and_of_a_watchlist_is_one(page: Path) -> None:
    for text in blocks(page, "toml"):
        if "archives" in tomllib.loads(text):
            assert parse_watchlist(text + STORY, page.with_name("watchlist.toml")).story
