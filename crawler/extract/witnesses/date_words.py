"""What lines say of a date in the languages of the press: that it is of the publication, or of a change."""

from __future__ import annotations

import re
from collections.abc import Callable

PUBLISHED = re.compile(
    r"publi[sckéeқ]|posted|created|written|released|veröffentlicht|erschienen|erstellt|\bparu(?:e|s)?\b"
    r"|mise? en ligne"
    r"|pubblica|geplaatst|opublikowan|publikac|\bdodano|udgivet|offentliggjort|julkaistu|zveřejn|zverejn|vydáno"
    r"|megjelen|közzét|postat|yayın|eklenme|oluşturulma|avaldatud|paskelbta|objavljen|diterbitkan|tayang\b|terbit\b"
    r"|đăng|xuất bản|imechapishwa|ilichapishwa|dərc|datum|stand:"
    r"|опубликован|публикац|размещен|опублікован|публікац|розміщен|публикуван|објављен|жарияла|δημοσ[ιί]"
    r"|αναρτήθ|ανάρτηση"
    r"|نشر|انتشار|شائع|اشاعت|פורסם|פרסום|प्रकाशित|पब्लिश|প্রকাশ|வெளியிட|பதிவு|ప్రచురి|ప్రచురణ|પ્રકાશિત|ಪ್ರಕಟ|പ്രസിദ്ധീകരി"
    r"|เผยแพร่|โพสต์|გამოქვეყნ|հրապարակ|掲載|公開|配信|投稿|등록|입력|승인|게시|发布|發布|發佈|发表|發表"
    r"|刊登|上传|发稿"
)
"""In lower case, as those that follow."""
MODIFIED = re.compile(
    r"updat|modifi|(?<!un)edited|last\s+(?:review|revis|chang)|reviewed|aktualisier(?:t|ung)|geändert|überarbeitet"
    r"|letzte änderung"
    r"|mis(?:e)? à jour|actualizad|actualizaci|atualiza[dç]|actualitzat|actualisé|actualizat|actualizare|aggiorna[tm]"
    r"|bijgewerkt|gewijzigd|aangepast|uppdaterad|ändrad|oppdatert|opdateret|(?:sist|senest) (?:endret"
    r"|ændret)|päivitetty|muokattu"
    r"|zaktualizowan|aktualizacj|aktualiz[oá][vc]|upraveno|frissít|módosít|güncelle|uuendatud|muudetud"
    r"|atjau?n|papildin"
    r"|papildyta|ažuriran|izmijenjeno|posodobljen|përditësua|cập nhật|diperbarui|diperbaharui|dikemas kini"
    r"|imesasishwa|yenilən"
    r"|обновл[её]н|измен[её]н|отредактирован|оновлен|змінен|відредагован|абноўлен|актуализир|редактиран"
    r"|ажуриран|жаңарт"
    r"|ενημερώθηκε|(?:τελευταία|πρόσφατη|τελ\.) (?:ενημέρωση|τροποποίηση)|ανανεώθηκε|επικαιροπο"
    r"|تحديث|تحدیث|آخر تعديل|به\u200c?\s?روز\s?رسانی|بروزرسانی|آخرین ویرایش|اپ\s?ڈیٹ|עודכן|עדכון|अपडेट"
    r"|अद्यतन|संशोधित|আপডেট|হালনাগাদ"
    r"|புதுப்பி|అప్\u200c?డేట్|నవీకరి|અપડેટ|ನವೀಕರಿ|അപ്ഡേറ്റ്|പുതുക്കി|अद्यावधिक|อัปเดต|อัพเดต|อัพเดท|แก้ไข|განახლ|թարմաց"
    r"|更新|修改|修訂|修订|改訂|수정|업데이트|ታድሷል|የታደሰ"
)
_LABEL = re.compile(f"{PUBLISHED.pattern}|{MODIFIED.pattern}")


def parted(phrase: str, says_date: Callable[[str], bool]) -> list[str]:
    """A phrase in as many parts as labels that each have a date: "Published … Updated …", "… 公開 … 更新"."""
    labels = list(_LABEL.finditer(phrase.lower()))
    starts = [_word_start(phrase, label.start()) for label in labels]
    behind = len(labels) > 1 and says_date(phrase[: starts[0]]) and not says_date(phrase[labels[-1].end() :])
    cuts = [_word_end(phrase, label.end()) for label in labels] if behind else starts
    parts: list[str] = []
    start = 0
    for cut in cuts:
        if says_date(phrase[start:cut]) and says_date(phrase[cut:]):
            parts.append(phrase[start:cut])
            start = cut
    return [*parts, phrase[start:]]


def _word_start(text: str, position: int) -> int:
    while position and text[position - 1].isalpha():
        position -= 1
    return position


def _word_end(text: str, position: int) -> int:
    while position < len(text) and text[position].isalpha() and text[position].isascii():
        position += 1
    return position
