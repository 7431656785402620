from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract_article
from crawler.extract.embedded import find_state, flatten_json_ld, loads_all, loads_lenient
from crawler.extract.embedded.devalue import unpack
from crawler.extract.embedded.literal import read_call, read_literal


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
        '{"c": "the "old" lamp", "a": 1}',
        '{"c": "x" "a": 1}',
        '{"a": 1, "c": {"d": [2',
        "{'c': 'x', 'a': 1}",
        '{ // the story\n"a": 1 /* of the lamp */}',
        '{"c": "x",, "a": 1}',
        '{"c": , "a": 1}',
        '{\xa0"a": 1}',
        "{&q;a&q;: 1}",
        '{"schema:a": 1}',
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
        ('window.__STATE__ = JSON.parse(decodeURIComponent("%7B%22title%22%3A%22lamp%22%7D"))', "__STATE__"),
        ('window.__NUXT__={title:"lamp",user:void 0,admin:!1}', "__NUXT__"),
        ('window.__NUXT__=(function(a,b){return {title:b,user:a}}(null,"lamp"));', "__NUXT__"),
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


def test_rows_of_the_flight_format_are_read_across_scripts() -> None:
    rows = '0:"$L1"\n1:["$","div",null,{"story":{"title":"The lamp is back"}}]\n2:T5,a\nbé'
    rows += '3:I["chunk"]\n4:{"cut'
    pushed = [rows[:40], rows[40:]]
    found = find_state([({}, f"self.__next_f.push({json.dumps([1, part])})") for part in pushed])
    assert found == {"__next_f": [["$", "div", None, {"story": {"title": "The lamp is back"}}], ["chunk"]]}


@given(st.text("{}[]()\"':,ab1\\/* \n.!-n", max_size=60))
def test_any_literal_is_read_to_an_end_or_not_at_all(text: str) -> None:
    _, end = read_literal(text)
    assert 0 <= end <= len(text)
    read_call("(function(a){return " + text, 0)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(),
        lambda inner: st.dictionaries(st.text(), inner),
    )
)
def test_what_json_writes_is_read_back(value: object) -> None:
    assert read_literal(json.dumps([value], ensure_ascii=False))[0] == [value]


def test_an_apollo_caches_references_are_followed(story: Callable[..., bytes]) -> None:
    cache = {
        "Author:7": {"name": "Mira Holt"},
        "Article:1": {"title": "The lamp is back", "publishedAt": "2024-03-05", "authors": [{"__ref": "Author:7"}]},
    }
    body = story(
        heading="<h1>The lamp is back</h1>", byline="", after=f"<script>__APOLLO_STATE__={json.dumps(cache)}</script>"
    )
    assert extract_article(body, url="https://a.example/x").authors == ("Mira Holt",)


@pytest.mark.parametrize("reference", ["#mira", "https://a.example/x#mira"])
def test_a_reference_names_an_object_by_its_id_or_the_end_of_it(story: Callable[..., bytes], reference: str) -> None:
    person = {"@type": "Person", "@id": "https://a.example/x#mira", "name": {"@value": "Mira Holt"}}
    article = {"@type": "NewsArticle", "author": {"@id": reference}}
    head = f'<script type="application/LD+JSON">{json.dumps([person, article])}</script>'
    body = story(head=head, heading="<h1>The lamp is back</h1>", byline="")
    assert extract_article(body, url="https://a.example/x").authors == ("Mira Holt",)


def test_the_one_meta_element_of_parsely_is_read(story: Callable[..., bytes]) -> None:
    said = json.dumps({"title": "The lamp is back", "authors": ["Mira Holt"], "pub_date": "2024-03-05T06:00:00Z"})
    body = story(head=f"<meta name='parsely-page' content='{said}'>", heading="<h1>The lamp is back</h1>", byline="")
    article = extract_article(body, url="https://a.example/x")
    assert (article.authors, article.date_published) == (("Mira Holt",), "2024-03-05T06:00:00Z")


@pytest.mark.parametrize("room", [" " * 300_000, ";" * 300_000])
def test_a_function_that_is_never_called_is_looked_behind_once(room: str) -> None:
    script = f"(function(a){{return {{title: a}}}}{room}"
    assert read_call(script, 0)[0] == {"title": None}
