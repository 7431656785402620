from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from tests.extract.conftest import PARAGRAPHS

Build = Callable[..., bytes]
URL = "https://www.harbour-times.example/lamp"


def authors(body: bytes) -> tuple[str, ...]:
    return extract_article(body, url=URL).authors


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By Ada Winter</p>",
        "<div>Words by Ada Winter • 4 min read</div>",
        "<div>Posted on March 4, 2024 by Ada Winter - 5 comments</div>",
        '<p><a rel="author" href="/x">Ada Winter</a></p>',
        '<p><a href="/author/ada-winter">Ada Winter</a></p>',
        '<div class="article-author">Ada Winter</div>',
        "<div>Ada Winter</div><div>4 March 2024</div>",
        "<p>Autorin: Ada Winter</p>",
        "<div><span>By: <a href='/id/7'>Ada Winter</a><br>Lampwick Executive News Editor</span></div>",
        "<div>By Ada Winter<br>Harbour Correspondent for Lampwick</div>",
        "<div>Ada Winter | 4 March 2024</div>",
        "<div>4 March 2024 • Ada Winter • 5 min read</div>",
        "<div>ByAda Winter</div>",
        "<p>Posted by Ada Winter on 4 March 2024</p>",
        '<p>By</p><p><a href="/author/ada-winter">Ada Winter</a></p>',
        "<p>Autorin/Autor Ada Winter</p>",
        "<p>Wed 06.03.24 | 14:07 | By Ada Winter</p>",
        "<p>Erstellt von Ada Winter</p>",
        "<div><span>4 March 2024</span><span>Ada Winter</span></div>",
        "<p>This post was written by Ada Winter, Head of Lamps</p>",
        "<p>Autorin: Rechtsanwältin Ada Winter</p>",
        "<p>By Ada Winter Harbour-Times Staff</p>",
        "<h4>By Ada WinterTwitter</h4>",
        "<p>von Ada Winter Symbolbild Hafen</p>",
        "<p>Posted by Ada Winter under Harbour, Lamps | Tags: brass, lens</p>",
        "<h4>Author</h4><p>Ada Winter</p>",
        "<p>Geschrieben von:</p><p>Ada Winter</p>",
        "<p>Von Ada Winter am 04.03.2024 um 09:07 Uhr gespeichert unter Hafen, Lampen und Leuchtfeuer</p>",
    ],
)
def test_visible_byline(story: Build, byline: str) -> None:
    assert authors(story(byline=byline)) == ("Ada Winter",)


def test_authors_in_boxes_of_their_own_are_read_together(story: Build) -> None:
    byline = '<p><a href="/author/ada">Ada Winter</a></p><p>and</p><p><a href="/author/jonas">Jonas Falk</a></p>'
    assert authors(story(byline=byline)) == ("Ada Winter", "Jonas Falk")


@pytest.mark.parametrize(
    "line",
    [
        '<p><a href="/profile/login">Sign in</a></p>',
        '<li><a href="/lamps">Lamp Stories</a></li>',
        "<figure><figcaption>Photo: Jonas Falk</figcaption></figure>",
    ],
)
def test_what_only_looks_like_a_byline_names_nobody(story: Build, line: str) -> None:
    assert authors(story(byline=line)) == ()


def test_a_person_wins_over_the_outlet_in_the_data(story: Build, json_ld: Callable[..., str]) -> None:
    script = json_ld(author={"@type": "Organization", "name": "Harbour Times"}, publisher={"name": "Harbour Times"})
    assert authors(story(head=f"<title>x</title>{script}", byline="<p>By Ada Winter</p>")) == ("Ada Winter",)


def test_the_outlet_is_the_author_where_nobody_else_is(story: Build, json_ld: Callable[..., str]) -> None:
    script = json_ld(author={"@type": "Organization", "name": "Harbour Times"})
    assert authors(story(head=f"<title>x</title>{script}", byline="")) == ("Harbour Times",)


def test_a_handle_is_spelled_out(story: Build) -> None:
    head = '<title>x</title><meta name="author" content="adawinter">'
    assert authors(story(head=head, byline='<p class="author">Ada Winter</p>')) == ("Ada Winter",)


