"""Numbers written out: in languages other than English from two to twelve, how often, in Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.stories.homographs import is_meant
from crawler.stories.wording import Wording

# A line is a language's, from two upwards; a slash parts the forms of one number.
_LISTED = """
twice thrice
zwei/zweimal drei/dreimal vier/viermal fünf sechs sieben acht neun zehn elf zwölf
deux trois quatre cinq six sept huit neuf dix onze douze
dos tres cuatro cinco seis siete ocho nueve diez once doce
due tre quattro cinque sei sette otto nove dieci undici dodici
dois/duas três quatro cinco seis sete oito nove dez onze doze
twee/tweemaal drie/driemaal vier/viermaal vijf zes zeven acht negen tien elf twaalf
två tre fyra fem sex sju åtta nio tio elva tolv
to tre fire fem seks syv/sju otte/åtte ni ti elleve/elve tolv
dwa/dwie/dwóch/dwoje/dwukrotnie trzy/trzech/trzykrotnie cztery/czterech pięć/pięciu sześć/sześciu siedem/siedmiu osiem/ośmiu dziewięć/dziewięciu dziesięć/dziesięciu jedenaście/jedenastu dwanaście/dwunastu
dva/dvě/dvou/dvakrát tři/tří/třikrát čtyři/čtyř/čtyřikrát pět/pěti šest/šesti sedm/sedmi osm/osmi devět/devíti deset/deseti jedenáct/jedenácti dvanáct/dvanácti
два/две/двух/двое/дважды три/трёх/трех/трое/трижды четыре/четырёх/четырех/четверо пять/пяти/пятеро шесть/шести семь/семи восемь/восьми девять/девяти десять/десяти одиннадцать/одиннадцати двенадцать/двенадцати
два/дві/двох/двоє/двічі три/трьох/троє/тричі чотири/чотирьох п'ять/п'яти шість/шести сім/семи вісім/восьми дев'ять/дев'яти десять/десяти одинадцять/одинадцяти дванадцять/дванадцяти
iki üç dört beş altı yedi sekiz dokuz on on-bir on-iki
kaksi/kahden kolme/kolmen neljä/neljän viisi/viiden kuusi/kuuden seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista
dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua-belas
"""  # noqa: E501
_LANGUAGES = tuple(
    {form: str(number) for number, forms in enumerate(line.split(), 2) for form in forms.split("/")}
    for line in _LISTED.strip().splitlines()
)
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
WRITTEN = frozenset().union(*_LANGUAGES)
"""All of these words, lower case; many are others in another language."""


_CHARACTERS = re.compile("[〇零一二三四五六七八九十百千两兩万萬亿億]+")
_DIGITS = {sign: at for at, signs in enumerate(("〇零", "一", "二两兩", *"三四五六七八九")) for sign in signs}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


def meanings(sentences: Sequence[Wording]) -> set[str]:
    """The numbers, in digits, that any written word of the sentences means in any language."""
    found = {
        known[word]
        for sentence in sentences
        for word in WRITTEN.intersection(sentence.words)
        if is_meant(word, sentence.words)
        for known in _LANGUAGES
        if word in known
    }
    for sentence in sentences:
        if has_characters(sentence.plain):
            found.update(str(_value(signs)) for signs in _CHARACTERS.findall(sentence.plain))
    return found


def has_characters(plain: str) -> bool:
    """True where Chinese characters may be beside figures, or be figures."""
    return not plain.isascii() and _HAN.search(plain) is not None


def _value(signs: str) -> int:
    """``四千五百`` is 4500, ``二〇三二`` 2032."""
    if not any(sign in _POWERS for sign in signs):
        return int("".join(str(_DIGITS[sign]) for sign in signs))
    whole = part = digit = 0
    for sign in signs:
        power = _POWERS.get(sign)
        if power is None:
            digit = _DIGITS[sign]
        elif power < 10**4:
            part, digit = part + (digit or 1) * power, 0
        else:
            whole, part, digit = (whole + part + digit) * power, 0, 0
    return whole + part + digit


def changed_number_words(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Numbers of ``after`` that took the place of others of the same language; both are words as printed."""
    old, new = _written(before), _written(after)
    for known in _LANGUAGES:
        had = {word: known[word.lower()] for word in old if word.lower() in known}
        has = {word: known[word.lower()] for word in new if word.lower() in known}
        gone = [word for word, number in had.items() if number not in has.values()]
        come = [word for word, number in has.items() if number not in had.values()]
        if gone and come:
            return [f"{was} → {now}" for was, now in zip(gone, come, strict=False)]
    return []


def _written(printed: Sequence[str]) -> list[str]:
    """Those of the words that are numbers in the language of the others."""
    near = {word.lower() for word in printed}
    return [word for word in printed if word.lower() in WRITTEN and is_meant(word.lower(), near)]
