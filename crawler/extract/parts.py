"""Stories told over several pages: the address of the page that goes on where one ends."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from crawler.extract.address import join

_LINK = re.compile(rb"<(?:a|link)\s(?:[^<>]|<(?!(?:a|link)\s)){0,1000}>", re.I)
"""It ends where another begins: each of a row of links without ends would be read a thousand signs far."""
_HREF = re.compile(r"(?<![\w-])href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_NEXT = re.compile(r"rel\s*=\s*[\"']?[^\"'>]{0,40}\bnext\b", re.I)
_PARAMETERS = frozenset(("page", "p", "pg", "pag", "pagina", "página", "seite", "sida", "side", "strona", "stranka"))
"""Names of the parameter that tells which page of a story is meant."""
_STEP = r"/(?:(?:page|p|pg|pag|pagina|seite|sida|side|strona|stranka)[-_/]?)?{number}"
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp)$", re.I)


def next_part(body: bytes, url: str, first: str, number: int) -> str | None:
    """The address of the page after ``url``, which is page ``number`` of the story whose first page is ``first``.

    It is the first page's address and the next number behind it, as a parameter or a last step of the path; as a part
    of the file's name (``lamp-2.html``) only where the link says that it leads to the next page: so may the address of
    another story end. None where no link leads there.
    """
    begins = _parted(first)
    if begins is None:
        return None
    wanted = str(number + 1)
    for tag in _LINK.finditer(body):
        if wanted.encode() not in tag[0]:
            continue
        text = tag[0].decode("utf-8", "replace")
        found = _HREF.search(text)
        address = join(url, unescape(next(filter(None, found.groups()), ""))) if found else None
        if address and _goes_on(begins, address.partition("#")[0], wanted, surely=_NEXT.search(text) is not None):
            return address.partition("#")[0]
    return None


def _goes_on(first: SplitResult, address: str, number: str, *, surely: bool) -> bool:
    then = _parted(address)
    if then is None or then.netloc.lower() != first.netloc.lower():
        return False
    asked, told = _asked(first.query), _asked(then.query)
    if then.path == first.path:
        more = {name: value for name, value in told.items() if name not in asked}
        return (
            all(told.get(name) == value for name, value in asked.items())
            and list(more.values()) == [number]
            and _PARAMETERS.issuperset(more)
        )
    if urlencode(asked) != urlencode(told):
        return False
    stem, ending = _cut(first.path)
    there, end = _cut(then.path)
    if end not in ("", ending) or not there.startswith(stem):
        return False
    rest = there[len(stem) :]
    return re.fullmatch(_STEP.format(number=number), rest, re.I) is not None or (
        surely and bool(ending) and rest in (f"-{number}", f"_{number}", f",{number}")
    )


def _cut(path: str) -> tuple[str, str]:
    """A path without its last slash and the file's ending, and that."""
    path = path.rstrip("/")
    ending = _ENDING.search(path)
    return (path[: ending.start()], ending[0].lower()) if ending else (path, "")


def _asked(query: str) -> dict[str, str]:
    return {name.lower(): value for name, value in parse_qsl(query, keep_blank_values=True)}


def _parted(address: str) -> SplitResult | None:
    """An address taken apart, its path in letters: links name it so, and a page's own address has them escaped."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts._replace(path=unquote(parts.path)) if len(parts.path) > 1 or parts.query else None
