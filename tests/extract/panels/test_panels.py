from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.counts import find_counts
from crawler.extract.page import Page
from crawler.extract.panels import find_panels, with_owners
from crawler.extract.panels.headings import heading_kind
from crawler.model import Card, Panel

URL = "https://news.example/2023/05/17/pier"
ARTICLE = (
    "<article><h1>The pier opens again</h1><p id=own>The harbour board voted to reopen the old pier.</p></article>"
)
SNIPPET = "Fares on the three island routes are to rise by a tenth from June, the operator said, blaming fuel..."


def panels(body: str, *, article: str = ARTICLE) -> tuple[Panel, ...]:
    page = Page(f"<html><body>{article}{body}</body></html>", url=URL)
    own = {block.number for block in page.layout.blocks if block.box.element.get("id") == "own"}
    return find_panels(page, own=own)


def card(number: int, headline: str = "Ferry fares to rise this summer", **parts: str) -> str:
    outlet = f"<span>{parts['outlet']}</span>" if "outlet" in parts else ""
    rest = "".join(f"<p>{parts[name]}</p>" for name in ("snippet", "section", "date") if name in parts)
    picture = f"<img src='{parts['picture']}'>" if "picture" in parts else ""
    return f"<li>{outlet}<a href='/story-{number}'>{picture}<h3>{headline} {number}</h3></a>{rest}</li>"


TWO = f"<ul>{card(1)}{card(2)}</ul>"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Related", "related"),
        ("RELATED STORIES", "related"),
        ("More from Coastline Ledger", "related"),
        ("Most read", "most_read"),
        ("You may also like", "also_like"),
        ("In this article", "topics"),
        ("Related people", "people"),
        ("Meistgelesen", "most_read"),
        ("Lesen Sie auch", "related"),
        ("Das könnte Sie auch interessieren", "also_like"),
        ("Sur le même sujet", "related"),
        ("Les plus lus", "most_read"),
        ("Noticias relacionadas", "related"),
        ("Lo más leído", "most_read"),
        ("Leia também", "related"),
        ("Читайте также", "related"),
        ("関連記事", "related"),
        ("相关阅读", "related"),
        ("관련 기사", "related"),
        ("أخبار ذات صلة", "related"),
        ("Most read in World", "most_read"),
        ("Editor’s picks", "also_like"),
        ("Weitere Nachrichten", "related"),
        ("Nos recommandations", "also_like"),
        ("Más noticias", "related"),
        ("Mais notícias", "related"),
        ("Ti potrebbe interessare", "also_like"),
        ("Материалы по теме", "related"),
        ("مقالات متعلقة", "related"),
        ("人気記事ランキング", "most_read"),
        ("阅读排行榜", "most_read"),
        ("이 시각 주요 뉴스", "most_read"),
        ("सबसे ज्यादा पढ़ी गई", "most_read"),
        ("İlginizi çekebilir", "also_like"),
        ("In questo articolo", "topics"),
    ],
)
def test_words_that_head_panels_are_known_in_many_languages(heading: str, kind: str) -> None:
    assert heading_kind(heading) == kind


@pytest.mark.parametrize(
    "text", ["The pier opens again", "Politics", "", "Related to nobody in particular, he said, and left"]
)
def test_other_words_head_no_panel(text: str) -> None:
    assert heading_kind(text) is None


@pytest.mark.parametrize(
    "markup", ["<h2>Related</h2>", "<div>Related</div>", "<p><b>Related:</b></p>", "<span>Related stories</span>"]
)
def test_cards_under_a_heading_are_a_panel_whatever_its_tag(markup: str) -> None:
    found = panels(f"<section>{markup}{TWO}</section>")
    assert [(panel.kind, len(panel.cards)) for panel in found] == [("related", 2)]


def first(**parts: str) -> Card:
    found = panels(f"<aside><h2>Related</h2><ul>{card(1, **parts)}{card(2)}</ul></aside>")
    return found[0].cards[0]


def test_a_card_has_its_headline_and_address() -> None:
    found = first()
    assert (found.headline, found.url) == ("Ferry fares to rise this summer 1", "https://news.example/story-1")


