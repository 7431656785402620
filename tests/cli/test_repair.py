from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from crawler.cli import exit_codes, main
from tests.archive.verify.build import members, sound


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    (tmp_path / "x.warc.gz").write_bytes(members(sound())[:-20])
    return tmp_path / "x.warc.gz"


def test_what_was_done_is_told(torn: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["repair", "--dry-run", str(torn)]) == exit_codes.OK
    said = capsys.readouterr().out
    assert "gzip-truncated: the file ends inside a gzip member" in said
    assert f"{torn}: 4 whole records can be kept, " in said
    assert main(["repair", str(torn)]) == exit_codes.OK
    assert f"; kept in {torn}.tail" in capsys.readouterr().out
    assert main(["repair", str(torn)]) == exit_codes.OK
    assert capsys.readouterr().out == f"{torn}: nothing to repair\n"


def test_what_was_done_is_told_as_json(torn: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["repair", "--json", str(torn)]) == exit_codes.OK
    told = json.loads(capsys.readouterr().out)
    (archive,) = told["archives"]
    (file,) = archive["files"]
    assert (told["dry_run"], archive["rebuilt"], file["records"], file["kept_in"]) == (False, None, 4, f"{torn}.tail")
    assert file["lost_bytes"] == Path(file["kept_in"]).stat().st_size


def test_what_cannot_be_repaired(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.warc").write_bytes(b"GIF89a")
    assert main(["repair", str(tmp_path / "x.warc")]) == exit_codes.PARTIAL
    assert "no record can be read, left as it is" in capsys.readouterr().out
    os.mkfifo(tmp_path / "pipe.warc")
    for name in ("gone.warc", "empty", "x.wacz", "pipe.warc"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        (tmp_path / "x.wacz").write_bytes(b"PK\x03\x04")
        assert main(["repair", str(tmp_path / name)]) == exit_codes.UNREADABLE
        assert len(capsys.readouterr().err.splitlines()) == 1
