"""Lines at the end of the text that ask to follow the outlet elsewhere: on a channel, in an app, on its front page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.address import archived_in
from crawler.extract.page.blocks import TextBlock

_PROFILE = r"[^/?#]+/?(?:[?#]|$)"
_CHANNEL = re.compile(
    rf"https?://(?:[\w-]+\.)*(?:(?:t\.me|telegram\.me)/{_PROFILE}|(?:facebook|fb|instagram|twitter|x|vk)\.com/{_PROFILE}"
    rf"|(?:dzen|ok)\.ru/{_PROFILE}|(?:tiktok\.com|threads\.(?:net|com))/@{_PROFILE}|bsky\.app/profile/{_PROFILE}"
    r"|youtube\.com/(?:@|c/|channel/|user/)|whatsapp\.com/channel/|news\.google\.com/|play\.google\.com/store/"
    r"|(?:apps|itunes)\.apple\.com/|linkedin\.com/company/)",
    re.I,
)
"""Addresses of profiles, channels and apps; those of a single post are longer."""
_LAST = 6
"""Blocks at the end of the text among which such lines are."""
_LINE, _PROSE = 160, 100
"""Characters of the longest of them, and of a paragraph above which there are none."""
_FRONT = re.compile(r"(?:https?://(?:www\.)?([^/?#]+))?(?:/[a-z]{0,15})?/?(?:[?#].*)?", re.I)
"""An address of a site's front, or of one of its sections'."""


def find_appeals(chosen: Sequence[TextBlock], host: str) -> set[int]:
    """Numbers of the blocks, of those chosen for a text of news, whose links all lead to channels, apps or home."""
    found: set[int] = set()
    for block in chosen[: -_LAST - 1 : -1]:
        if _appeals(block, host):
            found.add(block.number)
        elif len(block.text) >= _PROSE:
            break
    return found


def _appeals(block: TextBlock, host: str) -> bool:
    if not block.links or len(block.text) > _LINE or "li" in block.box.inside:
        return False
    addresses = [archived_in(element.get("href") or "") for element in block.elements if element.tag == "a"]
    return bool(addresses) and all(_CHANNEL.match(address) or _leads_home(address, host) for address in addresses)


def _leads_home(address: str, host: str) -> bool:
    if not host or address[:1] in ("", "#"):
        return False
    front = _FRONT.fullmatch(address)
    return front is not None and (front[1] or host).lower() == host
