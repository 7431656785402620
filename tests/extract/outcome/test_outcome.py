from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crawler import extract
from crawler.extract import Page, extract_article
from crawler.model import Article, Outcome

Build = Callable[..., bytes]


def read(html: str | bytes, content_type: str = "text/html") -> Article:
    body = html if isinstance(html, bytes) else html.encode()
    return extract_article(body, url="https://harbour-times.example/lamp", headers={"Content-Type": content_type})


@pytest.mark.parametrize(
    ("html", "outcome"),
    [
        ("", Outcome.EMPTY),
        (" \n ", Outcome.EMPTY),
        (
            "<html><title>Just a moment...</title><body>Checking your browser before access.</body></html>",
            Outcome.BLOCKED,
        ),
        ("<html><title>Access Denied</title><body><p>You have been blocked.</p></body></html>", Outcome.BLOCKED),
        (
            "<html><title>Page not found</title><body><p>Sorry, we moved things around.</p></body></html>",
            Outcome.SOFT_404,
        ),
        ("<html><title>Seite nicht gefunden</title><body><p>Leider.</p></body></html>", Outcome.SOFT_404),
        (
            "<html><title>Harbour Times</title><body><p>Before you continue</p><p>We and our partners use cookies.</p>"
            "<button>Accept all</button></body></html>",
            Outcome.CONSENT,
        ),
        (
            "<html><title>Harbour Times</title><body><div id=root></div>"
            + "<script src=/a.js></script>" * 4
            + "</body></html>",
            Outcome.NEEDS_BROWSER,
        ),
    ],
)
def test_pages_without_an_article(html: str, outcome: Outcome) -> None:
    article = read(html)
    assert article.outcome is outcome and article.outcome_reason and article.text is None


@pytest.mark.parametrize(
    ("title", "words", "outcome"),
    [
        ("お待ちください", "あなたが人間であることを確認しています。", Outcome.BLOCKED),
        ("Один момент…", "Проверяем, что вы человек.", Outcome.BLOCKED),
        ("百度安全验证", "请完成下方验证后继续操作", Outcome.BLOCKED),
        ("Không tìm thấy trang", "Trang bạn yêu cầu không tồn tại.", Outcome.SOFT_404),
        ("Η σελίδα δεν βρέθηκε", "Λυπούμαστε.", Outcome.SOFT_404),
        ("Harbour Times", "Vill du läsa hela artikeln? Redan kund? Logga in", Outcome.PAYWALL),
        ("Harbour Times", "Dalsza część artykułu dostępna dla subskrybentów.", Outcome.PAYWALL),
        ("Harbour Times", "이 기사는 유료회원 전용입니다.", Outcome.PAYWALL),
    ],
)
def test_refusals_in_other_languages(title: str, words: str, outcome: Outcome) -> None:
    assert read(f"<html><title>{title}</title><body><h1>{title}</h1><p>{words}</p></body></html>").outcome is outcome


def test_a_headline_may_begin_as_a_missing_page_does(story: Build) -> None:
    heading = "Page not found: the museum of lost sites opens"
    assert read(story(head=f"<title>{heading}</title>", heading=f"<h1>{heading}</h1>")).outcome is Outcome.ARTICLE


def test_a_template_without_text_needs_a_browser() -> None:
    page = "<html><title>Harbour Times</title><body><h1>{{ story.title }}</h1><script src=/a.js></script></body></html>"
    assert read(page).outcome is Outcome.NEEDS_BROWSER


def test_of_a_file_the_beginning_alone_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    picture, page = b"\x89PNG\r\n" + b"\x80\x01\xff" * 100_000, b"<p>The ferry returns to its old quay.</p>" * 5_000
    read_of: list[int] = []

    def parsed(body: bytes, **facts: Any) -> Page:
        read_of.append(len(body))
        return Page(body, **facts)

    monkeypatch.setattr(extract, "Page", parsed)
    for body, kind, whole in (
        (picture, "image/png", False), (picture, "application/octet-stream", False), (page, "image/png", True),
        (b"<!--" + b"c" * 20_000 + b"-->" + page, "application/pdf", True), (picture, "text/html", True),
        (page.decode().encode("utf-16"), "image/png", True),
    ):  # fmt: skip
        article = extract.extract_article(body, url="https://a.example/1", headers={"Content-Type": kind})
        assert (read_of.pop() == len(body)) is whole
        assert (article.outcome is Outcome.NOT_HTML) is (body is picture)


def test_bytes_of_another_type_are_not_html() -> None:
    assert read(b"%PDF-1.7 binary", "application/pdf").outcome is Outcome.NOT_HTML


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream"])
@pytest.mark.parametrize(
    "before",
    [
        "<!-- " + "kept by the harbour's archive " * 5000 + "-->\n",
        "\ufeff<?xml version='1.0'?>" + "<!-- saved -->\n" * 10_000,
        " \n" * 75_000,
    ],
)
def test_a_page_behind_any_length_of_comments_is_read_as_the_page_it_is(before: str, kind: str, story: Build) -> None:
    article = read(before.encode() + story(), kind)
    assert article.outcome is Outcome.ARTICLE
    assert article.text == read(story()).text


