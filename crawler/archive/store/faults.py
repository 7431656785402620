"""What can go wrong with a store, each as one line that says where and what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from crawler.archive.errors import ArchiveError

EXTRA = "pip install 'wirecopy[s3]'"


class StoreError(ArchiveError):
    """A store could not be read or written; what is on this machine is untouched."""


class NoStore(StoreError):  # noqa: N818 - says what is the case
    """An address of a kind that nothing here can reach."""


class NoObject(StoreError):  # noqa: N818 - says what is the case
    """There is no such object."""


class Conflict(StoreError):  # noqa: N818 - says what is the case
    """The store holds another collection there, or what another machine has put there since."""


class Unknown(StoreError):  # noqa: N818 - says what is the case
    """The store does not know such a request: not all stores have all of the API."""


class Altered(StoreError):  # noqa: N818 - says what is the case
    """What the store holds is not what was sent."""


@contextmanager
def telling(doing: str, where: str) -> Iterator[None]:
    """Turn whatever a store's client raises into a ``StoreError`` about ``where``."""
    try:
        yield
    except ArchiveError:
        raise
    except OSError as error:
        raise explain_store(error, doing, where) from error
    except Exception as error:
        if not _is_of_the_client(error):
            raise
        raise explain_store(error, doing, where) from error


def explain_store(error: BaseException, doing: str, where: str) -> StoreError:
    """``error`` as one line with its remedy."""
    code = _code(error)
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    if code in ("MethodNotAllowed", "NotImplemented"):
        return Unknown(f"cannot {doing} {where}: the store does not know how ({' '.join(reason.split())})", where)
    for codes, words, remedy in _KNOWN:
        if code in codes:
            return StoreError(f"cannot {doing} {where}: {words or reason}; {remedy}", where)
    if isinstance(error, FileNotFoundError):
        return NoObject(f"cannot {doing} {where}: there is no such object", where)
    if isinstance(error, PermissionError):
        return StoreError(f"cannot {doing} {where}: {reason}; {_RIGHTS}", where)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return StoreError(f"cannot {doing} {where}: {reason}; free some space and run again", where)
    return StoreError(f"cannot {doing} {where}: {' '.join(reason.split())}; {_AGAIN}", where)


def _code(error: BaseException) -> str:
    """What the store called the error, else the name of its class."""
    for each in (error, error.__cause__):
        response = getattr(each, "response", None)
        if isinstance(response, dict):
            return str(response.get("Error", {}).get("Code", ""))
    return type(error).__name__


def _is_of_the_client(error: BaseException) -> bool:
    return type(error).__module__.partition(".")[0] in ("botocore", "aiobotocore", "aiohttp", "s3fs", "fsspec")


_AGAIN = "run again once the store answers; what is on this machine stays"
_RIGHTS = "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what they may do"
_KNOWN = (
    (("NoSuchBucket",), "there is no such bucket", "make it, or correct the address"),
    (("InvalidBucketName",), "no bucket can have this name", "correct the address"),
    (
        ("NoCredentialsError", "PartialCredentialsError"),
        "no credentials",
        "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    ),
    (("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken"), "the store knows no such key", _RIGHTS),
    (("ExpiredToken", "TokenRefreshRequired"), "the credentials have expired", "get new ones and run again"),
    (("AccessDenied", "AllAccessDisabled", "403"), "the store refuses it", _RIGHTS),
    (("SlowDown", "ServiceUnavailable", "503", "RequestLimitExceeded"), "the store is overloaded", _AGAIN),
    (("InternalError", "500"), "the store failed", _AGAIN),
    (("RequestTimeTooSkewed",), "", "set the clock of this machine"),
    (("BadDigest", "XAmzContentSHA256Mismatch"), "what arrived is not what was sent", _AGAIN),
    (("EndpointConnectionError", "ConnectTimeoutError", "ClientConnectorError"), "it can't be reached", _AGAIN),
    (("ReadTimeoutError", "FSTimeoutError", "TimeoutError", "RequestTimeout"), "it does not answer in time", _AGAIN),
    (("ConnectionClosedError", "HTTPClientError", "ResponseStreamingError"), "the connection broke off", _AGAIN),
    (("QuotaExceeded", "XMinioStorageFull"), "the store is full", "make room there and run again"),
)  # fmt: skip
