"""Bylines of the Chinese press: who wrote and who edited, by the word before the name and by the family name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from crawler.extract.page import Page
from crawler.extract.page.blocks import Layout
from crawler.extract.witnesses.proposal import Proposal
from crawler.extract.wording import word_set
from crawler.model import Candidate

Role = Literal["writer", "editor"]
WRITER, EDITOR = "called the writer", "called the editor"
"""Signs of such bylines."""
_LINE = 120
"""Characters of the longest line that is but a byline."""
_BEFORE = 14
"""Characters of an outlet's name and a reporter's rank before the word."""
_LEAD = 4
"""Blocks from the text's beginning in which a reporter stands in brackets."""
_OPENING = 200
"""Characters of such a block in which that is."""
_MOST = 20
"""Lines that are proposed."""
_FAMILY_NAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭肖程曹袁邓鄧许許傅沈"
    "曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾"
    "顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍"
    "韦韋申尤毕畢聂聶丛焦向柳邢路岳齐齊梅莫庄莊辛管祝左涂谷祁舒耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴"
    "席卫衛查屈鲍鮑覃霍翁隋甘景薄单單包司柏宁寧柯阮桂闵閔解柴华華车車冉房边邊辜吉饶饒刁瞿戚丘古米池滕晋晉苑邬鄔臧畅"
    "宫宮来苟全褚廉简簡娄婁盖符奚木穆党黨燕郎邸冀谈姬屠连郜晏栾欒郁商蒙计喻揭窦竇迟宇敖糜鄢冷卓花仇艾蓝藍都巩鞏稽井"
    "练仲乐樂虞卞封竺冼原官楚佟栗匡宗应應台巫鞠僧桑荆谌银扬明沙伏岑习習胥和蔺荀汲诸諸厉勾茅凤鳳幸阚闫閆佘戈寇"
) | word_set(
    "欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 司徒 东方 端木 皇甫 尉迟 公孙 轩辕 令狐 慕容 夏侯 长孙 宇文 南宫 申屠 澹台"
)
"""The commoner of China's family names, in both scripts."""
_EDITOR = r"责任?编辑|责编|責任?編輯|責編|编辑|編輯"
_REPORTER = r"记者|記者|通讯员|通訊員|评论员|評論員"
_WRITER = (
    r"作者|撰文|撰稿人?|执笔|采写|採寫|采访|採訪|文\s?[/／、&]\s?[图圖]|[图圖]\s?[/／、&]\s?文"
    r"|(?<![\u4e00-\u9fff])文字?(?=\s?[:：/／|｜])"
)
_OTHER = (
    r"来源|來源|出处|出處|时间|時間|日期|阅读|閱讀|浏览|瀏覽|[摄攝]影?|[图圖]片?|校对|校對|翻译|翻譯|审核|審核|编审|视频|监制|策划"
    r"|排版|人气|评论|报道|報導|字号|实习生"
)
_LABEL = re.compile(rf"(?P<editor>{_EDITOR})|(?P<reporter>{_REPORTER})|(?P<writer>{_WRITER})|(?P<other>{_OTHER})")
_STEM = re.compile(rf"{_EDITOR}|{_REPORTER}|{_WRITER}")
_PRESENT = re.compile(r"作者|撰文|编辑|編輯|[图圖文]\s?[/／、&]")
"""Labels that do without a colon."""
_PERSONS = frozenset(re.sub(r"[^|\w]", "", f"{_REPORTER}|作者").split("|"))
"""Labels before which an outlet and a rank may stand."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_COLON = re.compile(r"\s?[:：/／|｜丨=]\s*")
_END = re.compile(r"[()（）\[\]【】〔〕〖〗<>《》。，；;!！?？|｜]")
_SLASHED = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[、,][\u4e00-\u9fff]{2,4}){0,3}\s?[／/]")
"""How a line goes on behind the word in Taiwan: the reporter, a stroke, from where it is reported."""
_OWN = re.compile(r"本[报報刊台网網]$")
_SENTENCE = re.compile(r"[。，；：！？]")
_BETWEEN = re.compile(r"[\s、,/／&]+")
_JOINED = re.compile(r"[、,/／&]")
"""What joins names that may be of any words."""
_CODE = re.compile(r"[_\s]?[A-Z]{1,4}\d{2,}.*$")
"""What a newsroom's system calls an editor, behind the name."""
_REST = re.compile(r"[\s/／]*(?:整合|综合|整理|编译|\S{0,6}$)?\s*")
"""What may follow a reporter's name: a place, a verb."""
_WESTERN = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}")
_PEN_NAME = re.compile(r"(?=.*[^\W\d_])[\w·]{2,12}")
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fff]{1,10})+")
_NOBODY = re.compile(
    r"未知|佚名|匿名|不详|不詳|暂无|原创|转载|互联网|(?:系统)?管理员|小编|本[站网].*|网络.*|網路.*|综合.*|整理.*|编辑部?|admin.*",
    re.I,
)
_SIGNED = re.compile(
    r"[。！？”」][(（]([\u4e00-\u9fff]{2,4}(?:[\s、]+[\u4e00-\u9fff]{2,4}){0,2})(?<![摄攝图圖编])[)）]$"
)
_LAST = 2
"""Paragraphs at the text's end behind which its writer signs."""
_IN_BRACKETS = re.compile(r"[(（【〔\[]([^()（）【】〔〕\[\]]{3,40})[)）】〕\]]")


