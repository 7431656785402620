"""What can stand in the User-Agent as the address that a site reaches us by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.contact import contact


@pytest.mark.parametrize(
    "words",
    [
        "desk@paper.example", "mailto:desk+crawl@paper.example", "https://paper.example/crawler?a=1#b",
        "http://127.0.0.1:8000/", "https://xn--bcher-kva.example",
    ],
)  # fmt: skip
def test_mail_and_web_addresses_are_contacts(words: str) -> None:
    assert contact(f" {words}\n") == words


@pytest.mark.parametrize(
    "words",
    [
        "nonsense", "", "a@b", "@paper.example", "desk@", "Desk <desk@paper.example>", "desk@paper.example) x",
        "https://", "https://[1/", "https://a b.example/", "https://a.example:x/", "ftp://paper.example/",
        "bücher@a.example", "a\\@b.example", "https://a.example/\\", "a@b.example\r\nX-Other: 1", 7, None,
    ],
)  # fmt: skip
def test_other_words_are_none(words: object) -> None:
    with pytest.raises(ValueError, match="is no contact; write an e-mail or web address"):
        contact(words)


@given(st.text(st.characters(codec="utf-8"), max_size=40) | st.from_regex(r"https?://.{0,20}|.{0,9}@.{0,20}"))
def test_a_contact_fits_into_the_comment_of_a_header(words: str) -> None:
    try:
        said = contact(words)
    except ValueError:
        return
    assert said.isascii()
    assert said.isprintable()
    assert not set(" ()\\") & set(said)
