from __future__ import annotations

import pytest

from crawler.extract.embedded import find_state, flatten_json_ld, loads_lenient


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        '<!-- {"a": 1} -->',
        '// <![CDATA[\n{"a": 1}\n// ]]>',
        "{&quot;a&quot;: 1}",
        '{"a": 1,}',
        '{"a": 1}; more();',
        '\ufeff{"a": 1}',
    ],
)
def test_slightly_broken_json_is_read(text: str) -> None:
    assert loads_lenient(text) == {"a": 1}


def test_a_raw_line_break_in_a_string_is_forgiven() -> None:
    assert loads_lenient('{"a": "one\ntwo"}') == {"a": "one\ntwo"}


@pytest.mark.parametrize("text", ["", "nothing", "{", "[" * 100_000])
def test_what_is_no_json_is_none(text: str) -> None:
    assert loads_lenient(text) is None


def test_members_of_a_graph_stand_alone() -> None:
    assert [value["@type"] for value in flatten_json_ld([{"@graph": [{"@type": "A"}, [{"@type": "B"}]]}])] == ["A", "B"]


def test_state_in_a_json_script() -> None:
    assert find_state([({"id": "__NEXT_DATA__", "type": "application/json"}, '{"props": {"pageProps": 1}}')]) == {
        "__NEXT_DATA__": {"props": {"pageProps": 1}}
    }


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ('window.__INITIAL_STATE__ = {"title": "lamp"}; go();', "__INITIAL_STATE__"),
        ('window.__APOLLO_STATE__={"title": "lamp"}', "__APOLLO_STATE__"),
        ('Fusion.globalContent={"title": "lamp"};Fusion.x=1', "Fusion.globalContent"),
        ("window['__PRELOADED_STATE__'] = JSON.parse('{\"title\": \"lamp\"}')", "__PRELOADED_STATE__"),
        ('window.__STATE__ = JSON.parse("{\\"title\\": \\"lamp\\"}")', "__STATE__"),
    ],
)
def test_state_assigned_in_a_script(script: str, name: str) -> None:
    assert find_state([({}, script)]) == {name: {"title": "lamp"}}
