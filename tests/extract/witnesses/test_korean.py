"""Bylines of the Korean press."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article
from crawler.extract.witnesses.korean import reporters

TEXT = (
    "북쪽 절벽 위의 등대가 월요일 저녁 사십 년 만에 다시 켜졌고 섬 사람들의 절반이 "
    "그 빛을 보러 나왔다. 공사비는 예상보다 적게 들었다. "
)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("김하늘 기자", ("김하늘",)),
        ("기자 김하늘", ("김하늘",)),
        ("[항구신문 김하늘 기자]", ("김하늘",)),
        ("항구신문=김하늘 기자", ("김하늘",)),
        ("김하늘 기자 sky@harbour.example", ("김하늘",)),
        ("김하늘·이민정 기자", ("김하늘", "이민정")),
        ("(서울=항구통신) 김하늘 이민정 기자 = 등대가 다시 켜졌다.", ("김하늘", "이민정")),
        ("김하늘 선임기자", ("김하늘",)),
        ("글·사진 김하늘", ("김하늘",)),
        ("남궁민 특파원", ("남궁민",)),
        ("김하늘 등대 칼럼니스트", ("김하늘",)),
        ("항구신문 문화부 김하늘 기자", ("김하늘",)),
    ],
)
def test_reporters(line: str, names: tuple[str, ...]) -> None:
    assert reporters(line) == names


@pytest.mark.parametrize(
    "line", ["기자회견 열려", "기자가 물었다", "시민기자 모집", "많은 기자들이 왔다", "글 목록", "회원가입", ""]
)
def test_words_that_name_no_reporter(line: str) -> None:
    assert reporters(line) == ()


@pytest.mark.parametrize(("line", "lead"), [("김하늘 기자", ""), ("", "(항구=항구통신) 김하늘 기자 = ")])
def test_a_pages_reporter(line: str, lead: str) -> None:
    body = (
        f"<html lang='ko'><head><meta charset='utf-8'><title>등대가 다시 켜졌다 - 항구신문</title></head><body>"
        f"<h1>등대가 사십 년 만에 다시 켜졌다</h1><p>{line}</p><div>"
        f"{f'<p>{lead}{TEXT}{TEXT}</p>' * 3}</div></body></html>"
    )
    assert extract_article(body.encode(), url="https://hanggu.example/1").authors == ("김하늘",)
