"""Data that a page carries in its scripts: JSON-LD objects and application state, slightly broken JSON included.

``scripts`` finds them; ``literal`` reads what is JavaScript rather than JSON, ``flight`` and ``devalue`` what Next.js
and Nuxt make of their state, ``islands`` what Astro, React Router and SvelteKit do.
"""

from crawler.extract.embedded.islands import props_of
from crawler.extract.embedded.scripts import find_state, flatten_json_ld, loads_all, loads_lenient, may_hold_state

__all__ = ["find_state", "flatten_json_ld", "loads_all", "loads_lenient", "may_hold_state", "props_of"]
