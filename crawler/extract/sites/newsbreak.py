"""NewsBreak, the aggregator: the story's own data in its page, who is credited, and the picture proxy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from crawler.extract.address import path_of
from crawler.extract.counts import find_counts
from crawler.extract.page import Page
from crawler.extract.sites.markup import Markup, read_markup
from crawler.extract.sites.particlenews import asset_address, pictures
from crawler.extract.sites.reading import SURE, SiteReading
from crawler.extract.sites.values import inside, json_object, names_in, text_of, url_of
from crawler.extract.wording import tidy
from crawler.model import Block, Candidate, Card, Count, Organization, Outcome, Panel
from crawler.model.address import host_of

# Seen 2021-12 to 2026-11: Next.js; `__NEXT_DATA__`, `props.pageProps`, also alone as /_next/data/<buildId>/….json.
#   (a) `docInfo`: post_id, title, epoch, authors, source, city_name, category_display, unified_category, image,
#       summary, content (HTML), origin_url, seoConfig.newsArticleJsonLD
#   (b) flat: id, originalUrl, seoCanonicalUrl, publisher, date, authors, cover, content
#   `__N_REDIRECT`: the story is at another address.
#   JSON-LD: `headline` ends in " - NewsBreak"; `publisher` is the credited outlet, its `url` the best pointer to the
#   original; `articleBody` may be HTML, whole even where the page shows a teaser.
#   "undefined Followers", "User since undefined NaN": a page whose script did not run; no count.
_ALWAYS = {"headline": "title", "date_published": "epoch or date", "_content": "content"}
_SUFFIX = re.compile(r"\s+[-–|]\s+News ?Break\s*$", re.I)
_STORY = re.compile(r"^/(?:news|n|share)/|^/_next/data/")
_HOSTS = ("newsbreak.com", "newsbreakapp.com")
_OWNERS = frozenset({"followers", "following", "posts", "views"})
_COUNTS = {"comment_count": "comments", "commentCount": "comments", "like_count": "likes", "share_count": "shares"}
_HERE = Organization("NewsBreak", "https://www.newsbreak.com")
#   Links of the story are stripped (seen 2021-12): one in a sentence leaves a space before its full stop, one that
#   stood alone leaves another story's headline as a paragraph.
_LOST_LINK = re.compile(r"(?<=[\w”\"’)]) (?=[.,](?:\s|$))")
_HEADLINE = re.compile(r"[A-Z0-9“‘\"'].*[\w’'”)]")
_AGE = re.compile(r"(?:\d+|an?) ?(?:s|m|h|d|w|y|sec|min|hour|day|week|month|year)[a-z]* ago|yesterday|just now", re.I)
_FIRST = 400
"""Elements of a page that its head and the lines above the story take up."""


class NewsBreak:
    """Stories on newsbreak.com."""

    name = "newsbreak"

    def matches(self, url: str) -> bool:
        """True for any page of the site, its local subdomains and old hosts included."""
        host = host_of(url)
        return any(host == known or host.endswith(f".{known}") for known in _HOSTS)

    def recognises(self, page: Page) -> bool:
        """True for the site's pages, and for those of another site that the same software made."""
        if self.matches(page.address):
            return True
        doc = inside(_page_props(page), "docInfo") if "origin_url" in page.text else {}
        return "post_id" in doc and "origin_url" in doc

    def witness(self, page: Page) -> SiteReading:
        """What docInfo, the flat form or JSON-LD say, in this order of trust."""
        here = _HERE if self.matches(page.address) else _host(page)
        props = _page_props(page)
        elsewhere = props.get("__N_REDIRECT")
        if isinstance(elsewhere, str):
            address = page.absolute(elsewhere) or elsewhere
            reason, notes = f"the page's data sends the reader to {address}", (f"redirect: {address}",)
            return SiteReading(distributor=here, outcome=Outcome.REDIRECT, outcome_reason=reason, notes=notes)
        found = [*_told(props), *_linked_data(page, props), *_shown_age(page)]
        if not found and not _is_story(page.address):
            return SiteReading(distributor=here, panels=_feed(page, props))
        markup = _content(found)
        outlet = _said(found, "publisher")
        return SiteReading(
            candidates=tuple((field, candidate) for field, candidate in found if not field.startswith("_")),
            panels=_feed(page, props),
            counts=_counts(page, props, outlet.name if outlet else None),
            images=tuple(pictures(page, markup, _said(found, "_lead"))) if markup.blocks else (),
            original_urls=tuple(dict.fromkeys(value for field, value in _values(found) if field == "_original")),
            distributor=here,
            blocks=_joined(markup.blocks),
            drift=_drift(props),
        )


