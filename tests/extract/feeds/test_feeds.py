from __future__ import annotations

import gzip
import re
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.feeds import Entry, Listing, ListingError, read_listing

URL = "https://www.harbour.example/feeds/news.xml"


def read(body: str | bytes, **options: object) -> Listing:
    data = body if isinstance(body, bytes) else body.encode()
    return read_listing(data, url=URL, captured_at="2026-11-22T12:00:00Z", **options)  # type: ignore[arg-type]


def rss(items: str, channel: str = "", root: str = 'version="2.0"') -> str:
    return f"<rss {root}><channel><title>Harbour</title>{channel}{items}</channel></rss>"


def only(listing: Listing) -> Entry:
    [entry] = listing.entries
    return entry


def test_rss_2_is_read_whole() -> None:
    listing = read(
        rss(
            """<item><title>Ferry &amp; quay</title><link>https://www.harbour.example/n/1?a=1&amp;b=2</link>
            <guid isPermaLink="false">id-1</guid><pubDate>Sun, 22 Nov 2026 09:30:00 +0100</pubDate>
            <description>&lt;p&gt;The ferry is &lt;b&gt;back&lt;/b&gt;.&lt;/p&gt;</description>
            <dc:creator>Ada Pell</dc:creator><category>Ports</category><category>Islands</category>
            <source url="https://wire.example/feed">Quay Wire</source>
            <media:content url="/p/1.jpg" medium="image"/>
            <enclosure url="/p/1.mp4" type="video/mp4" length="1"/></item>""",
            channel="<link>https://www.harbour.example/</link><language>en-GB</language>",
            root='version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"',
        )
    )
    assert (listing.kind, listing.version, listing.title) == ("rss", "2.0", "Harbour")
    assert (listing.link, listing.language) == ("https://www.harbour.example/", "en-GB")
    entry = only(listing)
    assert entry.url == "https://www.harbour.example/n/1?a=1&b=2"
    assert (entry.title, entry.id, entry.summary) == ("Ferry & quay", "id-1", "The ferry is back .")
    assert entry.published is not None
    assert (entry.published.value, entry.published.raw) == (
        "2026-11-22T09:30:00+01:00", "Sun, 22 Nov 2026 09:30:00 +0100",
    )  # fmt: skip
    assert (entry.authors, entry.categories, entry.publisher) == (("Ada Pell",), ("Ports", "Islands"), "Quay Wire")
    assert entry.images == ("https://www.harbour.example/p/1.jpg",)
    assert entry.videos == ("https://www.harbour.example/p/1.mp4",)


def test_rss_1_keeps_its_items_beside_the_channel() -> None:
    listing = read(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/"><title>Old</title>
        <link>https://a.example/</link></channel><item rdf:about="https://a.example/1"><title>One</title>
        <link>https://a.example/1</link><dc:date>2026-11-20T08:00+01:00</dc:date></item></rdf:RDF>"""
    )
    assert (listing.kind, listing.version, listing.title) == ("rss", "1.0", "Old")
    date = only(listing).published
    assert date is not None and date.value == "2026-11-20T08:00:00+01:00"


def test_rss_0_91_may_name_its_document_type() -> None:
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    )
    listing = read(f'<?xml version="1.0"?>{doctype}' + rss("<item><link>/x</link></item>", root='version="0.91"'))
    assert (listing.version, only(listing).url) == ("0.91", "https://www.harbour.example/x")


