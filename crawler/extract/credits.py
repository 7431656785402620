"""Whom a page credits beside its text: lines, logos and data that name an outlet, without a link to the story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from crawler.extract.address import path_of
from crawler.extract.names.sections import is_section
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout, Link, TextBlock
from crawler.extract.wording import fold, tidy
from crawler.model import Credit

_BEFORE, _BEHIND = 8, 5
"""Blocks before and behind the text in which a credit stands."""
_WORDS, _NAME_WORDS, _SIGNS = 14, 6, 160
"""Words of a line that does nothing but credit, and of an outlet's name; characters of a line that is looked at."""
_MOST = 6
_OUTSIDE = frozenset({"nav", "footer", "form", "aside"})
_SAYS = re.compile(
    r"(?:^|[\s(\[|·])(?:(?:\w*source|via|credits?|\w*quelle|fuente|fonte|font|bron|k[iä]lla?|kilder?|heimild|lähde|źródło"
    r"|zdroj|izvor|vir|šaltinis|avots|allikas|forrás|sursa|kaynak|burimi|sumber|nguồn|πηγή|источник|джерело|крыніца|извор"
    r"|المصدر|منبع|מקור|स्रोत|来源|來源|稿源|出典|提供|引用元|配信|출처|자료)\s*[:：|–—-]\s*\S"
    r"|via\s|(?:provided|supplied|distributed|syndicated|republished|reprinted)\s)"
    r"|\b(?:originally|first|zuerst|ursprünglich|initialement|originalmente|originariamente|oorspronkelijk|ursprungligen"
    r"|opprinnelig|oprindeligt|pierwotnie|первоначально|впервые|спершу)\b.{0,40}\b(?:publi|pubbl|appeared|posted|ran\b|erschien"
    r"|veröffentlich|paru|verschenen|gepubliceerd|опубл|ukaza)|erschien\s+zuerst|paru\w*\s+d['’]abord"
    r"|\b(?:courtesy|permission|genehmigung|autorisation|permiso|cortesía|concessione|cortesia|toestemming|tillstånd"
    r"|tillatelse|tilladelse|zgodą|разрешения)\b|^(?:avec|con informaci|com informaç|with report(?:s|ing)"
    r"|по материалам)|^\W*(?:©|\(c\)|copyright)|أولا في|نقلا عن|最初に掲載|初出|转载自|轉載自|转自|首发于",
    re.IGNORECASE,
)
_PICTURED = re.compile(
    r"photo|picture|image|foto|bild|grafik|illustration|imagen|imagem|immagine|фото|图|圖|写真", re.IGNORECASE
)
"""Words of a line that says whose a picture is, and not whose the text."""
_APART = re.compile(r"\s[|·•–—-]\s|[|·•\n]")
_DATED = re.compile(r"\d|\b(?:yesterday|today|gestern|heute|hier|ayer|hoy|вчера|сегодня)\b|昨日|今日|أمس|اليوم", re.I)
_CALLED_LOGO = re.compile(r"\W*\blogo\b(?:\s(?:of|von|de|der|des))?\W*", re.IGNORECASE)
_LOGO = re.compile(r"logo|publisher|provider|brand|outlet|partner|source[-_]", re.IGNORECASE)
_OWN_PAGE = re.compile(r"/(?:publishers?|outlets?|providers?|partners?|sources?|media)/[^/?#]+/?$", re.IGNORECASE)
"""The page that a site keeps of an outlet whose stories it shows."""
_HOLDERS = ("copyrightHolder", "sourceOrganization", "provider", "isPartOf")
_NETWORKS = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|linkedin|instagram|youtube|tiktok|pinterest|whatsapp|telegram|t|reddit|flipboard"
    r"|threads|bsky|mastodon|google|apple|vk|ok|weibo|wechat|line|mailto|bing|msn|yahoo|wordpress|disqus|blogger|medium|substack|github"
    r"|patreon|paypal|creativecommons|wix|squarespace|shopify|ghost|joomla|drupal|cloudflare)\.\w+$"
)
"""Hosts that a page links to so that it may be passed on, followed or paid there, or because it is made with them."""
_MADE_WITH = re.compile(
    r"\b(?:powered|designed|built|hosted|developed|created|managed)\s(?:by|with|on)\b|\btheme\b.{0,30}\bby\b",
    re.IGNORECASE,
)
"""Words of a line that says by what a page is made."""


