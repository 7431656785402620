"""The import job: archives of other programs into a collection, records unchanged, with where they came from."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler import __version__
from crawler.archive import Collection, Damage, Recorder, end_run, open_archive
from crawler.archive.adoption import adopt, digest_of
from crawler.archive.arc import SUFFIXES as ARC_SUFFIXES
from crawler.archive.drafts import FIELDS
from crawler.archive.errors import CollectionError, ReadError, explain_reading
from crawler.archive.layout import WARC_SUFFIXES, is_collection
from crawler.archive.source import FileSource, Source
from crawler.archive.warc import warc_fields
from crawler.jobs.captured_pages import SourceError
from crawler.jobs.derive import Rebuilt, rebuild
from crawler.jobs.har import exchanges, is_har
from crawler.model import Article, Exchange
from crawler.model.moment import rfc3339

PROVENANCE = "urn:wirecopy:import:"
"""What the record of an import is filed under, with the digest of what was imported behind it."""

_ONE_FILE = (".wacz", ".har")
"""How the names of archives end that are read by themselves, not as a folder's."""
_ASKED, _EVER = "import", timedelta(days=3650)
"""What an import is noted as until all is made of what it took over, and how old one may be that was cut off."""


@dataclass(slots=True)
class Imported:
    """What an import brought."""

    collection: Path
    files: list[str] = field(default_factory=list)
    """WARCs that were taken over, under the names they have in the collection."""
    records: int = 0
    whole: int = 0
    """Files taken byte for byte."""
    converted: int = 0
    """Entries of HAR files that were made into records."""
    known: Counter[str] = field(default_factory=Counter)
    """Sources of which files had been imported before, and of each how many."""
    problems: list[str] = field(default_factory=list)
    rebuilt: Rebuilt | None = None
    digests: set[str] = field(default_factory=set)


def import_archives(
    collection: Path,
    sources: Iterable[Path],
    *,
    contact: str | None = None,
    progress: Callable[[int], None] | None = None,
    indexed: Callable[[int], None] | None = None,
    extracted: Callable[[Article], None] | None = None,
) -> Imported:
    """Import WARCs, WACZ, HAR files, folders of these, and collections; then index and extract the collection.

    A source that was imported before, told by its digest, is left out. Each source's name, digest and time of import
    are kept in a record of the collection. What an import before was kept from making of what it took over, as by a
    full disk, is made now. ``progress`` is told how many more bytes were taken over. Raises ``CollectionError`` and
    ``ArchiveError`` for the collection; what is wrong with a source is among the problems.
    """
    done = Imported(collection)
    was_there = collection.exists()
    Collection.create(collection).close()
    try:
        with Recorder(collection, software=f"wirecopy/{__version__} import", contact=contact) as recorder:
            left = recorder.begin_run(_ASKED, within=_EVER).resumed
            for path in (each for source in sources for each in _within(source, collection)):
                try:
                    _take(path, recorder, done, progress)
                except (ReadError, SourceError, zipfile.BadZipFile) as error:
                    done.problems.append(str(error))
    finally:
        if not was_there and not any(collection.rglob("*.warc*")):
            shutil.rmtree(collection)  # nothing came: what is empty is not to be taken for a collection
    if done.files or done.converted or (done.known and left):
        done.rebuilt = rebuild(collection, indexed=indexed, extracted=extracted)
        done.problems.extend(done.rebuilt.problems)
    if collection.exists() and (done.rebuilt or not left):
        end_run(collection, _ASKED)
    return done


def _within(path: Path, collection: Path) -> Iterator[Path]:
    """A source, or where it is a folder and no collection, what lies in it: its WARCs together, then WACZ and HAR."""
    others = []
    if path.is_dir() and not is_collection(path):
        files = sorted(file for file in path.rglob("*") if file.is_file() and not _is_in(collection, file))
        others = [file for file in files if file.suffix.lower() in _ONE_FILE]
        if others and not any(file.name.endswith((*WARC_SUFFIXES, *ARC_SUFFIXES)) for file in files):
            yield from others
            return
    yield path
    yield from others


