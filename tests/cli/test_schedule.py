"""``wirecopy schedule install|show|remove``, with a crontab that is a file."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from crawler.cli import exit_codes, main
from crawler.jobs.schedule import timer

CRONTAB = """#!/bin/sh
case "$1" in
  -l) if [ -f "$CRONTAB_FILE" ]; then cat "$CRONTAB_FILE"; else echo "no crontab for you" >&2; exit 1; fi;;
  -) cat > "$CRONTAB_FILE";;
esac
"""

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def watchlist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("CRONTAB_FILE", str(tmp_path / "crontab-of-user"))
    file = tmp_path / "news.toml"
    file.write_text('[[story]]\nurl = "https://a.example/1"\n')
    return str(file)


@pytest.fixture
def crontab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(CRONTAB)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "crontab-of-user"


def test_the_line_of_a_crontab_is_installed_shown_and_removed(watchlist: str, crontab: Path, capsys: Printed) -> None:
    crontab.write_text("0 3 * * * backup\n")
    assert main(["schedule", "install", "--cron", watchlist]) == exit_codes.OK
    assert main(["schedule", "install", "--cron", "--every", "1h", watchlist]) == exit_codes.OK
    assert [line.split()[0] for line in crontab.read_text().splitlines()] == ["0", "0"]
    capsys.readouterr()
    assert main(["schedule", watchlist]) == exit_codes.OK
    assert "timer: 0 * * * * " in capsys.readouterr().out
    assert main(["schedule", "remove", watchlist]) == exit_codes.OK
    assert capsys.readouterr().out == "removed: its line in the crontab\n"
    assert crontab.read_text() == "0 3 * * * backup\n"


def test_what_a_run_needs_of_the_environment_is_told_where_a_timer_is_put_in_place(
    watchlist: str, crontab: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("WIRECOPY_LOGINS", raising=False)
    monkeypatch.delenv("WIRECOPY_PROXY", raising=False)
    install = ["schedule", "install", "--cron", watchlist]
    assert main(install) == exit_codes.OK
    assert "environment: set WIRECOPY_CONTACT above it, as NAME=value" in capsys.readouterr().out
    file = Path(watchlist)
    named = 'contact = "d@p.example"\n' + file.read_text()
    file.write_text(named)
    assert main(install) == exit_codes.OK
    assert "environment" not in capsys.readouterr().out
    email = 'email = { to = ["a@p.example"], from = "w@p.example", server = "p.example", user = "w" }\n'
    file.write_text(f'archives = "s3://b/p"\ncapture = {{ providers = ["mediacloud"] }}\n{named}[alarms]\n{email}')
    assert main(install) == exit_codes.OK
    needed = "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, WIRECOPY_SMTP_PASSWORD, WIRECOPY_MEDIACLOUD_KEY"
    assert f"set {needed} above it" in capsys.readouterr().out
    monkeypatch.setenv("WIRECOPY_PROXY", "http://me:key@proxy.example:3128")
    file.write_text(named)
    assert main(install) == exit_codes.OK
    assert "set WIRECOPY_PROXY above it" in capsys.readouterr().out
    file.write_text('proxy = "http://proxy.example:3128"\n' + named)
    assert main(install) == exit_codes.OK
    assert "environment" not in capsys.readouterr().out


@pytest.mark.parametrize("toml", [None, "broken ="])
def test_the_timer_of_a_watchlist_that_is_gone_or_broken_can_be_removed(
    watchlist: str, crontab: Path, capsys: Printed, toml: str | None
) -> None:
    assert main(["schedule", "install", "--cron", watchlist]) == exit_codes.OK
    Path(watchlist).unlink()
    if toml is not None:
        Path(watchlist).write_text(toml)
    assert main(["schedule", "remove", watchlist]) == exit_codes.OK
    assert crontab.read_text() == ""


def test_where_nothing_is_installed_nothing_is_removed_and_that_is_said(
    watchlist: str, monkeypatch: pytest.MonkeyPatch, capsys: Printed, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))  # neither systemctl nor crontab
    for _ in range(2):
        assert main(["schedule", "remove", watchlist]) == exit_codes.OK
        assert capsys.readouterr().err == f"no timer of {watchlist} is there\n"
    assert main(["schedule", "install", "--cron", watchlist]) == exit_codes.STORAGE
    assert "neither systemd nor cron is here" in capsys.readouterr().err


def test_units_that_are_left_are_removed_though_systemd_does_not_run(
    watchlist: str, capsys: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crawler.jobs.schedule.timer import Timer, install_units, unit_folder

    monkeypatch.setattr("crawler.jobs.schedule.timer.has_systemd", lambda: False)
    timer = Timer(Path(watchlist), tmp_path)
    service, unit = install_units(timer, unit_folder(system=False), system=False, start=False)
    unit.unlink()  # by hand
    assert main(["schedule", "remove", watchlist]) == exit_codes.OK
    assert capsys.readouterr().out == f"removed: {service}\n"
    assert not service.exists()


def test_a_program_that_does_not_answer_is_ended_and_named(
    watchlist: str, crontab: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = crontab.parent / "bin" / "crontab"
    program.write_text("#!/bin/sh\nexec sleep 20\n")
    monkeypatch.setattr(timer, "PATIENCE", 0.2)
    assert main(["schedule", watchlist]) == exit_codes.STORAGE
    said = "wirecopy schedule: crontab -l: no answer within 0.2 s, and it was ended; see why by calling it yourself\n"
    assert capsys.readouterr().err == said
    program.rename(program.with_name("systemctl"))
    with pytest.raises(timer.TimerError, match=r"systemctl --user daemon-reload: no answer within 0\.2 s"):
        timer.install_units(timer.Timer(Path(watchlist), crontab.parent), crontab.parent / "units", system=False)


def test_a_simulation_that_is_told_to_end_leaves_no_file(forks: Any, watchlist: str, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = forks.start(
        "crawler.cli:main", ["schedule", watchlist, "--simulate", "3650d"],
        environment={**os.environ, "TMPDIR": str(scratch)},
    )  # fmt: skip
    process.until(lambda: any(scratch.rglob("book.sqlite")))
    assert not process.ended(), process.finish().stderr
    os.kill(process.pid, signal.SIGTERM)
    assert process.finish().returncode == exit_codes.INTERRUPTED
    assert list(scratch.iterdir()) == []
