"""Lines of East Asian newsrooms above and below the text: who edited it, its source, its first title, notices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract_article
from crawler.extract.body.editorial import is_editorial

URL = "https://www.gangkou.example/xinwen/2024/deng"
TEXT = (
    "港口的灯塔在昨夜的大风之后重新亮起，值班员说整个修复工作一共用了七个小时，附近的渔船都在等着这一束光回到海面上。",
    "修灯的老师傅今年六十七岁，他说这盏灯和他同岁，小时候放学以后，就跟着父亲爬一百一十二级台阶去给灯擦玻璃。",
    "渔民们说，没有灯的夜里谁也不敢出海，这几天码头上停满了船，卖鱼的摊子也空了一大半，大家都盼着风早点过去。",
    "镇上的小学打算在星期六带学生来看灯，老师已经请老师傅给孩子们讲一讲，从前的守灯人是怎样度过冬天的夜晚的。",
    "港务局表示，新的备用电源将在月底以前装好，今后就算再遇到这样的大风，灯塔也能够在十分钟之内恢复照明。",
)


def text(*lines: str, above: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in (*TEXT, *lines))
    page = (
        f'<html lang="zh-CN"><head><meta charset="utf-8"><title>大风之后灯塔重新亮起</title></head><body>'
        f"<h1>大风之后灯塔重新亮起</h1><div class='content'>{above}{body}</div></body></html>"
    )
    return extract_article(page.encode(), url=URL).text or ""


@pytest.mark.parametrize(
    "line",
    [
        "题图来自受访者",
        "题图、文内图片来自港口镇政府。",
        "我们做了一个灯塔应用，给你的手机加点光。去 App Store 搜 港口商报 下载吧。",
        "喜欢这盏灯？请到各大应用商店下载港口客户端。",
        "责任编辑：杨帆",
        "（责编：杨帆、丁海）",
        "【编辑：杨帆】",
        "编辑 杨帆 校对 丁海",
        "編輯｜楊帆 校對｜丁海",
        "来源：港口商报",
        "来源于：港口镇政府",
        "（资料来源：港口年鉴、渔业志）",
        "港口镇宣传科供稿 摄影/丁海 编辑/杨帆",
        "来源：本站原创 作者：渔业科 时间：2024年3月5日 浏览： 33",
        "港口晚报记者 李海燕",
        "（原标题：灯塔又亮了）",
        "（原题为《灯塔又亮了》）",
        "本文原标题：《灯塔又亮了》",
        "进入港口专题>>",
        "返回港口网，查看更多",
        "点击上方蓝字关注我们",
        "长按二维码关注我们",
        "喜欢就点个在看吧",
        "下载港口客户端第一时间接收最新消息→【下载地址】",
        "字号 超大 大 标准 小",
        "“港口年度人物评选”正在火热进行！大风过后，谁是您心目中的守灯人？【点击投票】",
        "（完）",
        "（楊帆）",
        "【関連記事】",
        "編集／佐藤花子",
        "最終更新：3/5(火) 18:30",
        "홍길동 기자 hong@hanggu.example",
        "▶ 항구일보 네이버에서 구독하기",
        "기사제보 및 보도자료 desk@hanggu.example",
    ],
)
def test_a_line_that_tells_who_edited_or_whence_it_comes(line: str) -> None:
    assert is_editorial(line)
    assert line not in text(line)


@pytest.mark.parametrize(
    "line",
    [
        "特别声明：以上内容由用户上传并发布，本平台仅提供信息存储服务。",
        "【免责声明】本文仅代表作者本人观点，与港口网无关，请读者自行承担全部责任。",
        "声明：港口报力求信息真实，文章内容仅供参考。",
        "本文仅代表作者个人观点，不代表本站立场。",
        "图片来自网络，如有侵权，请联系删除。",
        "未经书面授权，不得转载本文内容。",
        "（本文来自港口新闻，更多原创资讯请下载港口客户端）",
        "저작권자 ⓒ 항구일보 무단전재 및 재배포 금지",
        "無断転載を禁じます。",
    ],
)
def test_a_notice_below_the_text(line: str) -> None:
    found = text(line, "Notice: all of the above was uploaded by a user, and the platform does but store it for him.")
    assert found.endswith(TEXT[-1])


def test_what_stands_below_the_editors_is_none_of_it() -> None:
    found = text(
        "编辑｜杨帆 责编｜丁海", "回复【灯塔】查看港口的最新消息", "回复【渔船】查看码头每天的进出港时间和天气"
    )
    assert found.endswith(TEXT[-1])


@pytest.mark.parametrize(
    "line",
    [
        "编辑部的灯也亮了一整夜，谁都没有睡。",
        "“声明上写得很清楚，”老师傅说，“这盏灯不卖。”",
        "记者：您今年还会爬上去吗？",
        "外交部发言人说，这并不代表任何一方的立场，渔民的生活才是最要紧的事情。",
        "未经批准不得出售灯塔上的任何零件，这是镇上的老规矩，谁也没有破过例。",
        "时间：星期六晚上七点",
        "老师傅的律师表示，这些言论不代表公司的立场。",
        "“这只代表我个人的观点，”老师傅说。",
        "未经批准，任何船只不得使用灯塔下面的码头。",
        "若有侵犯渔民权益的行为，港务局将与渔业协会联系处理。",
        "해경은 등대 설계도를 무단 복제한 혐의로 두 사람을 입건했다.",
        "写真を無断使用したとして、灯台守の孫が出版社を訴えた。",
        "▶ 등대지기는 올해도 계단을 오르겠다고 말했다.",
        "제보를 받은 해경은 곧바로 항구로 출동했다.",
        "关注渔民的冬天",
        "来源不明的船只不得靠岸，港务局已经在码头贴出了告示。",
    ],
)
def test_what_only_sounds_like_it(line: str) -> None:
    assert not is_editorial(line)
    assert line in text(line, TEXT[0].replace("昨夜", "前夜"))


def test_below_the_editor_in_charge_readers_may_write_more_than_the_article_has() -> None:
    readers = [
        f"第{n}次听说这盏灯，小时候我也在那座灯塔下面捡过贝壳，真希望还能再回去看一眼，谢谢老师傅。" for n in range(9)
    ]
    assert text("责任编辑：杨帆", *readers).endswith(TEXT[-1])


def test_a_way_back_to_the_site_that_the_text_runs_on_into() -> None:
    page = (
        f'<html lang="zh-CN"><head><meta charset="utf-8"><title>大风之后灯塔重新亮起</title></head><body>'
        f"<h1>大风之后灯塔重新亮起</h1><div>{''.join(f'<p>{line}</p>' for line in TEXT[:-1])}"
        f"<p>{TEXT[-1]}<a href='/'>返回港口网首页&gt;&gt;</a></p></div></body></html>"
    )
    assert (extract_article(page.encode(), url=URL).text or "").endswith(TEXT[-1])


def test_a_first_title_above_the_text() -> None:
    found = text(above="<p>（原标题：老灯塔大风之后又亮了）</p>")
    assert found.startswith(TEXT[0])


@given(st.text("责编辑：｜/来源 记者原标题声明（）【】、，。a1>", max_size=60))
def test_any_line_is_read(line: str) -> None:
    assert is_editorial(line) in (True, False)


@pytest.mark.parametrize(
    "line",
    [
        "题图来自他祖父的画册，画册的主人说，他从来没有告诉过任何人。",
        "这款应用在应用商店的下载量上个月超过了十万次。",
        "渔民们表示，他们会去应用商店下载潮汐表，但是谁也不相信它。",
        "配图的老人今年六十七岁",
        "这款潮汐应用现已上线，可在应用商店下载。",
    ],
)
def test_sentences_on_pictures_and_apps_are_text(line: str) -> None:
    assert line in text(line)
