"""Logins of the operator, from the environment, and the requests they are added to."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from scrapy.exceptions import NotConfigured
from scrapy.http import Request
from scrapy.utils.httpobj import urlparse_cached

LOGINS = "WIRECOPY_LOGINS"
"""Environment variable: ``{"www.example.com": {"Cookie": "…", "Authorization": "…"}}``."""
_ADDED = "wirecopy/login"
"""Meta: the fields that a login added."""
_LOGIN_FIELDS = frozenset({"authorization", "cookie"})


class LoginError(ValueError):
    """``WIRECOPY_LOGINS`` is not what it should be."""


class Logins:
    """Downloader middleware that adds the operator's own credentials to requests to the hosts they are for.

    Over https only, for exactly the host named; a port belongs to its name.
    """

    def __init__(self, logins: Mapping[str, Mapping[str, str]], *, masked: bool) -> None:
        self._logins = logins
        self._masked = masked

    @classmethod
    def from_crawler(cls, crawler: Any) -> Logins:
        """The logins of the environment. Raises ``LoginError``, and ``NotConfigured`` where there are none."""
        logins = read_logins(os.environ.get(LOGINS))
        if not logins:
            raise NotConfigured  # without a word, or Scrapy would print it
        return cls(logins, masked=crawler.settings.getbool("WIRECOPY_MASK_LOGINS"))

    def process_request(self, request: Request) -> None:
        """Add the credentials, where there are any for the host."""
        for name in request.meta.pop(_ADDED, ()):
            request.headers.pop(name, None)  # of another host, or port, which redirected here
        parts = urlparse_cached(request)
        fields = self._logins.get(parts.netloc.lower()) if parts.scheme == "https" else None
        request.meta["mask"] = self._masked and fields is not None
        for name, value in (fields or {}).items():
            request.headers[name] = value
        if fields:
            request.meta[_ADDED] = tuple(fields)


def read_logins(text: str | None) -> dict[str, dict[str, str]]:
    """Logins by host. Raises ``LoginError``, whose message holds no secret."""
    if not text:
        return {}
    try:
        logins = json.loads(text)
    except ValueError:
        logins = None
    if not isinstance(logins, dict) or not all(map(_is_login, logins.values())):
        raise LoginError(
            f'{LOGINS} is not a JSON object such as {{"www.example.com": {{"Cookie": "…"}}}} '
            "with the fields Cookie and Authorization"
        )
    return {host.lower(): fields for host, fields in logins.items()}


def _is_login(fields: object) -> bool:
    return isinstance(fields, dict) and all(
        name.lower() in _LOGIN_FIELDS and isinstance(value, str) and value.isprintable()
        for name, value in fields.items()
    )
