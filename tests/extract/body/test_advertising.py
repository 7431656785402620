from __future__ import annotations

import pytest

from crawler.extract.body.advertising import labels_advertising


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement", "ADVERTISEMENT", "– Anzeige –", "Publicité", "PUBLICIDAD", "Реклама:", "広告", "โฆษณา",
        "विज्ञापन", "إعلان", "Article continues below this ad", "Article Continues Below",
        "The text goes on below this ad", "Continua após a publicidade",
        "Advertisement - Continue reading below this ad",
    ],
)  # fmt: skip
def test_a_line_that_labels_an_advertisement(line: str) -> None:
    assert labels_advertising(line)


@pytest.mark.parametrize(
    "line",
    [
        "", "The advertisement was withdrawn.", "Ads for Adas", "Die Anzeige wurde zurückgezogen.", "Werbung wirkt",
        "The story continues", "La publicité au village",
    ],
)  # fmt: skip
def test_a_line_that_speaks_of_advertising(line: str) -> None:
    assert not labels_advertising(line)
