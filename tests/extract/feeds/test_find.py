"""Which feeds and sitemaps a page and a robots.txt name."""

from __future__ import annotations

import time

from crawler.extract.feeds import find_feeds, find_sitemaps

ROBOTS = "https://harbour.example/robots.txt"
URL = "https://harbour.example/news"


def test_the_sitemaps_of_a_robots_txt_are_those_of_its_lines_news_first() -> None:
    robots = (
        "User-agent: *\nDisallow: /x\n"
        " Sitemap : https://harbour.example/a.xml\r\n"
        "sitemap: /news-map.xml#top\n"
        "Sitemap: https://[x/b.xml\n"
        "Sitemap: mailto:a@harbour.example\n"
        "# Sitemap: /c.xml\nSitemap:\nNoindex: /d\n"
    )
    assert find_sitemaps(robots, url=ROBOTS) == (
        "https://harbour.example/news-map.xml",
        "https://harbour.example/a.xml",
    )


def test_empty_lines_of_a_robots_txt_are_looked_through_once() -> None:
    start = time.process_time()
    assert find_sitemaps(f"Sitemap:{chr(10) * 500_000}x", url=ROBOTS) == ()
    assert time.process_time() - start < 5


def test_the_feeds_that_a_page_declares_come_before_those_it_links_to() -> None:
    page = (
        "<head><link rel=alternate type=application/rss+xml href=/all.xml>"
        "<link rel=alternate type=application/rss+xml href=/comments/feed>"
        "<link rel=alternate hreflang=de href=/de></head>"
        "<body><a href=/sport/rss>RSS of sport</a><a href=/feedback>Feedback</a><a href=/all.xml#top>RSS</a></body>"
    )
    assert find_feeds(page.encode(), url=URL) == (
        "https://harbour.example/all.xml",
        "https://harbour.example/sport/rss",
    )
