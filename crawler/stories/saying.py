"""Verbs that give a quotation its speaker, and what may stand between the verb and the name, in many languages."""

from __future__ import annotations

import re

_LISTED = """
said says told tells stated states added adds wrote writes asked asks warned warns explained explains noted notes
insisted insists argued argues claimed claims declared declares announced replied remarked recalled concluded
tweeted posted quipped joked commented
sagte sagt erklärte erklärt schrieb schreibt betonte betont meinte meint warnte lobte lobt versicherte ergänzte
kritisierte a_dit a_déclaré a_ajouté a_expliqué a_affirmé a_confié a_lancé a_souligné a_estimé a_précisé
dit déclare explique affirme souligne estime précise confie raconte assure
dijo declaró afirmó añadió explicó señaló aseguró indicó sostuvo comentó dice explica afirma asegura señala
disse ha_detto ha_spiegato ha_aggiunto ha_dichiarato ha_affermato spiega aggiunge racconta dichiara
afirmou declarou explicou contou acrescentou diz
zei zegt aldus vertelde vertelt stelde verklaarde benadrukte
sade säger sa sier siger sagde förklarade berättar fortalte forteller
powiedział powiedziała mówi stwierdził stwierdziła dodał dodała podkreślił podkreśliła wyjaśnił wyjaśniła zaznaczył
zaznaczyła
řekl řekla uvedl uvedla prohlásil prohlásila dodal dodala říká vysvětlil vysvětlila
сказал сказала заявил заявила сообщил сообщила отметил отметила добавил добавила пояснил пояснила подчеркнул подчеркнула
сказав заявив повідомив повідомила пояснив додав додала наголосив наголосила зазначив зазначила каже
dedi söyledi konuştu belirtti açıkladı vurguladı ekledi
sanoi sanoo kertoi kertoo totesi toteaa lisäsi
kata ujar tutur jelas tegas
είπε δήλωσε τόνισε ανέφερε πρόσθεσε
nói
"""
WORDS = frozenset(re.split(r"[\s_]+", _LISTED.strip())) - {"a", "ha", "sa"}
"""The verbs' words: without one of them a sentence of spaced words with capitals names no speaker."""


def _one_of(words: list[str]) -> str:
    """A pattern of ``words``: by their first letters, for of 200 alternatives each is tried at each place."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:].replace("_", r"\s+"))
    return "|".join(f"{first}(?:{'|'.join(of_first)})" for first, of_first in rests.items())


VERBS = _one_of(_LISTED.split())
"""A pattern of them all."""

_HAN = "\u4e00-\u9fff"
_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董袁潘于余"
    "蒋蔣蔡杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付傅白邹鄒孟熊秦邱江尹薛闫段雷侯龙龍"
)
_NO_CHINESE = """
.?周[一二三四五六日末] 方面 曾[多公经經在对對向于於表] 高[官管层層兴興度级級校中] 马[上来] 馬[上來] 江[苏蘇西]
白[宫宮人天] 于是 任[何务務] 金[融额額] 黄[金河山] 黃[金河山] 陆军 陸軍 石油 许[多可] 許[多可] 何[时時人处處] 韩[方国联]
韓[方國聯] 罗马 羅馬 孙[子女] 孫[子女] 董事 彭博 沈阳 郑州 徐州 苏[州联] 唐山 余[下名] 万人 雷达 杜绝 程[序度]
"""
"""Words that begin as surnames do: Monday, executives, the White House."""
_NO_JAPANESE = "同[氏社] 彼女 彼ら これ それ"
_NO_KOREAN = "(?:그|그녀|그들|이들)[은는]"
_NO_ARABIC = r"(?:إنه?م?ا?|أنه?م?ا?|في|خلال|أمام|من|على|عن|إلى|له|لها|لهم|لنا|ذلك|هذا|هذه|هو|هي)(?!\w)"
"""What is said, to whom, and pronouns for who says it."""


def _none_of(listed: str) -> str:
    return f"(?!{'|'.join(listed.split())})"


_GIVEN = f"(?![地的也还還则則就都又再])[{_HAN}]"
_UNSPACED = re.compile(
    rf"(?P<chinese>{_none_of(_NO_CHINESE)}(?:[{_SURNAMES}]|(?<![{_HAN}])方)(?:{_GIVEN}){{1,2}})"
    r"(?:在[^，。、]{1,14}上?|也|还|還|则|則)?"
    r"(?:说|說|表示|指出|强调|強調|称|稱|补充|補充|认为|認為|透露|坦言|写道|寫道)"
    rf"|と、?(?P<japanese>{_none_of(_NO_JAPANESE)}[{_HAN}ァ-ヶー・々]{{2,12}}(?:さん)?)(?:は|が)"
    r"[^。]{0,14}(?:述べ|語|話|言|説明|強調|訴え)"
    rf"|(?<![가-힣])(?P<korean>{_none_of(_NO_KOREAN)}[가-힣]{{1,4}}(?:\s[가-힣]{{2,5}})?)(?:은|는)"
    r"\s[^“”\"]{0,20}(?:말했|밝혔|강조했|설명했|전했|덧붙였)"
    r"|(?:^|[\s،»\"”…])[وف]?(?:قال|أضاف|صرح|أكد|أوضح|ذكر)ت?\s+"
    rf"(?P<arabic>{_none_of(_NO_ARABIC)}[\u0621-\u064a]+(?:\s+[\u0621-\u064a]+)?)"
    r"(?=\s+(?:إن|أن|في|خلال|أمام)(?!\w)|\s*[،.:«»…]|\s*$)"
)
_MAY_BE_UNSPACED = re.compile("[\u0621-\u064a\u3040-\u30ff\u4e00-\u9fff가-힣]")


def without_capitals(outside: str) -> str | None:
    """Who speaks, in a language whose names have no capitals.

    ``outside`` is what stands outside the quotations, with an ellipsis for each of them.
    """
    if outside.replace("…", "").isascii() or not _MAY_BE_UNSPACED.search(outside):
        return None
    found = _UNSPACED.search(outside)
    return next(filter(None, found.groups()), None) if found else None
