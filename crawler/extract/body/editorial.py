"""Lines of the newsrooms of East Asia around their text: its editors, source, first title, whose view it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.page.blocks import TextBlock, compared
from crawler.extract.panels.headings import OF_STORIES, heading_kind
from crawler.extract.witnesses.eastern import credited
from crawler.extract.witnesses.korean import reporters
from crawler.extract.wording import has_digit

_HEAD, _TAIL = 4, 8
"""Blocks at the head and at the end of the text among which such lines stand."""
_NAMES, _LINE, _LONGEST = 48, 100, 260
"""Characters of the longest byline, line of credits, and notice."""
_BEHIND, _SURELY = 0.6, 0.25
"""Share of the text before a line from which on it closes the text: what follows is none either; less where readers'
comments may be more than the article, below the word for the editor in charge."""
_EASTERN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_EDITOR = (
    r"(?:(?:本文|本期|本版|今日|值班|执行|责任|責任|图片|视频|新媒体|微信|网络)?(?:编辑|編輯|编校)|责编|責編|主编|主編|美编"
    r"|编审|編審|[初复二三终終]审|[审審]核|校[对對]|监制|監製|排版)"
)
_SOURCE = (
    r"(?:(?:本文|文章|信息|资料|資料|图片|圖片|新闻|新聞|内容|稿件|视频)?(?:来源|來源|出处|出處)(?:于|自)?|稿源|供稿"
    r"|(?:发布|發布|更新|发表|發表)(?:时间|時間|日期)|(?:浏览|瀏覽|点击|點擊|阅读|閱讀)(?:次数|次數|数|數|量))"
)
_PERSON = (
    r"(?:通讯员|通訊員|实习生|记者|記者|作者|撰文|撰稿人?|采写|文字?|[图圖]片?|摄影|攝影|策划|翻译|翻譯"
    r"|时间|時間|日期|浏览|人气)"
)
_SIGN = r"\s?[:：|｜丨/／]\s?"
_EDITED = re.compile(rf"\W*{_EDITOR}(?:{_SIGN}.{{0,40}}|\s+\S{{2,4}}(?:\s.{{0,40}})?)")
_IN_CHARGE = re.compile(r"\W{0,2}(?:责任编辑|責任編輯|责编|責編)\s?[:：]")
_SOURCED = re.compile(rf"\W*{_SOURCE}{_SIGN}.{{0,60}}")
_PAIR = re.compile(rf"(?:{_EDITOR}|{_SOURCE}|{_PERSON}){_SIGN}")
_PAIRS = 2
"""Labels with a sign behind them that a line of credits holds, whatever it begins with."""
_SENTENCE = re.compile(r"[。！？!?；]|，(?!查看|阅读|点击)")
_TITLED = re.compile(r"[（(【\[]?\s?(?:本文)?原(?:文)?(?:标题|標題|题|題)(?:为|為|是)?\s?[:：《“「]")
_NOTICE = re.compile(
    r"\W{0,2}(?:(?:特别|特別|免责|免責|郑重|鄭重|版权|版權|本站|作者|文章|平台|转载|轉載)?(?:声明|聲明)|版权说明|免责条款|免責條款)"
    r"(?:\s?[:：】）\])]|\s*$)"
)
_UNLICENSED = (
    r"未[经經].{0,14}(?:授权|許可|授權|许可|允许|同意|书面).{0,12}(?:不得|禁止|严禁|嚴禁|谢绝|请勿|請勿).{0,12}"
)
_COPY = r"(?:使用|复制|複製|引用|转发)"
_OWN = r"(?:本[站网網報报刊文公社]|版[权權]|稿件)"
_SAYS = re.compile(
    rf"(?:本文|文[中章]|以上|该文|观点|觀點|内容|發言|发言).{{0,20}}(?:仅|僅|只)代表.{{0,14}}(?:观点|觀點|立场|立場)"
    r"|不代表(?:本[站网網報报刊平文]|.{0,12}(?:网|網|報|报|新闻|平台|公司|机构|号)的?).{0,6}(?:观点|觀點|立场|立場)"
    rf"|{_UNLICENSED}(?:转载|轉載|摘编|摘編|镜像)|{_OWN}.{{0,40}}{_UNLICENSED}{_COPY}|{_UNLICENSED}{_COPY}.{{0,8}}{_OWN}"
    r"|(?:转载|轉載)(?:请|請|须|需)(?:注明|註明|联系|聯繫|标明|保留)"
    r"|(?:如有|若有|如涉|涉及).{0,6}侵(?:权|權|犯.{0,6}[权權](?!益)|犯.{0,3}[您作贵]).{0,20}(?:[删刪]|联系|聯繫)"
    r"|^\W*(?:图片|圖片|文章|内容|本文|素材|文图|图文|信息)(?:均|皆|都|部分)?(?:来自|來自|来源|來源|源|摘自|转自)于?(?:网络|網路|互联网)"
    r"|更多.{0,8}(?:资讯|資訊|精彩|内容|原创).{0,10}(?:下载|下載|关注|關注|扫码|搜索)"
    r"|(?:무단\s?(?:전재|복제|배포)|재배포).{0,30}(?:금지|금합니다|불허)\W*$|저작권자\s?[ⓒ©(]"
    r"|無断(?:転載|複製|使用).{0,16}(?:禁|お断り|ご遠慮)[^を]{0,8}$|転載を?禁"
)
_TELLS = re.compile(
    r"表示|强调|強調|指出|认为|認為|[称稱说說][，,：:。]|法院|检察|檢察|警方|법원|경찰|검찰|혐의|밝혔|말했|裁判|判決|逮捕|述べ|話した"
)
"""What makes a piece of news of a line that speaks of views or copies: who said so, or judged it."""
_BACK = re.compile(r"\s?返回[^。！？]{1,12}?(?:，?查看更多|[首主][页頁]|[>＞》]{1,2})\W*$")
"""What leads back to the site at the end of a text."""
_LEADS_ON = re.compile(rf".{{1,40}}(?:>>|》》|＞＞|››)\W*|{_BACK.pattern}")
_ASKS = re.compile(
    r"\W*(?:请|欢迎|快来|记得|歡迎|更多.{0,10}[，,])?(?:点击|點擊|长按|長按|扫描|掃描|扫码|扫一扫|微信扫|关注|關注|追蹤|下载|下載|安装|搜索|加入)"
    r".{0,24}(?:二维码|二維碼|QR|公众号|公眾號|微信号|客户端|APP|App|蓝字|藍字|阅读原文|订阅|关注我们|名片|粉絲|下载地址).{0,12}"
    r"|\W*(?:.{0,12}(?:点|點)[个個](?:赞|讚|在看).{0,8}|阅读原文|閱讀原文|分享(?:到|至).{0,16}|打印|列印|关闭|[字号号號]{2}[:：\s].{0,20})\W*"
    r"|.{0,24}[尽盡]在.{1,16}(?:APP|App|客户端)\W*|\W*(?:点击|點擊)进入.{0,12}|\W*(?:全文)?(?:完|终|終|END|끝)\W*"
    r"|[▶►☞→◆].{0,40}(?:제보|구독|네이버|카카오|바로\s?가기|클릭|채널|앱|보기|하기)\W*"
    r"|\W*(?:기사\s?제보|제보\s?[:：]).{0,60}|.{0,30}(?:구독하기|구독 신청|앱 다운로드)\W*|\[사진.{1,20}\]"
    r"|\W*最終更新\s?[:：].{4,24}|(?:写真|撮影|イラスト|編集)[:：／/].{1,20}"
)
"""What asks readers to follow, scan, share or go on, and labels of buttons."""
_PICTURED = re.compile(
    r"\W*(?:题图|題圖|头图|頭圖|首图|封面图?片?|配图|文[中内]图片?)(?:[、及和与]\S{1,6})?(?:均|皆)?"
    r"(?:来自|來自|来源于?|來源於?|[:：|｜/／])\s?\S.{0,30}"
)
"""Whose the pictures of the text are, in a line at its end."""
_FETCH = re.compile(
    r"(?:^|[，。！？,.!?\s])(?:快?去|请[到在])\s?(?:各大)?"
    r"(?:App ?Store|App ?商店|应用商店|應用商店|应用市场|Google Play).{0,30}(?:搜|下[载載]|安[装裝])",
    re.I,
)
"""Readers are to fetch the newsroom's app."""
_SHOPS = ("pp", "应用", "應用", "oogle")
_PROMOTES = re.compile(r"【(?:点击|點擊|下载|戳|扫码)[^】]{0,10}】")
_BRACKETS = "()（）[]【】〔〕<>《》「」 :：●■◆▼▽"
_NAMED = re.compile(r"[(（][\u4e00-\u9fff々]{2,5}(?:[\s、・][\u4e00-\u9fff々]{2,5}){0,3}[)）]")
"""Names in brackets alone."""


