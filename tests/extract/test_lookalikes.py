"""Pages in the shapes of what is served in place of an article, and articles that must not be taken for one of them.

Every word of them is invented.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import extract_article
from crawler.model import Outcome

Build = Callable[..., bytes]

STORY = "https://www.harbour-times.example/news/lighthouse-lamp-returns-to-grindholm"
SENTENCE = "The great lamp of Grindholm lighthouse was carried back up its hundred and twelve steps on Tuesday. "
SCRIPTS = "".join(f'<script src="/static/{name}.js" defer></script>' for name in ("runtime", "vendor", "main"))


@dataclass(frozen=True)
class LookAlike:
    name: str
    outcome: Outcome
    html: str
    url: str = STORY


UNFILLED = "".join(
    f"<p>{{{{ story.paragraphs[{n}].text | translate('a filter with some words in it') }}}}</p>" for n in range(20)
)
"""Paragraphs as a script would have found them."""


LETTER = (
    "<form><label>Your name <input name=name></label><label>Your address <input type=email></label>"
    "<label>Your words <textarea></textarea></label><input type=submit></form>"
)


def page(title: str, body: str, head: str = "", language: str = "en") -> str:
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def feed(outer: str, inner: str) -> str:
    """A feed, whose root and entries are so named, as a server may send it for a page."""
    entries = "".join(
        f"<{inner}><title>Story {n} of the lamp</title><description>{SENTENCE}</description></{inner}>"
        for n in range(20)
    )
    return f'<?xml version="1.0"?><!-- <html> --><{outer}><title>Harbour Times</title>{entries}</{outer.split()[0]}>'


def linked(**properties: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **properties})}</script>'


FOOTER = (
    "<footer><ul><li><a href=/privacy>Privacy policy</a></li><li><a href=/cookies>Cookie settings</a></li>"
    "<li><a href=/subscribe>Subscribe</a></li><li><a href=/login>Log in</a></li></ul><p>© Harbour Times</p></footer>"
)


def frame(body: str) -> str:
    """A body between the navigation and the footer of a site."""
    sections = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("news", "sport", "ferries"))
    return f"<header><nav><ul>{sections}</ul></nav></header><main>{body}</main>{FOOTER}"


def cards(number: int, teaser: str = "") -> str:
    return "".join(
        f'<article class="card"><h3><a href="/news/story-number-{n}-of-the-island-{n}">Story number {n} of this day on '
        f"the island</a></h3>{f'<p>{teaser} ({n})</p>' if teaser else ''}</article>"
        for n in range(number)
    )


WALLS = (
    LookAlike("cloudflare_managed", Outcome.BLOCKED, page(
        "Just a moment...", '<div class="main-wrapper"><h1>harbour-times.example</h1><p>One more step: we look at your '
        'connection.</p></div><script>window._cf_chl_opt={cvId:"3",cZone:"harbour-times.example"};</script>')),
    LookAlike("cloudflare_block", Outcome.BLOCKED, page(
        "Attention Required! | Cloudflare", '<div id="cf-error-details"><h1>Sorry, you have been blocked</h1><p>You are '
        "unable to access harbour-times.example</p><p>Ray: 8f00</p></div>")),
    LookAlike("cloudflare_german", Outcome.BLOCKED, page(
        "Nur einen Moment…", "<h1>Gleich geht es weiter</h1><p>Wir prüfen die Verbindung.</p>"
        '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>', language="de")),
    LookAlike("human", Outcome.BLOCKED, page(
        "Access to this page has been denied", '<div id="px-captcha"></div><p>Hold the button to show you are no '
        'machine.</p><script>window._pxAppId="PX000";</script>')),
    LookAlike("human_frame", Outcome.BLOCKED, page(
        "harbour-times.example", '<div id="px-captcha-wrapper"></div><script src="https://captcha.px-cloud.net/PX0/c.js">'
        "</script>")),
    LookAlike("datadome", Outcome.BLOCKED, page(
        "harbour-times.example", "<p>Turn on JS and switch the blocker off</p><script>var dd={'rt':'c','cid':'A','hsh'"
        ":'B','host':'geo.captcha-delivery.com'}</script>")),
    LookAlike("akamai_denied", Outcome.BLOCKED, page(
        "Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access \"http://harbour-times.example/\" "
        "on this server.</p><p>Reference #18.4f2d1.17.ab</p><p>https://errors.edgesuite.net/18.4f</p>")),
    LookAlike("akamai_challenge", Outcome.BLOCKED, page(
        "&nbsp;", '<div id="sec-if-cpt-container"></div><script src="/_sec/cp_challenge/ak-challenge-4-5.js"></script>')),
    LookAlike("imperva", Outcome.BLOCKED, page(
        "", '<iframe src="/_Incapsula_Resource?SWUDNSAI=31&amp;xinfo=1" width="100%"></iframe>')),
    LookAlike("imperva_words", Outcome.BLOCKED, page(
        "Pardon Our Interruption", "<h1>Pardon Our Interruption</h1><p>Something about the way you read made us think of "
        "a machine. Cookies may be off, or a plug-in may be in the way.</p>")),
    LookAlike("aws_waf", Outcome.BLOCKED, page(
        "", '<div id="challenge-container"></div><script>window.awsWafCookieDomainList=[];window.gokuProps={"key":"A"};'
        '</script><script src="https://a.token.awswaf.com/challenge.js"></script>')),
    LookAlike("aws_waf_captcha", Outcome.BLOCKED, page(
        "Human Verification", '<div id="captcha-container"></div><script>AwsWafCaptcha.renderCaptcha()</script>')),
    LookAlike("kasada", Outcome.BLOCKED, page("", "<script>window.KPSDK={};</script><script src='/1-2/ips.js?KP_UIDz=0'></script>")),
    LookAlike("f5", Outcome.BLOCKED, page(
        "Request Rejected", "The requested URL was rejected. Please consult with your administrator. Support ID: 123")),
    LookAlike("captcha_as_200", Outcome.BLOCKED, page(
        "Harbour Times", '<form method="post"><p>Type what you see.</p><div class="g-recaptcha" data-sitekey="k"></div>'
        "<button>Go on</button></form>")),
    LookAlike("hcaptcha_as_200", Outcome.BLOCKED, page(
        "Harbour Times", '<p>Nur ein kurzer Test.</p><div class="h-captcha" data-sitekey="k"></div>', language="de")),
    LookAlike("russian", Outcome.BLOCKED, page(
        "Ой!", "<h1>Подтвердите, что вы не робот</h1><p>Из вашей сети идут автоматические запросы.</p>", language="ru")),
    LookAlike("french", Outcome.BLOCKED, page("Accès refusé", "<p>Votre navigateur a été bloqué.</p>", language="fr")),
    LookAlike("spanish", Outcome.BLOCKED, page(
        "Verificación", "<p>Hemos notado tráfico inusual desde tu red.</p>", language="es")),
    LookAlike("japanese", Outcome.BLOCKED, page("アクセスが拒否されました", "<p>しばらくしてからお試しください。</p>", language="ja")),
    LookAlike("anubis", Outcome.BLOCKED, page(
        "Making sure you're not a bot!", '<p>Loading</p><script id="anubis_challenge" type="application/json">{}</script>')),
    LookAlike("vercel", Outcome.BLOCKED, page("Vercel Security Checkpoint", "<p>We look at your browser</p>")),
    LookAlike("too_many", Outcome.BLOCKED, page("429 Too Many Requests", "<h1>Too Many Requests</h1><hr>nginx")),
    LookAlike("portuguese", Outcome.BLOCKED, page(
        "Farol", "<p>Antes de entrar, confirme que você é humano.</p>", language="pt")),
    LookAlike("korean", Outcome.BLOCKED, page("등대", "<p>로봇이 아님을 확인해 주세요.</p>", language="ko")),
    LookAlike("german_blocked", Outcome.BLOCKED, page(
        "Hafenblatt", "<p>Ihr Zugriff wurde aus Gründen der Sicherheit blockiert.</p>", language="de")),
    LookAlike("russian_proof", Outcome.BLOCKED, page("Маяк", "<p>Докажите, что вы не бот.</p>", language="ru")),
    LookAlike("chinese_puzzle", Outcome.BLOCKED, page("灯塔报", "<p>访问过于频繁，请输入验证码。</p>", language="zh")),
    LookAlike("not_in_europe", Outcome.BLOCKED, page(
        "Harbour Times", "<p>Sorry, this site is not available to readers in the European Union.</p>")),
    LookAlike("legal_reasons", Outcome.BLOCKED, page(
        "Harbour Times", "<h1>451</h1><p>Unavailable due to legal reasons: you seem to be in a country whose rules on data "
        "we do not meet, and access cannot be granted at this time.</p><p>Write to us or call the desk for help with it.</p>")),
    LookAlike("not_in_this_country", Outcome.BLOCKED, page(
        "Hafenblatt", "<p>Dieser Beitrag ist in Ihrem Land leider nicht verfügbar.</p>", language="de")),
)  # fmt: skip

CONSENTS = (
    LookAlike("google", Outcome.CONSENT, page(
        "Before you continue", "<h1>Before you continue</h1><p>We use cookies and data to keep our services running and "
        "to count how they are used.</p><p>If you choose all, we will also use cookies and data to show advertisements "
        "that fit you and to build new services.</p><p>Without your consent, the advertisements go by what you look at."
        "</p><form><button>Reject all</button><button>Accept all</button></form>"),
        "https://consent.google.example/ml?continue=https://news.google.example/"),
    LookAlike("onetrust", Outcome.CONSENT, page(
        "Harbour Times", '<div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk"><h2>Your privacy choices</h2><p>We '
        "and our partners store and read data on your device, such as cookies.</p><button id='onetrust-accept-btn-handler'"
        ">Accept all cookies</button></div></div>")),
    LookAlike("didomi_french", Outcome.CONSENT, page(
        "Le Phare", '<div id="didomi-host"><div id="didomi-popup"><h1>Le respect de votre vie privée est notre '
        "priorité</h1><p>Avec votre accord, nous et nos 840 partenaires utilisons des traceurs pour stocker et lire des "
        "données personnelles comme votre visite sur ce site.</p><p>Vous pouvez retirer votre consentement à tout moment "
        "dans notre politique de confidentialité.</p><button>Continuer sans accepter</button><button>Accepter et fermer"
        "</button></div></div>", language="fr")),
    LookAlike("sourcepoint_german", Outcome.CONSENT, page(
        "Hafenblatt – Zustimmung", '<div id="sp_message_container_1"><h1>Mit Werbung weiterlesen</h1><p>Besuchen Sie uns wie '
        "gewohnt mit Werbung und Cookies. Ihre Einwilligung können Sie jederzeit in der Datenschutzerklärung widerrufen."
        "</p><p>Oder lesen Sie ohne Werbung mit dem Hafen-Abo für 3,99 Euro im Monat, monatlich kündbar, und ohne dass "
        "unsere 213 Partner personenbezogene Daten für Werbung verarbeiten, wie in den Datenschutzhinweisen beschrieben."
        "</p><button>Akzeptieren und weiter</button></div>", language="de")),
    LookAlike("usercentrics", Outcome.CONSENT, page(
        "Hafenblatt", '<div id="usercentrics-root"></div><p>Wir benötigen Ihre Zustimmung</p><button>Alle akzeptieren'
        "</button>", language="de")),
    LookAlike("yahoo", Outcome.CONSENT, page(
        "Harbour is part of the Lantern family", "<p>We, Harbour, are part of the Lantern family of brands.</p><p>When you "
        "use our sites and apps, we use cookies to run them and to keep them safe, and to count your use of them.</p><p>If "
        "you click 'Accept all', we and our partners, 241 of whom belong to a framework, will also store and read data on "
        "your device with cookies and use your personal data for advertising and research.</p><form action='/v2/"
        "collectConsent'><button>Accept all</button><button>Reject all</button></form>"),
        "https://consent.lantern.example/v2/collectConsent?sessionId=3"),
    LookAlike("polish", Outcome.CONSENT, page(
        "Latarnia", "<h1>Twoja prywatność jest dla nas ważna</h1><p>Administratorem danych osobowych jest Latarnia. Prosimy "
        "o zgodę na pliki cookies.</p><button>Przejdź do serwisu</button>", language="pl")),
    LookAlike("spanish_consent", Outcome.CONSENT, page(
        "El Faro", "<h2>Valoramos tu privacidad</h2><p>Nosotros y nuestros socios usamos cookies.</p><button>Aceptar y "
        "continuar</button>", language="es")),
    LookAlike("dutch", Outcome.CONSENT, page(
        "De Vuurtoren", "<h1>Jouw privacy</h1><p>Wij vragen toestemming voor cookies en persoonsgegevens.</p><button>Alles "
        "accepteren</button>", language="nl")),
)  # fmt: skip

PAYWALLS = (
    LookAlike("not_free", Outcome.PAYWALL, page(
        "Lamp returns", frame(f"<article><h1>Lamp returns</h1><p>{SENTENCE * 3}</p><div class='offer'><h2>Subscribe to "
        "continue reading</h2><p>Already a subscriber? Log in.</p></div></article>"),
        linked(**{"@type": "NewsArticle"}, headline="Lamp returns", isAccessibleForFree=False))),
    LookAlike("metered", Outcome.PAYWALL, page(
        "Lamp returns", frame(f"<article><h1>Lamp returns</h1><time datetime='2024-03-05'>5 March 2024</time><p>{SENTENCE * 2}"
        "</p><p>You’ve reached your limit of free articles.</p><a href='/subscribe'>Start your free trial</a></article>"))),
    LookAlike("german_plus", Outcome.PAYWALL, page(
        "Lampe kehrt zurück", frame("<article><h1>Lampe kehrt zurück</h1><p>Die große Lampe des Leuchtturms von Grindholm "
        "wurde am Dienstag die hundertzwölf Stufen hinaufgetragen, vierzig Jahre nachdem man sie verkauft hatte.</p>"
        "<div><h3>Jetzt weiterlesen mit Hafen Plus</h3></div></article>"),
        linked(**{"@type": "NewsArticle"}, headline="Lampe kehrt zurück", datePublished="2024-03-05"), "de")),
    LookAlike("french_reserved", Outcome.PAYWALL, page(
        "La lampe revient", frame("<article><h1>La lampe revient</h1><p>La grande lampe du phare de Grindholm a été remontée "
        "mardi, quarante ans après sa vente à un collectionneur du continent.</p><p>Il vous reste 82 % de cet article à lire. "
        "La suite est réservée aux abonnés.</p></article>"),
        linked(**{"@type": "NewsArticle"}, headline="La lampe revient", isAccessibleForFree="False"), "fr")),
    LookAlike("japanese_members", Outcome.PAYWALL, page(
        "灯台のランプ戻る", frame("<article><h1>灯台のランプ戻る</h1><p>島の灯台の大きなランプが火曜日、四十年ぶりに百十二段の階段を上って元の場所に戻された。</p>"
        "<p>この記事は有料会員限定です。残り 812文字</p></article>"),
        linked(**{"@type": "NewsArticle"}, headline="灯台のランプ戻る", isAccessibleForFree=False), "ja")),
    LookAlike("cut_off", Outcome.PAYWALL, page(
        "Lamp returns", frame(f"<article><h1>Lamp returns</h1><p>By Ada Winter</p><p>{SENTENCE * 2}</p><p>Volunteers formed a "
        "chain on the stairs and passed the brass fittings from hand to …</p></article><div class='piano-offer'></div>"),
        linked(**{"@type": "NewsArticle"}, headline="Lamp returns", datePublished="2024-03-05"))),
    LookAlike("italian_reserved", Outcome.PAYWALL, page(
        "La lampada torna", frame("<article><h1>La lampada torna</h1><p>La grande lampada del faro di Grindholm è stata "
        "riportata in cima martedì, quarant'anni dopo la sua vendita.</p><p>Questo articolo è riservato agli abbonati.</p>"
        "</article>"), language="it")),
    LookAlike("russian_subscribers", Outcome.PAYWALL, page(
        "Лампа возвращается", frame("<article><h1>Лампа возвращается</h1><p>Большую лампу маяка Гриндхольм во вторник "
        "подняли на башню через сорок лет после продажи.</p><p>Продолжение доступно только подписчикам.</p></article>"),
        language="ru")),
    *(LookAlike(f"offer_{number}", Outcome.PAYWALL, page(
        "Lamp returns", frame(f"<article><h1>Lamp returns</h1><p>{SENTENCE * 2}</p><div><p>{offer}</p></div></article>"),
        linked(**{"@type": "NewsArticle"}, headline="Lamp returns", datePublished="2024-03-05")))
      for number, offer in enumerate((
        "Subscribe for unlimited reading.", "Jetzt ein Abo abschließen und weiterlesen.", "Suscríbete y lee el artículo completo.",
        "Bli prenumerant och läs hela texten.", "Чтобы прочитать полностью, оформите подписку."))),
    LookAlike("locked_tier", Outcome.PAYWALL, page(
        "Lamp returns", frame(f"<article><h1>Lamp returns</h1><p>{SENTENCE * 3}</p></article>"),
        '<meta property="og:type" content="article"><meta property="article:content_tier" content="locked">')),
)  # fmt: skip

MISSING = (
    LookAlike("titled", Outcome.SOFT_404, page("Page not found | Harbour Times", frame(f"<h1>Oops!</h1><div>{cards(12)}</div>"))),
    LookAlike("with_teasers", Outcome.SOFT_404, page(
        "Harbour Times", frame(f"<h1>404</h1><p>The page you are looking for has moved.</p>{cards(10, SENTENCE)}"))),
    LookAlike("german_404", Outcome.SOFT_404, page(
        "Hafenblatt", frame("<h1>Diese Seite wurde leider nicht gefunden</h1><p>Versuchen Sie die Suche.</p>"), language="de")),
    LookAlike("french_404", Outcome.SOFT_404, page("Page introuvable - Le Phare", frame("<p>Retour à l'accueil</p>"), language="fr")),
    LookAlike("russian_404", Outcome.SOFT_404, page("Страница не найдена", frame("<p>Вернитесь на главную.</p>"), language="ru")),
    LookAlike("japanese_404", Outcome.SOFT_404, page("灯台新聞", frame("<h1>お探しのページが見つかりません</h1>"), language="ja")),
    LookAlike("gone_story", Outcome.SOFT_404, page(
        "Harbour Times", frame("<p>The article you requested is no longer here.</p><p>It may have expired.</p>"))),
    LookAlike("parked", Outcome.SOFT_404, page("This domain is for sale", "<p>Make an offer today.</p>")),
    LookAlike("german_no_such_page", Outcome.SOFT_404, page(
        "Hafenblatt", frame("<h1>Hoppla!</h1><p>Diese Seite gibt es nicht mehr.</p>"), language="de")),
    LookAlike("portuguese_404", Outcome.SOFT_404, page(
        "Farol", frame("<h1>Conteúdo não encontrado</h1><p>O endereço mudou.</p>"), language="pt")),
    LookAlike("japanese_expired", Outcome.SOFT_404, page(
        "灯台新聞", frame("<p>この記事は掲載期間が終了しました。</p>"), language="ja")),
    LookAlike("chinese_deleted", Outcome.SOFT_404, page("灯塔报", frame("<p>该文章已被删除。</p>"), language="zh")),
    LookAlike("hindi_404", Outcome.SOFT_404, page("दीपस्तंभ", frame("<h1>पेज नहीं मिला</h1>"), language="hi")),
    LookAlike("english_deleted", Outcome.SOFT_404, page(
        "Harbour Times", frame("<h1>We looked everywhere</h1><p>This post was deleted by whoever wrote it.</p>"))),
    LookAlike("spanish_gone", Outcome.SOFT_404, page("El Faro", frame("<h1>Esta noticia ya no está disponible</h1>"), language="es")),
    LookAlike("russian_deleted", Outcome.SOFT_404, page("Маяк", frame("<p>Материал удалён.</p>"), language="ru")),
    LookAlike("korean_gone", Outcome.SOFT_404, page("등대", frame("<h1>찾으시는 기사가 없습니다.</h1>"), language="ko")),
    LookAlike("no_database", Outcome.SERVER_ERROR, page("Error", "<p>Error establishing a database connection</p>")),
    LookAlike("french_maintenance", Outcome.SERVER_ERROR, page(
        "Le Phare", "<p>Le site est en maintenance, revenez bientôt.</p>", language="fr")),
    LookAlike("broken", Outcome.SERVER_ERROR, page("503 Service Temporarily Unavailable", "<h1>503</h1><p>nginx</p>")),
    LookAlike("maintenance", Outcome.SERVER_ERROR, page("Harbour Times", "<h1>We're down for maintenance</h1><p>Back soon.</p>")),
)  # fmt: skip

LOGINS = (
    LookAlike("form", Outcome.LOGIN, page(
        "Log in | Harbour Times", frame("<h1>Log in</h1><form><input type='email'><input type='password'><button>Go</button>"
        "</form><p>No account yet? Make one.</p>"))),
    LookAlike("to_read", Outcome.LOGIN, page(
        "Lamp returns", frame("<h1>Lamp returns</h1><p>Log in to read this story.</p><a href='/login'>Log in</a>"))),
    LookAlike("registration", Outcome.LOGIN, page(
        "Lamp returns", frame("<h1>Lamp returns</h1><p>Create a free account to continue. It takes a minute.</p>"))),
    LookAlike("german_login", Outcome.LOGIN, page(
        "Anmeldung", frame("<h1>Anmelden</h1><form><input type='password'></form>"), language="de")),
    LookAlike("japanese_login", Outcome.LOGIN, page("灯台新聞", frame("<p>ログインしてください</p>"), language="ja")),
    LookAlike("new_account", Outcome.LOGIN, page("Harbour Times", frame(
        f"<h1>Be one of us</h1><p>{SENTENCE * 4}</p><form><input name='name'><input type='email'><input type='password'>"
        "<input type='password'></form>"))),
    LookAlike("forgotten_password", Outcome.LOGIN, page("Harbour Times", frame(
        f"<h1>Help for you</h1><p>{SENTENCE * 4}</p><form><input type='email'></form>")),
        "https://harbour-times.example/user/forgot_password.php?skin=lamp"),
    LookAlike("signup", Outcome.LOGIN, page("Harbour Times", frame(
        f"<p>{SENTENCE * 4}</p><form><input><input type='email'></form>")), "https://harbour-times.example/signup"),
)  # fmt: skip

SHELLS = (
    LookAlike("react", Outcome.NEEDS_BROWSER, page(
        "Harbour Times", f'<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>{SCRIPTS}')),
    LookAlike("next", Outcome.NEEDS_BROWSER, page("Harbour Times", f'<div id="__next"></div>{SCRIPTS}')),
    LookAlike("angular", Outcome.NEEDS_BROWSER, page("Harbour Times", f"<app-root></app-root>{SCRIPTS}")),
    LookAlike("framed", Outcome.NEEDS_BROWSER, page("Harbour Times", frame(f'<div id="app"><p>Loading…</p></div>{SCRIPTS}'))),
    LookAlike("notice_only", Outcome.NEEDS_BROWSER, page(
        "Hafenblatt", '<noscript>Bitte JavaScript aktivieren.</noscript><div class="x"></div><script src="a.js"></script>')),
    LookAlike("skeleton", Outcome.NEEDS_BROWSER, page("Lamp returns", frame(
        "<h1>Lamp returns to its tower</h1><div class='skeleton'><div class='skeleton-line'></div></div><script src='a.js'></script>"))),
    LookAlike("template", Outcome.NEEDS_BROWSER, page(
        "{{ title }}", frame(f"<h1>{{{{ story.headline }}}}</h1>{UNFILLED}"))),
)  # fmt: skip

LISTS = (
    LookAlike("rss", Outcome.NOT_ARTICLE, feed("rss", "item")),
    LookAlike("rdf", Outcome.NOT_ARTICLE, feed('rdf:RDF xmlns:rdf="r"', "item")),
    LookAlike("atom", Outcome.NOT_ARTICLE, feed('feed xmlns="http://www.w3.org/2005/Atom"', "entry")),
    LookAlike("front", Outcome.NOT_ARTICLE, page("Harbour Times", frame(cards(30, SENTENCE))), "https://www.harbour-times.example/"),
    LookAlike("section", Outcome.NOT_ARTICLE, page(
        "Ferries | Harbour Times", frame(f"<h1>Ferries</h1>{cards(20, SENTENCE)}"), '<meta property="og:type" content="website">'),
        "https://www.harbour-times.example/section/ferries"),
    LookAlike("section_without_address", Outcome.NOT_ARTICLE, page(
        "Ferries | Harbour Times", frame(f"<h1>Ferries</h1>{cards(20, SENTENCE)}")), "https://www.harbour-times.example/ferries"),
    LookAlike("tag", Outcome.NOT_ARTICLE, page(
        "Lighthouse", frame(f"<h1>Lighthouse</h1><p>All we wrote of it.</p>{cards(14, SENTENCE)}")),
        "https://www.harbour-times.example/tag/lighthouse"),
    LookAlike("search", Outcome.NOT_ARTICLE, page(
        "Search: lamp", frame(f"<h1>14 results for lamp</h1>{cards(14, SENTENCE)}")), "https://www.harbour-times.example/?s=lamp"),
    LookAlike("author", Outcome.NOT_ARTICLE, page(
        "Ada Winter", frame(f"<h1>Ada Winter</h1><p>Ada writes of ferries.</p>{cards(12, SENTENCE)}"),
        linked(**{"@type": "ProfilePage"}, name="Ada Winter")), "https://www.harbour-times.example/author/ada-winter"),
    LookAlike("collection", Outcome.NOT_ARTICLE, page(
        "The island in winter", frame(cards(16, SENTENCE)), linked(**{"@type": "CollectionPage"}, name="Winter")),
        "https://www.harbour-times.example/the-island-in-winter"),
    LookAlike("gallery", Outcome.NOT_ARTICLE, page(
        "The lamp in pictures", frame("<h1>The lamp in pictures</h1>" + "".join(
            f'<figure><img src="/p/{n}.jpg"><figcaption>The lamp on step {n * 9} of its way up.</figcaption></figure>'
            for n in range(12)))), "https://www.harbour-times.example/gallery/the-lamp-in-pictures"),
    LookAlike("gallery_in_its_title", Outcome.NOT_ARTICLE, page(
        "The lamp comes home – in pictures", frame("<h1>The lamp comes home – in pictures</h1>" + "".join(
            f'<figure><img src="/p/{n}.jpg"><figcaption>The lamp on step {n * 9} of its way up.</figcaption></figure>'
            for n in range(12))))),
    LookAlike("letter", Outcome.NOT_ARTICLE, page(
        "Write to us - Harbour Times", frame(f"<h1>Write to us</h1><p>{SENTENCE * 4}</p>{LETTER}")), "https://www.harbour-times.example/kontakt"),
    LookAlike("video", Outcome.NOT_ARTICLE, page(
        "Watch: the lamp is lit", frame("<h1>Watch: the lamp is lit</h1><video src='/v.mp4'></video><p>The lamp at sunset.</p>"),
        linked(**{"@type": "VideoObject"}, name="The lamp is lit", uploadDate="2024-03-09")),
        "https://www.harbour-times.example/video/the-lamp-is-lit"),
    LookAlike("nothing", Outcome.EMPTY, "<!DOCTYPE html><html><head><title></title></head><body></body></html>"),
)  # fmt: skip


def dated_cards(number: int) -> str:
    """Teasers as a blog's front page has them, each with a picture, a date and a name."""
    return "".join(
        f'<div class="item"><a href="/2024/03/0{n % 9 + 1}/story-{n}"><img src="/{n}.jpg"></a><h2><a href="/2024/03/0{n % 9 + 1}/story-of-the-island-number-{n}">Island story of the day with number {n} in it</a></h2><span class="meta">By Ada Winter | March {n % 28 + 1}, 2024</span><p>{SENTENCE} Number {n} of them is told here at some length, for those who only read the front.</p></div>'
        for n in range(number)
    )


