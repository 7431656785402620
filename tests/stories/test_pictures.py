from __future__ import annotations

from typing import Any

import pytest

from crawler.model import Image
from crawler.model.picture import Likeness
from crawler.stories.pictures import match_pictures

A = "https://i.a.example"
LIKE = Likeness(3, 0.99, "one", 0.8)


def nothing(*_: Any) -> None:
    return None


def matches(copy: Image, source: Image, digests: dict[str, str] | None = None, look: Any = nothing) -> Any:
    found = match_pictures([copy], [source], lambda image: (digests or {}).get(image.url), look)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("copy", "source"),
    [
        (Image(f"{A}/p.jpg?w=200"), Image(f"{A}/p.jpg?w=900")),
        (Image("https://proxy.example/?url=x", original_url=f"{A}/p.jpg"), Image(f"{A}/p.jpg")),
        (Image("https://b.example/1.jpg", asset_id="AP230512345678"), Image(f"{A}/2.jpg", asset_id="AP230512345678")),
        (Image(f"{A}/s/1.jpg", asset_id="ferry"), Image(f"{A}/l/1.jpg", asset_id="ferry")),
    ],
)  # fmt: skip
def test_the_same_address_or_asset_is_the_same_picture(copy: Image, source: Image) -> None:
    assert matches(copy, source, look=lambda *_: LIKE).method == "asset"


def test_a_common_name_on_another_site_is_no_identity() -> None:
    copy, source = (Image(f"https://{site}.example/lead.jpg", asset_id="lead") for site in "ab")
    assert matches(copy, source) is None


def test_the_same_bytes_are_the_same_picture_and_are_not_looked_at() -> None:
    copy, source = Image("https://a.example/1"), Image("https://b.example/2")
    same = {copy.url: "sha256:1", source.url: "sha256:1"}
    assert matches(copy, source, same, lambda *_: LIKE).method == "bytes"


def test_of_several_that_look_alike_the_likest_is_taken() -> None:
    copy, sources = Image("https://a.example/1"), [Image(f"https://b.example/{n}") for n in range(3)]
    looks = {"0": Likeness(9, 0.93, None, 1.0), "1": LIKE}
    [found] = match_pictures([copy], sources, nothing, lambda _, other: looks.get(other.url[-1]))
    assert (found.method, found.source, found.likeness) == ("perceptual", sources[1], LIKE)


@pytest.mark.parametrize(
    ("copy", "source", "change"),
    [
        ("The quay, Friday.", "The quay,  Friday", "same"),
        ("The quay.", "The old quay.", "changed"),
        (None, "The quay.", "dropped"),
        ("The quay.", None, "added"),
        (None, None, None),
    ],
)
def test_captions_and_credits_are_compared(copy: str | None, source: str | None, change: str | None) -> None:
    one, other = (Image("https://a.example/1.jpg", caption=words, credit=words) for words in (copy, source))
    found = matches(one, other)
    assert (found.caption, found.credit) == (change, change)
