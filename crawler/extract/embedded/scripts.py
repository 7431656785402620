"""Data that a page carries in its scripts: JSON-LD objects and application state, slightly broken JSON included."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from crawler.extract.embedded.devalue import unpack
from crawler.extract.embedded.flight import FlightRows
from crawler.extract.embedded.islands import fetched, of_kit, streamed
from crawler.extract.embedded.literal import read_call, read_literal

_DECODER = json.JSONDecoder(strict=False)
_ASSIGNMENT = re.compile(
    r"(__[A-Z][A-Z0-9_]{3,}__|__[a-zA-Z]\w{3,}|Fusion\.globalContent|globalContent|INITIAL_STATE|initialState"
    r"|appState"
    r"|APP_STATE|PRELOADED_STATE|__staticRouterHydrationData)[\"'\]]*\s*=\s*"
)
_NAMING = ("__", "lobalContent", "NITIAL_STATE", "nitialState", "ppState", "PP_STATE", "PRELOADED_STATE")
"""One of them is in the name of each."""
_PARSED_STRING = re.compile(r"JSON\.parse\(\s*(?P<escaped>decodeURIComponent\(\s*)?(?=[\"'])")
_CALL = re.compile(r"\(?\s*(?:function\b|\([\w$,\s]{0,9999}\)\s*=>)")
_PREFIXED = re.compile(r'"(?:schema:|https?://schema\.org/)(?=\w{1,60}"\s*:)')
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_HEX_ESCAPE = re.compile(r"\\x([0-9A-Fa-f]{2})")
_BAD_ESCAPE = re.compile(r"(?<!\\)\\(?=[^\"\\/bfnrtu])")
_UNDEFINED = re.compile(r"(?<=[:\[,])\s*(?:undefined|void 0)\s*(?=[,}\]])")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_COMMENT_BEGINS = re.compile(r"\s*(?://\s*|/\*\s*)?(?:<!--|<!\[CDATA\[)(?:\s*\*/)?")
_COMMENT_ENDS = re.compile(r"(?://\s*|/\*\s*)?(?:-->|\]\]>)(?:\s*\*/)?\s*(?:;\s*)?$")
_NEXT_OBJECT = re.compile(r"[\s,;]*\{")
_MOST_FAILURES = 20
"""Assignments of one script that may be no JSON; each costs a reading of all that follows."""
_STATE_BYTES = 8_000_000
"""Characters of a script that is read."""


def loads_lenient(text: str) -> Any:
    """The JSON value of a script's text, or None where there is none to read.

    Comments around it, HTML escapes, control characters, trailing commas and text after its end are forgiven.
    """
    return next(iter(loads_all(text)), None)


def loads_all(text: str) -> list[Any]:
    """:func:`loads_lenient`, and the objects that follow the first without brackets around them all."""
    if begins := _COMMENT_BEGINS.match(text):
        text = text[begins.end() :]
    if text.rstrip("; \t\r\n")[-1:] in (">", "/"):  # looking at the end alone, for texts are long
        text = _COMMENT_ENDS.sub("", text)
    text = text.strip().lstrip("\ufeff").rstrip(";")
    if '"schema:' in text or "://schema.org/" in text:
        text = _PREFIXED.sub('"', text)
    if not text:
        return []
    for attempt in (_same, _without_controls, html.unescape, _without_commas, _without_escapes):
        repaired = attempt(text)
        try:
            value, end = _DECODER.raw_decode(repaired)
        except (ValueError, RecursionError):
            continue
        return [value, *_following(repaired, end)]
    value, end = read_literal(text := _with_quotes(text))
    return [value, *_following(text, end)] if value else []


def _following(text: str, start: int) -> Iterator[Any]:
    """The objects that stand after one, without brackets around them all."""
    while found := _NEXT_OBJECT.match(text, start):
        try:
            value, start = _DECODER.raw_decode(text, found.end() - 1)
        except (ValueError, RecursionError):
            return
        yield value


def flatten_json_ld(values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Every top-level object of JSON-LD values in order, members of lists and of ``@graph`` each on its own."""
    waiting = list(values)[::-1]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            graph = value.get("@graph")
            if isinstance(graph, (list, dict)):
                waiting.append(graph)
            if graph is None or len(value) > 3:
                yield value


