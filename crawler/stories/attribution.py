"""Where a text names an outlet as its source: ``told ABC News``, ``wie die Seepost berichtet``, ``according to``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_THE = r"(?:the|d(?:e[rnms]|ie|as)|l(?:e|a|es|os|as)|el|il|o|a)\s+"
_FIRST = re.compile(
    r"""(?:
    (?:originally|first)\s+(?:appeared|published|posted|reported|ran)\s+(?:\w+\s+){0,2}?(?:on|in|by|at)
    |(?:zuerst|ursprünglich)\s+(?:erschienen|veröffentlicht)\s+(?:in|bei|auf|von)|erschien\s+zuerst\s+(?:in|bei|auf)
    |(?:initialement|d['’]abord)\s+(?:publiée?|parue?)\s+(?:sur|dans|par|chez)
    |(?:publiée?|parue?)\s+(?:initialement|d['’]abord)\s+(?:sur|dans|par|chez)
    |publicad[oa]\s+(?:originalmente|primero|por\s+primera\s+vez)\s+(?:en|em|no|na|por)
    |pubblicat[oa]\s+(?:originariamente|per\s+la\s+prima\s+volta)\s+(?:su|in|da)
    |oorspronkelijk\s+(?:gepubliceerd|verschenen)\s+(?:in|op|bij|door)
    |ursprungligen\s+publicera\w+\s+(?:i|av|på|hos)|(?:opprinnelig|oprindeligt|først)\s+(?:publiser|udgiv|bragt)\w*\s+(?:i|av|af|på|hos)
    |(?:pierwotnie|po\s+raz\s+pierwszy)\s+(?:opublikowan|ukaza)\w+(?:\s+się)?\s+(?:w|na|przez)
    |(?:первоначально|впервые|вперше|спершу)\s+(?:опубл\w+|вы\w+)\s+(?:\w+\s+){0,2}?(?:в|на|изданием|виданням|у)
    |نُ?شر\w*\s+(?:\w+\s+){0,3}?(?:أولا|أولاً|لأول\s+مرة)\s+(?:في|على|عبر)|(?:首发于|原载于|最初发表于|首發於|原載於)
    )\s*(?:ARTICLE)?[«„“"'《「]?\s*(?:ARTICLE)?$""".replace("ARTICLE", _THE),
    re.IGNORECASE | re.VERBOSE,
)
_FIRST_AFTER = re.compile(
    r"[»”“\"』」]?(?:に|で)(?:最初|初めて|はじめて)に?(?:掲載|公開|発表)|[»”“\"』」]?에\s*처음\s*(?:게재|실|보도)"
)
_ARTICLE = re.compile(
    r"^(?:the|der|die|das|le|la|les|el|los|las|il|lo|i|gli|de|het|o|a|os|as)\s+|^l['’]", re.IGNORECASE
)
_INDEFINITE = frozenset(("an", "eine", "einen", "einem", "einer", "une"))
_SHORTEST = 2
_PROGRAMMES = frozenset(("News", "Radio", "TV", "Television", "Online", "World", "Sport", "Magazine", "Sunday"))
"""Behind an outlet's name these are its own: ``BBC Radio``."""
_STAFF = frozenset(("staff", "reporter", "reporters", "correspondent", "editor", "editors", "newsroom", "desk", "team"))
"""In lower case, who works for an outlet and is named behind it in a byline: ``Courier Staff``."""
_BY = re.compile(r"(?:by|from|von|par|por|de|di|door|av|af|od|przez)", re.IGNORECASE)

_LABEL = r"""(?:^|[(\[|·•–—]|[.!?…]\s)\s*(?:(?:
(?:original\s+|article\s+|story\s+|news\s+)?source|via|credits?|courtesy\s+of
|(?:original|artikel)?quelle|(?:source|article)\s+originale?|fuente|fonte|font|bron|k[iä]lla?|kilder?|heimild|lähde
|źródło|zdroj|izvor|vir|šaltinis|avots|allikas|forrás|sursa|kaynak|burimi|sumber|nguồn|πηγή|источник|джерело|крыніца
|извор|източник|المصدر|منبع|מקור|स्रोत|来源|來源|稿源|出典|引用元|提供|配信元?|출처|자료
)\s*[:：|–—-]
|(?:©|\(c\)|copyright(?:\s*(?:©|\(c\)))?)[\s,:]*(?:(?:19|20)\d\d[\s,–-]*)*(?:by\s)?
|(?:provided|supplied|distributed|syndicated)\s+by|(?:republished|reprinted|syndicated)\s+from|via(?=\s)
|(?<![.!?…]\s)avec|con\s+informaci(?:ón|ones)\s+del?|com\s+informações\s+d[aeo]|with\s+report(?:s|ing)\s+(?:from|by)
|по\s+материалам(?:\s+(?:издания|газеты|сайта|агентства))?|转载自|轉載自|转自
)\s*(?:ARTICLE)?[«„“"'《「]?\s*(?:ARTICLE)?""".replace("ARTICLE", _THE)
_LABELLED = re.compile(f"{_LABEL}$", re.IGNORECASE | re.VERBOSE)
"""A label on the line before a name: ``Source: Harbour Times``."""
_LABELLED_NAME = re.compile(
    rf"{_LABEL}(?P<name>[^\W\d_][^\n|·•()\[\]«»“”\"《》「」]{{1,60}})", re.IGNORECASE | re.VERBOSE
)
_CREDIT_WORDS, _NAME_WORDS = 12, 6
"""Words of a line that does nothing but credit a house, and of the house's name."""
_PICTURED = re.compile(
    r"\W*(?:\w+ )?(?:photos?|photographs?|pictures?|images?|fotos?|\w*bild(?:er)?|imagen|imagem|immagine|фото"
    r"|图片?|圖片?|写真)(?:\s(?:by|credits?|source))?\s?[:：|/©]",
    re.IGNORECASE,
)
"""How a line begins that says whose a picture is, and not whose the text."""

_SENTENCE = re.compile(r"[.!?。]\s")
_RIGHTS = re.compile(
    r"\W*\b(?:all rights|alle (?:rechte|rettighe)|tous droits|todos (?:los|os) d[ei]re[ci]\w+|tutti i diritti"
    r"|alla rättigheter|kaikki oikeudet|wszelkie prawa|všechna práva|minden jog"
    r"|toate drepturile|tüm hakları|(?:все|усі|всі) права"
    r"|جميع الحقوق|版权所有|版權所有|無断|무단)",
    re.IGNORECASE,
)
"""What follows a holder of rights, or stands without one: ``© All rights reserved``."""
_DATELINE, _DATELINE_ENDS = (
    re.compile(r"(?:[A-ZÀ-ÞΑ-ΩА-Я\d][\w.'’/-]*,? ){1,6}\((?:[Tt]he )?$"),
    re.compile(r"\)\s*[-–—:]"),
)
"""What stands around a name in a dateline: ``PORT VELM (Harbour Times) —``."""
_DATELINED = re.compile(rf"{_DATELINE.pattern[:-1]}(?P<name>[^()]{{2,40}}){_DATELINE_ENDS.pattern}")

# Each line is a language's words before an outlet's name; a tilde stands for whoever is spoken of in between, a hash
# for a word that counts ("the second") where an article or the like stands before it.
_BEFORE = r"""
told|tells|(?:speaking|spoke|talking|spoken)\s+(?:to|with)|(?:interview|statement|comments?)\s+(?:with|to)|according\s+to
reported\s+(?:by|in|on)|reports?\s+(?:by|from|in)|(?:quoted|cited|seen|obtained)\s+by|citing
berichte(?:t|te|ten|n)|melde(?:t|te|ten|n)|schreib(?:t|en)|schrieb(?:en)?|laut|gegenüber
nach\s+(?:Informationen|Angaben|einem\s+Bericht)|(?:sagte|erzählte|erklärte|verriet)\b~\s(?:der|dem|den)
selon|d['’]après|rapporte(?:nt)?|indique(?:nt)?|révèle(?:nt)?|écrit|relaie|informations\s+d[ue]|cité\s+par
a\s+(?:dit|déclaré|confié|expliqué|affirmé)\b~\s(?:à|au)
según|informa|informó|publica|publicó|reporta|reportó|recoge|adelanta|adelantó|citado\s+por|de\s+acuerdo\s+con
(?:dijo|declaró|explicó|contó|afirmó)\b~\sal?
#secondo|riporta|riferisce|scrive|racconta|rivela|stando\s+a|ha\s+(?:detto|dichiarato|spiegato|raccontato)\b~\sa(?:l|lla|i)?
#segundo|conforme|informou|publicou|noticiou|apurou|de\s+acordo\s+com|(?:disse|afirmou|contou|declarou)\b~\s(?:ao?|à)
volgens|meldt|schrijft|bericht|aldus|tegenover|(?:zei|vertelde)\b~\stegen
enligt|rapporterar|skriver|uppger|ifølge|melder|rapporterer|skrev|(?:sade|säger|sa|sier|siger)\b~\stil?l?
informuje|podaje|podał[ao]?|donosi|pisze|według|powiedział[ao]?\b~\sdla
podle|informoval[ao]?|píše|uvedl[ao]?|napsal[ao]?
сообща\w+|сообщил\w*|пишет|переда[её]т|по\s+(?:данным|информации|сообщению)|со\s+ссылкой\s+на|повідомля\w+|пише|за\s+даними
menurut|lapor(?:an)?|dilansir|dikutip|theo(?=\s(?:\W*$|(?-i:[^\W\d_A-Z])))
σύμφωνα\s+με|αναφέρει|γράφει|μεταδίδει
وفقا?ً?|وفق|بحسب|حسب|نقلا?ً?\s+عن|ذكرت?|أفادت?|לפי|על\s+פי|דיווח
据|據|援引|引述|告诉|告訴
"""
_AFTER = r"""
reported|reports|(?:has|have)\s+(?:reported|learned|seen)|first\s+reported|revealed|wrote|understands
berichte(?:t|te|ten|n)|melde(?:t|te|ten|n)|schreib(?:t|en)|zufolge
rapporte(?:nt)?|révèle|indique|écrit|informó|reportó|publicó|reveló|riporta|scrive|informou|apurou|noticiou
meldt|schrijft|bericht|rapporterar|skriver|uppger|melder|informuje|donosi|podaje|píše|сообща\w+|сообщил\w*|пишет|переда[её]т
haberine\s+göre|göre|bildirdi|duyurdu|yazdı|mukaan|kertoo|uutisoi|szerint|írja|के\s+अनुसार|के\s+मुताबिक
报道|報道|報導|消息|によると|によれば|が報じ|が伝え|에\s*따르면|보도|와의\s*인터뷰
"""
_OTHERS = r"""
that at on outside near under about to him her them me us it was were is qu['’]\w+ que quand che quando att när at om
dat dass ob wurde wird war ist że bahwa rằng
"""
"""What shows that the verb before it goes on to something else than a name: ``told her to look in the``."""
_NEXT = re.compile(r" (\w+)")
_FOLLOWING = 12
"""Characters behind a name in which the next word is looked for."""
_REACH = 90
"""Characters before a name in which what makes it a source is looked for."""


_COUNTING = "".join(rf"(?<!\b{word} )" for word in ("o", "no", "do", "por", "el", "un", "al", "del", "il", "per"))


def _any(listed: str) -> str:
    return "|".join(listed.strip().replace("~", r"[^.,!?;:\n]{0,40}?").replace("#", _COUNTING).splitlines())


_LETTERS = "A-Za-zÀ-ɏͰ-Ͽ\u0400-\u052f"
_LETTER = re.compile(f"[{_LETTERS}]")
_BETWEEN = rf"(?![^\W\d_])(?:(?!\b(?:{'|'.join(_OTHERS.split())})\b)[^.,!?;:\n]){{0,28}}"
_LET = re.compile(
    r"\b(?:courtesy\s+of|permission\s+(?:of|from)|genehmigung\s+(?:von|de[rs])|autorisation\s+d[eu]|permiso\s+del?"
    r"|cortesía\s+del?|concessione\s+d[ei]l?|cortesia\s+d[aeo]|toestemming\s+van|tillstånd\s+(?:av|från)"
    r"|till(?:atelse|adelse)\s+fra|zgodą|с\s+разрешения)\s*(?:ARTICLE)?[«„“\"'《「]?\s*(?:ARTICLE)?$".replace(
        "ARTICLE", _THE
    ),
    re.IGNORECASE,
)
"""What stands before the name of who let a text be printed: ``mit freundlicher Genehmigung der``."""
_NAMED_BEFORE = re.compile(rf"(?<![^\W_])(?:{_any(_BEFORE)})(?:{_BETWEEN})?[^\w.,!?;:\n]*[لבלה]?$", re.IGNORECASE)
_NAMED_AFTER = re.compile(rf"(?:['’]\w{{1,6}})?[»“”\"》』」]?\s*(?:{_any(_AFTER)})(?![{_LETTERS}])", re.IGNORECASE)


def attribution(outlet: str, text: str) -> tuple[re.Match[str], bool] | None:
    """Where ``text`` first names ``outlet`` as its source, and whether it says that it appeared there first."""
    bare = _ARTICLE.sub("", outlet.strip())
    if len(bare) < _SHORTEST or not (bare in text or bare.upper() in text):
        return None
    named = None
    for found in _mentions(bare, text):
        before = text[max(0, found.start() - _REACH) : found.start()].rpartition("\n")[2]
        if _is_part(bare, before, text[found.end() : found.end() + _FOLLOWING]):
            continue
        if _FIRST.search(before) or _FIRST_AFTER.match(text, found.end()):
            return found, True
        if named is None and (
            _NAMED_BEFORE.search(before)
            or _LET.search(before)
            or _NAMED_AFTER.match(text, found.end())
            or (_LABELLED.search(before) and not _PICTURED.match(before))
            or (_DATELINE.match(before) and _DATELINE_ENDS.match(text, found.end()))
        ):
            named = found
    return (named, False) if named else None


def labelled_names(text: str) -> Iterator[str]:
    """Names of houses that a text credits on lines of their own, or in its dateline."""
    if dated := _DATELINED.match(text):
        yield dated["name"].strip()
    for line in text.split("\n"):
        if line.count(" ") >= _CREDIT_WORDS:
            continue
        if "  " in line or not line.isprintable():
            line = " ".join(line.split())  # rows of spaces take the square of their length
        if not (found := _LABELLED_NAME.search(line)) or _PICTURED.match(line):
            continue
        name = _SENTENCE.split(_RIGHTS.split(found["name"])[0])[0].strip(" .,;:。、")
        if name and len(name.split()) <= _NAME_WORDS and (not name[:1].islower() or ("." in name and " " not in name)):
            yield name


def is_named_in(outlet: str, byline: str) -> bool:
    """Whether a byline names an outlet, and not only a person or another outlet by a word of its name."""
    bare = _ARTICLE.sub("", outlet.strip())
    if len(bare) < _SHORTEST:
        return False
    for found in re.finditer(rf"(?<!\w){re.escape(bare)}(?!\w)", byline, re.IGNORECASE):
        before, after = byline[: found.start()].strip(), byline[found.end() :]
        following = _NEXT.match(after)
        is_staff = following is not None and following[1].lower() in _STAFF
        if not _is_part(bare, "" if _BY.fullmatch(before) else f"{before} ", "" if is_staff else after):
            return True
    return False


def _is_part(name: str, before: str, after: str) -> bool:
    """True where a name is only part of another, as ``Sun`` of ``Sun Microsystems``, or a word like any other."""
    last = before.rstrip(" «„“\"'").rpartition(" ")[2]
    if last.lower() in _INDEFINITE or (last[:1].isupper() and last[-1:].isalpha() and not _ARTICLE.match(f"{last} ")):
        # Behind a title or a verb that opens the sentence: "Laut Seepost", "Told ABC News".
        return not re.fullmatch(_any(_BEFORE), last, re.IGNORECASE)
    following = _NEXT.match(after)
    word = following[1] if following else ""
    return " " not in name and word[:1].isupper() and word not in _PROGRAMMES


def _mentions(name: str, text: str) -> Iterator[re.Match[str]]:
    """Where a name stands as it is or in capitals, and not within a word."""
    for found in _pattern(name).finditer(text):
        start, end = found.span()
        if not (_LETTER.match(text, end) or (start and _LETTER.match(text, start - 1))):
            yield found


# The letters around a name are not in its pattern: to compile them took most of an alignment's time for each outlet.
@lru_cache(maxsize=1 << 8)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, dict.fromkeys((name, name.upper())))))
