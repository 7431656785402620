"""Reading a watchlist: every mistake in it is told at once, each with its line, its key and what to write instead."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from crawler.archive.store.address import plain
from crawler.fetch.authorities import CaFileError, check_ca_file
from crawler.fetch.public_net import networks_of, why_private
from crawler.jobs.watchlist.entries import CollectionEntry, Store, Watchlist
from crawler.jobs.watchlist.lines import line_of


class WatchlistError(Exception):
    """A watchlist that can't be followed; the message has a line for each mistake."""

    def __init__(self, file: Path, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.file = file
        self.mistakes = mistakes


def read_watchlist(file: Path) -> Watchlist:
    """The watchlist in ``file``; its relative paths are seen from there. Raises ``WatchlistError``."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise WatchlistError(file, [f"{file}: {error.strerror}{_REMEDIES.get(type(error), '')}"]) from None
    except UnicodeDecodeError as error:
        raise WatchlistError(file, [f"{file}: not in UTF-8 (byte {error.start}); save it in that encoding"]) from None
    return parse_watchlist(text, file)


_REMEDIES: dict[type[OSError], str] = {
    FileNotFoundError: "; `wirecopy init` writes one",
    IsADirectoryError: "; name the watchlist in it",
    PermissionError: "; make it readable for this user",
}


def parse_watchlist(text: str, file: Path) -> Watchlist:
    """The watchlist that ``text`` is; ``file`` is where it stands. Raises ``WatchlistError``."""
    try:
        values = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WatchlistError(file, [f"{file}: not TOML: {error or 'nested too deeply'}"]) from None
    try:
        watchlist = Watchlist.model_validate(_store_apart(values, file, text))
    except ValidationError as error:
        mistakes = [_mistake(text, details) for details in error.errors()]
        raise WatchlistError(file, [_placed_at(file, line, words) for line, words in sorted(mistakes)]) from None
    if contradictions := list(_contradictions(watchlist, file, text)):
        raise WatchlistError(file, contradictions)
    return _placed(watchlist, file)


def _store_apart(values: dict[str, Any], file: Path, text: str) -> dict[str, Any]:
    """``values`` with the address that ``archives`` may be in the table ``store``, and the spool as ``archives``.

    Raises ``WatchlistError``.
    """
    archives, store = values.get("archives"), values.get("store")
    named = archives if isinstance(archives, str) and "://" in archives else None
    if not isinstance(store, dict | None) or (store is None and named is None):
        return values
    if named is None:
        words = 'store: archives is a folder; write archives = "s3://BUCKET/PREFIX", or take this table out'
        raise WatchlistError(file, [_placed_at(file, line_of(text, ("store",)), words)])
    if store and "address" in store:
        words = "store, address: no such key; archives says where"
        raise WatchlistError(file, [_placed_at(file, line_of(text, ("store", "address")), words)])
    try:
        address = plain(named)
    except ValueError as error:
        raise WatchlistError(file, [_placed_at(file, line_of(text, ("archives",)), f"archives: {error}")]) from None
    spool, usual = (store or {}).get("spool"), str(Store.model_fields["spool"].default)
    sound = isinstance(spool, str) and "://" not in spool  # else its own key is told
    return {**values, "archives": spool if sound else usual, "store": {**(store or {}), "address": address}}


_OPEN = "open it with allow_addresses above the first [table]"


def _mistake(text: str, details: ErrorDetails) -> tuple[int, str]:
    path = tuple(part for part in details["loc"] if part != "[key]")
    kind, value = details["type"], details["input"]
    key = _spelled(path)
    if kind == "extra_forbidden":
        known = _keys_at(path[:-1])
        near = get_close_matches(str(path[-1]), known, 1)
        if len(path) > 1 and path[-1] in _keys_at(()):
            what = "no such key here; write it above the first [table]"
        else:
            what = f"no such key; did you mean {near[0]}?" if near else f"no such key; known here: {', '.join(known)}"
    elif kind == "missing":
        what = "is missing; add it to this table"
        path = path[:-1]
    elif kind == "value_error":
        what = str(details["ctx"]["error"])
    elif kind == "tuple_type":
        what = (
            f"is a table of its own; write [[{key}]]" if len(path) == 1 else f'is a list; write ["..."], not {value!r}'
        )
    elif kind.startswith("bool"):
        what = f"{value!r} is neither true nor false; write one of them, without quotation marks"
    elif kind == "too_short":
        what = "is empty; write at least one"
    elif kind.startswith("date"):
        what = f"{value!r} is no day; write 2026-01-31"
    else:
        what = f"{details['msg'][0].lower()}{details['msg'][1:]}, not {value!r}"
    return line_of(text, path) or 0, f"{key}: {what}"


def _placed_at(file: Path, line: int | None, words: str) -> str:
    return f"{file}:{line}: {words}" if line else f"{file}: {words}"


def _spelled(path: tuple[str | int, ...]) -> str:
    """A path for a person: ``story 2, url``, counting from 1."""
    words = ""
    for part in path:
        words += f" {part + 1}" if isinstance(part, int) else f"{', ' if words else ''}{part}"
    return words


def _keys_at(path: tuple[str | int, ...]) -> list[str]:
    """The keys that the table at ``path`` may have."""
    model: Any = Watchlist
    for part in path:
        if isinstance(part, int) or part == "hosts" or not _is_table(model):
            continue
        field = model.model_fields.get(part)
        model = next((kind for kind in _tables(field.annotation)), model) if field else model
    shown = ((name, field) for name, field in model.model_fields.items() if (model, name) != (Store, "address"))
    return [field.alias or name for name, field in shown]


def _tables(annotation: Any) -> Iterator[type[BaseModel]]:
    if _is_table(annotation):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _tables(inner)


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _contradictions(watchlist: Watchlist, file: Path, text: str) -> Iterator[str]:
    names = [entry.name for entry in watchlist.collection]
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{file}: collection: {name} is there {times} times; keep one"
    for number, entry in enumerate(watchlist.collection):
        if entry.keep is not None and entry.rotate == "never":
            remedy = 'say rotate = "monthly" or "yearly" too, for what is deleted is a month or a year'
            at = line_of(text, ("collection", number, "keep"))
            yield _placed_at(file, at, f"collection {number + 1}, keep: {entry.name} is one folder for ever; {remedy}")
    opened = networks_of(watchlist.allow_addresses)
    for kind in ("story", "source"):
        seen = dict[str, int]()
        for number, entry in enumerate(getattr(watchlist, kind)):
            line = line_of(text, (kind, number, "url"))
            if entry.collection is not None and names and entry.collection not in names:
                at = line_of(text, (kind, number, "collection"))
                near = get_close_matches(entry.collection, names, 1)
                remedy = f"did you mean {near[0]}?" if near else "add it as a [[collection]]"
                words = f"{kind} {number + 1}, collection: no collection {entry.collection!r}; {remedy}"
                yield _placed_at(file, at, words)
            for key, url in (("url", entry.url), *(("copies", copy) for copy in getattr(entry, "copies", ()))):
                if reason := why_private(url, opened):
                    words = f"{kind} {number + 1}, {key}: {url}: {reason}; {_OPEN}"
                    yield _placed_at(file, line_of(text, (kind, number, key)), words)
            if entry.url in seen:
                yield _placed_at(
                    file, line, f"{kind} {number + 1}, url: is {kind} {seen[entry.url] + 1} already; keep one"
                )
            seen.setdefault(entry.url, number)
    if watchlist.revisit.shortest > watchlist.revisit.longest:
        yield _placed_at(file, line_of(text, ("revisit",)), "revisit: shortest is longer than longest; swap them")
    ca_file = watchlist.ca_file
    if ca_file:
        try:
            check_ca_file(file.absolute().parent / ca_file)
        except CaFileError as error:
            missing = not (file.absolute().parent / ca_file).is_file()
            words = f"{ca_file}: no such file; it takes certificates in PEM" if missing else str(error)
            yield _placed_at(file, line_of(text, ("ca_file",)), f"ca_file: {words}")
    if not watchlist.story and not watchlist.source:
        yield f"{file}: nothing to watch; add a [[story]] or a [[source]] with its url"


def _placed(watchlist: Watchlist, file: Path) -> Watchlist:
    """The watchlist with its paths seen from where it stands, and at least one collection."""
    folder = file.absolute().parent
    said = [*(story.collection for story in watchlist.story), *(source.collection for source in watchlist.source)]
    named = dict.fromkeys(filter(None, said))
    collections = watchlist.collection or tuple(CollectionEntry(name=name) for name in named)
    return watchlist.model_copy(
        update={
            "archives": folder / watchlist.archives,
            "metrics": folder / watchlist.metrics if watchlist.metrics else None,
            "log": folder / watchlist.log if watchlist.log else None,
            "ca_file": folder / watchlist.ca_file if watchlist.ca_file else None,
            "collection": collections or (CollectionEntry(name=_folder_name(file)),),
        }
    )


def _folder_name(file: Path) -> str:
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "-" for letter in file.stem
    )
    return plain.lstrip("._-")[:100] or "watchlist"
