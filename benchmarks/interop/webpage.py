"""ReplayWeb.page in headless Chromium: the packed WACZ is opened, and the page shows its headline.

ReplayWeb.page is AGPL: `make interop` fetches it, unmodified, for this check alone.
"""

from __future__ import annotations

import base64
import html
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import websocket
from evidence import Evidence, Skipped, expect
from replay import free_port

PAGE = """<!doctype html><meta charset="utf-8"><title>replay</title>
<style>html, body, replay-web-page {{ height: 100%; margin: 0; display: block }}</style>
<script src="/ui.js"></script>
<replay-web-page source="/archive.wacz" url="{url}" ts="{ts}" embed="replayonly" replayBase="/replay/">
</replay-web-page>
"""
# What an archived page is before the service worker is there: ReplayWeb.page waits 0.3 s for it.
WAITING = """<!doctype html><title>waiting</title><script>const workers = navigator.serviceWorker;
if (!workers.controller) workers.ready.then(() => location.reload());</script>
"""
TEXT = """(function text(root) {
  let all = root.body ? root.body.innerText : "";
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) all += "\\n" + text(element.shadowRoot);
    if (element.tagName === "IFRAME") try { all += "\\n" + text(element.contentDocument) } catch (error) {}
  }
  return all;
})(document)"""


def replay_web_page(evidence: Evidence) -> str:
    chromium = evidence.chromium or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if not chromium:
        raise Skipped("no Chromium here: apt-get install chromium, or name one with --chromium")
    tools = evidence.replaywebpage
    if tools is None or not (tools / "sw.js").exists():
        raise Skipped("no ReplayWeb.page here: it is fetched with npm")
    seed = evidence.seed
    page = PAGE.format(url=html.escape(quote(seed["url"], safe=":/?&=#%")), ts=seed["timestamp"])
    server = _serve({"/": page, "/archive.wacz": evidence.wacz, "/ui.js": tools / "ui.js", "/sw.js": tools / "sw.js"})
    try:
        shot, text = _show(chromium, f"http://127.0.0.1:{server.server_port}/", seed["title"])
    finally:
        server.shutdown()
        server.server_close()
    picture = evidence.out / "replaywebpage.png"
    picture.write_bytes(shot)
    expect(
        _plain(seed["title"]) in _plain(text),
        f"headline not shown; the page says {_plain(text)[:200]!r}; see {picture}",
    )
    return f"shows {seed['title'][:60]!r}; see {picture}"


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _show(chromium: str, url: str, headline: str) -> tuple[bytes, str]:
    """A screenshot, and the text of the page with all of its frames."""
    port = free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = subprocess.Popen(
            [
                chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                f"--remote-debugging-port={port}", "--remote-allow-origins=*", f"--user-data-dir={profile}",
                "--no-first-run", "--disable-background-networking", "--window-size=1200,900", "about:blank",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            tab = Tab(port)
            text = ""
            for turn in range(160):
                if turn % 40 == 0:  # opened again where a busy machine's Chromium gave up on the service worker
                    tab.call("Page.navigate", url=url)
                time.sleep(0.5)
                text = tab.call("Runtime.evaluate", expression=TEXT, returnByValue=True)["result"].get("value") or ""
                if _plain(headline) in _plain(text):
                    break
            time.sleep(1.5)  # pictures and fonts
            shot = base64.b64decode(tab.call("Page.captureScreenshot")["data"])
            tab.close()
            return shot, text
        finally:
            os.killpg(browser.pid, signal.SIGTERM)
            browser.wait(20)


class Tab:
    """The browser's tab, by the DevTools protocol."""

    def __init__(self, port: int) -> None:
        self._ids = itertools.count(1)
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=5) as answer:
                    pages = [page for page in json.load(answer) if page["type"] == "page"]
                if pages:
                    break
            except OSError:
                pass
            time.sleep(0.2)
        else:
            expect(False, "Chromium did not start within 20 s")
        self._socket = websocket.create_connection(pages[0]["webSocketDebuggerUrl"], timeout=60)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == number:
                expect("error" not in answer, str(answer.get("error")))
                return dict(answer["result"])

    def close(self) -> None:
        self._socket.close()


def _serve(files: dict[str, str | Path]) -> ThreadingHTTPServer:
    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            path = "/sw.js" if path == "/replay/sw.js" else path
            content = files.get(path, WAITING if path.startswith("/replay/") else None)
            if content is None:
                self.send_error(404)
                return
            data = content.encode() if isinstance(content, str) else content.read_bytes()
            kind = {".js": "text/javascript", ".wacz": "application/wacz"}.get(Path(path).suffix, "text/html")
            begin, end = 0, len(data)
            asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
            if asked:
                begin = int(asked[1]) if asked[1] else max(0, len(data) - int(asked[2]))
                end = min(end, int(asked[2]) + 1) if asked[1] and asked[2] else end
            self.send_response(206 if asked else 200)
            self.send_header("Content-Type", kind)
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Length", str(end - begin))
            if asked:
                self.send_header("Content-Range", f"bytes {begin}-{end - 1}/{len(data)}")
            self.end_headers()
            self.wfile.write(data[begin:end])

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
