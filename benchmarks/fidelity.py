"""Fidelity of replay: each page's text and pictures in Chromium, live and from the archive, are the same.

    python benchmarks/fidelity.py [FOLDER] [--limit 50]

The demo's pages are seen live through its proxy, those of FOLDER (as benchmarks/realweb.py takes it) through a proxy
that serves each under its address and nothing else. All are captured, and shown by `wirecopy serve` without scripts.
Live pages are seen with scripts off; those of the demo with scripts on, which put lazy pictures in their place: the
replay has to do the same without. Prints every page that differs; exit code 1 where one does.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote, unquote

sys.path.insert(0, str(Path(__file__).parent))

from chromium import Tab, browser
from chromium import program as chromium
from realweb import FOLDER, capture, read_folder, serve
from replay import free_ports, program, wait

from crawler.archive import Collection
from crawler.jobs.demo import answer
from crawler.replay import Authority, ProxyServer

TEXT = "document.body ? document.body.innerText.replace(/\\s+/g, ' ').trim() : ''"
PICTURES = "[...document.images].map(i => i.currentSrc || i.src).filter(Boolean)"
AGES = re.compile(r"\d+ \w+ ago")  # the demo's aggregator prints how old its story is


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="default: ../shared/pages of the checkout")
    parser.add_argument("--limit", type=int, default=50, help="how many pages of the folder (50)")
    options = parser.parse_args()
    executable = chromium()
    if executable is None:
        print("no Chromium here: apt-get install chromium", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="fidelity-", ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        with browser(executable, scratch) as endpoint:
            differing = of_demo(endpoint, scratch)
            if (options.folder / "truth.jsonl").is_file():
                differing += of_folder(endpoint, scratch, options.folder, options.limit)
            else:
                print(f"{options.folder}: no truth.jsonl there; the demo's pages alone were compared")
    return 1 if differing else 0


def of_demo(endpoint: str, scratch: Path) -> int:
    collection = scratch / "demo"
    subprocess.run([program("wirecopy"), "demo", "-c", collection], check=True, capture_output=True)
    with ProxyServer(answer, authority=Authority.create()) as live, shown(collection) as replay:
        urls = [str(page["url"]) for page in pages(collection) if page.get("mime") == "text/html"]
        return compare("the demo", endpoint, live.url, replay, urls, scripts=True)


def of_folder(endpoint: str, scratch: Path, folder: Path, limit: int) -> int:
    served = read_folder(folder, limit)
    collection = scratch / "real"
    capture(served, collection, scratch)
    ours, theirs = get_context("spawn").Pipe()
    server = get_context("spawn").Process(target=serve, args=(served.pages, scratch / "live.pem", theirs))
    server.start()
    try:
        with shown(collection) as replay:
            return compare(str(folder), endpoint, ours.recv(), replay, list(served.pages), scripts=False)
    finally:
        ours.send(None)
        ours.recv()
        server.join(10)


def pages(collection: Path) -> Iterator[dict[str, object]]:
    with Collection(collection) as opened:
        yield from opened.pages()


@contextmanager
def shown(collection: Path) -> Iterator[str]:
    port = free_ports()
    server = subprocess.Popen([program("wirecopy"), "serve", str(collection), "--port", str(port)])
    try:
        wait(port + 1)
        yield f"http://127.0.0.1:{port + 1}"
    finally:
        server.terminate()
        server.wait(20)


def compare(name: str, endpoint: str, proxy: str, replay: str, urls: list[str], *, scripts: bool) -> int:
    live, archived = Tab(endpoint, proxy=proxy), Tab(endpoint)
    for tab in (live, archived):
        tab.call("Emulation.setDeviceMetricsOverride", width=1200, height=8000, deviceScaleFactor=1, mobile=False)
    live.call("Emulation.setScriptExecutionDisabled", value=not scripts)
    same = as_without = 0
    for url in urls:
        try:
            live.open(url, settle=0.2)
            archived.open(f"{replay}/web/2999mp_/{quote(url, safe=':/?&=%+,;@')}", settle=0.2)
        except AssertionError as error:
            print(f"  {url}: {error}")
            continue
        if not alike(live, archived) and scripts:
            # A page that only scripts write, or a notice for readers without them: replay shows what such readers saw.
            live.call("Emulation.setScriptExecutionDisabled", value=True)
            live.open(url, settle=0.2)
            live.call("Emulation.setScriptExecutionDisabled", value=False)
            as_without += alike(live, archived)
        same += alike(live, archived)
        if not alike(live, archived):
            texts, (ours, theirs) = [text(tab) for tab in (live, archived)], [pictures(tab) for tab in (live, archived)]
            print(f"  {url}: {difference(texts)}; pictures: live alone {sorted(ours - theirs)[:3]}, "
                  f"archived alone {sorted(theirs - ours)[:3]}")  # fmt: skip
    live.close()
    archived.close()
    extra = f", {as_without} of them as readers without scripts see them" if as_without else ""
    print(f"{name}: {same} of {len(urls)} pages have the same text and the same pictures{extra}")
    return len(urls) - same


def alike(live: Tab, archived: Tab) -> bool:
    return text(live) == text(archived) and pictures(live) == pictures(archived)


def text(tab: Tab) -> str:
    return AGES.sub("", str(tab.value(TEXT)))


def pictures(tab: Tab) -> set[str]:
    """By the addresses they were archived under; widths aside: any variant the archive holds shows the picture."""
    urls = tab.value(PICTURES)
    plain = {unquote(re.sub(r"^http://127\.0\.0\.1:\d+/web/\d+\w\w_/", "", url)) for url in urls}
    # Browsers ask for the pictures of an https page by https, whatever the page says.
    return {re.sub(r"\?w=\d+$", "", url).replace("http://", "https://", 1) for url in plain if url[:5] != "data:"}


def difference(texts: list[str]) -> str:
    if texts[0] == texts[1]:
        return "same text"
    at = next((n for n, (one, other) in enumerate(zip(*texts, strict=False)) if one != other), min(map(len, texts)))
    live, archived = (text[max(0, at - 20) : at + 50] for text in texts)
    return f"text differs at {at}: live {live!r}, archived {archived!r}"


if __name__ == "__main__":
    raise SystemExit(main())
