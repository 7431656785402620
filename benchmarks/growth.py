"""How cost grows with what an archive holds: ledger, index, deduplication, list of stories, clustering; and a plot.

    python benchmarks/growth.py [--most 1000000] [--stories-most 100000] [--out FOLDER] [--plot FILE]
    python benchmarks/growth.py --add --most 0 --stories-least 1000000 --stories-most 1000000       # half an hour, 4 GB

Made-up captures, a thousand, ten thousand and so on. Microseconds to enter a capture (groups of 32, committed), and
milliseconds to look one up, as medians of 300 at random: by URL in the ledger, by URL in the CDXJ file, by payload for
deduplication in the collection and beside it. The list of stories is asked of ``wirecopy serve`` (the slowest of twelve
lists), clustering is ``benchmarks/scale.py``; both stop at ``--stories-most``: a million articles are 3 GB of text.
What a capture pays for the tables is measured from ten articles up to ten thousand.
Writes ``growth.json`` into the folder, and the plot. What the file has of larger sizes than a run measures stays in it;
each point says when, where and of which commit it was measured, and the plot shows those of earlier runs hollow.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import log10
from pathlib import Path

from crawler.archive import Collection
from crawler.archive.cdxj import look_up, write_index
from crawler.archive.ledger import Ledger
from crawler.archive.payloads import Payloads
from crawler.archive.row import Row
from crawler.archive.surt import surt
from crawler.jobs.derive import add_derived
from crawler.model import Article, Outcome, RecordRef

HERE = Path(__file__).resolve().parent
MOST_MS = 10.0
LOOK_UPS = ("ledger", "index", "payload")
"""What the curves of look-ups begin with."""
Curve = dict[int, float]


def row(number: int) -> Row:
    """The capture of one of many pages of 5,000 outlets, of which every third was captured before."""
    page = number - number % 3 * 1000 if number > 3000 else number
    url = f"https://www.outlet{page % 5000}.example/news/{page}"
    digest = "sha256:" + hashlib.sha256(b"%d" % number).hexdigest()
    return Row(
        id=f"urn:uuid:{number:08x}-0000-4000-8000-000000000000", warc=f"many-{number // 50_000:05}.warc.gz",
        offset=number % 50_000 * 20_000, length=19_000, first=number % 50_000 * 20_000, span=20_000, type="response",
        url=url, urlkey=surt(url), captured_at=1_700_000_000_000_000 + number * 700_000, status=200, mime="text/html",
        payload_digest=digest, payload_length=90_000, truncated=None, refers_to=None, outcome="ok", role="seed",
        story=url, hops=0,
    )  # fmt: skip


def median_ms(count: int, ask: Callable[[Row], object]) -> float:
    chance, taken = random.Random(count), []
    for _ in range(300):
        wanted = row(chance.randrange(count))
        began = time.perf_counter()
        found = ask(wanted)
        taken.append(1000 * (time.perf_counter() - began))
        assert found, wanted
    return statistics.median(taken)


def archive_curves(sizes: list[int]) -> dict[str, Curve]:
    """Entering and looking up, at each size."""
    curves: dict[str, Curve] = {}
    with tempfile.TemporaryDirectory(prefix="growth-") as name:
        own, other = Path(name) / "own", Path(name) / "other"
        for folder in (own, other):
            (folder / "archive").mkdir(parents=True)
        ledger, payloads, beside = Ledger(own / "ledger.sqlite"), Payloads(own), Payloads(other)
        entered = 0
        for size in sizes:
            began, first = time.process_time(), entered
            while entered < size:
                rows = [row(number) for number in range(entered, min(size, entered + 32))]
                for each in rows:
                    ledger.add(each)
                payloads.add(ledger.commit())
                entered += len(rows)
                for warc in {each.warc for each in rows}:
                    (own / "archive" / warc).touch()
            spent = 1e6 * (time.process_time() - began) / (entered - first)
            curves.setdefault("enter a capture, µs", {})[size] = spent
            write_index(ledger, own / "index.cdxj")
            asked: dict[str, Callable[[Row], object]] = {
                "ledger by URL, ms": lambda wanted: next(ledger.of_url(wanted.urlkey)),
                "index by URL, ms": lambda wanted: list(look_up(own / "index.cdxj", wanted.url)),
                "payload in the collection, ms": lambda wanted: ledger.with_payload(wanted.payload_digest or ""),
                "payload beside it, ms": lambda wanted: beside.find(wanted.payload_digest or ""),
            }
            for what, ask in asked.items():
                curves.setdefault(what, {})[size] = median_ms(size, ask)
            print({what: round(curve[size], 3) for what, curve in curves.items()}, size, flush=True)
        for opened in (ledger, payloads, beside):
            with closing(opened):
                pass
    return curves


def said(command: list[str], pattern: str) -> float | None:
    """The number that a benchmark prints; None where it fails."""
    done = subprocess.run([sys.executable, str(HERE / command[0]), *command[1:]], capture_output=True, text=True)
    found = re.search(pattern, done.stdout)
    if found is None:
        print(f"not measured: {' '.join(command)}: {done.stderr.strip()[-300:]!r}", flush=True)
    return float(found[1].replace(",", "")) if found else None


def stories_curves(sizes: list[int]) -> dict[str, Curve]:
    """The desk's slowest list, and clustering, at each size."""
    lists: Curve = {}
    clustering: Curve = {}
    for size in sizes:
        if (slowest := said(["desk.py", "--articles", str(size)], r"slowest list (\d+) ms")) is not None:
            lists[size] = slowest
        seconds = said(["scale.py", "--articles", str(size)], r"clustering +[\d.]+ s, +([\d.]+) s of processors")
        if seconds is not None:
            clustering[size] = 1e6 * seconds / size
        print({"list of stories, ms": slowest, "clustering, s": seconds}, size, flush=True)
    return {
        name: curve for name, curve in (("list of stories, ms", lists), ("cluster an article, µs", clustering)) if curve
    }


