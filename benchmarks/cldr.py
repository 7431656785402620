"""Writes what CLDR says of months, elapsed times and compact numbers, in the form that dates and counts are read by.

    python benchmarks/cldr.py

Needs ``babel`` (no dependency of wirecopy). Written is ``crawler/extract/cldr.json``: for each language the names of
its months; its phrases of time past ("vor 3 Stunden"), each with the longest of its words, a pattern (group 1: the
number), the unit, and the number where the phrase spells it; the words of its compact numbers ("Mio.") and what they
multiply by; its decimal mark.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from babel.localedata import LocaleDataDict, load

sys.path.insert(0, str(Path(__file__).parent.parent))

from crawler.extract.cldr import CLDR
from crawler.extract.dates.names import LANGUAGES, fold

_VARIANTS = {
    "de": ("de_AT",),
    "ar": ("ar_LB", "ar_DZ", "ar_MA"),
    "es": ("es_PE",),
    "sr": ("sr_Latn",),
    "en": ("en_AU", "en_GB"),
}
_UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
_SPOKEN = {"zero": 0, "one": 1, "two": 2}


def months(language: str) -> dict[str, int]:
    """Month names of a language, wide and abbreviated, in every case CLDR has, folded and without the closing dot."""
    names: dict[str, int] = {}
    for locale in (language, *_VARIANTS.get(language, ())):
        for form in _data(locale)["months"].values():
            for width in ("wide", "abbreviated"):
                for number, name in dict(form.get(width) or {}).items():
                    folded = fold(name).rstrip(".")
                    if number <= 12 and len(folded) >= 2 and not re.search(r"\d", folded):
                        names.setdefault(folded, number)
    return names


def past_phrases(language: str) -> Iterator[tuple[str, str, str, int | None]]:
    """A language's "3 hours ago": a word it must hold, pattern, unit, the number if spoken."""
    fields = _data(language)["date_fields"]
    seen: set[str] = set()
    for unit in _UNITS:
        for width in ("", "-short"):
            for plural, phrase in dict(dict(fields.get(unit + width) or {}).get("past") or {}).items():
                folded = fold(phrase)
                if (
                    folded in seen
                    or folded.startswith(("-", "+"))
                    or not re.search(r"[^\W\d_]", folded.replace("{0}", ""))
                ):
                    continue
                seen.add(folded)
                words = r"\s*".join(re.escape(word) for word in re.split(r"\s+|(?=\{0\})|(?<=\{0\})", folded) if word)
                number = None if "{0}" in folded else _SPOKEN.get(plural)
                if "{0}" not in folded and number is None:
                    continue
                pattern = words.replace(re.escape("{0}"), r"(?<![\d.,:/])(\d{1,3})").replace(r"\.", r"\.?")
                edge = r"(?<![^\W\d_])", r"(?![^\W\d_])"
                if re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]", folded):
                    edge = "", ""  # written without spaces
                key = max(folded.replace("{0}", " ").split(), key=len).rstrip(".")
                yield key, edge[0] + pattern + edge[1], unit, number


def units(language: str) -> dict[str, int]:
    """Unit words of a language, folded and without closing dot, and what each multiplies by."""
    found: dict[str, int] = {}
    for width in ("short", "long"):
        for table in dict(_data(language).get("compact_decimal_formats", {}).get(width) or {}).values():
            for magnitude, pattern in dict(table).items():
                positive = pattern.pattern.partition(";")[0].replace("'", "").replace("\u200f", "")
                zeros = positive.count("0")
                unit = fold(positive.replace("0", "")).strip().rstrip(".")
                if unit and zeros:
                    found.setdefault(unit, int(magnitude) // 10 ** (zeros - 1))
    return found


def decimal(language: str) -> str | None:
    """The mark between whole and fraction, among the digits 0 to 9."""
    symbols: Any = _data(language).get("number_symbols") or {}
    mark: str | None = dict(symbols.get("latn") or {}).get("decimal")
    return mark


def _data(locale: str) -> Any:
    data: Any = deepcopy(load(locale))  # aliases are resolved in place, and in what languages share
    return LocaleDataDict(data)


def main() -> None:
    found = {
        language: {
            "months": months(language),
            "ago": list(past_phrases(language)),
            "units": units(language),
            "decimal": decimal(language),
        }
        for language in (*LANGUAGES, "zh_Hant")
    }
    lines = ",\n".join(f'"{name}": {json.dumps(said, ensure_ascii=False)}' for name, said in found.items())
    CLDR.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