def test_atom_resolves_addresses_by_every_xml_base_around_them() -> None:
    listing = read(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://b.example/s/"><title>B</title>
        <link rel="self" href="feed"/><link href="/"/><link rel="next" href="?page=2"/>
        <entry xml:base="2026/"><id>tag:b.example,2026:1</id><title type="html">Eins &amp;amp; zwei</title>
        <link rel="enclosure" type="image/jpeg" href="1.jpg"/><link href="1.html"/>
        <published>2026-11-21T10:00:00Z</published><updated>2026-11-22T10:00:00Z</updated>
        <author><name>Ole Brandt</name></author><category term="hafen" label="Hafen"/>
        <source><title>C</title></source></entry></feed>"""
    )
    assert (listing.kind, listing.link, listing.next_url) == (
        "atom", "https://b.example/", "https://b.example/s/?page=2",
    )  # fmt: skip
    entry = only(listing)
    assert (entry.url, entry.title) == ("https://b.example/s/2026/1.html", "Eins & zwei")
    assert entry.published and entry.updated
    assert (entry.published.value, entry.updated.value) == ("2026-11-21T10:00:00Z", "2026-11-22T10:00:00Z")
    assert (entry.authors, entry.categories, entry.publisher) == (("Ole Brandt",), ("Hafen",), "C")
    assert (entry.language, entry.images) == (None, ("https://b.example/s/2026/1.jpg",))


def test_json_feed_is_told_by_its_version() -> None:
    listing = read(
        """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "home_page_url": "https://j.example/",
        "next_url": "?2", "items": [{"id": 7, "url": "/7", "title": "Seven", "date_published": "2026-11-22T10:00:00Z",
        "authors": [{"name": "Ida"}], "tags": ["x"], "image": "/7.png"}, {"id": "8"}, 9]}"""
    )
    assert (listing.kind, listing.version, listing.next_url) == ("json-feed", "1.1", f"{URL}?2")
    entry = only(listing)
    assert (entry.url, entry.id, entry.authors, entry.categories) == (
        "https://www.harbour.example/7", "7", ("Ida",), ("x",),
    )  # fmt: skip
    assert listing.notes == ("2 entries without an address that can be fetched",)


def test_a_news_sitemap_says_outlet_date_title_and_pictures() -> None:
    listing = read(
        """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
        xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"><url><loc> https://a.example/1 </loc>
        <lastmod>2026-11-22</lastmod><n:news><n:publication><n:name>The Quay</n:name><n:language>en</n:language>
        </n:publication><n:publication_date>2026-11-21T08:00:00+00:00</n:publication_date><n:title>One</n:title>
        <n:keywords>ports, ferries</n:keywords></n:news><image:image><image:loc>https://a.example/1.jpg</image:loc>
        </image:image><video:video><video:content_loc>https://a.example/1.mp4</video:content_loc></video:video></url>
        <url><loc>https://a.example/2</loc></url></urlset>"""
    )
    assert listing.kind == "sitemap"
    first, second = listing.entries
    assert first.published and first.updated
    assert (first.title, first.publisher, first.language) == ("One", "The Quay", "en")
    assert (first.published.value, first.updated.value) == ("2026-11-21T08:00:00+00:00", "2026-11-22")
    assert (first.categories, first.images, first.videos) == (
        ("ports", "ferries"), ("https://a.example/1.jpg",), ("https://a.example/1.mp4",),
    )  # fmt: skip
    assert (second.title, second.published, second.position) == (None, None, 2)


def test_a_sitemap_index_names_its_children() -> None:
    listing = read(
        """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/s1.xml.gz</loc>
        <lastmod>2026-11-22T10:00:00Z</lastmod></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>"""
    )
    assert listing.kind == "sitemap-index"
    assert [child.url.rpartition("/")[2] for child in listing.children] == ["s1.xml.gz", "s2.xml"]


def test_comments_before_a_page_make_it_no_other_thing() -> None:
    cards = "".join(f"<li><a href=/news/{n}>The ferry of the harbour came back, part {n}</a></li>" for n in range(9))
    page = f"<!doctype html><html lang=en><body><main><ul>{cards}</ul></main></body></html>"
    for comments in ("", "<!-- saved by hand -->\n" * 500, f"<!-- {'x' * 20_000} -->"):
        assert len(read_listing((comments + page).encode(), url="https://a.example/").entries) == 9


def test_an_html_page_lists_the_cards_a_reader_sees() -> None:
    listing = read(
        """<!doctype html><html lang=en><head><title>Harbour</title><script type="application/ld+json">
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "url": "/n/3", "name": "Told by data only"}]}
        </script></head><body><nav><a href="/about">About this newspaper of ours</a></nav><main>
        <article><h2><a href="/n/1">The ferry returns to its quay</a></h2><time datetime="2026-11-21">yesterday</time>
        </article><article><h2><a href="/n/2">Islanders vote on the harbour wall</a></h2></article></main>
        <footer><a href="/imprint">Who is responsible for these pages</a></footer></body></html>"""
    )
    assert listing.kind == "page"
    assert [entry.url.rpartition("/")[2] for entry in listing.entries] == ["1", "2", "3"]
    date = listing.entries[0].published
    assert date is not None and date.value == "2026-11-21"


