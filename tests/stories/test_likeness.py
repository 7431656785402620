from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from crawler.extract.images.fingerprint import fingerprint
from crawler.model.picture import Fingerprint, Likeness
from crawler.stories.likeness import compare


def scene(seed: int, size: tuple[int, int] = (900, 600)) -> Image.Image:
    rng = random.Random(seed)
    sky = Image.new("RGB", (5, 4))
    sky.putdata([tuple(rng.randrange(30, 220) for _ in range(3)) for _ in range(20)])
    image = sky.resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y, r = rng.randrange(size[0]), rng.randrange(size[1]), rng.randrange(20, 160)
        draw.ellipse((x - r, y - r // 2, x + r, y + r), fill=tuple(rng.randrange(256) for _ in range(3)))
    return image


def printed(image: Image.Image, quality: int = 85) -> Fingerprint:
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    found = fingerprint(out.getvalue())
    assert found is not None
    return found


def like(change: Callable[[Image.Image], Image.Image], *, seed: int = 3, quality: int = 85) -> Likeness | None:
    return compare(printed(change(scene(seed)), quality), printed(scene(seed)))


def crop(left: float, top: float, right: float, bottom: float) -> Callable[[Image.Image], Image.Image]:
    return lambda image: image.crop(
        tuple(int(share * side) for share, side in zip((left, top, right, bottom), image.size * 2, strict=True))  # type: ignore[arg-type]
    )


def logo(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).rectangle((20, 20, 180, 80), fill=(200, 20, 30))
    return image


@pytest.mark.parametrize(
    ("change", "quality"),
    [
        (lambda image: image, 20),
        (lambda image: image.resize((225, 150)), 85),
        (ImageOps.grayscale, 85),
        (lambda image: ImageEnhance.Brightness(image).enhance(1.25), 85),
        (logo, 85),
    ],
)
def test_the_same_photograph_is_known_through_what_newsrooms_do_to_it(
    change: Callable[[Image.Image], Image.Image], quality: int
) -> None:
    found = like(change, quality=quality)
    assert found is not None
    assert (found.cropped, found.part) == (None, 1.0)


@pytest.mark.parametrize(
    "box",
    [(0.0, 0.0, 0.95, 1.0), (0.08, 0.03, 1.0, 0.97), (0.13, 0.22, 0.97, 1.0), (0.0, 0.31, 1.0, 1.0),
     (0.2, 0.0, 0.83, 1.0)],
)  # fmt: skip
def test_a_crop_is_found_in_the_whole_with_the_part_it_shows(box: tuple[float, float, float, float]) -> None:
    found = like(crop(*box))
    assert found is not None
    assert found.cropped == "one"
    assert found.part == pytest.approx((box[2] - box[0]) * (box[3] - box[1]), abs=0.03)
    turned = compare(printed(scene(3)), printed(crop(*box)(scene(3))))
    assert turned is not None and turned.cropped == "other"


def test_a_small_grey_crop_with_a_logo_is_still_found() -> None:
    found = like(
        lambda image: ImageOps.grayscale(logo(crop(0.1, 0.1, 0.95, 0.9)(image))).resize((300, 188)), quality=40
    )
    assert found is not None and found.cropped == "one"


def test_other_pictures_mirrored_ones_and_the_same_stage_with_other_things_do_not_match() -> None:
    assert like(ImageOps.mirror) is None
    assert like(ImageOps.flip) is None
    for seed in range(20, 26):
        assert compare(printed(scene(seed)), printed(scene(seed + 1))) is None


def test_pictures_that_show_nothing_match_nothing() -> None:
    grey = printed(Image.new("RGB", (300, 200), (120, 120, 120)))
    assert compare(grey, grey) is None
