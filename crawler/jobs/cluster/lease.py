"""Leases at the broker: what one process holds no other does, until it lets go, or dies and its time runs out.

A lease also remembers when it was last used, so that the pause due to a host holds across all who ask it. All times are
the broker's: clocks of different machines are never compared. A broker that was emptied, or started anew with what it
had saved some minutes before or with nothing, no longer knows who asked when: all pauses are counted from then.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from crawler.jobs.cluster.broker import PREFIX

if TYPE_CHECKING:
    from redis import Redis

SECONDS = 10.0
"""How long a lease lasts where it is not renewed."""
KEPT = 3600
"""Seconds that the time of the last use is remembered beyond the pause it is for."""

_SINCE = f"{PREFIX}:since"
"""The key of when the broker was first asked for a lease, or first since it was emptied."""

_NOW = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local function text(number) return string.format('%.0f', number) end
"""
_LAST_USE = """
local emptied = tonumber(redis.call('GET', KEYS[2]))
if not emptied then
  emptied = now
  redis.call('SET', KEYS[2], text(now))
end
local told = redis.pcall('INFO', 'server')  -- some who rent out brokers refuse it
local up = type(told) == 'string' and string.match(told, 'uptime_in_seconds:(%d+)')
local started = up and math.min(now, now - (up - 1) * 1000000) or 0
local last = math.max(tonumber(redis.call('HGET', KEYS[1], 'last') or 0), emptied, started)
"""
_TAKE = f"""{_NOW}{_LAST_USE}
local owner, lasts, pause = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local held = redis.call('HMGET', KEYS[1], 'owner', 'until')
local ends = tonumber(held[2] or 0)
if held[1] and held[1] ~= '' and held[1] ~= owner then
  if ends > now then return ends - now end
  last = math.max(last, ends)  -- whoever died with it may have used it to the end
end
local free = last + pause
local wait = math.max(0, free - now)
if wait == 0 then last = now end
redis.call('HSET', KEYS[1], 'owner', owner, 'until', text(now + wait + lasts), 'last', text(last))
redis.call('EXPIRE', KEYS[1], math.ceil((wait + lasts + pause) / 1000000) + {KEPT})
return -wait
"""
_KEEP = f"""{_NOW}
if redis.call('EXISTS', KEYS[1]) == 0 then  -- the broker has forgotten
  redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'until', text(now + ARGV[2]), 'last', text(now))
  redis.call('EXPIRE', KEYS[1], math.ceil(ARGV[2] / 1000000) + {KEPT})
  return 1
end
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'until', text(now + ARGV[2]))
return 1
"""
_RELEASE = f"""{_NOW}
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'owner', '', 'last', text(now))
return 1
"""


class Leases:
    """The leases that one process takes under the name ``owner``.

    All methods raise ``redis.RedisError`` where the broker can't be asked.
    """

    def __init__(self, client: Redis, owner: str, seconds: float = SECONDS) -> None:
        self._owner = owner
        self._lasts = round(seconds * 1e6)
        self._take, self._keep, self._release = (client.register_script(text) for text in (_TAKE, _KEEP, _RELEASE))

    def take(self, name: str, pause: float = 0.0) -> float:
        """Take a lease; 0 where it may be used now, else seconds to wait before it is tried again.

        It may be used ``pause`` seconds after its last use, whose end :meth:`release` notes. Where only the pause is
        left to wait for, the lease is held meanwhile, and the seconds returned are negative.
        """
        return float(self._take(keys=[_key(name), _SINCE], args=[self._owner, self._lasts, round(pause * 1e6)])) / 1e6

    def keep(self, name: str) -> bool:
        """Renew a lease, or take it again where the broker has forgotten it; False where it is no longer held."""
        return bool(self._keep(keys=[_key(name)], args=[self._owner, self._lasts]))

    def release(self, name: str) -> bool:
        """Let go of a lease whose use ends now; False where it was no longer held."""
        return bool(self._release(keys=[_key(name)], args=[self._owner]))


class Kept:
    """Renews a lease in a thread of its own while a job is done, then lets go of it."""

    def __init__(self, leases: Leases, name: str, every: float) -> None:
        self._leases = leases
        self._name = name
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._renew, daemon=True)

    def _renew(self) -> None:
        from redis import RedisError

        while not self._over.wait(self._every):
            try:
                self._leases.keep(self._name)
            except RedisError:
                continue  # the collection's own lock stands while the broker is away

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        from redis import RedisError

        self._over.set()
        self._thread.join()
        try:
            self._leases.release(self._name)
        except RedisError:
            return  # it runs out by itself


def _key(name: str) -> str:
    return f"{PREFIX}:lease:{name}"
