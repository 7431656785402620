"""Names of days and months in many languages, however they are inflected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# A line is a language's; a slash parts the forms of one day or month.
_DAYS = """
monday tuesday wednesday thursday friday saturday sunday
montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
lunedì martedì mercoledì giovedì venerdì sabato domenica
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
måndag/måndagen/måndags tisdag/tisdagen/tisdags onsdag/onsdagen/onsdags torsdag/torsdagen/torsdags fredag/fredagen/fredags lördag/lördagen/lördags söndag/söndagen/söndags
mandag/mandagen tirsdag/tirsdagen onsdag/onsdagen torsdag/torsdagen fredag/fredagen lørdag/lørdagen søndag/søndagen
poniedziałek/poniedziałku wtorek/wtorku środa/środę/środy czwartek/czwartku piątek/piątku sobota/sobotę/soboty niedziela/niedzielę/niedzieli
pondělí úterý středa/středu/středy čtvrtek pátek sobota/sobotu/soboty neděle/neděli
понедельник/понедельника вторник/вторника среда/среду/среды четверг/четверга пятница/пятницу/пятницы суббота/субботу/субботы воскресенье/воскресенья
понеділок/понеділка вівторок/вівторка середа/середу/середи четвер/четверга п'ятниця/п'ятницю/п'ятниці субота/суботу/суботи неділя/неділю/неділі
pazartesi salı çarşamba perşembe cuma cumartesi pazar
maanantai/maanantaina tiistai/tiistaina keskiviikko/keskiviikkona torstai/torstaina perjantai/perjantaina lauantai/lauantaina sunnuntai/sunnuntaina
senin selasa rabu kamis jumat sabtu minggu
δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
"""  # noqa: E501
_MONTHS = """
january february march april may june july august september october november december
januar/jänner februar/feber märz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
styczeń/stycznia luty/lutego marzec/marca kwiecień/kwietnia maj/maja czerwiec/czerwca lipiec/lipca sierpień/sierpnia wrzesień/września październik/października listopad/listopada grudzień/grudnia
leden/ledna/lednu únor/února březen/března/březnu duben/dubna/dubnu květen/května/květnu červen/června/červnu červenec/července/červenci srpen/srpna/srpnu září říjen/října/říjnu listopad/listopadu prosinec/prosince/prosinci
январь/января/январе февраль/февраля/феврале март/марта/марте апрель/апреля/апреле май/мая/мае июнь/июня/июне июль/июля/июле август/августа/августе сентябрь/сентября/сентябре октябрь/октября/октябре ноябрь/ноября/ноябре декабрь/декабря/декабре
січень/січня лютий/лютого березень/березня квітень/квітня травень/травня червень/червня липень/липня серпень/серпня вересень/вересня жовтень/жовтня листопад/листопада грудень/грудня
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
tammikuu/tammikuussa/tammikuuta helmikuu/helmikuussa/helmikuuta maaliskuu/maaliskuussa/maaliskuuta huhtikuu/huhtikuussa/huhtikuuta toukokuu/toukokuussa/toukokuuta kesäkuu/kesäkuussa/kesäkuuta heinäkuu/heinäkuussa/heinäkuuta elokuu/elokuussa/elokuuta syyskuu/syyskuussa/syyskuuta lokakuu/lokakuussa/lokakuuta marraskuu/marraskuussa/marraskuuta joulukuu/joulukuussa/joulukuuta
januari februari maret april mei juni juli agustus september oktober november desember
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
"""  # noqa: E501
_AMBIGUOUS = """
may march mai mei maj mart marca ocak ekim kasım aralık pazar cuma minggu senin rabu δευτέρα τρίτη τετάρτη πέμπτη
"""
_OTHER_WORDS = frozenset(_AMBIGUOUS.split())
"""Words of some language that mean something else where they are written small."""


def _numbered(listed: str) -> dict[str, int]:
    return {
        form: number
        for line in listed.strip().splitlines()
        for number, forms in enumerate(line.split())
        for form in forms.split("/")
    }


_CALENDAR = (_numbered(_DAYS), _numbered(_MONTHS))
EVERY_DAY = frozenset().union(*_CALENDAR)
"""Names of days and months, lower case."""
PARTS_OF_DATES = frozenset(part for name in EVERY_DAY for part in name.split("-"))
"""The same as words are compared, without hyphens."""


def changed_dates(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Days and months of ``after`` that took the place of others in ``before``, both given in words as printed."""
    for kind in _CALENDAR:
        old, new = ({word: kind[_plain(word)] for word in words if _is_named(word, kind)} for words in (before, after))
        gone = [word for word, number in old.items() if number not in new.values()]
        come = [word for word, number in new.items() if number not in old.values()]
        for was, now in zip(gone, come, strict=False):
            yield f"{was} → {now}"


def _is_named(word: str, kind: dict[str, int]) -> bool:
    plain = _plain(word)
    return plain in kind and (word[0].isupper() or plain not in _OTHER_WORDS)


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")
