from __future__ import annotations

from pathlib import Path

import pytest

from crawler.extract.page import words


def test_no_line_is_judged_without_the_weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(words, "WEIGHTS", tmp_path / "words.json")
    words._weights.cache_clear()
    try:
        with pytest.raises(FileNotFoundError):
            words.line_score("The lamp is lit again")
    finally:
        words._weights.cache_clear()
