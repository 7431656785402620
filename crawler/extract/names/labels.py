"""Words that are nobody's name though they stand where one may: labels, days, networks, software, licences."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.extract.wording import word_set

_COMMON = word_set(
    "the our your my us we you more now get how why what learn explore read view see all about contact home blog "
    "guide tips menu log sign search form open close skip next previous latest popular related top best new free "
    "start started event use case study services service resources resource library products product shop store "
    "support help video videos podcast newsletter subscribe download health wellness prevention data analytics "
    "cloud computing smart care story stories article articles category categories topics tags comments reply "
    "share print email facebook twitter instagram youtube linkedin pixabay unsplash cookie cookies consent "
    "privacy policy terms table contents summary overview navigation tweet pdf version sponsored advertisement "
    "question alle mehr weitere neue neues letzte artikel startseite meldungen kontakt unsere über thema "
    "themen kategorie kategorien anzeige teilen drucken foto fotos bild jetzt hier und oder aktuell aktuelle aktueller "
    "aktuelles meldung pressemitteilung pressemitteilungen nachrichten ähnliche externer externe inhalt inhalte "
    "gesponserte vorschau wortlaut suche suchen anmelden abonnieren "
    "accueil actualités rechercher partager abonnez suivant précédent lire liens "
    "noticias artículo artículos inicio contacto buscar compartir siguiente anterior suscríbete enlaces "
    "notícias artigos compartilhar notizie articoli condividi cerca iscriviti nieuws artikelen zoeken "
    "wiadomości artykuły udostępnij szukaj komentarze "
    "not for on with at to of in is are from by be taboola outbrain size posts tipp tipps pick picks"
)
"""Words that no person's name holds, but many a label of two capitalised words."""
_WORDS = word_set(
    "by von par por text author admin administrator guest anonymous unknown the a an and und home login user "
    "date size sector region industry topic category type state price brand red zvg corona "
    "agencies agency wires agenturen agences agencias agenzie agências agentschappen агентства agências "
    "autor autorin autoren autorinnen auteur auteurs auteure autores autora autore autori authors writers redactie "
    "submitted "
    "webmaster null none undefined published updated posted veröffentlicht aktualisiert "
    "wordpress typo3 drupal joomla contao wix squarespace blogger tumblr facebook twitter instagram youtube linkedin "
    "pinterest tiktok whatsapp bluesky mastodon pixabay unsplash pexels shutterstock istock "
    "flickr depositphotos "
    "montag dienstag mittwoch donnerstag samstag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes "
    "miércoles jueves viernes "
    "关注 訂閱 订阅 收藏 举报 分享 转发 更多 查看更多 发布 发布于 发表 发表于 发布时间 更新 更新于 来源 作者 编辑 "
    "记者 责任编辑 时间 阅读 评论 点赞 登录 注册 原创 转载 發佈 發佈於 發表 更新於 來源 編輯 記者 時間 閱讀 評論 "
    "登入 註冊 原創 轉載 公開 公開日 更新日 配信 ログイン 登録 会員 コラム 写真 動画 記事 特集 "
    "입력 수정 등록 작성 발행 회원가입 로그인 구독 기자 더보기"
)
_PHRASES = frozenset(
    (
        "no author", "not available", "site admin", "web admin", "super user", "you tube", "blue sky", "quick links",
        "useful links", "reading time", "adobe indesign", "adobe stock", "getty images", "microsoft word",
        "microsoft office user",
    )
)  # fmt: skip
_COUNTRIES = frozenset(
    (
        "burkina faso", "costa rica", "czech republic", "dominican republic", "east timor", "el salvador",
        "equatorial guinea", "european union", "hong kong", "ivory coast", "latin america", "middle east",
        "new zealand", "north africa", "north america", "north korea", "north macedonia", "northern ireland",
        "papua new guinea", "puerto rico", "san marino", "saudi arabia", "sierra leone", "south africa",
        "south america", "south korea", "south sudan", "southeast asia", "sri lanka", "united arab emirates",
        "united kingdom", "united nations", "united states", "west bank", "arabia saudita", "arabie saoudite",
        "corea del norte", "corea del sur", "corée du nord", "corée du sud", "estados unidos", "états-unis",
        "nueva zelanda", "reino unido", "royaume-uni", "stati uniti", "südkorea", "nordkorea", "saudi-arabien",
        "europäische union", "naher osten", "vereinigte staaten", "vereinigtes königreich", "unión europea",
    )
)  # fmt: skip
"""Names of countries and regions that are written as persons' are, as topics beside a date."""
_DAYS_AND_LICENCES = re.compile(
    r"(?:jan|feb|mar|mär|apr|ma[yi]|jun|jul|aug|sept?|o[ck]t|nov|de[cz])"
    r"(?:uary|ruary|ch|z|il|e|y|ust|tember|ober|ember|uar|ruar|i)?\.?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
    r"|(?:creative commons )?attribution\b.*|creative commons \w.*|cc[ -](?:by|0)\b.*"
)


def is_label(name: str) -> bool:
    """Whether a name holds a word that no person's name holds."""
    return any_common(re.findall(r"\w+", name.lower()))


def any_common(words: Iterable[str]) -> bool:
    """Whether one of some words in small letters is one that no person's name holds."""
    return not _COMMON.isdisjoint(words)


def is_nobody(name: str) -> bool:
    """Whether a whole name is one of nobody: "admin", "Blue Sky", "CC BY", "Tuesday"."""
    lower = name.strip().lower()
    return (
        lower in _WORDS or lower in _PHRASES or lower in _COUNTRIES or _DAYS_AND_LICENCES.fullmatch(lower) is not None
    )
