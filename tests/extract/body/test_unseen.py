"""What no reader is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract_article
from tests.extract.conftest import PARAGRAPHS, URL

Build = Callable[..., bytes]
NOTICE = "What stands here comes from another harbour, where you may find more of it, or the same in another form."


@pytest.mark.parametrize("name", ["screen-reader-only", "visually-hidden", "sr-only"])
def test_a_notice_for_listeners_alone_is_no_text(name: str, story: Build) -> None:
    lines = [f"<p>{line}</p>" for line in PARAGRAPHS]
    body = "".join([*lines[:2], f"<div class='{name}'>{NOTICE}</div>", *lines[2:]])
    assert extract_article(story(body=body), url=URL).text == "\n\n".join(PARAGRAPHS)


def test_a_text_that_is_called_so_throughout_is_text(story: Build) -> None:
    body = "".join(f"<p class='sr-only'>{line}</p>" for line in PARAGRAPHS)
    assert PARAGRAPHS[1] in (extract_article(story(body=body), url=URL).text or "")
