"""Recorded pages in the shapes that news comes in, one test a field; every page and all that is in them is invented."""

from __future__ import annotations

import pytest

from crawler.testing.expected import Expected
from crawler.testing.web import Web


@pytest.mark.recorded(folder="cases")
def test_a_page_says(web: Web, expected: Expected) -> None:
    expected.check(web.fields())