def test_author_by_reference(story: Build) -> None:
    head = (
        '<title>x</title><script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "x", '
        '"author": {"@id": "#ada"}}, {"@type": "Person", "@id": "#ada", "name": "Ada Winter", "url": "/ada"}]}</script>'
    )
    assert authors(story(head=head, byline="")) == ("Ada Winter",)


def test_nobody_is_nobody(story: Build) -> None:
    assert authors(story(byline="")) == ()


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("<p>by ada</p>", "ada"),
        ("<p>Posted by LampFan on Friday 8 March 2024 @08:00PM from the harbour department</p>", "LampFan"),
        ("<p>By Staff Writer</p>", "Staff Writer"),
        ("<p>The Lamp Team</p><p>4 March 2024</p>", "The Lamp Team"),
        ("<p>AFP</p>", "AFP"),
    ],
)
def test_who_bears_no_common_name_is_named_as_printed(story: Build, byline: str, name: str) -> None:
    assert authors(story(byline=byline)) == (name,)


def test_several_names_in_a_line_of_their_own_are_the_authors(story: Build) -> None:
    byline = "<p>Martha Winter, Jonas Falk and Emma Berg</p><p>4 March 2024</p>"
    assert authors(story(byline=byline)) == ("Martha Winter", "Jonas Falk", "Emma Berg")


def test_a_personal_site_is_written_by_its_owner(story: Build) -> None:
    body = story(byline="", after="<footer>© 2024 Martha Winter. All rights reserved.</footer>")
    assert extract_article(body, url="https://marthawinter.example/lamp").authors == ("Martha Winter",)


def test_degrees_stay_with_the_name_as_it_is_signed(story: Build, json_ld: Callable[..., str]) -> None:
    head = f"<title>x</title>{json_ld(author={'@type': 'Person', 'name': 'Ada Winter, Ph.D.'})}"
    assert authors(story(head=head, byline="<p>By Ada Winter, Ph.D.</p>")) == ("Ada Winter, Ph.D.",)


def test_an_outlet_after_a_name_is_no_degree(story: Build) -> None:
    assert authors(story(byline="<p>By Ada Winter, CNN</p>")) == ("Ada Winter",)


@pytest.mark.parametrize(
    "end", ["(Ada Winter)", "(By Ada Winter)", "(By Ada Winter) Enditem/", "(Von Ada Winter)", "(by Ada Winter) ENDS"]
)
def test_a_name_in_brackets_behind_the_last_sentence_is_the_authors(
    story: Build, json_ld: Callable[..., str], end: str
) -> None:
    head = f"<title>x</title>{json_ld(author={'@type': 'Organization', 'name': 'Harbour Times'})}"
    text = "".join(f"<p>{line}</p>" for line in (*PARAGRAPHS[:-1], f"{PARAGRAPHS[-1]} {end}"))
    assert authors(story(head=head, byline="", body=text)) == ("Ada Winter",)
    whole = f"<p>{' '.join(PARAGRAPHS * 3)} {end}</p>"
    assert authors(story(head=head, byline="", body=whole)) == ("Ada Winter",)


def test_who_wrote_the_story_on_a_card_is_no_author(story: Build, json_ld: Callable[..., str]) -> None:
    head = f"<title>x</title>{json_ld(author={'@type': 'Organization', 'name': 'Harbour Times'})}"
    cards = "".join(
        f"<article><h3><a href='/{n}'>A seal that would not leave the bakery, part {n}</a></h3><p>It sat there.</p>"
        f"<div class='authors'>By <a>Island Weekly</a></div></article>"
        for n in range(3)
    )
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS * 3)
    assert "Island Weekly" not in authors(story(head=head, byline="", body=body, after=cards))


def test_who_reviewed_or_edited_is_no_author(story: Build) -> None:
    byline = "<p>By Ada Winter</p><p>Medically reviewed by Jonas Falk</p><p>Edited by Marte Olsvik</p>"
    assert authors(story(byline=byline)) == ("Ada Winter",)


