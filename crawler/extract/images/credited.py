"""Lines right below a picture that are called its caption or credit it, and so are no text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.extract.page.blocks import Layout, TextBlock
from crawler.extract.page.visibility import CAPTION

_PHOTO = (
    r"(?:photos?|photographs?|photography|pictures?|images?|fotos?|fotograf\w*|fot|fotó|bild|bilder|kuva|kuvat|zdjęci[ae]"
    r"|imagen|imagem|immagine|fotoğraf|фото|снимка|φωτο\w*|ảnh|צילום|תמונה|تصوير|الصورة|عکس|ภาพ|写真|撮影|사진|摄影|攝影|图|圖|图片"
    r"|圖片|फोटो|ছবি|படம்)"
)
_CREDITED = re.compile(
    rf"(?:^|[\s(（\[|.。,–—-]){_PHOTO}\.?(?:\s(?:credits?|by|courtesy(?:\sof)?))?\s*[:：/=]\s*\S[^:：]{{1,60}}$"
    rf"|[(（\[]{_PHOTO}\.?\s(?:by|von|de|di|par|por|credit)\s[^()（）\[\]]{{2,60}}[)）\]]$"
    r"|(?:^|[.!?…”»\"]\s)(?:fot\.|foto|photo)\s(?-i:(?:[^\W\d_a-zà-ÿ][\w.'’-]*[\s/,]*){1,5}$)"
    r"|(?:^|[\s(])[©℗ⓒ]\s?\S.{1,50}$",
    re.I,
)
"""How a line ends that is a picture's: a word for photographs and whose this one is."""
_LONGEST_LINE = 300
"""Characters of a caption that nothing but its credit tells from a paragraph."""


def find_credited(layout: Layout, chosen: Iterable[TextBlock]) -> set[int]:
    """Numbers of the blocks, of those chosen for the text, that stand right below a picture and are its caption."""
    below = {before for _, _, before in layout.pictures}
    return {
        block.number for block in chosen if block.number in below and (is_named_caption(block) or is_credited(block))
    }


def is_named_caption(block: TextBlock) -> bool:
    """Whether the box that a line lies in is called a caption."""
    return CAPTION.search(block.box.classes or "") is not None


def is_credited(block: TextBlock) -> bool:
    """Whether a line ends as captions do, by saying whose the picture is."""
    text = block.text
    return len(text) <= _LONGEST_LINE and block.level is None and _CREDITED.search(text) is not None
