"""The words of bylines in the languages of the press: what introduces who wrote, what joins names, what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.names.given_names import is_given_name

LABELS = (
    r"autorka|interview|protokoll|aufgezeichnet von|reportage|entretien|propos recueillis par|recueilli par"
    r"|entrevista|redacta|firma"
    r"|reportagem|rep[óo]rter|autoria|a cura di|servizio di|autrice|skribent|journalist|kirjoittaja"
    r"|toimittaja|teksti|opracowała?"
    r"|oprac\.|napsala?|připravila?|írta|szöveg|scris de|haber|yazan|muhabir|derleyen|kirjutas|autors"
    r"|autore|teksts|sagatavoja"
    r"|autorius|autorė|parengė|tekstas|avtor(?:ica)?|besedilo|piše|egilea|testua|höfundur|müəllif"
    r"|mwandishi|bài(?: viết)?"
    r"|phóng viên|người viết|laporan|teks|pewarta|wartawan"
    r"|корреспондент|журналист(?:ка)?|подготовил[аи]?|беседовал[аи]?|авторка|автори|підготувала?|аутор|пише|зохиогч"
    r"|συντάκτης|συντάκτρια|κείμενο|γράφει|ρεπορτάζ|հեղինակ|ავტორი"
    r"|الكاتب(?:ة)?|تقرير|نویسنده|نویسندگان|به قلم|نوشته|گزارش(?:گر)?|خبرنگار|تحریر|مصنف|رپورٹ|כתב(?:ת|ה)?|כותבת?"
    r"|लेखक|लेखिका|रिपोर्टर?|संवाददाता|লেখক|প্রতিবেদক|লিখেছেন|எழுதியவர்|ஆசிரியர்|செய்தியாளர்|రచయిత|લેખક|ਲੇਖਕ|ಲೇಖಕರು|എഴുതിയത്"
    r"|ผู้เขียน|เขียนโดย|เรื่อง|ผู้สื่อข่าว|เรียบเรียง|ໂດຍ|ដោយ|ጸሐፊ|執筆|取材・文|取材|筆者|著者|ライター"
)
"""Words that introduce an author with a colon, in small letters, beside the commonest."""
PREPOSITIONS = (
    r"(?:reportagem|texto|cr[óô]nica|reportaje|texte|reportage|testo|servizio|tekst|text|bericht)"
    r" (?:de|di|do|da|von|par|por|av|af|van)"
    r"|as told to|(?:a )?guest (?:post|column) by|van onze (?:verslaggever|redacteur|correspondent|medewerker)s?"
    r"|propos recueillis par|recueilli par|a cura di|aufgezeichnet von|scris de|írta|napsala?|scritto da"
    r"|imeandikwa na"
    r"|γράφει (?:ο|η)|του|της|بقلم|به قلم|מאת|เขียนโดย|โดย"
)
"""What does so without a colon; the last of them only where a line begins."""
COLONS = "[:：՝/|]"
_ROLES = (
    r"correspondents?|reporters?|editor|columnist|journalist(?:e|in|a)?|bureau chief|staff writer"
    r"|redakteur(?:in)?|korrespondent(?:in|ka)?"
    r"|volontär(?:in)?|rédact(?:eur|rice)|envoyée?s?|correspondante?|corresponsal|redactora?|periodista|enviad[ao]"
    r"|repórter|jornalista|correspondente|giornalista|inviat[ao]|corrispondente|redacteur|verslaggever"
    r"|medewerker|skribent"
    r"|toimittaja|kirjeenvaihtaja|dziennikar(?:z|ka)|korespondent(?:ka)?|redaktor(?:ka)?|novinář(?:ka)?"
    r"|újságíró|tudósító"
    r"|jurnalist|corespondent|muhabir|muhabiri|gazeteci|wartawan|jurnalis|phóng viên"
    r"|корреспондент|журналист(?:ка)?|обозреватель|спецкор|кореспондент(?:ка)?|журналіст(?:ка)?"
    r"|новинар(?:ка)?|дописник"
    r"|δημοσιογράφος|ανταποκρι(?:τής|τρια)|συντάκτ(?:ης|ρια)|مراسلة?|صحفية?|خبرنگار|نامہ نگار|כתבת?|עיתונאית?"
    r"|संवाददाता|पत्रकार|প্রতিবেদক|সংবাদদাতা|ผู้สื่อข่าว"
)
_ROLE = re.compile(rf"(?<![^\W\d_])(?:{_ROLES})(?![^\W\d_])", re.I)
_OUTRIGHT = re.compile(
    r"\s*(?:[;|•·]|\s(?:and|&|und|et|og|och|ve|dan|és|și|şi|ja|και|та|və|ir|un|dhe|agus|eta|và"
    r"|im gespräch mit|in conversation with|(?:and |with )?(?:additional |further )?reporting (?:by|from)"
    r"|with (?:additional )?(?:contributions?|reports?) (?:by|from)"
    r"|with|avec|mit|con|med|met|с участием"
    r"|اور|और|एवं|तथा|এবং|மற்றும்|და|և|եւ)\s|\s[-–—/]\s|(?<=[a-z])/(?=[A-Z])|\s?และ\s?)\s*",
    re.I,
)
_OF_ONE_LETTER = re.compile(r"\s(?:[yeia]|и|і|й|ও|و)\s|(?<=[^\W\d_a-zа-я]{2})\s[YEIAИІ]\s")
"""They stand in names too: "José Winter y Falk", "Ada E Winter"."""
_DUTCH = re.compile(r"\sen\s")
_PREFIXED = re.compile(r"\s(?=[וو][^\W\d_]{2})")
_BEGIN_SO = ("وليد", "وائل", "وسام", "وفاء", "وداد", "وجدي", "وحيد", "وهيب", "وسيم", "وضاح", "ولاء",
             "وصفي", "واصل", "وليم", "وديع",
             "ורד", "ורדה", "ויקטור", "ולדימיר", "ויטלי", "ולרי", "ויויאן", "וילי")  # fmt: skip
"""Names that begin with the letter that elsewhere says "and"."""


def names_role(text: str) -> bool:
    """Whether a text says that someone works for the press."""
    return _ROLE.search(text) is not None


def split_names(text: str) -> Iterator[str]:
    """What words and signs join in a byline without commas."""
    for piece in _OUTRIGHT.split(text):
        yield from _split_at_letters(piece)


def _split_at_letters(piece: str) -> list[str]:
    """A piece at each "y", "e" or "و" that has as much of a name before as behind."""
    for pattern in (_OF_ONE_LETTER, _DUTCH, _PREFIXED):
        for found in pattern.finditer(piece):
            left, right = piece[: found.start()].strip(), piece[found.end() :].strip()
            if pattern is _PREFIXED:
                if right.startswith(_BEGIN_SO) or " " not in right:
                    continue
                right = right[1:]
            elif pattern is _DUTCH and not is_given_name(right.partition(" ")[0]):
                continue
            if left and right and (" " in left) == (" " in right):
                return [left, *_split_at_letters(right)]
    return [piece]
