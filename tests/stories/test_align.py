from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from crawler.model import Alignment, Article
from crawler.stories import align
from crawler.stories.align import link_sentences
from crawler.stories.sentences import split_sentences
from crawler.stories.wording import Wording, word_sentences


def origins(alignment: Alignment) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for link in alignment.links:
        for number in link.copy:
            found.setdefault(number, set()).update(link.original)
    return found


def test_captures_of_a_page_that_says_the_same_are_linked_once(original: Article, rewrite: Article) -> None:
    def worded(article: Article) -> list[Wording]:
        return word_sentences(split_sentences(article.text or ""))

    first = link_sentences(worded(original), worded(rewrite))
    assert link_sentences(worded(original), worded(rewrite)) is first
    assert link_sentences(worded(original), worded(rewrite)[1:]) != first
    assert link_sentences(worded(rewrite), worded(original)) != first


def labels(alignment: Alignment) -> dict[int, str]:
    return {number: link.label for link in alignment.links for number in link.copy}


def test_a_rewrite_is_led_back_to_its_original_sentence_by_sentence(
    original: Article, rewrite: Article, truth: dict[int, set[int]]
) -> None:
    assert origins(align(original, rewrite)) == truth


def test_each_sentence_says_what_was_done_to_it(original: Article, rewrite: Article) -> None:
    said = labels(align(original, rewrite))
    assert said[3] == "verbatim"
    assert said[1] == said[4] == "edited"
    assert said[0] == said[2] == "paraphrased"
    assert said[7] == "added"


def test_sentences_left_out_are_dropped(original: Article, rewrite: Article) -> None:
    alignment = align(original, rewrite)
    assert {link.original for link in alignment.links if link.label == "dropped"} == {(1,), (3,)}


def test_every_sentence_of_both_texts_is_accounted_for(original: Article, rewrite: Article) -> None:
    alignment = align(original, rewrite)
    assert {number for link in alignment.links for number in link.copy} == set(range(len(alignment.copy_sentences)))
    assert {number for link in alignment.links for number in link.original} == set(
        range(len(alignment.original_sentences))
    )


def test_a_text_is_verbatim_itself(original: Article) -> None:
    alignment = align(original, original)
    assert {(link.label, link.moved, link.score, link.method) for link in alignment.links} == {
        ("verbatim", False, 1.0, "exact")
    }
    assert (alignment.coverage.of_copy, alignment.coverage.of_original) == (1.0, 1.0)


def test_typography_and_datelines_are_no_change(article: Callable[..., Article]) -> None:
    printed = article(['PORT VELM (Wire) — "It\'s over," he said -- and left.'])
    copied = article(["“It’s over,” he said — and left."])
    assert [link.label for link in align(printed, copied).links] == ["verbatim"]


def test_unrelated_texts_share_nothing(original: Article, unrelated: Article) -> None:
    alignment = align(original, unrelated)
    assert {link.label for link in alignment.links} == {"added", "dropped"}
    assert (alignment.coverage.of_copy, alignment.direction, alignment.reasons) == (0.0, "undecided", ())


def test_two_sentences_made_one_are_merged(article: Callable[..., Article]) -> None:
    before = article(
        [
            "The ferry to Orsund was cancelled on Thursday morning.",
            "Passengers slept in the ticket hall under blankets lent by a hotel.",
            "The mayor apologised.",
        ]
    )
    after = article(
        ["The ferry to Orsund was cancelled on Thursday and passengers slept in the ticket hall under blankets."]
    )
    (merged,) = [link for link in align(before, after).links if link.copy]
    assert (merged.label, merged.original) == ("merged", (0, 1))


def test_one_sentence_made_two_is_one_link(article: Callable[..., Article]) -> None:
    before = article(
        [
            "The Orsund ferry was cancelled on Thursday morning; passengers slept in the hall under hotel blankets.",
            "The mayor apologised.",
        ]
    )
    after = article(
        [
            "The Orsund ferry was cancelled on Thursday morning.",
            "Passengers slept in the hall under hotel blankets.",
        ]
    )
    (split,) = [link for link in align(before, after).links if link.copy]
    assert (split.copy, split.original) == ((0, 1), (0,))


def test_what_left_its_place_is_moved(article: Callable[..., Article], original: Article) -> None:
    sentences = (original.text or "").split("\n\n")
    shuffled = article([*sentences[1:6], sentences[0], *sentences[6:]])
    assert [link.copy for link in align(original, shuffled).links if link.moved] == [(5,)]


def test_a_quotation_finds_its_speaker_in_other_words(article: Callable[..., Article]) -> None:
    before = article(
        [
            "Work goes on.",
            'Asked why, the architect said: "Nobody builds a bridge like this in two years and sleeps well."',
        ]
    )
    after = article(['"Nobody builds a bridge like this in two years and sleeps well," according to its designer.'])
    (link, *_) = align(before, after).links
    assert (link.original, link.method) == ((1,), "quotation")


def test_repeated_sentences_keep_their_places(article: Callable[..., Article]) -> None:
    text = article(["He waited.", "Nobody came that day.", "He waited.", "Then it rained."])
    assert [(link.copy, link.original) for link in align(text, text).links] == [((n,), (n,)) for n in range(4)]


def test_chinese_is_compared_without_spaces(article: Callable[..., Article]) -> None:
    before = article("大桥今天重新开放，市长感谢了工人。费用约为六百万元。")
    after = article("市长感谢工人，大桥今天重新开放。天气晴朗。")
    assert origins(align(before, after)) == {0: {0}, 1: set()}


def test_empty_texts_align_to_nothing(article: Callable[..., Article], original: Article) -> None:
    assert align(article(""), article("")).links == ()
    assert {link.label for link in align(article(""), original).links} == {"added"}
    assert {link.label for link in align(original, article("")).links} == {"dropped"}


def test_brackets_at_the_end_of_a_heading_are_no_dateline(article: Callable[..., Article]) -> None:
    headings = ["What Harbour Pilots Do (And Why It Matters)", "NATO (the alliance) will watch the strait."]
    copied = [headings[0], "NATO (the alliance) will not watch the strait."]
    links = align(article(headings), article(copied)).links
    assert [link.label for link in links] == ["verbatim", "edited"]


@pytest.mark.parametrize("piece", ['"a", ', "said, “no” ", "5 % "])
def test_a_sentence_of_countless_quotations_or_figures_is_aligned(piece: str, original: Article) -> None:
    sentence = f"The harbour master said {piece * 20_000}and went."
    edited = sentence.replace("went", "came back")
    alignment = align(replace(original, text=sentence), replace(original, text=edited))
    assert alignment.links[0].label == "edited"