def _drift(props: dict[str, Any]) -> str | None:
    """Which rule found nothing: both forms of a story, or what each of them has always had."""
    told = {field for field, _ in _told(props)}
    if not told:
        return "newsbreak: neither docInfo nor the flat form in __NEXT_DATA__"
    missing = [name for field, name in _ALWAYS.items() if field not in told]
    return f"newsbreak: no {' and no '.join(missing)} in __NEXT_DATA__" if missing else None


def _host(page: Page) -> Organization:
    named = next(iter(page.meta.get("og:site_name", ())), None)
    return Organization(named or host_of(page.address), f"https://{host_of(page.address)}")


def _page_props(page: Page) -> dict[str, Any]:
    state = page.state.get("__NEXT_DATA__")
    return inside(state, "props", "pageProps") or inside(json_object(page.text), "pageProps")


def _is_story(url: str) -> bool:
    return bool(_STORY.match(path_of(url)))


def _told(props: dict[str, Any]) -> list[tuple[str, Candidate]]:
    """Fields of docInfo or of the flat form; those with an underscore are for this module alone."""
    doc = inside(props, "docInfo")
    if doc:
        return list(_fields(doc, "pageProps.docInfo", "origin_url"))
    if props.get("originalUrl") or (props.get("publisher") and props.get("content")):
        return list(_fields(props, "pageProps", "originalUrl"))
    return []


def _fields(doc: dict[str, Any], place: str, original: str) -> Iterator[tuple[str, Candidate]]:
    def say(field: str, value: Any, key: str, sure: float = SURE) -> Iterator[tuple[str, Candidate]]:
        if value:
            yield field, Candidate(value, "app-state", f"{place}.{key}", sure)

    title = text_of(doc, "title", "headline")
    yield from say("headline", _SUFFIX.sub("", title) if title else None, "title")
    yield from say("date_published", _moment(doc.get("epoch")) or text_of(doc, "date", "publishedAt"), "epoch or date")
    yield from say("authors", names_in(doc.get("authors")), "authors")
    source = text_of(doc, "source", "publisher")
    address = url_of(inside(doc, "publisher"), "url", "link")
    yield from say("publisher", Organization(source, address) if source else None, "source or publisher")
    section = text_of(doc, "category_display") or _category(doc.get("unified_category"))
    yield from say("section", section, "category_display")
    yield from say("description", text_of(doc, "summary"), "summary", 0.6)  # `ai_summary` is no newsroom's: not used
    yield from say("canonical_url", url_of(doc, "seoCanonicalUrl"), "seoCanonicalUrl", 0.6)
    yield from say("_original", url_of(doc, original, "origin_url", "originalUrl"), original)
    content = doc.get("content")
    yield from say("_content", content if isinstance(content, str) else None, "content")
    lead = url_of(doc, "image", "cover") or tidy(doc.get("image") or doc.get("cover"))
    yield from say("_lead", lead, "image or cover")


def _linked_data(page: Page, props: dict[str, Any]) -> Iterator[tuple[str, Candidate]]:
    """The page's JSON-LD, or the copy of it in seoConfig."""
    configured = inside(props, "docInfo", "seoConfig"), inside(props, "seoConfig")
    kept = next((found for one in configured if (found := one.get("newsArticleJsonLD"))), None)
    copies = [kept] if isinstance(kept, dict) else [json_object(kept)] if isinstance(kept, str) else []
    for each in (*page.json_ld, *copies):
        if "Article" not in str(each.get("@type")):
            continue
        headline = text_of(each, "headline")
        if headline:
            yield "headline", Candidate(_SUFFIX.sub("", headline), "json-ld", "NewsArticle.headline", 0.9)
        publisher = inside(each, "publisher")
        name, address = text_of(publisher, "name"), url_of(publisher, "url")
        if name and not re.fullmatch(r"news ?break", name, re.I):
            home = f"https://{host_of(address)}" if address else None  # the address may be the story's own
            yield "publisher", Candidate(Organization(name, home), "json-ld", "NewsArticle.publisher", 0.9)
        if address and host_of(address) not in _HOSTS and path_of(address).strip("/"):
            yield "_original", Candidate(address, "json-ld", "NewsArticle.publisher.url", 0.85)
        body = each.get("articleBody")
        if isinstance(body, str) and len(body) > 80:
            yield "_content", Candidate(body, "json-ld", "NewsArticle.articleBody", 0.8)


