from __future__ import annotations

import resource
from collections.abc import Iterator

import pytest

from crawler.fetch.open_files import MOST, allow_many


@pytest.fixture
def limits() -> Iterator[tuple[int, int]]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield before
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_crawl_may_open_more_files_than_the_system_lets_a_process_begin_with(limits: tuple[int, int]) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, limits[1]))
    allow_many()
    most = MOST if limits[1] == resource.RLIM_INFINITY else min(MOST, limits[1])
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, limits[1])


def test_a_limit_that_is_higher_stays(limits: tuple[int, int]) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits[1], limits[1]))
    allow_many()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (limits[1], limits[1])
