"""An article's explanation as a person reads it on a terminal: each field, its winner, its losers, and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from crawler.extract.explain import Explanation, explain
from crawler.model import Article, Candidate
from crawler.model.article import plain
from crawler.model.counted import counted
from crawler.model.words import count_words

WIDTH = 80
LOSERS = 6
"""Losing witnesses of a field before the rest is only counted."""
_ITEMS = 4
"""Pictures, panels or counts that are named one by one."""
_ASIDE = 8
"""Pieces set aside that are shown."""


def as_json(article: Article) -> dict[str, Any]:
    """The explanation as JSON values."""
    return {
        "url": article.url,
        "captured_at": article.captured_at,
        "outcome": article.outcome.value,
        "outcome_reason": article.outcome_reason,
        "extractor": plain(article.extractor),
        "notes": list(article.notes),
        "fields": [plain(each) for each in explain(article)],
        "set_aside": plain(article.set_aside),
        "record": plain(article.record),
    }


def as_text(article: Article) -> str:
    """The explanation as lines of at most :data:`WIDTH` columns, but for addresses that are longer."""
    return "\n".join(_lines(article))


def _lines(article: Article) -> Iterator[str]:
    yield article.url or "(no URL)"
    yield _wrapped(_standing(article), "")
    yield from (_wrapped(f"note: {note}", "", "      ") for note in article.notes)
    silent: dict[str, list[str]] = {}
    for each in explain(article):
        if each.value is None and each.source is None and not each.losers:
            silent.setdefault(each.reason, []).append(each.field)
        else:
            yield ""
            yield from _field(each)
    for reason, fields in silent.items():
        yield ""
        yield _wrapped(f"unknown: {', '.join(fields)} ({reason})", "", "  ")
    if article.set_aside:
        yield ""
        yield f"left out of the text ({len(article.set_aside)})"
        for piece in article.set_aside[:_ASIDE]:
            yield _clipped(f"  {piece.reason}: {_one_line(piece.text)}")
        if len(article.set_aside) > _ASIDE:
            yield f"  and {len(article.set_aside) - _ASIDE} more; all of them: --json"


def _standing(article: Article) -> str:
    outcome = article.outcome.value.replace("_", " ")
    reason = f" ({article.outcome_reason})" if article.outcome_reason else ""
    captured = f", captured {article.captured_at}" if article.captured_at else ", capture time unknown"
    extractor = article.extractor
    by = f", read by {extractor.name} {extractor.version}" if extractor else ""
    rules = f" with the rules of {extractor.site}" if extractor and extractor.site else ""
    return f"{outcome}{reason}{captured}{by}{rules}"


def _field(each: Explanation) -> Iterator[str]:
    yield each.field
    values = list(_shown(each.field, each.value)) if each.value is not None else ["unknown"]
    yield from (_wrapped(value, "  ") for value in values)
    if each.raw and each.raw != each.value:
        yield _wrapped(f'printed "{each.raw}"', "  ")
    if each.source is not None:
        yield _wrapped(f"{each.source}, {each.place} ({each.confidence:.2f}): {each.reason}", "  + ", "    ")
    else:
        yield _wrapped(each.reason, "  ? ", "    ")
    for loser in each.losers[:LOSERS]:
        yield _loser(each, loser)
    if len(each.losers) > LOSERS:
        yield f"  - and {len(each.losers) - LOSERS} more; all of them: --json"


def _loser(each: Explanation, loser: Candidate) -> str:
    """A line for a witness that agrees (``=``) or says something else (``-``)."""
    where = f"{loser.source}, {loser.place} ({loser.confidence:.2f})"
    if plain(loser.value) in (each.value, each.raw):
        return _wrapped(where, "  = ", "    ")
    said = f"{where}: {'; '.join(_shown(each.field, plain(loser.value)))}"
    return _clipped(f"  - {said}") if len(where) < WIDTH // 2 else _wrapped(said[: 2 * WIDTH], "  - ", "    ")


def _shown(field: str, value: Any) -> Iterator[str]:
    """A value as short lines."""
    if field == "text" and isinstance(value, str):
        yield f"{counted(count_words(value), 'word')}: {textwrap.shorten(value, 2 * WIDTH, placeholder=' …')}"
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from (_thing(item) for item in value[:_ITEMS])
        if len(value) > _ITEMS:
            yield f"and {len(value) - _ITEMS} more"
    elif isinstance(value, list):
        yield ", ".join(map(str, value))
    elif isinstance(value, dict):
        yield _thing(value)
    else:
        yield _one_line(str(value))


def _thing(item: dict[str, Any]) -> str:
    if "raw" in item and "precision" in item:
        return f'{item["name"]}: {item["value"]} (printed "{item["raw"]}")'
    if "cards" in item:
        inside = counted(len(item["cards"]), "card") if item["cards"] else counted(len(item["entities"]), "name")
        return f"{item['title'] or item['kind']}: {inside}"
    if "variants" in item:
        return " | ".join(filter(None, (item["caption"] or item["alt"], item["credit"], item["url"])))
    return ", ".join(str(part) for part in item.values() if part)


def _wrapped(words: str, first: str, rest: str | None = None) -> str:
    return textwrap.fill(
        _one_line(words),
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _clipped(line: str) -> str:
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def _one_line(text: str) -> str:
    """Words on one line, without anything a terminal might take for a command."""
    return "".join(mark if mark.isprintable() else " " for mark in " ".join(text.split()))
