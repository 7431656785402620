from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.model import Article, RecordRef
from crawler.stories import find_stories
from crawler.stories.index import StoryIndex


def recorded(article: Article, number: int) -> Article:
    return replace(article, record=RecordRef("a.warc.gz", number, 1, f"urn:uuid:{number}"))


@pytest.fixture
def articles(original: Article, rewrite: Article, unrelated: Article) -> list[Article]:
    return [recorded(article, number) for number, article in enumerate((original, unrelated, rewrite))]


def urls(index: StoryIndex) -> list[set[str | None]]:
    return [{node.article.url for node in story.tree} for story in index.stories()]


def test_a_new_capture_joins_its_story(tmp_path: Path, articles: list[Article]) -> None:
    path = tmp_path / "stories.duckdb"
    with StoryIndex(path) as index:
        assert index.add(articles[:2]) == 2
        assert urls(index) == []
    with StoryIndex(path) as index:
        assert index.add(articles) == 1
        assert urls(index) == [{articles[0].url, articles[2].url}]
        assert [story.id for story in index.stories()] == [story.id for story in find_stories(articles)]


def test_what_nothing_joined_is_not_told_again(tmp_path: Path, articles: list[Article]) -> None:
    third = recorded(replace(articles[2], url="https://third.test/1"), 9)
    with StoryIndex(tmp_path / "stories.duckdb") as index:
        index.add(articles)
        assert (index.untold(), [cluster.texts for cluster in index.clusters(untold=True)]) == ([0, 1, 2], [(0, 2)])
        index.tell()
        assert (index.untold(), list(index.clusters(untold=True))) == ([], [])
        index.add([recorded(replace(articles[1], url="https://other.test/1"), 8)])
        assert [cluster.texts for cluster in index.clusters(untold=True)] == [(1, 3)]
    with StoryIndex(tmp_path / "stories.duckdb") as index:
        index.add([third])
        assert index.untold() == [3, 4]
        index.tell()
        assert [cluster.texts for cluster in index.clusters()] == [(0, 2, 4), (1, 3)]


def test_what_hung_together_with_an_article_that_changed_is_told_again(tmp_path: Path, articles: list[Article]) -> None:
    with StoryIndex(tmp_path / "stories.duckdb") as index:
        index.add(articles)
        index.tell()
        assert index.add([replace(articles[2], text=None)]) == 0
        assert index.untold() == [0, 2]
        assert list(index.clusters(untold=True)) == []
        assert list(index.articles(index.untold())) == [0]


def test_a_record_read_anew_replaces_what_it_was(tmp_path: Path, articles: list[Article], unrelated: Article) -> None:
    with StoryIndex(tmp_path / "stories.duckdb") as index:
        index.add(articles)
        assert index.add([recorded(replace(unrelated, url=articles[2].url), 2)]) == 1
        assert urls(index) == [{articles[1].url, articles[2].url}]


def test_a_damaged_index_is_made_again(tmp_path: Path, articles: list[Article]) -> None:
    path = tmp_path / "stories.duckdb"
    path.write_bytes(b"no database of ours " * 100)
    with StoryIndex(path) as index:
        assert index.add(articles) == 3


KILLED = """
import json, os, signal, sys
from pathlib import Path
from crawler.model import Article
from crawler.stories.candidates import Candidates
from crawler.stories.index import StoryIndex

Candidates.compare = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
StoryIndex(Path(sys.argv[1])).add(map(Article.from_dict, json.load(sys.stdin)))
"""


def test_an_index_whose_comparison_was_killed_is_made_again(tmp_path: Path, articles: list[Article]) -> None:
    path = tmp_path / "stories.duckdb"
    given = json.dumps([article.to_dict() for article in articles])
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], input=given, text=True, timeout=120)
    assert done.returncode == -signal.SIGKILL
    with StoryIndex(path) as index:
        assert index.add(articles) == 3
        assert urls(index) == [{articles[0].url, articles[2].url}]


FULL = """
import resource, signal, sys
from pathlib import Path
from crawler.model import Article
from crawler.stories.index import StoryIndex

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
words = [f"word{number % 977}" for number in range(60_000)]
try:
    with StoryIndex(Path(sys.argv[1])) as index:
        index.add(Article(f"https://a.test/{n}", None, "article", text=" ".join(words[n:])) for n in range(20))
except OSError as error:
    print(error.filename, error.strerror)
"""


def test_a_disk_that_is_full_is_told_as_such_and_leaves_no_half_index(tmp_path: Path) -> None:
    path = tmp_path / "stories.duckdb"
    done = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, timeout=120)
    assert done.stderr == ""
    assert done.stdout.startswith(f"{path} the index of stories can't be written"), done.stdout
    assert not path.exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"nowhere/stories\.duckdb"):
        StoryIndex(tmp_path / "nowhere" / "stories.duckdb")


def test_very_many_copies_of_one_text_are_one_story(original: Article, unrelated: Article) -> None:
    copies = [
        replace(original, url=f"https://c{number}.test/", text=f"{original.text}\n\nPrinted in town number {number}.")
        for number in range(60)
    ]
    (story,) = find_stories([*copies, unrelated, original])
    assert len(story.tree) == 61


def test_sentences_of_an_outlet_lead_nowhere(article: Callable[..., Article], unrelated: Article) -> None:
    notice = "Sign up for our free letter with the best of the bay, sent to you before the first ferry leaves the quay."
    words = ["harbour", "council", "bridge", "winter", "teacher", "garden", "engine", "market", "river", "museum"]
    pages = [
        article(
            [f"The {one} {other} {number} was opened by {other} people of the {one}.", notice], f"https://{number}.b/"
        )
        for number, (one, other) in enumerate((a, b) for a in words for b in words if a < b)
    ]
    assert find_stories([*pages, unrelated]) == []


@pytest.mark.parametrize("name", ["who?", "back\\slash", "Fl\udce4che", "md:notes"])
def test_a_folder_may_have_any_name(
    name: str, tmp_path: Path, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    path = Path(name, "stories.duckdb")
    with StoryIndex(path) as index:
        index.add(articles[:2])
    with StoryIndex(path) as index:
        assert index.add(articles) == 1
        assert len(urls(index)) == 1
    assert [file.name for file in path.parent.iterdir()] == ["stories.duckdb"]


def test_a_copy_that_was_worked_on_in_vain_is_not_brought_back(tmp_path: Path, articles: list[Article]) -> None:
    path = tmp_path / "who?" / "stories.duckdb"
    path.parent.mkdir()
    with StoryIndex(path) as index:
        index.add(articles)
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt), StoryIndex(path) as index:
        index.add([replace(articles[0], url="https://other.test/1")])
        raise KeyboardInterrupt
    assert path.read_bytes() == before
