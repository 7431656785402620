"""What a page's JSON-LD says of its article, ``@graph`` and ``@id`` references included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.extract.names.names import is_agency, is_person
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.access import is_free, words_of
from crawler.extract.witnesses.json_ld_fit import first, fit, is_anothers, types
from crawler.extract.witnesses.proposal import UNSET, Proposal
from crawler.extract.wording import tidy, word_set
from crawler.model import Candidate, Organization

_ARTICLES = word_set(
    "article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle reviewnewsarticle "
    "backgroundnewsarticle asknewsarticle blogposting liveblogposting socialmediaposting techarticle "
    "scholarlyarticle satiricalarticle advertisercontentarticle report recipe review medicalwebpage howto "
    "discussionforumposting videoobject podcastepisode"
)
_PAGES = frozenset(("webpage", "itempage", "aboutpage", "faqpage", "collectionpage", "medicalwebpage"))

_HOLDING = ("mainEntity", "mainEntityOfPage", "author", "creator", "publisher", "@graph", "subjectOf", "video")
"""What of an object's may be another object to look at."""


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates from the article objects that fit this page best, then from its WebPage object."""
    objects = list(_reachable(page.json_ld))
    by_id = {name: value for value in objects if "@id" in value and len(value) > 2 for name in _ids(value["@id"])}
    articles = [value for value in objects if types(value) & _ARTICLES and not is_anothers(value, page, layout)]
    articles.sort(key=lambda value: -fit(value, page))
    for rank, value in enumerate(articles[:3]):
        yield from _article(value, by_id, 0.95 - 0.25 * rank - (0.2 if "videoobject" in types(value) else 0))
    for value in objects:
        if types(value) & _PAGES:
            yield from _webpage(value, by_id)


def _reachable(values: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    waiting: list[Any] = list(values)[::-1]
    seen = 0
    while waiting and seen < 2000:
        value = waiting.pop()
        seen += 1
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            for key in _HOLDING:
                if isinstance(value.get(key), (dict, list)):
                    waiting.append(value[key])
            part = value.get("hasPart")
            if types(value) & _PAGES and (isinstance(part, dict) or (isinstance(part, list) and len(part) == 1)):
                waiting.append(part)


def _ids(value: Any) -> tuple[str, ...]:
    """An id, and the part of it that a reference in the same page may name alone."""
    before, mark, fragment = str(value).partition("#")
    return (str(value), mark + fragment) if before and mark and fragment else (str(value),)


def _article(value: dict[str, Any], by_id: dict[str, dict[str, Any]], trust: float) -> Iterator[Proposal]:
    kind = next(iter(types(value)), "Article")
    place = f"{kind}."

    def say(field: str, said: Any, key: str, share: float = 1.0) -> Proposal:
        return field, Candidate(said, "json-ld", place + key, round(trust * share, 3))

    yield say("type", kind, "@type")
    for key, share in (("headline", 1.0), ("name", 0.8), ("alternativeHeadline", 0.4)):
        if text := tidy(first(value.get(key))):
            yield say("headline", text, key, share)
    if text := tidy(first(value.get("description"))):
        yield say("description", text, "description")
    for key, field in (("datePublished", "date_published"), ("dateModified", "date_modified")):
        if text := _date(value.get(key)):
            yield say(field, text, key)
    for key, share in (("dateCreated", 0.6), ("uploadDate", 0.6)):
        if text := _date(value.get(key)):
            yield say("date_published", text, key, share)
    for key, share in (("author", 1.0), ("creator", 0.8)):
        if names := _people(value.get(key), by_id):
            yield say("authors", names, key, share)
    if publisher := _organization(first(value.get("publisher") or value.get("sourceOrganization")), by_id):
        yield say("publisher", publisher, "publisher")
    if (section := tidy(first(value.get("articleSection")))) and section not in UNSET:
        yield say("section", section, "articleSection")
    if topics := _keywords(value.get("keywords")):
        yield say("topics", topics, "keywords")
    if language := tidy(first(value.get("inLanguage"))):
        yield say("language", language, "inLanguage", 0.8)
    if images := tuple(_images(value.get("image"), by_id)):
        yield say("images", images, "image")
    for key in ("articleBody", "text"):
        body = first(value.get(key))
        if isinstance(body, str) and len(body) > 100:
            yield say("body", body, key)
            break
    if updates := "\n\n".join(_updates(value.get("liveBlogUpdate"))):
        yield say("body", updates, "liveBlogUpdate")
    if (free := is_free(value)) is not None:
        yield say("free", free, "isAccessibleForFree")
    if words := words_of(value):
        yield say("words", words, "wordCount")


def _updates(value: Any) -> Iterator[str]:
    """The texts of a live blog's entries."""
    for update in value if isinstance(value, list) else [value]:
        body = first(update.get("articleBody")) if isinstance(update, dict) else None
        if isinstance(body, str) and body.strip():
            yield body


