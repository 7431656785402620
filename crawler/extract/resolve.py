"""Decides each field of the article from the agreement and the trust of its witnesses, and keeps the losers."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from crawler.extract.address import archived_in
from crawler.extract.attribution import find_attributed
from crawler.extract.authors import choose_authors
from crawler.extract.body import Body, find_body
from crawler.extract.body.live import says_live
from crawler.extract.body.text import choose_blocks, text_of
from crawler.extract.body.threshold import says_news
from crawler.extract.counts import find_counts
from crawler.extract.credits import find_credits
from crawler.extract.elsewhere import find_copies, find_named
from crawler.extract.extractor import EXTRACTOR
from crawler.extract.headline import resolve_headline
from crawler.extract.images import find_images
from crawler.extract.outcome import judge
from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.panels import find_panels, with_owners
from crawler.extract.publication import Decision, Stamp, choose_modified, choose_published
from crawler.extract.publication.datings import read_datings
from crawler.extract.sites import SiteReading, read_site
from crawler.extract.sites import site_of as site_module_of
from crawler.extract.testimony import Testimony
from crawler.extract.witnesses import LAST_WITNESSES, WITNESSES, Witness
from crawler.model import Article, Block, Candidate, Count, Evidence, Image, Outcome, Panel, SetAside
from crawler.model.moment import rfc3339

_WANTED = ("headline", "date_published", "authors")
"""Fields for which the slower witnesses are asked too, where none of the others is sure of them."""
_BARREN = frozenset(
    (Outcome.BLOCKED, Outcome.CONSENT, Outcome.SOFT_404, Outcome.SERVER_ERROR, Outcome.EMPTY, Outcome.NOT_HTML)
)
"""Outcomes of pages whose words are not a story's: nothing of them may pass for one."""