def test_an_aggregators_page_lists_what_its_state_holds_for_the_script_to_show() -> None:
    stories = ",".join(
        f'{{"title": "Story number {n} of the harbour", "url": "/news/{n}", "date": "2026-11-2{n}", "source": "Quay"}}'
        for n in range(3)
    )
    state = f'{{"props": {{"feed": {{"list": [{stories}]}}, "menu": [{{"title": "About us here", "url": "/about"}}]}}}}'
    listing = read(
        f"""<!doctype html><html><body><div id=root></div>
        <script id="__NEXT_DATA__" type="application/json">{state}</script></body></html>"""
    )
    assert [entry.url.rpartition("/")[2] for entry in listing.entries] == ["0", "1", "2"]
    last = listing.entries[2]
    assert last.published is not None
    assert (last.title, last.published.value, last.publisher) == ("Story number 2 of the harbour", "2026-11-22", "Quay")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("Sun, 22 Nov 2026 09:30:00 GMT", "2026-11-22T09:30:00Z"),
        ("22 Nov 26 09:30 EST", "2026-11-22T09:30:00-05:00"),
        ("2026-11-22T09:30:00.123Z", "2026-11-22T09:30:00.123Z"),
        ("2026-11-22", "2026-11-22"),
        ("1795339800", "2026-11-22T09:30:00Z"),
        ("22 novembre 2026", "2026-11-22"),
        ("some day soon", None),
        ("Sun, 31 Feb 2026 09:30:00 GMT", None),
    ],
)
def test_dates_are_kept_as_printed_and_read_where_they_can_be(raw: str, value: str | None) -> None:
    date = only(read(rss(f"<item><link>/x</link><pubDate>{raw}</pubDate></item>"))).published
    assert date is not None
    assert (date.value, date.raw) == (value, raw)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (rss("<item><link>/x</link><title>A & B</title></item>"), "A & B"),
        (rss("<item><link>/x</link><title>Caf&eacute;&nbsp;au lait</title></item>"), "Café au lait"),
        (rss("<item><link>/x</link><title><![CDATA[A & <b>B</b> &copy;]]></title></item>"), "A & B ©"),
        (rss("<item><link>/x</link><title>one\x0btwo\x00</title></item>"), "onetwo"),
        (rss("<item><link>/x</link><title>I&#8217;m &#150; &#0;here</title></item>"), "I’m – \ufffdhere"),
        ("\n\n  junk " + rss("<item><link>/x</link><title>t</title></item>"), "t"),
        (rss("<item><link>/x</link><title>t</title></item>") + "<script>late</script>", "t"),
        (rss("<item><link>/x</link><media:title>m</media:title></item>"), "m"),
        (rss("<item><title>t<link>/x</link></item>"), "t/x"),
        (rss("<item><link>/x</link><title>t</title>")[:-20], "t"),
        (rss("<item><link>/x</link><title>3 < 4 <5 <- 6</title></item>", "<description>A < B"), "3 < 4 <5 <- 6"),
    ],
)
def test_broken_xml_is_read_as_far_as_it_goes(body: str, title: str) -> None:
    entry = only(read(body))
    assert (entry.url, entry.title) == ("https://www.harbour.example/x", title)


CAFE = rss("<item><link>/x</link><title>Café</title></item>")
LATIN = '<?xml version="1.0" encoding="iso-8859-1"?>' + CAFE


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (LATIN.encode("latin-1"), "text/xml"),
        (LATIN.encode(), "text/xml"),
        (CAFE.encode("cp1252"), "text/xml"),
        (CAFE.encode("cp1252"), "text/xml; charset=utf-8"),
        (CAFE.encode("latin-1"), "text/xml; charset=ISO-8859-1"),
        (CAFE.encode("utf-16"), "text/xml"),
        (CAFE.encode("utf-16-le"), "text/xml"),
        (b"\xef\xbb\xbf" + CAFE.encode(), "text/xml"),
        (gzip.compress(CAFE.encode()), "application/x-gzip"),
    ],
)
def test_encodings_are_taken_as_the_bytes_bear_them_out(body: bytes, kind: str) -> None:
    assert only(read(body, headers={"Content-Type": kind})).title == "Café"


BOMB = "<!DOCTYPE rss [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(10)
) + "]>"  # fmt: skip


def test_entities_of_a_feeds_own_are_never_expanded() -> None:
    assert only(read(BOMB + rss("<item><link>/x</link><title>&k;</title></item>"))).title == "&k;"


def test_no_file_and_no_address_is_fetched_for_an_entity() -> None:
    doctype = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]>'
    assert only(read(doctype + rss("<item><link>/x</link><title>a&x;b</title></item>"))).title == "a&x;b"


def test_a_document_type_without_end_is_refused() -> None:
    with pytest.raises(ListingError, match="64 KiB"):
        read("<!DOCTYPE rss [" + "<!ENTITY a 'x'>" * 9000)


