"""Outlets: whose page an article is, and whether two names or addresses mean the same house."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from crawler.model import Article, Organization
from crawler.model.address import without_visit

_AGENCY_NAMES = """
AP: ap, associated press
Reuters: reuters, thomson reuters
AFP: afp, agence france-presse
dpa: dpa, deutsche presse-agentur
PA: pa media, press association
Canadian Press: canadian press, la presse canadienne
Xinhua: xinhua, xinhua news agency
Kyodo: kyodo, kyodo news
Yonhap: yonhap, yonhap news, yonhap news agency
PTI: pti, press trust of india
Anadolu: anadolu, anadolu agency
UPI, ANSA, EFE, TASS, Interfax, ANI, IANS, APA, Keystone-SDA, ANP, Belga, Lusa, AAP, Ritzau, TT, NTB, STT, PAP, CTK, MTI
Europa Press
"""


def _agencies() -> dict[str, str]:
    found = {}
    for line in _AGENCY_NAMES.strip().splitlines():
        name, colon, credited_as = line.partition(": ")
        for credit in (credited_as or name).split(", "):
            found[credit.lower()] = name if colon else credit
    return found


AGENCIES = _agencies()
"""News agencies by the names they are credited under, lower case."""

_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov"})
_TRACKING = ("ref=", "cmpid", "ocid", "mc_")
_NUMBER = re.compile(r"[\d.]+|[\da-f.]*:[\da-f:.]*")
_NOISE = re.compile(r"^(?:the|der|die|das|le|la|el)\s+|(?:\.com|\.org|\.net|\s+online|\s+digital)$")


def name_of(article: Article, otherwise: str) -> str:
    """What to call the house whose page this is: ``ABC News (on NewsBreak)`` where another shows its text."""
    names = [house.name for house in (article.publisher, article.distributor) if house and house.name]
    if len(names) == 2 and not same_name(*names):
        return f"{names[0]} (on {names[1]})"
    return names[0] if names else site_of(page_of(article)) or otherwise


def credited(article: Article) -> str | None:
    """The name of the outlet that is credited with the text."""
    return article.publisher.name if article.publisher else None


def page_of(article: Article) -> str | None:
    """The address where the page itself stands or stood, also where an archive's copy of it was captured."""
    return article.memento.page if article.memento else article.url


@lru_cache(maxsize=1 << 12)
def site_of(url: str | None) -> str | None:
    """The registered part of an address's host: ``bbc.co.uk`` of ``https://bbc.co.uk/news``; IP addresses are whole."""
    host = _host(_split(url)) if url else ""
    if _NUMBER.fullmatch(host):
        return host
    labels = host.removeprefix("www.").split(".")
    if len(labels) < 2:
        return None
    take = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-take:])


@lru_cache(maxsize=1 << 12)
def address_of(url: str) -> str:
    """An address without what differs between links to one page: scheme, ``www``, mobile host, tracking, last slash."""
    parts = _split(without_visit(url))
    host = _host(parts).removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    asked = [one for one in parts.query.split("&") if one and not one.lower().startswith(_TRACKING)]
    return f"{host}{parts.path.rstrip('/')}?{'&'.join(asked)}"


def sites_of(article: Article) -> frozenset[str]:
    """The sites an article's page is of: its own address, and its distributor's."""
    own = (page_of(article), article.distributor.url if article.distributor else None)
    return frozenset(filter(None, map(site_of, own)))


def same_name(one: str | None, other: str | None) -> bool:
    """True where two names of outlets mean one house: ``The Harbour Times`` and ``harbourtimes.com``."""
    return bool(one and other) and name_key(one or "") == name_key(other or "")


def ownership(organization: Organization | None, article: Article) -> int:
    """How surely ``article``'s page is one of ``organization``'s own: 2 by its site, 1 by the house's name, 0 not."""
    if organization is None:
        return 0
    site = site_of(organization.url)
    if (site and site in sites_of(article)) or _is_named_for(site_of(page_of(article)), organization.name):
        return 2
    house = article.distributor or article.publisher
    return int(same_name(organization.name, house.name if house else None))


def is_named_for(site: str | None, name: str | None) -> bool:
    """True where a site has the name of an outlet, or its abbreviation: ``nytimes.com`` for The New York Times."""
    label = (site or "").partition(".")[0].replace("-", "")
    return _is_named_for(site, name) or (len(label) > 2 and _abbreviates(label, name or ""))


def _abbreviates(label: str, name: str) -> bool:
    """Whether a label is made of beginnings of a name's words, in their order: ``nzz``, ``wapo``."""
    reached = {0}
    for word in re.findall(r"\w+", name.lower()):
        for at in tuple(reached):
            reached.update(at + size for size in range(1, len(word) + 1) if label.startswith(word[:size], at))
    return len(label) in reached


def _is_named_for(site: str | None, name: str | None) -> bool:
    """True where a site has the name of an outlet: ``thecourier.example`` for The Courier."""
    label = (site or "").partition(".")[0].replace("-", "")
    return bool(label and name) and label in (re.sub(r"\W+", "", (name or "").lower()), name_key(name or ""))


@lru_cache(maxsize=1 << 12)
def name_key(name: str) -> str:
    """What the ways to write the name of one house have in common."""
    return re.sub(r"\W+", "", _NOISE.sub("", name.strip().lower()))


def _split(url: str) -> SplitResult:
    """The parts of an address; one whose host can't be read, as ``http://[velm/``, is all path."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")


def _host(parts: SplitResult) -> str:
    """The host as the name system has it (RFC 3490): ``bücher.example`` and ``xn--bcher-kva.example`` are one."""
    host = (parts.hostname or "").rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
