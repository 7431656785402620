"""Notes by a text that are none of it: where on the site it is, how to cite it, whose it is, letters by mail."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.body.speech import is_spoken
from crawler.extract.page.blocks import TextBlock

_END = 8
"""Blocks at the end of the text among which such notes stand."""
_HEAD = 4
"""Blocks at its head, and at its end, among which a line says who wrote it."""
_LONGEST, _LINE = 500, 120
"""Characters of a note, and of a line that says who wrote the text."""
_CITED = re.compile(
    r"\W*(?:(?:suggested |recommended |preferred |please )?(?:citation\s*[:：]|cite (?:this|as|it)\b)|how to cite\b"
    r"|zitier(?:vorschlag|weise|hinweis|empfehlung)|empfohlene zitierweise|zitieren als|pour citer\b|citer cet\b"
    r"|c[óo]mo citar\b|cita(?:ción)? (?:sugerida|recomendada)|como citar\b|citare come|per citare\b|citeer als"
    r"|как цитировать|для цитирования|jak cytować|引用(?:格式|本文)|引用するには)",
    re.I,
)
_MISTAKES = re.compile(r"\bctrl\s?\+\s?enter\b", re.I)
"""What readers press to tell of a mistake they marked, in whatever language they are asked to."""
_SIGNED = re.compile(
    r"(?:autor(?:in|en|innen|es|a|as|zy|i|ka)?|authors?|auteurs?|autrices?|autor[ei]|автор(?:ы|и)?|συγγραφέας|szerző"
    r"|yazar|penulis|tác giả|författare|forfatter|kirjoittaja)\s*:\s*[^\W\d_]",
    re.I,
)
_LETTERS = (
    r"(?:abonnieren|subscribe|sign up|anmelden|inscrivez|abonnez|abonneer|suscr[ií]b[ae]\w*|iscriv(?:iti|etevi)|assine"
    r"|zapisz|подпи(?:шитесь|сывайтесь))\b"
)
_CLOSING = re.compile(
    r"^\W*(?:this|these|all|our)\b.{0,80}\bsubject to copyright\b|\ball rights reserved\b"
    r"|(?:^\W*|[.!]\s)(?:this|these|all|our|no part|(?:the )?(?:content|material|text|article)s?)\b.{0,120}"
    r"\bmay not be (?:reproduced|republished|published, broadcast)"
    r"|\balle rechte vorbehalten\b|\bnachdruck (?:nur|verboten)"
    r"|^\W*die rechte (?:sämtlicher|aller) (?:texte|inhalte|beiträge|artikel|bilder|fotos)\s(?:sind|liegen|bleiben)\b"
    r"|\balle angaben ohne gewähr\b|\btous droits réservés\b|\breproduction interdite\b"
    r"|\b(?:todos los derechos|todos os direitos) reservados\b|\btutti i diritti riservati\b|все права защищены"
    rf"|(?:^|[.!?:|–—])\W{{0,3}}(?:[\w'’]+\s){{0,3}}?{_LETTERS}.{{0,80}}\bnewsletters?\b"
    rf"|\bnewsletters?\b(?:.{{0,80}}[.!?:|–—>]\W{{0,3}}|\W{{1,3}}(?:hier |jetzt |now |here )?){_LETTERS}"
    r"|^\W*(?:image (?:illustrative|d['’]illustration|à la une)|photo (?:d['’]illustration|de (?:une|couverture))"
    r"|titelbild"
    r"|beitragsbild|(?:featured|header|cover|lead|title|main) (?:image|photo|picture)|bildquellen?|bildnachweise?"
    r"|quellen? bild|imagen de portada|foto (?:de portada|di copertina))\s*:",
    re.I,
)
"""Whose the rights are, letters by mail, and whose the picture above the text is."""
_STEMS = (
    "copyright", "rights", "may not be", "rechte", "nachdruck", "gewähr", "droits", "reproduction", "derechos",
    "direitos", "diritti", "права", "newsletter", "image", "photo", "bild", "picture", "imagen", "foto",
)  # fmt: skip
"""A text in lower case without any of these has none of that; looking for them costs far less."""
_LAST = 3
"""Blocks at the end of the text among which such lines stand."""
_AGED = re.compile(
    r"\W*(?:(?:please )?(?:note|nb|notice|notez|prenez note|attention|hinweis|achtung|aviso|nota|let op)\W{1,3}"
    r"(?:that |que |qu['’]|dass )?)?(?:"
    r"this (?:article|story|post|page|content) (?:is (?:more than|over) (?:\w+ ){1,2}(?:years?|months?) old"
    r"|(?:(?:was|is) (?:\w+ ){0,2}(?:published|posted|written|updated|reviewed|archived)\b[^.!?]{0,60}|is (?:\w+ )?)"
    r"\b(?:out of date|outdated|no longer (?:be )?(?:accurate|current|up to date)))"
    r"|cet(?:te)? (?:article|page|nouvelle)\b.{0,60}\b(?:ne sont plus à jour|n['’]est plus à jour|obsolètes?"
    r"|périmée?s?)"
    r"|cet article (?:a|date de) plus d['’e]\s?\w+ (?:ans?|mois)\b(?! d[e'’])"
    r"|diese[rs]? (?:artikel|beitrag|text) (?:ist (?:älter als \w+ (?:jahre?|monate?)"
    r"|(?:mehr als|über) \w+ (?:jahre?|monate?) alt)\b|wurde\b.{0,60}\bveraltet"
    r"|ist\b.{0,40}\bveraltet)"
    r"|est[ea] (?:artículo|noticia|entrada|post)\b.{0,40}\b(?:hace|tiene) más de \w+ (?:años?|meses)\b(?! de\b)"
    r"|est[ea] (?:artigo|notícia|post)\b.{0,40}\b(?:há|tem) mais de \w+ (?:anos?|meses)\b(?! de\b)"
    r"|questo articolo\b.{0,40}\b(?:più di \w+ (?:anni|anno|mesi) fa|ha più di \w+ (?:anni|anno|mesi)\b(?! d))"
    r"|dit (?:artikel|bericht) is (?:ouder dan \w+ (?:jaar|maanden?)|meer dan \w+ (?:jaar|maanden?) (?:oud|geleden))\b"
    r"|(?:den här |denna )?(?:artikeln|texten) är (?:äldre än \w+ (?:år|månad(?:er)?)"
    r"|(?:mer än|över) \w+ (?:år|månad(?:er)?) gammal)\b"
    r"|denne (?:artikkelen|artiklen|artikel) er (?:(?:eldre enn|ældre end) \w+ (?:år|måned(?:er)?)"
    r"|(?:mer enn|mere end|mer end|over) \w+ (?:år|måned(?:er)?) gam(?:mel|melt))\b"
    r"|(?:この|本)(?:記事|ページ)は.{0,20}(?:年|か月|ヶ月)以上(?:前に(?:書|公開|作成|掲載|投稿|更新)|前の(?:記事|もの|情報)|経過)"
    r"|(?:本文|此文|(?:本|此|该|該|这|這)篇?文章).{0,20}(?:可能|已经?|已經?){1,2}(?:过时|過時|过期|過期)"
    r").*",
    re.I,
)
"""That the text is old, as sites tell above it."""
_NOTICE = 220
_WAY = re.compile(r"[^>›»]{2,40}(?:\s[>›»]\s[^>›»]{2,200}){2,}(?<![.!?])")
"""Where in the site the page is: "Home > News > A lamp comes home"."""
_ELLIPSES = ("[…]", "[...]", "(…)", "(...)")
"""What stands before and behind the words of another site that linked here, which is told below the text."""
_LISTED = frozenset({"li", "dd", "table"})


def find_notes(chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that are such notes; never of all."""
    found: set[int] = set()
    for block in reversed(chosen):
        if not _is_quoted(block):
            break
        found.add(block.number)
    found.update(block.number for block in (*chosen[:_HEAD], *chosen[-_HEAD:]) if _says_author(block))
    found.update(block.number for block in chosen[:2] if len(block.text) <= _NOTICE and _AGED.match(block.text))
    found.update(block.number for block in chosen[:2] if block.level is None and _WAY.fullmatch(block.text))
    found.update(block.number for block in chosen[-_LAST:] if len(block.text) <= _LONGEST and _closes(block))
    for block in chosen[-min(_END, len(chosen) // 2) :]:
        if len(block.text) > _LONGEST:
            continue
        if _CITED.match(block.text) and not is_spoken(block.text):
            found.add(block.number)
        elif _MISTAKES.search(block.text):
            found.update(_beside(block, chosen))
    return found if len(found) < len(chosen) else set()


def _closes(block: TextBlock) -> bool:
    if block.level is not None or not any(map(block.text.lower().__contains__, _STEMS)):
        return False
    return _CLOSING.search(block.text) is not None and not is_spoken(block.text)


def _beside(block: TextBlock, chosen: Sequence[TextBlock]) -> set[int]:
    """A block, and those of its box where that holds nothing from before the last lines of the text."""
    around = block.box.parent
    tail = chosen[-_END:]
    if around is None or around.first <= chosen[0].number or around.count > _END:
        return {block.number}
    return {other.number for other in tail if around.first <= other.number <= around.last}


def _is_quoted(block: TextBlock) -> bool:
    return block.text.startswith(_ELLIPSES) and block.text.endswith(_ELLIPSES)


def _says_author(block: TextBlock) -> bool:
    """Whether a line says with a label who wrote the text; in a list it may be one of a book."""
    text = block.text
    if len(text) > _LINE or block.level is not None or text.endswith((".", "!", "?")):
        return False
    return block.box.inside.isdisjoint(_LISTED) and _SIGNED.match(text) is not None
