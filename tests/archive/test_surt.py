from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive.surt import surt


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.com:443/A/../b//c/?z=1&a=2&a=1#f", "com,example)/b/c?a=1&a=2&z=1"),
        ("http://user:pw@www2.example.com:8443/%7Ejoe/%2541", "com,example:8443)/~joe/a"),
        ("http://example.com", "com,example)/"),
        ("http://example.com/?", "com,example)/"),
        ("http://example.com/a?PHPSESSID=0123456789abcdef0123456789abcdef&b=1", "com,example)/a?b=1"),
        ("http://bücher.example/ü", "example,xn--bcher-kva)/%c3%bc"),
        ("https://https://www.example.com/x", "com,example)/x"),
        ("http://192.0.2.1/x", "1,2,0,192)/x"),
        ("urn:text:https://example.com/X", "urn:text:https://example.com/x"),
    ],
)
def test_urls_that_show_one_thing_have_one_key(url: str, key: str) -> None:
    assert surt(url) == key


@given(st.text(st.characters(), max_size=40))
def test_no_key_breaks_a_line_of_the_index(text: str) -> None:
    for url in (text, f"http://{text}", f"http://a.example/{text}"):
        key = surt(url)
        assert key == key.strip()
        assert key.isascii()
        assert not any(character <= " " for character in key)


HOSTS = st.text(st.sampled_from("aW3.-"), min_size=1, max_size=8)
PATHS = st.text(st.sampled_from("/aB.~_-7"), max_size=12)


@given(st.sampled_from(["http", "https"]), HOSTS, PATHS)
def test_a_url_whose_key_is_made_at_once_has_the_key_that_is_made_step_by_step(
    scheme: str, host: str, path: str
) -> None:
    url = f"{scheme}://{host}/{path}"
    assert surt(url) == surt(f"{url}#") == surt(f" {url}?")