def _take(path: Path, recorder: Recorder, done: Imported, progress: Callable[[int], None] | None) -> None:
    """Take one source over. Raises ``ReadError``, ``SourceError`` and ``BadZipFile`` for what is wrong with it."""
    if Path(os.path.realpath(path)).is_symlink():
        raise ReadError(f"{path}: its links lead in a circle", path)
    if _is_in(done.collection, path):
        raise ReadError(f"{path} is in the collection already: it can't be imported into itself", path)
    try:
        har = path.is_file() and (path.suffix.lower() == ".har" or is_har(_start(path)))
        archive = None if har else open_archive(path)
    except CollectionError as error:
        raise ReadError(str(error), path) from error
    except OSError as error:
        raise explain_reading(error, path) from error
    if archive is None:
        _take_har(path, recorder, done)
        return
    with archive:
        others = [source for source in archive.sources.values() if not _is_own(done.collection, source)]
        but = ", but for those of the collection itself" if archive.sources else ""
        done.problems.extend(archive.left_out or ([] if others else [f"{path}: there is no WARC in it{but}"]))
        for source in others:
            _take_warc(path, source, recorder, done, progress)


def _is_in(collection: Path, path: Path) -> bool:
    """Whether something lies in the collection, or is the collection, whatever links lead there."""
    # `resolve` fails for a circle of links, but only before Python 3.13
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(collection))


def _is_own(collection: Path, source: Source) -> bool:
    """Whether a WARC of a folder is the collection's: it lies in what is imported into it."""
    return isinstance(source, FileSource) and _is_in(collection, source.path)


def _is_known(collection: Path, digest: str, done: Imported) -> bool:
    """Whether a source of this digest was imported before, or just now."""
    if digest in done.digests:
        return True
    done.digests.add(digest)
    with Collection(collection) as archive:
        return archive.find(PROVENANCE + digest) is not None


def _note(recorder: Recorder, digest: str, fields: dict[str, str]) -> None:
    """Keep where something came from as a record of the collection."""
    now = datetime.now(UTC)
    block = warc_fields([*fields.items(), ("importedAt", rfc3339(now)), ("digest", digest)])
    recorder.resource(PROVENANCE + digest, block, FIELDS, now).result()


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _take_warc(
    path: Path,
    source: Source,
    recorder: Recorder,
    done: Imported,
    progress: Callable[[int], None] | None,
) -> None:
    digest, size = digest_of(source)
    if _is_known(done.collection, digest, done):
        done.known[str(path)] += 1
        return

    damage: list[Damage] = []
    adopted = adopt(done.collection, source, damage=damage.append, progress=progress)
    file = source.path if isinstance(source, FileSource) else f"{path}: {source.name}"
    rest = "" if adopted.file is None else "; all else in it was taken over"
    done.problems += (f"{file} at {each.offset}: {each.message}{rest}" for each in damage)
    if adopted.file is None:
        done.problems.append(f"{file} holds no record that can be read; nothing is taken over")
        done.digests.discard(digest)
        return
    done.files.append(adopted.file)
    done.records += adopted.records
    done.whole += adopted.whole
    how = "byte for byte" if adopted.whole else "each record unchanged, in a gzip member of its own"
    _note(recorder, digest, {"importedFrom": path.name, "member": source.name, "file": adopted.file,
                             "records": str(adopted.records), "bytes": str(size), "how": how})  # fmt: skip


def _take_har(path: Path, recorder: Recorder, done: Imported) -> None:
    digest = digest_of(FileSource(path, path.name))[0]
    if _is_known(done.collection, digest, done):
        done.known[str(path)] += 1
        return
    converted = 0
    for each in exchanges(path):
        if isinstance(each, Exchange):
            recorder.record(each).result()
            converted += 1
        else:
            done.problems.append(each)
    done.converted += converted
    _note(recorder, digest, {"importedFrom": path.name, "records": str(converted), "how": "converted from a HAR"})
