from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.images.asset import asset_id, original_behind
from crawler.extract.images.captions import read_caption
from crawler.extract.images.picture import width_of
from crawler.model import Image
from tests.extract.conftest import HEADLINE, PARAGRAPHS

Build = Callable[..., bytes]
URL = "https://harbour-times.example/lamp"
FIGURE = (
    '<figure><img src="/pics/lamp-4711-300x200.jpg" srcset="/pics/lamp-4711-600x400.jpg 600w, '
    '/pics/lamp-4711-1200x800.jpg 1200w" alt="A lamp on a crane"><figcaption>The lamp on its way up. '
    "Photo: Ada Winter</figcaption></figure>"
)


def images(body: bytes) -> tuple[Image, ...]:
    return extract_article(body, url=URL).images


@pytest.fixture
def lamp(story: Build) -> Image:
    found = images(story(byline=f"<p>By Ada Winter</p>{FIGURE}"))
    assert len(found) == 1
    return found[0]


def test_the_widest_variant_is_best(lamp: Image) -> None:
    assert lamp.url == "https://harbour-times.example/pics/lamp-4711-1200x800.jpg"


def test_every_variant_is_known(lamp: Image) -> None:
    assert [url.rpartition("-")[2] for url in lamp.variants] == ["600x400.jpg", "1200x800.jpg", "300x200.jpg"]


def test_caption_without_its_credit(lamp: Image) -> None:
    assert lamp.caption == "The lamp on its way up."


def test_credit(lamp: Image) -> None:
    assert lamp.credit == "Ada Winter"


def test_alt(lamp: Image) -> None:
    assert lamp.alt == "A lamp on a crane"


def test_the_first_is_the_lead(lamp: Image) -> None:
    assert lamp.role == "lead"


def test_asset_is_the_same_for_every_variant(lamp: Image) -> None:
    assert {asset_id(url) for url in lamp.variants} == {"lamp-4711"}


@pytest.mark.parametrize("attribute", ["data-src", "data-original", "data-lazy-src"])
def test_a_picture_loaded_late_is_found(story: Build, attribute: str) -> None:
    picture = f'<img src="data:image/gif;base64,R0lGOD" {attribute}="/pics/late-1.jpg">'
    assert [image.url for image in images(story(byline=picture))] == ["https://harbour-times.example/pics/late-1.jpg"]


def test_sources_of_a_picture_element(story: Build) -> None:
    picture = '<picture><source srcset="/pics/a-1.webp 900w"><img src="/pics/a-1.jpg"></picture>'
    assert images(story(byline=picture))[0].url.endswith("a-1.webp")


@pytest.mark.parametrize(
    "furniture",
    [
        '<img src="/logo.png">',
        '<img src="https://stats.example/piwik.php?idsite=1">',
        '<img src="https://www.facebook.com/tr?id=4711">',
        '<img src="/pics/avatar-ada.jpg">',
        '<img src="/pics/x.jpg" width="32">',
        '<a href="/other/story"><img src="/pics/teaser-9.jpg"></a>',
        '<nav><img src="/pics/menu-9.jpg"></nav>',
    ],
)
def test_furniture_is_left_out(story: Build, furniture: str) -> None:
    assert images(story(byline=furniture)) == ()


def test_a_picture_only_named_in_the_data_is_the_lead(story: Build) -> None:
    head = '<title>x</title><meta property="og:image" content="/pics/lead-77.jpg">'
    found = images(story(head=head))
    assert [(image.url, image.role) for image in found] == [("https://harbour-times.example/pics/lead-77.jpg", "lead")]


