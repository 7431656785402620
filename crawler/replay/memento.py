"""Memento (RFC 7089): how a capture names its time, its original and its siblings; TimeMaps as link format and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from crawler.archive.cdxj import Entry
from crawler.model.moment import rfc3339
from crawler.replay.address import PAGE, Address, stamp_of

LINK_FORMAT = "application/link-format"


@dataclass(frozen=True, slots=True)
class Service:
    """Where the archive answers: ``origin`` is scheme, host and port, without a slash at the end."""

    origin: str

    def memento(self, url: str, at: datetime, form: str = PAGE) -> str:
        """The address of the capture of ``url`` made at ``at``, to the second."""
        return self.origin + Address(url, stamp_of(at), form).path()

    def timegate(self, url: str) -> str:
        """The address that leads to the capture nearest to ``Accept-Datetime``."""
        return f"{self.origin}/timegate/{url}"

    def timemap(self, url: str, form: str = "link") -> str:
        """The list of the captures of ``url``, as ``link`` or ``json``."""
        return f"{self.origin}/timemap/{form}/{url}"


def http_date(moment: datetime) -> str:
    """A time as HTTP fields have it (RFC 9110, section 5.6.7)."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def accept_datetime(value: str) -> datetime | None:
    """The time of an ``Accept-Datetime`` field; None where it is none."""
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def links(service: Service, url: str, entries: Sequence[Entry] = (), shown: datetime | None = None) -> str:
    """The ``Link`` field of a memento or TimeGate: original, TimeGate, TimeMap, and the captures around ``shown``."""
    url = _clean(url)
    parts = [
        f'<{url}>; rel="original"',
        f'<{service.timegate(url)}>; rel="timegate"',
        f'<{service.timemap(url)}>; rel="timemap"; type="{LINK_FORMAT}"',
    ]
    times = sorted({entry.at.replace(microsecond=0) for entry in entries})
    wanted = shown.astimezone(UTC).replace(microsecond=0) if shown else None
    relations: dict[datetime, list[str]] = {}
    if times:
        relations.setdefault(times[0], []).append("first")
        relations.setdefault(times[-1], []).append("last")
    if wanted is not None:
        relations.setdefault(wanted, [])
        earlier, later = [at for at in times if at < wanted], [at for at in times if at > wanted]
        if earlier:
            relations.setdefault(earlier[-1], []).append("prev")
        if later:
            relations.setdefault(later[0], []).append("next")
    for at, names in sorted(relations.items()):
        relation = " ".join([*names, "memento"])
        parts.append(f'<{service.memento(url, at)}>; rel="{relation}"; datetime="{http_date(at)}"')
    return ", ".join(parts)


def link_timemap(service: Service, url: str, entries: Sequence[Entry]) -> Iterator[str]:
    """The lines of a TimeMap in link format (RFC 7089, section 5)."""
    url = _clean(url)
    span = f'; from="{http_date(entries[0].at)}"; until="{http_date(entries[-1].at)}"' if entries else ""
    yield f'<{url}>; rel="original",\n'
    yield f'<{service.timegate(url)}>; rel="timegate",\n'
    yield f'<{service.timemap(url)}>; rel="self"; type="{LINK_FORMAT}"{span}'
    for number, entry in enumerate(entries):
        names = ["first"] * (number == 0) + ["last"] * (number == len(entries) - 1) + ["memento"]
        address = service.memento(_clean(entry.url), entry.at)
        yield f',\n<{address}>; rel="{" ".join(names)}"; datetime="{http_date(entry.at)}"'
    yield "\n"


def json_timemap(service: Service, url: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """A TimeMap as JSON, in the form MemGator and the aggregators of Time Travel write."""
    found = [{"datetime": rfc3339(entry.at), "uri": service.memento(entry.url, entry.at)} for entry in entries]
    return {
        "original_uri": url,
        "self": service.timemap(url, "json"),
        "timegate_uri": service.timegate(url),
        "timemap_uri": {
            "link_format": service.timemap(url),
            "json_format": service.timemap(url, "json"),
        },
        "mementos": {"list": found, "first": found[0], "last": found[-1]} if found else {"list": []},
    }


def _clean(url: str) -> str:
    """A URL inside ``<>`` of a header field: nothing in it ends the field or the reference."""
    return "".join(
        letter if "!" <= letter <= "~" and letter not in '<>"' else "".join(f"%{b:02X}" for b in letter.encode())
        for letter in url
    )
