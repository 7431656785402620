"""Closing words in which a writer asks who liked the text to share it, to comment on it or to give something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.body.speech import is_spoken
from crawler.extract.page.blocks import TextBlock

_LAST = 4
"""Blocks at the end of the text among which such words stand."""
_LONGEST = 400
"""Characters of the longest."""
_LINKED = 0.8
"""Share of a block that is a link where it is but one."""
_STEMS = (
    "enjoy", "like", "love", "helpful", "useful", "found", "find", "gefallen", "gefällt", "geholfen", " plu", "aimé",
    "aidé", "intéressé", "gust", "piaciut", "utile", "gostou", "gostaste", "vond je", "vond u", "genoten", "bevallen",
    "gillade", "podobał", "понрав", "have a", "got a", "know a", "something",
    "vous avez", "avez-vous", "disposez", "haben", "hast du", "habt ihr", "tiene", "tenéis", "sabe",
)  # fmt: skip
"""A text in lower case without any of these has none of that; looking for them costs far less."""
_TEXT = (
    r"(?:post|article|story|piece|guide|recipe|episode|interview|review|essay|blog|list|round-?up|tutorial|content|read"
    r"|podcast|video|reporting|journalism|work|site|newsletter|text|page|series)s?"
)
_THE_TEXT = r"(?:post|article|guide|recipe|tutorial|newsletter|blog)s?"
"""What a text calls itself with "the" before it: "the series" is another that it tells of."""
_DE = (
    r"(?:artikel|beitrag|text|post|rezept|interview|bericht|anleitung|blog|geschichte|folge|arbeit|seite|video|podcast)"
)
_THE_DE = r"(?:artikel|beitrag|post|rezept|anleitung)"
_FR = r"(?:article|billet|post|texte|recette|récit|entretien|dossier|épisode|contenu|vidéo)"
_ES = r"(?:artículo|entrada|post|receta|nota|texto|contenido|historia|reportaje|entrevista|episodio|vídeo|video)"
_THE_ES = r"(?:artículo|entrada|post|receta|nota)"
_PT = r"(?:artigo|post|texto|conteúdo|receita|matéria|história|entrevista|episódio|vídeo)"
_IT = r"(?:articolo|post|contenuto|ricetta|testo|intervista|storia|guida|episodio|video)"
_THE_IT = r"(?:articolo|post|ricetta|guida)"
_NL = r"(?:artikel|bericht|verhaal|recept|blog|blogpost|interview|tekst|aflevering|video)"
_SV = r"(?:artikeln?|inlägget|texten|recept(?:et)?|intervjun|avsnittet|artikkelen|innlegget|indlæg(?:get)?)"
_PL = r"(?:artykuł|wpis|tekst|przepis|wywiad|odcinek|materiał)"
_RU = r"(?:стать[яи]|материал|запись|пост|текст|рецепт|интервью|рассказ)"
_LIKED = re.compile(
    r"\b(?:if|did|do) you(?:[’']ve)?\s(?:\w+\s)?(?:enjoy(?:ed)?|lik(?:e|ed)|lov(?:e|ed)|found|find)\s"
    rf"(?:(?:(?:reading\s)?(?:this|our|my|these|today[’']s)\s(?:[\w-]+\s){{0,2}}?{_TEXT}"
    rf"|(?:reading\s)?the\s(?:[\w-]+\s)??{_THE_TEXT})\b(?!\s(?:of|on|game|is|was)\b)|what you (?:read|see)"
    r"|reading (?:this|it))"
    r"|\b(?:hat|haben|hätte) (?:ihnen|dir|euch) "
    rf"(?:(?:dieser?s?|unsere?|meine?) (?:\w+ )?{_DE}|(?:der|das|die) {_THE_DE})\b.{{0,20}}\b(?:gefallen|geholfen)"
    r"|\b(?:wenn|falls|sofern) (?:ihnen|dir|euch) "
    rf"(?:(?:dieser?s?|unsere?|meine?) (?:\w+ )?{_DE}|(?:der|das|die) {_THE_DE})\b"
    r".{0,20}\b(?:gefällt|gefallen|geholfen)"
    rf"|\bgefällt (?:ihnen|dir|euch) (?:(?:dieser?s?|unsere?|meine?) (?:\w+ )?{_DE}|(?:der|das|die) {_THE_DE})\b"
    rf"|\b(?:cet|cette|ce|notre) {_FR} (?:vous|t[’'])\s?a (?:\w+ )?(?:plu|aidé|intéressé)|\b(?:vous avez|tu as) aimé "
    rf"(?:cet|cette|ce|notre) {_FR}\b"
    rf"|\b(?:te|le|os|les) (?:ha )?gust(?:ó|ado|a) (?:(?:est[ea]|nuestr[oa]) {_ES}|(?:el|la) {_THE_ES})\b"
    rf"|\b(?:(?:quest[oa]|il nostro|la nostra)\s?{_IT}|l[’']{_THE_IT}) (?:ti|vi|le) è (?:piaciut[oa]|stat[oa] utile)"
    rf"|\b(?:ti|vi|le) è piaciut[oa] (?:(?:quest[oa]|il nostro|la nostra)\s?{_IT}|(?:il |la |l[’']){_THE_IT})\b"
    rf"|\b(?:gostou|gostaste) (?:d[oa]|dest[ea]|dess[ea]|da nossa|do nosso) {_PT}\b"
    rf"|\bvond (?:je|u) (?:dit|deze|ons|het|mijn) {_NL}\b|\bgenoten van (?:dit|deze|ons|mijn) {_NL}\b"
    rf"|\bgillade du (?:(?:den|det) här |denna |detta |vår )?{_SV}\b"
    rf"|\bs?podobał[ao]? (?:ci|wam|państwu|się)\b.{{0,12}}?\b{_PL}\b"
    rf"|\bпонравил(?:ась|ся|ось|и)\s(?:\w+\s)?{_RU}\b",
    re.I,
)
"""Whether the text was liked."""
_ASKED = re.compile(
    r"\b(?:please|consider|share|sharing|subscrib\w+|support\w*|donat\w+|follow|sign up|signing up|leave a|comments?"
    r"|pin|pinning|let (?:me|us) know|buy (?:me|us)|check out|tell (?:me|us|your)|rate|rating"
    r"|(?:might|may|will|[’']ll) (?:also )?(?:like|enjoy|love))\b"
    r"|\b(?:unterstütz|spend|teil(?:e|en|t)\b|abonnier|kommentar|folg(?:e|en|t)\b|schreib|hinterlass|weiterempf"
    r"|empfiehl|empfehl|kaffee|lass )"
    r"|\b(?:partag|abonn|commentaire|souten|un don\b|suivez|suis-|n[’']hésite)"
    r"|\b(?:comp[aá]rt|suscr|suscríb|comentario|coment[ae]|apoy|síguenos|sígueme|dona(?:ción|r)?\b|dej[ae])"
    r"|\b(?:condivid|iscriv|comment|sostien|sosten|segui|dona|lascia)"
    r"|\b(?:partilh|inscrev|apoi|siga|assine|deix[ea])"
    r"|\b(?:deel|abonneer|steun|reactie|laat (?:het|ons)|volg|doneer)"
    r"|\b(?:dela|stöd|prenumerera|kommentera|följ|swisha)\b|\b(?:udostępnij|podziel|wesprzyj|komentarz|polub|zostaw)"
    r"|\b(?:поделит|подпис|подпиш|поддерж|комментар|ставьте|поставьте|расскаж)",
    re.I,
)
"""What is asked for."""
_TOLD = re.compile(
    r"\W{0,3}(?:do you |have you )?(?:have|got|know) (?:a|any|an|something)\b(?=[^.?]{0,60}\?)"
    r"(?:(?<=something)|[^.?]{0,40}\b(?:tip|tip-?off|story|news|questions?|idea|suggestions?|corrections?|comments?"
    r"|complaint|feedback|information|photos?|pictures?|video|views?|opinion|problem|experience"
    r"|to (?:say|share|tell))\b)"
    r"[^.?]{0,60}\?\s(?=[^?]{0,150}(?:\b(?:us|me|our|my)\b|@))[^.?]{0,30}"
    r"\b(?:write|e-?mail|contact|call|text|send|get in touch|let us know|tell us)\b[^?]{0,120}$"
    r"|\W{0,3}(?:vous avez|avez-vous|disposez-vous d[e’']) ?(?:de(?:s|\b)|une?)?[^?]{0,20}\b(?:renseignement"
    r"|information"
    r"|témoignage|histoire|photo|vidéo|question|suggestion|commentaire|document)[^?]{0,80}\?\s(?=[^?]*(?:@"
    r"|\bnous\b))[^?]{0,60}"
    r"\b(?:écri|contact|joi(?:ndre|gn)|courriel|envoy|faites)[^?]{0,160}$"
    r"|\W{0,3}(?:haben sie|hast du|habt ihr|sie haben) [^?]{0,30}\b(?:hinweise?|informationen|fragen?|anregungen|tipps?"
    r"|dokumente|fotos|erfahrungen|geschichten?)[^?]{0,80}\?\s(?=[^?]*(?:@|\buns\b))[^?]{0,60}"
    r"(?:schreib|meld|kontakt|mail|wend|send|schick)[^?]{0,160}$"
    r"|\W{0,3}(?:tienes?|tenéis|sabes?) [^?]{0,30}\b(?:información|pistas?|preguntas?|fotos|vídeos?|historias?"
    r"|documentos?"
    r"|testimonios?|algo)[^?]{0,80}\?\s(?=[^?]*(?:@|\bnos\b|nos\b))[^?]{0,60}"
    r"(?:escr[ií]b|contact|env[ií]|mand|cuént)[^?]{0,160}$",
    re.I,
)
"""A newsroom asks for stories: "Have a tip? Write to us"."""
_SHARE = ("share ", "teil", "partag", "comparte", "compartir", "condivid", "compartilh", "partilh", "deel ", "dela ")
"""What is asked for in a text without a question of liking; looking for them costs far less."""
_WHOM = (
    r"(?:\s(?:this|it))?(?:\s(?:with|on|to|if|so|via|mit|auf|bei|wenn|avec|sur|si|con|en|su|com|em|no|na|met|op|med|på)\b"
    r"|\W*$)"
)
_SHARED = re.compile(
    r"(?:^\W*|[.!?:;…]\s+[¡¿]?|\s[–—-]+\s*|[–—]\s*|,\s|\b(?:please|bitte|por favor|svp|alsjeblieft|gerne|gern) )"
    r"(?:(?:please|bitte|and|und|then|so|(?:be|make) sure to|don[’']t forget to|feel free to|help us and) )*"
    rf"(?:share (?:this|our) (?:[\w-]+ )?{_TEXT}"
    rf"|(?:teile|teilt|teilen sie) (?:diesen|dieses|diese|unseren?) {_DE}|partage[zs]? (?:cet|cette|ce|notre) {_FR}"
    rf"|(?:comparte|compartid|comparta) (?:est[ea]|nuestr[oa]) {_ES}|condividi(?:te)? (?:quest[oa] |quest[’']){_IT}"
    rf"|(?:compartilhe|partilhe) (?:est[ea]|ess[ea]) {_PT}|deel (?:dit|deze) {_NL}"
    rf"|dela (?:den här |denna ){_SV}){_WHOM}",
    re.I,
)
"""The text is to be shared: "Share this post with them!" """
_SHORT = 200
"""Characters of a line that asks for no more."""
_HEARD = ("your turn", "over to you", "your thoughts")
"""One of them is in each call for readers' answers."""
_ANSWERED = re.compile(
    r"\W*(?:(?:now |next )?(?:it[’']s )?your turn|over to you|your thoughts)\s?[:!–—-]\s[^.?]{8,150}\?", re.I
)
"""Readers are to answer: "Your turn: have you found one?" """