def find_credits(page: Page, chosen: Sequence[TextBlock], own: Sequence[str | None]) -> tuple[Credit, ...]:
    """What may name who the text is from, as printed; ``own`` are the names of the page's house and authors."""
    if not chosen:
        return ()
    mine = {fold(name) for name in own if name}
    found: dict[Credit, None] = {}
    for credit in (*_in_data(page), *_beside(page, page.layout, chosen)):
        if credit.text and fold(credit.text) not in mine:
            found.setdefault(credit)
    return tuple(found)[:_MOST]


def _in_data(page: Page) -> Iterator[Credit]:
    for thing in page.json_ld:
        if "headline" not in thing:
            continue
        for name in _HOLDERS:
            for value in thing[name] if isinstance(thing.get(name), list) else [thing.get(name)]:
                yield from _named(value)


def _named(value: Any) -> Iterator[Credit]:
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        url = value.get("url")
        yield Credit(tidy(value["name"])[:_SIGNS], url if isinstance(url, str) else None)


def _beside(page: Page, layout: Layout, chosen: Sequence[TextBlock]) -> Iterator[Credit]:
    first, last = chosen[0].number, chosen[-1].number
    taken = {block.number for block in chosen}
    near = [*range(max(0, first - _BEFORE), first), *range(last + 1, min(len(layout.blocks), last + 1 + _BEHIND))]
    looked_at = frozenset(near)
    links = {link.first: link for link in layout.links if link.first in looked_at}
    begins = max((number for number in near if number < first and layout.blocks[number].level == 1), default=-1)
    for number in near:
        block = layout.blocks[number]
        if number > last and block.level:
            break  # what follows is of other stories
        if number <= begins or number in taken or not block.box.inside.isdisjoint(_OUTSIDE):
            continue
        if len(block.text) <= _SIGNS and len(block.text.split()) <= _WORDS:
            yield from _of_line(page, block, links.get(number))
    yield from _logos(layout, first, begins)


def _of_line(page: Page, block: TextBlock, link: Link | None) -> Iterator[Credit]:
    leads = _front_of(page, link) if link else None
    if _MADE_WITH.search(block.text):
        return
    if leads:
        yield Credit(tidy(" ".join(link.element.itertext())) if link else "", leads)
    elif _SAYS.search(block.text):
        if not _PICTURED.search(block.text):
            yield Credit(block.text)
    elif link and _OWN_PAGE.search(path_of(link.address)):
        yield Credit(tidy(" ".join(link.element.itertext())))
    else:
        parts = [part.strip() for part in _APART.split(block.text)]
        names = [part for part in parts if part and not _DATED.search(part) and len(part.split()) <= _NAME_WORDS]
        if len(names) == 1 and any(map(_DATED.search, parts)) and not is_section(names[0]):
            yield Credit(names[0])


def _front_of(page: Page, link: Link) -> str | None:
    """The front page of another site that a link leads to."""
    address = page.absolute(link.address) or ""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    is_front = parts.path in ("", "/") and not parts.query
    return address if is_front and host and host != page.layout.host and not _NETWORKS.search(host) else None


def _logos(layout: Layout, first: int, begins: int) -> Iterator[Credit]:
    """Names of the logos between headline and text."""
    for element, box, before in layout.pictures:
        if begins < before <= first and box.inside.isdisjoint(_OUTSIDE):
            told = tidy(element.get("alt") or "")
            if len(told) > _SIGNS:
                continue
            alt = tidy(_CALLED_LOGO.sub(" ", told))
            named = f"{element.get('class', '')} {element.get('src', '')} {box.names}"
            if alt and len(alt.split()) <= _NAME_WORDS and _LOGO.search(named):
                yield Credit(alt)
