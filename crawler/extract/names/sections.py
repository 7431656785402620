"""Names of news sections, in the languages of the press, which stand where names of people do."""

from __future__ import annotations

_SECTIONS = (
    "accidents|africa|agriculture|americas|animals|arts|asia|ausland|baseball|basketball|binnenland|books|"
    "buitenland|business|cars|celebrities|ciencia|city|climate|congress|coronavirus|crime|cronaca|cultura|"
    "culture|defense|deportes|drinks|dünya|economia|economie|economy|economía|editorial|education|ekonomi|"
    "elections|energy|entertainment|environment|esportes|esteri|europe|family|fashion|finance|food|"
    "food & drinks|football|gaming|gesellschaft|gesundheit|gospodarka|health|housing|industry|inland|inrikes|"
    "international|jobs|kultur|labor|labor issues|law|life|lifestyle|local|local news|markets|meinung|metro|"
    "middle east|military|monde|mondo|money|movies|mundo|music|nation|national|national news|nauka|obituaries|"
    "opinion|opinions|panorama|personal finance|pets|politica|politics|politiek|politik|politique|polityka|"
    "política|public safety|real estate|relationships|religion|retail|salud|salute|santé|saúde|science|"
    "sciences|siyaset|soccer|sociedad|society|société|space|spor|sport|sports|style|tech|technik|technology|"
    "tecnología|television|traffic|transportation|travel|tv|u.s.|u.s. news|us|us news|utrikes|video games|war|"
    "weather|white house|wirtschaft|wissen|wissenschaft|world|zdrowie|économie|świat|культура|мир|общество|"
    "политика|спорт|экономика|اقتصاد|رياضة|سياسة|スポーツ|国际|国際|國際|政治|社会|経済|经济|體育|경제|국제|"
    "사회|스포츠|정치"
)
_NAMED = frozenset(_SECTIONS.split("|"))


def is_section(text: str) -> bool:
    """True for the name of a news section, in any case: ``POLITICS``, ``Wirtschaft``."""
    return text.casefold().strip() in _NAMED
