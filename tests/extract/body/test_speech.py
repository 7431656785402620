"""Lines that somebody is said to have said."""

import pytest

from crawler.extract.body.speech import is_spoken


@pytest.mark.parametrize(
    "text",
    [
        "“Help us on Facebook,” she told the council, and sat down.",
        "Cite this as the reason, the lawyer of the family told the court, and you will lose.",
        "Folgen Sie uns auf Instagram, sagte der Kapitän der Fähre.",
        "Sigue nuestra página, dijo el alcalde.",
        "Suivez notre page, a dit le maire.",
        "Читайте нашу историю, говорил он детям.",
    ],
)
def test_a_line_that_tells_who_said_it_is_spoken(text: str) -> None:
    assert is_spoken(text)


@pytest.mark.parametrize(
    "text",
    ["Subscribe to our newsletter, it is free.", "Suivez-nous sur Facebook, et dans votre boîte.", "", "She said so."],
)
def test_a_line_that_does_not_is_none(text: str) -> None:
    assert not is_spoken(text)
