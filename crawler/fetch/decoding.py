"""Content codings removed as the archive removes them, so that a wrong label or a torn body does not cost the page."""

from __future__ import annotations

from typing import Any

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Request, Response, TextResponse
from scrapy.responsetypes import responsetypes

from crawler.archive.coding import remove_codings
from crawler.fetch.remains import SHORTENED


class LenientDecoding(HttpCompressionMiddleware):
    """Scrapy's middleware without its failures: what cannot be decoded is handed on as it is.

    A body that decodes to more than ``DOWNLOAD_MAXSIZE`` bytes is cut there and flagged.
    """

    def process_response(  # type: ignore[override]  # no spider argument
        self, request: Request, response: Response
    ) -> Response:
        """The response with its body decoded, and without the field that named the codings."""
        fields = response.headers.getlist("Content-Encoding")
        if request.method == "HEAD" or not fields:
            return response
        codings = [coding.strip() for coding in b",".join(fields).decode("latin-1").split(",")]
        body, shortened = _decoded(response.body, codings, request.meta.get("download_maxsize", self._max_size))
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        told: dict[str, Any] = {"headers": headers, "body": body}
        if shortened and SHORTENED not in response.flags:
            told["flags"] = [*response.flags, SHORTENED]
        if issubclass(kind, TextResponse):
            told["encoding"] = None  # as Scrapy does: guessed anew from what was decoded
        return response.replace(cls=kind, **told)


def _decoded(body: bytes, codings: list[str], limit: int) -> tuple[bytes, bool]:
    decoded = bytearray()
    for piece in remove_codings([body], codings):
        decoded += piece
        if limit and len(decoded) > limit:
            return bytes(decoded[:limit]), True
    return bytes(decoded), False