def _shown_age(page: Page) -> Iterator[tuple[str, Candidate]]:
    """The age of the story as the line of its outlet prints it: "5 days ago"."""
    for element in islice(page.tree.iter(), _FIRST):
        text = tidy(element.text) if isinstance(element.tag, str) and element.tag not in ("script", "style") else ""
        if _AGE.fullmatch(text):
            yield "date_published", Candidate(text, "dom", "outlet line", 0.2)
            return


def _values(found: list[tuple[str, Candidate]]) -> Iterator[tuple[str, Any]]:
    return ((field, candidate.value) for field, candidate in found)


def _said(found: list[tuple[str, Candidate]], wanted: str) -> Any:
    """The first value said of a field; None where nothing is."""
    return next((value for field, value in _values(found) if field == wanted), None)


def _content(found: list[tuple[str, Candidate]]) -> Markup:
    bodies = [value for field, value in _values(found) if field == "_content"]
    return read_markup(max(bodies, key=len)) if bodies else Markup()


def _joined(blocks: list[Block]) -> tuple[Block, ...] | None:
    """The story's blocks, with what the aggregator lost of links put right: see the quirks above."""
    if not any(block.type == "paragraph" for block in blocks):
        return None
    return tuple(_mended(block) for block in blocks)


def _mended(block: Block) -> Block:
    if block.type != "paragraph":
        return block
    if _HEADLINE.fullmatch(block.text) and 6 <= len(block.text.split()) <= 18:
        return replace(block, type="related_link")
    return replace(block, text=_LOST_LINK.sub("", block.text))


def _feed(page: Page, props: dict[str, Any]) -> tuple[Panel, ...]:
    """Other stories the page lists, as cards."""
    rows = inside(props, "feed").get("list") or props.get("relatedDocs") or []
    cards: list[Card] = []
    for row in rows if isinstance(rows, list) else []:
        headline = text_of(row, "title", "headline")
        if headline is None:
            continue
        cards.append(
            Card(
                headline=_SUFFIX.sub("", headline),
                url=page.absolute(url_of(row, "url", "share_url", "docUrl")),
                publisher=text_of(row, "source", "publisher", "publisherChannel"),
                snippet=text_of(row, "summary", "snippet"),
                section=text_of(row, "category_display", "category"),
                image=url_of(row, "image", "cover") or asset_address(row.get("image")),
                date_raw=text_of(row, "date", "display_date"),
                position=len(cards) + 1,
            )
        )
    return (Panel("related", cards=tuple(cards)),) if cards else ()


def _counts(page: Page, props: dict[str, Any], outlet: str | None) -> tuple[Count, ...]:
    doc = inside(props, "docInfo") or props
    own = [
        Count(name, str(doc[key]), doc[key], precision=1)
        for key, name in _COUNTS.items()
        if isinstance(doc.get(key), int) and not isinstance(doc[key], bool) and doc[key] >= 0
    ]
    printed = (replace(each, of=outlet) if each.name in _OWNERS else each for each in find_counts(page))
    unique = {(each.name, each.value): each for each in (*printed, *own)}
    return tuple(unique.values())


def _moment(epoch: Any) -> str | None:
    """Unix seconds or milliseconds as the text that read_date takes; None for the NaN of a script that did not run."""
    if isinstance(epoch, bool) or not isinstance(epoch, (int, float)) or not 10**8 < epoch < 10**14:
        return None
    return str(int(epoch))


def _category(value: Any) -> str | None:
    first = value[0] if isinstance(value, list) and value else value
    return text_of(first, "name", "category") if isinstance(first, dict) else tidy(first) or None