def article(number: int) -> Article:
    """One of many articles of invented words; of each ten, the last three are copies of the first, each cut anew."""
    copied = number % 10 > 6
    chance = random.Random(number // 10 * 10 if copied else number)
    sentences = [" ".join(f"w{int(chance.random() ** 3 * 80_000)}" for _ in range(22)) + "." for _ in range(18)]
    day = 1 + number % 28
    return Article(
        url=f"https://outlet{number % 200}.example/{number}", captured_at=f"2031-05-{day:02}T00:00:00Z",
        outcome=Outcome.ARTICLE, headline=f"Number {number}", date_published=f"2031-05-{day:02}T00:00:00Z",
        text="\n\n".join(sentences[: 18 - number % 10 if copied else 18]),
        record=RecordRef("a.warc.gz", number, 1, f"urn:uuid:00000000-0000-0000-0000-{number:012}"),
    )  # fmt: skip


def tables_curves(sizes: list[int]) -> dict[str, Curve]:
    """What a capture pays for the tables of a collection: where it adds nothing, and where it adds a copy of a story.

    Medians of five, of the processor. Of what a copy costs, the kernel's part, which copies files, stands apart.
    """
    curves: dict[str, Curve] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="growth-") as name:
            folder = Path(name) / "many"
            Collection.create(folder).close()
            Ledger(folder / "ledger.sqlite").close()
            add_derived(folder, map(article, range(size)), {})
            taken: dict[str, list[float]] = defaultdict(list)
            for number in range(5):
                late = replace(article(number), url=f"https://late.example/{number}")
                late = replace(late, record=RecordRef("b.warc.gz", number, 1, f"urn:uuid:late-{number}"))
                for what, added in (("tables, nothing new", []), ("tables, one article", [late])):
                    began = resource.getrusage(resource.RUSAGE_SELF)
                    add_derived(folder, added, {})
                    ended = resource.getrusage(resource.RUSAGE_SELF)
                    taken[f"{what}, ms"].append(1000 * (ended.ru_utime - began.ru_utime))
                    taken[f"{what}, kernel, ms"].append(1000 * (ended.ru_stime - began.ru_stime))
            for what, each in taken.items():
                if what != "tables, nothing new, kernel, ms":
                    curves.setdefault(what, {})[size] = statistics.median(each)
        print({what: round(curve[size], 1) for what, curve in curves.items()}, size, flush=True)
    return curves


@dataclass
class Kept:
    """The points of all runs."""

    curves: dict[str, Curve] = field(default_factory=lambda: defaultdict(dict))
    measured: dict[str, dict[int, dict[str, str]]] = field(default_factory=lambda: defaultdict(dict))
    """Of each point, when, where and of what."""

    def put(self, what: str, curve: Curve, stamp: dict[str, str], *, anew: bool) -> None:
        """Have what was measured now; with ``anew`` in the place of all earlier points but those of larger sizes."""
        for size in [size for size in self.curves[what] if anew and size < max(curve)]:
            del self.curves[what][size]
            self.measured[what].pop(size, None)
        self.curves[what] |= curve
        self.measured[what] |= dict.fromkeys(curve, stamp)

    def is_of(self, what: str, size: int, stamp: dict[str, str]) -> bool:
        """Whether a point was measured in this run."""
        return self.measured[what].get(size) == stamp

    def as_json(self, stamp: dict[str, str]) -> str:
        """As it is kept; ``stamp`` is that of the last run."""
        found = {"last": stamp, "curves": self.curves, "measured": self.measured}
        return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def had(file: Path) -> Kept:
    """What was measured before."""
    kept = Kept()
    if file.exists():
        read = json.loads(file.read_text())
        for what, curve in read["curves"].items():
            kept.curves[what] = {int(size): value for size, value in curve.items()}
            kept.measured[what] = {int(size): stamp for size, stamp in read["measured"].get(what, {}).items()}
    return kept


