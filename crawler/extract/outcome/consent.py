"""Consent pages: cookie and privacy questions that stand where the article should."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from crawler.extract.outcome.sight import SHORT, Sight, phrases
from crawler.extract.page.blocks import TextBlock

_ASKS = phrases("consent", "says")
_SUBJECT = phrases("consent", "about", re.NOFLAG)
"""In lower case: whole articles are looked through, and a pattern deaf to case takes four times as long."""
# Elements of the vendors' dialogues, seen 2024 to 2026; a page that has its text beside them is an article.
_VENDOR = re.compile(
    r"(?P<OneTrust>onetrust-(?:consent-sdk|banner-sdk|accept-btn))|(?P<Didomi>didomi-(?:host|popup|notice))"
    r"|(?P<Sourcepoint>sp_message_(?:container|iframe)|privacy-mgmt\.com|sp-cc\b)"
    r"|(?P<Usercentrics>usercentrics-(?:root|cmp-ui)|uc-accept-all-button)|(?P<Cookiebot>CybotCookiebotDialog)"
    r"|(?P<Quantcast>qc-cmp2?-(?:container|ui))|(?P<TrustArc>truste-consent|trustarc)"
    r"|(?P<consentmanager>cmpbox|cmpwelcomebtn)|(?P<Google>consent\.google\.\w+|fc-consent-root)"
    r"|(?P<Yahoo>guce\.\w+|collectConsent)|(?P<contentpass>contentpass)|(?P<Axeptio>axeptio_overlay)",
    re.I,
)
_ADDRESS = re.compile(
    r"(?:^|[./])(?:(?:consent|guce|privacywall|myprivacy)\.|cmp\.)|/(?:cookie-?|gdpr-?)?consent\b", re.I
)
_DIALOGUE, _NEAR = 3000, 8
"""Visible characters of a page that is a dialogue, and the blocks below its text in which it has buttons."""
_BUTTON = 40
"""Characters of a button's words."""
_MOST = 0.6
"""Share of the body's words that must speak of consent where the body is long."""


def consent(sight: Sight) -> str | None:
    """Why the page only asks for consent; None where it is more."""
    if sight.size >= 6000 or (sight.claims and sight.size >= SHORT):
        return None
    told = sight.body.chosen or (sight.content if sight.visible <= _DIALOGUE else ())
    share = _share(told, _MOST if sight.is_told else 0.0)
    if sight.is_told and share <= _MOST:
        return None
    if sight.size < SHORT:
        if sight.visible < 4000 and sight.size < 200 and (match := _ASKS.search(_words(sight))) and _is_question(sight):
            return f"says {match.group()!r}{_by(sight)}"
        if (
            sight.visible < 600
            and not sight.dated
            and _ASKS.search(_words(sight))
            and (match := _VENDOR.search(sight.source))
        ):
            return f"little but a dialogue of {match.lastgroup}"
    if sight.dated and sight.size >= 2 * SHORT:
        return None
    if share > _MOST and not sight.claims and (choice := _choice(sight)):
        return f"{share:.0%} of its text speak of consent, above the buttons {choice}{_by(sight)}"
    if share > _MOST and (
        _addressed(sight) or (_ASKS.search(_words(sight)) and (_VENDOR.search(sight.source) or _buttons(sight)))
    ):
        return f"{share:.0%} of its text speak of consent{_by(sight)}"
    return None


def _share(told: Sequence[TextBlock], least: float) -> float:
    """Share of the text that stands in blocks which speak of consent; no more than ``least`` where it is less.

    Long blocks come first: of an article few have to be looked through.
    """
    size = about = sum(len(block.text) for block in told)
    for block in sorted(told, key=lambda block: -len(block.text)):
        if about <= least * size:
            return least
        if not _SUBJECT.search(block.text.lower().replace("i\u0307", "i")):  # of the dotted capital I
            about -= len(block.text)
    return about / (size or 1)


def _is_question(sight: Sight) -> bool:
    """A short page may mention privacy in its footer: here the question must come early, or be all there is."""
    early = " ".join(block.text for block in sight.content[:40])[:1500]
    return bool(_ASKS.search(early)) and (
        sight.visible < 2500 or bool(_VENDOR.search(sight.source)) or _addressed(sight)
    )


def _words(sight: Sight) -> str:
    """The visible words but for links: every site has one to its cookies, in whatever box."""
    said = (block.text for block in sight.content if block.link_chars < 0.9 * len(block.text))
    return " ".join(said)[:6000]


def _choice(sight: Sight) -> str | None:
    """The words of the buttons below the text, where there is more than one to choose from, and no story beside it."""
    told = sight.body.chosen or sight.content
    if not told or sight.visible > _DIALOGUE:
        return None
    first, last = told[0].number, told[-1].number + _NEAR
    below = (block for block in sight.content if first < block.number <= last and len(block.text) < 2 * _BUTTON)
    buttons = [words for block in below for words in _pressed(block) if len(words) < _BUTTON]
    return ", ".join(map(repr, buttons[:2])) if len(buttons) > 1 else None


def _pressed(block: TextBlock) -> list[str]:
    """The words of what is pressed and leads nowhere: a button, or links that a script listens to."""
    if "button" in block.box.inside | {block.tag}:
        return [block.text]
    links = (element for element in block.elements if element.tag == "a")
    return [
        element.text_content().strip()
        for element in links
        if element.get("role") == "button" or (element.get("href") or "#").startswith(("#", "javascript:"))
    ]


def _buttons(sight: Sight) -> bool:
    pressed = (
        block for block in sight.content
        if len(block.text) < 60 and (block.tag == "button" or "button" in block.box.inside or block.link_chars)
    )  # fmt: skip
    return any(_ASKS.search(block.text) for block in pressed)


def _addressed(sight: Sight) -> bool:
    try:
        parts = urlsplit(sight.page.address)
    except ValueError:
        return False
    return bool(_ADDRESS.search(f"{parts.hostname or ''}{parts.path}"))


def _by(sight: Sight) -> str:
    match = _VENDOR.search(sight.source)
    return f", in a dialogue of {match.lastgroup}" if match else ""
