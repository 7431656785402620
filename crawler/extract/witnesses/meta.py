"""What a page's meta elements say: OpenGraph, Twitter cards, Dublin Core, parsely, sailthru and their kin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.embedded import loads_lenient
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.proposal import UNSET, Proposal
from crawler.extract.wording import tidy
from crawler.model import Candidate, Organization

_FIELDS: dict[str, tuple[tuple[str, float], ...]] = {
    "headline": (
        ("og:title", 0.8),
        ("twitter:title", 0.7),
        ("parsely-title", 0.85),
        ("sailthru.title", 0.75),
        ("dc.title", 0.6),
        ("dcterms.title", 0.6),
        ("cxenseparse:title", 0.7),
        ("citation_title", 0.8),
        ("hdl", 0.8),
        ("headline", 0.8),
        ("article:title", 0.8),
        ("title", 0.5),
    ),
    "description": (
        ("og:description", 0.8),
        ("description", 0.75),
        ("twitter:description", 0.7),
        ("dc.description", 0.6),
        ("sailthru.description", 0.6),
    ),
    "date_published": (
        ("article:published_time", 0.93),
        ("article:published", 0.9),
        ("og:article:published_time", 0.9),
        ("parsely-pub-date", 0.9),
        ("sailthru.date", 0.8),
        ("datepublished", 0.85),
        ("cxenseparse:recs:publishtime", 0.85),
        ("cxenseparse:publishtime", 0.85),
        ("dc.date.issued", 0.85),
        ("dcterms.created", 0.75),
        ("dc.date.created", 0.75),
        ("dc.date", 0.75),
        ("dcterms.date", 0.75),
        ("date", 0.75),
        ("pubdate", 0.85),
        ("publishdate", 0.85),
        ("publish-date", 0.85),
        ("publish_date", 0.85),
        ("publication_date", 0.85),
        ("published", 0.7),
        ("article_date_original", 0.85),
        ("originalpublicationdate", 0.85),
        ("citation_publication_date", 0.7),
        ("citation_date", 0.7),
        ("bt:pubdate", 0.8),
        ("rnews:datepublished", 0.8),
        ("created", 0.5),
        ("date.created", 0.7),
        ("og:pubdate", 0.8),
        ("vr:published_time", 0.8),
        ("article.published", 0.85),
        ("article.created", 0.75),
        ("displaydate", 0.7),
        ("ptime", 0.7),
        ("weibo:article:create_at", 0.8),
        ("og:release_date", 0.6),
    ),
    "date_modified": (
        ("article:modified_time", 0.9),
        ("og:updated_time", 0.8),
        ("article:modified", 0.9),
        ("datemodified", 0.85),
        ("lastmod", 0.7),
        ("last-modified", 0.6),
        ("dcterms.modified", 0.8),
        ("dc.date.modified", 0.8),
        ("article.updated", 0.8),
        ("modified", 0.5),
        ("revision_date", 0.6),
        ("utime", 0.6),
    ),
    "section": (
        ("article:section", 0.8),
        ("parsely-section", 0.7),
        ("cxenseparse:category", 0.5),
        ("section", 0.5),
        ("og:article:section", 0.7),
    ),
    "canonical_url": (("og:url", 0.8), ("twitter:url", 0.5)),
    "language": (("og:locale", 0.5), ("dc.language", 0.5), ("content-language", 0.6), ("language", 0.5)),
    "type": (("og:type", 0.6),),
}
_KNOWN = frozenset(name for names in _FIELDS.values() for name, _ in names)
_AUTHORS = (
    ("parsely-author", 0.85),
    ("author", 0.75),
    ("article:author", 0.7),
    ("article:author_name", 0.8),
    ("sailthru.author", 0.8),
    ("dc.creator", 0.75),
    ("dcterms.creator", 0.75),
    ("citation_author", 0.85),
    ("cxenseparse:author", 0.8),
    ("byl", 0.85),
    ("twitter:creator:name", 0.6),
    ("og:article:author", 0.7),
    ("rbauthors", 0.8),
    ("authors", 0.8),
    ("creator", 0.6),
    ("article.author", 0.8),
)
_NAMES_OF_AUTHORS = frozenset(name for name, _ in _AUTHORS)
_LAST_NAME_FIRST = frozenset(("citation_author", "dc.creator", "dcterms.creator"))
"""Where catalogues put "Berg, Anna"."""
_REVERSED = re.compile(r"([^\s,]+(?: [^\s,]+)?), ([^\s,]+(?: [^\s,]+){0,2})")
_ADDRESS = re.compile(r"://|\bwww\.|^(?:©|copyright\b)", re.I)
"""In the name of who made the site, or whose it is."""
_TOPICS = (
    ("news_keywords", 0.8),
    ("article:tag", 0.8),
    ("parsely-tags", 0.6),
    ("sailthru.tags", 0.6),
    ("keywords", 0.5),
)
_IMAGES = (("og:image:secure_url", 0.75), ("og:image", 0.8), ("og:image:url", 0.8), ("twitter:image", 0.7),
           ("twitter:image:src", 0.7), ("parsely-image-url", 0.7), ("thumbnail", 0.4))  # fmt: skip
_WRITTEN_BY = re.compile(
    r"written by|posted by|published by|by|author|verfasst von|geschrieben von|autor(?:in)?|von|écrit par"
    r"|rédigé par|auteur"
    r"|escrito por|publicado por|por|autora?|scritto da|autore|geschreven door|auteur|skriven av"
    r"|författare|skrevet af|skrevet av"
    r"|forfatter|kirjoittanut|kirjoittaja|napisane przez|napisał|autor wpisu|napsal|napsal\(a\)|szerző"
    r"|írta|scris de|yazan|yazar"
    r"|автор|написано|опубліковано|автор запису|συγγραφέας|γράφτηκε από|كُتب بواسطة|كتب بواسطة|الكاتب"
    r"|نویسنده|نوشته شده توسط|מאת|נכתב על ידי"
    r"|written-by|ditulis oleh|penulis|được viết bởi|tác giả|เขียนโดย|執筆者|著者|投稿者|作者|作成者|글쓴이|작성자"
)
_PUBLISHERS = (
    ("og:site_name", 0.7),
    ("dc.publisher", 0.6),
    ("publisher", 0.6),
    ("application-name", 0.5),
    ("copyright", 0.2),
)
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{4}|\w+ \d{1,2}, \d{4}")
_TITLE_DAY = re.compile(r"\s[|·–—-]\s*(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d|\d{1,2}\.? [^\W\d_]{3,12} \d{4})\s*$")
"""A date behind the last bar of a page's title."""
_CHANGED = re.compile(r"modif|updat|revis|change")
_ISSUED = re.compile(r"publi|pub-?date|pub[\W_]?time|issued|release|creat|article|post|story|content")


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Candidates from meta elements, each at the trust its name has earned."""
    meta = page.meta
    site = next(map(tidy, meta.get("og:site_name", ())), None)
    for field, names in _FIELDS.items():
        for name, trust in names:
            for value in meta.get(name, ())[:1]:
                if (text := tidy(value)) and text not in UNSET and not (field == "description" and text == site):
                    yield field, Candidate(text, "meta", name, trust)
    yield from _dates_by_name(meta)
    yield from _parsely_page(meta)
    if dated := _TITLE_DAY.search(page.title):
        yield "date_published", Candidate(dated[1], "meta", "title", 0.7)
    for name, trust in _AUTHORS:
        values = filter(None, map(tidy, meta.get(name, ())[:12]))
        if found := tuple(text for text in values if text not in UNSET and not _ADDRESS.search(text)):
            if name in _LAST_NAME_FIRST and all(_REVERSED.fullmatch(text) for text in found):
                found = tuple(_REVERSED.sub(r"\2 \1", text) for text in found)
            yield "authors", Candidate(tuple(dict.fromkeys(found)), "meta", name, trust)
    others = not meta.keys().isdisjoint(_NAMES_OF_AUTHORS) or any(value.get("author") for value in page.json_ld)
    if not others and (labelled := tuple(_written_by(meta))):
        yield "authors", Candidate(labelled, "meta", "twitter:data", 0.75)
    for name, trust in _TOPICS:
        words = (tidy(part) for value in meta.get(name, ()) for part in value.split(","))
        if found := tuple(dict.fromkeys(word for word in words if word and word not in UNSET)):
            yield "topics", Candidate(found[:50], "meta", name, trust)
    for name, trust in _IMAGES:
        if found := tuple(dict.fromkeys(meta.get(name, ()))):
            yield "images", Candidate(found[:10], "meta", name, trust)
    for name, trust in _PUBLISHERS:
        for value in meta.get(name, ())[:1]:
            if text := tidy(value):
                yield "publisher", Candidate(Organization(text), "meta", name, trust)
    if address := page.linked("canonical"):
        yield "canonical_url", Candidate(address, "meta", "link[rel=canonical]", 0.9)
    if address := page.linked("image_src"):
        yield "images", Candidate((address,), "meta", "link[rel=image_src]", 0.5)
    if page.language:
        yield "language", Candidate(page.language, "meta", "html[lang]", 0.7)


def _written_by(meta: dict[str, list[str]]) -> Iterator[str]:
    """The name beside the label for it, as plugins of WordPress have it for cards of Twitter and Slack.

    It is often the account that entered the text: where other data name an author, that is who wrote.
    """
    for number in ("1", "2"):
        label = next(iter(meta.get(f"twitter:label{number}", ())), "")
        if _WRITTEN_BY.fullmatch(tidy(label).rstrip(" :").lower()):
            yield from filter(None, map(tidy, meta.get(f"twitter:data{number}", ())[:1]))


def _parsely_page(meta: dict[str, list[str]]) -> Iterator[Proposal]:
    """What the one meta element of Parse.ly's older integration says, in JSON."""
    said = loads_lenient(meta["parsely-page"][0]) if "parsely-page" in meta else None
    if not isinstance(said, dict):
        return
    for field, key, trust in (
        ("headline", "title", 0.8),
        ("date_published", "pub_date", 0.85),
        ("section", "section", 0.7),
    ):
        if text := tidy(said.get(key)):
            yield field, Candidate(text, "meta", f"parsely-page.{key}", trust)
    authors = said.get("authors") or said.get("author")
    if found := tuple(filter(None, map(tidy, authors if isinstance(authors, list) else [authors]))):
        yield "authors", Candidate(found[:12], "meta", "parsely-page.authors", 0.8)


def _dates_by_name(meta: dict[str, list[str]]) -> Iterator[Proposal]:
    """Dates under names that only one newsroom uses, as far as the name tells what they are."""
    for name, values in meta.items():
        if name in _KNOWN or not ("date" in name or "time" in name or "publi" in name) or not _DAY.match(values[0]):
            continue
        if _CHANGED.search(name):
            yield "date_modified", Candidate(tidy(values[0]), "meta", name, 0.6)
        elif _ISSUED.search(name):
            yield "date_published", Candidate(tidy(values[0]), "meta", name, 0.6)