@pytest.mark.parametrize(
    "line",
    [
        "<p>Reviewed by Mary Winter</p>",
        '<p>Medically reviewed by <a href="/author/mary">Mary Winter</a></p>',
        '<p>Fact checked by</p><p><a href="/author/mary">Mary Winter</a></p>',
        "<p>Photos by Mary Winter</p>",
        '<div class="author">Photographs by Mary Winter</div>',
        "<p>Edited by</p><p>Mary Winter</p>",
        "<p>Illustrations by Mary Winter | 4 March 2024</p>",
        "<p>Fotos: Mary Winter</p>",
    ],
)
def test_who_only_reviewed_edited_or_drew_is_no_author(story: Build, line: str) -> None:
    assert authors(story(byline=line)) == ()


@pytest.mark.parametrize(
    "line",
    [
        "<p>Words by Ada Winter, photographs by Jonas Falk</p>",
        '<p>Words by <a href="/author/ada">Ada Winter</a>, photos by <a href="/author/jonas">Jonas Falk</a></p>',
        "<p>Words and pictures by Ada Winter</p>",
        '<p>Von <a href="/author/ada">Ada Winter</a> und <a href="/author/jonas">Jonas Falk</a> (Fotos)</p>',
        "<p>Texte et photos : Ada Winter</p>",
        "<p>By Ada Winter, Boston, MA</p>",
    ],
)
def test_the_writer_is_told_from_the_photographer_and_from_the_town(story: Build, line: str) -> None:
    assert authors(story(byline=line)) == ("Ada Winter",)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://berg.example/lamp", "Ada Maria Berg"),
        ("https://news.berg.example/lamp", "Ada M. Berg"),
        ("https://kw.harbour-times.example/lamp", "Kurt Winter"),
    ],
)
def test_who_is_called_as_the_host_is_still_the_author(story: Build, url: str, name: str) -> None:
    assert extract_article(story(byline=f"<p>By {name}</p>"), url=url).authors == (name,)


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://odwin.blogspot.example/lamp", ("Odwin Winter",)),
        ("https://harbours.times.example/lamp", ()),
    ],
)
def test_a_host_names_its_owner_where_persons_have_sites(url: str, names: tuple[str, ...]) -> None:
    text = "<p>" + "The lamp came back to the hill and the whole island was there to see it lit. " * 5 + "</p>"
    first = "Odwin Winter" if names else "Harbours Abroad"
    body = f"<body><p>{first}</p><h1>The lamp returns</h1>{text * 4}</body>".encode()
    assert extract_article(body, url=url).authors == names


def test_who_took_the_pictures_is_not_the_sites_owner_by_standing_at_its_head() -> None:
    text = "<p>" + "The lamp came back to the hill and the whole island was there to see it lit. " * 5 + "</p>"
    body = f"<body><h1>The lamp returns</h1><p>Photos by</p><p>Ada Winter</p>{text * 4}</body>".encode()
    assert authors(body) == ()


@pytest.mark.parametrize("line", ["<p>Sport Mix/Fussball</p>", "<p>QUICK LINKS</p>", "<p>Example H2</p>"])
def test_a_label_beside_the_title_names_nobody(story: Build, line: str) -> None:
    assert authors(story(byline=line)) == ()


def test_a_name_with_an_agency_behind_it_is_the_authors(story: Build) -> None:
    assert authors(story(byline="<p>Mary Winter/dpa</p>")) == ("Mary Winter",)


def test_an_outlet_that_follows_a_name_without_a_sign_is_cut_off(story: Build, json_ld: Callable[..., str]) -> None:
    head = f"<title>x</title>{json_ld(author={'@type': 'Person', 'name': 'Ada Winter'})}"
    byline = "<p>By Ada Winter Northern Harbours Learning Network</p>"
    assert authors(story(head=head, byline=byline)) == ("Ada Winter",)


@pytest.mark.parametrize("site", ["Island Lantern", "The Island Lantern"])
@pytest.mark.parametrize(
    ("byline", "who"),
    [
        ("By National Desk The Island Lantern", "National Desk"),
        ("By National Desk, The Island Lantern", "National Desk"),
        ("By Ada Winter The Island Lantern", "Ada Winter"),
        ("By Ada Winter, Island Lantern", "Ada Winter"),
        ("By Island Lantern Staff", "Island Lantern Staff"),
    ],
)
def test_an_outlet_of_several_words_that_follows_a_person_or_a_desk_is_cut_off(
    byline: str, who: str, site: str, story: Build
) -> None:
    head = f'<title>x</title><meta property="og:site_name" content="{site}">'
    assert authors(story(head=head, byline=f'<p class="byline">{byline}</p>')) == (who,)


