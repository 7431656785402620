"""Galleries, videos and recordings: pages whose matter is pictures, a film or a talk, with a few words beside them."""

from __future__ import annotations

import re

from crawler.extract.address import path_of
from crawler.extract.outcome.sight import SHORT, STUB, Sight

_GALLERY = re.compile(
    r"/(?:photo-?)?galler(?:y|ies|ia|ie|iy)/|/(?:kepgaleria|fotogaleri[ae]?|foto-galeri|kuvagalleria|galerie-foto|galeria|galerie|galleri)/|/(?:photos?|pictures|slideshows?|in-pictures|fotostrecken?|bildergalerien?"
    r"|bilder|diaporamas?|portfolio|fotos?|fotogalerias?|galerias?|fotogalleria|fotorepor\w*)/",
    re.I,
)
_VIDEO = re.compile(r"/(?:videos?|watch|play|mediathek|filmy|wideo|клип|видео)(?:/|$)", re.I)
_AUDIO = re.compile(r"/(?:radio|podcasts?|audios?|listen|episodes?|sendung(?:en)?|emissions?|подкаст\w*)(?:/|$)", re.I)
_TITLE = re.compile(
    r"(?:in (?:pictures|photos)|photos?|pictures|gallery|(?:bilder|foto)(?:strecke|galerie)|in bildern"
    r"|en (?:images|photos)|diaporama|galería|fotogalería"
    r"|en fotos|fotogalleria|le foto|galeria|fotos|w obiektywie|фото(?:репортаж|галерея)"
    r"|写真(?:特集|集)?|képgaléria|galerie foto|kuvagalleria|foto ?galeri|φωτογραφίες|गैलरी|তথ্যচিত্র|bộ ảnh"
    r"|תמונות)\s*[:|–—：]",
    re.I,
)
_TITLE_ENDS = re.compile(
    r"\s[–—|-]\s*(?:in (?:pictures|photos|images)|en (?:images|photos|fotos)|in bildern|képgaléria|képekben"
    r"|galerie foto|fotogalerie|foto ?galeri|kuvagalleria|galeria zdjęć|zdjęcia|фотогалерея|фото)$",
    re.I,
)
_CAPTIONED = frozenset({"figure", "figcaption"})
_PICTURES = 5


def gallery(sight: Sight) -> str | None:
    """Why the page is a gallery; None where it is none, or has an article's text."""
    told = bool(sight.linked_types & {"imagegallery", "mediagallery"} or _GALLERY.search(path_of(sight.page.address)))
    told = told or any(_TITLE.match(name) or _TITLE_ENDS.search(name) for name in sight.names[:2])
    pictured = _pictured(sight) if told else set()
    own = sum(
        len(block.text)
        for block in sight.body.chosen
        if block.number not in pictured and not block.box.inside & _CAPTIONED
    )
    if own >= (STUB if told else SHORT):
        return None
    figures = sum(
        1 for element in sight.page.tree.iter("figure") if next(element.iter("img", "picture"), None) is not None
    )
    if max(figures, len(pictured)) >= (_PICTURES if told else 3 * _PICTURES):
        figures = max(figures, len(pictured))
        return f"a gallery: {figures} pictures and {own} characters of running text"
    return None


def _pictured(sight: Sight) -> set[int]:
    """Numbers of the lines that stand alone with one picture in a box, as in its neighbours, and link nowhere."""
    pictures: dict[int, int] = {}
    for _, box, _ in sight.layout.pictures:
        around = box if box.count == 1 or box.parent is None else box.parent
        if around.count == 1:
            pictures[around.first] = pictures.get(around.first, 0) + 1
    blocks = sight.layout.blocks
    alone = {number for number, several in pictures.items() if several == 1 and not blocks[number].links}
    return alone if len(alone) >= _PICTURES else set()


def video(sight: Sight) -> str | None:
    """Why the page is a film or a recording with a few words; None where it is none, or has an article's text."""
    if sight.size >= 2 * SHORT or (sight.size >= SHORT and sight.claims):
        return None
    if _AUDIO.search(path_of(sight.page.address)) and next(sight.page.tree.iter("audio"), None) is not None:
        return f"a recording: {sight.size} characters of running text beside it"
    claimed = "videoobject" in sight.linked_types or "video" in sight.kinds
    told = claimed or _VIDEO.search(path_of(sight.page.address)) is not None
    if told and (_player(sight) or claimed):
        return f"a video: {sight.size} characters of running text beside it"
    return None


def _player(sight: Sight) -> bool:
    if next(sight.page.tree.iter("video", "amp-video", "video-js"), None) is not None:
        return True
    return any(
        "youtube.com/embed" in (frame.get("src") or "") or "player" in (frame.get("src") or "")
        for frame in sight.page.tree.iter("iframe")
    )