@pytest.mark.parametrize(
    ("address", "original"),
    [
        ("https://i.example/image.php?type=t&url=https%3A%2F%2Fa.example%2Fp.jpg", "https://a.example/p.jpg"),
        ("https://i.example/fit/w_300/https%3A%2F%2Fa.example%2Fp.jpg", "https://a.example/p.jpg"),
        ("https://i.example/_next/image?url=%2Fpics%2Fp.jpg&w=1200", "https://i.example/pics/p.jpg"),
        ("https://i.example/cdn-cgi/image/width=600/pics/p.jpg", "https://i.example/pics/p.jpg"),
        ("https://i0.wp.com/a.example/p.jpg?resize=6", "https://a.example/p.jpg"),
        ("https://i.example/?url=a.example/p.jpg&w=300", "https://a.example/p.jpg"),
        ("https://i.example/unsafe/300x200/smart/a.example/p.jpg", "https://a.example/p.jpg"),
        ("https://i.example/insecure/plain/https%3A%2F%2Fa.example%2Fp.jpg@webp", "https://a.example/p.jpg"),
        ("https://i.example/x/rs:fit:300/aHR0cHM6Ly9hLmV4YW1wbGUvcC5qcGc.jpg", "https://a.example/p.jpg"),
        ("https://i.example/_ipx/w_300&f_webp/pics/p.jpg", "https://i.example/pics/p.jpg"),
        ("https://i-example.cdn.ampproject.org/ii/w680/s/a.example/p.jpg", "https://a.example/p.jpg"),
        ("https://a.example/p.jpg?href=https://news.example/story", None),
        ("https://a.example/p.jpg?w=300", None),
        ("https://a.example/p.jpg?credit=https://ada.example/", None),
        ("https://a.example/content/news.example/p.jpg", None),
        ("https://[", None),
    ],
)
def test_original_behind_a_proxy(address: str, original: str | None) -> None:
    assert original_behind(address) == original


@pytest.mark.parametrize(
    "variants",
    [
        ("https://a.example/uploads/lamp.jpg", "https://a.example/uploads/lamp-scaled.jpg"),
        ("https://a.example/2024/lamp_w300.jpg", "https://a.example/2024/lamp_w1200.jpg"),
        ("https://a.example/lamp@2x.jpg", "https://a.example/lamp.jpg"),
        ("https://a.example/uploads/lamp-1024x683.jpg.webp", "https://a.example/uploads/lamp.jpg"),
        ("https://a.example/lamp-77,w_300,h_200.jpg", "https://a.example/lamp-77,w_600,h_400.jpg"),
        ("https://a.example/media/77/large.jpg", "https://a.example/media/77/small.webp"),
        ("https://a.example/i/w_300,h_200/v1/lamp-77.jpg", "https://a.example/i/w_1300/v1/lamp-77.webp"),
        ("https://a.example/0a1b2c3d4e/500.jpg", "https://a.example/0a1b2c3d4e/0_1_3/master/3000.jpg"),
        ("https://a.example/image.php?type=t&url=4RqZ_7", "https://a.example/img/id/4RqZ_7?type=webp"),
        ("https://a.example/_next/image?url=%2Fp%2Flamp-77.jpg&w=12", "https://a.example/p/lamp-77.jpg"),
    ],
)
def test_variants_of_one_picture_share_its_asset(variants: tuple[str, str]) -> None:
    assert asset_id(variants[0]) == asset_id(variants[1])


@pytest.mark.parametrize(
    "others",
    [
        ("https://a.example/lamp-4711/photo-1.jpg", "https://a.example/lamp-4711/photo-2.jpg"),
        ("https://a.example/2024-05-07/lamp.jpg", "https://a.example/2024-05-07/quay.jpg"),
        ("https://a.example/image.php?id=4711", "https://a.example/image.php?id=4712"),
        ("https://a.example/i?id=4711", "https://a.example/i?id=4712"),
        ("https://a.example/media/77/large.jpg", "https://a.example/media/78/large.jpg"),
        ("https://a.example/lamp-4711/IMG_0001.jpg", "https://a.example/lamp-4711/IMG_0002.jpg"),
    ],
)
def test_pictures_of_one_folder_are_several_assets(others: tuple[str, str]) -> None:
    assert asset_id(others[0]) != asset_id(others[1])


