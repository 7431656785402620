"""Phrases of elapsed time as the press prints them where CLDR has others: "há" and "atrás", "منذ" and "قبل", "une"."""

from __future__ import annotations

import re

_WORDS = {
    "second": r"segundos?|วินาที|sekundit?|ثانیه|سیکنڈ|सेकंदां?|விநாடி(?:களுக்|க்)கு",
    "minute": r"minutos?|min|นาที|minutit?|دقیقه|منٹ|मिनिटां?|நிமிட(?:ங்களுக்|த்திற்)கு",
    "hour": r"horas?|h|ชั่วโมง|tundi?|ساعت|گھنٹ[ےہ]|तासां?|तास|மணி ?நேரத்(?:திற்கு|துக்கு)",
    "day": r"d[ií]as?|วัน|päeva?|روز|دن|दिवसां?|दिवस|நா(?:ட்களுக்|ளைக்)கு",
    "week": r"semanas?|สัปดาห์|nädalat?|هفته|ہفت[ےہ]|आठवड(?:ा|्या)(?:ं)?|வார(?:ங்களுக்|த்திற்)கு",
    "month": r"m[eê]s(?:es)?|เดือน|kuud?|ماه|ماہ|महिन(?:ा|े|्यां?)|மாத(?:ங்களுக்|த்திற்)கு",
    "year": r"a[nñ]os?|ปี|aastat?|سال|वर्षां?|ஆண்டு(?:களுக்)?கு",
}
"""Units of Spanish and Portuguese, Thai, Estonian, Persian, Urdu, Marathi, Tamil."""
_AGO = r"\s*(?:atr[aá]s\b|ที่แล้ว|ที่ผ่านมา|tagasi\b|قبل|आधी|पूर्वी|முன்(?:பு|னர்)?)"
_SAY_AGO = ("atr", "ที่", "tagasi", "قبل", "आधी", "पूर्वी", "முன்", "perce", "ája", "napja", "hete", "apja", "éve")
_HUNGARIAN = {"minute": "perce", "hour": "órája", "day": "napja", "week": "hete", "month": "hónapja", "year": "éve"}
_NUMBER = r"(?<![\d.,:/])(\d{1,3})\s*"
_PHRASES = tuple(
    (unit, re.compile(f"{_NUMBER}(?:(?:{words}){_AGO}|{_HUNGARIAN.get(unit, words + _AGO)}(?!\\w))"))
    for unit, words in _WORDS.items()
)
_ONE = {
    "minute": "دقيقة|минуту|хвилину|minutę|minutou|минута|minuutti|dakika",
    "hour": "ساعة|час|годину|godzinę|hodinou|час|tunti|saat",
    "day": "يوم|день|день|dzień|dnem|ден|päivä|gün",
    "week": "أسبوع|неделю|тиждень|tydzień|týdnem|седмица|viikko|hafta",
    "month": "شهر|месяц|місяць|miesiąc|měsícem|месец|kuukausi|ay",
    "year": "سنة|عام|год|рік|rok|rokem|година|vuosi|yıl",
}
_ONE_AGO = tuple(
    (
        unit,
        re.compile(
            rf"(?<![^\W\d_])(?<!\d\s)(?:(?:قبل|před|преди)\s+(?:{words})|(?:bir\s+)?(?:{words})\s+(?:назад|тому|temu|sitten|önce))(?![^\W\d_])"
        ),
    )
    for unit, words in _ONE.items()
)
_SAY_ONE_AGO = ("قبل", "před ", "преди ", " назад", " тому", " temu", " sitten", " önce")
_ONES = {
    "ein": 1, "eine": 1, "einem": 1, "einer": 1, "un": 1, "une": 1, "una": 1, "um": 1, "uma": 1, "o": 1, "een": 1,
    "en": 1, "ett": 1, "et": 1, "zwei": 2, "deux": 2, "dos": 2, "dois": 2, "duas": 2, "due": 2, "două": 2, "doi": 2,
    "twee": 2, "två": 2, "to": 2, "drei": 3, "trois": 3, "tres": 3, "três": 3, "tre": 3, "trei": 3, "drie": 3,
    "vier": 4, "quatre": 4, "cuatro": 4, "quatro": 4, "quattro": 4, "patru": 4, "fyra": 4, "fire": 4, "fünf": 5,
    "cinq": 5, "cinco": 5, "cinque": 5, "cinci": 5, "vijf": 5, "fem": 5, "sechs": 6, "six": 6, "seis": 6, "sei": 6,
    "zes": 6, "seks": 6, "sex": 6,
}  # fmt: skip
_SPELT = re.compile(
    rf"\b(?P<before>(?:vor|il y a|hace|há|acum|för|for)\s+)(?P<word>{'|'.join(_ONES)})"
    rf"(?P<behind>\s+(?:sekund|minut|stund|tag|woch|monat|jahr|second|heure|jour|semaine|mois|an\b|ans\b|année|segundo|hora"
    rf"|d[ií]a|semana|m[eê]s|a[nñ]o|or[ăe]|zi|săpt|lun|timm|time|dag|veck|uge|uke|måned|månad|år)\w*)"
)
_BEHIND = re.compile(
    rf"\b(?P<before>)(?P<word>{'|'.join(_ONES)})(?P<behind>(?:\s+|(?<=un)['’])(?:second|minut|or[ae]\b|giorn|settiman|mes[ei]|ann[oi]"
    r"|uur|dag|we[ek]k?|maand|jaar|segundo|hora|d[ií]a|semana|m[eê]s)\w*\s+(?:fa|geleden|atr[aá]s))\b"
)
_TRADITIONAL = (("小時前", "小时前"), ("分鐘前", "分钟前"), ("個月前", "个月前"), ("週前", "周前"))
_SINCE = re.compile(r"(?<![^\W\d_])منذ(?=\s)")


def as_cldr_has_it(text: str) -> str:
    """A folded text with a small number that is spelled out as a numeral, and with CLDR's word for "ago"."""
    if "前" in text:
        for usual, known in _TRADITIONAL:
            text = text.replace(usual, known)
    elif "منذ" in text:
        text = _SINCE.sub("قبل", text)
    text = _SPELT.sub(_in_numerals, text)
    return _BEHIND.sub(_in_numerals, text) if " fa" in text or "geleden" in text or " atr" in text else text


def find_usual(text: str) -> tuple[int, str, int, int] | None:
    """Number, unit and place of the first such phrase in folded text."""
    if any(word in text for word in _SAY_AGO):
        for unit, pattern in _PHRASES:
            if found := pattern.search(text):
                return int(found[1]), unit, *found.span()
    if any(word in text for word in _SAY_ONE_AGO):
        for unit, pattern in _ONE_AGO:
            if found := pattern.search(text):
                return 1, unit, *found.span()
    return None


def _in_numerals(found: re.Match[str]) -> str:
    return f"{found['before']}{_ONES[found['word']]}{found['behind']}"
