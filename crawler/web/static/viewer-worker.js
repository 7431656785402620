// The service worker of the viewer's origin: ReplayWeb.page's own, unmodified, with a guard before it.
// What it answers from the archive gets our policy too, and loses the headers that would lead a page elsewhere; its own
// policy leaves archived pages free to send their frames to any host (seen with 2.5.3 in November 2026).
// `policy`, `connections` and `viewer` are set by the server in the line before this file.
const leading = ["Refresh", "Link", "Report-To", "Reporting-Endpoints", "NEL", "SourceMap", "Speculation-Rules", "Alt-Svc"];
const bodiless = [101, 204, 205, 304];

// Only browsers that know Connection-Allowlist forbid WebRTC and rules of speculation (Chromium 156 does), so each page
// begins with this, which takes them away; WebRTC also from the frames that the page's scripts make.
const opening = new TextEncoder().encode(`<script>{
  const peers = ["RTCPeerConnection", "webkitRTCPeerConnection"];
  const without = (realm) => { try { for (const name of peers) delete realm[name]; } catch {} return realm; };
  without(window);
  for (const kind of [HTMLIFrameElement, HTMLFrameElement, HTMLObjectElement])
    for (const name of ["contentWindow", "contentDocument"]) {
      const own = Object.getOwnPropertyDescriptor(kind.prototype, name);
      Object.defineProperty(kind.prototype, name, { ...own, get() {
        const found = own.get.call(this);
        if (found) without(found.defaultView || found);
        return found;
      } });
    }
  const rules = "script[type=speculationrules i]";
  new MutationObserver((changes) => {
    if (changes.length) for (const script of document.querySelectorAll(rules)) script.remove();
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["type"] });
  document.currentScript.remove();
}</script>`);
const doctype = /^(?:\xef\xbb\xbf|\s|<!--[^]*?-->)*<!doctype[^>]*>/i;

function opened(body) {
  let begun = false;
  return body.pipeThrough(new TransformStream({
    transform(chunk, out) {
      const start = begun ? "" : new TextDecoder("latin1").decode(chunk.subarray(0, 4096));
      const end = (doctype.exec(start) || [""])[0].length;
      if (end) out.enqueue(chunk.subarray(0, end));
      if (!begun) out.enqueue(opening);
      begun = true;
      out.enqueue(chunk.subarray(end));
    },
  }));
}

function guarded(response) {
  if (!response || response.type !== "default") return response; // from our own server, under our policy already
  const headers = new Headers(response.headers);
  for (const name of leading) headers.delete(name);
  headers.append("Content-Security-Policy", policy);
  headers.set("Connection-Allowlist", connections);
  const { status, statusText } = response;
  let body = bodiless.includes(status) ? null : response.body;
  if (body && /text\/html/i.test(headers.get("Content-Type"))) {
    headers.delete("Content-Length");
    body = opened(body);
  }
  return new Response(body, { status, statusText, headers });
}

if (self.FetchEvent) { // the same file runs as an ordinary worker too, which answers nobody
  const respondWith = FetchEvent.prototype.respondWith;
  FetchEvent.prototype.respondWith = function (answer) {
    return respondWith.call(this, Promise.resolve(answer).then(guarded));
  };
}

importScripts(viewer);
