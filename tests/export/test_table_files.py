"""Tables that are changed part by part."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.export import table_notes
from crawler.export.table_files import NOTES, TableFiles


def text(folder: Path, name: str = "t") -> str:
    return (folder / f"{name}.jsonl").read_text()


def put(folder: Path, **parts: list[str]) -> None:
    with TableFiles(folder) as tables:
        for part, rows in parts.items():
            tables.put("t", part, [{"r": row} for row in rows])
        tables.commit("t")


def test_a_part_is_replaced_and_goes_to_the_end(tmp_path: Path) -> None:
    put(tmp_path, a=["1", "2"], b=["3"], c=["4"])
    assert text(tmp_path) == '{"r":"1"}\n{"r":"2"}\n{"r":"3"}\n{"r":"4"}\n'
    put(tmp_path, b=["5"], d=["6"], e=[])
    assert text(tmp_path) == '{"r":"1"}\n{"r":"2"}\n{"r":"4"}\n{"r":"5"}\n{"r":"6"}\n'
    put(tmp_path, a=[], c=["7", "8"])
    assert text(tmp_path) == '{"r":"5"}\n{"r":"6"}\n{"r":"7"}\n{"r":"8"}\n'


@pytest.mark.parametrize("way", ["by the system", "unknown to it", "refused", "half"])
def test_what_stays_of_a_large_table_is_copied_whoever_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    parts = {f"p{number}": [f"{number} " * 40_000] for number in range(30)}
    put(tmp_path, **parts)
    if way == "unknown to it":
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    elif way == "refused":
        monkeypatch.setattr(os, "copy_file_range", lambda *_: refuse(), raising=False)
    elif way == "half" and hasattr(os, "copy_file_range"):
        whole = os.copy_file_range
        monkeypatch.setattr(os, "copy_file_range", lambda source, out, size, at: whole(source, out, size // 2, at))
    put(tmp_path, p3=["a"], p17=["b"], p29=[], more=["c" * 3_000_000])
    changed = ("p3", "p17", "p29")
    rows = [rows[0] for part, rows in parts.items() if part not in changed] + ["a", "b", "c" * 3_000_000]
    assert text(tmp_path) == "".join(f'{{"r":"{row}"}}\n' for row in rows)


def refuse() -> int:
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


def test_parts_are_read_before_and_after_they_are_in_place(tmp_path: Path) -> None:
    put(tmp_path, a=["1"], b=["2"])
    with TableFiles(tmp_path) as tables:
        tables.put("t", "b", [{"r": "3"}])
        tables.put("t", "c", [{"r": "4"}])
        assert [tables.read("t", part) for part in "abcd"] == [b'{"r":"1"}\n', b'{"r":"3"}\n', b'{"r":"4"}\n', b""]
        assert (list(tables.parts("t")), list(tables.parts("t", fresh=True))) == (["a", "b", "c"], ["b", "c"])
        assert (tables.rows("t"), tables.is_fresh("t", "a"), tables.is_fresh("t", "b")) == (3, False, True)
        assert tables.commit()
        assert (list(tables.parts("t", fresh=True)), tables.read("t", "b")) == ([], b'{"r":"3"}\n')
        assert not tables.commit("t")


def test_what_is_not_committed_leaves_no_trace(tmp_path: Path) -> None:
    put(tmp_path, a=["1"])
    with pytest.raises(ZeroDivisionError), TableFiles(tmp_path) as tables:
        tables.put("t", "a", [{"r": "2"}])
        tables.keep("kind", "subject", "name")
        raise ZeroDivisionError
    assert text(tmp_path) == '{"r":"1"}\n'
    assert sorted(file.name for file in tmp_path.iterdir()) == [NOTES, "t.jsonl"]
    with TableFiles(tmp_path) as tables:
        assert (tables.anew, tables.kept("kind", "subject")) == (False, {})


def test_tables_lie_elsewhere_where_that_is_said(tmp_path: Path) -> None:
    with TableFiles(tmp_path / "t", {"pages": tmp_path / "p" / "pages.jsonl"}) as tables:
        tables.put("pages", "", [{"format": "json-pages-1.0"}])
        tables.commit()
    assert (tmp_path / "p" / "pages.jsonl").read_text() == '{"format":"json-pages-1.0"}\n'


@pytest.mark.parametrize("damage", ["changed", "gone", "notes gone", "notes damaged", "notes of another form"])
def test_nothing_is_known_of_what_others_changed(tmp_path: Path, damage: str) -> None:
    put(tmp_path, a=["1"])
    if damage == "changed":
        (tmp_path / "t.jsonl").write_text('{"r":"2"}\n')
    elif damage == "gone":
        (tmp_path / "t.jsonl").unlink()
    elif damage == "notes gone":
        (tmp_path / NOTES).unlink()
    elif damage == "notes damaged":
        (tmp_path / NOTES).write_bytes(b"no database at all " * 100)
    else:
        db = sqlite3.connect(tmp_path / NOTES)
        db.execute("PRAGMA user_version = 99")
        db.close()
    with TableFiles(tmp_path) as tables:
        assert tables.anew and not tables.has("t", "a")
        tables.put("t", "b", [{"r": "3"}])
        tables.commit()
    assert text(tmp_path) == '{"r":"3"}\n'


KILLED = """
import os, signal, sys
from pathlib import Path
from crawler.export.table_files import TableFiles

