"""The door of the desk: which site a request is for, whether whoever asks may come in, and how often."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from crawler.web.origins import Origins

_COOKIE = "wirecopy"
_CLIENTS = 10_000
"""Clients whose requests are counted."""
_LOGIN = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in · wirecopy</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/desk.css"></head>
<body><main><h1>Sign in</h1><form method="post" action="/login"><label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required> <button>Sign in</button></form>
<p>The token is the one that <code>wirecopy serve</code> was started with.</p></main></body></html>
"""
_LOGIN_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Login:
    """Who may read. With neither, everyone who reaches the port.

    ``token``: a secret that a browser hands over once and a program sends as ``Authorization: Bearer``. ``header``: a
    field in which a reverse proxy names the user it has signed in; it must take that field off what clients send.
    """

    token: str | None = None
    header: str | None = None

    @property
    def needed(self) -> bool:
        """Whether anyone has to show anything."""
        return bool(self.token or self.header)

    def key(self, purpose: str) -> str:
        """A key for ``purpose``, from which the token cannot be had back."""
        secret = (self.token or self.header or "").encode()
        return hmac.new(secret, f"wirecopy {purpose}".encode(), hashlib.sha256).hexdigest()[:32]

    def prefix(self, site: str) -> str:
        """What the paths of ``site`` begin with, so that frames open there without a cookie; empty without a token."""
        return f"/~{self.key(site)}" if self.token else ""


OPEN = Login()
"""Everyone who reaches the port may read."""


class Front:
    """The ASGI application that hands each request to the site its Host names.

    ``rate`` is how many requests a second one client may send for long, 0 for no limit; ten seconds' worth at once.
    """

    def __init__(self, sites: Mapping[str, ASGIApp], origins: Origins, login: Login = OPEN, rate: float = 0) -> None:
        self._sites = sites
        self._origins = origins
        self._login = login
        self._limit = Limit(rate) if rate else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        site = self._origins.site(headers.get("host", ""))
        if site is None or site not in self._sites:
            text = f"This is not {headers.get('host', '')[:100]!r}: the desk is at {self._origins.desk}/\n"
            await PlainTextResponse(text, 421)(scope, receive, send)
            return
        client = (scope.get("client") or ("",))[0]
        if self._login.header:  # then a proxy is in front, and says last for whom
            client = headers.get("x-forwarded-for", client).rpartition(",")[2].strip()
        refusal: Response | None = None
        if self._limit and not self._limit.allows(client):
            refusal = PlainTextResponse("too many requests: wait a little\n", 429, {"Retry-After": "2"})
        elif site == "desk" and scope["path"] == "/login" and self._login.token:
            refusal = await self._sign_in(Request(scope, receive), self._login.token)
        refusal = refusal or self._refusal(scope, site, headers)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        await self._sites[site](scope, receive, send)

    def _refusal(self, scope: Scope, site: str, headers: Mapping[str, str]) -> Response | None:
        """What is said to who may not come in; None to who may."""
        login = self._login
        if not login.needed or (login.header and headers.get(login.header.lower())):
            return None
        if login.token is None:
            return PlainTextResponse("the reverse proxy in front of this desk named no user\n", 403)
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(given.strip(), login.token):
            return None
        if site != "desk":
            path = scope["raw_path"].decode("latin-1")
            prefix = login.prefix(site)
            if path.startswith(prefix + "/"):
                scope["raw_path"] = path.removeprefix(prefix).encode("latin-1")
                scope["path"] = scope["path"].removeprefix(prefix)
                return None
            return PlainTextResponse(f"sign in at {self._origins.desk}/\n", 401)
        return self._at_desk(scope, headers)

    def _at_desk(self, scope: Scope, headers: Mapping[str, str]) -> Response | None:
        if scope["path"].startswith("/static/") or _same(_cookie(headers.get("cookie", "")), self._login.key("cookie")):
            return None
        return HTMLResponse(_LOGIN, 401, {"Content-Security-Policy": _LOGIN_POLICY, "Cache-Control": "no-store"})

    async def _sign_in(self, request: Request, token: str) -> Response | None:
        """A cookie for whoever sends the token; the form once more for others."""
        if request.method != "POST":
            return RedirectResponse("/", 303)
        words = parse_qsl((await request.body())[:4096].decode("utf-8", "replace"))
        if not any(name == "token" and _same(value.strip(), token) for name, value in words):
            return None
        answer = RedirectResponse("/", 303)
        secure = self._origins.desk.startswith("https:")
        answer.set_cookie(
            _COOKIE, self._login.key("cookie"), httponly=True, samesite="strict", secure=secure, max_age=30 * 86400
        )
        return answer


class Limit:
    """A bucket of tokens a client, refilled at ``rate`` a second."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._most = max(20.0, rate * 10)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, client: str) -> bool:
        """Whether ``client`` may send one more now; takes a token where so."""
        now = time.monotonic()
        left, at = self._left.pop(client, (self._most, now))
        left = min(self._most, left + (now - at) * self._rate)
        allowed = left >= 1
        self._left[client] = (left - 1 if allowed else left, now)
        if len(self._left) > _CLIENTS:
            self._left.popitem(last=False)
        return allowed


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _cookie(field: str) -> str:
    try:
        found = SimpleCookie(field).get(_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