ITEMS = [
    {
        "@type": "NewsArticle",
        "headline": f"Island story of the day with number {i}",
        "datePublished": "2024-03-05",
        "url": f"https://x.example/{i}",
    }
    for i in range(6)
]
OTHERS = (
    LookAlike("front_with_newsarticles", Outcome.NOT_ARTICLE, page("Harbour Times", frame(dated_cards(20)), linked(**{"@graph":ITEMS})), "https://www.harbour-times.example/"),
    LookAlike("wp_category", Outcome.NOT_ARTICLE, page("Ferries Archives - Harbour Times", frame("<h1>Category: Ferries</h1>"+dated_cards(12)),'<meta property="og:type" content="article">'+linked(**{"@graph":[{"@type":"CollectionPage","name":"x"},{"@type":"BreadcrumbList"},{"@type":"WebSite","name":"H"}]})), "https://www.harbour-times.example/category/ferries/"),
    LookAlike("blog_home", Outcome.NOT_ARTICLE, page("Harbour Blog", frame(dated_cards(10))), "https://www.harbour-times.example/blog/"),
    LookAlike("soft404_h1", Outcome.SOFT_404, page("Harbour Times", frame("<h1>Sorry, we couldn't find that page</h1><p>Maybe one of these helps.</p>"+dated_cards(8))), STORY),
    LookAlike("soft404_title", Outcome.SOFT_404, page("404 - Harbour Times", frame(dated_cards(8))), STORY),
    LookAlike("soft404_error", Outcome.SOFT_404, page("Error 404 (Not Found)!!1",'<p>404. That’s an error.</p><p>The requested URL was not found on this server.</p>'), STORY),
    LookAlike("article_removed", Outcome.SOFT_404, page("Harbour Times", frame("<h1>This story is no longer available</h1><p>It was taken down.</p>")), STORY),
    LookAlike("gallery_news", Outcome.NOT_ARTICLE, page("In pictures: the lamp", frame("<h1>In pictures: the lamp</h1><p>The lamp went up on Tuesday.</p>"+"".join(f'<figure><img src="/{n}.jpg"><figcaption>Step {n} of its way, with the crane behind it.</figcaption></figure>' for n in range(14))), linked(**{"@type":"NewsArticle"},headline="In pictures: the lamp",datePublished="2024-03-05")), "https://www.harbour-times.example/news/in-pictures-lamp"),
    LookAlike("video_news", Outcome.NOT_ARTICLE, page("Video: the lamp", frame("<h1>Video: the lamp</h1><div class=player><video src='/v.mp4'></video></div><p>The great lamp of Grindholm was lit on Saturday evening at sunset.</p>"), linked(**{"@type":"NewsArticle"},headline="Video: the lamp",datePublished="2024-03-05",video={"@type":"VideoObject","name":"x"})+'<meta property="og:type" content="video.other">'), "https://www.harbour-times.example/video/lamp-5512345"),
    LookAlike("spiegel_pur", Outcome.CONSENT, page("Hafenblatt | Willkommen",'<div class="privacy-center"><h1>Willkommen bei hafenblatt.example</h1><div><h2>Mit Werbung lesen</h2><p>Besuchen Sie hafenblatt.example wie gewohnt mit Werbung und üblichem Tracking. (Zustimmung ist jederzeit widerrufbar.)</p><button>Akzeptieren und weiter</button></div><div><h2>Hafenblatt Pur</h2><p>Lesen Sie ohne Werbetracking und weitgehend ohne Werbung für 4,99 Euro im Monat.</p><a href=/pur>Jetzt abonnieren</a></div><p>Tracking: Durch den Klick verarbeiten wir und unsere Partner Informationen auf Ihrem Gerät, wie Cookies und Kennungen, für personalisierte Werbung. Ausführliche Hinweise in der Datenschutzerklärung.</p></div>',language="de"), "https://www.hafenblatt.example/consent-a-?targetUrl=x"),
    LookAlike("google_full", Outcome.CONSENT, page("Bevor Sie fortfahren",'<h1>Bevor Sie zu Google weitergehen</h1><p>Wir verwenden Cookies und Daten, um Dienste bereitzustellen.</p><ul><li>Ausfälle zu prüfen und Maßnahmen gegen Spam zu ergreifen</li><li>Daten zu Zielgruppeninteraktionen zu erheben</li></ul><button>Alle ablehnen</button><button>Alle akzeptieren</button>',language="de"), "https://consent.google.example/m"),
    LookAlike("reuters_shell", Outcome.NEEDS_BROWSER, page("Lamp returns | Harbour",'<div id="fusion-app"></div><script>window.Fusion={};</script>'+SCRIPTS), STORY),
    LookAlike("js_required", Outcome.NEEDS_BROWSER, page("Harbour",'<p>JavaScript is required to view this page.</p><script src=a.js></script>'), STORY),
    LookAlike("bloomberg", Outcome.BLOCKED, page("Harbour - Are you a robot?",'<h1>We have seen unusual activity from your computer network</h1><p>To continue, please click the box below to let us know you are not a robot.</p><script src="https://captcha.px-cdn.net/PX/captcha.js"></script>'), STORY),
    LookAlike("nyt_dd", Outcome.BLOCKED, page("harbourtimes.com",'<style>#cmsg{animation: A 1.5s;}</style><p id="cmsg">Please enable JS and disable any ad blocker</p><script data-cfasync="false">var dd={"rt":"c","cid":"x","hsh":"y","t":"fe","host":"geo.captcha-delivery.com"}</script><script src="https://ct.captcha-delivery.com/c.js"></script>'), STORY),
    LookAlike("regwall", Outcome.LOGIN, page("Lamp returns", frame(f"<article><h1>Lamp returns</h1><p>By Ada Winter</p><p>{SENTENCE}</p><h3>Register for free to continue reading</h3><p>Already registered? Sign in</p></article>"), linked(**{"@type":"NewsArticle"},headline="Lamp returns",datePublished="2024-03-05")), STORY),
    LookAlike("wsj", Outcome.PAYWALL, page("Lamp returns - Harbour", frame(f"<article><h1>Lamp returns</h1><p>By Ada Winter</p><p>{SENTENCE*2}</p><div>Continue reading your article with a Harbour subscription</div><button>Subscribe Now</button></article>"), linked(**{"@type":"NewsArticle"},headline="Lamp returns",datePublished="2024-03-05",isAccessibleForFree=False)), STORY),
    LookAlike("ft", Outcome.PAYWALL, page("Subscribe to read | Harbour Times", frame("<h1>Lamp returns to Grindholm after forty years</h1><h2>Subscribe to unlock this article</h2><p>Try unlimited access: only 1 euro for 4 weeks. Then 59 euro a month. Complete digital access to quality news on any device.</p><a>Select</a><h3>Explore our full range of subscriptions</h3>")), STORY),
)  # fmt: skip

