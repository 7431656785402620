"""``wirecopy viewer``: ReplayWeb.page, the program of others that shows archived pages with their scripts."""

from __future__ import annotations

import argparse

from crawler.cli import exit_codes
from crawler.cli.errors import UsageError
from crawler.cli.places import input_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy viewer``."""
    parser.add_argument("what", choices=("install", "where"), help="install it, or say where it is")
    parser.add_argument(
        "--from", dest="file", type=input_file, metavar="FILE",
        help="the npm package replaywebpage-….tgz, where npm cannot fetch it",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Install ReplayWeb.page, or say where it is."""
    from crawler.web.viewer import ViewerError, install, installed, viewer_folder

    if options.what == "where":
        if options.file:
            raise UsageError("--from belongs to `wirecopy viewer install`")
        folder = installed()
        print(folder or f"not installed; `wirecopy viewer install` puts it into {viewer_folder()}")
        return exit_codes.OK if folder else exit_codes.UNREADABLE
    try:
        folder = install(options.file)
    except ViewerError as error:
        raise UsageError(str(error)) from error
    print(f"ReplayWeb.page (AGPL-3.0, by Webrecorder) is in {folder}; `wirecopy serve` offers it from its next start")
    return exit_codes.OK
