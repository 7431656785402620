"""What the checks look at: the files of one collection, and what wirecopy's own index says is in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class Failed(Exception):  # noqa: N818 - a result, as printed
    """A tool does not read what it was given, or reads something else."""


class Skipped(Exception):  # noqa: N818 - a result, as printed
    """A program that the check needs is not on this machine."""


@dataclass(frozen=True)
class Evidence:
    collection: Path
    wacz: Path
    out: Path
    replaywebpage: Path | None
    chromium: str | None
    warcs: tuple[Path, ...]
    index: tuple[str, ...]
    """Lines of index.cdxj."""
    pages: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, collection: Path, wacz: Path, out: Path, replaywebpage: Path | None, chromium: str | None) -> Evidence:
        warcs = tuple(sorted((collection / "archive").glob("*.warc.gz")))
        index = tuple((collection / "indexes/index.cdxj").read_text(encoding="utf-8").splitlines())
        lines = (collection / "pages/pages.jsonl").read_text(encoding="utf-8").splitlines()
        pages = tuple(page for page in map(json.loads, lines) if "url" in page)
        out.mkdir(parents=True, exist_ok=True)
        return cls(collection, wacz, out, replaywebpage, chromium, warcs, index, pages)

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The index, with ``key`` and ``timestamp``."""
        entries = []
        for line in self.index:
            key, timestamp, values = line.split(" ", 2)
            entries.append({**json.loads(values), "key": key, "timestamp": timestamp})
        return entries

    @property
    def seed(self) -> dict[str, Any]:
        """The page a reader would open first, as it stands in the index, with its title."""
        shown = [page for page in self.pages if page.get("status", 200) == 200]
        for page in sorted(shown, key=lambda page: not page.get("seed")):
            stamp = "".join(filter(str.isdigit, page["ts"]))[:14]
            for entry in self.entries:
                if entry["url"] == page["url"] and entry["timestamp"] == stamp and entry["mime"] != "warc/revisit":
                    return {**entry, "title": page["title"]}
        raise Failed("pages.jsonl lists no page that the index has")


def expect(condition: object, message: str) -> None:
    if not condition:
        raise Failed(message)