def test_a_card_has_its_outlet() -> None:
    assert first(outlet="Saltmarsh Times").publisher == "Saltmarsh Times"


def test_a_card_has_its_snippet() -> None:
    assert first(snippet=SNIPPET).snippet == SNIPPET


def test_a_card_has_its_section() -> None:
    assert first(outlet="WKQZ", snippet=SNIPPET, section="TRAVEL").section == "TRAVEL"


def test_a_card_has_its_date_as_printed() -> None:
    assert first(date="3 hours ago").date_raw == "3 hours ago"


def test_a_card_has_its_picture() -> None:
    assert first(picture="/img/pier.jpg").image == "https://news.example/img/pier.jpg"


def test_the_largest_picture_of_a_set_is_taken_and_placeholders_are_none() -> None:
    image = "<img src='data:image/gif;base64,R0' data-srcset='/a-200.jpg 200w, /a-800.jpg 800w'>"
    found = panels(f"<h2>Related</h2><ul><li>{image}<a href='/s1'>Ferry fares to rise again</a></li>{card(2)}</ul>")
    assert found[0].cards[0].image == "https://news.example/a-800.jpg"


def test_a_placeholder_in_a_set_is_no_picture() -> None:
    image = "<img srcset='data:image/svg+xml;base64,PHN2Zz4= 1x' src='/a-800.jpg'>"
    found = panels(f"<h2>Related</h2><ul><li>{image}<a href='/s1'>Ferry fares to rise again</a></li>{card(2)}</ul>")
    assert found[0].cards[0].image == "https://news.example/a-800.jpg"


def test_a_long_word_in_a_set_is_looked_through_once() -> None:
    image = f"<img srcset='{'a' * 100_000} x'>"
    start = time.process_time()
    found = panels(f"<h2>Related</h2><ul><li>{image}<a href='/s1'>Ferry fares to rise again</a></li>{card(2)}</ul>")
    assert len(found[0].cards) == 2 and time.process_time() - start < 10


def test_cards_are_numbered_in_their_order() -> None:
    assert [each.position for each in panels(f"<h2>Related</h2>{TWO}")[0].cards] == [1, 2]


@pytest.mark.parametrize("words", ["12 comments", "5 min read", "By", "Video"])
def test_counts_and_labels_are_no_outlet(words: str) -> None:
    assert first(outlet=words).publisher is None


def test_two_links_to_one_story_are_one_card() -> None:
    twice = "<li><a href='/s1'><img src='/p.jpg'></a><a href='/s1'>Ferry fares to rise again</a></li>"
    found = panels(f"<h2>Related</h2><ul>{twice}{card(2)}</ul>")
    assert [each.headline for each in found[0].cards] == [
        "Ferry fares to rise again",
        "Ferry fares to rise this summer 2",
    ]


def test_names_of_a_box_stand_in_for_a_heading() -> None:
    found = panels(f"<div class='related-stories'>{TWO}</div><div><ul>{card(7)}{card(8)}</ul></div>")
    assert [(panel.kind, panel.title, len(panel.cards)) for panel in found] == [("related", None, 2)]


@pytest.mark.parametrize(
    "body",
    [
        f"<nav><h2>Related</h2>{TWO}</nav>",
        f"<footer><h2>Most read</h2>{TWO}</footer>",
        f"<header><h2>Trending</h2>{TWO}</header>",
        f"<div role=navigation><h2>Related</h2>{TWO}</div>",
        f"<div>{TWO}</div>",
        f"<h2>Sport</h2>{TWO}",
        f"<h2>Related</h2><ul>{card(1)}</ul>",
        "<h2>Related</h2><p><a href='#a'>The first part of it</a></p><p><a href='#b'>The second part of it</a></p>",
    ],
)
def test_navigation_footers_and_unheaded_lists_are_no_panels(body: str) -> None:
    assert panels(body) == ()


