"""The demo's web: what each of its servers answers to a request, at any time; nothing here listens or connects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.demo import aggregator, courier, outlets
from crawler.demo.cards import CARDS
from crawler.demo.markup import Markup, page, script_json, static
from crawler.demo.rewrite import REWRITE_PATH
from crawler.demo.story import ORIGINAL_PATH, OUTLET_HOST, PICTURES
from crawler.demo.wire import Content, Reply, reply

SEED = aggregator.SEED
ORIGINAL = courier.ORIGINAL
REWRITE = f"https://{outlets.FARM_HOST}{REWRITE_PATH}"
SISTER = f"https://{outlets.SISTER_HOST}{REWRITE_PATH}"
WALLED = "https://reader.clipdesk.example/s/skerry-sound-islanders-set-five-conditions"
GONE = "https://www.quaysidewire.test/2024/03/skerry-sound-conditions"
MOVED = f"https://{outlets.REPRINT_HOST}/a/8841"
REPRINT = f"https://{outlets.REPRINT_HOST}{outlets.REPRINT_PATH}"
COPIES = (REWRITE, SISTER, WALLED, GONE, MOVED)
"""The copies to hand to a capture beside the seed: a rewrite twice, one behind a bot wall, one gone, one that moved."""

SLOW_SECONDS = 1.2
"""Seconds that the slow page takes."""

_SMALL_HOSTS = {
    outlets.FARM_HOST,
    outlets.SISTER_HOST,
    outlets.REPRINT_HOST,
    *(card.host for card in CARDS if card.host != OUTLET_HOST),
}
_WALLED_HOST, _GONE_HOST = (urlsplit(url).netloc for url in (WALLED, GONE))
HOSTS = frozenset(
    {
        OUTLET_HOST,
        courier.PICTURE_HOST,
        aggregator.HOST,
        aggregator.PICTURE_HOST,
        _WALLED_HOST,
        _GONE_HOST,
        *_SMALL_HOSTS,
    }
)

_TYPES = {
    "css": "text/css",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
_RENAMED = {
    "/_next/static/css/5e0c41.css": "paperboat.css",
    "/_next/static/chunks/main-93ab17.js": "paperboat.js",
    "/favicon.ico": "favicon.ico",
    "/css/plain.css": "plain.css",
    "/js/lazy.js": "lazy.js",
    "/js/shell.js": "shell.js",
}


def answer(
    method: str, url: str, headers: Iterable[tuple[str, str]] | Mapping[str, str] = (), *, now: datetime | None = None
) -> Reply:
    """What the server of ``url`` answers; ``now`` (with its zone) is its clock, by default the real one.

    A host that is not of this web answers 502, as a proxy does that finds nobody there.
    """
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    asked = {name.lower(): value for name, value in pairs}
    now = now or datetime.now(UTC)
    return reply(_content(method, url, now), method, asked, now.astimezone(UTC))


def _content(method: str, url: str, now: datetime) -> Content:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if host not in HOSTS:
        return _notice(502, "No such host", f"Nobody answers at {host}.")
    if parts.scheme == "http":
        return _moved(parts._replace(scheme="https").geturl())
    if method not in {"GET", "HEAD"}:
        return _notice(405, "Method not allowed", "This site can only be read.", (("Allow", "GET, HEAD"),))
    path, target = unquote(parts.path) or "/", parts._replace(scheme="", netloc="", fragment="").geturl()
    if path == "/robots.txt":
        return _robots(host)
    found = _static(path) or _site(host, path, target, parts.query, now)
    return found or _notice(404, "Page not found", f"{host} has no page at this address.")


def _site(host: str, path: str, target: str, query: str, now: datetime) -> Content | None:
    if host == _WALLED_HOST:
        body = page("challenge", {}).encode()
        wall = (("Server", "gatehouse"), ("Cf-Mitigated", "challenge"), ("Cache-Control", "no-store"))
        return Content(403, body, headers=wall)
    if host == _GONE_HOST:
        return _notice(410, "This story has been removed", "Quayside Wire keeps stories for 30 days.")
    if host in {courier.PICTURE_HOST, aggregator.PICTURE_HOST}:
        return _picture(host, path, parse_qs(query))
    if host == aggregator.HOST:
        return _aggregator(path, now)
    if host == OUTLET_HOST:
        return _courier(path)
    return _small(host, path, target)


def _courier(path: str) -> Content | None:
    hints = ("</static/courier.css>; rel=preload; as=style",) if path == ORIGINAL_PATH else ()
    card = next((card for card in CARDS if card.host == OUTLET_HOST and card.path == path), None)
    found = (200, outlets.card_page(card)) if card else courier.find(path)
    if found is None:
        return None
    status, html = found
    cookies = (("Server", "presshouse/4.2"), ("Set-Cookie", "edition=north; Path=/"), ("Set-Cookie", "ab=7; Path=/"))
    return Content(status, html.encode(), headers=cookies, coding="br", validated=not hints, hints=hints)


def _aggregator(path: str, now: datetime) -> Content | None:
    if path == aggregator.PATH:
        return Content(200, aggregator.article(now).encode(), coding="gzip", chunked=True)
    if path == aggregator.STATE_PATH:
        data = script_json(aggregator.state()["props"]).encode()
        return Content(200, data, media_type="application/json", coding="gzip")
    if path == "/" or path.startswith(("/topic/", "/@")) or path.strip("/") in _ABOUT:
        return Content(200, aggregator.topic(path).encode(), coding="gzip", chunked=True)
    return None


_ABOUT = {"contributors", "publishers", "advertisers", "policy"}


def _small(host: str, path: str, target: str) -> Content | None:
    if target in {"", "/", "/author/"}:
        return Content(200, outlets.front(host).encode())
    if path == REWRITE_PATH and host in {outlets.FARM_HOST, outlets.SISTER_HOST}:
        return Content(200, outlets.rewrite(host).encode(), headers=(("Server", "Apache"),))
    if filler := outlets.filler(host, path):
        return Content(200, filler.encode())
    if host == outlets.REPRINT_HOST:
        if path == "/a/8841":
            return _moved(outlets.REPRINT_PATH)
        if path == outlets.REPRINT_PATH:
            return Content(200, outlets.reprint().encode(), coding="gzip", validated=True)
    for card in CARDS:
        if card.host == host and card.path in {path, target} and card.shape != "gone":
            if card.shape == "latin":
                # The page says iso-8859-1 and is windows-1252, as browsers have learnt to read it.
                return Content(200, outlets.card_page(card).encode("windows-1252"), media_type="text/html")
            delay = SLOW_SECONDS if card.shape == "slow" else 0.0
            return Content(200, outlets.card_page(card).encode(), coding="gzip", delay=delay)
    return None


def _static(path: str) -> Content | None:
    name = _RENAMED.get(path) or path.removeprefix("/static/").removeprefix("/images/")
    if name == path or "/" in name:
        return None
    kind = _TYPES.get(name.rpartition(".")[2])
    try:
        body = static(name) if kind else None
    except FileNotFoundError:
        return None
    if kind is None or body is None:
        return None
    packed = "gzip" if kind.startswith(("text/", "image/svg")) else None
    kept = (("Cache-Control", "public, max-age=86400"),)
    return Content(200, body, media_type=kind, headers=kept, coding=packed, validated=True)


def _picture(host: str, path: str, query: Mapping[str, list[str]]) -> Content | None:
    if host == courier.PICTURE_HOST:
        name, width = path.removeprefix("/2024/03/"), query.get("w", ["480"])[0]
        known = {f"{picture.name}.jpg": f"{picture.name}-{width}.jpg" for picture in PICTURES}
        return _static(f"/static/{known[name]}") if name in known else None
    if path == "/image.php":
        wanted = query.get("url", [""])[0]
        if wanted.startswith("https://"):
            return _static(f"/images/{wanted.rpartition('/')[2]}")
        return next((_static(f"/static/{p.name}-proxy.jpg") for p in PICTURES if p.asset == wanted), None)
    wanted = path.removeprefix("/img/id/")
    return next((_static(f"/static/{p.name}-wide.webp") for p in PICTURES if p.asset == wanted), None)


def _robots(host: str) -> Content:
    if host in {outlets.FARM_HOST, outlets.SISTER_HOST}:
        return _notice(404, "Not found", "There is no such file.")
    forbidden = [card.path for card in CARDS if card.host == host and card.shape == "forbidden"]
    rules = [f"Disallow: {path}" for path in forbidden or ("/newsletter", "/*?replytocom=")]
    text = "\n".join(["User-agent: *", *rules, "", f"Sitemap: https://{host}/sitemap.xml", ""])
    return Content(200, text.encode(), media_type="text/plain; charset=utf-8", validated=True)


def _moved(target: str) -> Content:
    body = page("notice", {"title": "Moved", "text": "This page has a new address:", "links": Markup("")})
    return Content(301, body.encode(), headers=(("Location", target),))


def _notice(status: int, title: str, text: str, headers: tuple[tuple[str, str], ...] = ()) -> Content:
    return Content(
        status, page("notice", {"title": title, "text": text, "links": Markup("")}).encode(), headers=headers
    )
