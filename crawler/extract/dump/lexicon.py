"""Words by which a flattened page shows its parts: profiles, furniture, links to other stories, bylines."""

from __future__ import annotations

import re

ABOUT = re.compile(
    r"(?:about(?: us)?|über(?: uns)?|à propos|acerca de|sobre(?: nós)?|chi siamo|о нас|o nas|over ons|om oss|"
    r"hakkında|概要|关于(?:我们)?)\s*:?",
    re.I,
)

FURNITURE = re.compile(
    r"(?:community (?:policy|guidelines)|terms(?: of (?:use|service))?|privacy(?: policy)?|cookie (?:policy|"
    r"settings)|advertis(?:e|ers?|ement|ing)|"
    r"contributors?|publishers?|subscribe(?: now)?|sign (?:in|up)|log ?in|log ?out|register|follow(?: us)?|"
    r"\+ ?follow|following|share(?: this)?|"
    r"save|print|email|copy link|report|reply|replies|like|dislike|menu|search|home|open app|get the app|"
    r"download app|use app|skip to .{1,30}|"
    r"add a comment|post a comment|leave a comment|be the first to comment|load more|show more|view all|see all|"
    r"see more|read more|"
    r"continue reading|click here.{0,60}|read full (?:story|article).{0,20}|view original.{0,20}|"
    r"all rights reserved\.?|loading\.{0,3}|close|next|previous|"
    r"facebook|twitter|x|whatsapp|linkedin|reddit|telegram|pinterest|instagram|youtube|"
    r"(?:we|(?:this|our) (?:web)?site) uses? cookies\b.{0,200}|by continuing to (?:use|browse).{0,200}|"
    r"accept (?:all )?cookies|(?:wir verwenden|diese (?:web)?seite verwendet) cookies.{0,200}|"
    r"(?:nous utilisons|ce site utilise) des cookies.{0,200}|"
    r"(?:utilizamos|este sitio (?:web )?utiliza) cookies.{0,200}|"
    r"(?:utilizziamo|questo sito utilizza) (?:i )?cookie.{0,200}|мы используем .{0,20}cookie.{0,200}|"
    r"(?:sign up|subscribe) (?:for|to) .{1,60}|.{0,80}\b(?:in|to) your inbox\b.{0,40}|"
    r".{0,30}newsletter (?:abonnieren|bestellen).{0,30}|"
    r"(?:inscrivez-vous|abonnez-vous) à .{0,20}(?:newsletter|infolettre).{0,30}|"
    r"suscríbete a .{0,30}(?:newsletter|boletín).{0,30}|"
    r"iscriviti alla newsletter.{0,40}|assine (?:a|nossa) newsletter.{0,40}|text size|"
    r"story continues below.{0,30}|article continues.{0,40}|"
    r"sponsored(?: content)?|promoted|ad|newsletter.{0,20}|(?:©|\(c\)|copyright).{0,120}|"
    r"\d{1,2} ?min(?:ute)?s? read|listen(?: to this article)?|"
    r"anzeige|werbung|teilen|abonnieren|anmelden|publicité|partager|s'abonner|publicidad|compartir|suscríbete|"
    r"publicidade|compartilhar|"
    r"pubblicità|condividi|реклама|поделиться|подписаться|reklama|udostępnij|advertentie|delen|annons|dela)\s*",
    re.I,
)

LINK_LABEL = re.compile(
    r"^(?:related|read (?:more|also|next)|more|see also|also read|also|watch(?: (?:more|live|below|now))?|"
    r"listen|video|photos|gallery|"
    r"don't miss|must[- ]read|explainer|timeline|lesen sie auch|mehr dazu|lire aussi|à lire aussi|lea también|"
    r"te puede interesar|leia também|"
    r"leggi anche|читайте также|czytaj (?:też|także)|lees ook|läs också|baca juga|関連)\s*[:：|>»-]\s*\S",
    re.I,
)
"""A line that says of itself that it leads to another story."""

LINK_TAIL = re.compile(
    r"[:：|-]\s*(?:analysis|opinion|explainer|video|live updates|report|column|review|fact check|photos)$", re.I
)

BYLINE = re.compile(
    r"^(?:(?:written|reported|story|words|text|analysis|opinion|commentary) )?by\s*:?\s+\S|^(?:author|"
    r"reporter)s?\s*:\s*\S"
    r"|^(?:von|ein(?:e)? \w+ von|par|por|escrito por|di|a cura di|door|av|af|autora?|auteur|автор|текст|autor|"
    r"oleh|penulis)\s*:?\s+(?=[^\W\d_])"
    r"|^(?:yazar|yazan|tác giả|szerző|írta|kirjoittaja|forfatter|skribent|författare|pisze|napsal[ia]?|scris de"
    r"|συντάκτης"
    r"|συντάκτρια|του|της|מאת|الكاتب|بقلم|نویسنده|लेखक|লেখক|எழுதியவர்|mwandishi|na|글|作者|记者|文)\s*[:：]\s*(?=[^\W\d_])",
    re.I,
)

REPORTER = re.compile(
    r"[가-힣]{2,4} ?(?:기자|특파원|논설위원|선임기자)(?: = .{0,20})?|(?:記者|记者)[ ：:]?[\u3400-\u9fff]{2,4}"
)
"""A name and the word for who it is, as East Asian papers sign."""

STRICT_BYLINE = re.compile(r"^(?:by|von|par|por|di|door|av|af|author|autor|auteur|автор|oleh)\b", re.I)

NO_PERSON = re.compile(
    r"\b(?:news|desk|staff|team|times|post|press|wire|agency|herald|tribune|gazette|journal|ledger|courier|"
    r"chronicle|daily|weekly|"
    r"magazine|network|tv|radio|reuters|afp|dpa|media|bureau|service|board|newsroom|redaktion|zeitung|rédaction|"
    r"redacción|register|standard|observer|guardian|independent|telegraph|mirror|examiner|globe|star|sun|world|today|"
    r"insider|review|reporter|record|sentinel|bulletin|dispatch|enquirer|monitor|advocate|beacon|citizen|leader|mail|echo|"
    r"argus|mercury|voice|report|digest|online|nation)\b",
    re.I,
)
"""Words of desks, agencies and papers: what they stand in is nobody's name."""
