from __future__ import annotations

from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.columns import padded, width_of, wrapped


@pytest.mark.parametrize(
    "text, width",
    [("quay", 4), ("Kai – früh", 10), ("码头", 4), ("ﾎﾟｰﾄ", 4), ("ที่", 1), ("부두", 4), ("e\u0301", 1), ("“埠”", 4)],
)
def test_signs_take_two_places_or_none(text: str, width: int) -> None:
    assert width_of(text) == width
    assert padded(text, 12) == text + " " * (12 - width)


@pytest.mark.parametrize(
    "text, lines",
    [
        ("the long quay is shut", ["the long", "quay is", "shut"]),
        ("市长说，码头将关闭。", ["市长说，", "码头将关", "闭。"]),
        ("港は6月に、閉まる", ["港は6月", "に、閉ま", "る"]),
        ("https://a.example/1", ["https://", "a.exampl", "e/1"]),
        ("", []),
    ],
)
def test_lines_end_at_spaces_or_where_no_script_has_any(text: str, lines: list[str]) -> None:
    assert wrapped(text, 8) == lines


@pytest.mark.parametrize("sign", ["a", "e\u0301", "市"])
def test_a_word_as_long_as_a_book_is_cut_where_a_line_ends(sign: str) -> None:
    lines = wrapped(sign * 30_000, 60)
    assert {width_of(line) for line in lines} == {60}
    assert "".join(lines) == sign * 30_000


def test_two_chinese_texts_stand_side_by_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    text = (
        "临河市政府星期一宣布，老城区的十二条街道将从六月一日起禁止汽车通行。\n\n"
        "市长说，每天有大约四千五百辆汽车经过这些街道。\n"
    )
    pages = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for page in pages:
        page.write_text(text, "utf-8")
    assert main(["compare", *map(str, pages)]) == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith(("临", "市"))]
    assert rows and all(width_of(row) <= 60 and width_of(row.split("   ")[0]) <= 28 for row in rows)
