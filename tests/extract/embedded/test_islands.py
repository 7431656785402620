from __future__ import annotations

import html
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract_article
from crawler.extract.embedded.islands import props_of, streamed

Build = Callable[..., bytes]
TITLE = "Lighthouse lamp returns to Grindholm after forty years"
ISLAND = {
    "article": [
        0,
        {
            "title": [0, TITLE],
            "publishedAt": [0, "2024-03-05T18:30:00+01:00"],
            "authors": [1, [[0, {"name": [0, "Ada Winter"]}]]],
        },
    ]
}
STORY = {"title": TITLE, "publishedAt": "2024-03-05T18:30:00+01:00", "authors": [{"name": "Ada Winter"}]}
SPELT = f'{{title:"{TITLE}",publishedAt:"2024-03-05T18:30:00+01:00",authors:[{{name:"Ada Winter"}}]}}'
IN_WORDPRESS = {
    "date": "2024-03-05T18:30:00",
    "date_gmt": "2024-03-05T17:30:00",
    "title": {"rendered": TITLE},
    "author": 3,
    "_embedded": {"author": [{"name": "Ada Winter"}]},
}
STREAM = [
    {"_1": 2}, "loaderData", {"_3": 4}, "article", {"_5": 6, "_7": 8, "_9": 10}, "title", TITLE, "publishedAt",
    "2024-03-05T18:30:00+01:00", "authors", [11], {"_12": 13}, "name", "Ada Winter",
]  # fmt: skip


def test_the_props_of_an_island_are_unpacked() -> None:
    [props] = props_of([json.dumps(ISLAND)])
    assert props["article"]["authors"] == [{"name": "Ada Winter"}]


def test_a_list_that_is_written_as_text_is_read_too() -> None:
    assert props_of(['{"tags": [1, "[[0,\\"lamp\\"],[0,\\"lens\\"]]"]}']) == [{"tags": ["lamp", "lens"]}]


def test_the_stream_of_react_router_is_unpacked() -> None:
    [state] = streamed(f"window.__reactRouterContext.streamController.enqueue({json.dumps(json.dumps(STREAM))});")
    assert state["loaderData"]["article"]["authors"] == [{"name": "Ada Winter"}]


@pytest.mark.parametrize(
    "after",
    [
        f'<astro-island props="{html.escape(json.dumps(ISLAND))}"></astro-island>',
        f"<script>window.__reactRouterContext.streamController.enqueue({json.dumps(json.dumps(STREAM))});</script>",
        f'<script>{{__sveltekit_x={{base:""}};const data=[null,{{data:{SPELT}}}];start(data)}}</script>',
        f'<script type="application/json" data-sveltekit-fetched>{json.dumps({"body": json.dumps(STORY)})}</script>',
        f'<script type="application/json">{json.dumps(IN_WORDPRESS)}</script>',
    ],
)
def test_a_story_is_read_from_there(story: Build, after: str) -> None:
    article = extract_article(story(byline="", date="", after=after), url="https://harbour-times.example/lamp")
    assert (article.date_published, article.authors) == ("2024-03-05T18:30:00+01:00", ("Ada Winter",))


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    )
)
def test_any_value_is_unpacked_or_left_out(value: object) -> None:
    props_of([json.dumps(value), "{"])
    streamed(f"streamController.enqueue({json.dumps(json.dumps(value))})")