def test_a_thumbnail_above_the_article_does_not_stand_for_its_picture(story: Build) -> None:
    page = story(head='<meta property="og:image" content="/pics/lamp-4711.jpg">', byline=FIGURE)
    teaser = b'<body><a href="/lamp"><img src="/pics/lamp-4711-150x150.jpg"></a><p>Lamps</p>'
    (image,) = images(page.replace(b"<body>", teaser))
    assert (image.url.rpartition("-")[2], image.credit) == ("1200x800.jpg", "Ada Winter")


def test_a_line_below_several_pictures_is_a_buttons(story: Build) -> None:
    figures = "".join(f'<figure><img src="/p-{n}77.jpg"><figcaption>Enlarge</figcaption></figure>' for n in "12")
    assert [image.caption for image in images(story(byline=figures))] == [None, None]


@pytest.mark.parametrize(
    ("caption", "parts"),
    [
        ("Foto de familia del puerto EFE/ J.J. Olsvik", ("Foto de familia del puerto", "EFE/ J.J. Olsvik")),
        ("The lamp. Ảnh: Ada Winter", ("The lamp.", "Ada Winter")),
        ("The lamp. Fot. Ada Winter / PAP", ("The lamp.", "Ada Winter / PAP")),
        ("港のランプ（３日）＝ＡＰ", ("港のランプ（３日）", "ＡＰ")),
        ("港のランプ＝13日、港町で（冬木撮影）", ("港のランプ＝13日、港町で", "冬木")),
        ("港のランプ＝ソウル", ("港のランプ＝ソウル", None)),
        ("港のランプ＝港町博物館提供", ("港のランプ", "港町博物館提供")),
        ("港口的灯。图/港口社", ("港口的灯。", "港口社")),
        ("资料图：渔民在码头等待。", ("资料图：渔民在码头等待。", None)),
        ("下圖：渔民在码头", ("下圖：渔民在码头", None)),
        ("The lamp. Photo: Ada Winter", ("The lamp.", "Ada Winter")),
        ("A lâmpada volta ao farol — Foto: Ada Winter/HT", ("A lâmpada volta ao farol", "Ada Winter/HT")),
        ("A lâmpada volta (Crédito: Ada Winter)", ("A lâmpada volta", "Ada Winter")),
        ("La lámpara vuelve. / ADA WINTER", ("La lámpara vuelve.", "ADA WINTER")),
        ("Lampa wraca. / Ada Winter / PAP", ("Lampa wraca.", "Ada Winter / PAP")),
        ("La lampada torna (foto Ansa)", ("La lampada torna", "Ansa")),
        ("La lampada torna. Foto di Ada Winter", ("La lampada torna.", "Ada Winter")),
        ("Lamba geri döndü. (Fotoğraf: AA)", ("Lamba geri döndü.", "AA")),
        ("عودة المصباح (رويترز)", ("عودة المصباح", "رويترز")),
        ("عودة المصباح - تصوير: آدا", ("عودة المصباح", "آدا")),
        ("港のランプ（共同）", ("港のランプ", "共同")),
        ("港口的灯。港口社记者 冬木 摄", ("港口的灯。", "港口社记者 冬木 摄")),
        ("港口的灯（图片来源：新华社）", ("港口的灯", "新华社")),
        ("항구의 램프. /사진=연합뉴스", ("항구의 램프.", "연합뉴스")),
        ("दीपक लौटा। फोटो: एडा", ("दीपक लौटा।", "एडा")),
        ("The lamp. Image credit: Ada Winter", ("The lamp.", "Ada Winter")),
        ("The lamp [Ada Winter/Reuters]", ("The lamp", "Ada Winter/Reuters")),
        ("La lampe revient. PHOTO ADA WINTER", ("La lampe revient.", "ADA WINTER")),
        ("Lamba döndü. Fotoğraf: AA", ("Lamba döndü.", "AA")),
        ("The talk on the quay — Post office in the back", ("The talk on the quay — Post office in the back", None)),
        ("The court's picture: a pier in ruins", ("The court's picture: a pier in ruins", None)),
        ("The lamp. Foto: Ada Winter/dpa", ("The lamp.", "Ada Winter/dpa")),
        ("The lamp (AP)", ("The lamp", "AP")),
        ("AP, The lamp on its way", ("The lamp on its way", "AP")),
        ("The lamp on its way", ("The lamp on its way", None)),
        ("The lamp on its way. Source: Harbour museum", ("The lamp on its way.", "Harbour museum")),
        ("The lamp on its way. Ada Winter via Reuters", ("The lamp on its way.", "Ada Winter via Reuters")),
        ("", ("", None)),
    ],
)
def test_caption_and_credit_of_a_line_below_a_picture(caption: str, parts: tuple[str, str | None]) -> None:
    assert read_caption(caption, below=True) == parts