steps, killed = 0, int(sys.argv[2])

def counted(event, arguments):
    global steps
    if event in ("os.rename", "os.remove", "os.mkdir") or event == "open" and ".new" in str(arguments[0]):
        steps += 1
        if steps == killed:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(counted)
with TableFiles(Path(sys.argv[1])) as tables:
    for name in ("t", "u"):
        tables.put(name, "a", [{"r": "new"}])
        tables.put(name, "b", [{"r": "new"}])
    tables.commit()
"""


def test_a_process_that_is_killed_leaves_all_tables_as_they_were_or_as_they_were_to_be(tmp_path: Path) -> None:
    seen = set()
    for killed in range(1, 30):
        folder = tmp_path / str(killed)
        with TableFiles(folder) as tables:
            for name in ("t", "u"):
                tables.put(name, "a", [{"r": "old"}])
            tables.commit()
        done = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(killed)], timeout=120)
        with TableFiles(folder) as tables:
            assert not tables.anew
        found = (text(folder, "t"), text(folder, "u"))
        assert found in {(f'{{"r":"{one}"}}\n' * times,) * 2 for one, times in (("old", 1), ("new", 2))}
        assert not list(folder.glob("*.new"))
        seen.add(found)
        if done.returncode != -signal.SIGKILL:
            break
    assert done.returncode == 0 and len(seen) == 2


def test_a_second_process_is_told_to_wait_for_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_notes, "_PATIENCE", 0)
    put(tmp_path, a=["1"])
    with TableFiles(tmp_path), pytest.raises(OSError, match="another wirecopy is writing the tables here: wait for it"):
        TableFiles(tmp_path)
    put(tmp_path, b=["2"])
    assert text(tmp_path) == '{"r":"1"}\n{"r":"2"}\n'


def test_a_table_that_cannot_be_written_is_named_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, a=["1"])

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        put(tmp_path, b=["2"])
    assert text(tmp_path) == '{"r":"1"}\n'
    assert sorted(file.name for file in tmp_path.iterdir()) == [NOTES, "t.jsonl"]


@settings(max_examples=60)
@given(st.lists(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 3)), max_size=6), max_size=12))
def test_a_table_is_its_parts_in_the_order_they_were_last_put(
    tmp_path_factory: pytest.TempPathFactory, changes: list[list[tuple[str, int]]]
) -> None:
    folder = tmp_path_factory.mktemp("t")
    held: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_notes, "_MOST_HOLES", 3)
        for number, change in enumerate(changes):
            with TableFiles(folder) as tables:
                for part, rows in change:
                    tables.put("t", part, [{"r": f"{number} {part}"}] * rows)
                    held.pop(part, None)
                    if rows:
                        held[part] = f'{{"r":"{number} {part}"}}\n' * rows
                tables.commit("t")
                assert {part: tables.read("t", part).decode() for part in tables.parts("t")} == held
            assert text(folder) == "".join(held.values())
