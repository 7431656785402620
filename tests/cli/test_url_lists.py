"""Lists of URLs as they are: text files and tables, with lines that hold none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crawler.cli import exit_codes, main
from crawler.cli.errors import UsageError
from crawler.cli.url_lists import read_urls

TABLE = (
    b"\xef\xbb\xbfid,Outlet,URL,note\r\n"
    b'1,Ledger,https://www.ledger.example/pier,"seen, and\r\nread"\r\n'
    b"2,Post, HTTPS://Post.example/tuba#end ,\r\n"
    b"\r\n"
    b"3,Post\r\n"
    b"4,Post,www.post.example/oboe,\r\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "urls.csv"
    file.write_bytes(TABLE)
    return file


def test_of_a_table_the_column_with_the_urls_is_read(table: Path) -> None:
    listed = read_urls(table, None, leave=True)
    assert listed.stories == (("https://www.ledger.example/pier",), ("https://post.example/tuba",))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_columns_may_be_parted_by_other_signs(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "urls.tsv"
    file.write_text(f"when{delimiter}Link\n1 May, 2031{delimiter}https://a.example/1,2;3\n".replace(";3", ""), "utf-8")
    assert read_urls(file, None, leave=False).stories == (("https://a.example/1,2",),)


def test_a_single_column_is_not_parted_nor_is_a_list_that_bears_the_name_of_a_table(tmp_path: Path) -> None:
    file = tmp_path / "urls.csv"
    for head in ("url\n", ""):
        file.write_text(f"{head}https://a.example/1\nhttps://a.example/0,1518,2.html\n", "utf-8")
        listed = read_urls(file, None, leave=False)
        assert listed.stories == (("https://a.example/1",), ("https://a.example/0,1518,2.html",))


def test_a_url_that_its_commas_part_is_told_and_not_captured_in_part(tmp_path: Path) -> None:
    file = tmp_path / "urls.csv"
    file.write_text("id,url\n1,https://a.example/0,1518,2.html\n2,https://a.example/2,\n", "utf-8")
    listed = read_urls(file, None, leave=True)
    assert listed.stories == (("https://a.example/2",),)
    assert listed.left_out == (f"{file}:2: more cells than columns in the head: put what has commas in it into quotes",)


def test_other_columns_may_hold_texts_of_any_length(tmp_path: Path) -> None:
    file = tmp_path / "urls.csv"
    file.write_text(f"text,url\n{'word ' * 40_000},https://a.example/1\n", "utf-8")
    assert read_urls(file, None, leave=False).stories == (("https://a.example/1",),)


def test_a_short_table_takes_no_room_from_whoever_reads_tables_next(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    file = tmp_path / "urls.csv"
    file.write_text("id,url\n1,https://a.example/1\n", "utf-8")
    read_urls(file, None, leave=False)
    assert csv.field_size_limit() == limit


def test_a_quotation_mark_that_does_not_end_is_told_before_it_takes_all_lines_into_one_cell(tmp_path: Path) -> None:
    file = tmp_path / "urls.csv"
    file.write_text('title,url\n"Pier,https://a.example/1\nTuba,https://a.example/2\n', "utf-8")
    with pytest.raises(UsageError, match=r"urls\.csv:3: not CSV: unexpected end of data"):
        read_urls(file, None, leave=True)


def test_another_column_can_be_named_and_one_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    file = tmp_path / "coded.txt"
    file.write_text("id,story page\n1,https://a.example/1\n", "utf-8")
    assert read_urls(file, "Story Page", leave=False).stories == (("https://a.example/1",),)
    with pytest.raises(UsageError, match=r"no column named url; name the one with --column: id, story page"):
        read_urls(file.rename(tmp_path / "coded.csv"), None, leave=False)


def test_all_lines_without_a_url_are_told_at_once_and_what_to_do(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["capture", "--urls", str(table)]) == exit_codes.USAGE
    assert capsys.readouterr().err.splitlines() == [
        f"wirecopy capture: {table}:6: no URL in this line",
        f"{table}:7: www.post.example/oboe: a URL begins with https:// or http://; try https://www.post.example/oboe",
        "mend them, or say --leave-malformed to capture the others",
    ]


def test_where_they_may_be_left_out_it_is_said_which_were(table: Path) -> None:
    left_out = read_urls(table, None, leave=True).left_out
    assert [problem.partition(" ")[0] for problem in left_out] == [f"{table}:6:", f"{table}:7:"]


def test_a_list_without_any_url_is_refused_though_lines_may_be_left_out(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    file.write_text("".join(f"line {number}\n" for number in range(30)), "utf-8")
    with pytest.raises(UsageError) as refused:
        read_urls(file, None, leave=True)
    assert str(refused.value).splitlines()[-1] == "and 10 more lines like these"


def test_options_of_a_list_are_refused_without_one(capsys: pytest.CaptureFixture[str]) -> None:
    for option in (["--column", "link"], ["--leave-malformed"]):
        assert main(["capture", "https://a.example/1", *option]) == exit_codes.USAGE
        assert capsys.readouterr().err == f"wirecopy capture: {option[0]} belongs to --urls\n"
