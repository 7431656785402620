"""Bylines of the Japanese press."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article
from crawler.extract.witnesses.japanese import correspondents

TEXT = "十日の夜、島の灯台が四十年ぶりに点灯し、港には島の人たちが大勢集まって、雨の中で最後までその光を見守った。"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"【オスロ＝北川浩平】{TEXT}", ("北川浩平",)),
        (f"　【グリンホルム（港町）=佐々木 望】{TEXT}", ("佐々木望",)),
        (f"【パリ＝北川浩平、山田はるか】{TEXT}", ("北川浩平", "山田はるか")),
    ],
)
def test_a_correspondent_beside_the_place_wrote_it(text: str, names: tuple[str, ...]) -> None:
    assert correspondents(text) == names


@pytest.mark.parametrize(
    "text",
    [
        f"【ソウル＝共同】{TEXT}",
        f"【ソウル＝聯合ニュース】{TEXT}",
        f"【写真＝北川浩平】{TEXT}",
        f"【ワシントン時事】{TEXT}",
        f"【オスロ＝港湾新聞社】{TEXT}",
        f"【問い＝灯台の光はどこまで届くのか】{TEXT}",
        f"{TEXT}【オスロ＝北川浩平】",
        f"【主演＝北川浩平】{TEXT}",
        f"【得点者＝北川浩平】{TEXT}",
        f"【首相＝北川浩平】{TEXT}",
        f"【灯台＝千葉県港町市】{TEXT}",
        f"【オスロ＝港湾報道官】{TEXT}",
    ],
)
def test_agencies_roles_places_and_what_stands_behind_name_no_writer(text: str) -> None:
    assert correspondents(text) == ()


def test_the_article_is_theirs() -> None:
    body = "".join(f"<p>{text}</p>" for text in (f"【オスロ＝北川浩平】{TEXT}", TEXT[4:], TEXT[8:]))
    page = f"<html lang='ja'><meta charset='utf-8'><title>島の灯台に再び光</title><h1>島の灯台に再び光</h1>{body}"
    assert extract_article(page.encode(), url="https://www.shimbun.example/1").authors == ("北川浩平",)
