"""Cheap looks before patterns pass over nothing that the pattern would find, whatever words it is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import attribution
from crawler.extract.body import advertising, metering, notes, pleas
from crawler.extract.counts import labels
from crawler.extract.dates.names import LANGUAGES, past_phrases
from crawler.extract.embedded import scripts
from crawler.extract.headline import titles
from crawler.extract.images import asset, captions, credited, furniture
from crawler.extract.names import credits as other_work
from crawler.extract.outcome.consent import _SUBJECT as CONSENT
from crawler.extract.page import comments
from crawler.extract.witnesses import author_marks, by_words, date_words, signers
from crawler.extract.wording import are_numbered
from tests.extract.examples import examples

Look = Callable[[str], object]


def holds(parts: Iterable[str]) -> Look:
    return lambda text: any(part in text for part in parts)


def in_lower_case(look: Look) -> Look:
    return lambda text: look(text.lower())


LOOKS: dict[str, tuple[Look, tuple[re.Pattern[str], ...]]] = {
    "free articles": (in_lower_case(holds(metering._STEMS)), (metering._METERED,)),
    "closing notes": (in_lower_case(holds(notes._STEMS)), (notes._CLOSING,)),
    "pleas": (in_lower_case(holds(pleas._STEMS)), (pleas._LIKED, pleas._TOLD)),
    "originals": (attribution._is_telling, (attribution._SAYS_ORIGINAL, attribution._SAYS_SOURCE)),
    "state": (holds(scripts._NAMING), (scripts._ASSIGNMENT,)),
    "separators": (titles._SIGN.search, (titles._SEPARATOR,)),
    "below a proxy": (in_lower_case(holds(("cdn-cgi", "_ipx"))), (asset._BELOW,)),
    "site's pictures": (furniture._may_be_sites, (furniture._WORDS, furniture._OF_THE_SITE)),
    "stand-ins": (lambda path: path.rpartition("/")[2][:2] in ("de", "no"), (furniture._STAND_IN,)),
    "credits behind": (captions._MARK.search, (captions._CREDIT_LAST,)),
    "credits with a word": (in_lower_case(captions._LABELS.search), (captions._LABELLED,)),
    "names behind strokes": (holds(captions._STROKES), (captions._NAMED_LAST,)),
    "agencies": (captions._AGENCIES.search, (captions._AGENCY_LAST,)),
    "other work": (
        in_lower_case(holds(other_work._STEMS)),
        (other_work._CREDIT, other_work._MARKED, other_work._WROTE_AND_MORE),
    ),
    "comments": (in_lower_case(comments._may_say_so), (comments._ALL, comments._ONE)),
    "authors' names": (author_marks.names_author, (author_marks._AUTHOR_FORMATS,)),
    "by": (by_words._may_say_so, (by_words._IN_LOWER_CASE,)),
}


@pytest.mark.parametrize(("look", "patterns"), LOOKS.values(), ids=LOOKS)
def test_a_look_finds_a_part_of_all_that_the_patterns_behind_it_find(
    look: Look, patterns: tuple[re.Pattern[str], ...]
) -> None:
    for pattern in patterns:
        found = examples(pattern)
        assert found
        for text in found + [loud for text in found if pattern.search(loud := text.upper())]:
            assert look(text), text


def test_a_look_for_credits_is_asked_of_lines_in_ascii_only() -> None:
    look = in_lower_case(holds(credited._STEMS))
    assert all(look(text) for text in examples(credited._CREDITED) if text.isascii())


def test_phrases_of_elapsed_time_hold_their_word_and_a_number_unless_it_is_spoken() -> None:
    for word, pattern, _, spoken in (phrase for language in LANGUAGES for phrase in past_phrases(language)):
        for text in examples(re.compile(pattern)):
            assert word in text
            assert spoken is not None or any(map(str.isdigit, text)), text


IN_ASCII = {
    "published": (date_words._ALL_PUBLISHED, date_words._IN_ASCII[0]),
    "modified": (date_words._ALL_MODIFIED, date_words._IN_ASCII[1]),
    "either": (date_words._LABEL, date_words._IN_ASCII[2]),
    "counts": (labels.LABEL, labels._LABEL_IN_ASCII),
}


@pytest.mark.parametrize(("of_all", "in_ascii"), IN_ASCII.values(), ids=IN_ASCII)
def test_patterns_for_ascii_find_in_it_what_those_for_all_scripts_find(
    of_all: re.Pattern[str], in_ascii: re.Pattern[str]
) -> None:
    texts = [text for text in examples(of_all) if text.isascii()]
    assert texts
    for text in texts:
        one, other = of_all.search(text), in_ascii.search(text)
        assert one and other and (one.span(), one.lastgroup) == (other.span(), other.lastgroup), text


def test_words_for_counts_are_found_by_how_they_begin() -> None:
    for text in examples(labels.LABEL):
        if text == text.lower():
            assert labels.label_in(text), text


ASKED_IN_LOWER_CASE = {
    "advertising": advertising._LINE,
    "announcements": signers._ANNOUNCES,
    "consent": CONSENT,
    "by": by_words._IN_LOWER_CASE,
    "beginnings of bylines": by_words._STARTS,
    "published": date_words._ALL_PUBLISHED,
    "modified": date_words._ALL_MODIFIED,
    "authors' pages": author_marks._AUTHOR_PATH,
    "authors' names": author_marks._AUTHOR_FORMATS,
    "site's pictures": furniture._WORDS,
    "site's folders": furniture._OF_THE_SITE,
    "stand-ins": furniture._STAND_IN,
    "counters": furniture._COUNTER,
}


@pytest.mark.parametrize("pattern", ASKED_IN_LOWER_CASE.values(), ids=ASKED_IN_LOWER_CASE)
def test_patterns_that_are_asked_in_lower_case_have_no_word_in_another(pattern: re.Pattern[str]) -> None:
    assert not pattern.flags & re.IGNORECASE
    for text in examples(pattern):
        assert pattern.search(text.lower()), text


@given(st.lists(st.text(alphabet="a1é٣ ", max_size=4)))
def test_lines_with_digits_are_told_at_once_as_line_by_line(lines: list[str]) -> None:
    assert are_numbered(lines) == [re.search(r"\d", line) is not None for line in lines]


@pytest.mark.parametrize("added", ["gazette", "ŻURNAL"])
def test_a_word_that_is_added_to_a_pattern_is_among_its_examples(added: str) -> None:
    pattern = re.compile(rf"(?<!\w)(?:(?:by|{added})\s*:|(?:von|{added})\s+(?=\S))[^:]{{0,9}}", re.I)
    texts = examples(pattern)
    assert any(re.match(rf"{added}\s*:", text) for text in texts)
    assert any(re.match(rf"{added}\s+[^:]*$", text) for text in texts)
