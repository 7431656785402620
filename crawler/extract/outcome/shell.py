"""Shells: pages whose text a script would have written, which needs a browser."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.extract.outcome.sight import SHORT, Sight, phrases
from crawler.model.counted import counted

_ASKS = phrases("shell", "says")
_ROOTS = (
    "root", "app", "__next", "__nuxt", "__layout", "gatsby-focus-wrapper", "___gatsby", "svelte", "q-app", "main-app",
    "app-root", "react-root", "ember-app", "spa", "mount", "application", "page-root",
)  # fmt: skip
_TAGS = ("app-root", "my-app", "ng-app", "entry-point", "view-stack", "msn-article", "cp-article")
_NOTICE = 1500
"""Visible characters that a shell's frame and notices may have."""
_BARE = 60
"""Visible characters of a page that has nothing but a word such as "Loading"."""
_STANDS_IN = re.compile(
    r"(?:^|(?<=[\s_-]))(?:skeleton|shimmer|content-loader|placeholder-(?:glow|wave))(?=$|[\s_-])", re.I
)
_MARK = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}")
"""What a template has in place of a value, or to repeat a part."""
_MARKS = 0.4
"""Share of the text that such marks have where nothing has filled the template."""


def shell(sight: Sight) -> str | None:
    """Why the page is only a shell; None where it holds text, or nothing would fill it."""
    if sight.size and (marks := sum(map(len, _MARK.findall(sight.body.text)))) >= _MARKS * sight.size:
        return f"{marks / sight.size:.0%} of its text are the marks of a template that nothing has filled"
    if not sight.size and (mark := _MARK.search(sight.opening)):
        return f"a template that nothing has filled: {mark.group()[:40]!r}"
    if sight.size >= SHORT or not sight.scripts:
        return None
    shown = sum(
        len(block.text)
        for block in sight.layout.blocks
        if "noscript" not in block.box.inside and block.tag != "noscript"
    )
    if shown < _NOTICE and (root := _empty_root(sight.page.tree)) is not None:
        return f"its {root} is empty, and {counted(len(sight.scripts), 'script')} would fill it"
    if shown < _NOTICE and (match := _ASKS.search(_notice(sight))):
        return f"says {match.group()!r}"
    if shown < _NOTICE and not sight.claims and (name := _skeleton(sight.page.tree)) is not None:
        return f"what stands in for its text ({name}) waits for a script"
    if shown < _BARE and not sight.size and (name := _waiting(sight.page.tree)) is not None:
        return f"{counted(shown, 'visible character')}, and a script would fill its {name}"
    if shown < 400 and len(sight.scripts) > 2 and not (sight.claims and sight.size >= 60):
        return f"{counted(shown, 'visible character')} and {counted(len(sight.scripts), 'script')}"
    return None


def _notice(sight: Sight) -> str:
    """The visible words, and those for browsers without scripts."""
    aside = " ".join(element.text_content() for element in sight.page.tree.iter("noscript"))
    return f"{sight.opening} {aside[:3000]}"


def _empty_root(tree: HtmlElement) -> str | None:
    for name in _ROOTS:
        for element in tree.iterfind(f".//*[@id='{name}']"):
            if _holds_nothing(element):
                return f"#{name}"
    return next((name for name in _TAGS for element in tree.iter(name) if _holds_nothing(element)), None)


def _skeleton(tree: HtmlElement) -> str | None:
    """The class of the empty lines that a page shows until its script has fetched the text."""
    for element in tree.iterfind(".//*[@class]"):
        if (found := _STANDS_IN.search(element.get("class") or "")) and _holds_nothing(element):
            return found[0].strip()
    return None


def _waiting(tree: HtmlElement) -> str | None:
    """The element of its own making that holds nothing, or the body where a script is fetched for it."""
    for element in tree.iter():
        if isinstance(element.tag, str) and ("-" in element.tag or element.tag == "app") and _holds_nothing(element):
            return element.tag
    fetched = any(
        script.get("src") or script.get("type") == "module" or "import(" in (script.text or "")
        for script in tree.iter("script")
    )
    return "body" if fetched else None


def _holds_nothing(element: HtmlElement) -> bool:
    """No text and no picture but a word such as "Loading"."""
    return len(element.text_content().strip()) < 30 and next(element.iter("img", "video"), None) is None
