r"""A style sheet whose addresses lead into the archive; every other byte of it stays as it was written.

The tokens are those of CSS Syntax Level 3 as far as they matter here: comments, strings, ``url()``. What escapes can
hide from this reading (``\75rl(``) the Content-Security-Policy of the replay refuses to load.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Rewrite = Callable[[str], str | None]
"""From an address as written (entities and escapes removed) to what stands in its place; None to take it out."""

_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))
    |(?P<url>\burl\(\s*+(?:"(?P<double>(?:[^"\\\n]|\\.)*+)"|'(?P<single>(?:[^'\\\n]|\\.)*+)'
        |(?P<bare>(?:[^\s"'()\\]|\\.)*+))\s*+\))
    |(?P<import>@import\s+)(?P<imported>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<set>\b(?:-webkit-)?image-set\()
    |(?P<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)
    |(?P<close>[;{}])""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_TAG_LIKE = re.compile(r"<(?=[a-zA-Z/!?])")


def rewrite_sheet(text: str, rewrite: Rewrite, *, within_page: bool = False) -> str:
    """``text`` with each ``url()``, ``@import`` and string of an ``image-set()`` handed to ``rewrite``.

    ``within_page`` is for a ``<style>`` element: nothing that looks like a tag is left in it, in whatever way its page
    is parsed.
    """
    parts: list[str] = []
    at = 0
    in_set = False
    for match in _TOKEN.finditer(text):
        between = text[at : match.start()]
        parts.append(_plain(between) if within_page else between)
        at = match.end()
        kind = match.lastgroup
        if match["comment"] is not None:
            token = _TAG_LIKE.sub("< ", match[0]) if within_page else match[0]
        elif match["url"] is not None:
            written = next(part for part in (match["double"], match["single"], match["bare"]) if part is not None)
            token = _url(rewrite, written)
        elif match["import"] is not None:
            token = match["import"] + _url(rewrite, match["imported"][1:-1])
        elif match["string"] is not None:
            token = _string(rewrite, match[0]) if in_set else _quoted(match[0], within_page)
        else:
            in_set = kind == "set"
            token = match[0]
        parts.append(token)
    rest = text[at:]
    parts.append(_plain(rest) if within_page else rest)
    return "".join(parts)


def _url(rewrite: Rewrite, written: str) -> str:
    url = _ESCAPE.sub(_unescaped, written).strip()
    replaced = rewrite(url) if url else ""
    return f'url("{_escaped(replaced or "")}")'


def _string(rewrite: Rewrite, token: str) -> str:
    """A string of an image set: an address, or a media type inside ``type()``."""
    inner = _ESCAPE.sub(_unescaped, token.strip("\"'"))
    if re.fullmatch(r"image/[\w.+-]+", inner):
        return token
    return f'"{_escaped(rewrite(inner) or "")}"'


def _quoted(token: str, within_page: bool) -> str:
    return _TAG_LIKE.sub(r"\\3c ", token) if within_page else token


def _plain(text: str) -> str:
    """What is neither string nor comment: no tag begins there, but a comparison may (``400px <width``)."""
    return _TAG_LIKE.sub("< ", text.replace("<!--", "").replace("-->", ""))


def _escaped(url: str) -> str:
    """A URL between double quotes; ``<`` too, since the quotes may be those of a style element."""
    return re.sub(r'["\\\n\r\f<]', lambda match: f"\\{ord(match[0]):x} ", url)


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return "" if match[2] == "\n" else match[2]
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "�"
