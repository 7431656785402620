"""``datapackage.json`` held against the files it lists (WACZ 1.1.1, section 5.4; Frictionless Data Package)."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from typing import Any

from crawler.archive.digest import pieces_of
from crawler.archive.layout import DATAPACKAGE
from crawler.archive.verify.digests import DigestError, new_state, parse_digest, spelt
from crawler.archive.verify.finding import Sink, Teller
from crawler.archive.verify.parts import Parts, is_unsafe
from crawler.archive.wacz import DIGEST
from crawler.model.counted import counted

_VERSIONS = frozenset({"1.0.0", "1.1.0", "1.1.1", "1.2.0"})
_LONGEST = 64 << 20
"""Bytes of a ``datapackage.json`` that are read."""


def read_package(parts: Parts, sink: Sink) -> dict[str, Any] | None:
    """The datapackage; None where there is none that can be read, which is told."""
    teller = Teller(DATAPACKAGE, sink)
    try:
        with parts.open(DATAPACKAGE) as file:
            package = json.loads(file.read(_LONGEST), object_pairs_hook=unambiguous)
    except KeyError:
        teller.tell("package-missing", "there is no datapackage.json")
        return None
    except (ValueError, zipfile.BadZipFile, RecursionError) as error:
        teller.tell("package-syntax", f"it is no JSON that all read alike: {error}")
        return None
    if not isinstance(package, dict):
        teller.tell("package-syntax", "it is no JSON object")
        return None
    return package


def unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object. Raises ``ValueError`` where a name stands in it twice: readers differ on which of them counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        (twice, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"the name {twice!r} stands twice in an object")
    return found


def check_package(package: dict[str, Any], parts: Parts, sink: Sink) -> None:
    """Tell of every file that is not what the datapackage says, and of those it does not list."""
    teller = Teller(DATAPACKAGE, sink)
    if package.get("profile") != "data-package":
        teller.tell("package-syntax", f"profile is {package.get('profile')!r}, not 'data-package'")
    version = package.get("wacz_version")
    if not isinstance(version, str):
        teller.tell("package-syntax", "wacz_version is missing")
    elif version not in _VERSIONS:
        teller.tell("package-version", f"wacz_version {version!r} is not known")
    listed: set[str] = set()
    resources = package.get("resources")
    for entry in resources if isinstance(resources, list) else []:
        name = _name_of(entry, listed, teller)
        if name is not None:
            listed.add(name)
            _check_entry(name, entry, parts, sink)
    if not isinstance(resources, list) or not resources:
        teller.tell("package-syntax", "resources is missing or empty")
    for name in parts.names():
        if name not in listed and name not in (DATAPACKAGE, DIGEST):
            Teller(name, sink).tell("package-unlisted", "datapackage.json does not list it")


def _name_of(entry: object, listed: set[str], teller: Teller) -> str | None:
    name = entry.get("path") if isinstance(entry, dict) else None
    if not isinstance(name, str) or not name:
        teller.tell("package-syntax", f"an entry of resources has no path: {str(entry)[:80]}")
        return None
    if is_unsafe(name):
        teller.tell("package-name", f"the path {name!r} leads out of the folder")
        return None
    if name in listed:
        teller.tell("package-name", f"the path {name!r} is listed twice")
        return None
    return name


def _check_entry(name: str, entry: dict[str, Any], parts: Parts, sink: Sink) -> None:
    teller = Teller(name, sink)
    try:
        size = parts.size(name)
    except KeyError:
        teller.tell("file-missing", "datapackage.json lists it, and it is not there")
        return
    said = entry.get("bytes")
    if said is not None and said != size:
        teller.tell("package-size", f"it has {counted(size, 'byte')}, datapackage.json says {said}")
    try:
        digest = parse_digest(str(entry.get("hash")))
    except DigestError as error:
        Teller(DATAPACKAGE, sink).tell("package-syntax", f"the hash of {name}: {error}")
        return
    state = new_state(digest.algorithm)
    try:
        with parts.open(name) as file:
            for piece in pieces_of(file):
                state.update(piece)
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        teller.tell("file-unreadable", str(error))
        return
    if state.digest() != digest.value:
        found = spelt(digest.algorithm, state.digest())
        teller.tell("package-digest", f"it has {found}, datapackage.json says {entry.get('hash')}")