def test_a_given_name_alone_is_spelled_out_and_an_outlets_is_not(story: Build) -> None:
    head = '<title>x</title><meta name="author" content="Martha">'
    assert authors(story(head=head, byline='<p class="author">Martha Winter</p>')) == ("Martha Winter",)


def test_what_its_bearer_is_does_not_follow_as_a_name(story: Build) -> None:
    byline = "<p>This post was written by Ada Winter, lighthousekeeper, Northern Lights</p>"
    assert authors(story(byline=byline)) == ("Ada Winter",)


def test_the_end_of_a_standfirst_names_the_author(story: Build) -> None:
    byline = "<p>The lamp is back on its hill, and not everybody on the island is happy, writes Mary Winter</p>"
    assert authors(story(byline=byline)) == ("Mary Winter",)


def test_an_account_with_a_digit_in_it_is_kept_whole(story: Build) -> None:
    assert authors(story(byline='<p>Author: <a href="/profile/58">Lamp2man</a></p>')) == ("Lamp2man",)


def test_an_outlet_whose_name_could_be_a_persons_is_no_author(story: Build) -> None:
    head = '<title>x</title><meta property="og:site_name" content="Austin Monitor">'
    assert authors(story(head=head, byline="")) == ()


@pytest.mark.parametrize(
    "author",
    [
        '["Ada Winter", "Jonas Falk"]',
        '[[{"name": "Ada Winter"}], [{"name": "Jonas Falk"}]]',
        '{"@list": [{"name": "Ada Winter"}, {"name": "Jonas Falk"}]}',
        '"Ada Winter, Jonas Falk"',
    ],
)
def test_authors_of_the_data_however_they_are_nested(story: Build, author: str) -> None:
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}}}</script>'
    assert authors(story(head=f"<title>x</title>{script}", byline="")) == ("Ada Winter", "Jonas Falk")


@pytest.mark.parametrize("author", ["Winter, Ada", "ada.winter@harbour.example (Ada Winter)"])
def test_an_author_written_as_catalogues_and_feeds_do(story: Build, author: str) -> None:
    head = f'<title>x</title><meta name="author" content="{author}">'
    assert authors(story(head=head, byline="")) == ("Ada Winter",)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("بقلم: ليلى حداد", "ليلى حداد"),
        ("كتبت: ليلى حداد", "ليلى حداد"),
        ("كتب ـ سامي خوري", "سامي خوري"),
        ("إعداد: ليلى حداد", "ليلى حداد"),
        ("文・山田花子", "山田花子"),
        ("By Ada Winter Tuesday, March 5, 2024", "Ada Winter"),
        ("By Ada Winter Harbour.com Archive", "Ada Winter"),
        ("Par Ada Winter Envoyée spéciale à Grindholm", "Ada Winter"),
    ],
)
def test_bylines_of_other_scripts_and_with_more_behind_the_name(story: Build, line: str, name: str) -> None:
    assert authors(story(byline=f"<p>{line}</p>")) == (name,)


@pytest.mark.parametrize("line", ["A A A", "Tipp der Redaktion", "WHO'S WHO?", "Text Size"])
def test_labels_beside_the_title_name_nobody(story: Build, line: str) -> None:
    assert authors(story(byline=f"<p>{line}</p>")) == ()


@pytest.mark.parametrize(
    "end",
    [
        "<h4>Autorin:</h4><p>Mary Winter</p>",
        "<div>Written by</div><div>Mary Winter</div>",
        "<p>The harbour stays lit until the first of May, as it was. (Mary Winter) +++</p>",
    ],
)
def test_who_is_named_at_the_texts_end_is_the_author(story: Build, end: str) -> None:
    after = f"<p>{'The lamp was lit again on the hill. ' * 5}</p>{end}"
    assert authors(story(byline="", after=after)) == ("Mary Winter",)