@pytest.mark.parametrize(
    ("address", "width"), [("https://a.example/x-640x480.jpg", 640), ("https://a.example/x?w=320", 320), ("x", 0)]
)
def test_width_that_an_address_tells(address: str, width: int) -> None:
    assert width_of(address) == width


def test_a_figure_above_the_headline_is_the_articles(story: Build) -> None:
    (image,) = images(story(heading=f"{FIGURE}<h1>Lighthouse lamp returns to Grindholm</h1>"))
    assert (image.caption, image.credit) == ("The lamp on its way up.", "Ada Winter")


def test_a_line_below_that_is_named_a_caption_is_one(story: Build) -> None:
    picture = (
        '<a href="/lamp-4711-full.jpg"><img src="/lamp-4711.jpg"></a><p class="caption">The lamp. Photo: Ada Winter</p>'
    )
    (image,) = images(story(byline=picture))
    assert (image.caption, image.credit) == ("The lamp.", "Ada Winter")


def test_of_two_pictures_above_a_caption_the_last_has_it(story: Build) -> None:
    pictures = '<img src="/lamp-4711.jpg"><img src="/quay-4712.jpg"><p class="caption">The quay at noon</p>'
    assert [image.caption for image in images(story(byline=pictures))] == [None, "The quay at noon"]


@pytest.mark.parametrize("credit", ["Photo: Ada Winter", "(Image: Ada Winter)", "Foto: Ada Winter", "Ada Winter"])
def test_a_credit_in_an_element_of_its_own_has_no_label(story: Build, credit: str) -> None:
    caption = f'<figcaption>The lamp<span class="credit">{credit}</span></figcaption>'
    (image,) = images(story(byline=f'<figure><img src="/lamp-4711.jpg">{caption}</figure>'))
    assert (image.caption, image.credit) == ("The lamp", "Ada Winter")


@pytest.mark.parametrize(
    "line",
    [
        "The lamp on its way up. (Photo by Ada Winter)",
        "The lamp on its way up. Foto: Ada Winter",
        "The lamp on its way up. Fot. Ada Winter",
        "The lamp on its way up.（摄影：Ada Winter）",
    ],
)
@pytest.mark.parametrize("around", ["<p><img src=/lamp.jpg></p><p>{}</p>", "<img src=/lamp.jpg><br><br>{}<br><br>"])
def test_a_credited_line_right_below_a_picture_is_its_caption_and_no_text(line: str, around: str, story: Build) -> None:
    paragraphs = [f"<p>{text}</p>" for text in PARAGRAPHS]
    article = extract_article(story(body="".join([*paragraphs[:2], around.format(line), *paragraphs[2:]])), url=URL)
    assert [(image.caption, image.credit) for image in article.images] == [("The lamp on its way up.", "Ada Winter")]
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_a_paragraph_below_a_picture_is_text(story: Build) -> None:
    line = "The photo: a lamp, and nobody near it. Whoever took it must have climbed the crane in the dark."
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    article = extract_article(story(body=f"{body}<img src=/lamp.jpg><p>{line}</p>"), url=URL)
    assert line in (article.text or "")