def propose(page: Page, layout: Layout) -> Iterator[Proposal]:
    """Those whom lines and leads credit with writing; where there are none, those credited with editing."""
    if not (_HAN.search(page.title) or (page.language or "").startswith("zh")):
        return
    found: dict[Role, list[tuple[int, str, tuple[str, ...]]]] = {"writer": [], "editor": []}
    place = page.place
    first = 0 if place.title is None else max(0, place.title - _BEFORE)
    for block in layout.blocks[first:]:
        text = block.text
        if text.isascii() or not (_STEM.search(text) or (text[-1] in "）)" and block.number <= place.end)):
            continue
        pieces = [(text, " ".join(" ".join(block.pieces).split()))] if len(text) < _LINE else []
        if place.near(block.number) or 0 <= block.number - place.start < _LEAD:
            pieces += [(bracket[0], bracket[0]) for bracket in _IN_BRACKETS.finditer(text[:_OPENING])]
        if (ends := 0 <= place.end - block.number < _LAST) and len(text) > _OPENING // 2:
            pieces += [(bracket[0], bracket[0]) for bracket in _IN_BRACKETS.finditer(text, len(text) - _LINE // 2)]
        for shown, line in pieces:
            if by := credited(line):
                found[by[0]].append((block.number, shown, by[1]))
                break
        else:
            if ends and (names := signed(text)):
                found["writer"].append((block.number, text[-_OPENING:], names))
    sign, lines = (WRITER, found["writer"]) if found["writer"] else (EDITOR, found["editor"])
    for number, line, names in lines[:_MOST]:
        yield "byline", Candidate(line, "text", f"block {number}, {sign}", 0.7)
        yield "authors", Candidate(names, "text", f"block {number}, {sign}", 0.7)


def credited(line: str) -> tuple[Role, tuple[str, ...]] | None:
    """Whom a line credits as ``writer`` or, where it names none, as ``editor``; None where it credits nobody so."""
    labels = list(_LABEL.finditer(line))
    found: dict[Role, list[str]] = {"writer": [], "editor": []}
    begin = 0
    for number, label in enumerate(labels):
        following = labels[number + 1] if number + 1 < len(labels) else None
        stop = following.start() if following else len(line)
        colon = _COLON.match(line, label.end(), stop)
        before, begin = line[begin : label.start()], colon.end() if colon else label.end()
        if label["other"]:
            continue
        rest = _END.split(line[begin:stop], maxsplit=1)[0]
        if following and following[0] in _PERSONS and rest[-1:].strip():
            rest = rest[: len(rest) - len(_BETWEEN.split(rest)[-1])]  # the outlet and rank of who is named next
        if not colon and not _introduces(before, label, rest):
            continue
        names, left = _names(rest.strip())
        if not names and colon and not label["reporter"]:
            names = _pen_name(rest.strip())
        photographed = following is not None and following[0][0] in "摄攝" and bool(names) and not left
        if photographed or (not colon and not _REST.fullmatch(left)):
            continue
        found["editor" if label["editor"] else "writer"] += names
    role: Role = "writer" if found["writer"] else "editor"
    return (role, tuple(dict.fromkeys(found[role]))) if found[role] else None


def signed(text: str) -> tuple[str, ...]:
    """The names in brackets behind a text's last sentence, where they are nothing but names."""
    found = _SIGNED.search(text)
    names = [part for part in _BETWEEN.split(found[1]) if part] if found else []
    return tuple(names) if all(map(is_chinese_name, names)) else ()


def is_chinese_name(text: str) -> bool:
    """Whether a text is one of China's commoner family names and a given name of one or two characters."""
    if not 2 <= len(text) <= 4 or not all("\u4e00" <= sign <= "\u9fff" for sign in text):
        return False
    return (len(text) < 4 and text[0] in _FAMILY_NAMES) or (len(text) > 2 and text[:2] in _FAMILY_NAMES)


def _introduces(before: str, label: re.Match[str], rest: str) -> bool:
    """Whether a word without a colon stands before a name, and not in a sentence or in another word."""
    if len(before) > _BEFORE or _SENTENCE.search(before):
        return False
    if rest[:1].isspace():
        return label["reporter"] is not None or _PRESENT.match(label[0]) is not None
    if label["reporter"] and not before and _SLASHED.match(rest):
        return True
    in_brackets = _END.match(label.string) is not None
    return label["reporter"] is not None and (in_brackets or _OWN.search(before) is not None)


def _names(text: str) -> tuple[list[str], str]:
    """The names that a text begins with, and what follows them."""
    parts = [part for part in _BETWEEN.split(_CODE.sub("", text)) if part]
    if len(parts) > 1 and len(parts[0]) == len(parts[1]) == 1:
        parts[:2] = [parts[0] + parts[1]]  # set apart to be as long as names of three characters
    names: list[str] = []
    for part in parts:
        if not (is_chinese_name(part) or _FOREIGN.fullmatch(part)):
            break
        names.append(part)
    return names, " ".join(parts[len(names) :])


def _pen_name(text: str) -> list[str]:
    if western := _WESTERN.match(text):
        return [western[0]]
    names = [name.strip() for name in _JOINED.split(_CODE.sub("", text))]
    names[-1] = names[-1].partition(" ")[0]
    return names if all(_PEN_NAME.fullmatch(name) and not _NOBODY.fullmatch(name) for name in names) else []