def find_pleas(chosen: Sequence[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that are such closing words."""
    found: set[int] = set()
    end = len(chosen)
    if end <= _LAST:
        return found
    found.update(block.number for block in chosen if "@" in block.text and "?" in block.text and _asks(block))
    while end and chosen[end - 1].link_chars > _LINKED * len(chosen[end - 1].text):
        end -= 1  # before the links that the text ends with
    for at in range(max(0, min(end - 1, len(chosen) - _LAST)), len(chosen)):
        if _pleads(chosen[at]):
            found.add(chosen[at].number)
            if at == end - 1 and chosen[at].text.endswith((":", "…", "...")):
                found.update(block.number for block in chosen[end:])
    return found


def _asks(block: TextBlock) -> bool:
    """Whether a block asks for tips and tells an address for them, which may stand in mid-text."""
    return len(block.text) <= _LONGEST and _TOLD.match(block.text) is not None and not is_spoken(block.text)


def _pleads(block: TextBlock) -> bool:
    text = block.text
    if len(text) > _LONGEST or block.level is not None:
        return False
    lower = text.lower()
    if len(text) <= _SHORT and any(map(lower.__contains__, _SHARE)) and _SHARED.search(text) is not None:
        return not is_spoken(text)
    if len(text) <= _SHORT and any(map(lower.__contains__, _HEARD)) and _ANSWERED.match(text) is not None:
        return not is_spoken(text)
    if not any(map(lower.__contains__, _STEMS)):
        return False
    if _TOLD.match(text) is not None:
        return not is_spoken(text)
    liked = _LIKED.search(text)
    return liked is not None and _ASKED.search(text, liked.end()) is not None and not is_spoken(text)
