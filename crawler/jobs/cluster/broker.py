"""The broker, a Redis or Valkey server: how it is reached, and what goes wrong with it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.jobs.run.engine import EngineError, NoAddress, NotInstalled
from crawler.model.address import shown

if TYPE_CHECKING:
    from dramatiq.brokers.redis import RedisBroker
    from redis import Redis
    from redis.retry import Retry

BROKER = "WIRECOPY_BROKER"
"""The environment variable that names the broker where the call does not; it may hold a password."""
PREFIX = "wirecopy"
"""What our own keys at the broker begin with."""
QUEUE = "wirecopy"
ACTOR = "capture"
HEARTBEAT = 15.0
"""Seconds without a sign of life after which a worker's jobs are given to others."""
_SCHEMES = {"redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss", "unix": "unix"}
_SECONDS = 10.0
"""Longest wait for the broker's answer."""


class ClusterError(EngineError):
    """The broker can't be reached, or nobody works for it; the message says what to do."""


def connect(address: str) -> Redis:
    """A connection to the broker at ``address``, ``redis://HOST:PORT/NUMBER``, tried once.

    Raises ``NoAddress`` for an address that is none, ``ClusterError`` for a server that does not answer, and
    ``NotInstalled``.
    """
    try:
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry
    except ModuleNotFoundError as error:
        raise NotInstalled(f"{error.name} is not installed: pip install 'wirecopy[cluster]'") from None
    url, named = checked(address), without_password(address)
    try:
        with redis.Redis.from_url(
            url, socket_connect_timeout=_SECONDS, socket_timeout=_SECONDS, retry=Retry(NoBackoff(), 0)
        ) as once:
            once.ping()
    except redis.RedisError as error:
        raise ClusterError(f"the broker at {named} can't be used ({_what_to_do(error)}") from None
    except (TypeError, ValueError):
        raise NoAddress(f"{named}: what stands behind the ? of the address is not understood") from None
    return redis.Redis.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=_SECONDS,
        socket_timeout=_SECONDS * 2,
        retry=patience(),
        retry_on_error=[redis.ConnectionError, redis.TimeoutError],
    )


def patience() -> Retry:
    """How often, and after what pauses, a broker that does not answer is asked again."""
    from redis.backoff import ExponentialBackoff
    from redis.retry import Retry

    return Retry(ExponentialBackoff(cap=2.0, base=0.1), 6)


def _what_to_do(error: Exception) -> str:
    if "uthentica" in str(error) or "NOAUTH" in str(error):  # "already authenticated", "Authentication required"
        return f"it asks for a password): say redis://:PASSWORD@HOST:6379/0 in ${BROKER}"
    if "password" in str(error):
        return f"it refuses the name or password): say redis://NAME:PASSWORD@HOST:6379/0 in ${BROKER}"
    return f"{error}); start Redis or Valkey there, or name another with --broker"


def went_away(error: Exception) -> str:
    """What became of a broker that could be asked before, to follow its name."""
    full = "maxmemory" in str(error)
    return "is full: give it more maxmemory, or forget what others keep there" if full else f"went away ({error})"


def dramatiq_broker(address: str, heartbeat: float = HEARTBEAT) -> RedisBroker:
    """Dramatiq's broker at ``address``, which asks no question twice by itself. Raises ``NotInstalled``."""
    try:
        from dramatiq.middleware import Retries
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        from crawler.jobs.cluster.renewed_broker import RenewedBroker
    except ModuleNotFoundError as error:
        raise NotInstalled(f"{error.name} is not installed: pip install 'wirecopy[cluster]'") from None
    broker = RenewedBroker(
        client=Redis.from_url(
            checked(address),
            socket_connect_timeout=_SECONDS,
            socket_timeout=_SECONDS * 2,
            retry=Retry(NoBackoff(), 0),
        ),
        middleware=[Retries(max_retries=1_000_000, min_backoff=1000, max_backoff=60_000)],
        namespace=f"{PREFIX}:dramatiq",
        heartbeat_timeout=int(heartbeat * 1000),
        maintenance_chance=100_000,  # of a million calls: what a dead worker held is looked for every few seconds
    )
    broker.declare_queue(QUEUE)
    return broker


def send(broker: RedisBroker, board: str, job_id: str) -> None:
    """Send the id of a job on ``board`` to whoever is free; never with a delay, for that goes by the sender's clock.

    Raises ``redis.RedisError``.
    """
    from dramatiq import Message

    broker.enqueue(Message(QUEUE, ACTOR, (board, job_id), {}, {}))


def checked(address: str) -> str:
    """``address`` as the client takes it. Raises ``NoAddress`` where it is none."""
    try:
        parts = urlsplit(address)
        named = parts.hostname or (parts.scheme == "unix" and parts.path)
        _ = parts.port
    except ValueError:
        parts, named = urlsplit(""), None
    if parts.scheme not in _SCHEMES or not named:
        raise NoAddress(f"{without_password(address)}: no address of a broker; write redis://HOST:6379/0")
    return f"{_SCHEMES[parts.scheme]}:{address.partition(':')[2]}"


def without_password(address: str) -> str:
    """``address`` as it may be shown."""
    return shown(address).partition("?")[0]  # behind which a password may stand, too
