from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.extract.body.forest import load_forest
from crawler.extract.body.traits import NAMES
from crawler.extract.body.weighing import MODEL


def forest(tmp_path: Path, trees: object) -> Path:
    path = tmp_path / "forest.json"
    path.write_text(json.dumps({"names": ["a", "b"], "trees": trees}))
    return path


def test_trees_are_walked_by_thresholds_and_added(tmp_path: Path) -> None:
    _, share = load_forest(forest(tmp_path, [[0, 1.5, -1.0, [1, 0.0, 0.5, 1.0]], 0.0]))
    assert [round(share(row), 3) for row in ([1.5, 9], [2, 0], [2, 1])] == [0.269, 0.622, 0.731]


def test_a_tree_that_asks_for_an_unknown_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="asks for number 7 of 2"):
        load_forest(forest(tmp_path, [[7, 0.0, 0.0, 1.0]]))


def test_the_shipped_trees_ask_for_the_traits_there_are() -> None:
    assert load_forest(MODEL)[0] == NAMES
