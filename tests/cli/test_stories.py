"""``wirecopy stories`` and ``wirecopy compare`` on text files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.cli import exit_codes, main
from crawler.demo.truth import TRUTH
from crawler.model import Article, Organization, Outcome


@pytest.fixture
def texts(tmp_path: Path) -> tuple[str, str]:
    original, copy = tmp_path / "original.txt", tmp_path / "copy.txt"
    original.write_text("\n\n".join([TRUTH.headline, *TRUTH.sentences]), "utf-8")
    copy.write_text("\n\n".join([TRUTH.rewrite_headline, *(one.text for one in TRUTH.rewrite)]), "utf-8")
    return str(original), str(copy)


def test_a_story_is_shown_as_a_tree(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stories", *texts]) == exit_codes.OK
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("2 articles")
    assert [line.endswith("(no address)") for line in lines[2:4]] == [True, True]


def test_it_is_said_that_the_original_is_not_at_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reader = Article(
        url="https://reader.example/1",
        captured_at="2031-03-18T09:00:00Z",
        outcome=Outcome.ARTICLE,
        text="\n\n".join(TRUTH.sentences),
        publisher=Organization("Harbour Paper"),
        distributor=Organization("Reader", "https://reader.example/"),
        date_published="2031-03-14T09:00:00+00:00",
    )
    copy = replace(
        reader,
        url="https://mirror.example/1",
        publisher=None,
        distributor=Organization("Mirror"),
        date_published="2031-03-17T09:00:00+00:00",
    )
    table = tmp_path / "c" / "tables" / "articles.jsonl"
    table.parent.mkdir(parents=True)
    table.write_text("".join(json.dumps(article.to_dict()) + "\n" for article in (reader, copy)), "utf-8")
    assert main(["stories", str(tmp_path / "c")]) == exit_codes.OK
    assert capsys.readouterr().out.splitlines()[1] == "2 articles; the original is not among them"


def test_the_tree_is_there_as_json(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stories", "--json", *texts]) == exit_codes.OK
    (story,) = json.loads(capsys.readouterr().out)
    assert [node["depth"] for node in story["tree"]] == [0, 1]
    assert story["tree"][1]["coverage"]["of_copy"] > 0.5


def test_texts_without_a_copy_make_no_story(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stories", texts[0]]) == exit_codes.OK
    assert capsys.readouterr().out == "No text stands in two of these articles.\n"


def test_a_source_that_cannot_be_read_costs_no_other(
    texts: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "c" / "tables"
    broken.mkdir(parents=True)
    (broken / "articles.jsonl").write_text("{}\n", "utf-8")
    assert main(["stories", *texts, str(tmp_path / "c")]) == exit_codes.PARTIAL
    captured = capsys.readouterr()
    assert "2 articles" in captured.out
    assert "makes the tables again" in captured.err


def test_a_comparison_is_printed_side_by_side(
    texts: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["compare", *texts]) == exit_codes.OK
    out = capsys.readouterr().out
    assert out.splitlines()[0].split() == ["A", "B"]
    assert max(map(len, out.splitlines())) < 180
    assert "came first" in out


def test_the_heads_say_which_was_found_to_be_the_original(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in TRUTH.sentences)
    for name, published in (("early", "2031-03-14T09:00:00Z"), ("late", "2031-03-19T09:00:00Z")):
        (tmp_path / f"{name}.html").write_text(
            f'<title>{name}</title><meta property="article:published_time" content="{published}">'
            f"<article><h1>{TRUTH.headline}</h1>{paragraphs}</article>", "utf-8",
        )  # fmt: skip
    early, late, page = (str(tmp_path / name) for name in ("early.html", "late.html", "page.html"))
    main(["compare", early, late])
    assert capsys.readouterr().out.splitlines()[0].split("  ")[0] == "A, the original"
    main(["compare", late, early])
    assert capsys.readouterr().out.splitlines()[0].split("  ")[0] == "A, the copy"
    main(["compare", late, early, "--html", page])
    assert "<h2>B, the original</h2>" in Path(page).read_text("utf-8")


def test_an_empty_name_is_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "", "b.html"]) == exit_codes.USAGE
    assert "A and B are each a file or a URL" in capsys.readouterr().err


def test_the_order_of_the_original_is_marked_as_inferred(
    texts: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", "--order", "original", *texts]) == exit_codes.OK
    assert "as inferred" in capsys.readouterr().out.splitlines()[1]


def test_a_page_is_written(texts: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    assert main(["compare", "--html", str(page), *texts]) == exit_codes.OK
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert str(page) in capsys.readouterr().out


def test_json_has_links_and_quotations(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "--json", *texts]) == exit_codes.OK
    alignment = json.loads(capsys.readouterr().out)
    assert {"links", "coverage", "direction", "reasons", "quotations"} <= alignment.keys()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["compare", "nowhere.txt", "nowhere.txt"], exit_codes.UNREADABLE, "nowhere.txt: there is no such file"),
        (["compare", "https://a.example/1", "b.txt"], exit_codes.UNREADABLE, "name the archive that holds it"),
        (["stories", "nowhere"], exit_codes.UNREADABLE, "nowhere: there is no such file"),
    ],
)
def test_what_cannot_be_read_is_named(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == code
    assert said in capsys.readouterr().err


def test_a_time_belongs_to_a_url(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *texts, "--a-at", "2031-05-01T00:00:00Z"]) == exit_codes.USAGE
    assert "a time picks one of a URL's captures" in capsys.readouterr().err


def test_the_tables_written_are_told_as_json(
    texts: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "tables"
    assert main(["stories", *texts, "-o", str(out), "--json"]) == exit_codes.OK
    files = json.loads(capsys.readouterr().out)["files"]
    assert {"file": str(out / "stories.parquet"), "rows": 1} in files
    assert all(Path(each["file"]).is_file() for each in files)
