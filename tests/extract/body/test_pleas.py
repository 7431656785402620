"""Closing words that ask who liked the text for something are none of it; sentences on liking are."""

from __future__ import annotations

import pytest

from crawler.extract.body.pleas import find_pleas
from crawler.extract.page.layout import lay_out
from crawler.extract.page.tree import parse_html
from tests.extract.conftest import PARAGRAPHS

STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def found(html: str) -> list[str]:
    blocks = lay_out(parse_html(html)).blocks
    return [blocks[number].text for number in sorted(find_pleas(blocks))]


PLEAS = [
    "If you enjoyed this story, please consider supporting the Harbour Times with a small donation.",
    "Did you like this post? Share it with your friends and leave a comment below.",
    "If you found this guide useful, buy me a coffee.",
    "Hat Ihnen dieser Artikel gefallen? Dann unterstützen Sie unsere Arbeit mit einer Spende.",
    "Wenn euch mein Rezept gefällt, hinterlasst gern einen Kommentar.",
    "Si cet article vous a plu, n’hésitez pas à le partager.",
    "¿Te ha gustado este artículo? Compártelo en tus redes.",
    "Se questo articolo ti è piaciuto, condividilo.",
    "Gostou deste artigo? Partilhe-o com os amigos.",
    "Vond je dit artikel interessant? Deel het dan met anderen.",
    "Gillade du artikeln? Dela den gärna.",
    "Jeśli spodobał ci się ten artykuł, udostępnij go znajomym.",
    "Понравилась статья? Поделитесь с друзьями.",
    "Have a story to tell? Write to us.",
    "Have any questions? Email us.",
    "If you love this post, please share it.",
    "Cet article vous a aidé ? Partagez-le.",
    "Do you know something about the lamp? Email us at news@harbour-times.example.",
    "Be sure to annoy your quiet friends – share this post with them!",
    "Share this story with a friend who loves boats.",
    "Don't forget to share this recipe on Facebook.",
    "Bitte teilen Sie diesen Artikel mit Ihren Freunden!",
    "Partagez cet article avec vos proches.",
    "¡Comparte este artículo con tus amigos!",
    "Condividi questo articolo con chi ama il mare.",
    "Deel dit artikel met je vrienden.",
    "Your Turn: Have you found any lamps in your street? Let's hear about it!",
    "Over to you: which lighthouse would you climb first?",
]
TEXTS = [
    "If you enjoyed the lamp as a child, you will understand why they stood in the rain. Share an umbrella.",
    "“If you liked this story, please tell it,” said Marte Olsvik.",
    "Did you like this lamp? Nobody asked the fishermen, who had to support the weight of it.",
    "Hat Ihnen die Lampe gefehlt? Diese Frage stellten wir zwanzig Leuten; ein Kommentar blieb aus.",
    "Wer den Artikel in der Chronik nachliest, dem gefällt der Kommentar des Schmieds.",
    "Cet article de loi vous a-t-il plu ? Le juge a partagé la question.",
    "Le ha gustado la lámpara, dice, y comparte el mérito con su padre.",
    "Se il museo ti è piaciuto, la torre ti sorprenderà.",
    "Понравилась лампа всем, и комментаторов не нашлось.",
    "Does the keeper have a story to tell? He will not write to anybody about it.",
    "Do you have a fever? Call your doctor right away.",
    "Have you got a ticket? Call the harbour master if it is stolen.",
    "Know something about rust? The owner will text you the offer of a job.",
    "If you enjoyed the first series, you will love the second.",
    "If you loved the first episode, consider the second a gift.",
    "If you liked the story of the lamp, you might like that of the bridge.",
    "Did you find this article of clothing? The keeper asks you to share where.",
    "Wenn dir die Arbeit gefällt, teile sie dir gut ein.",
    "¿Te gusta la historia? Compra el libro y deja que otros lo lean.",
    "Ti è piaciuta la storia? Il museo la condivide ogni domenica.",
    "They have a story, and they email it to each other every spring.",
    "The police asked the islanders not to share this video with anyone.",
    "Few of the keepers share this story with their children.",
    "“Share this post with your friends,” said the note on the door.",
    "Share this article of faith, and you will be welcome in every house of the quay.",
    "They share our recipe with the whole island, and nobody thanks the cook.",
    "Sie teilten diesen Artikel mit dem Nachbarn, weil das Papier so teuer war.",
    "It was their turn: who would carry the lamp? Nobody moved, and the rain came down.",
    "“Your turn: will you climb it?” she asked, and he shook his head.",
    "Over to you: the mayor has left the decision to the voters. Will they take it?",
    "Tell us what happened, the islanders wrote in the comments of the harbour's page, and nobody answered.",
    "What do you think of the lamp? Let us know in the comments below.",
    "How deep is the water? Tell me the number that is written below the waterline of the boat, said the keeper.",
    "They left a comment below the picture, and the mayor read it aloud.",
]


@pytest.mark.parametrize("line", PLEAS)
def test_what_asks_who_liked_the_text_for_something_is_none_of_it(line: str) -> None:
    assert found(f"{STORY}<p>{line}</p>") == [line]


@pytest.mark.parametrize("line", TEXTS)
def test_sentences_on_liking_and_on_stories_are_text(line: str) -> None:
    assert found(f"{STORY}<p>{line}</p>") == []


@pytest.mark.parametrize("line", PLEAS[:4])
def test_above_the_end_they_are_the_texts(line: str) -> None:
    assert found(f"<p>{line}</p>{STORY}") == []


def test_the_links_that_such_words_lead_to_go_with_them() -> None:
    links = "".join(f"<p><a href=/{number}>How the lamp was lost, part {number}</a></p>" for number in range(6))
    assert len(found(f"{STORY}<p>If you liked this post you might also like:</p>{links}")) == 7


def test_a_note_of_few_lines_stays() -> None:
    assert found(f"<p>{PARAGRAPHS[0]}</p><p>{PLEAS[0]}</p>") == []


TIPS = (
    "Vous avez des renseignements à nous faire parvenir sur ce sujet? Vous pouvez joindre Ada Winter à ada@a.example.",
    "Haben Sie Hinweise zu diesem Thema? Schreiben Sie an ada@a.example.",
    "¿Tienes información sobre el caso? Escríbenos a ada@a.example.",
    "Do you have any information about the lamp? You can reach us by e-mail: write to ada@a.example.",
)
NO_TIPS = (
    "Vous avez des renseignements? demanda le gardien. Personne n'en avait.",
    "Haben Sie Hinweise? fragte die Polizei alle, die am Kai standen, und schrieb die Namen auf.",
    "¿Tienes información? Nadie contestó, y el farero apagó la lámpara.",
    "Do you have information about tides? The board has, and it charges for it.",
)


@pytest.mark.parametrize("tip", TIPS)
def test_a_call_for_tips_with_an_address_is_none_of_the_text_wherever_it_stands(tip: str) -> None:
    lines = [
        f"The lamp was lit for the {n}th time by the keeper, who had walked up all of the steps." for n in range(9)
    ]
    html = "".join(f"<p>{line}</p>" for line in [*lines[:3], tip, *lines[3:]])
    assert find_pleas(lay_out(parse_html(html)).blocks) == {3}


@pytest.mark.parametrize("line", NO_TIPS)
def test_questions_that_are_told_stay(line: str) -> None:
    lines = [
        f"The lamp was lit for the {n}th time by the keeper, who had walked up all of the steps." for n in range(9)
    ]
    html = "".join(f"<p>{text}</p>" for text in [*lines[:3], line, *lines[3:], line])
    assert find_pleas(lay_out(parse_html(html)).blocks) == set()