@pytest.mark.parametrize(
    "after",
    [
        '<blockquote class="post"><p>Look at the lamp!</p><p>Posted by Mary Winter on Sunday</p></blockquote>',
        '<div id="comments"><div class="comment">Posted by Mary Winter at 9:15</div>'
        '<div class="comment">Posted by Jonas Falk at 9:20</div></div>',
        "<p>Titel: The Lamp</p><p>Autorin: Mary Winter</p><p>Verlag: Grindholm</p><p>Seiten: 400</p>",
        "<p>Website managed by:</p><p>Mary Winter</p>",
        "<p>Contact: Mary Winter</p>",
        "<p>Lamps</p>" * 20 + "<p>Authors</p><ul><li>Mary Winter</li><li>Emma Berg</li><li>Martha Olsen</li></ul>",
    ],
)
def test_who_wrote_something_else_on_the_page_is_not_the_author(story: Build, after: str) -> None:
    assert authors(story(byline="", after=after)) == ()


@pytest.mark.parametrize(
    "line",
    ["<p>Mary Winter's thoughts on lamps and harbours</p>", "<p>2006-2008 by Mary Winter. Hosted on an island</p>"],
)
def test_who_says_to_own_the_site_is_the_author(line: str) -> None:
    text = "<p>" + "The lamp came back to the hill and the whole island was there to see it lit. " * 5 + "</p>"
    head, foot = (line, "") if "thoughts" in line else ("", line)
    assert authors(f"<body>{head}<h1>The lamp returns</h1>{text * 4}{foot}</body>".encode()) == ("Mary Winter",)


def test_an_outlet_named_in_head_and_foot_is_no_person() -> None:
    text = "<p>" + "The lamp came back to the hill and the whole island was there to see it lit. " * 5 + "</p>"
    body = f"<body><p>Grindholm Lantern</p><h1>The lamp returns</h1>{text * 4}<p>© 2024 Grindholm Lantern</p></body>"
    assert authors(body.encode()) == ()


def test_authors_of_other_articles_cards_in_microdata_are_none(story: Build) -> None:
    byline = '<div itemscope><meta itemprop="author" content="Mary Winter"></div>'
    card = '<article itemscope><span itemprop="author">Jonas Falk</span></article>'
    assert authors(story(byline=byline, after=card)) == ("Mary Winter",)


@pytest.mark.parametrize(
    "line",
    [
        "<p>© By Mary Winter (own work) [GFDL], via a library</p>",
        "<p>LampsHarbourTides Ferries</p><p>4 March 2024</p>",
        '<p class="btn-topic">Mary Lamps</p><p>4 March 2024</p>',
        "<p>The Keeper of the Lamp by Ada Winter</p>",
        "<p>Foto: Michael von Winter (Copyright)</p>",
        "<p>Audio 03:07 min | 4 March 2024 | Mary Winter</p>",
        "<p>The sender has been silent for months, and the first signs of life by Mary Winter came as a relief.</p>",
    ],
)
def test_credits_labels_and_prose_under_the_title_name_no_author(story: Build, line: str) -> None:
    assert authors(story(byline=line)) == ()


@pytest.mark.parametrize(
    "line", ["<p>Interview by Mary Winter</p>", "<p>Lamps · By Mary Winter</p>", "<p>Harbour blog | By Mary Winter</p>"]
)
def test_a_byline_may_begin_with_what_is_written(story: Build, line: str) -> None:
    assert authors(story(byline=line)) == ("Mary Winter",)


def test_two_authors_who_are_told_of_one_after_the_other_are_both_named(story: Build) -> None:
    after = (
        '<div class="author-card">Mary Winter – reporter in Grindholm and the islands</div>'
        '<div class="author-card">Jonas Falk – reporter who has always lived on the mainland</div>'
    )
    assert authors(story(byline="", after=after)) == ("Mary Winter", "Jonas Falk")


