"""Abbreviations that end in a full stop without ending a sentence, for the languages news is read in most."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


BEFORE_A_NAME = _words(
    # Titles, ranks and forms of address: what follows is a capitalised name, never a new sentence.
    """
    mr mrs ms mx dr prof rev fr hon pres gov lt sen rep reps sens gen col maj capt cpl sgt cmdr adm brig pvt supt insp
    det amb st ste mt ft messrs mme mlle mgr pr m hr frl dipl ing sra srta sig dott avv dhr mevr drs lic arq mons atty
    asst assoc dept vs v approx ca cf e.g i.e eg ie viz z.b d.h u.a o.ä s.o bzw evtl ggf inkl zzgl vgl sog bspw geb
    gest tel abb hrsg jh eds env av bd boul aprox ecc mio mrd
    dra dras sres dña mons pbro ilmo excmo egr geom mw ul zob г гг им т.е т.д т.п стр см др проф акад ген
    """
)
"""Never the end of a sentence when a word follows."""

BEFORE_A_NUMBER = _words(
    """
    jan feb mar apr jun jul aug sep sept oct nov dec janv févr avr juil déc ene abr ago dic okt dez
    no nos nr n.º núm art abs fig figs p pp pág págs pag vol ch cap sec tab op h
    """
)
"""Months and counters: the end of a sentence only where no number follows."""

MAY_END = _words(
    """
    inc corp co ltd plc llc bros cos jr sr esq ph.d m.d b.a m.a d.c u.s u.k u.n u.s.a e.u a.m p.m n.y l.a calif ariz ark
    colo conn fla ga ky md mich minn mont neb nev okla tenn tex va vt wis wyo ala s.a s.l s.p.a n.v b.v etc usw etw
    u.v.m ee.uu p.ej a.c d.c n.chr v.chr gmbh
    """
)
"""Abbreviations that may end a sentence: they do where the next word is one that usually begins a sentence."""

OPENERS = _words(
    """
    the a an it its he she they we i you this that these those there his her their our my but and or so yet in on at by
    for from with as if when while after before since although though because however meanwhile still also according
    what who why how where not no one some many most all several both each another more last earlier
    later now then here during under over despite among between until about nearly
    der die das ein eine er sie es wir ihr ich und aber doch im am in auf bei mit nach vor für von zu auch so dann
    le la les un une il elle ils elles nous vous je et mais ou dans en sur avec pour par ce cette ces selon après
    el los las una uno él ella ellos y pero en con por para según este esta tras no se su sus
    il lo gli i una e ma nel nella con per di secondo dopo
    o os as um uma ele ela e mas em no na com para segundo
    de het een hij zij ze wij maar en op bij met voor na volgens
    """
)
"""Words that commonly open a sentence, lower case."""

SPEAKING = _words(
    """
    said says say asked asks told tells wrote writes added adds replied shouted cried exclaimed tweeted posted
    sagte fragte schrieb rief erklärte dit demande écrit dijo preguntó escribió disse chiese ha zei vroeg
    """
)
"""Verbs that give a quotation its speaker: ``"Why now?" Osei asked.`` is one sentence."""

ORDINAL_LEADS = _words("der die das dem den des am im vom zum zur beim bis ab seit und oder el il")
"""Words before a number with a full stop that make it an ordinal: ``am 3. Januar``."""