LOOKALIKES = (*WALLS, *CONSENTS, *PAYWALLS, *MISSING, *LOGINS, *SHELLS, *LISTS, *OTHERS)


@pytest.mark.parametrize("look", LOOKALIKES, ids=lambda look: f"{look.outcome.value}-{look.name}")
def test_what_is_served_in_place_of_an_article_is_told_with_the_reason(look: LookAlike) -> None:
    article = extract_article(look.html.encode(), url=look.url, headers={"Content-Type": "text/html; charset=utf-8"})
    assert article.outcome is look.outcome
    assert article.outcome_reason


@pytest.mark.parametrize("look", [*WALLS, *CONSENTS, *MISSING], ids=lambda look: look.name)
def test_a_refusal_has_no_text_to_be_taken_for_a_story(look: LookAlike) -> None:
    article = extract_article(look.html.encode(), url=look.url)
    assert (article.text, article.headline, article.blocks) == (None, None, ())


PROSE = f"<p>{SENTENCE * 3}</p>" * 4
BRIEF = f"<p>{SENTENCE * 2}</p>"
REAL = {
    "its headline speaks of a refusal": {"heading": "<h1>Access denied: islanders told to leave the lighthouse</h1>"},
    "its headline counts 404 homes": {"heading": "<h1>404 homes without light after the storm</h1>"},
    "its headline says what was not found": {"heading": "<h1>Keeper's letters not found in the tower</h1>"},
    "it tells of a captcha": {"after": "<p>Are you a robot? This is what the captcha asked the seal.</p>"},
    "it tells of cookies": {"body": PROSE.replace("lamp", "cookies and privacy lamp")},
    "a consent dialogue stands first": {
        "heading": '<div id="onetrust-consent-sdk"><p>We and our partners use cookies to store data.</p>'
        "<button>Accept all cookies</button></div><h1>Lighthouse lamp returns</h1>"
    },
    "a sensor of a bot wall watches it": {"after": '<script src="/_Incapsula_Resource?SWJIYLWA=1"></script>'},
    "its comments have a captcha and a login": {
        "after": '<form><p>You must be logged in to post a comment.</p><input type="password">'
        '<div class="g-recaptcha"></div></form>'
    },
    "a login stands above it": {
        "heading": '<form action="/login"><input name="user"><input type="password"></form><h1>Lighthouse lamp returns</h1>'
    },
    "it says that scripts would help": {"after": "<noscript>Please enable JavaScript to see the weather.</noscript>"},
    "it has a hidden offer and all its text": {
        "after": '<div class="paywall-offer"><p>Support us: get unlimited digital access.</p></div>'
    },
    "it is a brief": {"body": BRIEF},
    "it is a brief that readers may answer": {"body": BRIEF, "after": LETTER},
    "it is a brief above the usual footer": {"body": BRIEF, "after": FOOTER},
    "it is a brief above a footer that is a box": {"body": BRIEF, "after": FOOTER.replace("footer", "div")},
    "it is a brief with a captcha below": {"body": BRIEF, "after": '<form><div class="g-recaptcha"></div></form>'},
    "it is a brief on captchas": {"body": f"<p>Nobody is asked for a captcha any more. {SENTENCE}</p>"},
    "it is a brief on a denied access": {"heading": "<h1>Access denied</h1>", "body": BRIEF},
    "it is a brief on two who are missing": {
        "heading": "<h1>Not found: two sailors of Grindholm are still missing</h1>",
        "body": BRIEF,
    },
    "it is a brief on what went wrong": {
        "heading": "<h1>Service unavailable: what went wrong on the ferry on Tuesday</h1>",
        "body": BRIEF,
    },
    "it is a brief that begins with an exclamation": {
        "heading": "<h1>Oops! The mayor of Grindholm drops the lamp</h1>",
        "body": BRIEF,
    },
    "it is a brief on what is to come": {"heading": "<h1>Coming soon</h1>", "body": BRIEF},
    "it is a brief on a page that was removed": {
        "body": f"<p>The page of the register was removed by a monk, and is not available. {SENTENCE}</p>"
    },
    "it is a brief on a robot that must prove itself": {
        "body": f"<p>The robot has to prove that it can climb. {SENTENCE}</p>"
    },
    "it is a brief on members": {
        "body": f"<p>Members of the club may row without limit, and exclusively so. {SENTENCE}</p>"
    },
    "it is a brief on works at the lamp": {"body": f"<p>The tower was under maintenance. {SENTENCE}</p>"},
    "it ends with many other stories": {"after": f"<section><h2>More</h2>{cards(24, SENTENCE)}</section>"},
    "it teaches templates": {"after": f"<p>{SENTENCE}</p><pre>{{{{ lamp.name }}}} {{% for step in steps %}}</pre>"},
    "it has a film": {"after": "<video src='/lamp.mp4'></video>"},
    "it has many pictures": {
        "after": "".join(f"<figure><img src='/{n}.jpg'><figcaption>Step {n}</figcaption></figure>" for n in range(14))
    },
}


@pytest.mark.parametrize("parts", REAL.values(), ids=REAL)
def test_an_article_stays_one_though(parts: dict[str, str], story: Build) -> None:
    assert extract_article(story(**parts), url=STORY).outcome is Outcome.ARTICLE


@pytest.mark.parametrize(
    "url", ["https://harbour-times.example/", "https://harbour-times.example/?q=lamp", "x", "http://["]
)
def test_an_article_at_the_address_of_a_list_stays_one(url: str, story: Build) -> None:
    assert extract_article(story(), url=url).outcome is Outcome.ARTICLE


@settings(max_examples=30)
@given(st.text(max_size=300), st.sampled_from(LOOKALIKES))
def test_no_words_make_the_judgement_fail(words: str, look: LookAlike) -> None:
    extract_article(look.html.replace("<body>", f"<body>{words}").encode(), url=look.url)
