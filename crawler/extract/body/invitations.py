"""Lines in which a newsroom invites its readers to subscribe, follow, listen, download, join or pay."""

from __future__ import annotations

import re

from crawler.extract.body.speech import is_spoken
from crawler.extract.wording import word_set

_LONGEST = 260
"""Characters of such a line: a longer one tells something."""
_LEADS = word_set("please bitte to if want for like enjoy enjoyed enjoying don make be consider you")
"""What an asking may begin with before it says what is asked."""
_LEAD = (
    r"(?:(?:please|bitte|you can|(?:to (?:get|read|receive|hear)|if you|for more)\b[^.]{0,60},|want\b[^.?]{0,60}\?"
    r"|like what you\b[^.?]{0,30}\?|enjoy\w*\b[^.?]{0,40}\?|don[’']t forget to|(?:make|be) sure to|consider)\s+)?"
)
_WORDS = word_set(
    "subscribe subscribing sign signup join follow like download get listen become becoming support supporting donate "
    "help register never check tune stay keep catch receive buy give contribute enter share add hear install "
    "abonnieren abonniere melden melde hören hör laden lade folgen folge folgt jetzt bleiben erhalten unterstützen "
    "unterstütze werden werde holen hol lesen "
    "abonnez inscrivez recevez téléchargez suivez rejoignez soutenez écoutez retrouvez faites découvrez "
    "suscríbete suscríbase suscribite suscribirse suscríbanse apúntate recibe reciba descarga descargue sigue síguenos "
    "siga síganos únete únase apoya apoye escucha hazte "
    "iscriviti iscrivetevi abbonati ricevi scarica seguici segui unisciti sostieni ascolta diventa "
    "assine assina inscreva receba baixe participe apoie ouça clique entre siga "
    "schrijf meld abonneer ontvang volg steun word luister lees "
    "prenumerera anmäl ladda följ stöd lyssna tilmeld abonner hent last følg støt støtt lyt lytt bliv "
    "tilaa lataa seuraa tue kuuntele liity "
    "zapisz subskrybuj pobierz obserwuj śledź polub wesprzyj dołącz słuchaj přihlaste odebírejte stáhněte sledujte "
    "podpořte prihláste odoberajte iratkozz iratkozzon töltse kövess kövessen támogass támogassa abonați abonează "
    "descarcă urmărește urmăriți susține "
    "подпишитесь подписывайтесь подпишись скачайте скачивайте следите читайте присоединяйтесь поддержите вступайте "
    "підпишіться підписуйтесь підписуйтеся завантажуйте завантажте стежте приєднуйтесь приєднуйтеся підтримайте "
    "ακολουθήστε εγγραφείτε κατεβάστε ikuti berlangganan unduh gabung bergabung theo đăng tải "
    "تابعونا تابعنا اشترك اشتركوا انضم انضموا حمل עקבו הירשמו הצטרפו הורידו"
)
"""First words of what is asked: imperatives."""
_ONLY_BEFORE = {
    "never": word_set("miss"),
    "keep": word_set("up reading"),
    "stay": word_set("informed updated tuned connected up in"),
    "give": word_set("us today now"),
    "help": word_set("us keep support fund sustain"),
    "add": word_set("us our"),
    "jetzt": word_set(
        "unseren unsere unser den die das zum für kostenlos gratis hier abonnieren anmelden bestellen folgen "
        "herunterladen registrieren lesen testen mitglied newsletter app podcast auf im"
    ),
    **dict.fromkeys(
        ("werden", "folgen", "erhalten", "hören", "laden", "bleiben", "lesen", "melden", "unterstützen"),
        word_set("sie uns"),
    ),
    "sigue": word_set("a en el la los las nuestro nuestra nuestros nuestras toda"),
    "word": word_set("lid abonnee vriend donateur"),
    "meld": word_set("je u"),
    "entre": word_set("no na em para"),
    "last": word_set("ned"),
    "theo": word_set("dõi"),
    "đăng": word_set("ký"),
}
"""Words that ask only with one of these behind them: "never miss", but "never before"; "theo" alone says whose word."""
_NOUNS = word_set("support share stöd steun contribute like")
_NOT_BEFORE = word_set("of for from among in is was were has had came till från för i van voor")
"""What makes statements of lines that begin with words that are no imperatives alone."""
_CHANNELS = (
    r"facebook|twitter|x|instagram|youtube|linkedin|tiktok|telegram|whats ?app|google(?: news)?|threads|bluesky|spotify"
    r"|pinterest|vk|viber|line"
)
_THINGS = (
    rf"newsletters?|e-?newsletters?|podcasts?|apps?|channels?|journalism|reporting|newsroom|community|briefings?|alerts?"
    rf"|mailing list|e-?mails?|feed|magazine|{_CHANNELS}"
)
_FEW = r"(?:[\w'’-]+\s){0,4}?"
_ON = rf"(?:\W*$|\W{{0,3}}(?:{_CHANNELS}|social|sozial|soci[aé]|réseaux|les réseaux|redes|las redes)\b)"
_OURS = (
    rf"\bour\s{_FEW}(?:{_THINGS})\b|\bto the\s{_FEW}(?:newsletter|podcast|mailing list|channel)\b"
    rf"|\bunser(?:e[nmrs]?)?\s{_FEW}(?:newsletter|podcast|app|kanal|whats ?app|magazin|seite|community)"
    rf"|\bnotre\s{_FEW}(?:newsletter|lettre|infolettre|podcast|appli|chaîne|page|compte)"
    rf"|\bnos\s{_FEW}(?:newsletters|lettres|alertes|podcasts)\b|\bnewsletter (?:de|du|von|di|da)\b"
    rf"|\bnuestr[oa]s?\s{_FEW}(?:newsletter|bolet[ií]n|p[oó]dcast|app|aplicaci[oó]n|canal|p[aá]gina|cuenta)"
    rf"|\bnostr[oaie]\s{_FEW}(?:newsletter|podcast|app|canale|pagina)"
    rf"|\bnoss[oa]s?\s{_FEW}(?:newsletter|boletim|podcast|app|aplicativo|canal|grupo|página)"
    rf"|\b(?:onze|ons)\s{_FEW}(?:nieuwsbrief|podcast|app|kanaal|pagina)"
    rf"|\bv[åo]r(?:t|e|es)?\s{_FEW}(?:nyhe[td]sbrev|podd|podkast|podcast|app|kanal)"
    r"|\bnasz\w*\s(?:[\w-]+\s){0,3}?(?:newsletter|podcast|aplikacj|kanał|profil|fanpage)"
    r"|\buutiskir|\bhírlev|\bnewsletterul|\bнаш|\bтелеграм|\bμας\b|\baplikasi\b|\bchúng tôi\b|نشرتنا|قناتنا|تطبيقنا"
    r"|^\W*\w+\s(?:ال)?تطبيق"
    r"|לניוזלטר|אחרינו|לערוץ"
)
_US = (
    rf"\b(?:us (?:on|at)|uns (?:auf|bei|auch)|seguici(?: su)?|ons (?:op|ook)|os+ (?:på|også)|nas (?:na|w)|nás (?:na|v)"
    rf"|meitä|ne pe|нас|за нами|kami di){_ON}|(?:-nous (?:sur|aussi)|nos (?:en|por)|-nos (?:no|na|em)){_ON}"
    r"|\bв (?:telegram|viber|whatsapp|google)|على (?:فيسبوك|تويتر|تلغرام|تليغرام|واتساب|أخبار)"
)
_MEMBER = (
    r"\bindependent journalism\b|\b(?:a|our)\s(?:(?:paid|paying|premium|digital|monthly|annual|registered|founding)\s)?"
    r"(?:member|subscriber|supporter|patron)\b(?=\s?(?:[.!,:;–—|]|$)|\s(?:today|now|and|or|for|to|from|here|on)\b)"
    r"|\bwherever you (?:get|listen)|\b(?:apple|google) podcasts\b|\bon (?:spotify|itunes)\b"
    r"|\b(?:to|in|into) your (?:e?-?mail )?(?:inbox|e-?mail|phone)\b"
)
"""What is asked for: the newsroom's own."""
_FIRST = re.compile(r"\W*([^\W\d_]+)")
_ASKS = re.compile(rf"\W*{_LEAD}([^\W\d_]+)(?:[^\w]+([^\W\d_]+))?", re.I)
_FOR = re.compile(rf"{_OURS}|{_US}|{_MEMBER}", re.I)
_READING_LINE = 40
_READING = re.compile(
    r"\W*(?:(?:reading time|read time|lesezeit|(?:temps de )?lecture|tiempo de lectura|tempo di lettura|leestijd)"
    r"\W{0,3})?"
    r"\d{1,3}\s?[-–]?\s?(?:mins?\.?|minutes?|minuten|minutos|minuti)"
    r"\s(?:read|listen|watch|de lecture|de lectura|lesezeit|di lettura|leestijd|lezen|gelesen)\W*",
    re.I,
)


