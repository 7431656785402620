"""Changes of a page that say nothing about its story: relative dates, counts, share numbers, the time of the update."""

from __future__ import annotations

import re

from crawler.stories.dates import EVERY_DAY

_UNIT = (
    r"seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|"
    r"sekunden?|minuten?|stunden?|tagen?|wochen?|monaten?|jahren?|"
    r"segundos?|minutos?|horas?|días?|semanas?|mes(?:es)?|años?|"
    r"secondes?|heures?|jours?|semaines?|mois|ans?|"
    r"second[oi]|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|ore|dias?"
)
_NUMBER = r"(?:\d+|an?|one|two|three|few|einem?|einer|un[ae]?|ein)"
_RELATIVE = re.compile(
    rf"\b(?:(?:about|over|almost)\s+)?{_NUMBER}\s*(?:{_UNIT})\s+(?:ago|fa)\b|\b(?:vor|hace|il\s+y\s+a|há)\s+{_NUMBER}\s+(?:{_UNIT})\b"
    r"|\bjust\s+now\b|\b\d+[smhdw]\s+ago\b",
    re.IGNORECASE,
)
# What stands around a number of hours, days, … before now: a line a language.
_AGO = (
    r"\d+\s+(?:uur|uren|min(?:uut|uten)|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar)\s+geleden",
    r"för\s+\d+\s+(?:tim\w+|min\w+|dag\w*|veck\w+|månad\w*|år)\s+sedan",
    r"for\s+\d+\s+(?:time\w*|min\w+|dag\w*|uke\w*|uge\w*|måned\w*|år)\s+siden",
    r"\d+\s+(?:godzin\w*|minut\w*|sekund\w*|dni|dzień|tygod\w+|miesi\w+|lat\w*|rok)\s+temu",
    r"před\s+\d+\s+(?:hodin\w*|minut\w*|dny|dnem|týdn\w+|měsíc\w*|lety|rok\w*)",
    r"\d+\s+(?:час\w*|минут\w*|секунд\w*|дн\w+|день|недел\w+|месяц\w*|год\w*|лет)\s+назад",
    r"\d+\s+(?:годин\w*|хвилин\w*|секунд\w*|дн\w+|день|тиж\w+|місяц\w*|рок\w*|рік)\s+тому",
    r"\d+\s+(?:saat|dakika|saniye|gün|hafta|ay|yıl)\s+önce",
    r"\d+\s+(?:tuntia?|minuuttia?|päivää?|viikkoa?|kuukautta?|vuotta?)\s+sitten",
    r"\d+\s+(?:jam|menit|detik|hari|minggu|bulan|tahun)(?:\s+yang)?\s+lalu",
    r"\d+\s+(?:giờ|phút|giây|ngày|tuần|tháng|năm)\s+trước",
    r"πριν\s+(?:από\s+)?\d+\s+\w+",
    r"(?:قبل|منذ)\s+\d+\s+(?:ساع\w+|دقي\w+|دقائق|يوم\w*|أيام|أسبوع\w*|أسابيع|شهر\w*|أشهر|سن\w+)",
    r"לפני\s+\d+\s+(?:שעות|דקות|ימים|שבועות|חודשים|שנים)",
    r"\d+\s+(?:घंटे|मिनट|दिन|सप्ताह|महीने|साल)\s+पहले",
    r"\d+\s*(?:小时|小時|分钟|分鐘|秒钟|天|周|週|个月|個月|時間|分|日|週間|か月|ヶ月|年)前",
    r"\d+\s*(?:시간|분|초|일|주|개월|년)\s?전",
)
_RELATIVE_ELSEWHERE = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(_AGO[:-2])})|(?<!\d)(?:{'|'.join(_AGO[-2:])})", re.IGNORECASE
)
_COUNTED = (
    r"comments?|shares?|views?|likes?|followers?|posts?|reads?|reactions?|votes?|replies|retweets?|reposts?|subscribers?|"
    r"kommentare?r?|aufrufe|abonnenten|commentaires?|partages?|vues|coment[aá]rios?|compartidos|vistas|seguidores|"
    r"visualizações|curtidas|commenti|condivisioni|visualizzazioni|reacties|weergaven|volgers|visning\w*|följare|følgere|"
    r"komentarz\w*|wyświetle\w+|komentář\w*|комментари\w+|просмотр\w*|подписчик\w*|коментар\w*|перегляд\w*|yorum|beğeni|"
    r"görüntülenme|takipçi|kommenttia|komentar|pembaca|bình\s+luận|lượt\s+xem|σχόλια|προβολές|تعليق\w*|مشاهد\w+|תגובות|צפיות"
)
_COUNT = re.compile(
    rf"(?<![\w.,])[\d.,]+\s?[KkMmBb]?\+?\s+(?:{_COUNTED})\b|\b(?:{_COUNTED})\s*[:(]?\s*[\d.,]+\s?[KkMmBb]?\+?\)?(?!\w)"
    r"|(?:评论|評論|阅读|閱讀|点赞|浏览|瀏覽|粉丝|跟贴|コメント|閲覧|댓글|조회수?|좋아요|공감)\s*[:：(（]?\s*[\d.,]+[万萬]?\s*[件次条]?[)）]?"
    r"|(?<![\d.,])[\d.,]+[万萬]?\s*[次条條人件个]?(?:评论|評論|阅读|閱讀|点赞|浏览|瀏覽|コメント)",
    re.IGNORECASE,
)
_READING = re.compile(
    r"\b\d+\s*-?\s*(?:min(?:ute)?s?)\.?\s+read\b"
    r"|\b(?:lesezeit|lesedauer|tiempo\s+de\s+lectura|(?:temps\s+de\s+)?lecture|tempo\s+di\s+lettura|tempo\s+de\s+leitura|"
    r"leestijd|lästid|lesetid|læsetid|czas\s+czytania|время\s+чтения|час\s+читання)\s*:?\s*\d+\s*(?:min\w*|мин\w*|хв\w*)\.?",
    re.IGNORECASE,
)
_UPDATED = (
    r"(?:last\s+)?updated|modified|aktualisiert|stand(?=\s*[:\d])|actualizado|última\s+actualización|(?:dernière\s+)?mise?\s+à\s+jour|"
    r"(?:ultimo\s+)?aggiorna(?:to|mento)|modificato|(?:última\s+)?atualiza(?:do|ção)|bijgewerkt|gewijzigd|uppdaterad|oppdatert|"
    r"opdateret|zaktualizowano|aktualizacja|aktualizováno|обновлено|изменено|оновлено|güncelle\w+|päivitetty|diperbarui|"
    r"cập\s+nhật|ενημερώθηκε|آخر\s+تحديث|تحديث|עודכן"
)
_STAMP = re.compile(
    rf"^(?:last\s+)?(?:updated|modified|aktualisiert|stand|actualizado|mis\s+à\s+jour|aggiornato)\b[^.]{{0,60}}$"
    rf"|^(?:{_UPDATED})\b(?=.{{0,60}}$).*\d.*$"
    r"|^(?:最后|最後|最終)?更新(?:时间|時間|日時|于|於)?\s*[:：]?\s*(?=.{0,40}$)\d.*$|^(?:최종\s*)?(?:수정|업데이트|입력)\s*[:：]?\s*\d.{0,40}$",
    re.IGNORECASE,
)
_MARK = re.compile(
    rf"^(?:{_UPDATED}|mis\s+à\s+jour|(?:最后|最後|最終)?更新(?:时间|時間|日時|于|於)?|(?:최종\s*)?(?:수정|업데이트|입력))",
    re.IGNORECASE,
)
_HAN = re.compile("(?![年月日時时分秒点點午前后後上下曜星期周一二三四五六七八九十])[\u3400-\u9fff]")
_DATE_WORD = re.compile(r"[^\W\d_]+")
_ZONE, _PARTICLE = 5, 3
"""Letters of the longest name of a time zone, and of the longest word between the parts of a date."""
_OTHER_BEGINNINGS = frozenset(("yes", "tod", "heu", "ges", "eas", "pac", "cen", "thá", "год"))
_BEGINNINGS = _OTHER_BEGINNINGS | {name[:3] for name in EVERY_DAY}
"""Of days and months, and of yesterday, today, zones that are spelled out, and the words for month and year."""
_MONTHS_UNKNOWN = re.compile("[\u0590-\u06ff]")
"""Hebrew and Arabic letters: of these months no names are known here."""
_KINDS = (
    ("relative date", _RELATIVE),
    ("relative date", _RELATIVE_ELSEWHERE),
    ("count", _COUNT),
    ("reading time", _READING),
    ("time of update", _STAMP),
)