def test_links_in_the_articles_body_are_no_cards() -> None:
    links = "<a href='/s1'>one two three four</a> and <a href='/s2'>five six seven eight</a>"
    body = f"<p id=own>Related</p><p id=own>{links}</p>"
    assert panels("", article=body) == ()


def test_the_panel_ends_at_the_articles_body() -> None:
    assert panels(f"<p id=own>It went on.</p>{TWO}", article="<h2>Related</h2>") == ()


def test_a_heading_of_other_words_ends_a_panel() -> None:
    found = panels(f"<h2>Related</h2>{TWO}<h2>Weather in your town</h2><ul>{card(3)}{card(4)}</ul>")
    assert [len(panel.cards) for panel in found] == [2]


def test_a_box_of_names_between_the_cards_does_not_end_the_panel() -> None:
    names = "<section><h4>You may also like</h4><a href='/t/1'><b>Oakmouth</b></a></section>"
    related, also_like = panels(f"<aside><h4>Related</h4>{card(1)}{card(2)}{names}{card(3)}{card(4)}</aside>")
    assert [each.position for each in related.cards] == [1, 2, 3, 4]
    assert (also_like.cards, len(also_like.entities)) == ((), 1)


def test_a_story_may_be_addressed_by_its_query_alone() -> None:
    other = card(2).replace("/story-2", "https://other.example/?p=2")
    assert len(panels(f"<h4>Related</h4>{card(1)}{other}{card(3)}")[0].cards) == 3


def test_several_panels_keep_their_order() -> None:
    found = panels(f"<h2>Most read</h2><ul>{card(3)}{card(4)}</ul><h3>You may also like</h3>{TWO}")
    assert [panel.kind for panel in found] == ["most_read", "also_like"]


def test_topics_are_entities() -> None:
    found = panels("<div><span>In this article</span><a href='/t/1'>#Oakmouth</a><a href='/t/2'>#Ferry Pier</a></div>")
    assert [(panel.kind, [entity.name for entity in panel.entities]) for panel in found] == [
        ("topics", ["Oakmouth", "Ferry Pier"])
    ]


def test_people_are_entities_of_their_type() -> None:
    found = panels("<h4>Related people</h4><div><span>Person</span><a href='/p/1'>Ines Vandermolen</a></div>")
    assert [(entity.type, entity.name) for panel in found for entity in panel.entities] == [
        ("Person", "Ines Vandermolen")
    ]


def test_things_you_may_also_like_are_entities_with_the_type_they_show() -> None:
    rows = "<div><p>Country</p><a href='/c/1'>Poland</a></div><div><a href='/c/2'><i>City</i><b>Oakmouth</b></a></div>"
    found = panels(f"<section><h4>You may also like</h4>{rows}</section>")
    assert [(entity.type, entity.name) for panel in found for entity in panel.entities] == [
        ("Country", "Poland"),
        ("City", "Oakmouth"),
    ]


def test_a_link_outside_the_box_of_names_is_none_of_them() -> None:
    box = "<section><h4>You may also like</h4><a href='/t/1'>Oakmouth</a><a href='/t/2'>Isle of Wen</a></section>"
    [found] = panels(f"<aside>{box}<section><a href='/@ledger'>Coastline Ledger</a></section></aside>")
    assert [entity.name for entity in found.entities] == ["Oakmouth", "Isle of Wen"]


def test_a_table_of_contents_is_no_panel_of_topics() -> None:
    assert panels("<div><b>In this article</b><a href='#one'>One</a><a href='#two'>Two</a></div>") == ()


PROFILE = (
    "<div class=x><img src=a.png><b>Coastline Ledger</b><div><b>9.4K+</b><span>Followers</span></div>"
    "<div><b>871</b><span>Posts</span></div><p>News from the coast, printed twice a week.</p>"
    "<a href='https://ledger.example'>ledger.example</a></div>"
)


def test_a_box_with_a_name_and_followers_is_a_profile() -> None:
    found = panels(PROFILE)
    assert [(panel.kind, panel.title, panel.text, panel.url) for panel in found] == [
        ("profile", "Coastline Ledger", "News from the coast, printed twice a week.", "https://ledger.example")
    ]


