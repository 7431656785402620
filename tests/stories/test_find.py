from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crawler.model import Article, Organization
from crawler.stories import find_stories

SECOND_REPORT = [
    "Port Velm's oldest pier is no longer safe for heavy vessels, the port said over the weekend.",
    "Surveyors had reported broken timbers in a dozen places.",
    '"We are not going to gamble with the lives of the people who work there," director Ilse Tarnow said at the gate.',
    "Shipping agents are looking for berths elsewhere along the coast.",
    "Pia Lund, who runs the canteen, expects quiet months.",
    "She has served soup to crews since the spring of 2009.",
    "Insurance for the oldest stretch was withdrawn in January, two people with knowledge of the contract said.",
]
UNLIKE = [
    "The town library will stay open until nine on weekdays from the first of April.",
    "Its new roof was paid for by a raffle, a bake sale and a gift that nobody has claimed.",
    "Children may borrow up to twelve books, and as many maps as they can carry home.",
    "A reading of winter tales drew more listeners than there were chairs.",
]
UNLIKE_TOO = [
    "Upstairs the old newspapers are being bound in green cloth, one decade at a time.",
    "Volunteers dust the globes on Thursdays.",
    "The café sells buns that were baked the day before for half of what they cost.",
    "Bicycles can be left in the yard, behind the chestnut tree.",
]


def test_a_rewrite_joins_its_original(original: Article, rewrite: Article, unrelated: Article) -> None:
    (story,) = find_stories([unrelated, rewrite, original])
    assert story.original is original
    assert story.copies == (rewrite,)


def test_the_order_of_the_articles_changes_nothing(original: Article, rewrite: Article, unrelated: Article) -> None:
    assert find_stories([original, rewrite, unrelated]) == find_stories([rewrite, unrelated, original])


def test_an_excerpt_of_two_sentences_joins(original: Article, article: Callable[..., Article]) -> None:
    excerpt = article((original.text or "").split("\n\n")[3:5], "https://brief.example/1", date_published="2031-03-20")
    (story,) = find_stories([original, excerpt])
    assert story.original is original


def test_two_reports_of_one_event_with_one_quotation_do_not(original: Article, article: Callable[..., Article]) -> None:
    assert find_stories([original, article(SECOND_REPORT, "https://bay.example/pier")]) == []


def test_an_outlets_boilerplate_makes_no_story(article: Callable[..., Article]) -> None:
    notice = (
        "Sign up here for our free letter with the best of the bay, sent to you every morning before the ferries leave."
    )
    pages = [
        article([sentence, notice], f"https://courier.velm.example/{number}")
        for number, sentence in enumerate(SECOND_REPORT)
        if '"' not in sentence
    ]
    assert find_stories(pages) == []


def test_one_tail_under_two_texts_of_an_outlet_makes_no_story(article: Callable[..., Article]) -> None:
    tail = [
        "Readers who take the Sunday packet receive this column a day before everybody else, with the tide tables.",
        "Letters to the editor are welcome at the usual address by the fish market, in ink or otherwise.",
    ]
    one = article([*SECOND_REPORT[3:], *tail], "https://packet.example/pier", publisher=None)
    other = article([*UNLIKE, *tail], "https://packet.example/library", publisher=None)
    assert find_stories([one, other]) == []
    assert len(find_stories([one, replace(other, url="https://thief.example/1")])) == 1


def test_an_edited_passage_in_a_longer_text_is_a_copy(original: Article, article: Callable[..., Article]) -> None:
    first, second = (original.text or "").split("\n\n")[3:5]
    passage = [f"{first[:-1]} once more.", f"{second[:-1]} too."]
    longer = article([*UNLIKE, *passage, *UNLIKE_TOO], "https://longer.example/1", date_published="2031-03-20")
    (story,) = find_stories([original, longer])
    assert story.original is original


def test_a_mixture_is_a_copy_in_both_stories(
    original: Article, unrelated: Article, article: Callable[..., Article]
) -> None:
    library = replace(unrelated, date_published="2031-03-10T09:00:00+00:00")
    mixed = article(
        f"{original.text}\n\n{unrelated.text}", "https://mixed.test/", date_published="2031-03-20T09:00:00+00:00"
    )
    stories = find_stories([original, library, mixed])
    assert [(story.original, story.copies) for story in stories] == [(library, (mixed,)), (original, (mixed,))]


def test_a_chain_is_one_story_under_its_first_text(original: Article, rewrite: Article) -> None:
    third = replace(rewrite, url="https://third.test/1", date_published="2031-03-25", canonical_url=rewrite.url)
    (story,) = find_stories([third, rewrite, original])
    assert (story.original, story.copies) == (original, (rewrite, third))


def test_captures_of_one_page_are_versions_of_one_text(original: Article) -> None:
    later = replace(
        original, captured_at="2031-05-02T00:00:00Z", text=f"{original.text}\n\nUpdated with the union's answer."
    )
    (story,) = find_stories([later, original])
    assert (story.original, story.copies) == (original, (later,))


def test_a_story_keeps_its_id_when_a_copy_joins(original: Article, rewrite: Article) -> None:
    (before,) = find_stories([original, rewrite])
    (after,) = find_stories([original, rewrite, replace(rewrite, url="https://third.test/1")])
    assert before.id == after.id


def test_articles_without_text_are_left_out(original: Article) -> None:
    assert find_stories([original, replace(original, text=None), replace(original, text="")]) == []


