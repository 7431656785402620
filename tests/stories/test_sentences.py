from __future__ import annotations

import pytest

from crawler.stories.sentences import split_sentences

# Each case is a paragraph with `|` where a sentence ends.
CASES = [
    "The ferry sank.|No one was hurt.",
    "Dr. Ama Osei spoke to Sen. Lowe in St. Pier.|He left.",
    "The U.S. Senate voted.|It adjourned.",
    "He moved to the U.S.|The family stayed behind.",
    "The talks began at 9 a.m. Monday and ended at 5 p.m. on Tuesday.",
    "Acme Inc. shares rose.|The rest fell.",
    "J. K. Marlow and T.S. Brant signed it.|Nobody else did.",
    "It cost 3.5 million.|Prices rose 0.4 percent.",
    '"We will not move," she said.|"Not now."|The mayor left.',
    '"Why now?" Osei asked.|Nobody answered.',
    '"Stop!" the guard shouted.|He ran.',
    "“It is over.”|He sat down.",
    "HARBOUR CITY (Wire) — The bridge, closed on Dec. 4, has reopened.|Cars crossed it.",
    "The vote was on Friday, Dec. 17, 2021.|It passed.",
    "He waited ... and waited.|Then he left.",
    "They were told to wait…|Nobody came.",
    "The plan (see p. 4) was dropped.|(It had cost millions.)|Work stopped.",
    "Am 3. Januar trat Dr. Weber zurück.|Am 2. Februar folgte ihm Fr. Holm.",
    "Das Gesetz gilt z.B. für Kinder.|Die Stadt zahlt ca. 3 Mio. Euro.",
    "M. Durand a démissionné.|« C’est fini », a-t-il dit.",
    "¿Quién pagará?|Nadie lo sabe.",
    "橋は今朝再開した。|市長は「待っていた。うれしい」と述べた。|工事は続く。",
    "大桥今天重新开放！|市民很高兴。",
    "Мост открыт.|В 2021 г. его закрыли.",
    "पुल खुल गया।|लोग खुश हैं।",
    "There must be no further expansion.|Speaking later, she said no.|“We tried,” he said.",
    "See harbour.example.com for more.|Visit Ferries.Com today.",
    "¿Quién pagará las obras?|¡Nadie lo sabe!|El alcalde calló.",
    "«¡Basta ya!», gritó el guardia.|«No pasarán».|El hombre corrió.",
    "El Sr. Gómez y la Dra. Ruiz viven en EE.UU. desde 2010.|Volverán en dic. 2031.",
    "Am 3. Mai um 10.30 Uhr begann die Sitzung.|Der 2. Weltkrieg war Thema.|Es war der 14. Juli.",
    "Er kam am 24.|Er ging am 25. Dezember.",
    "Sie sagte: „Das geht nicht.“|Dann ging sie.|‚Nie wieder‘, so z. B. Herr Dr. Maier.",
    "« On ne partira pas.|C’est fini », a dit M. Moulin.|Il est parti.",
    "Le ministre a répondu : « Jamais ! »|Puis il est sorti.",
    "А. С. Пушкин родился в 1799 г. в Москве.|Он писал стихи.",
    "В 2021 г. А.П. Чехов приехал из г. Таганрога.|Шёл дождь.|«Мы не уйдём», — сказал он.",
    "وصل الرئيس إلى المدينة.|هل سيبقى؟|لا أحد يعرف.",
    "पुल खुल गया।|क्या लोग खुश हैं?|हाँ।",
    '그는 떠났다.|시장이 말했다.|"다시 오겠다."',
    "O Sr. Silva chegou às 9h.|A Dra. Lima saiu.|«Não voltarei», disse.",
    "Il sig. Rossi e l'avv. Bianchi sono arrivati.|«Basta!», ha detto.|Poi silenzio.",
    "Dhr. Jansen kwam om 10.00 uur.|Mevr. De Vries bleef thuis.",
    "Ο υπουργός μίλησε.|Τι θα γίνει;|Κανείς δεν ξέρει.",
    "W 2020 r. Kowalski wyjechał z ul. Długiej nr 5.|Padało.",
    "Հանդիպումը սկսվեց։|Մարդիկ եկան։",
    "ရထားရောက်ပြီ။|လူများပျော်သည်။",
    "WASHINGTON (AP) — President J. Q. Smith Jr. spoke at 5 p.m. EST.|He left at 6 p.m.|The crowd stayed.",
    "He works for Yahoo! Inc. in the U.K. and the U.S.|The rest is history.",
    "U.N. Secretary-General A. Guterres met Gov. Lee.|He smiled.",
    "Come on.|He waited.|They met Smith et al.|The end.",
    "The fund lost $3 bn.|That was a record .|It closed.",
]


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_ends_where_a_reader_says(case: str) -> None:
    wanted = case.split("|")
    assert split_sentences(" ".join(wanted)) == wanted


def test_sentences_glued_by_a_stripped_tag_come_apart() -> None:
    assert split_sentences("The bridge reopened.Speaking later, the mayor was glad.“We tried,” he said.") == [
        "The bridge reopened.",
        "Speaking later, the mayor was glad.",
        "“We tried,” he said.",
    ]


def test_full_stops_of_chinese_and_japanese_need_no_space() -> None:
    assert split_sentences("橋は再開した。市長は「待っていた。うれしい」と述べた。") == [
        "橋は再開した。",
        "市長は「待っていた。うれしい」と述べた。",
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("市长说：“我们等了很久。今天很高兴。”工程继续。", ["市长说：“我们等了很久。今天很高兴。”", "工程继续。"]),
        ("「待っていた。」と市長は述べた。工事は続く。", ["「待っていた。」と市長は述べた。", "工事は続く。"]),
        ("她说：“从未关上的引号。大家都走了。", ["她说：“从未关上的引号。", "大家都走了。"]),
    ],
)
def test_a_quotation_in_chinese_or_japanese_stays_whole(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_line_breaks_end_sentences() -> None:
    assert split_sentences("A headline\n\nThe text\nA list item") == ["A headline", "The text", "A list item"]


def test_nothing_has_no_sentences() -> None:
    assert split_sentences("") == []
    assert split_sentences(" \n\n . \n") == ["."]