def test_a_box_whose_count_did_not_load_is_no_profile() -> None:
    assert panels(PROFILE.replace("9.4K+", "undefined")) == ()


FRAGMENTS = [
    "<h2>Related</h2>",
    TWO,
    PROFILE,
    "<nav>",
    "</div>",
    "<div class=most-read>",
    ARTICLE,
    "<p>Most read",
    "<a>",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from([*FRAGMENTS, "<a href='http://['>a b c d</a>", "\x00", "<li>"]), max_size=12))
def test_no_page_raises(parts: list[str]) -> None:
    find_panels(Page("".join(parts), url=URL))


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("相关文章", "related"),
        ("延伸阅读：", "related"),
        ("延伸閱讀", "related"),
        ("您可能感兴趣的文章", "also_like"),
        ("猜你喜欢", "also_like"),
        ("热门文章", "most_read"),
        ("热门新闻排行榜", "most_read"),
        ("24小时热闻", "most_read"),
        ("精华推荐", "also_like"),
        ("為您推薦", "also_like"),
        ("此前报道：", "related"),
        ("精彩图片", "pictures"),
        ("热门视频", "videos"),
        ("인기 영상", "videos"),
        ("관련기사", "related"),
        ("あわせて読みたい", "related"),
        ("مواضيع ذات صلة", "related"),
        ("اقرأ أيضاً", "related"),
        ("ข่าวที่เกี่ยวข้อง", "related"),
        ("İlgili haberler", "related"),
        ("Вижте още", "related"),
        ("Читайте також", "related"),
        ("Kapcsolódó cikkek", "related"),
        ("Související články", "related"),
        ("Διαβάστε επίσης", "related"),
        ("Lue myös", "related"),
        ("Relaterte saker", "related"),
        ("ये भी पढ़ें", "related"),
        ("קרא גם", "related"),
    ],
)
def test_headings_in_other_languages(heading: str, kind: str) -> None:
    assert heading_kind(heading) == kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Filed under", "topics"), ("Mots-clés", "topics"), ("Etiquetas:", "topics"), ("Ετικέτες", "topics"),
        ("Am meisten gelesen", "most_read"), ("Più letti", "most_read"), ("排行榜", "most_read"),
        ("Nejčtenější", "most_read"), ("Läs mer", "related"), ("По темата", "related"), ("Osoby", "people"),
    ],
)  # fmt: skip
def test_headings_that_are_looked_up(heading: str, kind: str) -> None:
    assert heading_kind(heading) == kind


def test_what_heads_topics_elsewhere_may_head_stories() -> None:
    assert [(panel.kind, len(panel.cards)) for panel in panels(f"<h3>Mehr zum Thema</h3>{TWO}")] == [("related", 2)]


@pytest.mark.parametrize("heading", ["Tags:", "Schlagworte"])
def test_below_tags_are_no_stories(heading: str) -> None:
    assert not panels(f"<h3>{heading}</h3>{TWO}")


def test_people_is_a_section_of_the_site() -> None:
    assert heading_kind("People") is None


THREE = f"<ul>{card(1)}{card(2)}{card(3)}</ul>"


@pytest.mark.parametrize(
    "box",
    [
        f"<div><h3>Aus dem Hafen</h3>{THREE}</div>",
        f"<section><div><h2>Aus dem Hafen</h2></div>{THREE}</section>",
        f"<aside><header><h3>Aus dem Hafen</h3></header>{THREE}</aside>",
    ],
)
def test_a_heading_in_unknown_words_above_three_stories_heads_a_panel(box: str) -> None:
    (panel,) = panels(box)
    assert (panel.kind, panel.title, len(panel.cards)) == ("related", "Aus dem Hafen", 3)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Top reads of the hour", "most_read"),
        ("Beliebt auf der Insel", "most_read"),
        ("I più visti della costa", "most_read"),
        ("実時間の人気", "most_read"),
        ("Stories for you", "also_like"),
        ("Die Redaktion empfiehlt", "also_like"),
        ("Contenido del puerto", "related"),
    ],
)
def test_a_word_of_such_a_heading_may_tell_the_kind(heading: str, kind: str) -> None:
    assert [panel.kind for panel in panels(f"<div><h3>{heading}</h3>{THREE}</div>")] == [kind]


