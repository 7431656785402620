"""Houses that two texts both credit: each may have the text from there, so neither need be the other's source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from crawler.model import Article, Organization
from crawler.stories.attribution import labelled_names
from crawler.stories.outlets import AGENCIES, credited, is_named_for, name_key, page_of, same_name, site_of, sites_of

_PARTS = re.compile(r"[,/;|·•]|\b(?:and|und|et|y|e|with)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|od)\s+", re.IGNORECASE)
_OPENING, _BEGINS = re.compile(r"\(([^()]{2,30})\)\s*[-–—]"), 160
"""An agency in a dateline of any form, and how far in such stand."""
_HOUSE = re.compile(
    r"\b(?:agenc\w+|agentur|agenzia|agência|press|presse|prensa|stampa|news|wire|newswire)\b|агентств|通信|通讯社|通訊社|통신"
    r"|وكالة",
    re.IGNORECASE,
)
"""Words in the name of a house that no person has in theirs."""
_NO_NAMES = """
news press staff desk team room newsroom bureau reporter reporters editor editors correspondent correspondents
writer writers web online digital the by and of breaking latest top live daily general local regional state city
county metro national international world foreign us uk eu europe asia africa business economy economic finance
financial market markets politics political sport sports science health tech technology education crime weather
travel culture arts music film movie entertainment celebrity lifestyle food home opinion video
"""
_NO_HOUSES = frozenset(_NO_NAMES.split())
"""Words that make no house's name: "World News" is a section, "News Desk" is anybody's."""
_ANYBODYS = """
twitter, x, facebook, instagram, youtube, tiktok, telegram, whatsapp, reddit, linkedin, google, wikipedia, pixabay
wikimedia commons, getty images, shutterstock, istock, unsplash, pexels, own research, own calculations
"""
_SHARED_PLACES = frozenset(re.split(r", |\n", _ANYBODYS.strip()))
"""In lower case, what is told as the source of pictures, posts and figures, and has no stories of its own."""


@dataclass(frozen=True, slots=True)
class _Credit:
    name: str
    sure: bool
    """Whether it must be a house; what a byline names may be a person."""


def shared_house(one: Article, other: Article) -> str | None:
    """The house that both credit and neither is; None where there is none, or both stand on one site."""
    if sites_of(one) & sites_of(other):
        return None
    mine = {_key(each.name): each for each in _credits(one)}
    yours = {_key(each.name): each for each in _credits(other)} if mine else {}
    for key, credit in mine.items():
        also = yours.get(key)
        if (
            also
            and (credit.sure or also.sure)
            and not (_is_of(names := {credit.name, also.name}, one, other) or _is_of(names, other, one))
        ):
            return credit.name
    return None


def is_from_elsewhere(article: Article) -> bool:
    """Whether a page says of itself that another house's story is shown on it."""
    own, shown = article.distributor, article.publisher
    if own and shown and shown.name and not same_name(own.name, shown.name):
        return True
    # A house may have a site in each of several countries' domains: bbc.co.uk and bbc.com.
    own_labels = {site.partition(".")[0] for site in sites_of(article)}
    return any(site and site.partition(".")[0] not in own_labels for site in map(site_of, article.original_urls))


def _credits(article: Article) -> Iterator[_Credit]:
    """Who ``article`` says that it has its text from; the surest last, since the last of a name counts."""
    for part in _byline(article):
        yield _credit(part, sure=False)
    if (opening := _OPENING.search((article.text or "")[:_BEGINS])) and opening[1].lower() in AGENCIES:
        yield _credit(opening[1], sure=True)
    for name in labelled_names(article.text or ""):
        yield _credit(name, sure=True)
    for beside in article.credits:
        for name in tuple(labelled_names(beside.text)) or (beside.text,):
            yield _credit(name, sure=name != beside.text)
        if site := site_of(beside.url):
            yield _Credit(site, True)
    if publisher := credited(article):
        yield _Credit(publisher, True)
    # Of a page whose own address is not known the canonical one may be it.
    canonical = (article.canonical_url,) if page_of(article) else ()
    for url in (*article.original_urls, *canonical):
        site = site_of(url)
        if site and site not in sites_of(article):
            yield _Credit(site, True)


def _credit(name: str, *, sure: bool) -> _Credit:
    agency = AGENCIES.get(name.lower().removeprefix("the "))
    is_house = _HOUSE.search(name) and not _NO_HOUSES.issuperset(_WORD.findall(name.lower().replace(".", "")))
    return _Credit(agency or name, bool(name.lower() not in _SHARED_PLACES and (sure or agency or is_house)))


def _byline(article: Article) -> Iterator[str]:
    for line in filter(None, (article.byline, *article.authors)):
        for part in _PARTS.split(line):
            if bare := _BY.sub("", part.strip(" .()[]")):
                yield bare


def _key(name: str) -> str:
    """The name of a house, or of its site, as they are compared."""
    label = name.partition(".")[0] if name == site_of(f"https://{name}/") else name
    return name_key(label).removeprefix("the")


def _is_of(names: Set[str], article: Article, other: Article) -> bool:
    """Whether ``article`` is a page of the house; where both call themselves its pages their sites tell."""
    site = site_of(page_of(article))
    keys = {_bare(name) for name in names}
    if (site and _bare(site) in keys) or any(is_named_for(site, name) for name in names):
        return True
    own = article.distributor or article.publisher
    return _is(keys, own) and not (article.distributor is None and _is(keys, other.publisher))


def _is(keys: Set[str], house: Organization | None) -> bool:
    return house is not None and _bare(house.name or "") in keys


def _bare(name: str) -> str:
    """The key of a house's name without what agencies' pages put behind it: "AP News" on ``apnews.com``."""
    key = _key(AGENCIES.get(name.lower().removeprefix("the "), name))
    return key.removesuffix("news") or key