@pytest.mark.parametrize(
    "portrait", ['<img class="avatar" src=/p/1.jpg>', '<div class="author-box"><img src=/p/1.jpg></div>']
)
def test_a_portrait_of_the_author_is_no_picture_of_the_article(portrait: str, story: Build) -> None:
    assert not images(story(byline=f"<p>By Ada Winter</p>{portrait}"))


def test_a_credit_of_a_bare_word_and_a_name(story: Build) -> None:
    figure = "<figure><img src=/lamp.jpg><p><span>La lampe en février.</span><span>Photo Ada Winter</span></p></figure>"
    assert [image.credit for image in images(story(byline=figure))] == ["Ada Winter"]


def test_a_line_called_a_caption_below_a_picture_is_no_text(story: Build) -> None:
    paragraphs = [f"<p>{text}</p>" for text in PARAGRAPHS]
    picture = '<div class="photo"><img src=/lamp.jpg><p class="caption">The lamp, on its way up the stairs.</p></div>'
    article = extract_article(story(body="".join([*paragraphs[:2], picture, *paragraphs[2:]])), url=URL)
    assert [image.caption for image in article.images] == ["The lamp, on its way up the stairs."]
    assert article.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("place", ["Image 2 of 3", "2/3", "Bild 1 von 4"])
def test_which_of_several_it_is_is_no_caption(place: str, story: Build) -> None:
    figure = f"<figure><img src=/lamp.jpg><div>{place}</div><figcaption>The lamp.</figcaption></figure>"
    assert [image.caption for image in images(story(byline=figure))] == ["The lamp."]


def test_a_picture_that_shows_one_of_several_is_the_first_it_names(story: Build) -> None:
    """Whatever order a set of addresses has in this run of Python."""
    text = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    names = [f"lamp-7700{n}" for n in range(5)]
    plain = "".join(f'<p><img src="/media/{name}.jpg"></p>' for name in names)
    sources = ", ".join(f"/media/{name}.jpg {n + 2}x" for n, name in enumerate(names))
    again = f'<figure><img src="/media/{names[0]}.jpg" srcset="{sources}"><figcaption>Lit.</figcaption></figure>'
    found = images(story(body=text + plain + again + text))
    assert [image.caption for image in found].count("Lit.") == 1
    assert [image.url.rpartition("/")[2][:-4] for image in found if not image.caption] == names[1:]


def test_what_stands_for_pictures_until_a_script_shows_them_is_none_of_them(story: Build) -> None:
    pictures = "".join(
        f'<p><img src="/wait.jpg?w=32&h={n}" data-original="/pics/step-4711{n}.jfif"></p>' for n in range(3)
    )
    found = images(story(body="".join(f"<p>{text}</p>{pictures}" for text in PARAGRAPHS)))
    assert [image.url.rpartition("/")[2] for image in found] == [f"step-4711{n}.jfif" for n in range(3)]
    assert all(len(image.variants) == 1 for image in found)


PORTRAIT = '<div class="{names}"><img src="/media/ada-300x300.jpg" width="300" height="300" alt="Ada Winter"></div>'


@pytest.mark.parametrize("names", ["author-box", "blogger", "columnist-photo"])
def test_a_portrait_that_the_data_name_does_not_lead_where_the_text_has_a_picture(story: Build, names: str) -> None:
    head = '<title>x</title><meta property="og:image" content="/media/ada-300x300.jpg">'
    text = PARAGRAPHS[0] + '</p><p><img src="/media/lamp.jpg" width="800" height="500"></p><p>' + PARAGRAPHS[1]
    found = images(
        story(
            head=head,
            heading=PORTRAIT.format(names=names) + f"<h1>{HEADLINE}</h1>",
            body=f"<p>{text}</p><p>{PARAGRAPHS[2]}</p>",
        )
    )
    assert [image.url.rpartition("/")[2] for image in found] == ["lamp.jpg"]


