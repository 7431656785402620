"""Lines right below a picture that are called its caption or credit it, and so are no text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from crawler.extract.page.blocks import Box, Layout, TextBlock
from crawler.extract.page.visibility import CAPTION
from crawler.extract.wording import fold_line

_PHOTO = (
    r"(?:photos?|photographs?|photography|pictures?|images?|fotos?|fotograf\w*|fot|fotó|bild|bilder|kuva|kuvat|zdjęci[ae]"
    r"|imagen|imagem|immagine|fotoğraf|фото|снимка|φωτο\w*|ảnh|צילום|תמונה|تصوير|الصورة|عکس|ภาพ|写真|撮影|사진|摄影|攝影|图|圖|图片"
    r"|圖片|फोटो|ছবি|படம்)"
)
_CREDITED = re.compile(
    rf"(?:^|[\s(（\[|.。,–—-]){_PHOTO}\.?(?:\s(?:credits?|by|courtesy(?:\sof)?))?\s*[:：/=]\s*\S[^:：]{{1,60}}$"
    rf"|[(（\[]{_PHOTO}\.?\s(?:by|von|de|di|par|por|credit)\s[^()（）\[\]]{{2,60}}[)）\]]$"
    r"|(?:^|[.!?…”»\"]\s)(?:fot\.|foto|photo)\s(?-i:(?:[^\W\d_a-zà-ÿ][\w.'’-]*[\s/,]*){1,5}$)"
    r"|(?:^|[\s(])[©℗ⓒ]\s?\S.{1,50}$"
    r"|^(?:portrait|drawing|illustration)s?\sby\s(?-i:(?:[^\W\d_a-zà-ÿ][\w.'’-]*[\s/,]*){1,5}$)",
    re.I,
)
"""How a line ends that is a picture's: a word for photographs and whose this one is."""
_NAMED_AFTER = re.compile(
    r"(?:video|image|photo|picture|img|foto|bild|figure|media)[\w-]*[_-](?:caption|legend|l[eé]gende)", re.I
)
"""Names of what is a caption wherever it stands: of a player that only a script draws, no picture is on the page."""
_PICTURES = re.compile(
    r"(?:^|[\s_-])(?:photos?|fotos?|images?|imgs?|pictures?|pics?|figures?|bild(?:er)?|imagen|imagem|immagine|lede)"
    r"(?=$|[\s_-]|\d)",
    re.I,
)
"""Names of boxes around a picture."""
_STEPS = 4
"""Boxes around a picture."""
_ALONE = 200
"""Characters of a line that is alone with a picture in a box named after pictures."""
_LONGEST_LINE = 300
"""Characters of a caption that nothing but its credit tells from a paragraph."""


def find_credited(layout: Layout, chosen: Iterable[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that are the caption of a picture right above them."""
    above = {before: (element, box) for element, box, before in layout.pictures}
    return {
        block.number
        for block in chosen
        if (_NAMED_AFTER.search(block.box.names) and block.level is None)
        or (
            block.number in above
            and (is_named_caption(block) or is_credited(block) or tells_of(block, *above[block.number]))
        )
    }


def tells_of(block: TextBlock, picture: HtmlElement, box: Box) -> bool:
    """Whether a line is alone with a picture in a box named after pictures, or says what the picture's ``alt`` says."""
    if block.level is not None or block.link_chars > 0 or len(block.text) > _LONGEST_LINE:
        return False
    around: Box | None = box
    for _ in range(_STEPS):
        if around is None or around.count:
            break
        around = around.parent
    if around is None or around.count != 1 or around.first != block.number:
        return False
    if fold_line(" ".join((picture.get("alt") or "").split())) == block.folded:
        return True
    return len(block.text) <= _ALONE and _PICTURES.search(around.names) is not None


def is_named_caption(block: TextBlock) -> bool:
    """Whether the box that a line lies in is called a caption."""
    return CAPTION.search(block.box.names) is not None


def is_credited(block: TextBlock) -> bool:
    """Whether a line ends as captions do, by saying whose the picture is."""
    text = block.text
    return len(text) <= _LONGEST_LINE and block.level is None and _CREDITED.search(text) is not None
