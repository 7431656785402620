"""Words that make the number beside them a bound: at least so many, at most so many, or one end of a range."""

from __future__ import annotations

import re

from crawler.extract.cldr import base
from crawler.extract.counts.units import fold

_AT_LEAST = (
    "over|more than|at least|upwards of|in excess of|mehr als|über|mindestens|más de|al menos|plus de|au moins"
    "|più di|oltre|almeno"
    "|mais de|pelo menos|более|больше|свыше|не менее|понад|більше|щонайменше|ponad|więcej niż|co najmniej"
    "|meer dan|ten minste"
    "|minstens|över|mer än|minst|over|mer enn|mere end|mindst|yli|enemmän kuin|vähintään|více než|přes|alespoň"
    "|nejméně|viac ako|cez"
    "|najmenej|több mint|legalább|peste|mai mult de|cel puțin|πάνω από|περισσότερα από|τουλάχιστον|hơn|trên"
    "|ít nhất|lebih dari|lebih"
    "|sekurangnya|zaidi ya|angalau|преко|више од|над|повече от|preko|više od|več kot|rohkem kui|üle|daugiau nei"
    "|vairāk nekā|مايزيد عن"
    "|أكثر من|بیش از|יותר מ|מעל|超|超过|約?超過|超過|至少|约超过|최소|กว่า|มากกว่า"
)
_AT_MOST = (
    "less than|fewer than|up to|at most|under|below|almost|nearly|close to|just under|weniger als|unter|bis zu"
    "|höchstens|fast|knapp"
    "|beinahe|moins de|jusqu['’]à|presque|près de|menos de|hasta|casi|meno di|fino a|quasi|até|quase|minder dan"
    "|hooguit|bijna|tot"
    "|менее|меньше|до|почти|менше(?: ніж)?|майже|poniżej|mniej niż|prawie|niemal|do|méně než|pod|téměř|skoro"
    "|menej ako|takmer"
    "|kevesebb mint|legfeljebb|majdnem|közel|mai puțin de|sub|aproape|până la|enintään|lähes|melkein|mindre än"
    "|högst|nästan"
    "|mindre end|mindre enn|højst|næsten|nesten|λιγότερ\\w+ από|κάτω από|έως|μέχρι|σχεδόν|en fazla|neredeyse"
    "|yaklaşık|dưới|chưa đến|gần"
    "|kurang dari|di bawah|hampir|chini ya|karibu|мање од|скоро|под|manje od|ispod|manj kot|alla|vähem kui"
    "|peaaegu|mažiau nei"
    "|mazāk nekā|أقل من|ما يقارب|کمتر از|פחות מ|כמעט|עד|不到|不足|少于|少於|未满|未滿|近|将近|將近|接近|최대"
    "|거의|ไม่ถึง|เกือบ"
)
_EASTERN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f"
_ABOVE = re.compile(rf"(?:^\s*(?:>|≥|\+)|(?:^|(?<=[\s/:(])|(?<=[{_EASTERN}]))(?:{fold(_AT_LEAST)})[-־]?)\s*$")
_BELOW = re.compile(rf"(?:<|≤|(?:^|(?<=[\s/:(])|(?<=[{_EASTERN}]))(?:{fold(_AT_MOST)})[-־]?)\s*$")
_PLUS = re.compile(
    r"^\s?(?:\+|plus\b|or more\b|以上の?|余り|[多余餘][条個个件次人名]?|이상의?|['’]?[dt][ae]n (?:fazla|çok)|ならず)"
)
_MINUS = re.compile(r"^\s?(?:or (?:less|fewer)\b|以下|未満|以内|미만|이하|['’]?[dt][ae]n (?:az|düşük))")
_BETWEEN = re.compile(
    r"^\s*(?:[-–—~〜～]|to|bis|à|a|do|до|إلى|and|und|et|y|e|en|och|og|ja|ve|và|dan|i|и|і|és|și|και|至|到|から|에서)\s*$"
)
_BELOW_IN = {"fi": re.compile(r"(?:^|\s)alle\s*$")}
"""Words that say so in one language and something else in others, where they are no bound."""
WORDS = frozenset(re.findall(r"[^\W\d_]+", fold(_AT_LEAST)))
"""Of those that say "at least"."""


def above(before: str) -> bool:
    """Whether what stands before a number says that it is at least so many."""
    return _ABOVE.search(before) is not None


def is_above(before: str) -> bool:
    """Whether what stands before a number says that and nothing else."""
    found = _ABOVE.search(before)
    return found is not None and not before[: found.start()].strip()


def below(before: str, after: str, language: str | None) -> bool:
    """Whether what stands around a number says that it is at most so many, or not quite so many.

    Without a language what may say so does.
    """
    if _BELOW.search(before) is not None or _MINUS.match(after) is not None:
        return True
    own = base(language) if language else None
    return any(words.search(before) for code, words in _BELOW_IN.items() if own in (None, code))


def plus(after: str) -> re.Match[str] | None:
    """What stands behind a number and says that it is at least so many."""
    return _PLUS.match(after)


def joins_a_range(between: str) -> bool:
    """Whether what stands between two numbers makes them the ends of a range."""
    return _BETWEEN.match(between) is not None
