"""The words of bylines in the languages of the press: what introduces who wrote, what joins names, what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.names.given_names import is_given_name
from crawler.extract.wording import word_set

LABELS = (
    r"autorka|aufgezeichnet von|propos recueillis par|recueilli par|redacta"
    r"|rep[óo]rter|autoria|a cura di|servizio di|autrice"
    r"|skribent|journalist|kirjoittaja|toimittaja|teksti|opracowała?|oprac\.|napsala?|připravila?"
    r"|írta|szöveg|scris de|yazan"
    r"|muhabir|derleyen|kirjutas|autors|autore|teksts|sagatavoja|autorius|autorė|parengė|tekstas|avtor(?:ica)?|besedilo"
    r"|piše|egilea|testua|höfundur|müəllif|mwandishi|phóng viên|người viết|teks|pewarta|wartawan"
    r"|корреспондент|журналист(?:ка)?|подготовил[аи]?|беседовал[аи]?|авторка|автори|підготувала?|аутор|пише|зохиогч"
    r"|συντάκτης|συντάκτρια|κείμενο|γράφει|հեղինակ|ავტორი"
    r"|الكاتب(?:ة)?|نویسنده|نویسندگان|به قلم|گزارشگر|خبرنگار|تحریر|مصنف|כתבת?|כותבת?"
    r"|लेखक|लेखिका|रिपोर्टर|संवाददाता|লেখক|প্রতিবেদক|লিখেছেন|எழுதியவர்|செய்தியாளர்|రచయిత|લેખક|ਲੇਖਕ|ಲೇಖಕರು|എഴുതിയത്"
    r"|ผู้เขียน|เขียนโดย|ผู้สื่อข่าว|เรียบเรียง|ໂດຍ|ដោយ|ጸሐፊ|執筆|取材・文|筆者|著者|ライター"
)
"""Words that introduce an author with a colon, in small letters, beside the commonest."""
GENRES = r"interview|protokoll|reportage|entretien|entrevista|reportagem|haber|laporan|bài viết"
"""Words that do so as well as they introduce what a piece is about."""
_PIECES = (
    r"(?:reportagem|texto|cr[óô]nica|reportaje|texte|reportage|testo|servizio|tekst|text|bericht)"
    r" (?:de|di|do|da|von|par|por|av|af|van)"
)
PREPOSITIONS = (
    rf"{_PIECES}|as told to|(?:a )?guest (?:post|column) by"
    r"|van onze (?:verslaggever|redacteur|correspondent|medewerker)s?"
    r"|propos recueillis par|recueilli par|a cura di|aufgezeichnet von|scris de|írta|napsala?|scritto da"
    r"|imeandikwa na|γράφει (?:ο|η)|بقلم|به قلم|מאת|เขียนโดย|โดย"
)
"""What does so without a colon where a line begins."""
COLONS = "[:：՝]"
_NEEDS_A_NAME = re.compile(rf"\W*(?:(?:{GENRES})\s*{COLONS}|{_PIECES}\s)", re.I)
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
    r"|اور|और|एवं|तथा|এবং|மற்றும்|და|և|եւ)\s|\s[-–—/]\s|(?<=[a-z])/(?=[A-Z])|\s?และ\s?)\s*",
    re.I,
)
_OF_ONE_LETTER = re.compile(r"\s(?:[yeia]|и|і|й|ও|و)\s|(?<=[^\W\d_a-zа-я]{2})\s[YEIAИІ]\s")
"""They stand in names too: "José Winter y Falk", "Ada E Winter"."""
_WITH = re.compile(r"\s(?:with|avec|mit|con|med|met|с участием)\s", re.I)
_WIRES = word_set("reuters dpa afp ansa efe agencies agenturen agences agencias agenzie agências")
_DUTCH = re.compile(r"\sen\s")
_PREFIXED = re.compile(r"\s(?=[וو][^\W\d_]{2})")
_BEGIN_SO = ("وليد", "وائل", "وسام", "وفاء", "وداد", "وجدي", "وحيد", "وهيب", "وسيم", "وضاح", "ولاء",
             "وصفي", "واصل", "وليم", "وديع",
             "ורד", "ורדה", "ויקטור", "ולדימיר", "ויטלי", "ולרי", "ויויאן", "וילי")  # fmt: skip
"""Names that begin with the letter that elsewhere says "and"."""


def may_tell_a_subject(said: str) -> bool:
    """Whether words that may introduce an author introduce as well what a piece is about: "Interview:"."""
    return _NEEDS_A_NAME.match(said) is not None


def names_role(text: str) -> bool:
    """Whether a text says that someone works for the press."""
    return _ROLE.search(text) is not None


def split_names(text: str) -> Iterator[str]:
    """What words and signs join in a byline without commas."""
    for piece in _OUTRIGHT.split(text):
        yield from _split_at_letters(piece)


def _are_alike(left: str, right: str) -> bool:
    """Whether two texts may be two names: of two words or more each, or given names alone."""
    return (" " in left and " " in right) or (is_given_name(left) and is_given_name(right))


def _is_wire(text: str) -> bool:
    return " " not in text and (text.isupper() or text.lower() in _WIRES)


def _split_at_letters(piece: str) -> list[str]:
    """A piece at each "with", "y", "e" or "و" that has as much of a name before as behind."""
    names: list[str] = []
    while (found := _first_split(piece)) is not None:
        left, piece = found
        names.append(left)
    return [*names, piece]


def _first_split(piece: str) -> tuple[str, str] | None:
    for pattern in (_WITH, _OF_ONE_LETTER, _DUTCH, _PREFIXED):
        for found in pattern.finditer(piece):
            left, right = piece[: found.start()].strip(), piece[found.end() :].strip()
            if pattern is _PREFIXED:
                if right.startswith(_BEGIN_SO) or " " not in right:
                    continue
                right = right[1:]
            elif pattern is _DUTCH and not is_given_name(right.partition(" ")[0]):
                continue
            if (pattern is _WITH and _is_wire(right)) or _are_alike(left, right):
                return left, right
    return None
