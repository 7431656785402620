"""Where a text names another house as its source, in the languages news is read in most."""

from __future__ import annotations

import pytest

from crawler.stories.attribution import attribution, labelled_names


@pytest.mark.parametrize(
    "outlet, text",
    [
        ("The Harbour Times", "The bridge stays closed, the Harbour Times has reported."),
        ("The Harbour Times", "The mayor said in an interview with the HARBOUR TIMES that it stays closed."),
        ("Seepost", "Die Brücke bleibt gesperrt, wie die Seepost berichtet."),
        ("Seepost", "Die Brücke bleibt gesperrt, sagte der Bürgermeister der „Seepost“."),
        ("Seepost", "Nach Informationen der Seepost bleibt die Brücke gesperrt."),
        ("Le Courrier du Lac", "Le pont restera fermé, a confié la maire au Courrier du Lac."),
        ("Le Courrier du Lac", "Selon Le Courrier du Lac, le pont restera fermé."),
        ("El Faro", "El puente seguirá cerrado, según informó El Faro."),
        ("Il Molo", "Il ponte resta chiuso, come riporta Il Molo."),
        ("Diário da Ilha", "A ponte continuará fechada, disse o prefeito ao Diário da Ilha."),
        ("De Kade", "De brug blijft dicht, meldt De Kade."),
        ("Hamnposten", "Bron förblir stängd, enligt Hamnposten."),
        ("Kurier Portowy", "Most pozostanie zamknięty, podaje „Kurier Portowy”."),
        ("Речной вестник", "Мост останется закрытым, сообщает «Речной вестник»."),
        ("Liman Gazetesi", "Liman Gazetesi'nin haberine göre köprü kapalı kalacak."),
        ("Suara Selat", "Jembatan tetap ditutup, dilansir Suara Selat."),
        ("صحيفة المرفأ", "سيبقى الجسر مغلقا، وفقا لصحيفة المرفأ."),
        ("江城晚报", "据《江城晚报》报道，大桥将继续关闭。"),
        ("北浜新聞", "橋は閉鎖が続くと北浜新聞が報じた。"),
        ("Diário da Ilha", "A ponte continuará fechada, segundo o Diário da Ilha."),
        ("Bến Cảng", "Theo báo Bến Cảng, cầu vẫn đóng."),
        ("VBC", "The bridge stays closed, the mayor told VBC Radio."),
        ("The Harbour Times", "The bridge stays closed.\n\nSource: The Harbour Times"),
        ("Harbour Times", "The bridge stays closed. (Source: Harbour Times)"),
        ("Harbour Times", "The bridge stays closed.\nOriginal source: Harbour Times, 4 March"),
        ("Harbour Times", "The bridge stays closed.\nVia: Harbour Times"),
        ("Seepost", "Die Brücke bleibt gesperrt.\n\nQuelle: Seepost/red"),
        ("El Faro", "El puente seguirá cerrado.\n\nFuente: El Faro"),
        ("Речной вестник", "Мост останется закрытым.\n\nИсточник: «Речной вестник»"),
        ("江城晚报", "大桥将继续关闭。\n\n来源：江城晚报"),
        ("Harbour Times", "The bridge stays closed.\n\n© 2031 Harbour Times. All rights reserved."),
        ("Harbour Times", "The bridge stays closed.\n\nCopyright (c) 2030-2031, The Harbour Times"),
        ("Harbour Times", "The bridge stays closed. (via Harbour Times)"),
        ("The Harbour Times", "PORT VELM (The Harbour Times) — The bridge stays closed."),
        ("Harbour Times", "The bridge stays closed. Provided by the Harbour Times."),
        ("harbourtimes.example", "The bridge stays closed.\n\nSource: harbourtimes.example"),
    ],
)
def test_a_source_is_found(outlet: str, text: str) -> None:
    found = attribution(outlet, text)
    assert found and not found[1]


@pytest.mark.parametrize(
    "text",
    [
        "The post The bridge first appeared on Seepost.",
        "Dieser Text ist zuerst erschienen in der Seepost.",
        "Artículo publicado originalmente en Seepost.",
    ],
)
def test_where_a_text_says_it_appeared_first_is_more(text: str) -> None:
    found = attribution("Seepost", text)
    assert found and found[1]


