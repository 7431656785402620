"""How far what surrounds a page is followed: originals, requisites, style sheets in style sheets, frames and films."""

from __future__ import annotations

MAX_ORIGINALS = 2
"""Addresses of an original followed from one page: the strongest evidence and one more to compare."""

MAX_NAMED = 6
"""Addresses of an original that are known at all: the further ones are asked should the first fail."""

MAX_ORIGINAL_HOPS = 3
"""Aggregator, its source, the wire behind it; a longer chain is a trap."""

MAX_PARTS = 20
"""Pages of one story: where more are said to follow, lists do."""

MAX_REQUISITES = 200
"""Requisites fetched for one page; pages of real news sites need 20 to 120."""

MAX_EMBEDDED = 20
"""Frames and films fetched for one page; a live blog may hold hundreds."""

MAX_FILM = 32 << 20
"""Bytes of a frame or film: one that says it is larger is left, a longer one is cut off there."""

MAX_STYLE_DEPTH = 3
"""Style sheets that import style sheets."""
