"""Lines that invite readers to subscribe, follow, listen, download, join or pay."""

import pytest

from crawler.extract.body.invitations import invites


@pytest.mark.parametrize(
    "text",
    [
        "Support independent journalism. Become a member today from just $5 a month.",
        "Listen to our podcast wherever you get your podcasts: new episodes every Tuesday.",
        "Enjoyed this story? Support our reporting by becoming a member.",
        "To read the harbour news first, sign up to our daily newsletter.",
        "Please follow us on Instagram",
        "Get the week's best stories in your inbox",
        "Abonnieren Sie unseren kostenlosen Newsletter!",
        "Folgen Sie uns auf WhatsApp",
        "Inscrivez-vous à notre lettre du soir",
        "Suivez-nous sur Facebook",
        "Suscríbete a nuestro boletín y recibe lo mejor cada mañana",
        "Síguenos en Twitter",
        "Iscriviti alla nostra newsletter",
        "Assine a nossa newsletter",
        "Schrijf je in voor onze nieuwsbrief",
        "Prenumerera på vårt nyhetsbrev",
        "Zapisz się na nasz newsletter",
        "Подписывайтесь на наш канал",
        "Підписуйтесь на наш телеграм",
        "Ikuti kami di Instagram",
        "تابعونا على فيسبوك",
        "Never miss a story: sign up to our newsletter",
        "Become a paying member today",
        "Jetzt unseren Newsletter abonnieren",
        "Word lid van onze nieuwsbrief",
        "Last ned vår app",
        "Theo dõi chúng tôi trên Facebook",
        "Entre no nosso grupo do WhatsApp",
        "حمل تطبيقنا",
        "8 min read",
        "Lesezeit: 4 Minuten Lesezeit",
    ],
)
def test_line_that_asks_readers_for_something_is_an_invitation(text: str) -> None:
    assert invites(text)


@pytest.mark.parametrize(
    "text",
    [
        "Listen to the harbour at night and you will hear the buoys.",
        "Our newsletter was founded in 1921 by two printers.",
        "Join the queue early: tickets are sold from nine.",
        "The ministry asked citizens to subscribe to our newsletter, an internal mail showed.",
        "Supporters of the bridge say that it will take eight minutes to read the sign.",
        "Folgen hat der Streik vor allem für uns auf den Inseln.",
        "The ferry takes 8 minutes.",
        "Follow us on this walk along the quay.",
        "Becoming a member of the alliance took the country ten years and three governments.",
        "Never a member of any party, the mayor won with two thirds of the votes.",
        "Never before has our community been so divided over a bridge.",
        "Supporting a family member in distress is hard, the nurses of the island say.",
        "Support for our community came from both sides of the strait.",
        "Last month our magazine told of two ferrymen who would not speak to each other.",
        "Keep in mind that our reporting on the harbour began in 1921.",
        "“Help us on Facebook,” she told the council, and sat down.",
        "Erhalten bleibt unserer Seite der Bucht nur der alte Turm.",
        "Sigue siendo nuestra página más triste.",
        "Follow us on Facebook, the captain said, and left the harbour.",
        "Suivez notre page d'histoire, a dit le maire.",
        "Jetzt steht unser Magazin am Hafen leer, sagt der Wirt.",
        "Entre as vítimas estava um membro do nosso grupo, disse a professora.",
        "Entre los dueños de nuestra página estaba el farero más viejo de la costa.",
        "Theo điều tra của chúng tôi, ngọn đèn đã bị bán cách đây bốn mươi năm.",
        "اشترك ثلاثون بحارا في تطبيق خطة الإنقاذ الجديدة.",
        "Word is dat onze app al jaren niet meer werkt.",
        "Stöd för vår kanal kom från hela byn.",
        "Get up before the baker does and you will see the channel, the oldest of the coast, without a ship.",
        "Follow us on Facebook, the poster said. " + "It hung on each door of the harbour, and nobody did. " * 5,
        "",
        "— 12 —",
    ],
)
def test_line_of_a_story_is_none(text: str) -> None:
    assert not invites(text)
