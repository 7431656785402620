"""The line of a key in a TOML file."""

from __future__ import annotations

import pytest

from crawler.jobs.watchlist.lines import Path, line_of

TEXT = '''\
contact = "x"
[revisit]
shortest = "1h"   # [no header]
[[story]]
url = "a"
text = """
url = "not a key"
"""
[[story]]
  url = "b"
[story.more]
deep.key = 1
[politeness.hosts."a.example"]
delay = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("contact",), 1),
        (("revisit",), 2),
        (("revisit", "shortest"), 3),
        (("revisit", "absent"), 2),
        (("story",), 4),
        (("story", 0, "url"), 5),
        (("story", 1), 9),
        (("story", 1, "url"), 10),
        (("story", 1, "more", "deep", "key"), 12),
        (("politeness", "hosts", "a.example", "delay"), 14),
        (("absent",), None),
    ],
)
def test_the_line_of_a_key_or_of_what_is_around_it(path: Path, line: int | None) -> None:
    assert line_of(TEXT, path) == line
