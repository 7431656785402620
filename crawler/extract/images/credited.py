"""Lines right below a picture that are called its caption or credit it, and so are no text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set

from lxml.html import HtmlElement

from crawler.extract.images.caption_boxes import FEW_LINES, is_named_after, is_named_caption, lies_in_caption
from crawler.extract.images.caption_forms import is_brief, is_centred, is_slanted, is_small
from crawler.extract.page.blocks import Box, Layout, TextBlock
from crawler.extract.wording import fold_line, headline_weight, word_list

_PHOTO = (
    r"(?:photos?|photographs?|photography|pictures?|images?|fotos?|fotograf\w*|fot|fotó|bild|bilder|kuva|kuvat|zdjęci[ae]"
    r"|imagen|imagem|immagine|fotoğraf|фото|снимка|φωτο\w*|ảnh|צילום|תמונה|تصوير|الصورة|عکس|ภาพ|写真|撮影|사진|摄影|攝影|图|圖|图片"
    r"|圖片|फोटो|ছবি|படம்)"
)
_CREDITED = re.compile(
    rf"(?:^|[\s(（\[|.。,–—-]){_PHOTO}\.?(?:\s(?:credits?|by|courtesy(?:\sof)?))?\s*[:：/=]\s*\S[^:：]{{1,60}}$"
    rf"|[(（\[]{_PHOTO}\.?\s(?:by|von|de|di|par|por|credit)\s[^()（）\[\]]{{2,60}}[)）\]]$"
    r"|(?:^|[.!?…”»\"]\s)(?:fot\.|foto|photo)\s(?-i:(?:[^\W\d_a-zà-ÿ][\w.'’-]*+[\s/,]*+){1,5}$)"
    r"|(?:^|[\s(])[©℗ⓒ]\s?\S.{1,50}$"
    r"|^(?:portrait|drawing|illustration)s?\sby\s(?-i:(?:[^\W\d_a-zà-ÿ][\w.'’-]*+[\s/,]*+){1,5}$)"
    r"|^(?-i:(?:[^\W\d_a-zà-ÿ][\w.'’-]*+\s?){1,4}/\s?(?:AP|AFP|EPA|Getty|Reuters|REUTERS|Corbis|Bloomberg|Alamy|Shutterstock)"
    r"\b[^.!?]{0,40}$)"
    r"|^[(\[]?(?:credits?\s?[:/]\s?|courtesy(?:\sof)?:?\s)(?-i:(?:[^\W\d_a-zà-ÿ][\w.'’-]*+[\s/,&]*+){1,6}[)\]]?$)",
    re.I,
)
"""How a line ends that is a picture's: a word for photographs and whose this one is."""
_STEMS = (
    "phot", "fot", "pictur", "imag", "immag", "bild", "kuva", "portrait", "drawing", "illustr", "/", "credit",
    "courtesy",
)  # fmt: skip
"""What such a line holds where it is in ASCII: looking for it costs a twentieth of what the pattern does."""
_PICTURES = re.compile(
    r"(?:^|[\s_-])(?:photos?|fotos?|images?|imgs?|pictures?|pics?|figures?|bild(?:er)?|imagen|imagem|immagine|lede)"
    r"(?=$|[\s_-]|\d)",
    re.I,
)
"""Names of boxes around a picture."""
_STEPS = 4
"""Boxes around a picture."""
_FEW = 3
"""Lines of a box that holds a picture, its caption and its credit."""
_ALONE = 200
"""Characters of a line that is alone with a picture in a box named after pictures."""
_EASTERN = re.compile(
    r"^\W{0,2}(?:[图圖](?:中|左|右|上|下)?(?:为|為)|[图圖](?:片?(?:说明|說明|注|源)|[片/／｜|]|\s?[0-9一二三四五六七八九十]*\s?[:：])"
    r"|[上下左右][图圖](?:为|為|[:：]|$)|(?:资料|資料|示意|效果|概念)[图圖]|写真は|写真[:：＝=]|사진\s?[=:/]|\[사진)"
    r"|^[▲△▴↑]"
    r"|(?:(?<!拍)[摄攝]|(?:[摄攝]影)|供[图圖]|截[图圖]|(?:资料|資料)(?:[图圖]片?|照片?)|(?:网络|網路|網絡)[图圖]片)[)）】\]]?[。.]?$"
    r"|(?:[图圖]片|资料|資料)[)）】\]]?$"
    r"|[（(【\[][^()（）【】\[\]]{0,20}(?:视觉中国|新华社|新華社|中新社|中新网|人民网|东方IC|路透|法新|网络)[^()（）【】\[\]]{0,12}[)）】\]]$"
    r"|[＝=（(][^＝=（）()。]{1,30}(?:撮影|提供|写真)[)）]?$"
    r"|[\s=(/](?:제공|캡처|갈무리|연합뉴스|뉴시스|뉴스1)[)\].]?$"
)
"""How captions begin and end where pictures stand in paragraphs of their own, in China, Japan and Korea."""
_FEWER = 2
"""How many more lines of a form stand below pictures than elsewhere where such lines are captions."""
_SEVERAL = 2
"""Brief sentences below pictures that are captions, and no chance."""
_MOST_OF = 0.6
"""Share of the pictures that have a caption below where a brief sentence is one."""
_WHOSE = re.compile(
    rf"(?:^\W|[.!?。;|/(（]\s?)(?:credits?|courtesy of|source|{_PHOTO})\.?(?:\s(?:credits?|by))?\s?[:：]\s?[^\s\"“„«]",
    re.I,
)
"""Where a caption says whose the picture is."""
_ALT, _ALT_WORDS, _ALT_SHARE = 20, 6, 0.6
"""Characters of an ``alt``, words of a line, and the share of the words of both that they have in common."""
_LONGEST_BRACKETED = 1000
_LONGEST_LINE = 300
"""Characters of a caption that nothing but its credit tells from a paragraph."""


