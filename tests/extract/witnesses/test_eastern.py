"""Bylines of the Chinese press: reporters and editors by the words beside their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract_article
from crawler.extract.witnesses.eastern import credited

URL = "https://www.gangkou.example/xinwen/2024/deng"
TEXT = (
    "港口的灯塔在昨夜的大风之后重新亮起，值班员说整个修复工作一共用了七个小时，附近的渔船都在等着这一束光回到海面上。"
)


def page(*, lead: str = "", byline: str = "", end: str = "", author: str = "") -> bytes:
    meta = f'<meta name="author" content="{author}">' if author else ""
    return (
        f'<html lang="zh-CN"><head><meta charset="utf-8"><title>大风之后灯塔重新亮起_港口新闻网</title>'
        f"{meta}</head><body>"
        f"<h1>大风之后灯塔重新亮起</h1><div>{byline}</div><div class='content'><p>{lead}{TEXT}</p><p>{TEXT}{TEXT}</p>"
        f"<p>{TEXT}渔民们说，没有灯的夜里谁也不敢出海。{TEXT}</p>{end}</div></body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("作者：王小明", ("王小明",)),
        ("记者 李海燕 陈光", ("李海燕", "陈光")),
        ("記者王小明／港口報導", ("王小明",)),
        ("記者王小明、陳光／綜合報導", ("王小明", "陳光")),
        ("执笔/灯塔姐、老船长&小浪花", ("灯塔姐", "老船长", "小浪花")),
        ("作者：小灯笼 港口商报", ("小灯笼",)),
        ("港口晚报记者 李海燕", ("李海燕",)),
        ("采写：港口晚报见习记者 李海燕 陈光", ("李海燕", "陈光")),
        ("《灯塔》作者 李海燕", ("李海燕",)),
        ("【文/港口网专栏作者 李海燕】", ("李海燕",)),
        ("作者：李海燕 陈光 责任编辑：王小明", ("李海燕", "陈光")),
        ("2024-03-04 12:11来源：港口新闻网作者：李海燕", ("李海燕",)),
        ("撰文：欧阳海燕、陈光", ("欧阳海燕", "陈光")),
        ("作者：古丽娜·艾山", ("古丽娜·艾山",)),
        ("作者：海边的小灯", ("海边的小灯",)),
        ("文/图 李海燕", ("李海燕",)),
        ("記者 陳美玲／報導", ("陳美玲",)),
        ("〔記者陳美玲／港口報導〕", ("陳美玲",)),
        ("记者 王　明", ("王明",)),
        ("本报记者王小明", ("王小明",)),
    ],
)
def test_those_who_write(line: str, names: tuple[str, ...]) -> None:
    assert credited(line) == ("writer", names)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("责任编辑：杨帆_NF4425", ("杨帆",)),
        ("本文来源：港口晚报 责任编辑：杨帆_NF4425", ("杨帆",)),
        ("[责任编辑：杨帆 PK155]", ("杨帆",)),
        ("(责编：杨帆、丁海)", ("杨帆", "丁海")),
        ("【责任编辑:杨帆 】", ("杨帆",)),
        ("作者：未知 责任编辑：小灯笼", ("小灯笼",)),
        ("發布日期：2024-03-04 責任編輯：楊帆", ("楊帆",)),
        ("编辑 杨帆 校对 丁海", ("杨帆",)),
    ],
)
def test_those_who_edit(line: str, names: tuple[str, ...]) -> None:
    assert credited(line) == ("editor", names)


@pytest.mark.parametrize(
    "line",
    [
        "（责任编辑： HN666）",
        "责任编辑：系统管理员",
        "作者：佚名",
        "作者：网络整理 阅读：1644",
        "图片来源：港口晚报记者 张蕊 摄",
        "资料图：渔民在码头等待。港口社记者 贾海 摄",
        "作者最新文章",
        "稿事编辑部",
        "记者了解到，灯塔在昨夜停了七个小时。",
        "记者从港口公安局获悉",
        "优质原创作者",
        "外国记者盛赞港口活力",
        "文章仅代表作者个人观点。",
        "版权声明 来源：港口商报 作者：",
        "香港市民怒斥记者:灯塔是我们的家",
        "",
    ],
)
def test_words_that_credit_nobody(line: str) -> None:
    assert credited(line) is None


def authors(body: bytes) -> tuple[str, ...]:
    return extract_article(body, url=URL, captured_at="2024-05-01T00:00:00Z").authors


def test_the_editor_under_the_text_stands_for_the_outlet_in_the_data() -> None:
    body = page(end="<div>本文来源：港口晚报 责任编辑：杨帆_NF4425</div>", author="港口")
    assert authors(body) == ("杨帆",)


def test_the_reporter_of_the_lead_comes_before_the_editor() -> None:
    body = page(lead="港口晚报讯（记者 李海燕）", end="<p>责任编辑：杨帆</p>", author="港口")
    assert authors(body) == ("李海燕",)


def test_a_reporter_named_right_after_the_word_in_the_dateline() -> None:
    assert authors(page(lead="港口社3月4日电（记者李海燕 整合）")) == ("李海燕",)


def test_a_photographer_in_the_text_is_no_author() -> None:
    assert authors(page(end="<p>大风中的灯塔。港口社记者 贾海 摄</p>")) == ()


def test_the_reporter_in_a_line_under_the_text() -> None:
    assert authors(page(end="<p>港口晚报记者 李海燕</p><p>编辑 杨帆 校对 丁海</p>")) == ("李海燕",)


def test_a_lead_that_names_its_reporter_stays_in_the_text() -> None:
    lead = "<p>港口晚报讯（记者 李海燕）港口的灯塔在昨夜的大风之后重新亮起，渔民都说好</p>"
    article = extract_article(
        page().replace(b"<div class='content'>", b"<div class='content'>" + lead.encode()), url=URL
    )
    assert article.authors == ("李海燕",)
    assert "渔民都说好" in article.text


@given(st.text("作者记编辑责任文图来源王李海燕：:/ （）【】、，a1_摄", max_size=60))
def test_any_line_is_read(line: str) -> None:
    by = credited(line)
    assert by is None or (by[1] and all(name in line or len(name) < 4 for name in by[1]))


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("港口的人都说好。（李海燕）", ("李海燕",)),
        ("港口的人都说好。(李海燕 陈光)", ("李海燕", "陈光")),
        ("港口的人都说好。（记者 李海燕）", ("李海燕",)),
        ("港口的人都说好。(文/图 李海燕 陈光)", ("李海燕", "陈光")),
        ("港口的人都说好。（完）", ()),
        ("港口的人都说好。（渔业）", ()),
        ("老师傅叫他阿光（陈光）", ()),
        ("港口的人都说好。（丁海摄）", ()),
    ],
)
def test_who_signs_in_brackets_behind_the_last_sentence(end: str, names: tuple[str, ...]) -> None:
    assert authors(page(end=f"<p>{TEXT}{end}</p>")) == names
