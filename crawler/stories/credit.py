"""Who credits whom: addresses, outlets named in the text, bylines and picture credits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.model import Article, Reason
from crawler.stories.attribution import attribution, is_named_in
from crawler.stories.outlets import (
    AGENCIES,
    address_of,
    credited,
    name_of,
    ownership,
    page_of,
    same_name,
    site_of,
    sites_of,
)


def credits_other(one: Article, other: Article) -> Iterator[Reason]:
    """Reasons to hold ``one`` for the earlier, found in what ``other`` says of it; weights are positive."""
    yield from _addresses(one, other)
    yield from _distribution(one, other)
    yield from _byline(one, other)
    yield from _attribution(one, other)
    yield from _beside(one, other)


def credited_people(one: Article, other: Article) -> Iterator[Reason]:
    """Reasons to hold ``one`` for the earlier: bylines and picture credits that ``other`` lacks."""
    people = ", ".join(
        name for name in one.authors if name.lower() not in AGENCIES and not same_name(name, credited(other))
    )
    if people and not other.authors and not other.byline:
        yield Reason(f"only {name_of(one, 'one text')} names who wrote it: {people}", 0.4, one.byline or people)
    mine = [image.credit for image in one.images if image.credit]
    if mine and not any(image.credit for image in other.images):
        yield Reason(f"only {name_of(one, 'one text')} credits its pictures: {mine[0]}", 0.3, "; ".join(mine))
    elif not mine and any(image.caption for image in one.images) and not any(image.caption for image in other.images):
        captions = "; ".join(image.caption for image in one.images if image.caption)
        yield Reason(f"only {name_of(one, 'one text')} has captioned pictures", 0.2, captions)


def _addresses(one: Article, other: Article) -> Iterator[Reason]:
    page, canonical = page_of(one), other.canonical_url
    own = {address_of(url) for url in (page, one.canonical_url) if url}
    if page and canonical and address_of(canonical) == address_of(page) != address_of(page_of(other) or ""):
        name = name_of(other, "one page")
        yield Reason(f"a page of {name} says that the other is the address of its story", 2.0, canonical)
        return
    # Of two pages whose own addresses are not known one that both call theirs says nothing.
    said = None if page == page_of(other) and canonical == one.canonical_url else canonical
    foreign = [url for url in (*other.original_urls, said) if url and site_of(url) not in sites_of(other)]
    for url in foreign:
        if address_of(url) in own:
            yield Reason(f"{name_of(other, 'one page')} names the other's address as the original", 2.0, url)
            return
    houses = sites_of(one) | {site_of(one.publisher.url if one.publisher else None)}
    for url in foreign:
        if site_of(url) in houses:
            yield Reason(f"{name_of(other, 'one page')} names a page of {site_of(url)} as the original", 0.8, url)
            return


def _distribution(one: Article, other: Article) -> Iterator[Reason]:
    publisher = other.publisher
    if publisher and publisher.name and ownership(publisher, one) > ownership(publisher, other):
        copy = name_of(other, "one page")
        who = site_of(page_of(other)) if same_name(copy, publisher.name) else copy
        yield Reason(
            f"{who} credits {publisher.name}, whose page the other is",
            1.5,
            f"publisher {publisher.name}",
        )


def _byline(one: Article, other: Article) -> Iterator[Reason]:
    outlet, byline = credited(one), " / ".join(filter(None, (other.byline, *other.authors)))
    if not outlet or not byline or one.distributor or ownership(one.publisher, other):
        return
    if is_named_in(outlet, byline):
        yield Reason(f"the byline of {name_of(other, 'the one')} names {outlet}, whose page the other is", 1.2, byline)


def _attribution(one: Article, other: Article) -> Iterator[Reason]:
    text, site = other.text, site_of(page_of(one))
    if not text or ownership(one.publisher, other):
        return
    outlet, named = None, None
    for outlet in (credited(one), None if site in sites_of(other) else site):
        if outlet and not same_name(outlet, credited(other)) and (named := attribution(outlet, text)):
            break
    if named is None:
        return
    found, first = named
    if first:
        yield Reason(f"the text says it appeared at {outlet} first", 1.5, _around(text, found))
    else:
        yield Reason(
            f"the text of {name_of(other, 'the one')} names {outlet}, who published the other, as its source",
            1.0,
            _around(text, found),
        )


def _beside(one: Article, other: Article) -> Iterator[Reason]:
    """Lines, logos and data beside the text of ``other`` that name the house of ``one``."""
    if one.distributor or ownership(one.publisher, other) or sites_of(one) & sites_of(other):
        return
    site = site_of(page_of(one))
    for credit in other.credits:
        names = (credited(one), site)
        named = any(same_name(name, credit.text) or (name and attribution(name, credit.text)) for name in names)
        if named or (site and site == site_of(credit.url)):
            house = credited(one) or site
            yield Reason(
                f"{name_of(other, 'one page')} credits {house}, whose page the other is, beside its text",
                1.0,
                " ".join(filter(None, (credit.text, credit.url))),
            )
            return


def _around(text: str, found: re.Match[str]) -> str:
    before = text[: found.start()].rpartition("\n")[2].split(" ")[-9:]
    return (" ".join(before) + text[found.start() : found.end() + 20].split("\n")[0]).strip()
