from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

import pytest

from crawler.demo import HOSTS, TRUTH
from crawler.demo.rewrite import Rewritten


def plain(text: str) -> str:
    return text.replace("“", '"').replace("”", '"')


def quoted(text: str) -> list[str]:
    return re.findall(r'"([^"]+)"', plain(text))


def test_the_original_has_25_sentences_and_three_pictures() -> None:
    assert len(TRUTH.sentences) == len(set(TRUTH.sentences)) == 25
    assert len(TRUTH.pictures) == 3


def test_every_sentence_of_the_rewrite_names_sentences_that_exist() -> None:
    assert {source for sentence in TRUTH.rewrite for source in sentence.sources} <= set(range(25))


def test_no_sentence_of_the_original_is_used_twice() -> None:
    used = [source for sentence in TRUTH.rewrite for source in sentence.sources]
    assert len(used) == len(set(used))


@pytest.mark.parametrize("sentence", TRUTH.rewrite, ids=range(len(TRUTH.rewrite)))
def test_labels_say_what_was_done(sentence: Rewritten) -> None:
    text, sources, label = sentence.text, sentence.sources, sentence.label
    originals = [plain(TRUTH.sentences[source]) for source in sources]
    assert len(sources) == {"added": 0, "merged": 2}.get(label, 1)
    assert (originals == [text]) == (label == "verbatim")


@pytest.mark.parametrize("sentence", TRUTH.rewrite, ids=range(len(TRUTH.rewrite)))
def test_quotations_survive_word_for_word(sentence: Rewritten) -> None:
    for words in quoted(sentence.text):
        stripped = words.rstrip(",.")
        assert any(stripped in plain(TRUTH.sentences[source]) for source in sentence.sources)


def test_the_rewrite_is_shuffled_merges_and_adds_one_claim() -> None:
    order = [sentence.sources[0] for sentence in TRUTH.rewrite if sentence.sources]
    assert order != sorted(order)
    labels = [sentence.label for sentence in TRUTH.rewrite]
    assert labels.count("added") == 1
    assert labels.count("merged") >= 3
    assert "told the Kestermark Courier" in TRUTH.rewrite[0].text


def test_numbers_of_the_rewrite_are_the_originals() -> None:
    numbers = {number for sentence in TRUTH.sentences for number in re.findall(r"\d[\d.,]*\d|\d", sentence)}
    rewritten = {number for sentence in TRUTH.rewrite for number in re.findall(r"\d[\d.,]*\d|\d", sentence.text)}
    assert rewritten <= numbers


def test_weekdays_in_captions_are_right() -> None:
    days = [found for picture in TRUTH.pictures for found in re.findall(r"(\w+day), (\w+ \d+, \d{4})", picture.caption)]
    assert len(days) == 2
    for weekday, day in days:
        assert datetime.strptime(day, "%B %d, %Y").strftime("%A") == weekday  # noqa: DTZ007 - a day has no zone
    assert datetime.fromisoformat(TRUTH.published).strftime("%A") == "Friday"


def test_nothing_leads_out_of_the_reserved_names() -> None:
    assert all(host.endswith((".example", ".test")) for host in HOSTS)
    assert all(urlsplit(card.url).hostname in HOSTS for card in TRUTH.cards)


def test_there_are_nine_cards_with_snippets_some_of_them_cut() -> None:
    assert len(TRUTH.cards) == len({card.url for card in TRUTH.cards}) == 9
    assert sum(card.snippet.endswith("...") for card in TRUTH.cards) >= 5
    assert not any(len(card.snippet) > 240 for card in TRUTH.cards)
