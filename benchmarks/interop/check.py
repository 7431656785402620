"""Does everybody else's software read what wirecopy writes? One line a check, exit code 1 where one failed.

    check.py COLLECTION WACZ --out FOLDER [--replaywebpage FOLDER] [--chromium PROGRAM]

Run by `make interop`, in an environment of its own: the tools checked here are no dependencies of wirecopy. Each check
asks for more than an exit code, since the tools' own checkers pass much that is wrong: the records are counted, the
index compared line by line, the bytes that come out of a replay compared with those in the archive.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import clients
import indexing
import readers
import replay
import webpage
from evidence import Evidence, Failed, Skipped

Check = Callable[[Evidence], str]
CHECKS: tuple[tuple[str, Check], ...] = (
    ("warcio index", readers.warcio_index),
    ("warcio check", readers.warcio_check),
    ("fastwarc digests", readers.fastwarc_digests),
    ("fastwarc on the WACZ's WARCs", readers.fastwarc_in_wacz),
    ("cdxj-indexer", indexing.cdxj_indexer),
    ("surt keys", indexing.surt_keys),
    ("wacz validate", indexing.wacz_validate),
    ("pywb replays the collection", replay.pywb),
    ("waybackpy asks our desk", clients.waybackpy),
    ("wayback asks our desk", clients.wayback_client),
    ("memento-client asks our desk", clients.memento),
    ("ReplayWeb.page shows the WACZ", webpage.replay_web_page),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("collection", type=Path)
    parser.add_argument("wacz", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="where the screenshot is kept")
    parser.add_argument("--replaywebpage", type=Path, help="folder with ui.js and sw.js")
    parser.add_argument("--chromium", help="the browser's program")
    parser.add_argument("--no-skips", action="store_true", help="a check that can't run here has failed")
    options = parser.parse_args()
    evidence = Evidence.of(options.collection, options.wacz, options.out, options.replaywebpage, options.chromium)
    failed = 0
    for name, check in CHECKS:
        try:
            result, detail = "ok", check(evidence)
        except Failed as failure:
            result, detail = "failed", str(failure)
        except Skipped as reason:
            result, detail = "skipped", str(reason)
        except Exception as error:  # noqa: BLE001 - a tool that breaks is a failed check
            result, detail = "failed", f"{type(error).__name__}: {error}"
            traceback.print_exc()
        failed += result == "failed" or (result == "skipped" and options.no_skips)
        print(f"{result:<7} {name:<32} {detail}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
