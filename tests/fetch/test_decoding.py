from __future__ import annotations

import gzip

import pytest
from scrapy.http import HtmlResponse, Request, Response
from scrapy.utils.test import get_crawler

from crawler.fetch.decoding import LenientDecoding

PAGE = "<html><meta charset=utf-8><p>Ebbe um zwölf Uhr</p></html>".encode()


def decoded(body: bytes, *fields: str, method: str = "GET") -> Response:
    middleware = LenientDecoding.from_crawler(get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": 10_000}))
    headers = {"Content-Encoding": list(fields), "Content-Type": "text/html"}
    request = Request("http://news.example/", method=method)
    return middleware.process_response(request, Response("http://news.example/", headers=headers, body=body))


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (gzip.compress(PAGE), ["gzip"]),
        (gzip.compress(gzip.compress(PAGE)), ["gzip", "x-gzip"]),
        (gzip.compress(gzip.compress(PAGE)), ["gzip, gzip"]),
        (PAGE, ["gzip"]),
        (PAGE, ["utf-8"]),
    ],
    ids=["gzip", "twice in two fields", "twice in one field", "not at all", "no coding"],
)
def test_the_page_comes_out_whatever_the_label_says(body: bytes, fields: list[str]) -> None:
    response = decoded(body, *fields)
    assert isinstance(response, HtmlResponse)
    assert response.body == PAGE
    assert "zwölf" in response.text
    assert "Content-Encoding" not in response.headers
    assert response.flags == []


def test_a_bomb_is_cut_and_flagged() -> None:
    response = decoded(gzip.compress(b"a" * 1_000_000), "gzip")
    assert response.body == b"a" * 10_000
    assert response.flags == ["shortened"]


def test_the_answer_to_head_keeps_its_label() -> None:
    assert decoded(b"", "gzip", method="HEAD").headers["Content-Encoding"] == b"gzip"
