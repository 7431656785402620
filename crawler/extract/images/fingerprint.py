"""From the bytes of a picture to its fingerprint; Pillow decodes (``pip install 'wirecopy[images]'``)."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING

from crawler.model.picture import TONES, Fingerprint

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 80_000_000
"""Pixels of a picture that is decoded; press photographs have up to 60 million. A bomb has more, in few bytes."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP")
_LEAST_SIDE = 48


class PictureError(ValueError):
    """Bytes that are no picture that is read; the message says why."""


def can_see() -> bool:
    """True where Pillow is there, without which no picture is decoded."""
    return find_spec("PIL") is not None


def fingerprint(data: bytes) -> Fingerprint | None:
    """The fingerprint of a picture (JPEG, PNG, WebP, GIF, AVIF, BMP); None for one too small to be a photograph.

    Transparent parts count as white, and a camera's note on which way is up is heeded. Raises ``PictureError`` for
    bytes that are none of these, are broken, or would unpack to more than ``MOST_PIXELS``; ``ImportError`` without
    Pillow.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own remarks on odd metadata, and on sizes that are bounded here
            Image.init()
            known = [kind for kind in _FORMATS if kind in Image.OPEN]  # not every build reads AVIF
            with Image.open(BytesIO(data), formats=known) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    raise PictureError(f"{width} by {height} pixels: more than are decoded")
                if min(width, height) < _LEAST_SIDE:
                    return None
                image.draft("L", (4 * TONES, 4 * TONES))  # a JPEG is decoded no larger than needed
                upright = ImageOps.exif_transpose(image)
                if (upright.width < upright.height) != (width < height):
                    width, height = height, width
                grey = _on_white(upright).resize((TONES, TONES), Image.Resampling.BOX)
                return Fingerprint(width, height, grey.tobytes())
    except UnidentifiedImageError:
        raise PictureError("no picture of a kind that is read") from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError) as error:
        if isinstance(error, PictureError):
            raise
        raise PictureError(f"a broken picture: {error}") from error


def _on_white(image: Image.Image) -> Image.Image:
    """The picture in grey, its transparent parts white."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        solid = image.convert("RGBA")
        white = Image.new("RGBA", solid.size, "white")
        return Image.alpha_composite(white, solid).convert("L")
    if image.mode.startswith("I"):
        # 16 bits a pixel: the upper eight.
        return image.convert("I").point(lambda tone: tone / 256).convert("L")
    return image.convert("L")
