from __future__ import annotations

from dataclasses import replace

from crawler.model import Article, Organization, Story
from crawler.stories import align, find_stories


def shape(story: Story) -> list[tuple[int, str | None]]:
    return [(node.depth, node.article.url) for node in story.tree]


def test_a_chain_comes_out_as_a_tree(original: Article, rewrite: Article) -> None:
    paper = replace(
        original,
        url="https://paper.example/1",
        publisher=Organization("Bay Paper"),
        date_published="2031-03-14T15:00:00+00:00",
        text=(original.text or "").replace("roughly 40 ships", "some 45 ships").replace("Divers from", "A team from"),
        original_urls=(original.url or "",),
    )
    aggregated = replace(
        paper,
        url="https://mirror.test/1",
        distributor=Organization("Mirror", "https://mirror.test/"),
        date_published="2031-03-15T08:00:00+00:00",
        original_urls=(),
    )
    (story,) = find_stories([aggregated, rewrite, paper, original])
    assert shape(story) == [(0, original.url), (1, paper.url), (2, aggregated.url), (1, rewrite.url)]
    third = story.tree[2]
    assert third.source is paper
    assert third.direction == "original"
    assert third.reasons
    assert third.confidence is not None and third.confidence > 0.75


def test_what_is_undecided_stays_so_in_the_tree(original: Article) -> None:
    bare = replace(original, date_published=None, byline=None, authors=(), images=(), publisher=None)
    (story,) = find_stories([bare, replace(bare, url="https://b.example/")])
    assert story.original is None
    assert [(node.depth, node.direction) for node in story.tree] == [(0, "undecided"), (1, "undecided")]


def test_another_capture_of_a_page_is_its_version(original: Article) -> None:
    later = replace(original, captured_at="2031-05-02T00:00:00Z", text=f"{original.text}\n\nThe union has answered.")
    (story,) = find_stories([later, original])
    assert [node.is_version for node in story.tree] == [False, True]


def test_every_article_stands_once_below_its_source(original: Article, rewrite: Article) -> None:
    others = [
        replace(rewrite, url=f"https://c{number}.test/", date_published=f"2031-03-2{number}") for number in range(4)
    ]
    (story,) = find_stories([*others, rewrite, original])
    seen: list[Article] = []
    for node in story.tree:
        assert node.source is None or any(node.source is one for one in seen)
        seen.append(node.article)
    assert len(seen) == 6


def test_a_copy_with_the_corrected_figure_comes_from_the_corrected_version(original: Article) -> None:
    """However much of either version is left in it."""
    right = (original.text or "").replace("6.4 million", "4.6 million")
    corrected = replace(original, captured_at="2031-05-02T00:00:00Z", text=f"{right}\n\nCorrected on Friday.")
    copy = replace(
        original,
        url="https://late.example/1",
        publisher=None,
        captured_at="2031-05-04T00:00:00Z",
        date_published="2031-03-20",
        text=right.replace("Fishing boats", "Trawlers"),
    )
    (story,) = find_stories([original, corrected, copy])
    (found,) = [node for node in story.tree if node.article is copy]
    assert found.source is corrected


def test_what_is_said_of_a_copy_is_said_of_it_as_the_copy_whichever_page_was_captured_first(original: Article) -> None:
    """A standfirst that sums up one sentence may pass for made of it, but only where it is taken for the copy's."""
    standfirst = "Divers found cracks in 14 of the 212 piles, and the Long Quay will close to freighters on Monday."
    paper = replace(
        original, captured_at="2031-05-02T00:00:00Z", text=f"{standfirst}\n\n{original.text}", original_urls=()
    )
    mirrored = replace(original, url="https://mirror.test/1", publisher=None, original_urls=(paper.url or "",))
    (story,) = find_stories([mirrored, paper])
    found = story.tree[1]
    assert (found.source, found.article) == (paper, mirrored)
    assert found.coverage == align(paper, mirrored).coverage
    assert found.coverage != align(mirrored, paper).coverage


def test_other_forms_of_a_page_are_its_versions_and_no_copies(original: Article) -> None:
    page = replace(original, url="https://velm.example/quay", canonical_url="https://velm.example/quay")
    amp = replace(page, url="https://velm.example/amp/quay", captured_at="2031-04-01T00:00:00Z")
    printed = replace(page, url="https://velm.example/quay?print=1", byline=None, authors=(), images=())
    copy = replace(page, url="https://mirror.test/1")
    (story,) = find_stories([page, amp, printed, copy])
    assert story.original == page
    assert {node.article.url: node.is_version for node in story.tree} == {
        page.url: False, amp.url: True, printed.url: True, copy.url: False,
    }  # fmt: skip
    assert {node.source and node.source.url for node in story.tree} == {None, page.url}


def test_pages_that_all_call_one_address_canonical_are_no_forms_of_each_other(original: Article) -> None:
    front = "https://velm.example/"
    pages = [replace(original, url=f"https://velm.example/{n}", canonical_url=front) for n in range(2)]
    (story,) = find_stories(pages)
    assert not any(node.is_version for node in story.tree)


def test_whom_the_byline_names_is_nearer_than_whom_the_text_taken_over_names(original: Article) -> None:
    text = f"{original.text}\n\nThe berths are free again, she told The Velm Courier."
    first = replace(original, text=text)
    wire = replace(
        first, url="https://coastwire.example/1", publisher=Organization("Coast Wire"),
        original_urls=(original.url or "",), date_published="2031-03-14T15:00:00+00:00", byline=None, authors=(),
    )  # fmt: skip
    taken = replace(
        wire, url="https://hub.test/1", publisher=Organization("Hub"), original_urls=(),
        date_published="2031-03-15T08:00:00+00:00", byline="By Coast Wire", authors=("Coast Wire",),
    )  # fmt: skip
    (story,) = find_stories([taken, wire, first])
    assert shape(story) == [(0, first.url), (1, wire.url), (2, taken.url)]
