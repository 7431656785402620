from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.cli import exit_codes, main
from tests.archive.verify.build import members, record, sound, uuid, warcinfo


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    (tmp_path / "x.warc.gz").write_bytes(members(sound()))
    return tmp_path / "x.warc.gz"


def test_the_exit_code_says_the_worst(warc: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(warc)]) == exit_codes.OK
    assert capsys.readouterr().out == f"{warc}: nothing to report; sound\n"
    noted, warned, broken = (tmp_path / name for name in ("noted.warc.gz", "warned.warc.gz", "broken.warc.gz"))
    noted.write_bytes(members(sound()[1:2]))
    noted.write_bytes(members([warcinfo(X="y")]))
    warned.write_bytes(members(sound()[:2]))
    broken.write_bytes(warc.read_bytes()[:-9])
    assert main(["verify", str(noted)]) == exit_codes.OK
    assert main(["verify", str(warned)]) == exit_codes.WARNINGS
    assert main(["verify", str(broken), str(warc)]) == exit_codes.ERRORS


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_the_exit_code_says_the_worst_though_nobody_reads_on(warc: Path, words: list[str]) -> None:
    warc.write_bytes(warc.read_bytes()[:-9])
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "crawler.cli", "verify", str(warc), *words]
    try:
        ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=120)
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (exit_codes.ERRORS, b"")


def test_every_finding_is_told_as_json(warc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warc.write_bytes(warc.read_bytes()[:-9])
    assert main(["verify", str(warc), "--json"]) == exit_codes.ERRORS
    told = json.loads(capsys.readouterr().out)
    (archive,) = told["archives"]
    assert (told["worst"], archive["path"], archive["omitted"]) == ("error", str(warc), 0)
    first = archive["findings"][0]
    assert list(first) == ["code", "severity", "file", "offset", "record", "message"]
    assert (first["code"], first["severity"], first["file"]) == ("gzip-truncated", "error", "x.warc.gz")


def test_a_thousand_of_one_kind_take_a_few_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = [record("resource", b"x", WARC_Record_ID=uuid(number), WARC_IP_Address="x") for number in range(1, 1001)]
    (tmp_path / "x.warc").write_bytes(b"".join([warcinfo(), *many]))
    assert main(["verify", str(tmp_path / "x.warc")]) == exit_codes.ERRORS
    out = capsys.readouterr().out
    assert "error   address-syntax  x.warc, 1,000 times" in out
    assert "… and 997 more" in out
    assert len(out.splitlines()) == 6


def test_what_an_archive_holds_is_not_let_loose_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.warc").write_bytes(warcinfo(WARC_IP_Address="\x1b[2J\x9b"))
    assert main(["verify", str(tmp_path / "x.warc")]) == exit_codes.ERRORS
    assert "\x1b" not in capsys.readouterr().out


def test_paths_that_cannot_be_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_text("<html>")
    os.mkfifo(tmp_path / "pipe.warc")
    for words in (["gone.warc"], ["page.html"], ["pipe.warc"], [""], ["page.html", "--roots", "gone.pem"]):
        arguments = [str(tmp_path / word) if "." in word else word for word in words if word]
        assert main(["verify", *(arguments or [str(tmp_path)])]) == exit_codes.UNREADABLE
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_demo_is_sound(demo: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(demo.collection)]) == exit_codes.OK
    assert capsys.readouterr().out == f"{demo.collection}: nothing to report; sound\n"
