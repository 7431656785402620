from __future__ import annotations

import pytest

from crawler.extract import extract_article
from crawler.extract.devalue import unpack
from crawler.extract.embedded import find_state, flatten_json_ld, loads_all, loads_lenient


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
        r"""{"a": 1, "b": "it\'s"}""",
        r"""{"a": 1, "b": "\x27"}""",
        '{"a": 1, "b": undefined}',
        '/* <![CDATA[ */{"a": 1}/* ]]> */',
    ],
)
def test_slightly_broken_json_is_read(text: str) -> None:
    found = loads_lenient(text)
    assert found["a"] == 1 and found.get("b") in (None, "it's", "'")


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
        ('window.__INITIAL_STATE__ = {"title": "lamp", "user": undefined}; go();', "__INITIAL_STATE__"),
        ('Fusion.globalContent={"title": "lamp"};Fusion.x=1', "Fusion.globalContent"),
        ("window['__PRELOADED_STATE__'] = JSON.parse('{\"title\": \"lamp\"}')", "__PRELOADED_STATE__"),
        ('window.__STATE__ = JSON.parse("{\\"title\\": \\"lamp\\"}")', "__STATE__"),
    ],
)
def test_state_assigned_in_a_script(script: str, name: str) -> None:
    [(found, value)] = find_state([({}, script)]).items()
    assert (found, value["title"], value.get("user")) == (name, "lamp", None)


PACKED = """[["ShallowReactive",1],{"data":2,"state":9},["Ref",3],{"story":4},{"title":5,"tags":6,"published":8,"up":3},
"lamp",[5,7],"harbour",["Date","2024-03-06T08:00:00.000Z"],["Map",5,-1,7,["Set",5]]]"""


def test_state_packed_by_nuxt_is_unpacked() -> None:
    [state] = find_state([({"id": "__NUXT_DATA__", "type": "application/json"}, PACKED)]).values()
    story = state["data"]["story"]
    assert (story["title"], story["tags"], story["published"]) == (
        "lamp",
        ["lamp", "harbour"],
        "2024-03-06T08:00:00.000Z",
    )


def test_a_pointer_to_what_is_around_it_is_followed_once() -> None:
    [state] = find_state([({"id": "__NUXT_DATA__", "type": "application/json"}, PACKED)]).values()
    assert state["data"]["story"]["up"] is state["data"]


@pytest.mark.parametrize("packed", [[], [99], [["Ref", 0]], [{"a": -1}], [["Map", 1]], 5, [True], [["Reactive"]]])
def test_packed_state_of_any_form(packed: object) -> None:
    unpack(packed)


def test_a_story_is_read_from_packed_state() -> None:
    packed = """[{"story":1},{"headline":2,"datePublished":3,"authors":4},"The lamp is lit again on the island",
    "2024-03-06T08:00:00Z",[5],{"name":6},"Ada Winter"]"""
    page = f"""<html><body><h1>The lamp is lit again on the island</h1><p>It was dark for a year.</p>
    <script type="application/json" id="__NUXT_DATA__">{packed}</script></body></html>"""
    article = extract_article(page.encode(), url="https://harbour-times.example/lamp")
    assert (article.authors, article.date_published) == (("Ada Winter",), "2024-03-06T08:00:00Z")


@pytest.mark.parametrize("between", ["", "\n", ",", ";"])
def test_objects_without_brackets_around_them_all(between: str) -> None:
    assert loads_all(f'{{"a": 1}}{between}{{"b": 2}}') == [{"a": 1}, {"b": 2}]