def find_credited(layout: Layout, chosen: Iterable[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that are the caption of a picture right above them."""
    above = {before: (element, box) for element, box, before in layout.pictures}
    blocks = list(chosen)
    named = [block for block in blocks if is_named_after(block.box.names)]
    alone = len(named) == len(blocks)  # what a film shows may be all there is
    found = {
        block.number
        for block in blocks
        if block.number in above
        and (
            is_named_caption(block)
            or is_credited(block)
            or tells_of(block, *above[block.number])
            or says_alt(block, above[block.number][0])
        )
    }
    near = {number for before in above for number in range(before, before + FEW_LINES + 1)}
    found.update(b.number for b in blocks if b.number in near and lies_in_caption(layout, b, above.keys()))
    found.update(b.number for b in named if len(b.text) <= _LONGEST_LINE and not (b.level or alone))
    for block in blocks:  # between a picture and its caption may stand a line of their box, whose it is
        line = layout.blocks[block.number - 1]
        if line.number not in above or block.number in above or line.box.parent is not block.box.parent:
            continue
        if line.level is None and len(line.text) <= _ALONE and is_named_caption(block):
            found |= {line.number, block.number}
    numbers = {block.number for block in blocks}
    found &= numbers
    first, last = min(numbers, default=0), max(numbers, default=-1)
    found |= {
        line.number
        for _, box, before in layout.pictures
        if first - _FEW <= before <= last
        for line in credited_lines(layout, box, before)
    } & numbers
    found |= _alike(is_centred, blocks, above.keys(), found)
    below = sum(block.number in above for block in blocks)
    for form in (is_brief, is_slanted):
        alike = _alike(form, blocks, above.keys(), found)
        if len(alike) >= _SEVERAL and len(found | alike) >= _MOST_OF * below:
            found |= alike
    found |= _alike(is_small, blocks, above.keys(), found)
    return found


def _alike(
    form: Callable[[TextBlock], bool], chosen: Sequence[TextBlock], below: Set[int], known: Set[int]
) -> set[int]:
    """Numbers of the lines of one form ``below`` a picture, where hardly any others of those chosen have it."""
    found = {block.number for block in chosen if block.number in below and form(block)} - known
    if not found or sum(form(block) for block in chosen if block.number not in below) * _FEWER > len(found):
        return set()
    return found


def tells_of(block: TextBlock, picture: HtmlElement, box: Box) -> bool:
    """Whether a line is alone with a picture in a box named after pictures, or says what the picture's ``alt`` says."""
    if block.level is not None or block.link_chars > 0 or len(block.text) > _LONGEST_LINE:
        return False
    around = _around(box)
    if around is None or around.count != 1 or around.first != block.number:
        return False
    if fold_line(" ".join((picture.get("alt") or "").split())) == block.folded:
        return True
    return len(block.text) <= _ALONE and _PICTURES.search(around.names) is not None


def credited_lines(layout: Layout, box: Box, before: int) -> Sequence[TextBlock]:
    """The few lines that are alone with a picture in a box, below it, where one of them says whose the picture is."""
    around = _around(box)
    if around is None or not 1 < around.count <= _FEW or around.first < before:
        return ()
    lines = layout.blocks[around.first : around.last + 1]
    if any(line.level is not None or len(line.text) > _LONGEST_LINE for line in lines):
        return ()
    return lines if any(map(is_credited, lines)) else ()


def _around(inner: Box) -> Box | None:
    """The nearest box around a picture that holds text."""
    box: Box | None = inner
    for _ in range(_STEPS):
        if box is None or box.count:
            return box
        box = box.parent
    return None


def is_credited(block: TextBlock) -> bool:
    """Whether a line ends as captions do, by saying whose the picture is."""
    text = block.text
    if block.level is None and _is_bracketed(text):
        return True
    if len(text) > _LONGEST_LINE or block.level is not None:
        return False
    if text.isascii():
        lower = text.lower()
        return any(stem in lower for stem in _STEMS) and _CREDITED.search(text) is not None
    if _CREDITED.search(text) is not None:
        return True
    if _EASTERN.search(text) is None:
        return False
    return "\n" not in "".join(block.pieces).strip()  # of several lines only the first may be a caption


def _is_bracketed(text: str) -> bool:
    """Whether a line is a caption in brackets that says whose the picture is: of a chart, with what it shows."""
    if text[0] not in "(（[" or text[-1] not in ")）]" or len(text) > _LONGEST_BRACKETED:
        return False
    return _WHOSE.search(text) is not None


def says_alt(block: TextBlock, picture: HtmlElement) -> bool:
    """Whether a line has most words of the ``alt`` of the picture above it; names of a word or two tell nothing."""
    if block.level is not None or block.link_chars > 0 or not len(block.text) <= _LONGEST_LINE:
        return False
    alt = picture.get("alt") or ""
    if len(alt) < _ALT or block.text.endswith((":", "：")) or headline_weight(block.text) < _ALT_WORDS:
        return False
    own, said = set(word_list(block.text)), set(word_list(alt))
    return len(said) >= _ALT_WORDS - 1 and len(own & said) >= _ALT_SHARE * len(own | said)
