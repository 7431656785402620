from __future__ import annotations

import pytest

from crawler.extract import extract_article
from crawler.extract.linked import is_spelt
from crawler.model import Article

HERE = "https://www.mirror.example/n/2026/11/ferry-returns"
STORY = "https://www.harbour.example/news/2026/ferry-returns-to-its-old-quay"
STUDY = "https://www.harbour.example/reports/2026/traffic-on-the-sound"
HEADLINE = "The ferry returns to its old quay in spring"
BODY = "".join(
    f"<p>Sentence number {n} of a story about the ferry that came back to its old quay this spring.</p>"
    for n in range(8)
)


def article(*, inside: str = "", head: str = "", url: str = HERE) -> Article:
    page = f"""<!doctype html><html lang=en><head><title>{HEADLINE}</title>{head}</head><body><main><article>
    <h1>{HEADLINE}</h1>{BODY}{inside}</article></main></body></html>"""
    return extract_article(page.encode(), url=url, captured_at="2026-11-22T10:00:00Z")


@pytest.mark.parametrize(
    "line",
    [
        f'<p>This article was originally published on <a href="{STORY}">Harbour News</a>.</p>',
        f'<p><em>This story first appeared in</em> <em><a href="{STORY}">Harbour News</a></em></p>',
        f'<p><a href="{STORY}">Read the original article</a> on Harbour News.</p>',
        f'<p>Zuerst erschienen bei <a href="{STORY}">Harbour News</a></p>',
        f'<p>Lire l’article: <a href="{STORY}">article original</a></p>',
    ],
)
def test_a_line_that_names_the_original_is_evidence_with_its_words(line: str) -> None:
    found = article(inside=line)
    assert found.original_urls == (STORY,)
    assert found.evidence is not None
    evidence = found.evidence["original_urls"]
    assert (evidence.source, evidence.confidence) == ("text", 0.75)
    assert evidence.place.endswith("”")


@pytest.mark.parametrize(
    "line",
    [
        '<p>This article was originally published on <a href="https://www.harbour.example/">Harbour News</a>.</p>',
        f'<p>The mayor said so to <a href="{STORY}">Harbour News</a>.</p>',
        f'<footer>Originally published by <a href="{STORY}">Harbour News</a></footer>',
        '<p>This article was originally published <a href="/n/2025/01/an-earlier-story-of-ours">here</a>.</p>',
    ],
)
def test_front_pages_mentions_footers_and_the_site_itself_name_no_original(line: str) -> None:
    assert article(inside=line).original_urls == ()


def test_a_canonical_on_another_site_comes_before_what_a_line_says() -> None:
    other = "https://wire.example/2026/the-ferry-is-back"
    line = f'<p>Originally published on <a href="{STORY}">Harbour News</a>.</p>'
    found = article(inside=line, head=f'<link rel=canonical href="{other}">')
    assert found.original_urls == (other, STORY)


def test_application_state_names_the_original_beside_the_headline() -> None:
    state = f'{{"page": {{"story": {{"title": "{HEADLINE}", "sourceUrl": "{STORY}"}}, "sourceUrl": "https://ads.example/x"}}}}'
    found = article(head=f'<script id="__NEXT_DATA__" type="application/json">{state}</script>')
    assert found.original_urls == (STORY,)


@pytest.mark.parametrize(
    ("inside", "address"),
    [
        (f'<p>Source: <a href="{STUDY}">Harbour News</a></p>', STUDY),
        (f'<p>See also <a href="{STORY}">{HEADLINE}</a></p>', STORY),
    ],
)
def test_a_source_or_a_link_under_the_same_headline_is_only_a_candidate(inside: str, address: str) -> None:
    found = article(inside=inside)
    assert (found.original_urls, found.copy_candidates) == ((), (address,))


