"""A page made ready to be shown from the archive: its addresses lead there, and no script, form or hint is left in it.

Every ``<`` of the result begins a tag this module wrote, with attributes it let through: however a browser parses the
page (the content of ``<svg><style>``, say, is read differently than that of ``<style>``), it finds no other element.
What loads is bounded a second time by the replay's Content-Security-Policy.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from crawler.replay.addresses import Addresses, Held, Place, joined, srcset_candidates
from crawler.replay.markup import CharacterData, Content, Doctype, EndTag, Tag, Text, Token, base_address, tokens
from crawler.replay.picture import SETS, as_if_loaded, is_hidden, put_later, variants
from crawler.replay.sheet import rewrite_sheet

_NAME = re.compile(r"[^\s\"'<>/=\x00]+")
_DROPPED = frozenset({"script", "base", "embed", "applet", "portal", "fencedframe", "webview", "bgsound", "param"})
_LINKS = frozenset({"stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"})
"""Relations that are shown; the others are hints to connect, prefetch or install."""
_INERT = frozenset(
    {
        "action", "archive", "attributionsrc", "autofocus", "classid", "code", "codebase", "crossorigin", "data",
        "download", "fetchpriority", "formaction", "formtarget", "imagesrcset", "integrity", "loading", "manifest",
        "nonce", "ping", "profile", "referrerpolicy", "shadowrootclonable", "target",
    }
)  # fmt: skip
"""Attributes that send, connect, or refuse what was changed (``integrity``); ``loading`` would leave pictures out of a
printed page."""
_PAINTS = frozenset(
    {"fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-start", "marker-mid", "marker-end"}
)
_SVG_LINKS = ("href", "xlink:href")
_DEEPEST = 16
"""Pages inside pages (``srcdoc``) that are shown one in another."""


def rewrite_page(text: str, *, url: str, place: Place, held: Held, encoding: str = "utf-8") -> str:
    """The HTML ``text`` of the page at ``url`` as it is shown from the archive.

    ``encoding`` is the page's own, in which browsers write the query of its links.
    """
    found = list(tokens(text))
    page = _Page(Addresses(joined(url, base_address(found)) or url, place, held, encoding))
    return "".join(page.parts(found))


class _Page:
    """The page being written."""

    def __init__(self, addresses: Addresses, depth: int = 0) -> None:
        self._addresses = addresses
        self._depth = depth
        self._painted: set[str] = set()
        self._without_script = 0
        self._lacking = False
        """Whether none of the variants of the ``picture`` being written is held: then they stay as they are."""

    def _held(self, tag: Tag) -> bool:
        return any(self._addresses.has(url) for url in variants(tag) if not url.startswith("data:"))

    def parts(self, found: list[Token]) -> Iterator[str]:
        """The page's tokens as they are written."""
        for number, token in enumerate(found):
            if isinstance(token, Tag) and token.name == "picture":
                self._lacking = not any(map(self._held, _until_end(found, number)))
            elif isinstance(token, EndTag) and token.name == "picture":
                self._lacking = False
            if isinstance(token, Text):
                yield token.raw.replace("<", "&lt;")
            elif isinstance(token, Tag):
                yield self._tag(token)
            elif isinstance(token, EndTag):
                yield self._end(token)
            elif isinstance(token, Content):
                yield self._content(token)
            elif isinstance(token, CharacterData):
                yield html.escape(token.raw, quote=False)
            elif isinstance(token, Doctype) and "<" not in token.raw:
                yield f"<!{token.raw}>"

    def _tag(self, tag: Tag) -> str:
        if tag.name in _DROPPED or not _NAME.fullmatch(tag.name):
            return ""
        if tag.name == "noscript":
            self._without_script += 1
        if tag.name in ("xmp", "plaintext"):
            return "<pre>"
        if tag.name in ("animate", "set", "animatemotion") and "href" in (tag.get("attributename") or "").lower():
            return ""
        if tag.name == "meta":
            attributes = self._meta(tag)
        elif tag.name == "link":
            attributes = self._link(tag)
        elif tag.name == "img":
            attributes = self._picture(tag)
        else:
            attributes = self._others(tag)
        if attributes is None:
            return ""
        written = "".join(
            f' {name}="{_attribute(value)}"' for name, value in attributes.items() if _NAME.fullmatch(name)
        )
        return f"<{tag.name}{written}{' /' if tag.self_closing else ''}>"

    def _end(self, tag: EndTag) -> str:
        if tag.name in _DROPPED or not _NAME.fullmatch(tag.name):
            return ""
        if tag.name == "noscript":
            self._without_script = max(0, self._without_script - 1)
        return "</pre>" if tag.name == "xmp" else f"</{tag.name}>"

    def _content(self, content: Content) -> str:
        if content.element == "style":
            return rewrite_sheet(content.raw, self._addresses.in_sheet, within_page=True)
        if content.element in ("xmp", "plaintext"):
            return html.escape(content.raw, quote=False)
        if content.element in ("title", "textarea"):
            return content.raw.replace("<", "&lt;")
        return ""  # of script, iframe, noembed and noframes nothing is seen

    def _meta(self, tag: Tag) -> dict[str, str] | None:
        kept = dict(tag.attributes)
        directive = kept.get("http-equiv", "").strip().lower()
        if directive or "charset" in kept or kept.get("name", "").strip().lower() == "referrer":
            return None  # the reply says how the page is coded, what policies hold, and where it leads
        return kept

    def _link(self, tag: Tag) -> dict[str, str] | None:
        relations = set((tag.get("rel") or "").lower().split())
        shown = self._addresses.shown(tag.get("href") or "", "cs_" if "stylesheet" in relations else "im_")
        if not relations & _LINKS or not tag.get("href") or shown is None:
            return None
        return {**self._plain(tag), "href": shown}

    def _picture(self, tag: Tag) -> dict[str, str] | None:
        """A picture that scripts would have put in place is put there; candidates the archive lacks are left out."""
        kept, addresses = self._plain(tag), self._addresses
        source = (tag.get("src") or "").strip()
        named = variants(tag)
        if self._without_script and any(addresses.absolute(url) in self._painted for url in named):
            return None  # for readers without scripts; the lazy picture it stands for is shown already
        candidates = next((set_ for name in SETS if (set_ := self._candidates(tag.get(name) or ""))), "")
        if not candidates and not self._held(tag):
            candidates = self._candidates(tag.get("srcset") or "", lacking=True)
        hidden = is_hidden(tag)  # then another stands in its place
        later = None if hidden else put_later(tag, addresses.has)
        source = later or source
        if source and (shown := addresses.shown(source, "im_")):
            kept["src"] = shown
            if not source.startswith("data:") and addresses.has(source) and not hidden:
                self._painted.update(url for variant in (*named, source) if (url := addresses.absolute(variant)))
        elif not source and tag.get("src") is not None:
            kept["src"] = ""
        if candidates:
            kept["srcset"] = candidates
        if (later is not None or candidates) and "class" in kept:
            kept["class"] = as_if_loaded(kept["class"])
        return kept

    def _others(self, tag: Tag) -> dict[str, str] | None:
        kept = self._plain(tag)
        addresses = self._addresses
        for name in ("src", "poster", "background", "lowsrc", "dynsrc"):
            if (value := tag.get(name)) is not None:
                form = "if_" if tag.name in ("iframe", "frame") else "im_" if name != "src" else "oe_"
                _put(kept, name, addresses.shown(value, form) if value.strip() else None)
        if tag.name == "iframe" and (later := put_later(tag, addresses.has)):
            _put(kept, "src", addresses.shown(later, "if_"))
        if srcset := tag.get("srcset") or (tag.name == "source" and tag.get("data-srcset")):
            written = str(tag.get("srcset") or "") if self._lacking else str(srcset)
            _put(kept, "srcset", self._candidates(written, lacking=self._lacking) or None)
            if tag.name == "source" and "srcset" not in kept:
                return None
        if (inner := tag.get("srcdoc")) is not None and self._depth < _DEEPEST:
            kept["srcdoc"] = "".join(_Page(addresses, self._depth + 1).parts(list(tokens(inner))))
        for name in _SVG_LINKS:
            if (value := tag.get(name)) is not None:
                shown = addresses.shown(value, "" if tag.name in ("a", "area") else "im_")
                _put(kept, name, shown)
                if tag.name in ("a", "area") and shown and not shown.startswith("#"):
                    kept["target"] = "_top"
        return kept

    def _plain(self, tag: Tag) -> dict[str, str]:
        """The attributes that lead nowhere and run nothing."""
        kept = {}
        for name, value in tag.attributes:
            if name in _INERT or name in _ADDRESSES or name.startswith("on"):
                continue
            styled = name == "style" or (name in _PAINTS and "url(" in value.lower())
            kept[name] = rewrite_sheet(value, self._addresses.in_sheet) if styled else value
        return kept

    def _candidates(self, srcset: str, *, lacking: bool = False) -> str:
        shown = []
        for written, descriptor in srcset_candidates(srcset):
            if (lacking or self._addresses.has(written)) and (address := self._addresses.shown(written, "im_")):
                address = address.replace(",", "%2C") if address.endswith(",") else address
                shown.append(f"{address} {descriptor}".rstrip())
        return ", ".join(shown)


_ADDRESSES = frozenset({"href", "xlink:href", "src", "srcset", "srcdoc", "poster", "background", "lowsrc", "dynsrc"})


def _until_end(found: list[Token], start: int) -> Iterator[Tag]:
    """The tags inside the ``picture`` that begins at ``start``."""
    for token in found[start + 1 : start + 200]:
        if isinstance(token, EndTag) and token.name == "picture":
            return
        if isinstance(token, Tag):
            yield token


def _put(kept: dict[str, str], name: str, value: str | None) -> None:
    if value is not None:
        kept[name] = value


def _attribute(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