def find_editorial(chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that are such lines or stand below one that closes it."""
    found: set[int] = set()
    tail = len(chosen) - _TAIL
    size = sum(len(block.text) for block in chosen)
    behind, sure, size = _BEHIND * size, _SURELY * size, 0
    for at, block in enumerate(chosen):
        text = block.text
        size += len(text)
        ends = at >= _HEAD and size >= (sure if _IN_CHARGE.match(text) else behind)
        if block.level is not None or len(text) > _LONGEST or not (ends or at < _HEAD or at >= tail):
            continue
        if _EASTERN.search(text) is None:
            continue
        closes = _closes(text)
        if closes and ends:
            found.update(below.number for below in chosen[at:])
            break
        if closes or ((at < _HEAD or at >= tail) and is_editorial(text)):
            found.add(block.number)
    return found if len(found) < len(chosen) else set()


def without_way_back(chosen: list[TextBlock]) -> list[TextBlock]:
    """The blocks, the last without a link back to the site that its text runs on into."""
    if not chosen or not chosen[-1].links or (back := _BACK.search(chosen[-1].text)) is None:
        return chosen
    text = chosen[-1].text[: back.start()]
    return [*chosen[:-1], replace(chosen[-1], text=text, folded=compared(text), numbered=has_digit(text))]


def is_editorial(text: str) -> bool:
    """Whether a line but says who edited or wrote, whence the text comes, or what it was called at first."""
    if _TITLED.match(text) or _PROMOTES.search(text):
        return True
    if len(text) > _LINE:
        return False
    if _PICTURED.fullmatch(text.rstrip("。")) and _SENTENCE.search(text.rstrip("。")) is None:
        return True
    if any(map(text.__contains__, _SHOPS)) and _FETCH.search(text) is not None and _TELLS.search(text) is None:
        return True
    if _LEADS_ON.fullmatch(text) or _ASKS.fullmatch(text) or heading_kind(text.strip(_BRACKETS)) in OF_STORIES:
        return True
    if _SENTENCE.search(text) is not None:
        return False
    if _EDITED.fullmatch(text) or _SOURCED.fullmatch(text) or len(_PAIR.findall(text)) >= _PAIRS:
        return True
    if len(text) > _NAMES:
        return False
    return bool(_NAMED.fullmatch(text) or credited(text) or reporters(text))


def _closes(text: str) -> bool:
    """Whether a line is what stands below a text: its editors, a notice of whose view it is and who may copy it."""
    if _NOTICE.match(text) is not None:
        return True
    if len(text) > _LINE:  # longer ones have a notice behind what they tell
        return False
    if _SAYS.search(text) is not None and _TELLS.search(text) is None:
        return True
    return _EDITED.fullmatch(text) is not None and _SENTENCE.search(text) is None