@pytest.mark.parametrize(
    ("organisation", "expected"), [("Harbour Times", ("Ada Winter",)), ("Reuters", ("Ada Winter", "Reuters"))]
)
def test_an_organisation_beside_a_person_in_the_data(
    story: Build, organisation: str, expected: tuple[str, ...]
) -> None:
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"@type": "Organization", '
        f'"name": "{organisation}"}}, {{"@type": "Person", "name": "Ada Winter"}}]}}</script>'
    )
    assert authors(story(head=f"<title>x</title>{script}", byline="")) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Ada Winter | Harbour Times",
        "Ada Winter, maritime correspondent",
        "Maritime correspondent Ada Winter",
        "Ada Winter, corresponsal en Grindholm",
        "Ada Winter in Berlin",
        "dpa/Ada Winter",
        "A cura di Ada Winter",
        "Propos recueillis par Ada Winter",
        "Protokoll: Ada Winter, Fotos: Jonas Falk",
        "As told to Ada Winter",
        "Van onze verslaggever Ada Winter",
        "Haber: Ada Winter",
    ],
)
def test_a_line_that_says_what_the_author_is_or_did(story: Build, line: str) -> None:
    assert authors(story(byline=f"<p>{line}</p>", date="")) == ("Ada Winter",)


@pytest.mark.parametrize(
    ("line", "name", "language"),
    [
        ("Автор: Ада Зимина", "Ада Зимина", "ru"),
        ("Ада Зимина, корреспондент", "Ада Зимина", "ru"),
        ("نویسنده: آدا زمستانی", "آدا زمستانی", "fa"),
        ("מאת עדה חורפי", "עדה חורפי", "he"),
        ("लेखक: अदा शीतल", "अदा शीतल", "hi"),
        ("লেখক: আদা শীতলী", "আদা শীতলী", "bn"),
        ("எழுதியவர்: அடா குளிர்மொழி", "அடா குளிர்மொழி", "ta"),
        ("เขียนโดย อาดา เหมันต์", "อาดา เหมันต์", "th"),
        ("ავტორი: ადა ზამთრიძე", "ადა ზამთრიძე", "ka"),
        ("Συντάκτρια: Άντα Χειμωνίδου", "Άντα Χειμωνίδου", "el"),
        ("ТАСС", "ТАСС", "ru"),
    ],
)
def test_bylines_of_other_scripts(story: Build, line: str, name: str, language: str) -> None:
    assert authors(story(byline=f"<p>{line}</p>", date="", language=language)) == (name,)


@pytest.mark.parametrize(
    "line",
    [
        "Interview: Why The Ferry Came Home",
        "Reportage: Der Hafen im Winter",
        "Entrevista: El regreso de la lámpara",
        "Haber: Spor",
        "تقرير: عودة الفانوس",
        "रिपोर्ट: बंदरगाह की खबर",
        "Laporan: Pelabuhan Grindholm",
        "De Haven in de Winter",
        "Text vorlesen",
        "Grindholm, the harbour correspondents' island",
        "Lamps in Berlin",
        "Winter Harbour | Grindholm",
    ],
)
def test_lines_that_have_the_form_but_name_no_author(story: Build, line: str) -> None:
    assert authors(story(byline=f"<p>{line}</p>", date="")) == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Winter in Grindholm and Jonas Falk in Brussels", ("Ada Winter", "Jonas Falk")),
        ("By Ada Winter and 3 others", ("Ada Winter",)),
        ("Ada Winter, Jonas Falk + 2 more", ("Ada Winter", "Jonas Falk")),
        ("Ada Winter avec AFP", ("Ada Winter",)),
        ("By Harbour Times Staff", ("Harbour Times Staff",)),
        ("עדה חורפי | כתבת", ("עדה חורפי",)),
    ],
)
def test_what_stands_beside_the_names_of_a_byline_is_told_from_them(
    story: Build, line: str, names: tuple[str, ...]
) -> None:
    head = "<title>Lighthouse lamp returns | Harbour Times</title>"
    body = story(head=head, byline=f"<p>{line}</p>", date="", after="<footer>Harbour Times</footer>")
    assert extract_article(body, url="https://harbour-times.example/lamp").authors == names