def invites(text: str) -> bool:
    """Whether a line only asks readers for something of theirs, or says how long the reading takes.

    It begins with the asking and names what is the newsroom's own: "Subscribe to our newsletter". Of 416 such lines on
    762 pages whose whole text is known 6 were the text's, of weblogs that write of their own shop or podcast, counted
    before statements that begin with such a word were told from them.
    """
    if len(text) > _LONGEST:
        return False
    if len(text) <= _READING_LINE and _READING.fullmatch(text) is not None:
        return True
    first = _FIRST.match(text)
    if first is None or not ((word := first[1].lower()) in _WORDS or word in _LEADS):
        return False
    asked = _ASKS.match(text)
    return (
        asked is not None
        and _is_asking(asked[1].lower(), (asked[2] or "").lower())
        and _FOR.search(text) is not None
        and not is_spoken(text)
    )


def asks_twice(text: str) -> bool:
    """Whether a line asks for something before its colon and behind it: "Get all the scores: Download Pitch"."""
    label, _, rest = text.partition(":")
    found = [(asked[1].lower(), (asked[2] or "").lower()) for asked in map(_ASKS.match, (label, rest)) if asked]
    return len(found) > 1 and all(_is_asking(*words) for words in found)


def _is_asking(word: str, following: str) -> bool:
    """Whether a line that begins with two words asks for something, and does not tell it."""
    if word not in _WORDS or (word in _NOUNS and following in _NOT_BEFORE):
        return False
    return word not in _ONLY_BEFORE or following in _ONLY_BEFORE[word]