def _webpage(value: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Iterator[Proposal]:
    for key, field, share in (
        ("headline", "headline", 0.5),
        ("name", "headline", 0.45),
        ("description", "description", 0.5),
        ("datePublished", "date_published", 0.75),
        ("dateModified", "date_modified", 0.75),
        ("inLanguage", "language", 0.6),
    ):
        if text := tidy(first(value.get(key))):
            yield field, Candidate(text, "json-ld", f"WebPage.{key}", share)
    if names := _people(value.get("author"), by_id):
        yield "authors", Candidate(names, "json-ld", "WebPage.author", 0.6)


def _date(value: Any) -> str:
    """A date as given, Unix time included."""
    value = first(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else tidy(value)


def _people(value: Any, by_id: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    """Names of authors as given; of organisations beside persons only agencies, after them."""
    named: list[str] = []
    others: list[str] = []
    for member in value if isinstance(value, list) else [value]:
        if isinstance(member, str):
            named.append(tidy(member))
        elif isinstance(member, list):
            named += _people(member, by_id)
        elif isinstance(member, dict):
            if isinstance(member.get("@list"), list):
                named += _people(member["@list"], by_id)
                continue
            known = {**by_id.get(str(member.get("@id")), {}), **member}
            name = known.get("name")
            if isinstance(name, dict):
                name = name.get("name") or name.get("@value")
            if not name and (known.get("givenName") or known.get("familyName")):
                name = f"{known.get('givenName') or ''} {known.get('familyName') or ''}"
            for one in name if isinstance(name, list) else [name]:
                if isinstance(one, dict):
                    one = one.get("name") or one.get("@value")
                if text := tidy(one):
                    (
                        others if "organization" in types(known) or "newsmediaorganization" in types(known) else named
                    ).append(text)
    if any(map(is_person, named)):
        others = [name for name in others if is_agency(name)]
    return tuple(dict.fromkeys(name for name in named + others if name))


def _organization(value: Any, by_id: dict[str, dict[str, Any]]) -> Organization | None:
    if isinstance(value, str):
        return Organization(tidy(value)) if tidy(value) and not value.startswith("http") else None
    if not isinstance(value, dict):
        return None
    known = {**by_id.get(str(value.get("@id")), {}), **value}
    name = tidy(first(known.get("name")))
    address = first(known.get("url"))
    if not name:
        return None
    return Organization(name, address if isinstance(address, str) and address.startswith("http") else None)


def _keywords(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return ()
    words = [tidy(word.get("name") if isinstance(word, dict) else word) for word in value]
    return tuple(dict.fromkeys(word for word in words if word and len(word) < 100))


def _images(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    for member in value if isinstance(value, list) else [value]:
        if isinstance(member, str) and member:
            yield member
        elif isinstance(member, dict):
            known = {**by_id.get(str(member.get("@id")), {}), **member}
            address = first(known.get("url") or known.get("contentUrl"))
            if isinstance(address, str) and address:
                yield address