def test_what_all_short_reports_of_a_house_end_with_makes_no_story(article: Callable[..., Article]) -> None:
    notice = [*UNLIKE, *UNLIKE_TOO]
    reports = [SECOND_REPORT[:4], SECOND_REPORT[3:7]]
    pages = [
        article([*report, *notice], f"https://courier.velm.example/{number}", date_published=f"2031-03-{10 + number}")
        for number, report in enumerate(reports)
    ]
    pages[1] = replace(pages[1], text=(pages[1].text or "").replace(SECOND_REPORT[3], "Nobody was hurt, they said."))
    assert find_stories(pages) == []


def test_a_report_that_a_house_prints_again_below_new_lines_is_one_story(
    original: Article, article: Callable[..., Article]
) -> None:
    again = "\n\n".join((UNLIKE[0], original.text or ""))
    (story,) = find_stories([original, replace(original, url="https://courier.velm.example/2", text=again)])
    assert len(story.tree) == 2


def test_a_sentence_that_is_worded_like_the_first_is_no_common_beginning(article: Callable[..., Article]) -> None:
    notice = [*UNLIKE, *UNLIKE_TOO]
    like = "Nobody repairs the empty candle before the storm demands its yellow barrel at the nurse, said Vera Lund."
    liked = (
        "Nobody opens the northern letter before the weaver replaces its distant barrel at the nurse, said Vera Lund."
    )
    one = article([like, *SECOND_REPORT[:4], *notice], "https://courier.velm.example/1")
    other = article([*SECOND_REPORT[4:], liked, *notice], "https://courier.velm.example/2")
    assert find_stories([one, other]) == []


def reports(number: int) -> list[str]:
    """Two sentences that have no word in common with those of another number."""
    words = [
        f"{stem}{number}" for stem in ("quay", "ferry", "market", "winter", "lantern", "bakery", "tunnel", "harvest")
    ]
    return [f"The {' '.join(words)} of {number} days.", f"Nobody saw the {' '.join(reversed(words))} again."]


def test_notices_that_many_short_reports_of_several_sites_end_with_make_no_story(
    article: Callable[..., Article],
) -> None:
    notice = [*UNLIKE, *UNLIKE_TOO]
    pages = [
        article([*reports(number), *reports(-number), *notice], f"https://gazette{number % 3}.example/{number}")
        for number in range(1, 25)
    ]
    assert find_stories(pages) == []


def test_a_story_that_many_papers_print_with_lines_of_their_own_is_one(
    original: Article, article: Callable[..., Article]
) -> None:
    told = (original.text or "").split("\n\n")
    pages = [article([*told, *reports(number)], f"https://paper{number}.example/quay") for number in range(1, 25)]
    (story,) = find_stories(pages)
    assert len(story.tree) == 24


def test_a_copy_of_what_a_report_gained_later_is_of_its_story(
    original: Article, article: Callable[..., Article]
) -> None:
    told = (original.text or "").split("\n\n")
    first = replace(original, text="\n\n".join(told[:2]), captured_at="2031-03-14T10:00:00Z")
    grown = replace(original, captured_at="2031-03-14T20:00:00Z")
    url = "https://relay.example/1"
    copies = [
        replace(article(told[4:8], url, original_urls=(original.url,)), captured_at=f"2031-03-{day}T10:00:00Z")
        for day in (15, 16)
    ]
    (story,) = find_stories([first, grown, *copies])
    assert story.original == first
    assert {node.article.url: node.source for node in story.tree if node.article == copies[0]} == {url: grown}


def test_a_round_up_that_is_captured_twice_still_joins_no_two_stories(
    original: Article, article: Callable[..., Article]
) -> None:
    told, other = (original.text or "").split("\n\n"), [*UNLIKE, *UNLIKE_TOO]
    second = article(other, "https://bay.example/library", date_published="2031-03-14")
    mixed = [
        replace(article([*told[:3], *other[:3]], "https://brief.example/1"), captured_at=f"2031-03-{day}T10:00:00Z")
        for day in (16, 17)
    ]
    stories = find_stories([original, second, *mixed])
    assert [{original.url, second.url} <= {node.article.url for node in one.tree} for one in stories] == [False, False]


def test_a_story_that_many_papers_print_between_lines_of_their_own_is_one(
    original: Article, article: Callable[..., Article]
) -> None:
    told = (original.text or "").split("\n\n")
    pages = [
        article(
            [reports(number)[0], *told, *reports(-number), *reports(number + 100)], f"https://paper{number}.example/1"
        )
        for number in range(1, 25)
    ]
    (story,) = find_stories(pages)
    assert len(story.tree) == 24


def test_captures_of_a_page_that_is_written_on_are_one_story(article: Callable[..., Article]) -> None:
    entries = [line for number in range(60) for line in reports(number)]
    pages = [
        replace(
            article(entries[at : at + 32], "https://courier.velm.example/live"),
            captured_at=f"2031-03-14T00:{at:02}:00Z",
        )
        for at in range(0, 60, 2)
    ]
    (story,) = find_stories(pages)
    assert len(story.tree) == 30


def test_one_text_saved_from_two_houses_is_a_story(original: Article) -> None:
    saved = replace(original, url=None, captured_at=None, publisher=Organization("Bay Post"))
    other = replace(saved, publisher=Organization("Coast Mail"))
    (story,) = find_stories([saved, other])
    assert len(story.tree) == 2
    assert find_stories([saved, saved]) == []
    named = replace(saved, publisher=None, canonical_url="https://bay.example/1")
    (story,) = find_stories([named, replace(named, canonical_url="https://coast.example/1")])
    assert len(story.tree) == 2
