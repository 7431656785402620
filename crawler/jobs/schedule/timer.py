"""The timer that starts the runs: units for systemd, or a line for cron."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

STOP_WITHIN = 90
"""Seconds that a run may take to finish what is under way; the crawl itself is killed after 60."""

PATIENCE = 60.0
"""Seconds that systemd and cron may take for one answer."""


class TimerError(Exception):
    """The timer can't be put in place or taken away; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Timer:
    """When a watchlist is run, and by which program."""

    watchlist: Path
    archives: Path
    every: timedelta = timedelta(minutes=30)
    program: tuple[str, ...] = (sys.executable, "-m", "crawler.cli")
    beside: tuple[Path, ...] = ()
    """Further folders that a run writes to: those of its log and metrics."""

    @property
    def name(self) -> str:
        """The name of the units: the watchlist's, and a few letters that tell two of that name apart."""
        plain = re.sub(r"[^A-Za-z0-9_.-]", "-", self.watchlist.stem)
        return f"wirecopy-{plain}-{sha256(str(self.watchlist.absolute()).encode()).hexdigest()[:6]}"

    @property
    def environment(self) -> Path:
        """The file that the service reads its environment from, if it is there."""
        return self.watchlist.absolute().with_suffix(".env")

    @property
    def writable(self) -> tuple[Path, ...]:
        """The folders that a run writes to, the watchlist's own first; those within it are not named again."""
        own = self.watchlist.absolute().parent.resolve()
        others = (folder.resolve() for folder in (self.archives, *self.beside))
        return tuple(dict.fromkeys((own, *(folder for folder in others if not folder.is_relative_to(own)))))


def service_unit(timer: Timer, *, system: bool) -> str:
    """The service: one run, with as few rights as it needs (systemd.exec(5))."""
    watchlist = timer.watchlist.absolute()
    writable = " ".join(_quoted(str(folder)) for folder in timer.writable)
    user = f"User={os.environ.get('SUDO_USER') or 'wirecopy'}\n" if system else ""
    # Kernel settings and capabilities can only be taken away by the system's own manager.
    hardening = """\
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
PrivateDevices=yes
CapabilityBoundingSet=
""" if system else ""  # fmt: skip
    return f"""\
[Unit]
Description=wirecopy: one pass over {watchlist.name.replace("%", "%%")}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
{user}ExecStart={" ".join(map(_quoted, (*timer.program, "run", str(watchlist))))}
# Some of what was due failed; another run active; refused by its site: alarms tell of these. Told to stop.
SuccessExitStatus=1 6 9 130
EnvironmentFile=-{_escaped(str(timer.environment))}
TimeoutStopSec={STOP_WITHIN}
KillMode=mixed
Nice=10
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ReadWritePaths={writable}
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
UMask=0027
{hardening}"""


def timer_unit(timer: Timer) -> str:
    """The timer: after what time, and a little spread."""
    seconds = int(timer.every.total_seconds())
    return f"""\
[Unit]
Description=wirecopy: {timer.watchlist.name.replace("%", "%%")} every {seconds // 60} minutes

[Timer]
OnBootSec=2min
OnUnitActiveSec={seconds}s
RandomizedDelaySec={min(seconds // 10, 300)}s

[Install]
WantedBy=timers.target
"""


