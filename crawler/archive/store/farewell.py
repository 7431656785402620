"""Giving a store up: a collection on this machine that is not to be kept there any more, and waits for it no longer."""

from __future__ import annotations

from pathlib import Path

from crawler.archive.errors import explain
from crawler.archive.layout import WARCS, check_layout, sync_folder
from crawler.archive.store.faults import StoreError
from crawler.archive.store.lock import alone
from crawler.archive.store.note import Note, journal_of, read_notes


def give_up(collection: Path, address: str) -> None:
    """Forget that a collection is in the store at ``address``; what is there stays there, and the store is not asked.

    Raises ``StoreError`` where it was never pushed there, or has WARCs that are nowhere else, ``CollectionLocked``
    while another process pushes it, and what the disk raises as ``ArchiveError``.
    """
    check_layout(collection)
    try:
        with alone(collection, patient=False):
            notes = read_notes(collection)
            note = next((note for note in notes if note.address == address), None)
            if note is None:
                known = ", ".join(other.address for other in notes) or "no store"
                raise StoreError(f"{collection} was not pushed to {address}, but to {known}", collection)
            if only := _only_there(collection, note, [other for other in notes if other is not note]):
                raise StoreError(
                    f"{address} alone has {only[0]}" + (f" and {len(only) - 1} more WARCs" if only[1:] else "")
                    + f": `wirecopy pull {address} {collection}` brings them here",
                    collection,
                )  # fmt: skip
            journal_of(collection / note.name).unlink(missing_ok=True)
            (collection / note.name).unlink()
            sync_folder(collection)
    except OSError as error:
        raise explain(error, "push", collection) from error


def _only_there(collection: Path, note: Note, others: list[Note]) -> list[str]:
    elsewhere = {name: stored.digest for other in others for name, stored in other.manifest.warcs().items()}
    return [
        name
        for name, stored in sorted(note.manifest.warcs().items())
        if not (collection / WARCS / name).exists() and elsewhere.get(name) != stored.digest
    ]
