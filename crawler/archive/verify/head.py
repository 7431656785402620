"""The head of a WARC record read to the letter: version line, line ends, names, values (WARC 1.1, section 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.archive.verify.fields import check_fields
from crawler.archive.verify.finding import Teller
from crawler.archive.verify.policy import check_policy
from crawler.archive.warc_head import WarcHead

_VERSION = re.compile(rb"WARC/(\d+)\.(\d+)", re.IGNORECASE)
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_DRAFTS = frozenset({(0, 9), (0, 16), (0, 17), (0, 18)})
STANDARD = frozenset({(1, 0), (1, 1)})
"""The versions there are: ISO 28500:2009 and ISO 28500:2017."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says, as far as it could be read."""

    version: tuple[int, int] | None
    fields: WarcHead

    @property
    def id(self) -> str | None:
        """WARC-Record-ID without its angle brackets."""
        return self.fields.id or None

    @property
    def type(self) -> str:
        """WARC-Type in lower case; empty where there is none."""
        return self.fields.type

    @property
    def length(self) -> int | None:
        """Bytes in the block; None where that is not said."""
        value = self.fields.get("Content-Length") or ""
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None

    def text(self, name: str) -> str | None:
        """The value of a field; None where it is missing or empty."""
        return self.fields.get(name) or None


def read_head(raw: bytes, teller: Teller) -> Head:
    """The head that ``raw`` is, with its final empty line; all that is wrong with it is told."""
    first, *lines = raw.split(b"\n")[:-1]
    head = Head(_version(first.rstrip(b"\r"), teller), WarcHead.of(_fields(lines, teller)))
    teller.record = head.id
    if any(not line.endswith(b"\r") for line in (first, *lines)):
        teller.tell("head-line-end", "lines of the head end in LF alone, not in CRLF")
    check_fields(head.fields, head.version, teller)
    check_policy(head.fields, teller)
    return head


def _version(line: bytes, teller: Teller) -> tuple[int, int] | None:
    match = _VERSION.fullmatch(line)
    if match is None:
        teller.tell("version-syntax", f"the first line is {_shown(line)}, not WARC/1.0 or WARC/1.1")
        return None
    version = int(match[1][:9]), int(match[2][:9])
    if version in _DRAFTS:
        teller.tell_once("version-draft", f"WARC/{version[0]}.{version[1]} is a draft that was never a standard")
    elif version not in STANDARD or b"." + match[2] not in (b".0", b".1") or match[1] != b"1":
        teller.tell("version-unknown", f"there is no version {_shown(line)}")
    elif line != line.upper():
        teller.tell_once("letter-case", f"the version line is written {_shown(line)}")
    return version


def _fields(lines: list[bytes], teller: Teller) -> list[tuple[str, str]]:
    fields: list[tuple[str, str]] = []
    for raw in lines:
        line = raw.removesuffix(b"\r")
        if not line:
            continue
        if line[:1] in (b" ", b"\t"):
            if not fields:
                teller.tell("head-line", f"the head begins with a continued line: {_shown(line)}")
                continue
            teller.tell_once("head-folded", "a field is continued on a second line")
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {_text(line, teller)}".strip())
            continue
        raw_name, colon, raw_value = line.partition(b":")
        if not colon:
            teller.tell("head-line", f"a line of the head has no colon: {_shown(line)}")
            continue
        if not _TOKEN.fullmatch(raw_name):
            teller.tell("head-name", f"a field has the name {_shown(raw_name)}")
        fields.append((raw_name.decode("utf-8", "replace").strip(), _text(raw_value, teller)))
    return fields


def _text(value: bytes, teller: Teller) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        teller.tell("head-encoding", f"a value is not UTF-8: {_shown(value.strip())}")
        text = value.decode("utf-8", "replace")
    if _CONTROL.search(text):
        teller.tell("head-control", f"a value holds control characters: {_shown(value.strip())}")
    return text.strip(" \t")


def _shown(data: bytes) -> str:
    text = repr(data[:60])[1:]
    return text + "…" if len(data) > 60 else text
