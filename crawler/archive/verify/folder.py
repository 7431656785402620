"""A collection, or the unpacked WACZ of another: what stands beside its WARCs held against them."""

from __future__ import annotations

from pathlib import Path

from crawler.archive.layout import WARCS, files_in, is_collection, open_files
from crawler.archive.verify.finding import Finding, Sink, Teller
from crawler.archive.verify.index import check_indexes
from crawler.archive.verify.ledger import check_ledger
from crawler.archive.verify.package import check_package, read_package
from crawler.archive.verify.pages import check_pages
from crawler.archive.verify.parts import SET_ASIDE, FolderParts
from crawler.archive.verify.register import Register
from crawler.archive.verify.signature import check_signature
from crawler.archive.wacz import DIGEST
from crawler.model.counted import counted


def check_folder(path: Path, sink: Sink, register: Register, roots: Path | None) -> None:
    """Check datapackage, index, pages and ledger against the records that were entered, and a signature.

    While a crawl left a file open, only the WARCs and the ledger say what there is: the rest is made when it ends.
    """
    parts = FolderParts(path)
    for aside in files_in(path / WARCS):
        if SET_ASIDE.search(aside.name):
            name = aside.relative_to(path).as_posix()
            Teller(name, sink).tell(
                "set-aside", f"{counted(aside.stat().st_size, 'byte')}, set aside from a damaged WARC"
            )
    package = read_package(parts, sink)
    ours = is_collection(path)
    if ours:
        check_ledger(path, register, sink)
    if ours and open_files(path):
        return
    if package is not None:
        check_package(package, parts, sink)
    check_indexes(parts, register, sink)
    check_pages(parts, register, sink, ours=ours)
    if (path / DIGEST).is_file():
        _check_unpacked(parts, sink, roots)


def _check_unpacked(parts: FolderParts, sink: Sink, roots: Path | None) -> None:
    """Check the signature of a WACZ that was unpacked; a folder that nobody signed lacks nothing."""
    found: list[Finding] = []
    check_signature(parts, found.append, roots)
    if not any(finding.code == "wacz-unsigned" for finding in found):
        for finding in found:
            sink(finding)
