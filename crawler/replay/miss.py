"""What is said where the archive holds no capture: a page that loads nothing and runs nothing."""

from __future__ import annotations

from html import escape

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Not in the archive</title>
<style>body {{ font: 1.05rem/1.55 system-ui, sans-serif; max-width: 40rem; margin: 12vh auto; padding: 0 1.2rem;
color: #1b1b1f; background: #fdfcf9 }} code {{ overflow-wrap: anywhere }}
@media (prefers-color-scheme: dark) {{ body {{ color: #ececef; background: #17181b }} }}</style></head>
<body><h1>Not in the archive</h1><p>{text}</p><p><code>{url}</code></p>
<p>Nothing was fetched from the live web.</p></body></html>
"""


def miss_page(url: str, text: str = "There is no capture of this address.") -> bytes:
    """The page for ``url``, in UTF-8; ``text`` says why."""
    return _PAGE.format(text=escape(text), url=escape(url)).encode()