def test_a_gzip_bomb_costs_little_memory() -> None:
    body = gzip.compress(rss("<item><link>/x</link></item><x>" + " " * (66 << 20)).encode())
    tracemalloc.start()
    listing = read(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(listing.entries), listing.truncated) == (1, True)
    assert peak < 16 << 20


def test_gzip_members_that_hold_nothing_are_not_read_for_ever() -> None:
    body = gzip.compress(gzip.compress(b"") * 2_000_000)
    start = time.process_time()
    with pytest.raises(ListingError, match="empty"):
        read(body)
    assert time.process_time() - start < 5


def test_a_feed_in_several_gzip_members_is_one() -> None:
    halves = rss("<item><link>/x</link></item>").encode().partition(b"<item>")
    assert only(read(b"".join(map(gzip.compress, halves)))).url == "https://www.harbour.example/x"


def test_a_huge_sitemap_is_read_to_its_bound_without_being_held() -> None:
    urls = "".join(f"<url><loc>https://a.example/{n}</loc></url>" for n in range(3000))
    listing = read(f"<urlset>{urls}</urlset>", max_entries=1000)
    assert (len(listing.entries), listing.truncated) == (1000, True)
    assert listing.notes == ("more than 1000 entries; the rest is left out",)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"plain words", "begins with"),
        (b'{"items": []}', "JSON without"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "can't be read"),
        (b"<opml version='2.0'><body/></opml>", "root element is 'opml'"),
        (b"\x1f\x8b\x08\x00broken", "empty"),
        (b"<!-- nothing -->", "no element"),
    ],
)
def test_what_lists_nothing_is_refused_with_what_it_is(body: bytes, says: str) -> None:
    with pytest.raises(ListingError, match=says):
        read(body)


def test_an_entry_that_leads_nowhere_is_counted_and_left_out() -> None:
    listing = read(
        rss("<item><link>javascript:x</link></item><item><title>t</title></item><item><link>/x</link></item>")
    )
    assert len(listing.entries) == 1
    assert listing.notes == ("2 entries without an address that can be fetched",)


@given(st.binary(max_size=400))
@settings(max_examples=80)
def test_bytes_are_a_listing_or_refused(data: bytes) -> None:
    for body in (data, b"<rss><channel><item>" + data, b"<urlset><url><loc>" + data, b"\x1f\x8b\x08\x00" + data):
        try:
            listing = read(body)
        except ListingError:
            continue
        assert all(entry.url.startswith(("http://", "https://")) for entry in listing.entries)


TEXT = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf")), min_size=1, max_size=30
).filter(lambda text: not re.search(r"</?[a-zA-Z]|&[#a-zA-Z]", text))
"""Without what would be markup in a title: tags and entities of feeds that escape twice are taken out of it."""


@given(TEXT, st.integers(1, 9))
@settings(max_examples=60)
def test_a_title_comes_back_whatever_its_characters_and_wherever_the_pieces_are_cut(title: str, fill: int) -> None:
    from html import escape

    item = f"<item><link>/x</link><title>{escape(escape(title))}</title></item>"
    padding = f"<!--{'x' * (65536 - 80 - fill)}-->"
    assert only(read(rss(padding + item))).title == title.replace("\ufeff", "")


def test_addresses_behind_an_error_keep_their_ampersands() -> None:
    wrong = "<item><title>Ferry <b>back</title><link>/1</link></item>"
    listing = read(rss(f"{wrong}<item><title>3 &lt; 4 & 5</title><link>/n?a=1&b=2&amp;c=3</link></item>"))
    assert "broken XML" in listing.notes[0]
    found = {entry.url for entry in listing.entries}
    assert "https://www.harbour.example/n?a=1&b=2&c=3" in found


def test_a_sitemap_may_be_a_text_with_an_address_a_line() -> None:
    listing = read(gzip.compress(b"\xef\xbb\xbfhttps://a.example/1\r\n\r\nhttps://a.example/2#top\nnonsense\n"))
    assert (listing.kind, listing.notes) == ("sitemap", ("1 line that is no address",))
    assert [(entry.url, entry.position) for entry in listing.entries] == [
        ("https://a.example/1", 1), ("https://a.example/2", 2),
    ]  # fmt: skip
    assert read(b"https://a.example/1\n" * 9, max_entries=5).truncated
    with pytest.raises(ListingError, match="it begins with b'http error"):
        read(b"http error 500")
