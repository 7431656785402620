from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.names.names import is_agency, is_person, people_given, people_in


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ada Winter", ("Ada Winter",)),
        ("By Ada Winter", ("Ada Winter",)),
        ("By: Ada Winter and Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("Ada Winter, Jonas Falk & Mia Berg", ("Ada Winter", "Jonas Falk", "Mia Berg")),
        ("Von Ada Winter und Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("Par Léa Müller et Noé Petit", ("Léa Müller", "Noé Petit")),
        ("Por Inés Vega y Luis Mar", ("Inés Vega", "Luis Mar")),
        ("di Pia Rossi", ("Pia Rossi",)),
        ("Par LÉA MÜLLER, ANNA PETIT Envoyées spéciales à Oslo", ("LÉA MÜLLER", "ANNA PETIT")),
        ("Anna Vega, Luis Mar Enviados especiales a Oslo", ("Anna Vega", "Luis Mar")),
        ("By Anna Winter, Jonas Falk Correspondents in Oslo", ("Anna Winter", "Jonas Falk")),
        ("Av Kari Nord og Ola Vik", ("Kari Nord", "Ola Vik")),
        ("Автор: Анна Мирная", ("Анна Мирная",)),
        ("Ada Winter, Political Correspondent", ("Ada Winter",)),
        ("Ada Winter (Grindholm)", ("Ada Winter",)),
        ("Ada Winter ada@harbour-times.example", ("Ada Winter",)),
        ("Ada Winter @adawrites", ("Ada Winter",)),
        ("《山田太郎》", ("山田太郎",)),
        ("【文・佐藤花子】", ("佐藤花子",)),
        ("Ada Winter and 3 others", ("Ada Winter",)),
        ("Ada Winter | 5 March 2024", ("Ada Winter",)),
        ("By Ada Winter. March 16, 2024", ("Ada Winter",)),
        ("By Ada Winter. The lamp is back", ("Ada Winter",)),
        ("By Capt. Ada Winter", ("Capt. Ada Winter",)),
        ("Assoc. Prof. Ada Winter", ("Assoc. Prof. Ada Winter",)),
        ("Anna Berg Freitag", ("Anna Berg",)),
        ("Anna Maria Freitag", ("Anna Maria Freitag",)),
        ("By Ada Winter and Jonas Falk, Harbour Times", ("Ada Winter", "Jonas Falk")),
        ("Ada Winter/dpa", ("Ada Winter", "dpa")),
        ("Mary-Kate O'Neill-van der Berg", ("Mary-Kate O'Neill-van der Berg",)),
        ("Harbour Times Staff", ("Harbour Times Staff",)),
        ("Institute for Lamps and Lenses", ("Institute for Lamps and Lenses",)),
        ("山田太郎", ("山田太郎",)),
        ("홍길동 기자", ("홍길동",)),
        ("Ada Winter, MD, PhD", ("Ada Winter",)),
        ("Ada Winter, CFP®", ("Ada Winter",)),
        ("Ada Winter, M.A., Dietitian", ("Ada Winter",)),
        ("Ada Winter, AP", ("Ada Winter", "AP")),
        ("Jonas Falk Jr.", ("Jonas Falk Jr.",)),
        ("View all posts by Ada Winter", ("Ada Winter",)),
        ("Alles von Ada Winter", ("Ada Winter",)),
        ("Ada Winter Feb.", ("Ada Winter",)),
        ("Ada Win\xadter", ("Ada Winter",)),
        ("Autorin/Autor Ada Winter", ("Ada Winter",)),
        ("Autor: Rechtsanwalt Jonas Falk", ("Jonas Falk",)),
        ("Reporter Ada Winter", ("Ada Winter",)),
        ("Ada WinterTwitter", ("Ada Winter",)),
        ("Ada WinterMarch", ("Ada Winter",)),
        ("Ada Winter1, Jonas Falk2", ("Ada Winter", "Jonas Falk")),
        ("Ada Winter &", ("Ada Winter",)),
        ("Words by Ada Winter, photographs by Jonas Falk", ("Ada Winter",)),
        ("Photos by Jonas Falk, words by Ada Winter", ("Ada Winter",)),
        ("Words and photos by Ada Winter", ("Ada Winter",)),
        ("Written and edited by Ada Winter", ("Ada Winter",)),
        ("Photographs and text by Ada Winter", ("Ada Winter",)),
        ("Fotos und Text: Ada Winter", ("Ada Winter",)),
        ("Review by Ada Winter", ("Ada Winter",)),
        ("By Ada Winter | Video by Jonas Falk", ("Ada Winter",)),
        ("Written by Ada Winter. Medically reviewed by Jonas Falk, MD", ("Ada Winter",)),
        ("Von Ada Winter (Text) und Jonas Falk (Fotos)", ("Ada Winter",)),
        ("Written, photographed and edited by Ada Winter", ("Ada Winter",)),
        ("Texte et photos : Ada Winter", ("Ada Winter",)),
        ("Fotos y texto: Ada Winter", ("Ada Winter",)),
        ("Testo e foto di Ada Winter", ("Ada Winter",)),
        ("Tekst en foto's: Ada Winter", ("Ada Winter",)),
        ("Interview und Fotos: Ada Winter", ("Ada Winter",)),
        ("Text/Foto: Ada Winter", ("Ada Winter",)),
        ("Текст: Анна Берг, фото: Иван Петров", ("Анна Берг",)),
        ("文：王小明 攝影：李大華", ("王小明",)),
        ("攝影：李大華 文：王小明", ("王小明",)),
        ("Par Ada Winter, photos par Jonas Falk", ("Ada Winter",)),
        ("Crédit photo : Jonas Falk", ()),
        ("Traduction : Jonas Falk", ()),
        ("Kamera: Jonas Falk", ()),
        ("Von Ada Winter (Fotos und Text)", ("Ada Winter",)),
        ("Par Ada Winter, à Paris", ("Ada Winter",)),
        ("By Ada Winter, Ilustrator: Jonas Falk", ("Ada Winter",)),
        ("记者王小明", ("王小明",)),
        ("Фото из архива Иван Петров", ()),
        ("By Jonas Engineer", ("Jonas Engineer",)),
        ("By Ada Photo, Boston", ("Ada Photo",)),
        ("By Art Director", ()),
        ("By M.S. Winter", ("M.S. Winter",)),
        ("Ada Winter, M.S. Nutrition", ("Ada Winter",)),
        ("By Wei Chen, MD, Thuy Lan, MD", ("Wei Chen", "Thuy Lan")),
        ("By Ada Winter, Austin, TX", ("Ada Winter",)),
        ("By Ada Winter, Washington, D.C.", ("Ada Winter",)),
        ("By Ada Winter and Jonas Falk, New York", ("Ada Winter", "Jonas Falk")),
        ("adawinter, jonasfalk", ("adawinter", "jonasfalk")),
        ("Photography by Jonas Falk", ()),
        ("Reviewed by Jonas Falk", ()),
        ("By Ada Winter, Boston, MA", ("Ada Winter",)),
        ("By Ada Winter and Jonas Falk, Eau Claire, Wis.", ("Ada Winter", "Jonas Falk")),
        ("Ada Winter, Grindholm", ("Ada Winter",)),
        ("Ada Winter, Jonas, Mia", ("Ada Winter", "Jonas", "Mia")),
        ("Ada Winter, MA", ("Ada Winter",)),
        ("Ada Winter im Gespräch mit Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("Ada Winter in conversation with Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("Ada (Mia) Winter", ("Ada (Mia) Winter",)),
        ("By Ada (Mia) Winter, Grindholm", ("Ada (Mia) Winter",)),
        ("Ada Winter (Grindholm) and Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("Ada WinterMARCH 4, 2024", ("Ada Winter",)),
        ("Ada Winter Ada Winter", ("Ada Winter",)),
        ("By Ada Winter. Hosted by the harbour", ("Ada Winter",)),
        ("Prof. Dr. Ada Winter", ("Prof. Dr. Ada Winter",)),
        ("Ada WinterAda Winter", ("Ada Winter",)),
        ("Por Ada Winter e Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("José Winter y Falk", ("José Winter y Falk",)),
        ("By Ada E Winter", ("Ada E Winter",)),
        ("POR ADA WINTER Y JONAS FALK", ("ADA WINTER", "JONAS FALK")),
        ("Autor: Ada Zimová a Jonáš Sokol", ("Ada Zimová", "Jonáš Sokol")),
        ("Írta: Téli Ada és Sólyom Jónás", ("Téli Ada", "Sólyom Jónás")),
        ("Автор: Ада Зимова та Йона Сокіл", ("Ада Зимова", "Йона Сокіл")),
        ("Door Ada Winter en Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("بقلم: عادة الشتوي ويونس الصقري", ("عادة الشتوي", "يونس الصقري")),
        ("بقلم: يونس وليد الصقري", ("يونس وليد الصقري",)),
        ("מאת עדה חורפי ויונה בזלת", ("עדה חורפי", "יונה בזלת")),
        ("نویسندگان: آدا زمستانی و یونس شاهینی", ("آدا زمستانی", "یونس شاهینی")),
        ("लेखक: अदा शीतल और योना बाज", ("अदा शीतल", "योना बाज")),
        ("Συντάκτης: Άντα Χειμωνίδου", ("Άντα Χειμωνίδου",)),
        ("Հեղինակ՝ Ադա Ձմեռյան", ("Ադա Ձմեռյան",)),
        ("By Ada Winter. Additional reporting by Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("By Ada Winter with AFP", ("Ada Winter", "AFP")),
        ("Ada Winter avec agences", ("Ada Winter",)),
        ("Par Ada Winter (traduit par Jonas Falk)", ("Ada Winter",)),
        ("By Ada Winter (photographs by Jonas Falk)", ("Ada Winter",)),
        ("Por Ada Winter y 3 más", ("Ada Winter",)),
        ("di Ada Winter e altri 2", ("Ada Winter",)),
        ("Ада Зимина и ещё 3 человека", ("Ада Зимина",)),
        ("Ada Winter et al.", ("Ada Winter",)),
        ("文：冬野灯子 ほか3人", ("冬野灯子",)),
        ("Reportagem de Ada Winter e Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("di Ada Winter, inviata a Grindholm", ("Ada Winter",)),
        ("Texto: Ada Winter / Fotos: Jonas Falk", ("Ada Winter",)),
        ("Autorka: Ada Zimová", ("Ada Zimová",)),
        ("Cooking with Ada", ("Cooking with Ada",)),
        ("Salt e Pepe", ("Salt e Pepe",)),
        ("By Ada Winter with Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("red", ()),
        ("zvg", ()),
        ("By date", ()),
        ("Boston, MA", ()),
        ("Sat, 20 Dec", ()),
        ("", ()),
        ("admin", ()),
        ("5 March 2024", ()),
    ],
)
def test_people_in(byline: str, names: tuple[str, ...]) -> None:
    assert people_in(byline) == names


@pytest.mark.parametrize("name", ["Harbour Marketing", "98 Lamps", "seal_watcher7", "灯台新聞デジタル"])
def test_a_field_for_the_author_is_believed_though_the_name_is_unusual(name: str) -> None:
    assert people_given(name) == (name,)


@pytest.mark.parametrize(
    "name",
    [
        "admin",
        "ada@harbour-times.example",
        "https://harbour-times.example/ada",
        "7",
        "",
        "Photos by Jonas Falk",
        "Boston, MA",
        "Austin, TX",
        "Blue Sky",
        "WordPress",
        "CC BY-SA 4.0",
        "Creative Commons Attribution",
        "Feb",
        "Dienstag",
        "Quick Links",
    ],
)
def test_what_is_no_name_is_not_believed_anywhere(name: str) -> None:
    assert people_given(name) == ()


@pytest.mark.parametrize(
    "label", ["QUICK LINKS", "PDF Version", "Example H2", "Tweet This", "Aktuelle Meldung", "Inhalte Teilen", "LAMP X5"]
)
def test_a_label_is_no_persons_name(label: str) -> None:
    assert not is_person(label)


@pytest.mark.parametrize(
    "name", ["AP", "dpa", "Reuters", "Agence France-Presse", "ТАСС", "共同通信", "新华社", "연합뉴스"]
)
def test_agencies_are_known(name: str) -> None:
    assert is_agency(name) and not is_person(name)


@given(st.text(max_size=200))
def test_any_text_gives_distinct_names_without_addresses(text: str) -> None:
    names = people_in(text)
    assert len(set(names)) == len(names) and all(name.strip() == name and name for name in names)


@given(
    st.lists(
        st.sampled_from(["Ada Winter", "Jonas Falk", "Mia Berg", "Léa Müller", "Kari Nord"]),
        min_size=1,
        max_size=5,
        unique=True,
    ),
    st.sampled_from(["By ", "Von ", "Par ", "", "Written by "]),
)
def test_every_name_of_a_list_is_found_in_its_order(names: list[str], prefix: str) -> None:
    line = prefix + ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
    assert people_in(line) == tuple(names)


@pytest.mark.parametrize(
    ("account", "names"),
    [("martha.winter", ("Martha Winter",)), ("harbour.times", ("harbour.times",)), ("No Author", ())],
)
def test_an_account_bears_a_name_where_it_begins_with_a_given_one(account: str, names: tuple[str, ...]) -> None:
    assert people_given(account) == names


@pytest.mark.parametrize("joined", ["Bo e ", "Ada Winter and ", "Ab Cd e ", " ", "Ada Winter with ", ", "])
def test_a_byline_of_any_length_is_read_to_its_end(joined: str) -> None:
    assert isinstance(people_in(joined * 5000), tuple)


@pytest.mark.parametrize(
    ("line", "name"),
    [("Ada Winter Bloomberg", "Ada Winter"), ("Jonas Falk AFP", "Jonas Falk"), ("Ada Reuters", "Ada Reuters")],
)
def test_an_agency_behind_a_name_is_no_part_of_it(line: str, name: str) -> None:
    assert people_in(line) == (name,)


@pytest.mark.parametrize("line", ["Politik · Ada Winter, Jonas Falk", "Sport | Ada Winter, Jonas Falk"])
def test_a_section_before_the_names_is_none(line: str) -> None:
    assert people_in(line) == ("Ada Winter", "Jonas Falk")


@pytest.mark.parametrize("line", ["Ada Politik", "Local News", "Sport Sander, Ada Winter"])
def test_sections_that_are_names_or_alone_stay(line: str) -> None:
    assert people_in(line)[0] == line.partition(",")[0]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Byby ADA WINTER and JONAS FALK", ("ADA WINTER", "JONAS FALK")),
        ("ByAda Winter", ("Ada Winter",)),
        ("ByADA WINTER", ("ADA WINTER",)),
    ],
)
def test_the_word_before_a_name_stands_without_a_space_where_elements_part_them(
    line: str, names: tuple[str, ...]
) -> None:
    assert people_in(line) == names


@pytest.mark.parametrize("name", ["Byron Winter", "BYRON WINTER", "Bybee Falk", "Byrne O’Shea"])
def test_names_that_begin_with_that_word_are_whole(name: str) -> None:
    assert people_in(name) == (name,)
