"""From the lines of a dump to an article: every line is the article's, or set aside with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from crawler.extract.dates.reading import iso
from crawler.extract.dump.beside import Beside, find_beside
from crawler.extract.dump.body import Body, read_body
from crawler.extract.dump.head import Head, read_head
from crawler.extract.dump.lines import Lines, read_lines
from crawler.extract.dump.when import When, settle
from crawler.extract.extractor import EXTRACTOR
from crawler.extract.page import read_capture_time
from crawler.extract.sites import bignewsnetwork
from crawler.extract.sites.particlenews import HOST as NEWSBREAK_PICTURES
from crawler.model import Article, Evidence, Organization, Outcome, SetAside


def extract_text_dump(text: str, *, url: str | None = None, captured_at: datetime | str | None = None) -> Article:
    """The article in a plain text that a scraper left of a page. Never raises, whatever the text.

    ``url`` is the page's address where the caller knows it (else a line of the dump may give it). Without
    ``captured_at`` the article's is None; a relative date beside an absolute one then bounds it.
    """
    captured = read_capture_time(captured_at)
    lines = read_lines(text)
    if not lines.rows:
        at = iso(captured.astimezone(UTC)) if captured else None
        return Article(url, at, Outcome.EMPTY, outcome_reason="no words", extractor=EXTRACTOR)
    return _Assembly(lines, url, captured).article()


class _Assembly:
    def __init__(self, lines: Lines, url: str | None, captured: datetime | None) -> None:
        self.lines = lines
        self.captured = captured
        self.beside: Beside = find_beside(lines)
        free = [index for index in range(len(lines.rows)) if index not in self.beside.claimed]
        self.head: Head = read_head(lines.rows, free, url=url, profile=self.beside.profile_name, captured_at=captured)
        own = [index for index in free if index not in self.head.claimed]
        self.body: Body = read_body(lines, own)
        self.printed_url = self.head.url.url if self.head.url else None
        self.url = url or self.printed_url
        opening = self.body.first_paragraph
        self.when: When = settle(
            self.head, url=self.url, captured_at=captured, captions=self.body.captions, opening=opening
        )

    def article(self) -> Article:
        head, when, published, modified = self.head, self.when, self.when.published, self.when.modified
        text = self.body.text
        canonical = self.printed_url if self.printed_url != self.url else None
        return Article(
            url=self.url,
            captured_at=iso(self.captured.astimezone(UTC)) if self.captured else None,
            outcome=Outcome.ARTICLE if self.body.first_paragraph else Outcome.NOT_ARTICLE,
            outcome_reason=None if self.body.first_paragraph else "no paragraph of an article in the dump",
            canonical_url=canonical,
            captured_at_earliest=when.captured_earliest,
            captured_at_latest=when.captured_latest,
            headline=head.headline.text if head.headline else None,
            section=head.section.text if head.section else None,
            byline=head.byline.text if head.byline else None,
            authors=head.authors,
            publisher=self._publisher(),
            distributor=self._distributor(),
            date_published=published.value if published else None,
            date_published_raw=when.raw,
            date_published_earliest=published.earliest if published else None,
            date_published_latest=published.latest if published else None,
            date_modified=modified.value if modified else None,
            date_modified_raw=modified.raw if modified else None,
            date_modified_earliest=modified.earliest if modified else None,
            date_modified_latest=modified.latest if modified else None,
            topics=self._topics(),
            text=text,
            blocks=tuple(self.body.blocks),
            images=tuple(self.body.images.values()),
            panels=tuple(self.beside.panels),
            counts=tuple(self.beside.counts),
            set_aside=tuple(self._set_aside()),
            evidence=dict(self._evidence()),
            extractor=EXTRACTOR,
        )

    def _publisher(self) -> Organization | None:
        """Who is credited: the outlet of the head; its address where the profile of that name gives one."""
        outlet = self.head.outlet
        if outlet is None:
            return None
        profiles = (panel for panel in self.beside.panels if panel.kind == "profile" and panel.url)
        url = next((panel.url for panel in profiles if (panel.title or "").casefold() == outlet.text.casefold()), None)
        return Organization(outlet.text, url)

    def _distributor(self) -> Organization | None:
        """Whose page it was, where it is sure: only NewsBreak serves through its picture proxy."""
        if any(f"//{NEWSBREAK_PICTURES}/" in image.url for image in self.body.images.values()):
            return Organization("NewsBreak", "https://www.newsbreak.com")
        return bignewsnetwork.family_member(self.url) if self.url else None

    def _topics(self) -> tuple[str, ...]:
        return tuple(entity.name for panel in self.beside.panels if panel.kind == "topics" for entity in panel.entities)

    def _set_aside(self) -> Iterator[SetAside]:
        """In the order of the dump, neighbouring lines of one reason together; all but headline and text."""
        reasons = dict(self.beside.claimed) | {i: why for i, why in self.head.claimed.items() if why != "headline"}
        numbers = {line.number: index for index, line in enumerate(self.lines.rows)}
        reasons |= {numbers[line.number]: why for line, why in self.body.aside}
        for index, words in self.head.glued:
            reasons[index] = f"date line, with words of the navigation stuck to it: {words}"
        for indices, why in _groups(reasons):
            yield SetAside("\n".join(self.lines.rows[index].text for index in indices), why)

    def _evidence(self) -> Iterator[tuple[str, Evidence]]:
        head = self.head
        said = (
            ("headline", head.headline, 0.85, "stands alone before the first paragraph"),
            ("section", head.section, 0.8, "a word above the headline, or a section's name in the head"),
            ("byline", head.byline, 0.9, "begins as bylines do"),
            ("authors", head.byline if head.authors else None, 0.9, "people named in the byline"),
            ("publisher", head.outlet, 0.9, head.outlet_reason),
            ("url", head.url if self.url == self.printed_url else None, 0.9, "address alone in its line"),
        )
        for name, line, sure, reason in said:
            if line is not None:
                yield name, Evidence("text", f"line {line.number}", sure, reason)
        if self.when.evidence is not None:
            yield "date_published", self.when.evidence
        if head.modified is not None:
            yield "date_modified", Evidence("text", f"line {head.modified[0].number}", 0.8, "labelled as an update")
        if self.when.captured_earliest and head.relative is not None:
            place = f"line {head.relative[0].number}"
            yield (
                "captured_at_earliest",
                Evidence("text", place, 0.7, "the date of publication and the relative phrase"),
            )
            yield "captured_at_latest", Evidence("text", place, 0.7, "the date of publication and the relative phrase")
        yield from self._evidence_beside()

    def _evidence_beside(self) -> Iterator[tuple[str, Evidence]]:
        if self.body.first_paragraph is not None:
            place = f"lines {self.body.first_paragraph.number} and after"
            yield "text", Evidence("text", place, 0.8, "sentences that no structure of head or panels claims")
        if self.body.images:
            yield "images", Evidence("text", "lines that are addresses of pictures", 0.9, "caption in the line below")
        if self.beside.panels:
            place = ", ".join(f"{kind} from line {number}" for kind, number in self.beside.places.items())
            yield (
                "panels",
                Evidence(
                    "text", place, 0.8, "outlet, headline, snippet and section in turn, or a heading and its names"
                ),
            )
        if self.beside.counts:
            yield "counts", Evidence("text", "numbers beside the word for what is counted", 0.9)
        if distributor := self._distributor():
            reason = (
                f"pictures come from {NEWSBREAK_PICTURES}"
                if distributor.name == "NewsBreak"
                else "host and form of the address"
            )
            yield "distributor", Evidence("url", "addresses in the dump", 0.8, reason)


def _groups(reasons: dict[int, str]) -> list[tuple[list[int], str]]:
    """Neighbouring lines of one reason together, in the order of the dump."""
    found: list[tuple[list[int], str]] = []
    for index in sorted(reasons):
        if found and found[-1][1] == reasons[index] and found[-1][0][-1] == index - 1:
            found[-1][0].append(index)
        else:
            found.append(([index], reasons[index]))
    return found
