from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crawler.extract.images.fingerprint import PictureError, fingerprint
from crawler.model.picture import TONES


def picture(mode: str = "RGB", size: tuple[int, int] = (200, 100), kind: str = "PNG", **options: Any) -> bytes:
    image = Image.linear_gradient("L").resize(size).convert(mode)
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("RGB", "JPEG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("RGB", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP"),
     ("P", "GIF"), ("1", "PNG"), ("I;16", "PNG")],
)  # fmt: skip
def test_pictures_of_every_kind_have_the_tones_a_reader_sees(mode: str, kind: str) -> None:
    if mode == "I;16":
        raw = Image.linear_gradient("L").resize((200, 100)).convert("I").point(lambda tone: tone * 256)
        out = BytesIO()
        raw.convert("I;16").save(out, "PNG")
        found = fingerprint(out.getvalue())
    else:
        found = fingerprint(picture(mode, kind=kind))
    assert found is not None
    assert (found.width, found.height, len(found.tones)) == (200, 100, TONES * TONES)
    top, bottom = sum(found.tones[:TONES]) / TONES, sum(found.tones[-TONES:]) / TONES
    assert top < 40 and bottom > 215


def test_transparent_parts_are_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    found = fingerprint(out.getvalue())
    assert found is not None and set(found.tones) == {255}


def test_the_cameras_note_on_which_way_is_up_is_heeded() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    found = fingerprint(picture(kind="JPEG", exif=exif))
    assert found is not None and (found.width, found.height) == (100, 200)


def test_what_is_too_small_for_a_photograph_has_none() -> None:
    assert fingerprint(picture(size=(47, 300))) is None


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    with pytest.raises(PictureError, match="pixels"):
        fingerprint(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe-3.0 EPSF-3.0", b"\xff\xd8\xff\xe0\x00\x10JFIF",
     b"GIF89a", picture()[:200], picture(kind="JPEG")[:300]],
)  # fmt: skip
def test_what_is_no_picture_or_a_broken_one_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError):
        fingerprint(data)


@given(st.binary(max_size=80), st.integers(0, 400))
@settings(max_examples=80)
def test_damage_anywhere_gives_a_fingerprint_or_a_refusal(noise: bytes, at: int) -> None:
    for kind in ("PNG", "JPEG", "GIF", "WEBP"):
        data = picture(kind=kind)
        at = min(at, len(data))
        try:
            found = fingerprint(data[:at] + noise + data[at + len(noise) :])
        except PictureError:
            continue
        assert found is None or len(found.tones) == TONES * TONES
