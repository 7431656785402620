"""What stands out in a matched sentence because it says otherwise, in whatever language and however it is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.model import Article
from crawler.stories import align


def changed(article: Callable[..., Article], before: str, after: str) -> list[str]:
    alignment = align(article(before, "https://a.example/1"), article(after, "https://b.example/1"))
    return [change for link in alignment.links for change in link.changed]


@pytest.mark.parametrize(
    "before, after, change",
    [
        ("Doce personas cruzaron el puente de Ribera el lunes.",
         "Doce personas cruzaron el puente de Ribera el martes.",
         "lunes → martes"),
        ("Le pont sera fermé le 3 mars, a dit la mairie.",
         "Le pont sera fermé le 3 avril, a dit la mairie.", "mars → avril"),
        ("A ponte fecha na quinta-feira, disse o prefeito.",
         "A ponte fecha na sexta-feira, disse o prefeito.",
         "quinta-feira → sexta-feira"),
        ("Мост закроют в среду, сообщил мэр Тарасов.",
         "Мост закроют в пятницу, сообщил мэр Тарасов.", "среду → пятницу"),
        ("Die Brücke ist seit Dienstag für zwölf Wochen gesperrt.",
         "Die Brücke ist seit Dienstag für elf Wochen gesperrt.",
         "zwölf → elf"),
        ("Le projet coûtera 1 200 euros à la commune.",
         "Le projet coûtera 1 300 euros à la commune.", "1 200 → 1 300"),
        ("Die Firma verlor 1,2 Milliarden Euro im Jahr.",
         "Die Firma verlor 1,2 Millionen Euro im Jahr.",
         "1,2 Milliarden → 1,2 Millionen"),
        ("每天大约有4500辆汽车经过这些街道，市长说。", "每天大约有5400辆汽车经过这些街道，市长说。", "4500 → 5400"),
        ("The minister said on Tuesday that the dam was safe.",
         "The minister said on Tuesday that the dam was not safe.",
         "→ not"),
        ("Der Damm ist nicht dicht, sagte der Minister.",
         "Der Damm ist dicht, sagte der Minister.", "nicht →"),
        # The English words "to" and "on" are numbers in Norwegian and Turkish.
        ("Three men were taken to the hospital in Velm.",
         "2 men were taken to the hospital in Velm.", "Three → 2"),
        ("Eleven people were hurt on the bridge of Velm.",
         "10 people were hurt on the bridge of Velm.", "Eleven → 10"),
        ("To menn ble kjørt til sykehuset på Velm.",
         "Fire menn ble kjørt til sykehuset på Velm.", "To → Fire"),
        ("Міст закриють у п’ятницю, сказав мер.",
         "Міст закриють у середу, сказав мер.", "п’ятницю → середу"),
    ],
)  # fmt: skip
def test_another_day_number_or_negation_stands_out(
    article: Callable[..., Article], before: str, after: str, change: str
) -> None:
    assert changed(article, before, after) == [change]


@pytest.mark.parametrize(
    "before, after",
    [
        ("Zwölf Menschen wurden auf der Brücke verletzt.", "12 Menschen wurden auf der Brücke verletzt."),
        ("Doce personas cruzaron el puente de Ribera.", "12 personas cruzaron el puente de Ribera."),
        ("Die Firma verlor 1,2 Milliarden Euro im Jahr.", "Die Firma verlor im Jahr 1,2 Mrd. Euro."),
        ("Le projet coûtera 1 200 000 euros à la commune.", "Le projet coûtera 1,2 million d'euros à la commune."),
        ("A dozen people were hurt when the bus left the road.", "Twelve people were hurt when the bus left the road."),
        (
            "Мост закроют в среду, сообщил мэр Тарасов.",
            "Среда станет днём закрытия: мост закроют, сообщил мэр Тарасов.",
        ),
        ("每天大约有四千五百辆汽车经过这些街道。", "每天大约有4500辆汽车经过这些街道。"),
        # Words that are numbers or negations in other languages.
        ("Firefighters fought the fire for hours in Velm.", "Firefighters went to the blaze for hours in Velm."),
        ("Um dos feridos morreu no hospital de Velm.", "Cinco feridos morreram no hospital de Velm."),
        ("Er sagte, das sei falsch und die Brücke dicht.", "Otto sagte, das ist falsch und die Brücke dicht."),
        (
            "O prefeito vive no centro da cidade e trabalha ali.",
            "O prefeito vive em seu centro da cidade e trabalha ali.",
        ),
        (
            "De brand was pas na drie uur onder controle van de brandweer.",
            "De brand was na drie uur onder controle van de brandweer.",
        ),
        ("Die Brücke schließt am 9. in der Stadt.", "Die Brücke schließt am 9. Mai in der Stadt."),
        # The same said without a negation.
        ("No one was hurt in the fire at the harbour.", "Nobody was hurt in the fire at the harbour."),
        ("They did not win a seat in the council.", "They failed to win a seat in the council."),
        ("The ferry was not only late but full on Monday.", "The ferry was late and full on Monday."),
        ("The No. 1 seed won the match in Velm.", "The top seed won the match in Velm."),
        ("وستبلغ كلفة المشروع 7 ملايين دولار حسب البلدية.", "وستبلغ كلفة المشروع ٧ ملايين دولار حسب البلدية."),
    ],
)
def test_the_same_written_otherwise_does_not(article: Callable[..., Article], before: str, after: str) -> None:
    assert changed(article, before, after) == []