@pytest.mark.parametrize(
    "inside",
    [
        f'<p>Source: <a href="{STORY}">Harbour News</a></p>',
        f'<div class=meta><a href="{STORY}">Harbour News</a> · <span>3 hours ago</span></div>',
        f'<p><a href="{STORY}">Continue reading</a></p>',
    ],
)
def test_a_line_that_links_to_an_address_with_the_headlines_words_names_the_original(inside: str) -> None:
    assert article(inside=inside).original_urls == (STORY,)


def test_what_the_data_say_it_is_based_on_is_the_original_where_its_address_has_the_headlines_words() -> None:
    def based_on(address: str) -> Article:
        data = f'{{"@type": "NewsArticle", "headline": "{HEADLINE}", "isBasedOn": "{address}"}}'
        return article(head=f'<script type="application/ld+json">{data}</script>')

    assert (based_on(STORY).original_urls, based_on(STORY).copy_candidates) == ((STORY,), ())
    assert (based_on(STUDY).original_urls, based_on(STUDY).copy_candidates) == ((), (STUDY,))


@pytest.mark.parametrize(
    "inside",
    [
        f'<p>The mayor of the town on the other side of the sound said so to <a href="{STORY}">Harbour News</a>.</p>',
        f'<p><a href="{STORY}">Harbour News</a></p><p><a href="{STORY.replace("harbour", "isle")}">Isle Times</a></p>',
        f'<p><a href="https://www.reddit.com/r/ferries/comments/1x/{STORY.rpartition("/")[2]}/">Discuss</a></p>',
        f'<p><a href="https://github.com/harbour/news/edit/main/{STORY.rpartition("/")[2]}.md">Mend it</a></p>',
        f'<p><a href="https://cdn.example/{STORY.rpartition("/")[2]}.pdf">For printing</a></p>',
        f'<p><a href="https://cdn.example/{STORY.rpartition("/")[2]}.jpg?w=1200">The quay</a></p>',
        f'<p><a href="https://forum.example/t/{STORY.rpartition("/")[2]}/47">42 comments</a></p>',
        f'<p>Also published in <a href="{STORY}">Harbour News</a></p>',
        f'<p>Cross-posted to <a href="{STORY}">Harbour News</a></p>',
        f'<p>Auch erschienen bei <a href="{STORY}">Harbour News</a></p>',
        f'<p>Article repris par <a href="{STORY}">Harbour News</a></p>',
        f'<p><a href="{HERE}-to-its-old-quay-in-spring">Permalink</a></p>',
        f'<aside><p><a href="{STORY}">Harbour News</a></p></aside>',
        '<p><a href="http:the-ferry-returns-to-its-old-quay-in-spring">Harbour News</a></p>',
        f'<p><a href="https://keep.example/*/{HERE}-to-its-old-quay-in-spring">Older versions</a></p>',
        '<p><a href="https://www.harbour.example/news/2026/ferry-timetable-for-spring-and-summer">Timetable</a></p>',
    ],
)
def test_mentions_round_ups_discussions_copies_and_other_stories_name_no_original(inside: str) -> None:
    assert article(inside=inside).original_urls == ()


def test_an_address_is_compared_with_a_headline_without_its_accents() -> None:
    assert is_spelt(
        "https://le-lac.example/la-mairie-evoque-un-ete-sans-navettes", "La mairie évoque un été sans navettes"
    )
    assert is_spelt("https://seepost.example/die-faehre-faehrt-ueber-den-see", "Die Fähre fährt über den See")
    assert not is_spelt("https://seepost.example/der-see-im-winter", "Die Fähre fährt über den See")


def test_sister_sites_of_a_network_are_candidates_under_the_same_path() -> None:
    path = "/news/275812345/ferry-returns"
    links = "".join(
        f'<p><a href="https://www.{host}/news/27581234{n}/another-story">Another story of the network</a></p>'
        for n, host in enumerate(("quaynews.example", "isletimes.example", "isletimes.example"))
    )
    found = article(inside=f"<p>Big News Network</p>{links}", url=f"https://www.harbourherald.example{path}")
    assert found.copy_candidates == (f"https://www.quaynews.example{path}", f"https://www.isletimes.example{path}")
