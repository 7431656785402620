"""The journal of a run: one JSON object a line and event, each with the id of its run, for log collectors."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.model.moment import rfc3339


class Journal:
    """Writes events at the end of a file, line by line; without a file, nowhere. Raises ``OSError``."""

    def __init__(self, file: Path | None, run: str, clock: Callable[[], datetime]) -> None:
        self.run = run
        self.clock = clock
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        self._lines = file.open("a", encoding="utf-8", errors="replace", buffering=1) if file else None

    def tell(self, event: str, **fields: object) -> None:
        """Write one event; fields that are None are left out."""
        if self._lines is not None:
            known = {name: value for name, value in fields.items() if value is not None}
            line = {"at": rfc3339(self.clock()), "run": self.run, "event": event, **known}
            self._lines.write(json.dumps(line, ensure_ascii=False) + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.tell("run_failed", error=f"{type(error).__name__}: {error}")
        if self._lines is not None:
            self._lines.close()
