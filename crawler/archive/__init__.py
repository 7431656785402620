"""Writing and reading collections of WARC files: digests, ledger, index, packing."""

from crawler.archive.base import Archive
from crawler.archive.collection import Collection
from crawler.archive.errors import ArchiveError, CollectionError, CollectionLocked, ReadError
from crawler.archive.http_head import Head, MessageError, parse_head, split_head
from crawler.archive.index import rebuild_index
from crawler.archive.loans import bring_home
from crawler.archive.message import entity, payload
from crawler.archive.opening import is_remote, open_archive
from crawler.archive.raw import RawExchange, RawRecord
from crawler.archive.reader import Damage
from crawler.archive.recorded import Recorded
from crawler.archive.recorder import Recorder, Run, end_run
from crawler.archive.wacz import Packed, pack

__all__ = [
    "Archive",
    "ArchiveError",
    "Collection",
    "CollectionError",
    "CollectionLocked",
    "Damage",
    "Head",
    "MessageError",
    "Packed",
    "RawExchange",
    "RawRecord",
    "ReadError",
    "Recorded",
    "Recorder",
    "Run",
    "bring_home",
    "end_run",
    "entity",
    "is_remote",
    "open_archive",
    "pack",
    "parse_head",
    "payload",
    "rebuild_index",
    "split_head",
]