class Resolver:
    """One page on its way to an article: what was said, what was decided and why."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.layout: Layout = page.layout
        self.testimony = Testimony()
        self.said = self.testimony.said
        self.evidence = self.testimony.evidence
        self.notes: list[str] = []
        self.module: str | None = None
        self.site: SiteReading | None = self._ask_site()
        for witness in WITNESSES:
            self._ask(witness)
        if not all(any(c.confidence >= 0.7 for c in self.said.get(field, ())) for field in _WANTED):
            for witness in LAST_WITNESSES:
                self._ask(witness)

    def article(self) -> Article:
        """The article with every field decided."""
        page, said = self.page, self.said
        headline = self.headline()
        authors = self.testimony.keep("authors", choose_authors(page, self.layout, said)) or ()
        body = self._body(headline, authors)
        datings = read_datings(page, said)
        published = self._date("date_published", choose_published(page, datings))
        modified = self._date("date_modified", choose_modified(datings))
        images = self._images(body, headline)
        given = self.site.blocks if self.site else None
        blocks, witness = choose_blocks(page, body, images, given, said.get("body", ()), headline)
        if witness is not None:
            self.evidence["text"] = witness
        outcome, reason = self._judge(body, blocks, headline, authors)
        if outcome in _BARREN or (outcome is Outcome.NEEDS_BROWSER and not self.said.get("date_published")):
            return self._barren(outcome, reason)
        canonical = self.testimony.best("canonical_url")
        panels, counts = self._panels(body), self._counts(body)
        originals, copies = self._elsewhere(canonical, headline)
        self.testimony.account_for(
            self.module, self.site, images=images, panels=panels, counts=counts, original_urls=originals
        )
        return Article(
            url=page.url,
            captured_at=rfc3339(page.captured_at) if page.captured_at else None,
            outcome=outcome,
            outcome_reason=reason,
            canonical_url=archived_in(page.absolute(canonical) or "") or None,
            headline=headline,
            description=self.description(),
            language=self.testimony.best("language"),
            section=self.testimony.best("section"),
            topics=tuple(self.testimony.best("topics") or ()),
            byline=self._byline(authors),
            authors=authors,
            publisher=self.testimony.publisher(),
            distributor=self.site.distributor if self.site else None,
            date_published=published.value,
            date_published_raw=published.raw,
            date_published_earliest=published.earliest,
            date_published_latest=published.latest,
            date_modified=modified.value,
            date_modified_raw=modified.raw,
            date_modified_earliest=modified.earliest,
            date_modified_latest=modified.latest,
            text=text_of(blocks) or None,
            blocks=blocks,
            images=tuple(image for _, image in images),
            panels=panels,
            counts=counts,
            original_urls=originals,
            credits=find_credits(page, body.chosen, self._own_names(authors)),
            copy_candidates=copies,
            notes=tuple(self.notes),
            set_aside=tuple(SetAside(text, why) for text, why in body.set_aside),
            evidence=self.evidence,
            extractor=replace(EXTRACTOR, site=self.module),
        )

    @cached_property
    def attributed(self) -> tuple[Candidate, ...]:
        """Links that the page's lines attribute the story, or something it quotes, to."""
        return tuple(find_attributed(self.page))

    def headline(self) -> str | None:
        """The article's headline."""
        decided: str | None = self.testimony.keep("headline", resolve_headline(self.page, self.layout, self.said))
        return decided

    def description(self) -> str | None:
        """What the page says the article is about."""
        best: str | None = self.testimony.best("description")
        return best

    def _ask(self, witness: Witness) -> None:
        for field, candidate in witness(self.page, self.layout):
            self.testimony.hear(field, candidate)

    def _ask_site(self) -> SiteReading | None:
        site = site_module_of(self.page)
        if site is None:
            return None
        reading = read_site(site, self.page)
        if reading == SiteReading():
            return None
        self.module = site.name
        self.notes.extend(reading.notes)
        for field, candidate in reading.candidates:
            self.testimony.hear(field, candidate)
        if reading.drift:
            drift = reading.drift
            self.notes.append(drift if drift.startswith("drift") else f"drift: {drift}")
        return reading

    def _body(self, headline: str | None, authors: tuple[str, ...]) -> Body:
        root = self.site.body_root if self.site else None
        kinds = " ".join(str(candidate.value) for candidate in self.said.get("type", ()))
        body = find_body(
            self.layout,
            headline=headline,
            description=self.description(),
            root=root,
            bodies=[candidate.value for candidate in self.said.get("body", ())],
            descriptions=[candidate.value for candidate in self.said.get("description", ())],
            authors=authors,
            live=says_live(self.page.url, kinds),
            news=says_news(kinds),
        )
        if body.chosen:
            self.evidence["text"] = Evidence("dom", body.place, body.confidence, body.reason)
        return body

    def _judge(
        self, body: Body, blocks: tuple[Block, ...], headline: str | None, authors: tuple[str, ...]
    ) -> tuple[Outcome, str | None]:
        if self.site and self.site.outcome:
            return self.site.outcome, self.site.outcome_reason
        if len(text_of(blocks)) > len(body.text):
            return Outcome.ARTICLE, None
        day = self.evidence.get("date_published")
        sure = day.confidence if day else 0.0
        shown = sure if day and (day.source != "url" or day.reason) else 0.0
        return judge(self.page, self.layout, body, self.said, headline, authors, shown, sure)

    def _byline(self, authors: tuple[str, ...]) -> str | None:
        """The printed line that names the authors."""
        lines = [c for c in self.said.get("byline", ()) if any(name in c.value for name in authors)]
        if not lines:
            return None
        best = max(lines, key=lambda c: c.confidence)
        line: str = self.testimony.keep("byline", (best.value, best, "names an author"))
        return line

    def _date(self, field: str, decided: Decision) -> Stamp:
        stamp, winner, reason = decided
        if winner is not None:
            self.testimony.keep(field, (stamp.value, winner, reason))
        return stamp

    def _images(self, body: Body, headline: str | None) -> tuple[tuple[int | None, Image], ...]:
        shown = find_images(self.page, self.layout, body.chosen, self.said.get("images", ()), headline)
        if not self.site or not self.site.images:
            return shown
        places = {image.asset_id: place for place, image in shown if image.asset_id}
        return tuple((places.get(image.asset_id or ""), image) for image in self.site.images)

    def _panels(self, body: Body) -> tuple[Panel, ...]:
        general = find_panels(self.page, own={block.number for block in body.chosen})
        return tuple(self.site.panels) + tuple(general) if self.site and self.site.panels else tuple(general)

    def _counts(self, body: Body) -> tuple[Count, ...]:
        if self.site and self.site.counts:
            return tuple(self.site.counts)
        return with_owners(find_counts(self.page), self.page, own={block.number for block in body.chosen})

    def _elsewhere(self, canonical: str | None, headline: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Addresses on other sites: those the page names as the original, and those that may carry the story too."""
        own, given = (self.site.original_urls, self.site.copy_candidates) if self.site else ((), ())
        named = [Candidate(url, "app-state", f"the page's data, as {self.module} keeps it", 0.9) for url in own]
        named += [Candidate(canonical, "meta", "canonical address", 0.8)] if canonical else []
        named += [replace(c, place=f"canonical address: {c.place}") for c in self.said.get("canonical_url", ())]
        found = find_named(self.page, named, headline, self.attributed)
        if found and not own:
            self.testimony.name_original(*found.values())
        return tuple(found), find_copies(self.page, given, found, headline, self.attributed)

    def _own_names(self, authors: tuple[str, ...]) -> tuple[str | None, ...]:
        """Names of the authors, and of the house whose page this is."""
        publisher = self.testimony.publisher()
        return (*authors, publisher.name if publisher else None, *self.page.meta.get("og:site_name", ()))

    def _barren(self, outcome: Outcome, reason: str | None) -> Article:
        language = self.testimony.best("language")
        return Article(
            url=self.page.url,
            captured_at=rfc3339(self.page.captured_at) if self.page.captured_at else None,
            outcome=outcome,
            outcome_reason=reason,
            language=language,
            distributor=self.site.distributor if self.site else None,
            notes=tuple(note for note in self.notes if not note.startswith("drift")),  # a refusal is no redesign
            evidence={"language": self.evidence["language"]} if language else None,
            extractor=replace(EXTRACTOR, site=self.module),
        )


def resolve(page: Page) -> Article:
    """The article of a parsed page."""
    return Resolver(page).article()
