"""HTML as tokens, by the rules browsers tokenize with (WHATWG HTML, 13.2.5), so that a page can be changed tag by tag.

A tree would be another's idea of the page: tokens leave to the browser what it would have made of the page itself.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?P<name>[^\s/>=][^\s/>=]*|=[^\s/>=]*)
    (?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)|(?P<empty>(?=>))))?""",
    re.VERBOSE,
)
_OPENED = re.compile(r"\s*=\s*[\"']")
_SPACE = re.compile(r"[\s/]*")
_SCRIPT_STEP = re.compile(r"<!--|-->|<script(?=[\s/>])|</script(?=[\s/>])", re.IGNORECASE)
RAW_TEXT = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content holds no tags, but where scripts run also ``noscript``: here they don't."""
ESCAPABLE = frozenset({"title", "textarea"})
"""Elements whose content holds character references and no tags."""
_WITH_CONTENT = RAW_TEXT | ESCAPABLE
_FOREIGN = frozenset({"svg", "math"})
"""Inside these a start tag may close itself."""


@dataclass(frozen=True, slots=True)
class Text:
    """Characters between tags, as written: character references and all."""

    raw: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag: name in lower case; each attribute's first value with character references resolved."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    self_closing: bool = False

    def get(self, name: str) -> str | None:
        """The value of an attribute, None where it is not there."""
        return next((value for key, value in self.attributes if key == name), None)


@dataclass(frozen=True, slots=True)
class EndTag:
    """An end tag: its name in lower case."""

    name: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a ``RAW_TEXT`` or ``ESCAPABLE`` element holds, as written; its end tag comes as a token of its own."""

    element: str
    raw: str


@dataclass(frozen=True, slots=True)
class Doctype:
    """The document's type, as written between ``<!`` and ``>``: it chooses the browser's layout mode."""

    raw: str


@dataclass(frozen=True, slots=True)
class CharacterData:
    """A CDATA section: text inside SVG and MathML, a comment elsewhere."""

    raw: str


Token = Text | Tag | EndTag | Content | Doctype | CharacterData


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a page; comments, processing instructions and a tag cut off at the end are left out."""
    at, size, foreign = 0, len(text), 0
    while at < size:
        mark = text.find("<", at)
        if mark < 0:
            yield Text(text[at:])
            return
        following = text[mark + 1 : mark + 2]
        if not following or not (following.isascii() and (following.isalpha() or following in "/!?")):
            end = text.find("<", mark + 1)
            end = size if end < 0 else end
            yield Text(text[at:end])
            at = end
            continue
        if mark > at:
            yield Text(text[at:mark])
        token: Token | None
        if following == "!":
            token, at = _declaration(text, mark)
        elif following == "?":
            token, at = None, _after(text, ">", mark)
        elif following == "/":
            token, at = _end_tag(text, mark)
        else:
            token, at = _start_tag(text, mark)
            if token is None:
                return
        if token is not None:
            yield token
        if isinstance(token, (Tag, EndTag)) and token.name in _FOREIGN:
            foreign = max(0, foreign + (1 if isinstance(token, Tag) and not token.self_closing else -1))
        if not isinstance(token, Tag) or (foreign and token.self_closing):
            continue
        if token.name in _WITH_CONTENT:
            end = _content_end(text, at, token.name)
            yield Content(token.name, text[at:end])
            at = end
        elif token.name == "plaintext":
            yield Content("plaintext", text[at:])
            return


def base_address(found: Iterable[Token]) -> str:
    """What a page says its addresses are relative to, as written; empty where it says nothing."""
    tags = (token for token in found if isinstance(token, Tag) and token.name == "base")
    return next((href for tag in tags if (href := tag.get("href"))), "")


def _start_tag(text: str, mark: int) -> tuple[Tag | None, int]:
    name = _TAG_NAME.match(text, mark + 1)
    assert name is not None
    at = name.end()
    attributes: dict[str, str] = {}
    while True:
        at = _skip(text, at)
        if at >= len(text):
            return None, at
        if text[at] == ">":
            break
        match = _ATTRIBUTE.match(text, at)
        if match is None:
            return None, len(text)
        value = match["double"] or match["single"] or match["bare"] or ""
        if not value and match["double"] is None and match["single"] is None and _OPENED.match(text, match.end("name")):
            return None, len(text)  # a quote that never ends swallows the rest of the page
        key = match["name"].lower()
        if key not in attributes:
            attributes[key] = html.unescape(value) if "&" in value else value
        at = match.end()
    closing = text[at - 1] == "/"
    return Tag(name[0].lower(), tuple(attributes.items()), closing), at + 1


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _end_tag(text: str, mark: int) -> tuple[EndTag | None, int]:
    name = _TAG_NAME.match(text, mark + 2)
    if name is None:  # </> is nothing, </ and anything else a comment
        return None, _after(text, ">", mark)
    tag, at = _start_tag(text, mark + 1)
    return (EndTag(tag.name) if tag else None), at


def _declaration(text: str, mark: int) -> tuple[Doctype | CharacterData | None, int]:
    if text.startswith("<!--", mark):
        return None, _comment_end(text, mark + 4)
    if text.startswith("<![CDATA[", mark):
        end = text.find("]]>", mark)
        end = len(text) if end < 0 else end
        return CharacterData(text[mark + 9 : end]), end + 3
    end = _after(text, ">", mark)
    declared = text[mark + 2 : end].removesuffix(">")
    return (Doctype(declared) if declared[:7].lower() == "doctype" else None), end


def _comment_end(text: str, at: int) -> int:
    if text.startswith(">", at):
        return at + 1
    if text.startswith("->", at):
        return at + 2
    match = re.compile(r"--!?>").search(text, at)
    return match.end() if match else len(text)


def _after(text: str, mark: str, at: int) -> int:
    end = text.find(mark, at)
    return len(text) if end < 0 else end + 1


def _content_end(text: str, at: int, name: str) -> int:
    if name == "script":
        return _script_end(text, at)
    match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at)
    return match.start() if match else len(text)


def _script_end(text: str, at: int) -> int:
    """A script inside a comment inside a script does not end it (13.2.5.20 to 13.2.5.31)."""
    commented = nested = False
    for step in _SCRIPT_STEP.finditer(text, at):
        mark = step[0].lower()
        if mark == "<!--":
            commented = True
        elif mark == "-->":
            commented = nested = False
        elif mark == "<script":
            nested = commented
        elif nested:
            nested = False
        else:
            return step.start()
    return len(text)
