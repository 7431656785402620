"""What lines say of a date in the languages of the press: that it is of the publication, or of a change."""

from __future__ import annotations

import re
from collections.abc import Callable

_PUBLISHED = (
    r"publi[sckéeқ]|posted|created|written|released|erschienen|erstellt|\bparu(?:e|s)?\b|mise? en ligne"
    r"|pubblica|geplaatst|opublikowan|publikac|\bdodano|udgivet|offentliggjort|julkaistu|zverejn|megjelen"
    r"|postat|eklenme|avaldatud|paskelbta|objavljen|diterbitkan|tayang\b|terbit\b|imechapishwa"
    r"|ilichapishwa|datum|stand:"
)
_PUBLISHED_ELSEWHERE = (
    r"veröffentlicht|zveřejn|vydáno|közzét|yayın|oluşturulma|đăng|xuất bản|dərc|опубликован|публикац"
    r"|размещен|опублікован|публікац|розміщен|публикуван|објављен|жарияла|δημοσ[ιί]|αναρτήθ|ανάρτηση|نشر"
    r"|انتشار|شائع|اشاعت|פורסם|פרסום|प्रकाशित|पब्लिश|প্রকাশ|வெளியிட|பதிவு|ప్రచురి|ప్రచురణ|પ્રકાશિત|ಪ್ರಕಟ"
    r"|പ്രസിദ്ധീകരി|เผยแพร่|โพสต์|გამოქვეყნ|հրապարակ|掲載|公開|配信|投稿|등록|입력|승인|게시|发布|發布|發佈|发表|發表|刊登|上传|发稿"
)
_MODIFIED = (
    r"updat|modifi|(?<!un)edited|last\s+(?:review|revis|chang)|reviewed|aktualisier(?:t|ung)|actualizad"
    r"|actualizaci|atualiza[dç]|actualitzat|actualizat|actualizare|aggiorna[tm]|bijgewerkt|gewijzigd"
    r"|aangepast|uppdaterad|oppdatert|opdateret|(?:sist|senest) (?:endret|ændret)|muokattu|zaktualizowan"
    r"|aktualizacj|aktualiz[oá][vc]|upraveno|uuendatud|muudetud|atjau?n|papildin|papildyta|izmijenjeno"
    r"|posodobljen|diperbarui|diperbaharui|dikemas kini|imesasishwa"
)
_MODIFIED_ELSEWHERE = (
    r"geändert|überarbeitet|letzte änderung|mis(?:e)? à jour|actualisé|ändrad|päivitetty|frissít|módosít"
    r"|güncelle|ažuriran|përditësua|cập nhật|yenilən|обновл[её]н|измен[её]н|отредактирован|оновлен|змінен"
    r"|відредагован|абноўлен|актуализир|редактиран|ажуриран|жаңарт|ενημερώθηκε"
    r"|(?:τελευταία|πρόσφατη|τελ\.) (?:ενημέρωση|τροποποίηση)|ανανεώθηκε|επικαιροπο|تحديث|تحدیث|آخر تعديل"
    r"|به\u200c?\s?روز\s?رسانی|بروزرسانی|آخرین ویرایش|اپ\s?ڈیٹ|עודכן|עדכון|अपडेट|अद्यतन|संशोधित|আপডেট"
    r"|হালনাগাদ|புதுப்பி|అప్\u200c?డేట్|నవీకరి|અપડેટ|ನವೀಕರಿ|അപ്ഡേറ്റ്|പുതുക്കി|अद्यावधिक|อัปเดต|อัพเดต"
    r"|อัพเดท|แก้ไข|განახლ|թարմաց|更新|修改|修訂|修订|改訂|수정|업데이트|ታድሷል|የታደሰ"
)
_ALL_PUBLISHED = re.compile(f"{_PUBLISHED}|{_PUBLISHED_ELSEWHERE}")
_ALL_MODIFIED = re.compile(f"{_MODIFIED}|{_MODIFIED_ELSEWHERE}")
_LABEL = re.compile(f"{_ALL_PUBLISHED.pattern}|{_ALL_MODIFIED.pattern}")
_IN_ASCII = re.compile(_PUBLISHED), re.compile(_MODIFIED), re.compile(f"{_PUBLISHED}|{_MODIFIED}")
"""The same for texts in ASCII, as most are: asking for the words of the other scripts takes twice as long again."""


def says_published(text: str) -> bool:
    """Whether a text in lower case has a word of those that stand beside the day of a publication."""
    return (_IN_ASCII[0] if text.isascii() else _ALL_PUBLISHED).search(text) is not None


def says_modified(text: str) -> bool:
    """Whether a text in lower case has a word of those that stand beside the day of a change."""
    return (_IN_ASCII[1] if text.isascii() else _ALL_MODIFIED).search(text) is not None


def parted(phrase: str, says_date: Callable[[str], bool]) -> list[str]:
    """A phrase in as many parts as labels that each have a date: "Published … Updated …", "… 公開 … 更新"."""
    lower = phrase.lower()
    labels = list((_IN_ASCII[2] if lower.isascii() else _LABEL).finditer(lower))
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
