"""Tells an article from what only looks like a page of one: bot walls, consent, paywall stubs, soft 404s, shells."""

from __future__ import annotations

import re

from crawler.extract.blocks import Layout
from crawler.extract.body import Body
from crawler.extract.page import Page
from crawler.extract.wording import tidy
from crawler.model import Candidate, Outcome

_BLOCKED = re.compile(
    r"just a moment\.\.\.|attention required! \| cloudflare|access (?:to this page )?(?:has been )?denied"
    r"|are you a (?:robot|human)|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|unusual traffic|pardon our interruption|please enable (?:js"
    r"|javascript) and disable any ad|"
    r"checking your browser|request unsuccessful\. incapsula|bot (?:detection|protection)|captcha|ddos protection"
    r"|press & hold|"
    r"403 forbidden|you have been blocked|security check",
    re.I,
)
_BLOCK_SCRIPTS = re.compile(
    r"cf-chl-|_cf_chl_opt|px-captcha|captcha-delivery\.com|/_Incapsula_Resource|datadome|hcaptcha\.com/1/api"
    r"|g-recaptcha",
    re.I,
)
_CONSENT = re.compile(
    r"before you continue|we (?:and our partners )?(?:use|value).{0,60}(?:cookies|privacy)|cookie[- ]?(?:consent"
    r"|einstellungen|hinweis)|accept all cookies|"
    r"mit werbung (?:weiterlesen|nutzen)|zustimm(?:en|ung)|datenschutz|consent|einwilligung|accepter et (?:fermer"
    r"|continuer)|aceptar y continuar",
    re.I,
)
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|read|keep)|(?:continue|keep) reading (?:with|by|this)|this (?:article"
    r"|content|story) is (?:for|only available to|reserved for) "
    r"(?:our )?(?:subscribers|members)|already a subscriber|to read the (?:full|rest)|unlock this (?:article"
    r"|story)|jetzt weiterlesen|weiterlesen mit|"
    r"nur für abonnenten|mit .{0,20}plus.{0,20} lesen|artikel (?:frei|weiter)(?:schalten|lesen)|(?:réservé"
    r"|reserve) aux abonnés|il vous reste .{0,40} à (?:lire|découvrir)|"
    r"contenido exclusivo para suscriptores|para seguir leyendo|contenuto riservato agli abbonati"
    r"|pro předplatitele|dostęp dla subskrybentów|"
    r"この記事は有料|会員限定|残り\d*文字|유료 회원|prenumeranter"
    r"|för att läsa vidare|lees verder met|alleen voor abonnees",
    re.I,
)
_MISSING = re.compile(
    r"(?:^|\b)(?:404|page not found|not found|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)"
    r"|página no encontrada|pagina non trovata|"
    r"страница не найдена|(?:page|article|story) (?:you (?:are looking|requested)|no longer|does(?:n't"
    r"| not) exist|could not be found)|410 gone|nicht mehr verfügbar|"
    r"strona nie (?:została )?znaleziona|stránka nenalezena|ページが見つかりません|페이지를 찾을 수 없)",
    re.I,
)
_SHELL = re.compile(
    r"enable javascript|javascript (?:is (?:required|disabled)|aktivieren)|requires javascript|you need to enable", re.I
)
_MARKUP = re.compile(r"<\s*(?:html|head|body|div|p|article|title|meta|!doctype|span|table|script|h1)\b", re.I)
_SHORT = 350
"""Characters below which a text is too short to be an article without other grounds."""


def judge(
    page: Page, layout: Layout, body: Body, said: dict[str, list[Candidate]], headline: str | None
) -> tuple[Outcome, str | None]:
    """What the page is, and why where it is no article."""
    if not page.text.strip():
        return Outcome.EMPTY, "the body holds nothing"
    kind = page.headers.get("content-type", "").lower()
    if kind and not re.search(r"html|xml|text/plain", kind) and not _MARKUP.search(page.text[:2000]):
        return Outcome.NOT_HTML, f"Content-Type is {kind.split(';')[0].strip()}"
    if not _MARKUP.search(page.text[:100_000]):
        return Outcome.NOT_HTML, "no HTML element in it"
    size = len(body.text)
    title = page.tree.find(".//title")
    name = tidy(title.text_content()) if title is not None else ""
    visible = sum(len(block.text) for block in layout.blocks)
    if size < 1200:
        opening = " ".join(block.text for block in layout.blocks[:60])[:3000]
        if (match := _BLOCKED.search(name)) or (size < 500 and visible < 3000 and (match := _BLOCKED.search(opening))):
            return Outcome.BLOCKED, f"says {match.group()!r}"
        if visible < 1500 and (match := _BLOCK_SCRIPTS.search(page.text)):
            return Outcome.BLOCKED, f"carries {match.group()!r}"
        if match := _MISSING.search(f"{name} {headline or ''}"):
            return Outcome.SOFT_404, f"titled {match.group()!r}"
        if visible < 2500 and (match := _MISSING.search(opening)):
            return Outcome.SOFT_404, f"says {match.group()!r}"
    closed = any(candidate.value is False for candidate in said.get("free", ()))
    if size < 2500 and (closed or size < 1500):
        after = body.chosen[-1].number if body.chosen else 0
        around = " ".join(block.text for block in layout.blocks[after : after + 25])
        match = _PAYWALL.search(around)
        if match and (closed or size < 1200):
            return Outcome.PAYWALL, f"the text stops at {match.group()!r}"
        if closed and size < 1200:
            return Outcome.PAYWALL, "JSON-LD says it is not free, and the text is a stub"
    if size < _SHORT:
        if (
            visible < 4000
            and (match := _CONSENT.search(" ".join(block.text for block in layout.blocks)[:4000]))
            and size < 200
        ):
            return Outcome.CONSENT, f"says {match.group()!r}"
        if visible < 400 and (len(page.scripts) > 2 or _SHELL.search(page.text)):
            return Outcome.NEEDS_BROWSER, f"{visible} visible characters and {len(page.scripts)} scripts"
    return _article_or_not(page, layout, body, said, size)


def _article_or_not(
    page: Page, layout: Layout, body: Body, said: dict[str, list[Candidate]], size: int
) -> tuple[Outcome, str | None]:
    kinds = " ".join(str(candidate.value).lower() for candidate in said.get("type", ()))
    claims = "article" in kinds or "posting" in kinds or "report" in kinds
    links = sum(block.link_chars for block in layout.blocks)
    visible = sum(len(block.text) for block in layout.blocks) or 1
    dated = bool(said.get("date_published")) or bool(said.get("authors"))
    if size >= _SHORT:
        if not claims and not dated and links / visible > 0.6 and size < 1500:
            return Outcome.NOT_ARTICLE, f"{links / visible:.0%} of the visible text are links"
        return Outcome.ARTICLE, None
    if size >= 60 and (claims or dated) and links / visible < 0.9:
        return Outcome.ARTICLE, None
    if not size:
        return Outcome.NOT_ARTICLE, "no running text"
    return Outcome.NOT_ARTICLE, f"{size} characters of running text, and nothing calls it an article"
