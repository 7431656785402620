"""The tables of stories, written beside the articles they are made of."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.demo.truth import TRUTH
from crawler.export.schema import SCHEMA
from crawler.jobs import story_tables
from crawler.jobs.history_tables import TABLES as HISTORY_TABLES
from crawler.jobs.story_tables import TABLES as STORY_TABLES
from crawler.model import Article, Count, Memento, Organization, Outcome, RecordRef
from crawler.stories import kept
from crawler.stories.index import StoryIndex
from crawler.stories.kept import FEW
from crawler.stories.relate import relate
from tests.derived import tell

TABLES = ("stories", "copies", "sentence_links", "quotes", "versions", "count_series")


def article(number: int, sentences: list[str], url: str, day: int, **fields: object) -> Article:
    return Article(
        url=url,
        captured_at=f"2031-05-{day:02}T00:00:00Z",
        outcome=Outcome.ARTICLE,
        text="\n\n".join(sentences),
        record=RecordRef("a.warc.gz", number, 1, f"urn:uuid:{number}"),
        **fields,  # type: ignore[arg-type]
    )


ORIGINAL = article(
    1, list(TRUTH.sentences), f"{TRUTH.publisher_url}/story", 1, headline=TRUTH.headline, authors=TRUTH.authors,
    publisher=Organization(TRUTH.publisher, TRUTH.publisher_url), date_published=TRUTH.published,
)  # fmt: skip
REWRITE = article(
    2, [sentence.text for sentence in TRUTH.rewrite], "https://varraherald.test/news/1/a", 1,
    headline=TRUTH.rewrite_headline, date_published=TRUTH.rewrite_published,
    counts=(Count("comments", "12 comments", 12, precision=1),),
)  # fmt: skip
EDITED = article(
    3, [*(sentence.text for sentence in TRUTH.rewrite[1:]), "The mayor resigned at noon, her office said."],
    "https://varraherald.test/news/1/a", 2, headline=TRUTH.rewrite_headline,
    counts=(Count("comments", "15 comments", 15, precision=1),),
)  # fmt: skip


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    return [json.loads(row) for row in (folder / f"{table}.jsonl").read_text("utf-8").splitlines()]


def test_a_story_was_published_when_its_original_was_though_a_copys_date_is_coarser(tmp_path: Path) -> None:
    coarse = replace(
        REWRITE, date_published=None, date_published_earliest="2024-03-01T00:00:00Z",
        date_published_latest="2024-04-01T00:00:00Z", original_urls=(ORIGINAL.url or "",),
    )  # fmt: skip
    tell(tmp_path, [ORIGINAL, coarse])
    (story,) = rows(tmp_path, "stories")
    assert story["original_url"] == ORIGINAL.url
    assert (story["first_published_earliest"], story["first_published_latest"]) == (TRUTH.published, TRUTH.published)


def test_where_no_original_is_known_the_first_date_lies_between_the_least_of_the_bounds(tmp_path: Path) -> None:
    bounds = (("2024-03-01", "2024-03-09"), ("2024-03-03", "2024-03-05"))
    texts = [
        article(
            number, list(TRUTH.sentences), f"https://{number}.example/story", 1,
            date_published_earliest=f"{first}T00:00:00+00:00", date_published_latest=f"{last}T00:00:00+00:00",
        )
        for number, (first, last) in enumerate(bounds)
    ]  # fmt: skip
    tell(tmp_path, texts)
    (story,) = rows(tmp_path, "stories")
    assert story["original_url"] is None
    assert story["first_published_earliest"] == "2024-03-01T00:00:00+00:00"
    assert story["first_published_latest"] == "2024-03-05T00:00:00+00:00"


def test_rows_have_the_columns_described_in_their_order(tmp_path: Path) -> None:
    tell(tmp_path, [ORIGINAL, REWRITE, EDITED])
    for table in TABLES:
        assert rows(tmp_path, table)
        for row in rows(tmp_path, table):
            assert list(row) == [column.name for column in SCHEMA[table].columns]


def test_a_story_is_told_with_its_copies_links_versions_and_counts(tmp_path: Path) -> None:
    tell(tmp_path, [ORIGINAL, REWRITE, EDITED])
    (story,) = rows(tmp_path, "stories")
    assert (story["original_record_id"], story["articles"], story["sites"]) == ("urn:uuid:1", 3, 2)
    copies = rows(tmp_path, "copies")
    assert [(row["record_id"], row["role"], row["source_record_id"]) for row in copies] == [
        ("urn:uuid:1", "original", None), ("urn:uuid:2", "copy", "urn:uuid:1"), ("urn:uuid:3", "version", "urn:uuid:2"),
    ]  # fmt: skip
    links = [row for row in rows(tmp_path, "sentence_links") if row["record_id"] == "urn:uuid:2"]
    assert {"paraphrased", "added", "dropped"} <= {row["label"] for row in links}
    versions = {row["record_id"]: row for row in rows(tmp_path, "versions")}
    assert (versions["urn:uuid:3"]["change"], versions["urn:uuid:3"]["previous_record_id"]) == ("edited", "urn:uuid:2")
    assert [(row["value"], row["change"]) for row in rows(tmp_path, "count_series")] == [(12, None), (15, 3)]


def test_what_a_public_archive_kept_belongs_to_the_history_of_the_page(tmp_path: Path) -> None:
    kept = replace(
        article(4, list(TRUTH.sentences[:9]), f"https://archive.example/web/{ORIGINAL.url}", 30),
        counts=(Count("comments", "7 comments", 7, precision=1),),
        memento=Memento(str(ORIGINAL.url), "2031-04-01T00:00:00Z", "archive.example"),
    )
    tell(tmp_path, [ORIGINAL, kept])
    versions = {row["record_id"]: row for row in rows(tmp_path, "versions")}
    assert [versions[f"urn:uuid:{number}"]["version"] for number in (4, 1)] == [1, 2]
    assert versions["urn:uuid:1"]["previous_record_id"] == "urn:uuid:4"
    assert {row["record_id"]: row["captured_at"] for row in rows(tmp_path, "count_series")}["urn:uuid:4"] == (
        "2031-04-01T00:00:00Z"
    )
    (story,) = rows(tmp_path, "stories")
    assert story["sites"] == 1


def test_a_quotation_has_one_id_in_all_copies(tmp_path: Path) -> None:
    tell(tmp_path, [ORIGINAL, REWRITE])
    quotes = rows(tmp_path, "quotes")
    here = {row["quote_id"] for row in quotes if row["record_id"] == "urn:uuid:1"}
    matched = [row for row in quotes if row["record_id"] == "urn:uuid:2" and row["source_text"]]
    assert matched and {row["quote_id"] for row in matched} <= here


def test_the_next_capture_gives_what_all_at_once_would(tmp_path: Path) -> None:
    step, whole = tmp_path / "step", tmp_path / "whole"
    for articles in ([ORIGINAL], [REWRITE], [EDITED], []):
        tell(step, articles)
    tell(whole, [ORIGINAL, REWRITE, EDITED])
    for table in TABLES:
        assert rows(step, table) == rows(whole, table)


def test_a_story_that_nothing_joins_stays_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(tmp_path, [ORIGINAL, REWRITE])
    before = rows(tmp_path, "sentence_links")
    monkeypatch.setattr(story_tables, "align", lambda *_: pytest.fail("aligned again"))
    tell(tmp_path, [article(9, ["The ferry to the islands was late again on Monday."], "https://ferry.test/1", 9)])
    assert rows(tmp_path, "sentence_links") == before
    assert len(rows(tmp_path, "versions")) == 3


def cut(number: int) -> Article:
    """One of many articles that each leave out and put in something else."""
    sentences = [*TRUTH.sentences, *(sentence.text for sentence in TRUTH.rewrite[number % 5 :: 3])]
    del sentences[number % len(sentences)]
    return article(100 + number, sentences, f"https://outlet{number}.test/a", 1 + number)


def test_of_a_story_of_many_only_pairs_with_the_new_copy_are_aligned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, whole = tmp_path / "step", tmp_path / "whole"
    before = [cut(number) for number in range(FEW + 2)]
    late = replace(cut(FEW + 2), captured_at="2031-04-01T00:00:00Z")  # every text has another place beside it
    tell(step, before)
    pairs: list[tuple[int, int]] = []
    monkeypatch.setattr(
        kept, "relate", lambda one, other, *texts: pairs.append((one, other)) or relate(one, other, *texts)
    )
    tell(step, [late])
    assert len(pairs) == len(before)
    pairs.clear()
    tell(whole, [*before, late])
    assert len(pairs) == len(before) * (len(before) + 1) // 2
    for table in TABLES:
        assert rows(step, table) == rows(whole, table)
    assert len({row["record_id"] for row in rows(step, "sentence_links")}) == len(before)
    pairs.clear()
    tell(step, [replace(before[3], text=before[3].text + "\n\nThe ferry was late again on Monday.")])
    assert len(pairs) == len(before)


def test_two_stories_that_an_article_joins_become_one(tmp_path: Path) -> None:
    half = len(TRUTH.sentences) // 2
    first, second = list(TRUTH.sentences[:half]), list(TRUTH.sentences[half:])
    parts = [
        article(number, sentences, f"https://outlet{number}.test/{number}", number)
        for number, sentences in enumerate((first, first, second, second), 1)
    ]
    tell(tmp_path, parts)
    assert sorted(story["articles"] for story in rows(tmp_path, "stories")) == [2, 2]
    both = article(8, [*first, *second], "https://whole.test/8", 1)
    tell(tmp_path, [both])
    whole = tmp_path / "whole"
    tell(whole, [*parts, both])
    for table in TABLES:
        assert rows(tmp_path, table) == rows(whole, table)


def test_an_article_whose_record_is_read_anew_leaves_its_story(tmp_path: Path) -> None:
    tell(tmp_path, [ORIGINAL, REWRITE])
    assert len(rows(tmp_path, "copies")) == 2
    other = ["The ferry said “we were late again” on Monday."]
    tell(tmp_path, [replace(REWRITE, text=other[0], url="https://elsewhere.test/1", counts=())])
    assert {table: rows(tmp_path, table) for table in ("stories", "copies", "sentence_links", "count_series")} == (
        {"stories": [], "copies": [], "sentence_links": [], "count_series": []}
    )
    assert {row["record_id"]: row["article_url"] for row in rows(tmp_path, "versions")} == {
        "urn:uuid:1": ORIGINAL.url, "urn:uuid:2": "https://elsewhere.test/1",
    }  # fmt: skip
    assert {row["story_id"] for row in rows(tmp_path, "quotes")} == {None}
    tell(tmp_path, [replace(REWRITE, text=None)])
    assert {row["record_id"] for row in rows(tmp_path, "quotes")} == {"urn:uuid:1"}


def test_a_count_of_an_outlet_is_one_series_over_its_pages(tmp_path: Path) -> None:
    def page(number: int, day: int, value: int | None) -> Article:
        counts = () if value is None else (Count("followers", str(value), value, of="Herald", precision=1),)
        return article(number, [f"Page {number}."], f"https://herald.test/{number % 2}", day, counts=counts)

    pages = [page(1, 1, 10), page(2, 2, 12), page(3, 3, None), page(4, 4, 15)]
    for one in pages:
        tell(tmp_path, [one])
    assert [(row["value"], row["flags"]) for row in rows(tmp_path, "count_series")] == [
        (10, []), (12, []), (None, ["gap"]), (15, []),
    ]  # fmt: skip
    tell(tmp_path / "whole", pages)
    assert rows(tmp_path / "whole", "count_series") == rows(tmp_path, "count_series")


def test_the_index_can_be_deleted(tmp_path: Path) -> None:
    tell(tmp_path, [ORIGINAL, REWRITE])
    before = rows(tmp_path, "copies")
    (tmp_path / "stories.duckdb").unlink()
    tell(tmp_path, [])
    assert rows(tmp_path, "copies") == before


def test_stories_told_and_not_put_in_place_are_told_the_next_time(tmp_path: Path) -> None:
    tell(tmp_path, [ORIGINAL])
    with StoryIndex(tmp_path / "stories.duckdb") as index:
        index.add([REWRITE])  # and then the process is killed
    tell(tmp_path, [REWRITE])
    assert len(rows(tmp_path, "copies")) == 2


def test_a_collection_without_articles_has_empty_tables(tmp_path: Path) -> None:
    tell(tmp_path, [])
    for table in (*STORY_TABLES, *HISTORY_TABLES):
        assert rows(tmp_path, table) == []