@pytest.mark.parametrize("text", [" \n" * 75_000, "<!-- " + "x" * 150_000, "<!-- -->" * 20_000 + "no element"])
def test_comments_before_nothing_make_no_page(text: str) -> None:
    assert read(text, "text/html").outcome in (Outcome.NOT_HTML, Outcome.EMPTY)


def test_a_stub_behind_a_paywall_is_no_article(story: Build, json_ld: Callable[..., str]) -> None:
    page = story(
        head=f"<title>x</title>{json_ld(headline='x', isAccessibleForFree=False)}",
        body="<p>The great lamp of Grindholm was carried back up its steps on Tuesday, forty years later.</p>"
        "<div><h2>Subscribe to continue reading</h2><p>Already a subscriber? Log in.</p></div>",
    )
    article = read(page)
    assert article.outcome is Outcome.PAYWALL and article.outcome_reason


def test_a_whole_text_marked_as_paid_is_an_article(story: Build, json_ld: Callable[..., str]) -> None:
    paragraphs = (
        "<p>The great lamp of Grindholm was carried back up its steps on Tuesday, long after it was sold.</p>" * 40
    )
    page = story(head=f"<title>x</title>{json_ld(headline='x', isAccessibleForFree=False)}", body=paragraphs)
    assert read(page).outcome in (Outcome.ARTICLE, Outcome.PAYWALL)


def test_a_front_page_is_no_article() -> None:
    cards = "".join(f'<div><a href="/{n}">Story number {n} of this day on the island</a></div>' for n in range(60))
    assert read(f"<html><title>Harbour Times</title><body>{cards}</body></html>").outcome is Outcome.NOT_ARTICLE


def test_a_front_that_its_system_dates_is_no_article() -> None:
    cards = "".join(f'<div><a href="/{n}">Story number {n} of this day on the island</a></div>' for n in range(30))
    page = (
        '<html><head><meta property="og:type" content="website">'
        '<meta property="article:published_time" content="2015-03-12T17:57:02-04:00"></head><body>'
        f"<h1>The lamp is lit</h1><p>{'Everybody on the quay came to watch the lamp of Grindholm. ' * 3}</p>{cards}"
    )
    front = extract_article(page.encode(), url="https://harbour-times.example/homepage")
    assert front.outcome is Outcome.NOT_ARTICLE


def test_an_article_about_robots_is_not_blocked(story: Build) -> None:
    assert (
        read(story(after="<p>Are you a robot? This is what the captcha asked the seal.</p>")).outcome is Outcome.ARTICLE
    )


def test_a_form_in_a_sites_frame_that_a_captcha_guards_is_no_wall(story: Build) -> None:
    form = '<form><p>Your address:</p><input type="{}" name="to"><div class="g-recaptcha"></div></form>'
    page = "<html><title>Alerts</title><body><nav>{}</nav><h1>Alerts</h1>{}</body></html>"
    menu = "".join(f"<a href=/{name}>{name}</a>" for name in ("news", "sport", "ferries", "weather", "quay"))
    assert read(page.format(menu, form.format("email"))).outcome is Outcome.NOT_ARTICLE
    assert read(page.format("", form.format("email"))).outcome is Outcome.BLOCKED
    assert read(page.format(menu, form.format("text"))).outcome is Outcome.BLOCKED


def test_scripts_that_a_web_archive_adds_make_no_shell() -> None:
    page = "<html><head>{}<title>Harbour</title></head><body><h1>Harbour</h1><p>Nothing is here yet.</p></body></html>"
    added = (
        '<script src="https://web-static.archive.org/_static/js/wombat.js"></script>'
        "<script>window.RufflePlayer=window.RufflePlayer||{};</script>"
        '<script>__wm.init("https://web.archive.org/web");</script>'
    )
    own = "".join(f'<script src="/{number}.js"></script>' for number in range(3))
    assert read(page.format(added)).outcome is Outcome.NOT_ARTICLE
    assert read(page.format(added + own)).outcome is Outcome.NEEDS_BROWSER


def test_a_page_whose_only_text_waits_in_a_hidden_dialogue_is_no_article(story: Build) -> None:
    words = "".join(
        f"<p>By clicking the button number {n} you agree that we may read all that you send to the lighthouse, even if "
        "you think that nobody should, and that we may do so in every matter that comes before the keeper.</p>"
        for n in range(4)
    )
    page = "<html><title>Keepers</title><body><h1>Keepers</h1><ul>{}</ul><div{}>{}</div></body></html>"
    menu = "".join(f"<li><a href=/{name}>{name}</a>" for name in ("news", "sport", "ferries", "weather", "quay"))
    assert read(page.format(menu, ' style="display:none"', words)).outcome is Outcome.NOT_ARTICLE
    assert read(page.format(menu, "", words)).outcome is Outcome.ARTICLE
