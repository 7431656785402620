"""ReplayWeb.page, where the user has installed it: unpacked below the user's data folder, served on its own origin.

It is AGPL software of others and no part of wirecopy: ``wirecopy viewer install`` fetches it, unmodified.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from crawler.archive.scratch import Scratch

PACKAGE = "replaywebpage"
VERSION = "2.5.3"
"""The version that `make interop` tries; any 2.x should do."""
SHOWN = (".wacz", ".warc", ".warc.gz")
"""What the names of files end in that it reads."""
PATIENCE = 600.0
"""Seconds that npm may take to fetch it."""
_FILES = ("ui.js", "sw.js")
_MOST = 64 << 20
"""Bytes of one file of the package."""


class ViewerError(Exception):
    """ReplayWeb.page could not be installed; the text says why and what to do."""


def viewer_folder() -> Path:
    """Where ReplayWeb.page is unpacked, whether or not it is."""
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "wirecopy" / PACKAGE


def installed(folder: Path | None = None) -> Path | None:
    """The folder of an installed ReplayWeb.page; None where there is none."""
    folder = folder or viewer_folder()
    return folder if all((folder / name).is_file() for name in _FILES) else None


def install(archive: Path | None = None, folder: Path | None = None) -> Path:
    """Unpack ReplayWeb.page from ``archive``, an npm package file, or fetch it with npm; the folder it is in.

    Raises ``ViewerError``.
    """
    folder = folder or viewer_folder()
    if archive is not None:
        return _unpack(archive, folder)
    npm = shutil.which("npm")
    if npm is None:
        raise ViewerError(f"npm is not installed; get {PACKAGE}-{VERSION}.tgz and name it with --from")
    with Scratch() as scratch:
        command = [npm, "pack", "--silent", f"{PACKAGE}@{VERSION}"]
        try:
            done = subprocess.run(command, cwd=scratch, capture_output=True, text=True, check=False, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise ViewerError(
                f"npm did not fetch {PACKAGE}@{VERSION} within {PATIENCE:g} s; try again, or get "
                f"{PACKAGE}-{VERSION}.tgz and name it with --from"
            ) from None
        found = sorted(Path(scratch).glob("*.tgz"))
        if done.returncode or not found:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[0]
            raise ViewerError(f"npm could not fetch {PACKAGE}@{VERSION}: {reason}")
        return _unpack(found[0], folder)


def _unpack(archive: Path, folder: Path) -> Path:
    """The two files that replay needs, and its licence."""
    try:
        with tarfile.open(archive, "r:gz") as package:
            kept = {
                Path(member.name).name: member
                for member in package.getmembers()
                if member.isfile() and member.size < _MOST and Path(member.name).parent.name == "package"
            }
            missing = [name for name in _FILES if name not in kept]
            if missing:
                raise ViewerError(f"{archive} holds no {missing[0]}: is it the npm package {PACKAGE}?")
            folder.mkdir(parents=True, exist_ok=True)
            for name, member in kept.items():
                if name in _FILES or name.upper().startswith(("LICENSE", "NOTICE")) or name == "package.json":
                    data = package.extractfile(member) or io.BytesIO()
                    (folder / name).write_bytes(data.read())
    except OSError as error:
        raise ViewerError(f"{error.filename or archive}: {error.strerror or error}") from error
    except tarfile.TarError as error:
        raise ViewerError(f"{archive} is no npm package: {error}") from error
    return folder
