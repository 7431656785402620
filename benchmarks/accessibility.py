"""The desk's pages under axe-core: no serious problem, in light and dark, on a desk and on a phone.

    python benchmarks/accessibility.py AXE_MIN_JS COLLECTION

axe-core (MPL-2.0) is fetched by `make interop` and is no part of wirecopy. Exit code 1 where it finds a problem that it
calls serious or critical.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent))

import json
import urllib.request

from chromium import Tab, browser
from chromium import program as chromium
from replay import free_ports, program, wait

RUN = "axe.run(document, {resultTypes: ['violations'], iframes: false}).then(found => found.violations)"
GRAVE = ("serious", "critical")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("axe", type=Path)
    parser.add_argument("collection", type=Path)
    options = parser.parse_args()
    executable = chromium()
    if executable is None or not options.axe.is_file():
        print("no Chromium or no axe-core here: apt-get install chromium, npm pack axe-core", file=sys.stderr)
        return 2
    port, grave = free_ports(), 0
    server = subprocess.Popen([program("wirecopy"), "serve", str(options.collection), "--port", str(port)])
    try:
        wait(port)
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
            browser(executable, Path(profile)) as end,
        ):
            tab = Tab(end)
            for name, path in places(port).items():
                for width, scheme in ((1200, "light"), (375, "dark")):
                    grave += checked(tab, f"http://127.0.0.1:{port}{path}", name, width, scheme, options.axe)
            tab.close()
    finally:
        server.terminate()
        server.wait(20)
    print(f"{grave} serious or critical problems")
    return 1 if grave else 0


def checked(tab: Tab, url: str, name: str, width: int, scheme: str, axe: Path) -> int:
    """How many grave problems a page has; each is printed."""
    tab.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
    tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    tab.open(url, settle=0.1)
    tab.call("Runtime.evaluate", expression=axe.read_text(encoding="utf-8"))
    found = tab.call("Runtime.evaluate", expression=RUN, awaitPromise=True, returnByValue=True)["result"]["value"]
    grave = [problem for problem in found if problem["impact"] in GRAVE]
    for problem in found:
        node = problem["nodes"][0]["html"][:160]
        print(f"  {name}, {width} px, {scheme}: {problem['impact']} {problem['id']}: {problem['help']}: {node}")
    print(f"{'failed' if grave else 'ok':<7} {name}, {width} px, {scheme}", flush=True)
    return len(grave)


def places(port: int) -> dict[str, str]:
    """A page of each kind."""
    story = ask(port, "/stories.json")["stories"][0]
    told = f"/story/{story['collection']}/{story['story_id']}"
    copy = next(copy for copy in ask(port, f"{told}.json")["copies"] if copy["compare"])
    key = copy["record_id"].removeprefix("urn:uuid:")
    series = ask(port, "/counts.json")["series"][0]["series"]
    return {
        "first": "/", "stories": "/stories", "articles": "/articles", "story": told, "compare": copy["compare"],
        "article": f"/article/{story['collection']}/{key}", "record": f"/record/{story['collection']}/{key}",
        "history": f"/history?url={quote(copy['article_url'], safe='')}", "counts": "/counts",
        "series": f"/counts/series?name={quote(series, safe='')}", "outlets": "/outlets", "runs": "/runs",
        "export": "/export", "archived": f"/web/2999/{copy['article_url']}", "not found": "/nowhere",
    }  # fmt: skip


def ask(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return json.load(answer)


if __name__ == "__main__":
    raise SystemExit(main())
