"""A circuit breaker for each host: one that only fails, or asks for it, is left alone for a while, then tried again."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model import Outcome

OPEN_SECONDS = 60.0
"""How long a host is left alone the first time; doubled with every probe that fails."""
LONGEST_SECONDS = 900.0
"""Longest time that a host is left alone."""
_FAILURES = frozenset(
    {Outcome.UNREACHABLE, Outcome.TIMEOUT, Outcome.TLS_FAILURE, Outcome.SERVER_ERROR, Outcome.BAD_RESPONSE}
)
_REMEMBERED = 20_000
"""Hosts whose failures are kept; of more, those that failed first are forgotten first."""


@dataclass(slots=True)
class _Host:
    failures: int = 0
    """In a row."""
    last: str = ""
    open_until: float = 0.0
    opened: int = 0
    """Times in a row."""
    probing: bool = False


class Breaker:
    """Opens for a host after ``failures`` requests in a row that failed (0: never).

    Times are seconds of one clock, whichever. A refusal (403, 404, 451) is an answer, not a failure; 429 is one.
    """

    def __init__(self, failures: int = 5) -> None:
        self._failures = failures
        self._hosts: dict[str, _Host] = {}
        self._asked: dict[str, tuple[float, float]] = {}
        """Hosts that asked for more patience than the crawl has: until when, and for how many seconds."""

    def refusal(self, host: str, now: float) -> str | None:
        """Why ``host`` is not asked now; None where it may be, or is to be tried with this request."""
        until, seconds = self._asked.get(host, (now, 0.0))
        if now < until:
            return f"{host} is left alone for {_words(seconds)}, as it asked (Retry-After)"
        state = self._hosts.get(host)
        if state is None or not state.open_until:
            return None
        if now >= state.open_until and not state.probing:
            state.probing = True
            return None
        return f"{host} is left alone: {state.failures} requests in a row failed, the last with {state.last}"

    def leave(self, host: str, seconds: float, now: float) -> None:
        """Have ``host`` asked for nothing for so many seconds, as it wants; what it still answers changes nothing."""
        if host not in self._asked and len(self._asked) >= _REMEMBERED:
            del self._asked[next(iter(self._asked))]
        self._asked[host] = max(self._asked.get(host, (0.0, 0.0)), (now + seconds, seconds))

    def note(self, host: str, outcome: Outcome, reason: str | None, now: float) -> None:
        """Take note of how a request to ``host`` ended, one that ``refusal`` let pass."""
        if outcome is Outcome.ADDRESS_DENIED:  # not a word of the host: another request may probe
            if state := self._hosts.get(host):
                state.probing = False
            return
        failed = outcome in _FAILURES or (outcome is Outcome.BLOCKED and (reason or "").startswith("429"))
        if not failed:
            self._hosts.pop(host, None)
            return
        if not self._failures:
            return
        if host not in self._hosts and len(self._hosts) >= _REMEMBERED:
            del self._hosts[next(iter(self._hosts))]
        state = self._hosts.setdefault(host, _Host())
        state.failures += 1
        state.last = f"{outcome.value.replace('_', ' ')}: {reason}" if reason else outcome.value.replace("_", " ")
        if state.probing or (not state.open_until and state.failures >= self._failures):
            state.open_until = now + min(OPEN_SECONDS * 2**state.opened, LONGEST_SECONDS)
            state.opened += 1
            state.probing = False

    def opened(self) -> dict[str, str]:
        """The hosts that are left alone, with the last failure of each."""
        return {host: state.last for host, state in self._hosts.items() if state.open_until}


def _words(seconds: float) -> str:
    for name, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {name}"
    return f"{seconds:.0f} seconds"