def find_state(scripts: Iterable[tuple[dict[str, str], str]]) -> dict[str, Any]:
    """Application state by name (``__NEXT_DATA__``, ``__APOLLO_STATE__``, ``Fusion.globalContent``, …).

    ``scripts`` are attributes and text of the page's script elements.
    """
    found: dict[str, Any] = {}
    flight = FlightRows()
    for attributes, text in scripts:
        if not may_hold_state(attributes, text):
            continue
        if "json" in attributes.get("type", "").lower():
            name = attributes.get("id") or attributes.get("data-name") or f"json-{len(found)}"
            value = loads_lenient(text)
            if name == "__NUXT_DATA__" or "data-nuxt-data" in attributes:
                value = unpack(value)
            elif "data-sveltekit-fetched" in attributes:
                value = fetched(value)
            if isinstance(value, (dict, list)):
                found.setdefault(name, value)
        elif "__sveltekit" in text and isinstance(data := of_kit(text), list):
            found.setdefault("__sveltekit", data)
        elif "streamController" in text and (values := streamed(text)):
            found.setdefault("streamController", values)
        elif not flight.add(text):
            for name, value in _assigned(text):
                found.setdefault(name, value)
    if rows := flight.values():
        found.setdefault("__next_f", rows)
    return found


def may_hold_state(attributes: dict[str, str], text: str) -> bool:
    """Whether a script is one whose text may hold application state."""
    kind = attributes.get("type", "").lower()
    if len(text) > _STATE_BYTES or len(text) < 20 or "ld+json" in kind:
        return False
    return "json" in kind or not attributes.get("src")


def _assigned(text: str) -> Iterator[tuple[str, Any]]:
    if not any(part in text for part in _NAMING):
        return
    end = failed = 0
    for match in _ASSIGNMENT.finditer(text):
        if match.start() < end:
            continue
        if failed > _MOST_FAILURES:
            return
        start = match.end()
        try:
            if text[start : start + 1] in ("{", "["):
                value, end = _decode_at(text, start)
            elif parsed := _PARSED_STRING.match(text, start):
                literal, end = _string_literal(text, parsed.end())
                value = _DECODER.decode(unquote(literal) if parsed["escaped"] else literal)
            elif _CALL.match(text, start):
                failed += 1
                value, end = read_call(text, start)
            else:
                continue
        except (ValueError, RecursionError):
            failed += 1
            value, end = read_literal(text, start)
        if isinstance(value, (dict, list)):
            yield match.group(1), value


def _decode_at(text: str, start: int) -> tuple[Any, int]:
    """The value that begins at ``start`` and the place where it ends; one of JavaScript's own ends the script."""
    try:
        return _DECODER.raw_decode(text, start)
    except ValueError:
        return _DECODER.raw_decode(_without_escapes(text[start:]))[0], len(text)


def _string_literal(text: str, start: int) -> tuple[str, int]:
    if text[start] == '"':
        value, end = _DECODER.raw_decode(text, start)
        return str(value), end
    end = start + 1
    while end < len(text) and text[end] != "'":
        end += 2 if text[end] == "\\" else 1
    inner = text[start + 1 : end].replace("\\'", "'").replace('"', '\\"').replace('\\\\"', '\\\\\\"')
    return str(_DECODER.decode(f'"{inner}"')), end + 1


def _with_quotes(text: str) -> str:
    """Angular writes ``&q;`` for a quote, others escape for HTML what HTML does not unescape."""
    if '"' in text:
        return text
    for escaped, sign in (("&q;", '"'), ("&s;", "'"), ("&l;", "<"), ("&g;", ">"), ("&a;", "&")):
        text = text.replace(escaped, sign)
    return html.unescape(text)


def _same(text: str) -> str:
    return text


def _without_controls(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _without_commas(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text))


def _without_escapes(text: str) -> str:
    """With what JavaScript allows and JSON does not: its own escapes in strings, ``undefined`` as a value."""
    text = _HEX_ESCAPE.sub(r"\\u00\1", _without_commas(text))
    return _UNDEFINED.sub("null", _BAD_ESCAPE.sub("", text))
