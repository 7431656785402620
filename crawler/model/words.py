"""How many words a text has, whether or not its script sets them apart."""

from __future__ import annotations

import re

_SIGN = re.compile(
    "[\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Han, kana and bopomofo: each is counted as a word, as word processors do."""


def count_words(text: str) -> int:
    """What stands between spaces, and each sign of Chinese and Japanese."""
    if text.isascii() or not (signs := len(_SIGN.findall(text))):
        return len(text.split())
    return signs + sum(any(map(str.isalnum, rest)) for rest in _SIGN.sub(" ", text).split())
