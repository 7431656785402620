"""The status as a Prometheus text file, for node_exporter's textfile collector (exposition format 0.0.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from crawler.jobs.status.alarm import Alarm
from crawler.jobs.status.status import Status

Sample = tuple[dict[str, str], float]


def write_metrics(file: Path, status: Status, alarms: Sequence[Alarm], watchlist: str) -> None:
    """Put the metrics into ``file`` at once, so that no reader sees half of them. Raises ``OSError``."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.part")
    half.write_text(metrics(status, alarms, watchlist), encoding="utf-8")
    half.replace(file)


def metrics(status: Status, alarms: Sequence[Alarm], watchlist: str) -> str:
    """The metrics as text."""
    lines: list[str] = []
    for name, meaning, samples in _metrics(status, alarms):
        lines += [f"# HELP wirecopy_{name} {meaning}", f"# TYPE wirecopy_{name} gauge"]
        lines += [f"wirecopy_{name}{_labels({'watchlist': watchlist} | own)} {value:.15g}" for own, value in samples]
    return "\n".join(lines) + "\n"


def _metrics(status: Status, alarms: Sequence[Alarm]) -> Iterator[tuple[str, str, list[Sample]]]:
    yield "stories_watched", "Stories under watch.", [({}, status.watched)]
    yield "stories_due", "Stories whose visit is due.", [({}, status.due)]
    yield "stories_overdue", "Stories whose visit is overdue.", [({}, status.overdue)]
    yield "sources_overdue", "Sources whose reading is overdue.", [({}, status.sources_overdue)]
    if status.last_run:
        ended = datetime.fromisoformat(status.last_run["ended"]).timestamp()
        yield "last_run_timestamp_seconds", "When the last run ended.", [({}, round(ended))]
        result = ({"result": status.last_run["result"]}, 1.0)
        yield "last_run_result", "How the last run ended.", [result]
    visits = [
        ({"site": site.site, "ending": ending}, float(number))
        for site in status.sites
        for ending, number in (
            ("came", site.came), ("refused", site.refused), ("gone", site.gone), ("failed", site.failed),
        )
    ]  # fmt: skip
    yield "site_visits", "Visits of the past four weeks.", visits
    yield (
        "site_drift",
        "Recent visits on which a site looked redesigned.",
        [({"site": site.site}, site.drift) for site in status.sites],
    )
    yield (
        "field_coverage_ratio",
        "Share of recent articles in which a field was found.",
        [
            ({"site": site.site, "field": name}, coverage.recent)
            for site in status.sites
            for name, coverage in site.coverage.items()
        ],
    )
    yield "archive_bytes", "What the archives take.", [({}, status.disk.used)]
    yield "disk_free_bytes", "Room left.", [({}, status.disk.free)]
    if status.disk.days_left is not None:
        yield (
            "disk_days_left",
            "Days until the disk is full at the present pace.",
            [({}, round(status.disk.days_left, 1))],
        )
    yield "alarm", "1 for each alarm that is on.", [({"key": alarm.key}, 1.0) for alarm in alarms]


def _labels(labels: dict[str, str]) -> str:
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
