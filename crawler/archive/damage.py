"""Damage of an archive in a line: which file, where in it, what is wrong, and what mends it."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

from crawler.archive.base import Archive
from crawler.archive.layout import WARCS
from crawler.archive.packed import PackedArchive
from crawler.archive.reader import Damage
from crawler.archive.source import FileSource
from crawler.archive.store.address import is_address


def in_words(damage: Damage, archive: Archive, name: str | None = None) -> str:
    """Damage met in an archive, which the user knows as ``name`` where that is not its path."""
    return f"{_place(damage, archive, name)}{_remedy(damage, archive, name)}"


def in_words_of_collection(damage: Damage, collection: Path) -> str:
    """Damage met in a collection, as :func:`in_words` tells it."""
    return f"{_line(str(collection / WARCS / damage.warc), damage)}{_repair(damage, collection)}"


def nothing_readable(archive: Archive, name: str | None = None) -> str:
    """A line on an archive whose damage left no capture."""
    first = archive.damage[0]
    place = _line(first.warc, first)
    return f"{_known_as(archive, name)}: nothing in it can be read ({place}); a sound copy of it is needed"


def not_held(url: str, archive: Archive) -> str:
    """A line on a page that an archive does not hold, which damage may have cost."""
    return f"{archive.path} holds no capture of {url}{behind(archive)}"


def behind(archive: Archive, name: str | None = None) -> str:
    """What is to be said behind a line on what an archive does not hold, where it is damaged."""
    return f"; it is damaged: {in_words(archive.damage[0], archive, name)}" if archive.damage else ""


def _place(damage: Damage, archive: Archive, name: str | None) -> str:
    source = archive.sources.get(damage.warc)
    if _is_here(archive, name) and isinstance(source, FileSource):
        return _line(str(source.path), damage)
    whole = _known_as(archive, name)
    return _line(whole if damage.warc == archive.path.name else f"{whole}: {damage.warc}", damage)


def _line(file: str, damage: Damage) -> str:
    return f"{file} at {damage.offset}: {damage.message}"


def _remedy(damage: Damage, archive: Archive, name: str | None) -> str:
    if not damage.is_mendable:
        return ""
    if isinstance(archive, PackedArchive):
        return "; unzip it into a folder, and `wirecopy repair` that"
    if _is_here(archive, name) and isinstance(archive.sources.get(damage.warc), FileSource):
        return _repair(damage, archive.path)
    if _is_here(archive, name) or is_address(name):
        return "; `wirecopy pull` it, and `wirecopy repair` what comes"
    return "; save it as a file, and `wirecopy repair` that"


def _repair(damage: Damage, path: Path) -> str:
    if not damage.is_mendable:
        return ""
    if damage.warc.endswith(".zst"):
        return "; `wirecopy import` takes what can be read of it into a collection"
    return f"; `wirecopy repair {quote(str(path))}` keeps what can be read"


def _is_here(archive: Archive, name: str | None) -> bool:
    return name is None or name == str(archive.path)


def _known_as(archive: Archive, name: str | None) -> str:
    """What the user calls an archive; behind a question mark stands a key where an address is signed."""
    return str(archive.path) if name is None else name.partition("?")[0] if "://" in name else name
