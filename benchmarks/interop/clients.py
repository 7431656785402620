"""Clients of web archives pointed at `wirecopy serve`: waybackpy, wayback and memento-client find the same captures."""

from __future__ import annotations

import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
import wayback
import wayback._client
import wayback._utils
from evidence import Evidence, expect
from memento_client import MementoClient
from replay import free_port
from waybackpy import WaybackMachineAvailabilityAPI, WaybackMachineCDXServerAPI

WIRECOPY = Path(__file__).parents[2] / ".venv" / "bin" / "wirecopy"
AGENT = "wirecopy interop"


def waybackpy(evidence: Evidence) -> str:
    with desk(evidence) as origin:
        seed = evidence.seed
        index = WaybackMachineCDXServerAPI(seed["url"], AGENT)
        index.endpoint = f"{origin}/cdx/search/cdx"
        found = [(snapshot.timestamp, snapshot.original, snapshot.statuscode) for snapshot in index.snapshots()]
        expect((seed["timestamp"], seed["url"], "200") in found, f"cdx: {found}")
        everything = WaybackMachineCDXServerAPI("example", AGENT, match_type="domain")
        everything.endpoint = index.endpoint
        listed = len(list(everything.snapshots()))
        wanted = sum(entry["key"].startswith(("example,", "example)")) for entry in evidence.entries)
        expect(listed == wanted, f"{listed} captures of the domain example, the index has {wanted}")
        nearest = WaybackMachineAvailabilityAPI(seed["url"], AGENT)
        nearest.endpoint = f"{origin}/wayback/available"
        expect(nearest.newest().timestamp() == moment(seed["timestamp"]).replace(tzinfo=None), "availability")
    return f"{listed} captures by CDX, the seed by availability"


def wayback_client(evidence: Evidence) -> str:
    with desk(evidence) as origin:
        seed = evidence.seed
        wayback._client.CDX_SEARCH_URL = f"{origin}/cdx/search/cdx"
        replay = origin_of_replay(origin)
        for module in (wayback._utils, wayback._client):
            for name in ("MEMENTO_URL_TEMPLATE",):
                if hasattr(module, name):
                    setattr(module, name, replay + "/web/{timestamp}{mode}/{url}")
        wayback._utils.MEMENTO_URL_PATTERN = re.compile(rf"^{re.escape(replay)}/web/(\d+)(\w\w_)?/(.+)$")
        with wayback.WaybackClient() as client:
            record = next(iter(client.search(seed["url"])))
            expect(record.url == seed["url"], str(record))
            memento = client.get_memento(seed["url"], timestamp=moment(seed["timestamp"]), mode=wayback.Mode.original)
            expect(memento.memento_url.startswith(replay), memento.memento_url)
            with urllib.request.urlopen(f"{replay}/web/{seed['timestamp']}id_/{seed['url']}") as raw:
                expect(memento.content == raw.read(), "the body differs")
            expect("content-type" in {name.lower() for name in memento.headers}, f"headers: {memento.headers}")
    return f"search and memento, {len(memento.content):,} bytes"


def memento(evidence: Evidence) -> str:
    with desk(evidence) as origin, archived_web(evidence) as (proxy, ca_file):
        seed = evidence.seed
        session = requests.Session()
        session.proxies, session.verify = {"https": proxy}, str(ca_file)  # it looks at the original first
        session.trust_env = False
        client = MementoClient(timegate_uri=f"{origin}/timegate/", check_native_timegate=False, session=session)
        wanted = moment(seed["timestamp"]).replace(tzinfo=None) - timedelta(days=3)
        found = client.get_memento_info(seed["url"], wanted)
        closest = found["mementos"]["closest"]
        expect(closest["datetime"] == moment(seed["timestamp"]).replace(tzinfo=None), str(closest))
        expect(closest["http_status_code"] == 200, str(closest))
        expect(found["timegate_uri"].startswith(origin), str(found))
    return f"closest memento {closest['uri'][0]}"


@contextmanager
def desk(evidence: Evidence) -> Iterator[str]:
    """The collection as `wirecopy serve` shows it, at three free ports."""
    port = free_port(3)
    server = subprocess.Popen(
        [WIRECOPY, "serve", evidence.collection, "--port", str(port)], stdout=subprocess.DEVNULL, text=True
    )
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/static/desk.css", timeout=2).close()
                break
            except OSError:
                expect(server.poll() is None, "wirecopy serve ended")
                time.sleep(0.1)
        else:
            expect(False, "wirecopy serve does not answer")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def archived_web(evidence: Evidence) -> Iterator[tuple[str, Path]]:
    """The collection as `wirecopy proxy` answers from it, and the certificate to trust."""
    ca_file = evidence.out / "ca.pem"
    command = [WIRECOPY, "proxy", evidence.collection, "--port", "0", "--ca-file", ca_file]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().split()[0], ca_file
        finally:
            server.terminate()


def origin_of_replay(origin: str) -> str:
    head, _, port = origin.rpartition(":")
    return f"{head}:{int(port) + 1}"


def moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