@pytest.mark.parametrize("names", ["lead", "image-pleine-hauteur"])
def test_another_picture_that_the_data_name_leads_where_the_text_has_one(story: Build, names: str) -> None:
    head = '<title>x</title><meta property="og:image" content="/media/ada-300x300.jpg">'
    text = PARAGRAPHS[0] + '</p><p><img src="/media/lamp.jpg" width="800" height="500"></p><p>' + PARAGRAPHS[1]
    heading = PORTRAIT.format(names=names) + f"<h1>{HEADLINE}</h1>"
    found = images(story(head=head, heading=heading, body=f"<p>{text}</p><p>{PARAGRAPHS[2]}</p>"))
    assert [image.url.rpartition("/")[2] for image in found] == ["ada-300x300.jpg", "lamp.jpg"]


def test_a_portrait_that_the_data_name_leads_where_there_is_no_other(story: Build) -> None:
    head = '<title>x</title><meta property="og:image" content="/media/ada-300x300.jpg">'
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    found = images(story(head=head, heading=PORTRAIT.format(names="author-box") + f"<h1>{HEADLINE}</h1>", body=body))
    assert [image.url.rpartition("/")[2] for image in found] == ["ada-300x300.jpg"]


@pytest.mark.parametrize("names", ["lead", "hero-image", "photo-of-the-day"])
def test_another_picture_above_that_the_data_name_leads(story: Build, names: str) -> None:
    head = '<title>x</title><meta property="og:image" content="/media/ada-300x300.jpg">'
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    found = images(story(head=head, heading=PORTRAIT.format(names=names) + f"<h1>{HEADLINE}</h1>", body=body))
    assert found[0].url.endswith("ada-300x300.jpg")


def test_a_set_without_addresses_names_no_picture(story: Build) -> None:
    figure = '<figure><img src="/lamp.jpg" srcset=" 150w,  200w,  1.5x" width="640" height="360"></figure>'
    assert [image.url.rpartition("/")[2] for image in images(story(byline=figure))] == ["lamp.jpg"]


@pytest.mark.parametrize("address", ["/150w.jpg", "/pictures/2x", "/a/w"])
def test_addresses_like_sizes_name_pictures(address: str, story: Build) -> None:
    figure = f'<figure><img src="/lamp.jpg" srcset="{address} 1200w" width="640" height="360"></figure>'
    assert images(story(byline=figure))[0].url.endswith(address)


def test_the_picture_for_readers_without_scripts_is_the_wider(story: Build) -> None:
    shown = (
        '<figure><img src="/max/60/lamp-9b.png?q=20" width="2400" height="960"><img width="2400" height="960">'
        '<noscript><img src="/max/4800/lamp-9b.png" width="2400" height="960"></noscript></figure>'
    )
    found = images(story(byline=shown))
    assert [image.url for image in found] == ["https://harbour-times.example/max/4800/lamp-9b.png"]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        ('<div class="image-credit"><p>Image: ada winter/lampwick</p></div>', (None, "ada winter/lampwick")),
        ('<div class="caption"><p>The lamp is up.<br><i>Ada Winter</i></p></div>', ("The lamp is up.", "Ada Winter")),
        ('<div class="caption"><p>A still from<br><i>Anna Karenina</i></p></div>',
     ("A still from Anna Karenina", None)),
        ('<div class="caption"><p>The lamp is up. <i>Ada Winter</i> lit it.</p></div>',
         ("The lamp is up. Ada Winter lit it.", None)),
        ('<div class="caption"><p>The lamp is up.<br><i>Late at night</i></p></div>',
         ("The lamp is up. Late at night", None)),
    ],
)  # fmt: skip
def test_who_took_a_picture_by_how_the_line_is_set(
    lines: str, parts: tuple[str | None, str | None], story: Build
) -> None:
    figure = f'<figure><p><img src="/lamp.jpg" width="640" height="360"></p>{lines}</figure>'
    found = images(story(byline=figure))
    assert [(image.caption, image.credit) for image in found] == [parts]


