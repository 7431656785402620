"""HTTP messages as they are archived: without the operator's logins and keys, which belong to nobody's collection."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import BinaryIO, cast

from crawler.fetch.open_files import NO_FILE_FREE
from crawler.fetch.transcript import SPILL

_MASK = b"(masked)"
"""What stands in place of a value."""
_REQUEST_FIELDS = (b"authorization", b"proxy-authorization", b"cookie")
_PROXY_FIELDS = (b"proxy-authorization",)
_RESPONSE_FIELDS = (b"set-cookie",)


def masked_request(
    request: bytes, *, login: bool, proxied: bool, secrets: Sequence[str] = ()
) -> tuple[bytes, tuple[str, ...]]:
    """A request without the operator's secrets, and the names of the fields that are masked in it.

    ``login``: it bears the operator's credentials; ``proxied``: it went to a proxy, whose own credentials no archive
    should hold; ``secrets``: names of further fields that are secret.
    """
    if not (login or proxied or secrets):
        return request, ()
    named = [name.lower().encode("latin-1") for name in secrets]
    names = dict.fromkeys([*(_REQUEST_FIELDS if login else _PROXY_FIELDS), *named])
    end = request.find(b"\r\n\r\n")
    head, body = (request[: end + 2], request[end + 2 :]) if end >= 0 else (request, b"")
    head, masked = _mask(head, names)
    return (head + body, masked) if masked else (request, ())


def masked_response(response: BinaryIO, head: bytes) -> tuple[BinaryIO, tuple[str, ...]]:
    """A response that begins with ``head`` without the cookies of a login, and the names of the fields masked in it.

    Where any is, ``response`` is closed, and what is returned is a file of its own. Raises ``OSError``.
    """
    shown, masked = _mask(head, _RESPONSE_FIELDS)
    if not masked:
        return response, ()
    copy = _under(shown, response, len(head))
    response.close()
    copy.seek(0)
    return copy, masked


def _under(head: bytes, response: BinaryIO, start: int) -> BinaryIO:
    """``head`` with what ``response`` has from ``start`` on: in memory where it is small, or no file is free."""
    copy = tempfile.SpooledTemporaryFile(SPILL)  # noqa: SIM115 - the exchange owns it
    try:
        copy.write(head)
        response.seek(start)
        shutil.copyfileobj(response, copy)
    except OSError as error:
        copy.close()
        if error.errno not in NO_FILE_FREE:
            raise
        response.seek(start)
        return BytesIO(head + response.read())
    return cast("BinaryIO", copy)


def _mask(head: bytes, names: Iterable[bytes]) -> tuple[bytes, tuple[str, ...]]:
    """The head of an HTTP message with the values of the fields ``names`` masked, and those that were there."""
    masked: list[str] = []
    for name in names:
        field = re.compile(rb"(?im)^(" + re.escape(name) + rb"[ \t]*:)[^\n]*?(?:\n[ \t][^\n]*?)*(\r?\n(?![ \t])|\Z)")
        head, count = field.subn(rb"\1 " + _MASK + rb"\2", head)
        if count:
            masked.append(name.decode())
    return head, tuple(masked)