def cron_line(timer: Timer) -> str:
    """The line of a crontab. Raises ``TimerError`` for a pace that cron can't keep."""
    minutes = int(timer.every.total_seconds() // 60)
    if minutes and minutes < 60 and 60 % minutes == 0:
        when = f"*/{minutes} * * * *"
    elif minutes and minutes % 60 == 0 and 24 % (minutes // 60) == 0:
        hours = minutes // 60
        when = "0 0 * * *" if hours == 24 else f"0 */{hours} * * *" if hours > 1 else "0 * * * *"
    else:
        raise TimerError(f"cron can't run something every {minutes} minutes; say 5m, 10m, 15m, 30m, 1h, 2h, 6h or 1d")
    command = shlex.join((*timer.program, "run", str(timer.watchlist.absolute())))
    return f"{when} {command.replace('%', chr(92) + '%')}  # {timer.name}"


def unit_folder(*, system: bool) -> Path:
    """Where units are kept (systemd.unit(5))."""
    if system:
        return Path("/etc/systemd/system")
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def has_systemd() -> bool:
    """True where systemd runs this machine (sd_booted(3))."""
    return Path("/run/systemd/system").is_dir() and shutil.which("systemctl") is not None


def has_cron() -> bool:
    """True where there are crontabs."""
    return shutil.which("crontab") is not None


def installed(timer: Timer) -> list[str]:
    """What starts the runs of a watchlist: files of units, and the line in the crontab. Raises ``TimerError``."""
    units = [unit_folder(system=system) / f"{timer.name}.timer" for system in (False, True)]
    crontab = read_crontab() if has_cron() else ""
    lines = [line for line in crontab.splitlines() if _is_of(line, timer)]
    return [*(str(unit) for unit in units if unit.exists()), *lines]


def install_units(timer: Timer, folder: Path, *, system: bool, start: bool = True) -> list[Path]:
    """Write the units and start the timer; returns the files. Raises ``TimerError``, ``OSError``."""
    # A service does not start where a folder of its ReadWritePaths is missing (systemd.exec(5)).
    if missing := [shlex.quote(str(each)) for each in timer.writable if not each.is_dir()]:
        raise TimerError(f"a run writes to folders that are not there; make them: mkdir -p {' '.join(missing)}")
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{timer.name}.service", folder / f"{timer.name}.timer"]
    files[0].write_text(service_unit(timer, system=system), encoding="utf-8")
    files[1].write_text(timer_unit(timer), encoding="utf-8")
    if start:
        _systemctl("daemon-reload", system=system)
        _systemctl("enable", "--now", f"{timer.name}.timer", system=system)
    return files


def remove_units(timer: Timer, folder: Path, *, system: bool, stop: bool = True) -> list[Path]:
    """Stop the timer and delete the units; returns the files that were there. Raises ``TimerError``, ``OSError``."""
    files = [file for kind in ("service", "timer") if (file := folder / f"{timer.name}.{kind}").exists()]
    if stop and any(file.suffix == ".timer" for file in files):
        _systemctl("disable", "--now", f"{timer.name}.timer", system=system)
    for file in files:
        file.unlink()
    if files and stop:
        _systemctl("daemon-reload", system=system)
    return files


def crontab_with(crontab: str, timer: Timer) -> str:
    """A crontab with the line of this timer, once."""
    return crontab_without(crontab, timer) + cron_line(timer) + "\n"


def crontab_without(crontab: str, timer: Timer) -> str:
    """A crontab without the line of this timer."""
    return "".join(f"{line}\n" for line in crontab.splitlines() if not _is_of(line, timer))


def _is_of(line: str, timer: Timer) -> bool:
    return line.rstrip().endswith(f"# {timer.name}") and not line.lstrip().startswith("#")  # that one is switched off


def read_crontab() -> str:
    """The user's crontab; empty where there is none. Raises ``TimerError``."""
    return _crontab("-l", allowed=(0, 1))


def write_crontab(text: str) -> None:
    """Put a crontab in place. Raises ``TimerError``."""
    _crontab("-", words=text)


def _crontab(argument: str, *, words: str | None = None, allowed: tuple[int, ...] = (0,)) -> str:
    try:
        return _run(["crontab", argument], words=words, allowed=allowed)
    except FileNotFoundError:
        raise TimerError(
            "neither systemd nor cron is here; run it from your own timer: wirecopy run WATCHLIST"
        ) from None


def _systemctl(*words: str, system: bool) -> None:
    _run(["systemctl", *([] if system else ["--user"]), *words])


def _run(command: list[str], *, words: str | None = None, allowed: tuple[int, ...] = (0,)) -> str:
    """What a program prints; one that asks for a password has no terminal to ask on, and may wait for ever."""
    named = shlex.join(command)
    try:
        done = subprocess.run(command, input=words, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise TimerError(
            f"{named}: no answer within {PATIENCE:g} s, and it was ended; see why by calling it yourself"
        ) from None
    if done.returncode not in allowed:
        raise TimerError(f"{named}: {done.stderr.strip() or done.returncode}")
    return done.stdout


def _quoted(word: str) -> str:
    """A word of a command line in a unit (systemd.service(5), "Command lines")."""
    escaped = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"' if re.search(r"[\s\"'\\;]", word) else escaped


def _escaped(word: str) -> str:
    return word.replace("%", "%%")
