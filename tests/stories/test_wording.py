"""Sentences made ready to be compared."""

from crawler.stories.wording import word_sentences


def test_a_sentence_met_again_is_not_worded_again() -> None:
    first, again = (
        word_sentences(["The ferry sank.", "Nobody was hurt.", "The ferry sank."]),
        word_sentences(["The ferry sank."]),
    )
    assert first[0] is first[2] is again[0]


def test_a_sentence_is_read_as_serbian_where_its_text_is_serbian_wherever_else_it_was_met() -> None:
    """Serbian papers print in both alphabets; the letters that only Serbian has are in few sentences."""
    alone = word_sentences(["Влада планира буџет.", "Министар говори."])
    russian = word_sentences(["Министар говори."])
    serbian = word_sentences(["Министар говори.", "Људи чекају."])
    assert [one.plain for one in serbian] == ["ministar govori", "ljudi čekaju"]
    assert alone[1].plain == "ministar govori"
    assert russian[0].plain == "министар говори"
