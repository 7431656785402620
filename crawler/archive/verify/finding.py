"""What ``verify`` says of an archive: one finding a fault, with its code, how grave it is, and where it lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any

from crawler.archive.verify.codes import CODES, Severity

__all__ = ["Finding", "Severity", "Sink", "Teller", "Verdict"]


class Verdict(IntEnum):
    """The gravest thing found, in order."""

    SOUND = 0
    INFO = 1
    WARNING = 2
    ERROR = 3

    @classmethod
    def of(cls, severity: Severity) -> Verdict:
        """The verdict that one finding of this severity amounts to."""
        return cls[severity.name]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, or one thing worth knowing."""

    code: str
    severity: Severity
    file: str
    """As named in the call, or below the folder or WACZ that was named."""
    offset: int | None
    """Bytes from the beginning of ``file``: of the record, or of the gzip member that holds it."""
    record: str | None
    """WARC-Record-ID without angle brackets."""
    message: str

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON."""
        return {**asdict(self), "severity": self.severity.value}


Sink = Callable[[Finding], None]


class Teller:
    """Makes findings of one file and hands them on."""

    def __init__(self, file: str, sink: Sink) -> None:
        self.file = file
        self.sink = sink
        self.record: str | None = None
        """The record that is being looked at."""
        self.offset: int | None = None
        self._once: set[str] = set()

    def tell(self, code: str, message: str, offset: int | None = None, record: str | None = None) -> None:
        """Report a fault; where nothing else is said, of the record that is being looked at."""
        place = self.offset if offset is None else offset
        self.sink(Finding(code, CODES[code].severity, self.file, place, record or self.record, message))

    def tell_once(self, code: str, message: str, offset: int | None = None) -> None:
        """Report something that is true of the file, the first time only."""
        if code not in self._once:
            self._once.add(code)
            self.tell(code, message, offset)
