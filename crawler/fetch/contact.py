"""Whom a site can reach about a crawl: the e-mail address or web address that the User-Agent names."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.fetch.host import is_host

_EMAIL = re.compile(r"(?:mailto:)?[!-'*-;=?A-\[\]-~]+@([0-9A-Za-z.-]+\.[0-9A-Za-z-]{2,})")
_WEB = re.compile(r"https?://[!-'*-;=?-\[\]-~]+", re.IGNORECASE)


def contact(words: object) -> str:
    """``words``, an e-mail or web address, without the white space around it. Raises ``ValueError`` for other words.

    It stands within the brackets of a comment of the User-Agent (RFC 9110, section 5.6.5), and can hold none itself.
    """
    text = words.strip() if isinstance(words, str) else ""
    if (email := _EMAIL.fullmatch(text)) and is_host(email[1]):
        return text
    try:
        web = urlsplit(text)
        if _WEB.fullmatch(text) and is_host(web.hostname) and web.port != 0:
            return text
    except ValueError:
        pass  # a port or an address that is none
    raise ValueError(f"{words!r} is no contact; write an e-mail or web address, such as desk@paper.example")