def test_a_line_called_a_credit_below_a_picture_is_one(story: Build) -> None:
    line = '<div><div class="end credit"> Lanternlight </div></div>'
    shown = f'<div><img src="/lamp.jpg" width="640" height="360"></div>{line}'
    found = images(story(byline=shown))
    assert [(image.caption, image.credit) for image in found] == [(None, "Lanternlight")]


def test_a_banner_above_the_headline_that_is_described_by_it_is_the_lead(story: Build) -> None:
    banner = "<div class='top'><img src='/pics/banner-4711.jpg' alt='{}' width='755'><p>Harbour</p>{}</div>"
    head = f"<h1>{HEADLINE}</h1>"
    assert [image.role for image in images(story(heading=banner.format(HEADLINE, head)))] == ["lead"]
    assert images(story(heading=banner.format("Another story of the harbour", head))) == ()
    linked = banner.format(HEADLINE, head).replace("<img", "<a href='/slides/lamp'><img").replace("755'>", "755'></a>")
    assert images(story(heading=linked)) == ()
    assert images(story(heading=banner.format("Lamp", head))) == ()


LENGTH = '<div><img src="/lamp.jpg" width="640" height="360"><div class="pill">0:49</div></div>'


def test_the_length_of_a_film_does_not_hide_its_caption(story: Build) -> None:
    caption = '<div class="Caption"><p>The lamp is up.</p><span class="Caption__Credit">Ada/Lanternlight</span></div>'
    found = images(story(byline=f"<aside>{LENGTH}{caption}</aside>"))
    assert [(image.caption, image.credit) for image in found] == [("The lamp is up.", "Ada/Lanternlight")]


@pytest.mark.parametrize(
    "beside",
    [
        "<h2>The lamp is up</h2>",
        '<a href="/2031/03/rope">The rope that broke in the great storm of March</a>',
        "<p>Written by Ada Winter</p>",
        "".join(f"<p>{line}</p>" for line in PARAGRAPHS),
    ],
)
def test_other_lines_beside_the_length_of_a_film_are_no_caption(beside: str, story: Build) -> None:
    assert not [image for image in images(story(byline=f"<div>{LENGTH}{beside}</div>")) if image.caption]


NARROW = '<img src="/oar-118x640.jpg" srcset="/oar-118x640.jpg 118w, /oar.jpg 227w" width="118" height="640">'


def test_a_narrow_picture_with_a_caption_of_its_figure_is_no_sign(story: Build) -> None:
    figure = f"<figure>{NARROW}<figcaption>The oar</figcaption></figure>"
    assert [(image.url.rpartition("/")[2], image.caption) for image in images(story(byline=figure))] == [
        ("oar.jpg", "The oar")
    ]


@pytest.mark.parametrize(
    "shown",
    [
        f"<div>{NARROW}</div>",
        f"<figure>{NARROW}</figure>",
        '<figure><img src="/hand.png" width="60" height="60"><figcaption>The oar</figcaption></figure>',
    ],
)
def test_narrow_pictures_without_or_small_ones_are_signs(shown: str, story: Build) -> None:
    assert images(story(byline=shown)) == ()


WAY_UP = "The lamp on its way up."
BACKGROUND = "background-image: url(&quot;/pics/lamp-4711.jpg&quot;); padding-top: 56%"


