"""What the lines around a picture say of it, and what they say of something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from crawler.extract.images.captions import read_caption
from crawler.extract.images.credited import find_credited
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html

Build = Callable[..., bytes]
TEXT, MORE = (
    "".join(
        f"<p>The lamp of Grindholm was carried up its steps on day {n}, and everybody on the quay had come to watch "
        "it, for it had been away for forty years.</p>"
        for n in days
    )
    for days in (range(1, 5), range(5, 9))
)
PICTURE = '<img src="/media/lamp-77.jpg">'


def told(body: bytes) -> list[tuple[str | None, str | None]]:
    found = extract_article(body, url="https://harbour-times.example/lamp").images
    return [(image.caption, image.credit) for image in found]


@pytest.mark.parametrize(
    "box",
    [
        f"<p>{PICTURE}The collector's family had offered the lamp to the island after finding a bundle of letters.</p>",
        f'<div>{PICTURE}<h2>A lamp comes home</h2><p>5 March 2024</p><a href="/lamp.pdf">Read it all</a></div>',
        f'<div>{PICTURE}<div class="visually-hidden">Image:</div></div>',
        f"<div>{PICTURE}<div>01:53</div></div>",
        f"<div>{PICTURE}<div>Episode teaser image:</div></div>",
        f"<figure>{PICTURE}<figcaption>05.09.2024 | 2:03 min</figcaption></figure>",
        f"<div>{PICTURE}<button>Read aloud</button></div>",
        f'<div>{PICTURE}<div>By <a href="/staff/ada">Ada Winter</a></div><div>4 min read</div></div>',
        f'<figure>{PICTURE}<div class="credit"><a href="#credits">View image credit</a></div></figure>',
    ],
    ids=[
        "paragraph",
        "heading and day",
        "label",
        "length of a video",
        "a longer label",
        "day and length",
        "button",
        "byline",
        "link to another place",
    ],
)
def test_what_is_no_caption(story: Build, box: str) -> None:
    assert set(told(story(body=TEXT + box + MORE))) <= {(None, None)}


@pytest.mark.parametrize(
    "figure",
    [
        f"<div>{PICTURE}</div><figcaption>The lamp on its way. Foto: Ada Winter</figcaption>",
        f"<figure>{PICTURE}<figcaption>The lamp on its way.</figcaption><footer>Ada Winter</footer></figure>",
        f'<figure>{PICTURE}<figcaption><p>The lamp on its way.</p><p class="author">Ada Winter</p></figcaption>'
        "</figure>",
        f'<div>{PICTURE}<div class="text">The lamp on its way.</div><div class="quelle">Ada Winter</div></div>',
        f'<div>{PICTURE}<div class="caption"><span class="source">Ada Winter</span> The lamp on its way.</div></div>',
        f'<figure>{PICTURE}<div class="copyright">Bild: Ada Winter <span class="description">The lamp on its way.'
        "</span></div></figure>",
        f"<figure>{PICTURE}<figcaption>The lamp on its way. <span data-captionauthor> / Ada Winter</span></figcaption>"
        "</figure>",
        f'<figure><img src="/icons/zoom.svg">{PICTURE}<figcaption>The lamp on its way. (Ada Winter)</figcaption>'
        "</figure>",
        f'<figure>{PICTURE}<figcaption>The lamp on its way. <span class="credit">Ada Winter</span></figcaption>'
        '<a href="/gallery/lamp">All pictures of this story</a></figure>',
        f"<figure><div>{PICTURE}<span>Foto: Ada Winter</span></div><figcaption>The lamp on its way.</figcaption>"
        "</figure>",
        f"<figure>{PICTURE}<figcaption><p>The lamp on its way.</p><p>Ada Winter</p></figcaption></figure>",
        f'<figure>{PICTURE}<figcaption>The lamp on its way.<i data-key="photo-credit">Ada Winter</i></figcaption>'
        "</figure>",
        f'<figure>{PICTURE}<figcaption>The lamp on its way.<i class="credit">Bild © Ada Winter</i></figcaption>'
        "</figure>",
        f"<figure>{PICTURE}<h3>The lamp on its way.</h3><small>Foto: Ada Winter</small></figure>",
        f"<figure>{PICTURE}<figcaption>The lamp on its way.<small>Ada Winter</small></figcaption></figure>",
        f'<div>{PICTURE}<div class="x1">The lamp on its way.<span class="x2">© Ada Winter</span></div></div>',
        f"<figure>{PICTURE}<p>The lamp on its way.</p><p class='credit'>© Ada Winter</p></figure>",
    ],
    ids=[
        "figcaption outside", "footer", "author", "source's line", "source first", "description in the credit",
        "attribute's name", "beside an icon", "link below", "credit on the picture", "line behind a sentence",
        "attribute's value", "sign", "heading", "set apart by a style", "by its name and a style", "sign in a line",
    ],
)  # fmt: skip
def test_caption_and_credit_in_boxes_of_many_forms(story: Build, figure: str) -> None:
    assert told(story(body=TEXT + figure + MORE)) == [("The lamp on its way.", "Ada Winter")]


@pytest.mark.parametrize(
    ("caption", "parts"),
    [
        ("The lamp on its way. (Ada Winter)", ("The lamp on its way.", "Ada Winter")),
        ("The mayor (Ada Winter)", ("The mayor (Ada Winter)", None)),
        ("The lamp on its way. (Middle)", ("The lamp on its way. (Middle)", None)),
        ("The Pablo-Clan and its lamp / Archive", ("The Pablo-Clan and its lamp / Archive", None)),
        ("港のランプ（冬木撮影）", ("港のランプ", "冬木")),
        ("港のランプ（Ｃ）共同", ("港のランプ", "共同")),
        ("港のランプ＝1月3日、冬木遥撮影", ("港のランプ＝1月3日", "冬木遥撮影")),
        ("港のランプ＝グリンホルムの桟橋で、港新聞提供", ("港のランプ＝グリンホルムの桟橋で", "港新聞提供")),
        ("港のランプ、桟橋で撮影", ("港のランプ、桟橋で撮影", None)),
        ("Лампа Источник: Ада", ("Лампа", "Ада")),
        ("коллаж: Ада", (None, "Ада")),
        ("The lamp (Quelle: Truth Social)", ("The lamp", "Truth Social")),
        ("Ada Winter-Falk/hbr", (None, "Ada Winter-Falk/hbr")),
        ("Harbour Pictures / Ada Winter", (None, "Harbour Pictures / Ada Winter")),
        ("The quay / the lamp", ("The quay / the lamp", None)),
        ("Lampa Zdroj: Ada", ("Lampa", "Ada")),
        ("Image source: Quay", (None, "Quay")),
        ("The lamp (Photo credit: Quay Images)", ("The lamp", "Quay Images")),
        ("(Image Source)", (None, None)),
        ("La lampe lundi matin. Photo Ada Winter", ("La lampe lundi matin.", "Ada Winter")),
        ("La lampe lundi matin. Photos Ada Winter", ("La lampe lundi matin.", "Ada Winter")),
        ("The seal in this undated photo Ada Winter", ("The seal in this undated photo Ada Winter", None)),
    ],
)
def test_credits_that_a_line_ends_in(caption: str, parts: tuple[str | None, str | None]) -> None:
    assert read_caption(caption, below=True) == parts


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("<span class=title>The quay at dusk</span><span>Ferries wait for the tide.</span>",
         ("The quay at dusk Ferries wait for the tide.", None)),
        ("<b>05.03.2024</b>Ferries wait for the tide.", ("05.03.2024 Ferries wait for the tide.", None)),
        ("The lamp is lit again!<span>Ada Winter</span>", ("The lamp is lit again!", "Ada Winter")),
        ("Ferries wait on You<b>Tube</b> today", ("Ferries wait on YouTube today", None)),
        ("<b>You</b><i>Tube shows the ferries</i>", ("YouTube shows the ferries", None)),
        ('The crew of "<em>The Lamp House</em>" on stage', ('The crew of "The Lamp House" on stage', None)),
        ('The lamp ("<em>La Luz Grande</em>") is lit', ('The lamp ("La Luz Grande") is lit', None)),
        ("Scen ur ”<em>Den Stora Lampan</em>” i dag", ("Scen ur ”Den Stora Lampan” i dag", None)),
        ("<span>F</span>erries wait for the tide", ("Ferries wait for the tide", None)),
        ("Ferries wait for the tide<span><i class='fal fa-copyright'></i>Ada Winter</span>",
         ("Ferries wait for the tide", "Ada Winter")),
    ],
)  # fmt: skip
def test_what_only_styles_set_apart_in_a_caption_is_not_read_as_one_word(
    story: Build, line: str, parts: tuple[str | None, str | None]
) -> None:
    figure = f"<figure>{PICTURE}<figcaption>{line}</figcaption></figure>"
    assert told(story(body=f"{TEXT}{figure}{MORE}")) == [parts]


def test_quotation_marks_around_a_name_are_no_part_of_it(story: Build) -> None:
    box = f"<figure>{PICTURE}<figcaption>The lamp. Photo by: 'Ada Winter'.</figcaption></figure>"
    assert told(story(body=TEXT + box + MORE)) == [("The lamp.", "Ada Winter")]


NAME = "The lamp of Grindholm on its way up."
DESCRIBED = PICTURE.replace("<img", f'<img alt="{NAME}"')
OLD = {
    "the picture's own words again": f"<div>{DESCRIBED}<p>{NAME}</p></div>",
    "the same in boxes of their own": (f"<div><div>{DESCRIBED}</div><div>{NAME}</div></div>"),
    "a box named after pictures": f'<div class="foto" style="width:230px">{PICTURE}<p>{NAME}</p></div>',
    "named by its id": f'{PICTURE}<p id="description"></p><p id="caption">{NAME}</p>',
}


@pytest.mark.parametrize("box", OLD.values(), ids=OLD.keys())
def test_a_caption_before_there_were_figures_is_no_text(story: Build, box: str) -> None:
    article = extract_article(story(body=box + TEXT + MORE), url="https://harbour-times.example/lamp")
    assert [image.caption for image in article.images] == [NAME]
    assert NAME not in (article.text or "")


def test_a_credit_in_a_span_named_so_is_no_text(story: Build) -> None:
    box = f'<div id="lead370">{PICTURE}<p> <span class="photoCredit">Courtesy Ada Winter</span></p></div>'
    article = extract_article(story(body=box + TEXT + MORE), url="https://harbour-times.example/lamp")
    assert "Courtesy" not in (article.text or "")
    assert [image.credit for image in article.images] == ["Courtesy Ada Winter"]


@pytest.mark.parametrize("name", ["inline-video-caption", "video-desc"])
def test_the_caption_of_a_player_that_only_a_script_draws_is_no_text(story: Build, name: str) -> None:
    caption = "The lamp is lifted from the deck of a fishing boat while all of Grindholm stands on the quay and waits."
    box = f'<div data-player="77"><script></script></div><div class="{name}"><span>{caption}</span></div>'
    article = extract_article(story(body=TEXT + box + MORE), url="https://harbour-times.example/lamp")
    assert caption not in (article.text or "")
    assert caption in (extract_article(story(body=box), url="https://harbour-times.example/lamp").text or "")


@pytest.mark.parametrize(
    "box",
    [
        f"<div>{PICTURE.replace('<img', '<img alt=Lamp')}<p>{NAME}</p></div>",
        f'<div class="photo-essay">{PICTURE}<p>{NAME}</p><p>It was a long way, without a rope.</p></div>',
    ],
    ids=["other words", "one paragraph of several"],
)
def test_a_paragraph_below_a_picture_stays_text(story: Build, box: str) -> None:
    article = extract_article(story(body=TEXT + box + MORE), url="https://harbour-times.example/lamp")
    assert NAME in (article.text or "")


EASTERN = "".join(
    f"<p>港口的灯塔在第{n}天的大风之后重新亮起，值班员说修复工作用了七个小时，渔船都在等这束光。</p>" for n in range(5)
)
CENTRED = ' style="text-align: center;"'


def eastern(middle: str) -> tuple[str, list[tuple[str | None, str | None]]]:
    page = f'<html lang="zh"><head><meta charset="utf-8"></head><body><h1>灯塔亮了</h1><div>{EASTERN}{middle}'
    page += EASTERN.replace("港口", "海边") + "</div></body></html>"
    found = extract_article(page.encode(), url="https://gangkou.example/deng")
    return found.text or "", [(image.caption, image.credit) for image in found.images]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("图为灯塔亮灯的仪式。（丁海摄）", "图为灯塔亮灯的仪式。", "丁海"),
        ("灯塔下的渔船。港口社记者 丁海 摄", "灯塔下的渔船。", "港口社记者 丁海 摄"),
        ("灯塔下的渔船。视频截图", "灯塔下的渔船。", "视频截图"),
        ("图片来源：港口博物馆", None, "港口博物馆"),
        ("▲灯塔下的渔船", "▲灯塔下的渔船", None),
        ("资料图：大风中的灯塔。", "资料图：大风中的灯塔。", None),
    ],
)
def test_a_line_below_a_picture_that_tells_of_it_in_chinese(line: str, caption: str | None, credit: str | None) -> None:
    text, told_of = eastern(f"<p>{PICTURE}</p><p>{line}</p>")
    assert line not in text
    assert told_of == [(caption, credit)]


@pytest.mark.parametrize(
    "line", ["这一夜，守灯人没有睡。", "修灯的人", "他说，这些照片都是他自己拍摄的，一共有三百多张。"]
)
def test_other_lines_below_a_picture_are_text(line: str) -> None:
    assert line in eastern(f"<p>{PICTURE}</p><p>{line}</p>")[0]


@pytest.mark.parametrize("style", [CENTRED, ' align="center"', ' class="f_center"'])
def test_a_line_in_the_middle_below_a_picture_is_its_caption(story: Build, style: str) -> None:
    body = f"{TEXT}<p{style}>{PICTURE}</p><p{style}>The lens on the deck of the boat that brought it</p>{MORE}"
    found = extract_article(story(body=body), url="https://harbour-times.example/lamp")
    assert "on the deck" not in (found.text or "")
    assert [image.caption for image in found.images] == ["The lens on the deck of the boat that brought it"]


def test_lines_in_the_middle_throughout_are_text(story: Build) -> None:
    verse = "".join(f"<p{CENTRED}>The lamp came home on day {n} of the year</p>" for n in range(4))
    body = f"{TEXT}<p{CENTRED}>{PICTURE}</p>{verse}{MORE}"
    assert "on day 0 of the year" in (
        extract_article(story(body=body), url="https://harbour-times.example/lamp").text or ""
    )


def test_of_several_lines_below_a_picture_only_the_first_may_tell_of_it() -> None:
    lines = "资料图<br>此外，灯塔的商店也在修理当中<br>渔船、灯、海，都在等星期六"
    assert "都在等星期六" in eastern(f"<p>{PICTURE}</p><p>{lines}</p>")[0]


@pytest.mark.parametrize(
    "line",
    [
        "渔民们在海上漂了一夜，回到港口以后才第一次看到那座灯塔在大风里的图片。",
        "港务局呼吁市民向博物馆提供关于这座灯塔历史的资料。",
    ],
)
def test_a_sentence_below_a_picture_that_speaks_of_pictures_is_text(line: str) -> None:
    assert line in eastern(f"<p>{PICTURE}</p><p>{line}</p>")[0]


def test_brief_sentences_below_nearly_all_pictures_are_captions() -> None:
    pictures = (PICTURE, PICTURE.replace("77", "78"), PICTURE.replace("77", "79"))
    names = ("修灯现场。", "灯塔下的渔船。", "守灯人的小屋。")
    middle = "".join(f"<p>{one}</p><p>{name}</p>{EASTERN[:60]}</p>" for one, name in zip(pictures, names, strict=True))
    text, told_of = eastern(middle)
    assert not any(name in text for name in names)
    assert told_of == [(name, None) for name in names]


def test_a_brief_sentence_below_one_picture_of_several_is_text() -> None:
    pictures = (PICTURE, PICTURE.replace("77", "78"), PICTURE.replace("77", "79"))
    middle = "".join(f"<p>{one}</p>{EASTERN}" for one in pictures) + f"<p>{PICTURE.replace('77', '80')}</p>"
    assert "渔民都不说话。" in eastern(f"{middle}<p>渔民都不说话。</p>")[0]


@pytest.mark.parametrize(
    "button",
    ['<span class="close-button js">Close</span>', '<a class="less-text-link">less</a>', "<button>Enlarge</button>"],
)
def test_the_button_that_closes_a_caption_is_none_of_it(story: Build, button: str) -> None:
    box = f'<div>{PICTURE}<div class="caption">The lamp on its way up. | AP Photo {button}</div></div>'
    assert told(story(body=TEXT + box + MORE)) == [("The lamp on its way up.", "AP Photo")]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("- The lamp in 2008. REUTERS/Ada Winter -", ("The lamp in 2008.", "REUTERS/Ada Winter")),
        ("Image: Ada Winter on Flickr", (None, "Ada Winter on Flickr")),
        ("(Ada Winter Photography)", (None, "Ada Winter Photography")),
    ],
)
def test_credits_as_weblogs_print_them(story: Build, line: str, parts: tuple[str | None, str | None]) -> None:
    box = f'<div class="photo">{PICTURE}<p class="source">{line}</p></div>'
    assert told(story(body=TEXT + box + MORE)) == [parts]


@pytest.mark.parametrize("said", [".", "—", "Video", "Foto:", "视频", "Vídeo"])
def test_signs_and_words_for_the_kind_of_picture_are_no_caption(story: Build, said: str) -> None:
    box = f"<figure>{PICTURE}<figcaption>{said}</figcaption></figure>"
    assert [caption for caption, _ in told(story(body=TEXT + box + MORE))] == [None]


def test_a_credit_beside_a_line_that_is_called_both_is_the_credit(story: Build) -> None:
    lines = (
        '<div class="image__caption attribution"><span>Keeper and lens</span></div>'
        '<figcaption class="image__credit">Ada Winter/Lampworks</figcaption>'
    )
    assert told(story(body=f'<div><img src="/lens.jpg" width=800>{lines}</div>{TEXT}')) == [
        ("Keeper and lens", "Ada Winter/Lampworks")
    ]


def test_the_whole_caption_below_a_figure_is_read(story: Build) -> None:
    lines = '<span class="t">The lens on the quay, March 2024</span><div class="photo__copyright">Foto: LETA</div>'
    figure = f'<div><figure><img src="/lens.jpg" width=800></figure><figcaption><div>{lines}</div></figcaption></div>'
    assert told(story(body=figure + TEXT)) == [("The lens on the quay, March 2024", "LETA")]


def test_a_licence_behind_a_name_makes_no_caption_of_a_credit() -> None:
    assert read_caption("Foto: Ada Winter CC BY 2.0") == (None, "Ada Winter CC BY 2.0")


@pytest.mark.parametrize(
    ("lines", "left_out"),
    [
        ("<p>The lamp is on its way up.</p><div>(Credit: Ada Winter/Lampwick)</div>", 2),
        ("<div>The lamp is on its way up.</div><div>Photo: Ada Winter</div>", 2),
        ("<p>The lamp is on its way up.</p><p>Nobody had brought a rope.</p>", 0),
        ("<h3>The lamp</h3><p>It is on its way up.</p><p>Photo: Ada Winter</p>", 0),
        ("<p>One.</p><p>Two.</p><p>Three.</p><p>Photo: Ada Winter</p>", 0),
    ],
    ids=["a credit in brackets", "a credit", "no credit", "a heading", "many lines"],
)
def test_the_few_lines_of_a_box_in_which_one_credits_the_picture_are_its_caption(lines: str, left_out: int) -> None:
    layout = lay_out(parse_html(f"<article><p>It was lit.</p><div>{PICTURE}{lines}</div>{TEXT}</article>"))
    assert len(find_credited(layout, layout.blocks)) == left_out


CHART = "The lines show (A) how long lamps burned and (B) how often they were lit; the grey bands are in doubt."


@pytest.mark.parametrize(
    "line",
    [f"({CHART} Credit: Annals of Lighting (2023). DOI: 10.0000/al.22)", f"[{CHART} {CHART} {CHART} Photo: Ada Winter]",
     f"（{CHART} 写真：灯台の会 2023年）", f"({CHART} Source: Lampwick yearbook, table 4)"],
)  # fmt: skip
def test_a_line_in_brackets_that_credits_the_picture_above_is_its_caption(story: Build, line: str) -> None:
    body = story(body=f"{TEXT}<div>{PICTURE}</div><p>{line}</p>{MORE}")
    assert "in doubt" not in (extract_article(body, url="https://harbour-times.example/lamp").text or "")


@pytest.mark.parametrize(
    "line",
    [f"({CHART} Nobody knows why.)", f"{CHART} Credit: is due to the keeper, who counted.",
     f"({CHART}) The credit: it goes to the keeper (who counted).",
     f"({CHART} She told it to our source in the tower.)",
     f"({CHART} According to one source: “nobody ever does”, and no plan will change that.)",
     f"({CHART} He told us of his source: a woman who had sold him the lamp.)"],
)  # fmt: skip
def test_other_lines_in_brackets_below_a_picture_are_text(story: Build, line: str) -> None:
    body = story(body=f"{TEXT}<div>{PICTURE}</div><p>{line}</p>{MORE}")
    assert "in doubt" in (extract_article(body, url="https://harbour-times.example/lamp").text or "")


@pytest.mark.parametrize("credit", ["Courtesy Lampwick TV", "Ada Winter/Getty Images", "Ada Winter / AFP / Getty"])
def test_who_is_credited_below_a_picture_is_no_text(story: Build, credit: str) -> None:
    body = story(body=f"{TEXT}<div>{PICTURE}</div><p>{credit}</p>{MORE}")
    assert credit not in (extract_article(body, url="https://harbour-times.example/lamp").text or "")


def test_a_paragraph_with_its_picture_and_no_credit_stays_text(story: Build) -> None:
    box = (
        f"<div>{PICTURE}<p>The lamp is on its way up.</p><p>Courtesy is all that the crane driver asked for.</p></div>"
    )
    assert "on its way up" in (extract_article(story(body=TEXT + box + MORE), url="https://h.example/lamp").text or "")


@pytest.mark.parametrize("sign", ["A", "灯", "Ab", "A.", "灯塔 "])
@pytest.mark.parametrize("word", ["", "Foto: ", "Credit: ", "Courtesy of ", "Illustration by "])
def test_a_line_of_capitals_or_chinese_signs_is_read_in_little_time(word: str, sign: str) -> None:
    line = word + sign * (290 // len(sign)) + "!"
    layout = lay_out(parse_html(f"<article>{PICTURE}<p>{line}</p>{TEXT}</article>"))
    find_credited(layout, layout.blocks)
    assert any(read_caption(line))


def slanted(*lines: str, between: str = "") -> str:
    shown = (f'<p><img src="/media/{n}.jpg" width=800 height=500></p><p>{line}</p>' for n, line in enumerate(lines))
    parts = TEXT.split("</p>")[:-1]
    return "".join(f"{part}</p>{extra}{between}" for part, extra in zip(parts, [*shown, "", "", "", ""], strict=False))


def left_out(html: str) -> list[str]:
    layout = lay_out(parse_html(html))
    return [layout.blocks[number].text for number in sorted(find_credited(layout, layout.blocks))]


@pytest.mark.parametrize("tag", ["em", "i", "small"])
def test_lines_in_italics_below_the_pictures_are_captions(story: Build, tag: str) -> None:
    lines = [f"<{tag}>The lamp on the quay</{tag}>", f"<{tag}>The stairs, seen from below.</{tag}>"]
    assert left_out(slanted(*lines)) == ["The lamp on the quay", "The stairs, seen from below."]
    page = story(body=slanted(*lines) + MORE)
    assert told(page) == [("The lamp on the quay", None), ("The stairs, seen from below.", None)]


@pytest.mark.parametrize(
    "html",
    [
        slanted("<em>Nobody had asked him to.</em>"),
        slanted("<em>Nobody had asked him to.</em>", "<em>And yet he came.</em>", between="<p><em>And so on.</em></p>"),
        slanted("<em>Nobody</em> had asked him to.", "He came <em>all the same.</em>"),
        slanted("<b>A light for fishermen</b>", "<b>Who pays for it</b>"),
        slanted("The lamp on the quay", "The stairs"),
        slanted("<em>How did the year begin for you?</em>", "<em>And what became of the lamp?</em>"),
    ],
    ids=["one", "a style of the text", "a word", "subheads", "plain", "an interview's questions"],
)
def test_other_lines_below_the_pictures_are_text(html: str) -> None:
    assert left_out(html) == []


@pytest.mark.parametrize(
    ("alt", "line"),
    [
        ("The welder with the new frame of the lamp", "The welder with the frame of the new lamp"),
        ("Die Lampe an der Mole bei Nacht", "Die Lampe bei Nacht an der Mole"),
        ("La lámpara del puerto sobre el muelle viejo", "La lámpara del puerto, sobre el viejo muelle."),
    ],
)
def test_a_line_below_a_picture_with_the_words_of_its_alt_is_its_caption(story: Build, alt: str, line: str) -> None:
    html = f'<p><img src="/media/lamp-77.jpg" width=800 height=500 alt="{alt}"></p><p>{line}</p>'
    assert left_out(TEXT + html + MORE) == [line]
    assert told(story(body=TEXT + html + MORE)) == [(line, None)]


@pytest.mark.parametrize(
    ("alt", "line"),
    [
        ("Ninja Specialty Coffee Maker", "Ninja Specialty Coffee Maker"),
        ("Parts of the lamp: the frame and the lens", "These are the parts of the lamp:"),
        ("The lamp", "The lamp on the quay was lit at nine"),
        ("The lamp on the quay at night", "At night the welder walks out on the pier with a key and a torch."),
    ],
)
def test_a_line_with_some_words_of_the_alt_above_it_is_text(alt: str, line: str) -> None:
    html = f'<p><img src="/media/lamp-77.jpg" alt="{alt}"></p><p>{line}</p>'
    assert left_out(TEXT + html + MORE) == []


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ('<div><img src=/a.jpg><p class="source">Ada Winter</p><p class="caption">The lamp</p></div>', []),
        ('<div><img src=/a.jpg><h4>The lamp</h4><p class="caption">The lamp</p></div>', ["The lamp", "The lamp"]),
        ('<div><img src=/a.jpg><p>The lamp</p></div><div><p class="caption">Lit</p></div>', ["The lamp", "Lit"]),
    ],
    ids=["in their box", "a heading", "in another"],
)
def test_a_line_between_a_picture_and_its_caption_is_of_the_picture(box: str, text: list[str]) -> None:
    layout = lay_out(parse_html(TEXT + box))
    found = find_credited(layout, layout.blocks)
    assert [block.text for block in layout.blocks[4:] if block.number not in found] == text


def test_small_print_below_a_picture_is_its_caption_where_there_is_no_other(story: Build) -> None:
    line = "<p><img src=/a.jpg width=800 height=500></p><p><small>The pier, seen from the lamp</small></p>"
    assert left_out(TEXT + line + MORE) == ["The pier, seen from the lamp"]
    assert left_out(TEXT + line + "<p><small>All prices in crowns.</small></p>" + MORE) == []
    assert told(story(body=TEXT + line + MORE)) == [("The pier, seen from the lamp", None)]


BOXED = (
    "<div class='unit'><div class='wrap'>{}<a href='/media/lamp-full.jpg'>Enlarge this image</a></div>"
    "<div class='credit-caption'><div class='caption'><p>The keeper on the pier. "
    "<b class='credit'>Ada Winter/Harbour</b> <b class='hide-caption'><b>hide caption</b></b></p></div></div></div>"
)


def test_a_line_in_a_box_called_caption_below_a_picture_and_its_button_is_its_caption() -> None:
    page = f"<title>A lamp</title><h1>A lamp comes home</h1>{BOXED.format(PICTURE)}{TEXT}".encode()
    article = extract_article(page, url="https://harbour-times.example/lamp")
    assert [(image.caption, image.credit) for image in article.images] == [
        ("The keeper on the pier.", "Ada Winter/Harbour")
    ]
    assert "keeper" not in (article.text or "")


@pytest.mark.parametrize(
    "html",
    [
        f"<div class='wrap'>{PICTURE}</div><p>The keeper stood on the pier.</p>",
        f"{PICTURE}<p>One.</p><p>Two.</p><div class='caption'><p>The keeper stood on the pier.</p></div>",
        f"{PICTURE}<div class='team-caption'><h4>Team</h4><p>The keeper stood on the pier.</p><a href=/x>On</a></div>",
        f"{PICTURE}<div class='caption'><p>A.</p><p>B.</p><p>C.</p><p>The keeper stood on the pier.</p></div>",
    ],
)
def test_a_line_in_a_card_or_far_from_a_picture_is_none(html: str) -> None:
    blocks = lay_out(parse_html(html)).blocks
    page = lay_out(parse_html(html))
    told_apart = {blocks[number].text for number in find_credited(page, page.blocks)}
    assert "The keeper stood on the pier." not in told_apart


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("先制点を喜ぶ選手たち＝ノルド通信", "先制点を喜ぶ選手たち", "ノルド通信"),
        ("港に戻った灯台の灯＝港湾新聞社", "港に戻った灯台の灯", "港湾新聞社"),
        ("灯台の灯＝十日、オスロ", "灯台の灯＝十日、オスロ", None),
    ],
)
def test_behind_the_sign_stands_whose_a_japanese_picture_is(line: str, caption: str, credit: str | None) -> None:
    assert read_caption(line, below=True) == (caption, credit)