def why_boring(before: str | None, after: str | None) -> str | None:
    """What alone differs between two states of a sentence, of which one may be missing; None for a real edit."""
    found: list[str] = []
    old, new = before or "", after or ""
    for kind, pattern in _KINDS:
        without = _without_stamp if pattern is _STAMP else ""
        bare_old, bare_new = pattern.sub(without, old), pattern.sub(without, new)
        if bare_old != old or bare_new != new:
            found += [kind] if kind not in found else []
            old, new = bare_old, bare_new
    if not found:
        return None
    if before is None or after is None:
        # A line that is nothing but a date or a count came or went.
        return ", ".join(found) if not re.search(r"[^\W\d_]{2}", old + new) else None
    return ", ".join(found) if " ".join(old.split()) == " ".join(new.split()) else None


def _without_stamp(stamp: re.Match[str]) -> str:
    """Nothing for the time of an update; what else is said behind such a word ("Updated: 3 dead in fire") stays."""
    said = _MARK.sub("", stamp[0])
    is_date = all(
        len(word) <= _PARTICLE
        or _MONTHS_UNKNOWN.match(word)
        or word.lower()[:3] in _BEGINNINGS
        or (word.isupper() and len(word) <= _ZONE)
        for word in _DATE_WORD.findall(said)
    )
    return "" if is_date and not _HAN.search(said) else stamp[0]
