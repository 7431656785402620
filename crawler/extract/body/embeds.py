"""What an article shows from elsewhere between its paragraphs: videos, posts, players, maps; their address is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import lxml.html

from crawler.extract.address import path_of
from crawler.extract.page import Page
from crawler.extract.page.blocks import Box, Layout, TextBlock
from crawler.extract.wording import tidy
from crawler.model import Block

_SOURCES = ("src", "data-src", "data-lazy-src", "data-iframe-src", "data-url", "data")
_FURNITURE = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|googleads|adservice|amazon-adsystem|/ads?[./?-]|adform|taboola|outbrain"
    r"|recaptcha|consent|cookie|privacy|facebook\.com/(?:tr|plugins/(?:like|page|share))|platform\.twitter\.com/widgets"
    r"|accounts\.google|newsletter|subscribe|signup|login|disqus|comments",
    re.I,
)
_POST = re.compile(
    r"https?://(?:www\.|mobile\.|m\.)?(?:(?:twitter|x)\.com/\w+/status(?:es)?/\d+|instagram\.com/(?:p|reel|tv)/[\w-]+"
    r"|tiktok\.com/@[\w.-]+/video/\d+|facebook\.com/[\w.-]+/(?:posts|videos)/[\w-]+|bsky\.app/profile/[\w.:-]+/post/\w+"
    r"|t\.me/\w+/\d+|threads\.(?:net|com)/@[\w.]+/post/[\w-]+|reddit\.com/r/\w+/comments/\w+)",
    re.I,
)
_POST_BOX = re.compile(r"twitter|tweet|instagram|tiktok|bluesky|\bfb-|telegram|threads|reddit|embed", re.I)
_ALL = 0.9
"""Share of a line that is linked where it is but a link."""
_PLAYLIST = re.compile(r"mpegurl|dash\+xml", re.I)
"""In the media type of a list of a film's pieces."""
_ANYWHERE = frozenset({"video/mp4", "audio/mp4", "audio/mpeg", "audio/mp3"})
_ANYWHERE_NAMED = (".mp4", ".m4v", ".m4a", ".mp3")
_NEW_CODECS = re.compile(r"av01|hev1|hvc1|dvh", re.I)
"""Films that every browser plays, but for those of these codecs."""
_OUTSIDE = frozenset({"nav", "footer", "aside", "form", "header", "button"})


def find_embeds(page: Page, chosen: Sequence[TextBlock]) -> tuple[tuple[int, Block], ...]:
    """Embeds inside the run of the article's blocks, each once, with the number of the block it stands before.

    A post that is also quoted in the page keeps its words as a quotation; its embed has the address alone.
    """
    if not chosen:
        return ()
    run = range(_beginning(page.layout, chosen[0].number), chosen[-1].number + 2)
    found: dict[str, tuple[int, Block]] = {}
    for before, text, address in (*_frames(page, page.layout), *_posts(page.layout)):
        if before in run and address not in found:
            found[address] = (before, Block("embed", text, address))
    return tuple(sorted(found.values(), key=lambda pair: pair[0]))


def is_post(address: str) -> bool:
    """Whether it is the address of a post in a network, which a script of that network shows where it is embedded."""
    return _POST.match(address) is not None


def names_post(block: TextBlock) -> bool:
    """Whether a line is but a link to a post that a script shows in its place: "A post shared by …"."""
    if block.link_chars <= _ALL * len(block.text) or "blockquote" not in block.box.inside:
        return False
    links = [element.get("href") or "" for element in block.elements if element.tag == "a"]
    return bool(links) and all(_POST.match(address) for address in links)


def _beginning(layout: Layout, first: int) -> int:
    """Number of the last first-rank heading above the text, under which its leading video may stand."""
    return next((block.number for block in reversed(layout.blocks[:first]) if block.level == 1), first)


def _frames(page: Page, layout: Layout) -> Iterator[tuple[int, str, str]]:
    for element, box, before in layout.embeds:
        if box.hidden or not box.inside.isdisjoint(_OUTSIDE) or _is_tiny(element.get("width"), element.get("height")):
            continue
        named = [(full, one) for one in (element, *element.iter("source")) if (full := _address(page, one))]
        address = min(named, key=lambda each: _hardness(*each), default=(None,))[0]
        if address is not None and not _FURNITURE.search(address):
            yield before, tidy(element.get("title") or element.get("aria-label")), address


def _address(page: Page, element: lxml.html.HtmlElement) -> str | None:
    named = (value for name in _SOURCES if (value := element.get(name)))
    return next((full for value in named if (full := page.absolute(value))), None)


def _hardness(address: str, element: lxml.html.HtmlElement) -> int:
    """How hard a film in this form is to play; what an element names itself, a browser takes in any case."""
    kind = element.get("type") or ""
    if is_playlist(address, kind):
        return 3
    if element.tag != "source":
        return 0
    told = kind.partition(";")[0].strip().lower()
    anywhere = told in _ANYWHERE if told else path_of(address).lower().endswith(_ANYWHERE_NAMED)
    return 1 if anywhere and not _NEW_CODECS.search(kind) else 2


def is_playlist(address: str, kind: str) -> bool:
    """Whether what is there, of this Content-Type, lists the pieces of a film (HLS, DASH) and is none itself."""
    return _PLAYLIST.search(kind) is not None or path_of(address).lower().endswith((".m3u8", ".mpd"))


def _posts(layout: Layout) -> Iterator[tuple[int, str, str]]:
    for link in layout.links:
        if (
            link.address.startswith("http")
            and link.box.inside.isdisjoint(_OUTSIDE)
            and (post := _POST.match(link.address))
            and (box := _post_box(link.box))
        ):
            yield box.last + 1, "", post.group()


def _post_box(inner: Box) -> Box | None:
    """The box that shows a post, by its names."""
    box: Box | None = inner
    for _ in range(4):
        if box is None or box.tag in ("body", "main", "article"):
            return None
        if _POST_BOX.search(box.classes or ""):
            return box
        box = box.parent
    return None


def _is_tiny(*sizes: str | None) -> bool:
    """True for a frame of a pixel or none, as trackers use them."""
    return any(size is not None and size.strip().removesuffix("px") in ("0", "1") for size in sizes)
