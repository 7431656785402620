"""The report of a capture as a person wants it at the end: the story, what surrounds it, what failed and why."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from crawler.cli.failures import LISTED, ending, failed, rest
from crawler.jobs.relations import Relations
from crawler.jobs.report import Report, is_readable
from crawler.model import Article, Count, Organization, Outcome, Panel, Role
from crawler.model.counted import counted
from crawler.model.purpose import REDIRECT
from crawler.model.words import count_words
from crawler.spiders.wanted import LookedUp, Page

WIDTH = 110
"""Columns of a line."""
_TITLES = {
    Role.ORIGINAL: "Original",
    Role.SEED: "Page",
    Role.COPY: "Copy",
    Role.MEMENTO: "Archived",
    Role.CANDIDATE: "Copy",
}


def summary(report: Report) -> str:
    """The report as lines of text."""
    return "\n".join(_lines(report))


def next_steps(collection: Path) -> str:
    """What a person at a terminal may want to do with what was kept."""
    folder = shlex.quote(str(collection))
    return f"{'See it':10}wirecopy serve {folder}\n{'Send it':10}wirecopy pack {folder}"


def _lines(report: Report) -> Iterator[str]:
    pages = report.story_pages().only(is_readable)
    for page in pages[:LISTED]:
        yield from _story_page(page, report.relations)
        yield ""
    yield from rest(pages, "pages of stories")
    yield from _candidates(report)
    yield from _cards(report)
    yield from failed(report)
    yield from _faults(report)
    yield from _total(report)


def _story_page(page: Page, relations: Relations) -> Iterator[str]:
    article, record = page.article, page.recorded.record.id
    title = "Original" if record in relations.originals else _TITLES[page.purpose.role]
    yield f"{title:10}{article.url}"
    if page.requested != article.url:
        yield _detail("redirected", f"from {page.requested}")
    if page.purpose.because and page.purpose.because != REDIRECT:
        via = f", on {page.purpose.via}" if page.purpose.via else ""
        yield _detail("found by", page.purpose.because + via)
    if article.memento:
        yield _detail("as it was", f"{article.memento.captured_at or 'at an unknown time'}: {article.memento.page}")
    if article.outcome is not Outcome.ARTICLE:
        yield _detail("is", ending(article.outcome, article.outcome_reason))
    yield from _said(article)
    if relation := relations.words.get(record):
        yield _detail("relation", relation)


def _said(article: Article) -> Iterator[str]:
    facts = {
        "headline": article.headline,
        "by": _listed(article.authors),
        "outlet": _outlets(article),
        "published": _dates(article),
        "text": counted(count_words(article.text), "word") if article.text else None,
        "pictures": _pictures(article),
        "counts": ", ".join(map(_count, article.counts)),
    }
    yield from (_detail(name, fact) for name, fact in facts.items() if fact)
    yield from (_detail("panel", _panel(panel)) for panel in article.panels)
    yield from (_detail("note", note) for note in article.notes)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _outlets(article: Article) -> str:
    publisher, distributor = _name(article.publisher), _name(article.distributor)
    if publisher and distributor:
        return f"{publisher}, distributed by {distributor}"
    return publisher or (f"distributed by {distributor}" if distributor else "")


def _dates(article: Article) -> str:
    published, raw = article.date_published or "", article.date_published_raw
    if raw and raw != published:
        published = f'{published} (printed "{raw}")' if published else f'printed "{raw}"'
    if article.date_modified and article.date_modified != article.date_published:
        published = f"{published}, modified {article.date_modified}".lstrip(", ")
    return published


def _pictures(article: Article) -> str | None:
    if not article.images:
        return None
    captioned = sum(image.caption is not None for image in article.images)
    captured = sum(image.record is not None for image in article.images)
    return f"{len(article.images)}, {captioned} with a caption, {captured} captured"


def _count(count: Count) -> str:
    number = f"{count.value:,}" if count.value is not None else count.raw
    return f"{number}{'+' if count.lower_bound else ''} {count.name}"


def _panel(panel: Panel) -> str:
    title = panel.title or panel.kind
    names = ", ".join(entity.name for entity in panel.entities)
    cards = counted(len(panel.cards), "related story", "related stories") if panel.cards else ""
    return f"{title}: {'; '.join(filter(None, (cards, names, panel.text)))}".removesuffix(": ")


def _candidates(report: Report) -> Iterator[str]:
    pages = report.candidates()
    if report.lookups:
        for provider, said in groupby(sorted(report.lookups, key=_provider), _provider):
            answers = list(said)
            found, faults = sum(one.found for one in answers), [one.fault for one in answers if one.fault]
            trouble = f"; {len(faults)} without an answer: {faults[0]}" if faults else ""
            yield _clip(f"{'Looked up':10}{provider}: {counted(len(answers), 'question')}, {found} found{trouble}")
    if pages:
        yield f"{'Unlike':10}{counted(len(pages), 'page')} proposed as copies; kept, though they tell other stories"
        yield from (_clip(f"{'':10}{page.article.url}") for page in pages[:LISTED])
        yield from rest(pages, "candidates")
    if pages or report.lookups:
        yield ""


def _provider(lookup: LookedUp) -> str:
    return lookup.provider


def _cards(report: Report) -> Iterator[str]:
    cards = report.cards()
    missed = [miss for miss in report.misses if miss.purpose.role is Role.CARD]
    if not cards and not missed:
        return
    came = cards.only(is_readable)
    yield f"{'Related':10}{len(came)} of {counted(len(cards) + len(missed), 'card')} captured"
    for page in came[:LISTED]:
        outlet = _name(page.article.publisher) or urlsplit(page.article.url or "").hostname
        yield _clip(f"{'':10}{outlet}: {page.article.headline or page.article.url}")
    yield from rest(came, "cards")
    yield ""


def _faults(report: Report) -> Iterator[str]:
    if report.faults:
        pages = counted(len(report.faults), "page is", "pages are")
        yield f"{'Faults':10}{pages} archived that wirecopy failed to read; please report this"
        yield from (f"{'':10}{fault}" for fault in report.faults[:LISTED])
        yield ""


def _total(report: Report) -> Iterator[str]:
    if missing := report.missing():
        why = "Interrupted" if report.interrupted else "Missing"
        yield f"{why:12}before {counted(len(missing), 'page')} you named could be asked for; run it again for the rest"
    if len(named := report.wanted.named()) > 1:
        yield f"{'Named':10}{report.came():,} of {counted(len(named), 'page')} you named came"
    story = len(report.story_pages().only(is_readable)) + len(report.parts().only(is_readable))
    whose = "the story" if len(report.wanted.urls) == 1 else f"{len(report.wanted.urls):,} stories"
    cards = len(report.cards().only(is_readable))
    yield (
        f"{'Captured':10}{counted(story, 'page')} of {whose}, {counted(cards, 'related page')}, "
        f"{counted(len(report.pictures()), 'picture')}, {counted(len(report.requisites()), 'requisite')} "
        f"in {report.seconds:.1f} s"
    )
    if report.recovered:
        yield f"{'Recovered':10}{counted(report.recovered, 'capture')} of an earlier crawl that was killed"
    if report.kept:
        yield f"{'Resumed':10}{counted(report.kept, 'request')} had been answered before this capture was cut off"
    if report.source:
        yield f"{'From':10}{report.source}{'' if '://' in str(report.source) else ' (no network)'}"
    if report.collection:
        yield f"{'Kept in':10}{report.collection}"


def _detail(name: str, words: str) -> str:
    return textwrap.fill(
        words,
        WIDTH,
        initial_indent=f"{'':10}{name:11}",
        subsequent_indent=" " * 21,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _clip(line: str) -> str:
    line = " ".join(line.split(" ")).replace("\n", " ")
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def _name(organization: Organization | None) -> str | None:
    return organization.name or organization.url if organization else None
