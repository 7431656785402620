"""HAR files, as browsers save them, made into exchanges: HTTP messages rebuilt, and said to be so (HAR 1.2).

A HAR holds no bytes of the wire: its heads are parsed, its bodies decoded. The messages made of it say the same; each
carries the reason "converted from a HAR", so that nobody takes it for a capture.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.fetch.outcome import label
from crawler.jobs.captured_pages import SourceError
from crawler.model import Exchange, Purpose, Role
from crawler.model.moment import read_moment

BECAUSE = "converted from a HAR: the heads are rebuilt from its fields, the body is as the browser decoded it"
_OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"})
"""Fields that were true of the bytes on the wire and are not of a body that was decoded."""
_NO_BREAKS = str.maketrans("\r\n\0", "   ")
"""What would make further lines of one of a head."""


def is_har(start: bytes) -> bool:
    """True for the beginning of a HAR file."""
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"log"' in start


def exchanges(file: Path) -> Iterator[Exchange | str]:
    """The exchanges of a HAR, and a line for each entry that can't be one. Raises ``SourceError``, ``OSError``."""
    try:
        entries = json.loads(file.read_bytes().decode("utf-8-sig"))["log"]["entries"]
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{file}: no HAR (no JSON: {error}); save it anew in the browser") from None
    except (KeyError, TypeError):
        raise SourceError(f"{file}: no HAR (JSON without a log that has entries)") from None
    if not isinstance(entries, list):
        raise SourceError(f"{file}: no HAR (its entries are no list)")
    story: str | None = None
    for number, entry in enumerate(entries, 1):
        try:
            exchange = _exchange(entry, story)
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
            yield f"{file}: entry {number} is left out: {_in_words(error)}"
            continue
        story = story or exchange.url
        yield exchange


def _in_words(error: Exception) -> str:
    """Why an entry is no exchange."""
    if isinstance(error, KeyError):
        return f"it has no {error.args[0]}"
    if isinstance(error, (TypeError, AttributeError)):
        return f"it is put together in another way than entries of a HAR are ({error})"
    return str(error)


def _exchange(entry: Any, story: str | None) -> Exchange:
    request, response = entry["request"], entry["response"]
    url, status = str(request["url"]), int(response["status"])
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not 100 <= status <= 999:
        raise ValueError(f"no exchange over HTTP: {url[:80]}, status {status}")
    content = response.get("content") or {}
    body = _body(content)
    kind = str(content.get("mimeType") or "")
    headers = _fields(response, len(body))
    lower = {name.lower(): value for name, value in headers}
    outcome, reason = label(status, lower, body[:16384], body_size=len(body), method=str(request["method"]))
    role = Role.SEED if "html" in kind else Role.IMAGE if kind.startswith("image/") else Role.REQUISITE
    target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    post = str((request.get("postData") or {}).get("text") or "").encode()
    if (at := read_moment(entry["startedDateTime"])) is None:
        raise ValueError(f"startedDateTime is no time: {entry['startedDateTime']!r:.60}")
    return Exchange(
        url=url.partition("#")[0],
        started_at=at,
        request=io.BytesIO(_head(f"{request['method']} {target} HTTP/1.1", _fields(request, len(post))) + post),
        response=io.BytesIO(_head(f"HTTP/1.1 {status} {response.get('statusText') or ''}".rstrip(), headers) + body),
        purpose=Purpose(role, story=story or url, hops=0 if story is None else 1, because=BECAUSE),
        outcome=outcome,
        outcome_reason=reason,
        address=_address(entry.get("serverIPAddress")),
    )


def _address(said: object) -> str | None:
    """The server's IP address; None where what is said is none, or has a zone, in which anything may stand."""
    address = str(said).strip("[]")
    try:
        return None if "%" in address else str(ip_address(address))
    except ValueError:
        return None


def _body(content: Any) -> bytes:
    text = content.get("text") or ""
    return base64.b64decode(text) if content.get("encoding") == "base64" else str(text).encode("utf-8", "replace")


def _fields(message: Any, length: int) -> list[tuple[str, str]]:
    named = [(str(field["name"]), str(field["value"])) for field in message.get("headers") or ()]
    kept = [(name, value) for name, value in named if name.lower() not in _OF_THE_WIRE and not name.startswith(":")]
    kept = [(name, value.replace("\r", " ").replace("\n", ", ")) for name, value in kept]
    return [*kept, ("Content-Length", str(length))] if length or "status" in message else kept


def _head(start: str, fields: list[tuple[str, str]]) -> bytes:
    lines = [start, *(f"{name}: {value}" for name, value in fields), "", ""]
    return "\r\n".join(line.translate(_NO_BREAKS) for line in lines).encode("utf-8", "replace")