@pytest.mark.parametrize(
    "box",
    [
        f"<div><h3>Aus dem Hafen</h3>{TWO}</div>",
        f"<div><h3>Sponsored by the ferry</h3>{THREE}</div>",
        f"<div><h3>Latest comments</h3>{THREE}</div>",
        f"<div><h3>Get our letter</h3><p>Every day.</p></div>{THREE}",
        "<div><h3>On the quay</h3>"
        + "".join(f"<a href='{URL}?share={n}'>Show the story to all of your friends there</a>" for n in "123")
        + "</div>",
    ],
)
def test_other_headings_in_unknown_words_head_none(box: str) -> None:
    assert panels(box) == ()


def test_the_name_of_a_box_tells_the_kind_where_its_heading_does_not() -> None:
    (panel,) = panels(f"<div class='most-popular'><h3>Was bewegt</h3>{THREE}</div>")
    assert (panel.kind, panel.title, len(panel.cards)) == ("most_read", "Was bewegt", 3)


def test_headlines_in_headers_of_cards_are_found() -> None:
    inside = "".join(
        f"<article><header><h3><a href='/story-{n}'>Ferry fares to rise in year {n}</a></h3></header></article>"
        for n in (1, 2)
    )
    (panel,) = panels(f"<section><h2>Related</h2>{inside}</section>")
    assert [part.headline for part in panel.cards] == ["Ferry fares to rise in year 1", "Ferry fares to rise in year 2"]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Küstenblatt", "1,2 Mio. Follower"),
        ("港湾新聞", "フォロワー 3万"),
        ("海港日报", "粉丝 3.5万"),
        ("항구일보", "구독자 1.2만"),
        ("جريدة الميناء", "١٢ ألف متابع"),
        ("बंदरगाह समाचार", "1.2 लाख फ़ॉलोअर्स"),
    ],
)
def test_profiles_are_found_in_every_script_and_hold_nothing_of_the_article(name: str, count: str) -> None:
    (panel,) = panels(f"<div><b>{name}</b><div>{count}</div><a href='https://coast.example'>coast.example</a></div>")
    assert (panel.kind, panel.title, panel.url) == ("profile", name, "https://coast.example")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Videos", "videos"),
        ("Uusimmat videot", "videos"),
        ("Відео дня", "videos"),
        ("동영상", "videos"),
        ("Galerii foto", "pictures"),
        ("Podcasts", "podcasts"),
        ("Najchętniej czytane dziś", "most_read"),
        ("Mohlo by se vám líbit", "also_like"),
        ("Najnowsze z portu", "related"),
    ],
)
def test_rails_of_films_pictures_and_talks_are_no_related_stories(heading: str, kind: str) -> None:
    assert [panel.kind for panel in panels(f"<div><h3>{heading}</h3>{THREE}</div>")] == [kind]


def test_where_all_cards_lead_tells_what_a_rail_holds() -> None:
    rail = "".join(f"<li><a href='/video/{n}'>Ferry fares to rise in year {n}</a></li>" for n in range(3))
    assert [panel.kind for panel in panels(f"<div><h3>Aus dem Hafen</h3><ul>{rail}</ul></div>")] == ["videos"]


def test_cards_that_say_they_are_paid_for_are_no_stories() -> None:
    rail = "".join(
        f"<li><a rel='nofollow sponsored' href='/x/{n}'>Ferry fares to rise in year {n}</a></li>" for n in range(3)
    )
    assert panels(f"<div><h3>Aus dem Hafen</h3><ul>{rail}</ul></div>") == ()


