"""Units for systemd and lines for cron."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cli.exit_codes import BLOCKED, INTERRUPTED, LOCKED, PARTIAL
from crawler.jobs.schedule.timer import (
    Timer,
    TimerError,
    cron_line,
    crontab_with,
    crontab_without,
    install_units,
    remove_units,
    service_unit,
)


def timer(minutes: int = 30, name: str = "news.toml") -> Timer:
    return Timer(Path("/srv") / name, Path("/srv/archives"), timedelta(minutes=minutes), ("/usr/bin/env", "wirecopy"))


@pytest.mark.parametrize("system", [False, True])
@pytest.mark.parametrize("name", ["news.toml", 'a "quoted" name, 100% $HOME.toml'])
def test_systemd_finds_nothing_wrong(tmp_path: Path, system: bool, name: str) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here: apt-get install systemd")
    files = install_units(timer(name=name), tmp_path, system=system, start=False)
    found = subprocess.run(
        ["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False, timeout=120
    )
    assert [line for line in found.stderr.splitlines() if str(tmp_path) in line] == []
    assert found.returncode == 0


def test_the_service_is_hardened() -> None:
    unit = service_unit(timer(), system=True).splitlines()
    assert {"NoNewPrivileges=yes", "PrivateTmp=yes", "ProtectSystem=strict"} <= set(unit)
    assert "ReadWritePaths=/srv" in unit


def test_a_run_that_is_told_to_stop_leaves_no_failed_unit() -> None:
    unit = service_unit(timer(), system=False).splitlines()
    assert f"SuccessExitStatus={PARTIAL} {LOCKED} {BLOCKED} {INTERRUPTED}" in unit


def test_a_run_may_write_to_every_folder_its_watchlist_names(tmp_path: Path) -> None:
    for name in ("job", "disk", "metrics"):
        (tmp_path / name).mkdir()
    beside = (tmp_path / "metrics", tmp_path / "job" / "logs")
    there = Timer(tmp_path / "job" / "news.toml", tmp_path / "disk", beside=beside)
    assert there.writable == (tmp_path / "job", tmp_path / "disk", tmp_path / "metrics")
    assert f"ReadWritePaths={tmp_path}/job {tmp_path}/disk {tmp_path}/metrics" in service_unit(there, system=False)


def test_a_folder_without_which_the_service_would_not_start_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "job").mkdir()
    with pytest.raises(TimerError, match=f"mkdir -p {tmp_path}/disk"):
        there = Timer(tmp_path / "job" / "news.toml", tmp_path / "disk")
        install_units(there, tmp_path / "units", system=False, start=False)
    assert not (tmp_path / "units").exists()


def test_what_was_installed_is_removed(tmp_path: Path) -> None:
    install_units(timer(), tmp_path, system=False, start=False)
    assert len(remove_units(timer(), tmp_path, system=False, stop=False)) == 2
    assert list(tmp_path.iterdir()) == []
    assert remove_units(timer(), tmp_path, system=False, stop=False) == []


def test_two_watchlists_of_one_name_have_two_timers() -> None:
    assert timer().name != Timer(Path("/other/news.toml"), Path("/a")).name


@pytest.mark.parametrize(
    ("minutes", "when"),
    [(15, "*/15 * * * *"), (60, "0 * * * *"), (120, "0 */2 * * *"), (1440, "0 0 * * *")],
)
def test_the_line_of_a_crontab(minutes: int, when: str) -> None:
    assert cron_line(timer(minutes)).startswith(f"{when} /usr/bin/env wirecopy run /srv/news.toml  # wirecopy-news-")


def test_cron_treats_a_per_cent_sign_as_a_line_end() -> None:
    assert "100\\%" in cron_line(timer(name="100%.toml"))


def test_a_pace_that_cron_cannot_keep_is_told_so() -> None:
    with pytest.raises(TimerError, match="every 7 minutes"):
        cron_line(timer(7))


def test_the_rest_of_a_crontab_stays() -> None:
    other = "MAILTO=desk\n0 4 * * * backup\n"
    once = crontab_with(other, timer())
    assert crontab_with(once, timer(15)).count("wirecopy run") == 1
    assert crontab_without(once, timer()) == other
