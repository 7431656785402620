"""Words are counted in any script."""

from __future__ import annotations

import pytest

from crawler.model.words import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("The bridge – it stays shut.", 6),
        ("다리가 닫혔다", 2),
        ("市政府周二宣布，旧桥关闭。", 11),
        ("橋は2024年に閉鎖された。", 10),
        ("NHK ニュース", 5),
    ],
)
def test_signs_of_chinese_and_japanese_count_as_words(text: str, words: int) -> None:
    assert count_words(text) == words
