"""The line below a picture, parted into caption and credit."""

from __future__ import annotations

import re

_CREDIT_FIRST = re.compile(
    r"^(?P<credit>.{2,140}?)\s+[-–—]\s+(?:(?:FILE )?PHOTO|VIDEO|IMAGE|GRAPHIC|MAP|Photo|FOTO|Foto|"
    r"ФОТО)\s*:\s*(?P<caption>\S.*)$"
)
_PHOTO_FIRST = re.compile(
    r"^(?:FILE\s*[-–—]?\s*)?(?:PHOTO|VIDEO|IMAGE|Photo|Image|Foto|FOTO|Bild)\s*[:–—-]\s*(?P<caption>\S.*)$"
)
_CREDIT_LAST = re.compile(
    r"^(?P<caption>.*?[.!?\"”’)]?)\s*(?:\((?P<bracket>[^()]{2,100})\)|\|\s*(?P<bar>[^|]{2,60})|"
    r"[-–—]\s*(?P<dash>[^-–—.]{2,60})"
    r"|(?:photo(?:graph)?|image|picture|credit|photo credit|foto|bild|fotograf|quelle|crédit(?: photo)?|crédito|"
    r"фото)\s*(?:by\s|[:/]\s*)(?P<label>.{2,80})"
    r"|(?P<sign>[©℗]\s*.{2,80}))\s*$",
    re.I,
)
_AGENCY = re.compile(
    r"\b(?:AP|AFP|Reuters|Getty|EPA|UPI|TASS|Sputnik|Xinhua|dpa|PA|ANSA|EFE|Bloomberg|Shutterstock|iStock|Alamy|"
    r"Unsplash|Pexels|Pixabay"
    r"|Photo|Photograph|Images?|Courtesy|Handout|Pool|Press|Wire|News|Times|Post|Foto|Agency|via|File|Archive)\b|/|©"
)
_PURE_CREDIT = re.compile(
    r"^(?:(?:photo(?:graph)?|image|picture|foto|bild)\s+(?:by|of|credit|courtesy(?: of)?)\s*:?\s+|(?:credit|"
    r"courtesy(?: of)?)\s*:?\s+"
    r"|©\s*|\(c\)\s*|(?:photo(?:graph)?|image|foto|"
    r"bild)\s*[:/]\s*(?-i:(?=(?:[^\W\d_a-z][\w.'’-]*[\s/,]*){1,5}$)))(?P<credit>.{2,80})$",
    re.I,
)


def opens_with_credit(text: str) -> bool:
    """True for a line that begins as captions do: a credit and a dash, "PHOTO:", or a credit alone."""
    return any(pattern.match(text) for pattern in (_CREDIT_FIRST, _PURE_CREDIT, _PHOTO_FIRST))


def read_caption(text: str) -> tuple[str | None, str | None]:
    """Caption and credit of the line below a picture; the credit stands before, behind, or alone."""
    if found := _CREDIT_FIRST.match(text):
        return found["caption"], found["credit"].strip(" ,")
    if found := _PURE_CREDIT.match(text):
        return None, found["credit"].strip(" .")
    if found := _PHOTO_FIRST.match(text):
        return found["caption"], None
    if found := _CREDIT_LAST.match(text):
        credit = next(found[name] for name in ("bracket", "bar", "dash", "label", "sign") if found[name])
        if found["label"] or found["sign"] or _AGENCY.search(credit):
            credit = re.sub(r"^(?:photo(?:graph)?|image|credit|foto)\s*(?:by|:)\s*", "", credit.strip(), flags=re.I)
            return found["caption"].strip(" |-–—") or None, credit.strip(" .") or None
    return text, None
