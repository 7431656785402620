"""A headless Chromium driven through the DevTools protocol: for the tests of the desk and the benchmark of fidelity."""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

ARTEFACTS = Path(__file__).parent / "out" / "screenshots"
_LONGEST = 50
"""Characters of a TMPDIR in which Chromium's socket has a place."""
_ANSWER = 120
"""Seconds for an answer: a page gives none whose process Chromium ended, as it does where one asks what it may not."""


def program() -> str | None:
    """The browser on this machine; None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def browser(executable: str, profile: Path) -> Iterator[str]:
    """The DevTools endpoint of a headless Chromium with the given profile folder."""
    command = [
        executable, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync",
        "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank",
    ]  # fmt: skip
    # It makes a socket in a folder of TMPDIR, and ends where that is longer than a socket's path may be.
    environment = {**os.environ, "TMPDIR": "/tmp"} if len(os.environ.get("TMPDIR", "")) > _LONGEST else None
    with (profile / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, env=environment)
    try:
        file = profile / "DevToolsActivePort"
        end = time.monotonic() + _ANSWER
        while not file.exists() or len(lines := file.read_text().splitlines()) != 2:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"Chromium did not start in {_ANSWER} s: {(profile / 'log').read_text()[-500:]}")
            time.sleep(0.05)
        yield f"ws://127.0.0.1:{lines[0]}{lines[1]}"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(_ANSWER)


@dataclass(frozen=True)
class Event:
    method: str
    parameters: dict[str, Any]


class Tab:
    """A tab of the browser, driven through the DevTools protocol; its frames of other origins are seen too."""

    def __init__(self, endpoint: str, proxy: str | None = None) -> None:
        self._closing = ExitStack()
        self._socket = self._closing.enter_context(
            connect(endpoint, max_size=None, open_timeout=_ANSWER, close_timeout=1)
        )
        self._ids = itertools.count(1)
        self.events: list[Event] = []
        self.sessions: dict[str, str] = {}
        """Sessions of frames that run in processes of their own, with their addresses."""
        where = {}
        if proxy is not None:
            where = self.call("Target.createBrowserContext", proxyServer=proxy, proxyBypassList="<-loopback>")
        target = self.call("Target.createTarget", url="about:blank", **where)["targetId"]
        self._target = target
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._watch(self._session)
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.call("Page.setDownloadBehavior", behavior="deny")
        if proxy is not None:
            self.call("Security.setIgnoreCertificateErrors", ignore=True)
        self.call("Emulation.setDeviceMetricsOverride", width=1200, height=900, deviceScaleFactor=1, mobile=False)

    def _watch(self, session: str) -> None:
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable", session=session)
        self.call("Target.setAutoAttach", session=session, autoAttach=True, waitForDebuggerOnStart=False, flatten=True)

    def call(self, method: str, session: str | None = "", **parameters: Any) -> dict[str, Any]:
        number = next(self._ids)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        session = getattr(self, "_session", None) if session == "" else session
        if session and not (method.startswith("Target.") and method != "Target.setAutoAttach"):
            message["sessionId"] = session
        self._socket.send(json.dumps(message))
        end = time.monotonic() + _ANSWER
        while time.monotonic() < end:
            answer = self._read(1)
            if answer is not None and answer.get("id") == number:
                assert "error" not in answer, (method, answer["error"])
                return dict(answer["result"])
        raise TimeoutError(f"Chromium gave no answer to {method} within {_ANSWER} s")

    def _read(self, timeout: float) -> dict[str, Any] | None:
        try:
            answer: dict[str, Any] = json.loads(self._socket.recv(timeout=timeout))
        except TimeoutError:
            return None
        if "method" in answer:
            self.events.append(Event(answer["method"], answer["params"]))
            if answer["method"] == "Target.attachedToTarget":
                info = answer["params"]["targetInfo"]
                if info["type"] == "iframe":
                    self.sessions[answer["params"]["sessionId"]] = info["url"]
        return answer

    def open(self, url: str, *, settle: float = 0.3) -> None:
        """Go to ``url`` and wait until it is loaded, and for ``settle`` seconds nothing moves on the network."""
        self.events.clear()
        self.sessions.clear()
        before = self._loader()
        self.call("Page.navigate", url=url)
        self.wait_until(lambda: any(self._is_loaded(event, before) for event in self.events), pause=0.02)
        for session in list(self.sessions):
            self._watch(session)
        self.settle(settle)

    def _loader(self) -> str:
        return str(self.call("Page.getFrameTree")["frameTree"]["frame"]["loaderId"])

    def _is_loaded(self, event: Event, before: str) -> bool:
        """Whether it tells that the tab's own page is loaded, and none that was there before."""
        told = event.parameters
        return (
            event.method == "Page.lifecycleEvent"
            and (told["name"], told["frameId"]) == ("load", self._target)
            and told["loaderId"] != before
        )

    def settle(self, quiet: float = 0.3) -> None:
        """Wait until nothing has moved on the network, or between pages, for so many seconds."""
        last = time.monotonic()
        while time.monotonic() - last < quiet:
            answer = self._read(quiet)
            method = "" if answer is None else str(answer.get("method", ""))
            if method.startswith(("Network.", "Page.")) and method != "Page.lifecycleEvent":
                last = time.monotonic()

    def wait_until(self, condition: Callable[[], bool], seconds: float = _ANSWER, *, pause: float = 0.1) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "the page did not get there in time"
            again = time.monotonic() + pause
            while (left := again - time.monotonic()) > 0:
                self._read(left)

    def value(self, expression: str, *, frame: bool = False) -> Any:
        """The value of a JavaScript expression in the page, or in its first ``frame``, which may allow no scripts."""
        where: dict[str, Any] = {}
        if frame:
            tree = self.call("Page.getFrameTree")["frameTree"]
            world = self.call("Page.createIsolatedWorld", frameId=tree["childFrames"][0]["frame"]["id"])
            where["contextId"] = world["executionContextId"]
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, **where)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def requested(self) -> list[str]:
        """Every address asked for since the page was opened."""
        return [
            event.parameters["request"]["url"] for event in self.events if event.method == "Network.requestWillBeSent"
        ]

    def errors(self) -> list[str]:
        """What the console tells of errors."""
        found = []
        for event in self.events:
            if event.method == "Runtime.exceptionThrown":
                found.append(str(event.parameters["exceptionDetails"]))
            elif event.method == "Log.entryAdded" and event.parameters["entry"]["level"] == "error":
                found.append(event.parameters["entry"]["text"] + " " + str(event.parameters["entry"].get("url")))
            elif event.method == "Runtime.consoleAPICalled" and event.parameters["type"] == "error":
                found.append(str(event.parameters["args"]))
        return found

    def picture(self, name: str) -> None:
        """Keep a screenshot as an artefact of the tests."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True, optimizeForSpeed=True)["data"]
        (ARTEFACTS / f"{name}.png").write_bytes(base64.b64decode(data))

    def press(self, key: str) -> None:
        """A key of the keyboard, pressed and let go."""
        text = key if len(key) == 1 else ""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, text=text if kind == "keyDown" else "")

    def close(self) -> None:
        self.call("Target.closeTarget", targetId=self._target)
        self._closing.close()
