"""Which hosts a request may be made to at all."""

from __future__ import annotations

import pytest

from crawler.fetch.host import is_host


@pytest.mark.parametrize(
    "name", ["news.example", "127.0.0.1", "::1", "bücher.example", "xn--bcher-kva.example", "a_b.test"]
)
def test_names_and_addresses_are_hosts(name: str) -> None:
    assert is_host(name)


@pytest.mark.parametrize(
    "name", [None, "", ".", "a..b", "blog.example%2farticles%2f1", "-a.example", "a b.example", "x" * 64 + ".example",
             "a." * 127 + "aa", "news.example\x00"],
)  # fmt: skip
def test_what_dns_would_not_take_is_none(name: str | None) -> None:
    assert not is_host(name)
