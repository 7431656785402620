"""Whether what a store holds of a collection is what was last pushed from here, so that no push undoes another's."""

from __future__ import annotations

import time
from dataclasses import replace

from crawler.archive.store.faults import Conflict
from crawler.archive.store.manifest import Manifest, read_manifest
from crawler.archive.store.note import Note
from crawler.archive.store.objects import WAITS, Objects


def agreed(objects: Objects, note: Note) -> tuple[Manifest | None, Note]:
    """What the store holds, None where it has nothing yet, and the note with what a killed push did not come to note.

    Raises ``Conflict`` where another collection is there, or this one was pushed from elsewhere, ``StoreError``.
    """
    here, there, where = note.manifest, _read(objects, note.manifest), objects.address
    if there is None:
        if here.generation:
            raise Conflict(
                f"{where} does not hold the collection any more that was pushed to it; look for it, or delete "
                f"{note.name} beside the local one to push all of it anew",
                where,
            )
        return None, note
    if there.collection != here.collection:
        raise Conflict(f"{where} holds another collection; choose another address, or pull that one", where)
    if (there.generation, there.token) == (here.generation, here.token):
        return there, note
    if there.generation == here.generation + 1 and there.token == note.writing:
        return there, replace(note, manifest=there, writing=None)
    raise Conflict(
        f"{where} was changed from elsewhere since it was last pushed from here ({there.generation} pushes there, "
        f"{here.generation} known here): pull it into another folder, and go on in that one",
        where,
    )


def _read(objects: Objects, here: Manifest) -> Manifest | None:
    """The store's manifest; where it tells of a state that is past, it is asked again."""
    for wait in WAITS:
        there = read_manifest(objects)
        past = there is None or (there.collection == here.collection and there.generation < here.generation)
        if not here.generation or not past:
            return there
        time.sleep(wait)
    return read_manifest(objects)
