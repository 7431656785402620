"""What names a panel: the line that may head it, or the class, id and label names of its box."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extract.page.blocks import Box, TextBlock
from crawler.extract.panels.headings import heading_kind
from crawler.extract.wording import tidy

_NAMED_TAGS = frozenset({"div", "section", "aside", "ul", "ol"})
LONGEST = 60
"""Characters of a line that may head a panel, or be a name in one."""
_NAMED = re.compile(
    r"(?P<most_read>most[-_ ]?(?:read|popular|viewed)|trending|popular)|(?P<also_like>recommend|also[-_ ]?like|"
    r"recirc)"
    r"|(?P<related>related|more[-_ ](?:stories|news|from|on)|read[-_ ](?:next|more|also)|up[-_ ]next)",
    re.I,
)


def title_of(block: TextBlock) -> str | None:
    """The line that may head a panel: a block's text, or what stands before its links."""
    if len(block.text) <= LONGEST:
        if heading_kind(block.text) is not None or not block.links:
            return block.text
    elif not block.links:
        return None
    first = next((text for piece in block.pieces if (text := piece.strip())), "")
    return tidy(first) if 1 < len(first) <= LONGEST else None


def kind_by_names(box: Box) -> str | None:
    """The kind of panel that class, id and label names tell of, for an element that is a box of several things."""
    if box.tag not in _NAMED_TAGS:
        return None
    get = box.element.get
    names = " ".join(get(name) or "" for name in ("class", "id", "aria-label", "data-testid", "data-module"))
    return _kind_of_names(names) if len(names) > 6 else None


@lru_cache(maxsize=20_000)
def _kind_of_names(names: str) -> str | None:
    found = _NAMED.search(names)
    return found.lastgroup if found else None
