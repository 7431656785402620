from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extract.page import Page


def page(body: str | bytes, url: str = "https://harbour-times.example/a/b", **keywords: object) -> Page:
    return Page(body if isinstance(body, bytes) else body.encode(), url=url, **keywords)  # type: ignore[arg-type]


def test_meta_names_are_lower_case_and_keep_every_content() -> None:
    meta = page(
        '<meta property="OG:Title" content="x"><meta name="author" content="A"><meta name="author" content="B">'
    ).meta
    assert meta == {"og:title": ["x"], "author": ["A", "B"]}


def test_json_ld_of_every_script() -> None:
    found = page(
        '<script type="application/ld+json">{"@type": "A"}</script><script type="Application/LD+JSON">[]</script>'
    )
    assert found.json_ld == [{"@type": "A"}]


@pytest.mark.parametrize("attribute", ['{=""', '{a}="1"', '}{="1"'])
def test_an_attribute_of_a_script_may_have_any_name(attribute: str) -> None:
    (script,) = page(f'<script type="application/ld+json" {attribute}>{{"@type": "A"}}</script>').scripts
    assert script[0]["type"] == "application/ld+json"


def test_addresses_are_relative_to_the_base_element() -> None:
    assert page('<base href="/deep/"><p>x').absolute("c.png") == "https://harbour-times.example/deep/c.png"


@pytest.mark.parametrize(
    "address", ["", None, "data:image/png;base64,x", "javascript:go()", "http://[", "mailto:a@b.example"]
)
def test_what_is_no_web_address_is_none(address: str | None) -> None:
    assert page("<p>x").absolute(address) is None


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<html lang="EN-gb">', "en-gb"),
        ('<meta property="og:locale" content="pt_BR">', "pt-br"),
        ('<html lang="{{ lang }}"><meta http-equiv="content-language" content="de">', "de"),
        ("<p>x", None),
    ],
)
def test_language(html: str, language: str | None) -> None:
    assert page(html).language == language


@pytest.mark.parametrize("tag", ["div", "b", "p", "ul><li", "table><tr><td", "font"])
def test_what_lies_under_a_hundred_thousand_tags_is_not_lost(tag: str) -> None:
    assert "hello" in page(f"<{tag}>" * 100_000 + "hello").tree.text_content()


@pytest.mark.parametrize(
    "body", [b"", b"\0\0", b"<", b"<!--", b"<html", b"<frameset>", b"\xff\xfe", b"<svg><style>", b"plain text"]
)
def test_any_bytes_have_a_tree(body: bytes) -> None:
    assert page(body).tree.tag == "html"


@pytest.mark.parametrize("tag", ["article", "main", "section", "p"])
def test_a_page_without_the_tags_that_html_lets_one_omit_has_its_text_in_the_body(tag: str) -> None:
    tree = page(f"<!doctype html><title>A title</title><{tag}>shown <b>text</b></{tag}><script>1</script><p>more").tree
    assert [element.tag for element in tree] == ["head", "body"]
    assert tree.find("head").text_content() == "A title"
    assert tree.find("body").text_content().replace("1", "") == "shown textmore"


def test_control_characters_never_reach_the_tree() -> None:
    assert page("<p>one\x01two\x1f</p>").tree.text_content().split() == ["one", "two"]


def test_a_capture_time_without_zone_is_utc() -> None:
    assert page("", captured_at="2024-03-06T08:00:00").captured_at == datetime(2024, 3, 6, 8, tzinfo=UTC)


def test_a_capture_time_that_is_none_is_unknown() -> None:
    assert page("", captured_at="yesterday").captured_at is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("modified-date", "datemodified"),
        ("last-updated", "datemodified"),
        ("publish-date", "datepublished"),
        ("date", "datepublished"),
        ("", "datepublished"),
    ],
)
def test_a_change_marked_as_the_publication_is_a_change(name: str, said: str) -> None:
    page = Page(f'<meta name="{name}" itemprop="datePublished" content="2023-07-11"><p>x', url="https://a.example/")
    assert page.meta[said] == ["2023-07-11"]
    assert page.meta.keys() & {"datepublished", "datemodified"} == {said}
