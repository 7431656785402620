"""What an element does to the text around it, by its tag."""

from __future__ import annotations

from crawler.extract.wording import word_set

_BLOCKS = word_set(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table "
    "tbody td tfoot th thead tr ul caption label button amp-img noscript picture video audio iframe object "
    "option select amp-carousel cite-block"
)
_SKIPPED = word_set(
    "script style template svg math head select option textarea input noembed noframes iframe object embed canvas "
    "map audio datalist applet amp-analytics amp-ad param rt rp"
)
PICTURES = frozenset(("img", "amp-img", "video", "amp-video"))
EMBEDS = frozenset(("iframe", "embed", "object", "video", "amp-video", "amp-iframe", "amp-youtube"))
INLINE, BOX, SKIP, BREAK, LINK, STRONG, UNSEEN = range(7)
"""``UNSEEN`` is an inline element whose text readers do not see: its names or attributes say so, never its tag."""
PHRASES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "button", "label", "summary", "caption"))
"""Boxes that hold no others: a custom element in one of them is a part of its line."""
_INLINE = word_set(
    "abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rb rp rt rtc ruby s samp small "
    "source span strike sub sup time tt u var wbr slot"
)
KINDS = {
    **dict.fromkeys(_INLINE, INLINE),
    **dict.fromkeys(_BLOCKS, BOX),
    **dict.fromkeys(_SKIPPED, SKIP),
    "br": BREAK,
    "a": LINK,
    "b": STRONG,
    "strong": STRONG,
}
"""What an element of this tag does to the text around it; others are inline."""
SHOWN = 8
"""Added to the kind of what is a picture or an embed besides."""
KINDS.update((tag, KINDS.get(tag, INLINE) + SHOWN) for tag in PICTURES | EMBEDS)