@pytest.mark.parametrize("label", ["Written by", "Verfasst von", "Écrit par", "Автор", "執筆者", "نوشته شده توسط"])
def test_the_author_of_a_card_that_is_labelled_so(story: Build, label: str) -> None:
    head = (
        f'<title>x</title><meta name="twitter:label1" content="{label}">'
        '<meta name="twitter:data1" content="Ada Winter">'
        '<meta name="twitter:label2" content="Est. reading time"><meta name="twitter:data2" content="4 minutes">'
    )
    assert authors(story(head=head, byline="")) == ("Ada Winter",)


FAR = "".join(f"<li>The lamp was away for {n} years</li>" for n in range(40, 46))
SIGNED = f'<ul>{FAR}</ul><p class="firma"><em>Ada Winter</em> | <span class="place">Grindholm</span></p>'


@pytest.mark.parametrize("name", ["firma", "bloc_signature", "auteur", "verfasser"])
def test_boxes_of_bylines_are_known_by_what_other_languages_call_them(story: Build, name: str) -> None:
    assert authors(story(byline=SIGNED.replace("firma", name))) == ("Ada Winter",)


def test_the_sites_address_in_a_meta_element_is_no_author_beside_a_byline(story: Build) -> None:
    head = '<title>A lamp</title><meta name="author" content="harbour-times.example">'
    assert authors(story(head=head, byline=SIGNED)) == ("Ada Winter",)
    assert authors(story(head=head, byline=SIGNED.replace("Ada", "Åshild"))) == ("Åshild Winter",)
    assert authors(story(head=head, byline="")) == ("harbour-times.example",)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<div>4 March 2024, 16:20 von lampfan</div>", "lampfan"),
        ("<div><a>04/03/2024</a><a>durch Ada Winter</a><a>Keine Kommentare</a><a>Fashion</a></div>", "Ada Winter"),
        ("<div><b>Author</b> Ada Winter</div>", "Ada Winter"),
    ],
)
def test_bylines_of_accounts_of_translated_themes_and_without_a_colon(story: Build, line: str, name: str) -> None:
    assert authors(story(byline="", date=line, language="de")) == (name,)


@pytest.mark.parametrize(
    "line",
    [
        "<p>Von Hamburg mit dem Boot zur Insel nach Grindholm</p>",
        '<p class="submitted-by">Submitted on Mon, 2024-03-04 13:49</p>',
        "<p><strong><a href='/nk'>North Korea</a></strong> 09:31 March 4, 2024</p>",
        "<p>Durch Ada Winter</p>",
    ],
)
def test_ways_places_and_labels_are_nobody(story: Build, line: str) -> None:
    assert authors(story(byline="", date=line, language="de")) == ()


def test_who_comments_is_no_author(story: Build) -> None:
    assert authors(story(byline="", after="<h3>#1 Kommentar von Mira-Sund</h3><p>Schön!</p>", language="de")) == ()


@pytest.mark.parametrize("name", ["author", "creator"])
def test_who_made_the_site_is_no_author(story: Build, name: str) -> None:
    head = f'<title>x</title><meta name="{name}" content="Lampworks, www.lampworks.example">'
    assert authors(story(head=head, byline="")) == ()


def test_another_storys_headline_below_the_text_tells_of_no_author(story: Build) -> None:
    after = (
        "<table><tr><td><a href='/7'>Ada Winter is one of the keepers who never came down again</a></td></tr></table>"
    )
    assert authors(story(byline="", after=after)) == ()


@pytest.mark.parametrize(
    ("byline", "printed"),
    [
        ('<p><a href="/author/ada">Ada Winter</a><span>5 hours ago</span></p>', "Ada Winter 5 hours ago"),
        (
            "<p>by <a rel=author href=/a>Ada Winter</a><time>4 March 2024</time><time>6 March 2024</time></p>",
            "by Ada Winter 4 March 2024 6 March 2024",
        ),
        ('<p><span>By</span><a href="/author/ada">Ada Winter</a><b>Twitter</b></p>', "By Ada Winter Twitter"),
        ('<p>By <a href="/author/ada">Ada Winter</a>’s staff</p>', "By Ada Winter’s staff"),
    ],
)
def test_what_styles_set_apart_has_a_space_between(story: Build, byline: str, printed: str) -> None:
    assert extract_article(story(byline=byline, date=""), url=URL).byline == printed