@pytest.mark.parametrize(
    "tags",
    [
        "<ul><li><a rel=tag href=/t/a>Ελιά</a></li><li><a rel=tag href=/t/b>Μουσείο</a></li></ul>",
        "<div><b>Mada:</b> <a href=/mada/a>Ελιά</a>, <a href=/mada/b>Μουσείο</a></div>",
        "<div><span>குறிச்சொற்கள்：</span><ul><li><a href=/x/a>Ελιά</a></li><li><a href=/x/b>Μουσείο</a></li></ul></div>",
    ],
)
def test_tags_are_known_by_what_they_say_of_themselves_or_by_a_label_and_one_place(tags: str) -> None:
    (panel,) = panels(tags)
    assert (panel.kind, [entity.name for entity in panel.entities]) == ("topics", ["Ελιά", "Μουσείο"])


@pytest.mark.parametrize(
    "links",
    [
        "<div><b>Von:</b> <a href=/autoren/a>Ada Winter</a>, <a href=/autoren/b>Jonas Falk</a></div>",
        "<div><b>Share:</b> <a href=https://a.example/?u=1>Aa</a> <a href=https://b.example/?u=1>Bb</a></div>",
        "<div><a href=/x/a>Ελιά</a> <a href=/x/b>Μουσείο</a></div>",
        "<footer><b>Mada:</b> <a href=/mada/a>Ελιά</a>, <a href=/mada/b>Μουσείο</a></footer>",
    ],
)
def test_bylines_buttons_and_links_without_a_label_are_no_tags(links: str) -> None:
    assert panels(links) == ()


def test_a_profile_is_found_by_any_word_for_followers_that_counts_know() -> None:
    (panel,) = panels("<div><h4>কাশবন বার্তা</h4><p>১২.৫ হাজার অনুসারী</p></div>")
    assert (panel.kind, panel.title) == ("profile", "কাশবন বার্তা")


def test_tags_in_the_articles_own_footer_are_its_tags() -> None:
    links = "<a rel=tag href=/t/1>zvonica</a> <a rel=tag href=/t/2>Jelšová</a>"
    (panel,) = panels(f"<main><footer class=entry-footer>{links}</footer></main>")
    assert [entity.name for entity in panel.entities] == ["zvonica", "Jelšová"]


def test_the_language_of_the_page_tells_what_a_profiles_count_says() -> None:
    body = "<div><strong>Diario del Faro</strong><span>12,4 mil seguidores</span></div>"
    page = Page(f"<html lang=es><body>{ARTICLE}{body}</body></html>", url=URL)
    assert [(panel.kind, panel.title) for panel in find_panels(page)] == [("profile", "Diario del Faro")]


def test_followers_and_posts_in_a_profile_are_whose_name_stands_there() -> None:
    body = (
        "<div class=profile><b>East Gazette</b> <span>41K Followers</span> <span>3 posts</span></div>"
        "<p>120 comments</p><aside><h2>Suggested publishers</h2><ul><li><a href='/p/1'>Harbour Times</a> 12K Followers"
        "</li><li><a href='/p/2'>Port Post</a> 3.4K Followers</li></ul></aside>"
    )
    page = Page(f"<html lang=en><body>{ARTICLE}{body}</body></html>", url=URL)
    counts = with_owners(find_counts(page), page, own=set())
    assert {(count.raw, count.of) for count in counts} == {
        ("41K Followers", "East Gazette"), ("3 posts", "East Gazette"), ("120 comments", None),
        ("12K Followers", "Harbour Times"), ("3.4K Followers", "Port Post"),
    }  # fmt: skip


def test_followers_that_two_profiles_print_alike_are_nobodys() -> None:
    profiles = "".join(
        f"<div><b>{name}</b> <span>12K followers</span></div>" for name in ("Harbour Times", "Bay Mirror")
    )
    page = Page(f"<html lang=en><body>{ARTICLE}{profiles}</body></html>", url=URL)
    assert [count.of for count in with_owners(find_counts(page), page, own=set())] == [None]


def test_followers_on_a_network_are_not_the_networks() -> None:
    page = Page(f"<html lang=en><body>{ARTICLE}<div><b>Facebook</b> 9K followers</div></body></html>", url=URL)
    assert [count.of for count in with_owners(find_counts(page), page, own=set())] == [None]
