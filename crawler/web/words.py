"""Words as the catalogue's full-text index has them: what people look for, and the text it is looked for in.

SQLite's index takes what stands between spaces and signs for a word. Scripts that set no words apart, or hang their
particles on (Chinese, Japanese, Korean, Thai, …), are kept letter by letter, and words of theirs are phrases.
"""

from __future__ import annotations

import re

_UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of Thai, Lao, Burmese, Khmer, kana, bopomofo, Han and Hangul."""


def parted(text: str | None) -> str | None:
    """``text`` with the letters of such scripts set apart, as it is put into the index."""
    return text if text is None or text.isascii() else _UNPARTED.sub(r" \g<0> ", text)


def fts_query(words: str) -> str:
    """Words as a query of SQLite's full-text search: all of them, phrases in quotation marks kept together."""
    terms = re.findall(r'"([^"]+)"|(\S+)', words.replace("\0", " "))  # SQLite reads no further than a zero
    plain = [(phrase or word).replace('"', "") for phrase, word in terms]
    return " ".join(f'"{parted(term)}"' for term in plain if re.search(r"[^\W_]", term))
