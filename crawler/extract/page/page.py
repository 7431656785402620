"""A page parsed once: its text, its tree and the data it carries, shared by every witness."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import lxml.etree
import lxml.html

from crawler.extract.address import archived_in, join
from crawler.extract.embedded import find_state, flatten_json_ld, loads_all, props_of
from crawler.extract.page.anchor import Place, place_of
from crawler.extract.page.blocks import Layout
from crawler.extract.page.charset import decode_page, in_utf8
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from crawler.extract.page.wrapping import unwrap
from crawler.extract.wording import tidy
from crawler.model.address import host_of

_CHANGED = re.compile(r"modif|updat|revis|last[-_. ]?change", re.I)
"""In the name of a ``meta`` element that says the day of a change."""
_DESCRIBING = ("meta", "link", "script", "title", "base")


class Page:
    """What a capture's body says, decoded and parsed. Nothing here raises for any input.

    Witnesses read it and must not change its tree.
    """

    def __init__(
        self,
        body: bytes | str,
        *,
        url: str,
        captured_at: datetime | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.url = url
        self.headers: dict[str, str] = {name.lower(): value for name, value in (headers or {}).items()}
        self.captured_at: datetime | None = read_capture_time(captured_at)
        """Start of the capture, with its zone; None where unknown."""
        if isinstance(body, bytes):
            text, self.encoding = decode_page(body, self.headers)
        else:
            text, self.encoding = body.replace("\0", ""), "utf-8"
        self.text = unwrap(text)
        as_it_came = in_utf8(text, body, self.encoding) if isinstance(body, bytes) and self.text is text else None
        self.tree: lxml.html.HtmlElement = parse_html(self.text, as_it_came)

    @cached_property
    def layout(self) -> Layout:
        """The visible page as blocks and boxes, of one walk over the tree."""
        return lay_out(self.tree, self.host)

    @cached_property
    def place(self) -> Place:
        """Where in the layout the article stands."""
        return place_of(self.layout, (*self.meta.get("og:title", ())[:1], self.title))

    @cached_property
    def describing(self) -> dict[str, list[lxml.html.HtmlElement]]:
        """Elements that say something of the page, by tag, of one walk: such walks cost more than what they find."""
        found: dict[str, list[lxml.html.HtmlElement]] = {tag: [] for tag in _DESCRIBING}
        for element in self.tree.iter(*_DESCRIBING):
            found[str(element.tag)].append(element)
        return found

    @cached_property
    def title(self) -> str:
        """Text of the title element; empty where there is none."""
        return next((tidy(element.text_content()) for element in self.describing["title"]), "")

    @cached_property
    def base_url(self) -> str:
        """What relative addresses of the page are relative to (its ``base`` element, else its own URL)."""
        for element in self.describing["base"]:
            if href := element.get("href"):
                return join(self.url, href) or self.url
        return self.url

    def absolute(self, address: str | None) -> str | None:
        """An http(s) address of the page in full; None for anything else (``data:``, ``javascript:``, malformed)."""
        return join(self.base_url, address) if address else None

    @cached_property
    def scripts(self) -> list[tuple[dict[str, str], str]]:
        """Attributes (names in lower case) and text of every script element, in order."""
        return [(dict(element.items()), element.text or "") for element in self.describing["script"]]

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Top-level JSON-LD objects in order, members of lists and of ``@graph`` each on its own."""
        values = [
            loads_all(text) for attributes, text in self.scripts if "ld+json" in attributes.get("type", "").lower()
        ]
        return list(flatten_json_ld(values))

    @cached_property
    def state(self) -> dict[str, Any]:
        """Application state by name: ``__NEXT_DATA__``, ``__NUXT__``, ``Fusion.globalContent``, …"""
        found = find_state(self.scripts)
        if "<astro-island" in self.text and (
            props := props_of(element.get("props", "") for element in self.tree.iter("astro-island"))
        ):
            found.setdefault("astro-island", props)
        return found

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Contents of meta elements by name, property, itemprop or http-equiv in lower case; page order, none empty."""
        found: dict[str, list[str]] = {}
        for element in self.describing["meta"]:
            content = (element.get("content") or element.get("value") or "").strip()
            if not content:
                continue
            get = element.get
            named = (get("name"), get("property"), property_of(element), get("http-equiv"))
            for name in {name.strip().lower() for name in named if name}:
                if name:
                    found.setdefault(name, []).append(content)
        return found

    def linked(self, rel: str) -> str | None:
        """The absolute address of the first link element of this relation; None where there is none."""
        return next(filter(None, map(self.absolute, self._linked.get(rel, ()))), None)

    @cached_property
    def _linked(self) -> dict[str, list[str]]:
        """What link elements name, as written, by each of their ``rel`` values."""
        found: dict[str, list[str]] = {}
        for element in self.describing["link"]:
            if href := element.get("href"):
                for rel in element.get("rel", "").lower().split():
                    found.setdefault(rel, []).append(href)
        return found

    @cached_property
    def language(self) -> str | None:
        """The language the page declares, such as ``en`` or ``pt-br``: html lang, meta, header."""
        named = (
            self.tree.get("lang"),
            self.tree.get("xml:lang"),
            *self.meta.get("content-language", ())[:1],
            *self.meta.get("og:locale", ())[:1],
            *self.meta.get("language", ())[:1],
            self.headers.get("content-language"),
        )
        for name in named:
            if name and re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}", name.strip()):
                return str(name).strip().replace("_", "-").lower()
        return None

    @cached_property
    def address(self) -> str:
        """The page's own address: its URL, or what a web archive replays there."""
        return archived_in(self.url)

    @cached_property
    def host(self) -> str:
        """Host name of the page's own address in lower case without ``www.``; empty where it has none."""
        return host_of(self.address)


def property_of(element: lxml.html.HtmlElement) -> str | None:
    """The ``itemprop`` of an element; that of a change where one called so is marked as the publication, by mistake."""
    name = element.get("itemprop")
    if name and element.tag == "meta" and name.lower() == "datepublished":
        called = element.get("name")
        if called and _CHANGED.search(called):
            return "datemodified"
    return name if name is None else str(name)


def read_capture_time(value: datetime | str | None) -> datetime | None:
    """A capture time with its zone (UTC where none is given); None where there is none to read."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if value is not None and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value
