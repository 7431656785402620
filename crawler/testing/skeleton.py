"""The skeleton of a site module: its rules guessed from recorded pages, with a test and what makes them a package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from lxml.html import HtmlElement

from crawler.extract import Page, extract_article
from crawler.extract.sites import Site
from crawler.extract.wording import tidy
from crawler.testing.recording import Recording
from crawler.testing.web import Web

_MARKS = ("data-testid", "itemprop", "id", "class")
"""Attributes by which an element is known again, the steadiest first."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A rule that finds a field on a recorded page: where, as an XPath."""

    field: str
    path: str


def module_name(host: str) -> str:
    """The name of the module for a host: ``news_example`` of ``www.news.example``."""
    labels = host.lower().removeprefix("www.").split(".")
    name = re.sub(r"\W", "_", "_".join(labels[:-1] if len(labels) > 1 else labels))
    return name if name[:1].isalpha() else f"site_{name}"


def guess(page: Page) -> Iterator[Guess]:
    """Rules for headline and byline, where the general extraction finds them in a marked element of the page."""
    article = extract_article(page.text.encode(), url=page.url, captured_at=page.captured_at)
    for field, text in (("headline", article.headline), ("byline", article.byline)):
        path = _path_to(page.tree, text) if text else None
        if path:
            yield Guess(field, path)


def write_skeleton(
    folder: Path, host: str, guesses: list[Guess], *, seen: datetime, recordings: list[str]
) -> list[Path]:
    """Write module, test and pyproject.toml into ``folder``, and return the files written.

    A pyproject.toml that is there stays as it is. Raises ``FileExistsError`` where module or test are there already.
    """
    name = module_name(host)
    kind = _class_name(name)
    files = {
        folder / f"{name}.py": _module(host, name, kind, guesses, seen),
        folder / "tests" / f"test_{name}.py": _test(host, name, kind, recordings),
    }
    if not (folder / "pyproject.toml").exists():
        files[folder / "pyproject.toml"] = _project(host, name, kind)
    for path in files:
        if path.exists():
            raise FileExistsError(17, "there is one already: name another folder, or take it away", str(path))
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def expect_with(module: Path, recordings: list[Recording]) -> None:
    """Write down what comes out of recordings when the module that :func:`write_skeleton` wrote is asked."""
    spec = spec_from_file_location(module.stem, module)
    assert spec is not None and spec.loader is not None
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    site: Site = getattr(loaded, _class_name(module.stem))()
    for recording in recordings:
        recording.expect(Web(recording, recording.page, {}).fields(site=site))


def _class_name(name: str) -> str:
    return "".join(part.title() for part in name.split("_"))


def _path_to(tree: HtmlElement, text: str) -> str | None:
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("title", "script", "meta", "body", "html"):
            continue
        if tidy("".join(element.itertext())) == text:
            for mark in _MARKS:
                value = element.get(mark)
                if value and "'" not in value:
                    return f".//{element.tag}[@{mark}='{value}']"
    return None


def _module(host: str, name: str, kind: str, guesses: list[Guess], seen: datetime) -> str:
    rules = "".join(f'    "{each.field}": "{each.path}",\n' for each in guesses)
    rules = f"{{\n{rules}}}" if rules else "{}"
    return f'''"""{host}: where its pages keep what the general extraction misses."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.extract import Page
from crawler.extract.sites import SiteReading
from crawler.extract.wording import tidy
from crawler.model import Candidate

# Seen {seen:%Y-%m}: the elements below. Write each quirk here, with the date it was seen.
_RULES: dict[str, str] = {rules}


class {kind}:
    """Stories on {host}."""

    name = "{name}"

    def matches(self, url: str) -> bool:
        """True for the site's pages."""
        host = urlsplit(url).hostname or ""
        return host == "{host}" or host.endswith(".{host.removeprefix("www.")}")

    def recognises(self, page: Page) -> bool:
        """True for pages at the site's addresses."""
        return self.matches(page.address)

    def witness(self, page: Page) -> SiteReading:
        """What the rules find, and as drift those that match nothing any more."""
        found = {{field: page.tree.find(path) for field, path in _RULES.items()}}
        missing = [field for field, element in found.items() if element is None]
        return SiteReading(
            candidates=tuple(
                (field, Candidate(tidy("".join(element.itertext())), "dom", _RULES[field], 0.9))
                for field, element in found.items()
                if element is not None
            ),
            drift=f"{name}: no element for {{' and '.join(missing)}}" if missing else None,
        )
'''


def _test(host: str, name: str, kind: str, recordings: list[str]) -> str:
    named = ", ".join(f'"{recording}"' for recording in recordings)
    return f'''"""The site module for {host} against recorded pages, one test a field."""

from __future__ import annotations

import pytest

from {name} import {kind}


@pytest.mark.recorded({named})
def test_its_rules_match(web):
    site = {kind}()
    assert site.matches(web.url)
    assert site.witness(web.page()).drift is None


@pytest.mark.recorded({named})
def test_a_page_says(web, expected):
    expected.check(web.fields(site={kind}()))
'''


def _project(host: str, name: str, kind: str) -> str:
    return f'''[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{name.replace("_", "-")}-site"
version = "0.1"
description = "What only {host} does, for wirecopy."
dependencies = ["wirecopy"]

[project.optional-dependencies]
test = ["wirecopy[testing]"]

[project.entry-points."wirecopy.sites"]
{name} = "{name}:{kind}"

[tool.hatch.build.targets.wheel]
only-include = ["{name}.py"]

[tool.pytest.ini_options]
pythonpath = ["."]
testpaths = ["tests"]
'''