def stamp_of_now() -> dict[str, str]:
    """When, where and of which commit this run measures."""
    git = ["git", "-C", str(HERE), "describe", "--always", "--dirty"]
    commit = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()
    when = datetime.now(UTC).isoformat(timespec="seconds")
    return {"at": when, "commit": commit, "machine": f"{platform.machine()}, {os.cpu_count()} cores"}


def plot(kept: Kept, stamp: dict[str, str]) -> str:
    """Both axes logarithmic, a line a curve, as SVG; points of earlier runs are hollow."""
    curves = kept.curves
    wide, high, left, top = 800, 440, 70, 20
    sizes = sorted({size for curve in curves.values() for size in curve})
    values = [max(value, 1e-3) for curve in curves.values() for value in curve.values()]
    x0, x1 = log10(sizes[0]), max(log10(sizes[-1]), log10(sizes[0]) + 1)
    y0, y1 = int(log10(min(values)) // 1), int(log10(max(values)) // 1 + 1)

    def at(size: float, value: float) -> tuple[float, float]:
        x = left + (log10(size) - x0) / (x1 - x0) * (wide - left - 230)
        y = top + (y1 - log10(max(value, 1e-3))) / (y1 - y0) * (high - top - 50)
        return round(x, 1), round(y, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">',
        f'<rect width="{wide}" height="{high}" fill="white"/>',
    ]
    for power in range(y0, y1 + 1):
        _, y = at(sizes[0], 10.0**power)
        parts.append(f'<line x1="{left}" x2="{wide - 230}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{10.0**power:g}</text>')
    for size in sizes:
        x, _ = at(size, 1)
        parts.append(f'<text x="{x}" y="{high - 28}" text-anchor="middle">{size:,}</text>')
    parts.append(f'<text x="{(wide - 160) / 2}" y="{high - 8}" text-anchor="middle">captures or articles held</text>')
    colours = (
        "#1b6ca8",
        "#c0392b",
        "#2e8b57",
        "#8e44ad",
        "#d68910",
        "#16a085",
        "#555555",
        "#111111",
        "#e84393",
        "#7f6a00",
    )
    for number, (name, curve) in enumerate(curves.items()):
        colour, places = colours[number % len(colours)], [at(size, curve[size]) for size in sorted(curve)]
        line = " ".join(f"{x},{y}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for size, (x, y) in zip(sorted(curve), places, strict=True):
            fill = colour if kept.is_of(name, size, stamp) else "white"
            parts.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{fill}" stroke="{colour}"/>')
        y = top + 14 + 20 * number
        parts.append(f'<rect x="{wide - 215}" y="{y - 9}" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{wide - 198}" y="{y}">{name}</text>')
    if any(not kept.is_of(name, size, stamp) for name, curve in curves.items() for size in curve):
        y = top + 14 + 20 * len(curves)
        parts.append(f'<text x="{wide - 215}" y="{y}">hollow: of an earlier run</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--stories-most", type=int, default=100_000)
    parser.add_argument("--stories-least", type=int, default=1000)
    parser.add_argument("--add", action="store_true", help="keep all other points that growth.json has")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    parser.add_argument("--plot", type=Path, default=HERE.parent / "docs" / "growth.svg")
    options = parser.parse_args()
    sizes = [10**power for power in range(3, 9)]
    stories = [size for size in sizes if options.stories_least <= size <= options.stories_most]
    works: list[tuple[Callable[[list[int]], dict[str, Curve]], list[int]]] = [
        (archive_curves, [size for size in sizes if size <= options.most]),
        (tables_curves, [10, 100, *(size for size in stories if size <= 10_000)] if 1000 in stories else []),
        (stories_curves, stories),
    ]
    options.out.mkdir(parents=True, exist_ok=True)
    kept, stamp = had(options.out / "growth.json"), stamp_of_now()
    for measure, measured_at in works:
        began = time.monotonic()
        for what, curve in measure(measured_at).items() if measured_at else ():
            kept.put(what, curve, stamp, anew=not options.add)
        (options.out / "growth.json").write_text(kept.as_json(stamp))
        options.plot.write_text(plot(kept, stamp))
        print(f"{measure.__name__}: {time.monotonic() - began:.0f} s", flush=True)
    look_ups = {what: max(curve.values()) for what, curve in kept.curves.items() if what.startswith(LOOK_UPS)}
    print(f"slowest look-up {max(look_ups.values()):.2f} ms ({max(look_ups, key=lambda name: look_ups[name])})")
    return int(max(look_ups.values()) >= MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
