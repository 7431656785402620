"""What the words of class and id names, and of short lines, say about a block."""

from __future__ import annotations

import re
from functools import lru_cache

_FURNITURE = re.compile(
    r"related|promo|share|social|newsletter|comment|sidebar|widget|advert|\bads?\b|\bad[-_]|[-_]ads?\b|banner|popup|modal"
    r"|cookie|consent|subscri|paywall|breadcrumb|\bnav|[-_]nav|menu|footer|masthead|\bbio\b|author[-_]?(bio|box|info|card)"
    r"|about[-_]?author|byline|caption|credit|\btags?\b|tag[-_]?(list|cloud)|recommend|read[-_]?(more|next|also)|trending"
    r"|most[-_]?(read|popular)|popular|teaser|outbrain|taboola|sponsor|signup|sign[-_]?up|login|register|disqus|rating"
    r"|pagination|pager|prev(ious)?[-_]|next[-_]?(post|article)|copyright|legal|disclaimer|\brail\b|aside|skip[-_]?link"
    r"|timestamp|\bmeta\b|post[-_]?meta|entry[-_]?meta|published|\bdate\b|dateline|print|donat|survey|poll|quiz|gallery"
    r"|carousel|slider|screen[-_]?reader|sr[-_]only|visually[-_]?hidden|\btoc\b|table[-_]of[-_]contents|toolbar|dropdown",
    re.I,
)
_CONTENT = re.compile(
    r"article[-_]?(body|text|content|main|copy)|story[-_]?(body|text|content|copy)|entry[-_]?content|post[-_]?(body|content)"
    r"|body[-_]?(text|copy|content)|main[-_]?(content|text)|page[-_]?content|content[-_]?(body|text|main)|paragraph|prose"
    r"|rich[-_]?text|wysiwyg|\blead\b|\bintro\b|standfirst|\bdek\b|subtitle|article|story|\bentry\b|\bcontent\b|\bpost\b"
    r"|artikel|\btext\b|texte|cuerpo|contenido|corps|body",
    re.I,
)


@lru_cache(maxsize=20_000)
def class_score(names: str) -> float:
    """Above 0 where class and id names speak of content, below 0 where they speak of furniture, 0 where they are mute."""
    if _FURNITURE.search(names):
        return -1.0 if not _CONTENT.search(names) else -0.5
    return 1.0 if _CONTENT.search(names) else 0.0
