"""Collections of WARC files, written and read: records, ledger, index, packing, stores.

How a capture gets in and out, and where what is:

- Writing: ``recorder`` takes exchanges from any thread; ``prepared`` and ``ready`` make records of them (``drafts``,
  with the digests of ``digested``), a ``revisit`` where ``payloads`` or the ledger know the payload; ``group_commit``
  has ``writer`` write them and the ``ledger`` (``ledger_file``) note them, and only then are they ``recorded``.
  ``recovery`` is what the next start does after a kill.
- Reading: ``opening`` tells what an archive is; ``collection`` and ``packed`` (WACZ) are a ``base`` archive with an
  index of their own. ``source`` opens a WARC wherever it lies (``window`` in a zip, ``ranges`` of a ``remote`` one),
  ``reader`` gives its records, ``scan`` its captures, and ``row`` is what is kept of one; ``damage`` is told in words,
  and an ``arc`` refused.
- The formats: ``tape`` is the run of bytes of a file (``gzip_tape``, ``zstd_tape``, ``frames``), ``record``, ``warc``,
  ``warc_head`` and ``warcinfo`` are WARC, ``http_head``, ``message``, ``coding`` and ``sniff`` HTTP, ``surt`` and
  ``cdxj`` the index, ``digest`` the labelled digests.
- The collection as a whole: its folder (``layout``, ``datapackage``, ``pages``), made again (``index``), packed
  (``wacz``), mended (``repair``), taken in (``adoption``, ``raw``), made whole by itself (``loans``), its ``size``,
  and the ``errors`` of all this; ``verify``, ``signing`` and ``store`` are rooms of their own.
"""

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