@pytest.mark.parametrize(
    "outlet, text",
    [
        ("Harbour Times", "She worked for the Harbour Times for ten years."),
        ("Harbour Times", "It was the town's best source: Harbour Times readers wrote to it daily."),
        ("Harbour Times", "The sources - Harbour Times men among them - met at noon."),
        ("Harbour", "Source: Harbour Board of Velm"),
        ("Harbour Times", "The copyright Harbour Times readers talked of had run out."),
        ("Harbour Times", "A reporter (Harbour Times) - who was not there - said so."),
        ("Harbour Times", "Lunch was provided by Harbour Times readers."),
        ("Harbour Times", "Police arrested a Harbour Times reporter outside the court."),
        ("Harbour Times", "He was told. Harbour Times readers know him."),
        ("Harbour Times", "Photo: Ada Winter | © Harbour Times"),
        ("Harbour Times", "Titelbild: Ada Winter (Quelle: Harbour Times)"),
        ("Sun", "According to Sun Microsystems, sales fell."),
        ("El País", "Según el gobierno del País Vasco, hay nieve."),
        ("Time", "It is time, reported officers said."),
        ("The Independent", "He was reported by an Independent candidate."),
        ("Courier", "Work goes on, he told The Velm Courier."),
        # What is told or written of the house itself, or in a place of that name.
        ("Harbour Times", "The minister told parliament that the Harbour Times had erred."),
        ("El Faro", "El ministro informó que El Faro será vendido."),
        ("Le Phare", "Le ministre rapporte que Le Phare sera vendu."),
        ("Hamnposten", "Ministern skriver att Hamnposten ska säljas."),
        ("Il Molo", "Il ministro riferisce che Il Molo sarà venduto."),
        ("Mirror", "She told him to look in the Mirror."),
        ("The Star", "He told fans outside the Star theatre to wait."),
        ("The Hill", "He spoke to reporters on the Hill."),
        ("Il Molo", "È il secondo giornale dopo Il Molo."),
        ("El Faro", "Por segundo año El Faro organiza la carrera."),
        ("Herald", "Theo Winter left the Herald in May."),
        ("Blatt", "Laut wurde es vor dem Blatt im Museum."),
    ],
)
def test_a_name_alone_or_as_part_of_another_is_no_source(outlet: str, text: str) -> None:
    assert attribution(outlet, text) is None


@pytest.mark.parametrize(
    ("outlet", "line"),
    [
        ("Die Seepost", "Dieser Artikel erschien zuerst in Die Seepost."),
        ("Die Seepost", "Mit freundlicher Genehmigung der Seepost"),
        ("Le Phare", "Cet article a été publié initialement dans « Le Phare »."),
        ("El Faro", "Con información de El Faro."),
        ("O Farol", "Publicado originalmente em O Farol"),
        ("Вестник гавани", "Первоначально опубликовано изданием «Вестник гавани»."),
        ("Вестник гавани", "По материалам издания «Вестник гавани»"),
        ("港新聞", "（この記事は港新聞に最初に掲載されました）"),
        ("港新聞", "提供：港新聞"),
        ("صحيفة المرفأ", "نُشر هذا المقال أولا في صحيفة المرفأ."),
        ("Havsbladet", "Ursprungligen publicerad i Havsbladet"),
        ("Kurier Portowy", "Po raz pierwszy opublikowano w Kurier Portowy"),
    ],
)
def test_a_line_that_says_where_a_text_is_from_names_its_source(outlet: str, line: str) -> None:
    assert attribution(outlet, line) is not None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Divers found cracks.\n\nSource: Velm Press Agency", ["Velm Press Agency"]),
        ("© 2031 Velm Press Agency. All rights reserved.", ["Velm Press Agency"]),
        ("PORT VELM (Velm Press) — Divers found cracks in the quay on Monday.", ["Velm Press"]),
        ("Divers found cracks (via Velm Press).", ["Velm Press"]),
        ("Foto: dpa\n\nPhoto credit: Velm Press", []),
        ("Via a long road the keepers came to the harbour, where the boats lay and nobody waited.", []),
    ],
)
def test_who_is_credited_on_lines_of_their_own(text: str, names: list[str]) -> None:
    assert list(labelled_names(text)) == names


def test_rows_of_spaces_behind_a_label_are_looked_through_once() -> None:
    assert not list(labelled_names("©" + "\u00a0" * 30_000 + "1"))