@pytest.mark.parametrize(
    ("head", "box"),
    [
        ("", f'<figure><div style="{BACKGROUND}"></div><figcaption>{WAY_UP}</figcaption></figure>'),
        ("", f'<figure><div data-bg="url(/pics/lamp-4711.jpg)"></div><figcaption>{WAY_UP}</figcaption></figure>'),
        ("", f'<div role="img" aria-label="A lamp" style="{BACKGROUND}"></div><p class="caption">{WAY_UP}</p>'),
        (
            '<meta property="og:image" content="/pics/lamp-4711.jpg">',
            f'<div class="hero" style="{BACKGROUND}"></div><p class="caption">{WAY_UP}</p>',
        ),
    ],
    ids=["in a figure", "put there by a script", "said to be a picture", "named by the data"],
)
def test_a_background_may_be_a_picture_of_the_article(story: Build, head: str, box: str) -> None:
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    found = images(story(head=f"<title>{HEADLINE}</title>{head}", byline=box, body=text))
    assert [(image.url, image.caption) for image in found] == [
        ("https://harbour-times.example/pics/lamp-4711.jpg", WAY_UP)
    ]


def test_other_backgrounds_are_the_pages_own(story: Build) -> None:
    box = f'<div class="ornament" style="{BACKGROUND}"><p>Published on Tuesdays</p></div>'
    assert images(story(byline=box)) == ()


def test_backgrounds_below_the_text_are_readers_and_other_stories(story: Build) -> None:
    box = (
        "<div class='c'><div role='img' style='background-image: url(/u/{0}.jpg)'></div><p>I saw it, {0}.</p></div>"
        "<figure style='background-image: url(/teased/{0}.jpg)'></figure><h3><a href='/{0}'>Another lamp</a></h3>"
    )
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    below = f"<section><p>What readers say</p>{''.join(map(box.format, range(3)))}</section>"
    page = story(body=text).replace(b"</body>", below.encode() + b"</body>")
    assert images(page) == ()


@pytest.mark.parametrize(
    "label",
    [
        "Click here to view larger image",
        "Zum Vergrößern bitte klicken",
        "Cliquez pour agrandir l'image",
        "Haz clic para ampliar la imagen",
        "Open image in new window",
    ],
)
def test_what_a_link_says_of_how_it_opens_a_picture_is_no_caption(label: str, story: Build) -> None:
    link = f'<a href="/pics/a1-full.jpg" title="{label}"><img src="/pics/a1-mini.jpg" width="160"></a>'
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    found = images(story(body=f"{text}<div>{link}</div>{text.replace('lamp', 'mast')}"))
    assert [image.caption for image in found] == [None]


def test_a_gallerys_thumbnail_has_the_caption_that_its_link_opens_with(story: Build) -> None:
    link = '<a class="fancybox" href="/pics/{0}-full.jpg" title="{1}"><img src="/pics/{0}-mini.jpg" width="160"></a>'
    gallery = link.format("a1", "The lamp on its way up") + link.format("b2", "The quay on Monday")
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    found = images(story(body=f"{text}<div>{gallery}</div>{text.replace('lamp', 'mast')}"))
    assert [image.caption for image in found] == ["The lamp on its way up", "The quay on Monday"]


def test_the_masthead_above_the_headline_is_no_picture_of_the_article(story: Build) -> None:
    head = f'<title>{HEADLINE}</title><meta property="og:site_name" content="Harbour Times">'
    masthead = '<div><img src="/static/top.gif" alt="Harbour Times" width="300" height="80"></div>'
    assert images(story(head=head, heading=f"{masthead}<h1>{HEADLINE}</h1>")) == ()


def test_a_figure_above_the_headline_is_a_picture_whatever_words_the_site_puts_to_all(story: Build) -> None:
    head = (
        f'<title>{HEADLINE}</title><meta property="og:site_name" content="Harbour Times">'
        '<meta property="og:image" content="/pics/lamp-4711.jpg">'
    )
    figure = (
        '<figure><img src="/pics/lamp-4711.jpg" alt="Harbour Times" width="900" height="600">'
        f"<figcaption>{WAY_UP}</figcaption></figure>"
    )
    found = images(story(head=head, heading=f"{figure}<h1>{HEADLINE}</h1>"))
    assert [image.caption for image in found] == [WAY_UP]
