"""The language of a dump, where its small words leave no doubt: it settles what "5/3/2024" and "1.234" mean."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from crawler.extract.dump.lines import Line

_SMALL = {
    "en": "the and that was with for this have from they which would were been",
    "de": "der und nicht mit sich des auf für ist im dem ein eine wird",
    "fr": "les des et dans pour que qui une est sur pas avec au plus",
    "es": "los las el del por con una para como más pero sus se fue",
    "pt": "os uma não com dos das mais ao pela foi são pelo também à",
    "it": "di che per non sono della nel più gli alla dei delle anche è",
    "nl": "het een van dat niet zijn voor met er ook naar wordt werd bij",
    "sv": "och att det som är av för inte till med ett har den på",
    "da": "og det er af til ikke der med på har blev som efter også",
    "nb": "og det er av til ikke som med på har ble etter også fra",
    "fi": "ja on ei että oli myös hän mutta kun joka ovat sekä kuin mukaan",
    "pl": "się nie że na jest do oraz przez ale jak został od tym która",
    "cs": "se že je na jsou ale také podle byl jako které pro při ve",
    "sk": "sa že je na sú ale tiež podľa bol ako ktoré pre pri vo",
    "hu": "hogy nem egy az és volt mint már csak meg után szerint még ez",
    "ro": "și în pe care din pentru este au fost mai după că nu cu",
    "tr": "ve bir bu için ile da olarak olan sonra kadar ancak ise göre daha",
    "vi": "và của là có được trong cho các với những một này người đã",
    "id": "yang dan untuk dari dengan ini itu pada tidak dalam akan juga oleh telah",
    "ru": "и в не на что по как из это был для его он от",
    "uk": "і в не на що та як із це був для його він від",
    "sr": "је и у да се на за су од са као није који али",
    "bg": "и на да от се за са не че по като това беше със",
    "el": "και το της του την των στο στη να για από που δεν είναι",
    "sw": "ya wa na kwa ni katika za kuwa cha hiyo yake la wakati hilo",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_LETTERS = re.compile(r"[^\W\d_]+")
_READ, _LEAST, _AHEAD = 600, 5, 1.5
"""Words that are looked at, small ones that tell a language, and how many times more than of the next there must be."""


def languages_of(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The language of the paragraphs; nothing where too few small words tell, or two languages share them."""
    words = (word for line in lines if line.is_prose for word in _LETTERS.findall(line.text.lower()))
    counted = Counter(islice(words, _READ))
    found = sorted((sum(counted[word] for word in small), language) for language, small in _WORDS.items())
    (next_best, _), (best, language) = found[-2:]
    return (language,) if best >= _LEAST and best >= _AHEAD * next_best else ()
