"""Pages as archives, caches and browsers keep and show them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.model import Article, Outcome

Build = Callable[..., bytes]
URL = "https://harbour-times.example/lamp"
TOOLBAR = (
    "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id='wm-ipp-base'><div>12 captures</div>"
    "<div>21 Sep 2019 - 4 Mar 2024</div>"
    "<p>Organization: a team that keeps copies of pages which are about to go, for the sake of all who come after, and "
    "has done so for many years in many countries.</p></div><!-- END WAYBACK TOOLBAR INSERT -->"
)
CACHE = (
    "<div id='google-cache-hdr'><div>This is Google's cache of <a href='/lamp'>this page</a>. "
    "It is a snapshot of the page as it appeared on 12 Feb 2024 08:11:02 GMT.</div></div>"
)


def read(body: bytes, url: str = URL) -> Article:
    return extract_article(body, url=url, captured_at="2024-03-06T08:00:00Z")


def test_the_wayback_machines_toolbar_is_no_part_of_the_page(story: Build) -> None:
    body = story(date="").replace(b"<body>", b"<body>" + TOOLBAR.encode())
    article = read(body, "https://web.archive.org/web/20240305000000/https://harbour-times.example/lamp")
    assert article.date_published is None
    assert "keeps copies" not in article.text
    assert article.text == read(story(date="")).text


def test_the_header_of_googles_cache_is_no_part_of_the_page(story: Build) -> None:
    article = read(CACHE.encode() + story(date=""))
    assert (article.date_published, article.text) == (None, read(story(date="")).text)


def test_a_story_that_tells_of_the_cache_is_whole(story: Build) -> None:
    body = story().replace(b"<main>", b"<main><p>This is Google's cache of things, said the keeper of the lamp.</p>")
    assert read(body).headline == read(story()).headline


@pytest.mark.parametrize("doctype", ["<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" />'])
def test_an_html_element_that_ends_itself_ends_nothing(story: Build, doctype: str) -> None:
    body = story().replace(b"<!DOCTYPE html>", doctype.encode()).replace(b'<html lang="en">', b'<html lang="en" />\n')
    article = read(body)
    assert (article.outcome, article.text) == (Outcome.ARTICLE, read(story()).text)


def test_text_in_a_declared_shadow_root_is_the_pages(story: Build) -> None:
    body = story().replace(b"<main>", b"<x-story><template shadowrootmode='open'><main>")
    article = read(body.replace(b"</main>", b"</main></template></x-story>"))
    assert article.text == read(story()).text


def test_other_templates_are_not_shown(story: Build) -> None:
    body = story().replace(b"<main>", b"<template><p>Never seen by anybody who reads this page.</p></template><main>")
    assert "Never seen" not in read(body).text
