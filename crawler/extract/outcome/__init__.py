"""Tells an article from what only looks like a page of one, with the reason: one module for each kind of look-alike.

Each looks at the page through ``sight``, in the order of the table below: ``wall``, ``missing``, ``consent``,
``paywall`` (by an ``offer``, with a ``price``), ``login``, ``shell``, ``vacant``, ``media``, ``listing`` (by
``teasers``), ``errand``, ``board``, ``goods``, ``form``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crawler.extract.body import Body
from crawler.extract.names.names import is_person
from crawler.extract.outcome.board import board
from crawler.extract.outcome.consent import consent
from crawler.extract.outcome.errand import errand
from crawler.extract.outcome.form import form
from crawler.extract.outcome.goods import goods
from crawler.extract.outcome.listing import feed, listing
from crawler.extract.outcome.login import login
from crawler.extract.outcome.media import gallery, video
from crawler.extract.outcome.missing import broken, missing
from crawler.extract.outcome.paywall import paywall
from crawler.extract.outcome.shell import shell
from crawler.extract.outcome.sight import BRIEF, SHORT, Sight
from crawler.extract.outcome.vacant import vacant
from crawler.extract.outcome.wall import wall
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.page.charset import decode_page
from crawler.model import Candidate, Outcome

__all__ = ["judge"]

_MARKUP = re.compile(r"<\s*(?:html|head|body|div|p|article|title|meta|!doctype|span|table|script|h1)\b", re.I)
_BEFORE = re.compile(r"(?:\s|(?><!--.*?-->|<\?xml\b.*?\?>))*+", re.DOTALL)
"""What may stand before all markup, however long: notes of those who made the page, or saved it."""
_DATED = 0.3
"""How sure a day is that is more than one of those that lists, boards and forms happen to show."""
_LOOK_ALIKES = (
    (feed, Outcome.NOT_ARTICLE),
    (wall, Outcome.BLOCKED),
    (missing, Outcome.SOFT_404),
    (broken, Outcome.SERVER_ERROR),
    (consent, Outcome.CONSENT),
    (paywall, Outcome.PAYWALL),
    (login, Outcome.LOGIN),
    (shell, Outcome.NEEDS_BROWSER),
    (vacant, Outcome.SOFT_404),
    (gallery, Outcome.NOT_ARTICLE),
    (video, Outcome.NOT_ARTICLE),
    (listing, Outcome.NOT_ARTICLE),
    (errand, Outcome.NOT_ARTICLE),
    (board, Outcome.NOT_ARTICLE),
    (goods, Outcome.NOT_ARTICLE),
    (form, Outcome.NOT_ARTICLE),
)
"""What is asked of every page, in this order: feeds, then refusals, since their pages can look like anything else."""


_FILE = re.compile(r"\s*(?:image|video|audio|font)/|\s*application/(?:pdf|zip|gzip|octet-stream)\b")
FILE_START = 1 << 14
"""Bytes of a body by which `is_file` tells, and of a file enough to say that it is no page."""


def judge(
    page: Page,
    layout: Layout,
    body: Body,
    said: dict[str, list[Candidate]],
    headline: str | None,
    authors: Sequence[str],
    day: float,
    addressed: float = 0.0,
) -> tuple[Outcome, str | None]:
    """What the page is, and why where it is no article; ``day`` is how sure its day of publication is, from 0 to 1.

    ``addressed`` is that with what the address alone says. It says the same of whatever is served there in place of a
    story, and so counts only for a page that stands in its site's frame.
    """
    if not page.text or page.text.isspace():
        return Outcome.EMPTY, "the body holds nothing"
    kind = page.headers.get("content-type", "").lower()
    if kind and not re.search(r"html|xml|text/plain", kind) and not _has_markup(page.text, 2000):
        return Outcome.NOT_HTML, f"Content-Type is {kind.split(';')[0].strip()}"
    if not _has_markup(page.text, 100_000):
        return Outcome.NOT_HTML, "no HTML element in it"
    dated = day >= _DATED or any(map(is_person, authors))
    sight = Sight(page, layout, body, said, headline, dated, addressed >= _DATED)
    for look, outcome in _LOOK_ALIKES:
        if reason := look(sight):
            return outcome, reason
    return _article_or_not(sight)


def is_file(body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether a body is called a picture, film, sound or file, and does not begin as a page: no more of it is read."""
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "").lower()
    if not _FILE.match(kind) or "xml" in kind:
        return False
    start = decode_page(body[:FILE_START], headers)[0].lstrip()
    return bool(start) and not start.startswith("<") and not _has_markup(start, 2000)


def _has_markup(text: str, within: int) -> bool:
    """Whether an element of HTML begins in so many characters, or in as many behind the comments that come first."""
    if _MARKUP.search(text, 0, within):
        return True
    before = _BEFORE.match(text)
    begin = before.end() if before else 0
    return bool(begin and _MARKUP.search(text, begin, begin + within))


def _article_or_not(sight: Sight) -> tuple[Outcome, str | None]:
    if sight.size and not (sight.claims or sight.dated or sight.addressed) and sight.is_hidden:
        return Outcome.NOT_ARTICLE, f"its {sight.size} characters of text are hidden, and nothing calls it an article"
    signs = sight.claims or sight.dated or (sight.addressed and sight.is_framed and sight.certain >= 2 * BRIEF)
    if sight.weight >= SHORT or (sight.weight >= BRIEF and signs and sight.link_share < 0.9):
        return Outcome.ARTICLE, None
    if sight.size:
        return Outcome.NOT_ARTICLE, f"{sight.size} characters of running text, and nothing calls it an article"
    if not sight.layout.blocks and not sight.page.scripts and not sight.layout.pictures:
        return Outcome.EMPTY, "no visible word, no script and no picture"
    return Outcome.NOT_ARTICLE, "no running text"
