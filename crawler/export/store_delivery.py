"""The files of tables on their way to the address of a store, by way of files that are staged there.

Of two calls that write to one address, the one that began last does: it drops what the other has staged.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Self

from crawler.archive.layout import DATAPACKAGE, WARCS
from crawler.archive.scratch import Scratch
from crawler.archive.store import StoreError
from crawler.archive.store.address import below, name_of, plain
from crawler.archive.store.faults import Altered, NoObject
from crawler.archive.store.manifest import FILE
from crawler.archive.store.objects import Objects, open_objects
from crawler.archive.store.staging import Staged, Staging, staging_at
from crawler.export.delivery import PART, SCRATCH, Delivery, Numbered, Sent, Target, dropped, to_the_end
from crawler.model.counted import counted

CLAIM = f"{SCRATCH}claim"
"""What is begun at an address for as long as a call writes there, and never finished."""
_AT_ONCE = 8
"""Files of a store that take their places at the same time."""
_OF_COLLECTIONS = ("archive", "indexes", "pages", "tables")


class Occupied(StoreError):  # noqa: N818 - says what is the case
    """An address where something else is than what was to be written there."""


class StoreDelivery(Delivery):
    """Each file is on this machine only until it is staged."""

    def __init__(self, address: str, is_mine: Callable[[str], bool], numbered: Numbered | None) -> None:
        self._address = plain(address)
        self._is_named = is_mine
        self._numbered = numbered
        self._staged: list[Staged] = []
        self._parts = f"{PART}{token_hex(4)}-"
        self._fetching: str | None = None
        self._committed = False

    def target(self, name: str) -> Sent:
        """The name of a file from the beginning."""
        return Sent(self._address, name, self._claim)

    def part(self, name: str) -> Sent:
        """A name of this call's own: another that began meanwhile may just be fetching its parts."""
        return self.target(f"{self._parts}{name}")

    def where(self, name: str) -> str:
        """The address of a file."""
        return below(self._address, name)

    def take(self, file: Path) -> tuple[int, str]:
        """Stage a file that was made in ``folder``, from which it goes."""
        staged = self._staging.put(file.name, file)
        self._staged.append(staged)
        file.unlink()
        return staged.size, staged.digest

    def accept(self, name: str, staged: Staged | None) -> None:
        """Have a file that was staged elsewhere."""
        assert staged
        self._staged.append(staged)

    def bring(self, part: Target, staged: Staged | None) -> Path:
        """Fetch a file, where it was staged. Raises ``StoreError``, ``OSError``."""
        name, objects, state = part.name, self._staging.objects, sha256()
        file = self.folder / name
        if staged is None:
            return file
        self._fetching = name
        try:
            self._staging.publish(staged)  # before that nobody can read it
            with file.open("wb") as out:
                for piece in objects.pieces(name, staged.size):
                    state.update(piece)
                    out.write(piece)
        except NoObject as error:
            raise dropped(self._address) from error
        if state.hexdigest() != staged.digest:
            raise Altered(f"{objects.where(name)}: what came back is not what was sent; run again", objects.where(name))
        objects.remove(name)
        self._fetching = None
        return file

    def commit(self) -> None:
        """Publish all files. Raises ``StoreError``, also where another call has begun since."""
        to_the_end(self._commit)

    def _commit(self) -> None:
        if not self._staging.stands(self._claim):
            raise dropped(self._address)
        published = 0
        try:
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                publishing = [pool.submit(self._staging.publish, staged) for staged in self._staged[:-1]]
                wait(publishing)
            published = sum(each.exception() is None for each in publishing)
            for each in publishing:
                each.result()
            for staged in self._staged[-1:]:
                self._staging.publish(staged)
                published += 1
            self._remove_outdated()
        except StoreError as error:
            if not published:
                raise
            many = f"{published} of {counted(len(self._staged), 'file')}"
            raise StoreError(f"{error}; of {self._address}, {many} came anew until now", self._address) from error
        self._staged = []
        self._committed = True

    def _is_mine(self, name: str) -> bool:
        return name.startswith(PART) or self._is_named(name)

    def _remove_outdated(self) -> None:
        """Delete what an older table had more; a listing may be late, so those that follow are asked for too."""
        if self._numbered is None:
            return
        objects, mine = self._staging.objects, {staged.key for staged in self._staged}
        for name in objects.files():
            if name in self._numbered and name not in mine:
                objects.remove(name)
        number = len(mine)
        while objects.see(name := self._numbered.name(number)):
            objects.remove(name)
            number += 1

    def __enter__(self) -> Self:
        self._staging = unoccupied(self._address)
        self._claim = self._staging.claim(CLAIM)  # which also shows that files may be written there
        try:
            self._staging.clear(self._is_mine)
            for name in self._staging.objects.files():
                if name.startswith(PART):  # a call was killed while it fetched it
                    self._staging.objects.remove(name)
        except BaseException:
            with suppress(StoreError):  # the next call drops it
                self._staging.discard(self._claim.staged)
            raise
        self._scratch = Scratch()
        self.folder = Path(self._scratch.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scratch.cleanup()
        try:
            if self._fetching is not None:
                self._staging.objects.remove(self._fetching)
            for staged in self._staged:
                self._staging.discard(staged)
            if self._staging.stands(self._claim):  # else those that are there are another call's
                self._staging.clear(self._is_mine)  # what workers began and did not finish, too
            self._staging.discard(self._claim.staged)
        except StoreError:
            if error is None and not self._committed:  # else what is done counts, and the next call drops what is left
                raise


def unoccupied(address: str) -> Staging:
    """Where the files of tables are staged at an address, once it was seen that no file and no collection is there.

    Raises ``Occupied``, ``StoreError``.
    """
    staging = staging_at(address)
    objects = staging.objects
    parent, _, name = address.rpartition("/")
    is_bucket = parent.endswith("/")
    if not is_bucket and objects.see("") is not None:
        raise Occupied(f"{address} is a file; name a folder with -o", address)
    if _is_collection(objects):
        raise Occupied(f"{address} is a collection; name another address with -o", address)
    if not is_bucket and name in _OF_COLLECTIONS and _is_collection(open_objects(parent)):
        raise Occupied(f"{address} belongs to the collection {name_of(parent)}; name another with -o", address)
    return staging


def _is_collection(objects: Objects) -> bool:
    """Whether one was pushed there, or is captured there, as below a ``file://`` address."""
    return objects.see(FILE) is not None or (objects.see(DATAPACKAGE) is not None and WARCS in objects.folders())
