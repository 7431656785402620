from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.model import Article
from crawler.stories import align
from crawler.stories.sentences import split_sentences
from crawler.stories.speakers import quotations_of, same_speaker


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('"We will not gamble with lives," Ilse Tarnow, the director, told The Courier.', ["Ilse Tarnow"]),
        ('"We will not gamble," said Mayor Ama Osei of Harbour City. "Not today," she added.', ["Ama Osei"] * 2),
        ("“The plan is dead. It was never alive,” said Bram Oduya.", ["Bram Oduya"] * 2),
        ('Oduya said the pier was rotten. "From the start," he said.', ["Oduya"]),
        ('The mayor said: "Nobody builds like this anymore."', ["the mayor"]),
        ('"All is well," according to Pia Lund.', ["Pia Lund"]),
        ("„Wir gehen nicht weg“, sagte Anna Weber am Montag.", ["Anna Weber"]),
        ("« C’est fini pour nous », a déclaré Jean Moulin.", ["Jean Moulin"]),
        ("«No vamos a jugar con la vida de nadie», dijo la Sra. Tarnow.", ["Tarnow"]),
        ("«Мы не будем рисковать», — сказала Анна Вебер.", ["Анна Вебер"]),
        ('"It will hold," said Dr. Ama Osei.', ["Ama Osei"]),
        ('"We will pay for this," said council leader Priya Raman.', ["Priya Raman"]),
        ('"It will hold," said a spokesman for the Harbour Authority.', ["a spokesman for the Harbour Authority"]),
        ("„Das wird teuer“, sagte die Bürgermeisterin Femke Haas am Montag.", ["Femke Haas"]),
        ("„Das wird teuer“, sagte die Bürgermeisterin am Montag in Velm.", ["die Bürgermeisterin"]),
        ("„Das wird teuer“, so Haas.", ["Haas"]),
        ("« Nous paierons », a expliqué la maire, Anne Courtois.", ["Anne Courtois"]),
        ("«Lo vamos a pagar», explicó la alcaldesa, Nuria Estébanez.", ["Nuria Estébanez"]),
        ("«Lo pagheremo», spiega l'assessora Lucia Ferrante.", ["Lucia Ferrante"]),
        ('"Vamos pagar por isso", declarou o prefeito, Jonas Aragão.', ["Jonas Aragão"]),
        ("«Мы заплатим», — пояснил мэр города Олег Тарасов.", ["Олег Тарасов"]),
        ("„Zapłacimy za to”, powiedział burmistrz Adam Wrona.", ["Adam Wrona"]),
        ('"Dat gaan we betalen", aldus Hazelaar.', ["Hazelaar"]),
        ("”Maksamme siitä”, Leena Ahvenainen sanoi.", ["Leena Ahvenainen"]),
        ('"Bunun bedelini ödeyeceğiz" dedi Selin Aydoğan.', ["Selin Aydoğan"]),
        ("“我们会为此付出很久的代价。”陈立群在记者会上说。", ["陈立群"]),
        ("市长陈立群表示，“我们会为此付出很久的代价”。", ["陈立群"]),
        ("「長い間つけを払うことになる」と佐伯市長は会見で述べた。", ["佐伯市長"]),
        ('"오랫동안 대가를 치를 것입니다"라고 한지연 시장은 말했다.', ["한지연 시장"]),
        ("«سندفع ثمن هذا طويلا»، قالت هدى منصور.", ["هدى منصور"]),
        ('"It will hold," he said in Velm on Friday.', [None]),
        ("«Aguantará», dijo en Ribera.", [None]),
        ("«Он выдержит», — сказал он журналистам в Москве.", [None]),
        ("“这座桥会撑住。”当地居民说。", [None]),
        ("“这座桥会撑住。”警方周一表示。", [None]),
        ("“这座桥会撑住。”公司高管曾多次表示。", [None]),
        ("“这座桥会撑住。”王芳也说。", ["王芳"]),
        ("「橋はもう少しだけ持つだろう」と同氏は述べた。", [None]),
        ('"다리는 조금 더 버틸 것입니다"라고 그는 말했다.', [None]),
        ("«سيصمد الجسر طويلا»، وقال في بيان.", [None]),
        ("«سيصمد الجسر طويلا»، قال إنه واثق.", [None]),
        ('"It will hold," the mayor told the Harbour Times.', ["the mayor"]),
        ("«Terrà a lungo», ha detto ieri a Roma.", [None]),
        ('"It will hold," which explains why London sleeps.', [None]),
        ('A sign read "closed until further notice" on the gate.', [None]),
    ],
)
def test_a_quotation_belongs_to_whom_the_text_names(text: str, speakers: list[str | None]) -> None:
    assert [quotation.speaker for quotation in quotations_of(split_sentences(text))] == speakers


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ilse Tarnow", "Tarnow", True),
        ("Ilse Tarnow", "Bram Oduya", False),
        ("Ilse Tarnow", "the director", None),
        ("the director", "the director", True),
        (None, "Tarnow", None),
    ],
)
def test_speakers_are_compared_by_name(one: str | None, other: str | None, same: bool | None) -> None:
    assert same_speaker(one, other) is same


def test_an_alignment_says_whether_a_quotation_kept_its_speaker(article: Callable[..., Article]) -> None:
    said = '"We are not going to gamble with their lives," said {}.'
    before = article([said.format("Ilse Tarnow"), '"The quay is older than all of us here," said Bram Oduya.'])
    after = article(['"The quay is older than all of us here," said Bram Oduya.', said.format("Bram Oduya")])
    kept, changed = align(before, after).quotations
    assert (kept.speaker_kept, changed.speaker_kept) == (True, False)
    assert (changed.original.sentence, changed.copy.sentence) == (0, 1)
