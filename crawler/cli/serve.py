"""``wirecopy serve``: the researcher's pages on loopback."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.cli import exit_codes
from crawler.cli.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy serve``."""
    parser.add_argument("root", nargs="?", type=Path, default=Path("archives"), metavar="ROOT", help="(archives)")
    parser.add_argument("--host", default="127.0.0.1", help="(127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="(8000)")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    try:
        import uvicorn

        from crawler.web.desk import desk
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed; pip install 'wirecopy[web]'") from None
    if not options.root.is_dir():
        raise UsageError(f"{options.root}: no such folder; name the one your collections are in")
    print(f"http://{options.host}:{options.port}/ shows {options.root}; Ctrl-C ends it", flush=True)
    uvicorn.run(desk(options.root.resolve()), host=options.host, port=options.port, log_level="warning")
    return exit_codes.OK
