"""The ledger of a collection held against its records, both ways."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from crawler.archive.errors import ArchiveError
from crawler.archive.layout import LEDGER
from crawler.archive.ledger import Ledger
from crawler.archive.verify.finding import Sink, Teller
from crawler.archive.verify.register import Register


def check_ledger(path: Path, register: Register, sink: Sink) -> None:
    """Tell of captures that the ledger counts and that are not there, and of those it does not know."""
    if not (path / LEDGER).exists():
        return
    teller = Teller(LEDGER, sink)
    register.db.execute("CREATE TABLE known (file TEXT, offset INTEGER)")
    try:
        with closing(Ledger(path / LEDGER, writing=False)) as ledger:
            for row in ledger.in_order_of_capture():
                register.db.execute("INSERT INTO known VALUES (?, ?)", (row.warc, row.offset))
                found = register.one(
                    "SELECT r.id, r.length FROM records r JOIN files f ON f.number = r.file "
                    "WHERE f.name = ? AND r.offset = ? ORDER BY r.id IS NOT ? LIMIT 1",
                    row.warc,
                    row.offset,
                    row.id,
                )
                if found is None:
                    message = f"the capture of {row.url} is not at {row.offset} of {row.warc}"
                    teller.tell("ledger-dangling", message, record=row.id)
                elif found[0] != row.id or (found[1] is not None and found[1] != row.length):
                    message = f"at {row.offset} of {row.warc} lies another record than that of {row.url}"
                    teller.tell("ledger-dangling", message, record=row.id)
    except ArchiveError as error:
        teller.tell("ledger-unreadable", str(error))
        return
    register.db.execute("CREATE INDEX known_places ON known (file, offset)")
    for file, offset, record, url in register.rows(
        "SELECT r.file, r.offset, r.id, r.url FROM records r JOIN files f ON f.number = r.file "
        "WHERE r.type IN ('response', 'revisit', 'resource') AND NOT EXISTS "
        "(SELECT 1 FROM known k WHERE k.file = f.name AND k.offset = r.offset)"
    ):
        register.tell("ledger-missing", f"the ledger does not know the capture of {url}", file, offset, record)
