"""Where an archive is, as a user writes it: a path, or the address of a store."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

from crawler.cli.errors import UsageError
from crawler.cli.terminal import printable
from crawler.model.home import from_home

FILES = (".warc", ".warc.gz", ".warc.zst", ".wacz")
"""How the names of archives that are one file end."""
_OWN = frozenset({"archive", "indexes", "pages", "tables"})
"""Folders of a collection."""


def place(words: str) -> Path | str:
    """An argument as a path, or as the address that it is."""
    return named(words) if "://" in words else from_home(Path(named(words)))


def named(words: str) -> str:
    """An argument that names something. Raises ``ArgumentTypeError`` for none: the path of nothing is this folder's."""
    if not words.strip():
        raise ArgumentTypeError("an empty name; is a variable of your shell not set? (this folder is .)")
    return words


def input_file(words: str) -> Path:
    """An argument as the path of a file that is read."""
    return from_home(Path(named(words)))


def path(words: str) -> Path:
    """An argument as a path of this machine. Raises ``ArgumentTypeError`` for an address."""
    if "://" in words:
        raise ArgumentTypeError(f"{words} is no path of this machine; `wirecopy pull` fetches a collection of a store")
    return _writable(words)


def folder(words: str) -> Path:
    """An argument as the path of a folder of this machine. Raises ``ArgumentTypeError`` for an address."""
    if "://" in words:
        raise ArgumentTypeError(
            f"{words} is no folder of this machine; `wirecopy push` puts a collection there, `wirecopy pull` fetches it"
        )
    return _writable(words)


def output(words: str) -> Path:
    """An argument as the path of a file or folder that is written. Raises ``ArgumentTypeError`` for an address."""
    if "://" in words:
        raise ArgumentTypeError(f"{words} is no path of this machine: write it here, then copy it there")
    return _writable(words)


def destination(words: str) -> Path | str:
    """An argument as where tables are written: a path, or the address of a store, a slash at whose end stays.

    Raises ``ArgumentTypeError`` for an address of another kind.
    """
    if "://" not in words:
        return _writable(words)
    from crawler.archive.store.address import plain

    try:
        return plain(words) + "/" * words.endswith("/")
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def _writable(words: str) -> Path:
    """A path whose name can stand in JSON and in a database."""
    named(words)
    try:
        words.encode()
    except UnicodeEncodeError:
        raise ArgumentTypeError(f"{printable(words)}: the name is not in UTF-8; choose another") from None
    return from_home(Path(words))


def refuse_inside(output: Path | str | None) -> None:
    """Raise ``UsageError`` where a table would be written over one of a collection, or be taken for its own.

    Those of a store are looked for where it is written.
    """
    from crawler.archive.layout import is_collection

    if not isinstance(output, Path):
        return
    whole = output.absolute()
    for folder in (whole, *whole.parents[:2]):
        inner = whole.relative_to(folder).parts[:1]
        if is_collection(folder) and (not inner or inner[0] in _OWN):
            what = f"belongs to the collection {folder.name}" if inner else "is a collection"
            raise UsageError(f"{output}: {what}; name another place with -o")


def at_hand(where: Path | str, verb: str) -> Path:
    """A folder that the collection ``where`` can be read from: that of a store is mirrored, but for its WARCs.

    Raises ``UsageError`` for an address of another kind, ``StoreError``, ``ReadError``.
    """
    if isinstance(where, Path):
        return where
    from crawler.archive.store import is_address, mirror

    _check(where, verb, is_store=is_address(where))
    return mirror(where)


def all_at_hand(where: Path | str, verb: str) -> Path:
    """As :func:`at_hand`, where ``where`` may also be what several collections lie below."""
    if isinstance(where, Path):
        return where
    from crawler.archive.store import is_address, mirror_all

    _check(where, verb, is_store=is_address(where))
    return mirror_all(where)


def _check(where: str, verb: str, *, is_store: bool) -> None:
    if not is_store:
        raise UsageError(f"{where}: {verb} reads folders and stores (s3://BUCKET/NAME), and no web address")
    if where.endswith(FILES):
        raise UsageError(
            f"{where}: {verb} takes a collection of a store; `wirecopy import` takes the files of others once they "
            "are on this machine, `wirecopy extract` and `capture --from` read them where they are"
        )
    store(where)


def store(words: str) -> str:
    """The address of a store in its one spelling. Raises ``UsageError`` for what is none."""
    from crawler.archive.store.address import is_address, plain

    if not is_address(words):
        raise UsageError(f"{words}: no address of a store; write s3://BUCKET/PREFIX/NAME")
    try:
        return plain(words)
    except ValueError as error:
        raise UsageError(str(error)) from None
