"""A copy beside its original as one HTML page that stands alone: no script, no address it loads from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape
from importlib.resources import files

from crawler.export.link_map import SHAPES, link_map, shape
from crawler.model import Alignment, Article, Link

LABELS = {
    "verbatim": "word for word",
    "edited": "edited",
    "paraphrased": "in other words",
    "merged": "several sentences merged",
    "added": "only in B",
    "dropped": "only in A",
}
"""What each label of a link means to a reader."""
HEADS = {
    "original": ("A, the original", "B, the copy"),
    "copy": ("A, the copy", "B, the original"),
    "undecided": ("A", "B"),
}
"""What to write above the two texts, by the direction found."""
WHO_WAS_FIRST = {
    "original": "A came first.",
    "copy": "B came first.",
    "undecided": "Which came first is undecided.",
}
_WORD = re.compile(r"\s+|[^\s]+")


def comparison_page(original: Article, copy: Article, alignment: Alignment) -> str:
    """The page: both texts' facts, the verdict with its reasons, a drawing of all links, and the sentences in pairs.

    Rows stand in the order of the copy; a reader can put them into the order of the original, which the page marks as
    inferred. Links differ in shape, label and colour.
    """
    first, second = HEADS[alignment.direction]
    title = f"{_name(copy, 'B')} against {_name(original, 'A')}"
    return "".join(
        (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(title)}</title>\n<style>\n{_style()}</style></head>\n<body>\n<main>\n",
            f"<h1>{escape(title)}</h1>\n",
            f'<div class="texts">{_facts(original, first)}{_facts(copy, second)}</div>\n',
            *_verdict(alignment),
            *_quotations(alignment),
            *_drawing(alignment),
            *_rows(alignment),
            "</main>\n</body></html>\n",
        )
    )


def _style() -> str:
    return files("crawler.export").joinpath("comparison.css").read_text("utf-8")


def _name(article: Article, otherwise: str) -> str:
    return article.headline or article.url or otherwise


def _facts(article: Article, name: str) -> str:
    outlet = article.publisher.name if article.publisher else None
    shown = [
        ("Headline", article.headline),
        ("Outlet", outlet),
        ("Distributed by", article.distributor.name if article.distributor else None),
        ("By", ", ".join(article.authors) or article.byline),
        ("Published", article.date_published or article.date_published_raw),
        ("Address", article.url),
        ("Captured", article.captured_at),
        ("Record", article.record.id if article.record else None),
    ]
    rows = "".join(f"<dt>{term}</dt><dd>{escape(value)}</dd>" for term, value in shown if value)
    return f'<section><h2>{name}</h2><dl class="facts">{rows}</dl></section>'


def _verdict(alignment: Alignment) -> Iterator[str]:
    coverage = alignment.coverage
    yield f"<h2>{WHO_WAS_FIRST[alignment.direction]}</h2>\n"
    yield f"<p>{coverage.of_copy:.0%} of B is in A, {coverage.of_original:.0%} of A is in B.</p>\n"
    if not alignment.reasons:
        return
    yield "<table><thead><tr><th>Weight</th><th>Reason</th><th>Evidence</th></tr></thead><tbody>\n"
    for reason in alignment.reasons:
        speaks = "for A first" if reason.weight > 0 else "for B first" if reason.weight < 0 else "for neither"
        yield (
            f'<tr><td class="weight">{reason.weight:+.2f} {speaks}</td><td>{escape(reason.text)}</td>'
            f"<td>{escape(reason.evidence)}</td></tr>\n"
        )
    yield "</tbody></table>\n"


def _quotations(alignment: Alignment) -> Iterator[str]:
    if not alignment.quotations:
        return
    yield "<h2>Quotations in both</h2>\n<table><thead><tr><th>Words in B</th><th>Said in A by</th><th>Said in B by</th>"
    yield "<th>Speaker</th></tr></thead><tbody>\n"
    for link in alignment.quotations:
        kept = {True: "kept", False: "changed", None: "not known"}[link.speaker_kept]
        yield (
            f"<tr><td>{escape(link.copy.text)}</td><td>{escape(link.original.speaker or '—')}</td>"
            f"<td>{escape(link.copy.speaker or '—')}</td><td>{kept}</td></tr>\n"
        )
    yield "</tbody></table>\n"


def _drawing(alignment: Alignment) -> Iterator[str]:
    yield "<h2>Sentences</h2>\n<figure>"
    yield link_map(alignment)
    yield "<figcaption>Every sentence of A on the left, of B on the right, each in its own order; "
    yield "a link leads to its row.</figcaption></figure>\n"
    used = {link.label for link in alignment.links}
    yield '<ul class="legend">'
    for label in SHAPES:
        if label in used:
            yield f'<li class="{label}">{shape(label)}{LABELS[label]}</li>'
    yield "</ul>\n"


def _rows(alignment: Alignment) -> Iterator[str]:
    links = alignment.links
    if any(link.moved for link in links):
        yield (
            '<fieldset><legend>Order of the rows</legend><label><input type="radio" name="order" checked> as B prints'
            ' them</label><label><input type="radio" name="order" id="in-original"> as in A</label></fieldset>\n'
            '<p class="note inferred">The order of A is inferred from the links; '
            "B prints its sentences in another.</p>\n"
        )
    in_copy = sorted(range(len(links)), key=lambda at: _place(links[at].copy, links[at].original))
    in_original = sorted(range(len(links)), key=lambda at: _place(links[at].original, links[at].copy))
    order = {at: place for place, at in enumerate(in_original)}
    yield '<ol class="rows">\n'
    for place, at in enumerate(in_copy):
        style = f"--copy-order:{place};--original-order:{order[at]}"
        yield f'<li id="link-{at + 1}" class="{links[at].label}" style="{style}">{_row(links[at], alignment)}</li>\n'
    yield "</ol>\n"


def _place(first: Sequence[int], second: Sequence[int]) -> tuple[bool, Sequence[int], Sequence[int]]:
    return (not first, first, second)


def _row(link: Link, alignment: Alignment) -> str:
    left = [alignment.original_sentences[number] for number in link.original]
    right = [alignment.copy_sentences[number] for number in link.copy]
    marked = _marked(left[0], right[0]) if link.label == "edited" and len(left) == len(right) == 1 else None
    before = _sentences(link.original, [marked[0]] if marked else list(map(escape, left)), "not in A")
    after = _sentences(link.copy, [marked[1]] if marked else list(map(escape, right)), "not in B")
    moved = "<span>moved</span>" if link.moved else ""
    how = f'<span class="quiet">{link.score:.2f} by {escape(link.method)}</span>' if link.copy and link.original else ""
    changed = "".join(f'<span class="changed">changed: {escape(change)}</span>' for change in link.changed)
    what = f'<div class="what">{shape(link.label)}<b>{LABELS[link.label]}</b>{moved}{how}{changed}</div>'
    return f"<div>{before}</div>{what}<div>{after}</div>"


def _sentences(numbers: Sequence[int], marked: Sequence[str], absent: str) -> str:
    if not numbers:
        return f'<p class="absent">{absent}</p>'
    return "".join(
        f'<p><span class="number">{number + 1}</span>{text}</p>' for number, text in zip(numbers, marked, strict=True)
    )


def _marked(before: str, after: str) -> tuple[str, str]:
    """Two states of a sentence as HTML: struck out what was lost, underlined what came."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    left, right = [], []
    for step, start, end, there, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        lost, come = escape("".join(old[start:end])), escape("".join(new[there:until]))
        left.append(f"<del>{lost}</del>" if step != "equal" and lost else lost)
        right.append(f"<ins>{come}</ins>" if step != "equal" and come else come)
    return "".join(left), "".join(right)
