"""``datapackage.json``: what files a collection consists of, with their sizes and digests (WACZ 1.1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler import __version__
from crawler.archive.digest import digest_pieces, pieces_of
from crawler.archive.layout import (
    DATAPACKAGE,
    INDEX,
    LAYOUT,
    PAGES,
    WARCS,
    check_layout,
    warc_files,
    write_json,
)
from crawler.archive.store.sources import absent
from crawler.model.moment import rfc3339

WACZ = "1.1.1"
_DATES = "collection"
"""Under which a signed WACZ keeps when its collection was made and changed."""


def package_files(path: Path) -> list[Path]:
    """The files that make up a WACZ: WARCs, index and pages.

    Ledger and tables are left out: they can be made again from the WARCs (py-wacz refuses files outside folders, too).
    """
    return [*warc_files(path), *_beside(path)]


def _beside(path: Path) -> list[Path]:
    beside = [file for folder in (Path(INDEX).parent, Path(PAGES).parent) for file in (path / folder).glob("*.*")]
    return sorted(file for file in beside if file.suffix != ".new")


def write_datapackage(path: Path) -> None:
    """Bring the datapackage of a collection up to date.

    A finished WARC never changes, so its digest is worked out once; ``pack`` and :func:`altered` work it out again.
    """
    old = check_layout(path)
    known = listed_warcs(old)
    now = rfc3339(datetime.now(UTC).replace(microsecond=0))
    package = {
        "profile": "data-package",
        "wacz_version": WACZ,
        "title": path.absolute().name.encode(errors="replace").decode(),
        "software": f"wirecopy {__version__}",
        "created": _begun(old) or now,
        "modified": now,
        **_main_page(path),
        "resources": [*_warcs(path, known), *(_resource(path, file, known) for file in _beside(path))],
        "wirecopy": {"layout": LAYOUT},
    }
    write_json(path / DATAPACKAGE, package)


def as_of(package: bytes, moment: str) -> bytes:
    """The datapackage of a WACZ that is made at this moment, as by being signed; its collection's dates are kept in it.

    That of another program stays as it is.
    """
    said = json.loads(package)
    ours = said.get("wirecopy")
    if not isinstance(ours, dict):
        return package
    dates = {name: said.get(name) for name in ("created", "modified")}
    said |= {"created": moment, "modified": moment, "wirecopy": {**ours, _DATES: ours.get(_DATES, dates)}}
    return json.dumps(said, indent=1).encode() + b"\n"


def _begun(package: dict[str, Any]) -> str | None:
    """When a collection was begun, also where its datapackage is that of a signed WACZ."""
    ours = package.get("wirecopy")
    dates = ours.get(_DATES) if isinstance(ours, dict) else None
    begun = (dates if isinstance(dates, dict) else package).get("created")
    return begun if isinstance(begun, str) and begun else None


def resource(name: str, digest: str, size: int) -> dict[str, Any]:
    """The entry for a file."""
    return {"name": Path(name).name, "path": name, "hash": digest, "bytes": size}


def _warcs(path: Path, known: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries for the WARCs, those that only the store has included, by their names."""
    entries = [_resource(path, file, known) for file in warc_files(path)]
    for source in absent(path):
        name = f"{WARCS}/{source.name}"
        entries.append(known.get(name) or resource(name, f"sha256:{source.stored.digest}", source.stored.size))
    return sorted(entries, key=lambda entry: str(entry["path"]))


def _resource(path: Path, file: Path, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    name = file.relative_to(path).as_posix()
    if name in known:
        return known[name]
    with file.open("rb") as opened:
        return resource(name, *digest_pieces(pieces_of(opened)))


def altered(path: Path) -> Iterator[tuple[str, str]]:
    """The WARCs that are not what the datapackage of a collection says: each one's path in it, and what is wrong.

    What the datapackage says stays, so that nobody takes the altered file for the captured one. Raises ``OSError``.
    """
    stored = {f"{WARCS}/{source.name}": source.stored for source in absent(path)}
    for name, entry in listed_warcs(check_layout(path)).items():
        file = path / name
        if name in stored and entry.get("hash") == f"sha256:{stored[name].digest}":
            continue
        if not file.exists():
            yield name, "the file is gone, datapackage.json lists it"
            continue
        with file.open("rb") as opened:
            digest, _ = digest_pieces(pieces_of(opened))
        if digest != entry.get("hash"):
            yield (
                name,
                (
                    f"the file was altered after its crawl ended: its digest is {digest}, datapackage.json says "
                    f"{entry.get('hash')}; put a sound copy in its place, or take its line out of datapackage.json"
                ),
            )


def forget(path: Path, names: Iterable[str]) -> None:
    """Take files out of the datapackage of a collection whose bytes were changed for a reason. Raises ``OSError``."""
    gone = set(names)
    package = check_layout(path)
    kept = [entry for entry in package.get("resources", ()) if entry.get("path") not in gone]
    if gone:
        write_json(path / DATAPACKAGE, {**package, "resources": kept})


def listed_warcs(package: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The WARCs that a datapackage lists, by path."""
    entries = package.get("resources")
    known = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return {entry["path"]: entry for entry in known if str(entry.get("path")).startswith(f"{WARCS}/")}


def _main_page(path: Path) -> dict[str, str]:
    for page in read_pages(path, naming='"seed"'):
        if page.get("seed") and page.get("url") and page.get("ts"):
            return {"mainPageURL": page["url"], "mainPageDate": page["ts"]}
    return {}


def read_pages(path: Path, naming: str = "") -> Iterator[dict[str, Any]]:
    """The lines of pages.jsonl after its header that hold ``naming``; what is no JSON is passed over."""
    file = path / PAGES
    if not file.exists():
        return
    with file.open(encoding="utf-8") as lines:
        for text in lines:
            if naming not in text:
                continue
            try:
                page = json.loads(text)
            except (ValueError, RecursionError):
                continue
            if isinstance(page, dict) and "url" in page:
                yield page
