"""How well crops, recompressions and other copies of pictures are recognised, and different pictures are told apart.

Pictures are generated: scenes of gradients, shapes, grain and text, each with rivals of the same composition. Beside
ours, in the same run where it is installed, ImageHash (pHash and crop_resistant_hash) at its own usual thresholds.

    python benchmarks/pictures.py [--scenes 60] [--seed 7]
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from crawler.extract.images.fingerprint import fingerprint
from crawler.stories.likeness import compare

try:
    import imagehash
except ImportError:
    imagehash = None


def scene(rng: random.Random, *, like: random.Random | None = None) -> Image.Image:
    """A picture that has what photographs have: light that changes slowly, edges, texture, small detail.

    ``like`` draws the composition, so that two pictures can share it while their things differ: two press photographs
    of one stage.
    """
    plan = like or rng
    width, height = plan.choice([(1200, 800), (1024, 683), (900, 900), (800, 1067), (1280, 720)])
    small = Image.new("RGB", (6, 4))
    small.putdata([tuple(plan.randrange(30, 230) for _ in range(3)) for _ in range(24)])
    image = small.resize((width, height), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    for _ in range(rng.randrange(8, 20)):
        x, y = rng.randrange(width), rng.randrange(height)
        w, h = rng.randrange(width // 14, width // 3), rng.randrange(height // 14, height // 3)
        colour = tuple(rng.randrange(256) for _ in range(3))
        shape = rng.choice([draw.ellipse, draw.rectangle])
        shape((x - w // 2, y - h // 2, x + w // 2, y + h // 2), fill=colour)
    for _ in range(rng.randrange(4, 12)):
        points = [(rng.randrange(width), rng.randrange(height)) for _ in range(3)]
        draw.polygon(points, fill=tuple(rng.randrange(256) for _ in range(3)))
    image = image.filter(ImageFilter.GaussianBlur(rng.choice([0, 1, 3])))
    grain = Image.effect_noise((width // 2, height // 2), rng.choice([10, 25, 40])).resize((width, height))
    return Image.blend(image, Image.merge("RGB", (grain, grain, grain)), 0.12)


def cropped(share: float) -> Callable[[Image.Image, random.Random], Image.Image]:
    """A crop that loses ``share`` of the area, somewhere."""

    def change(image: Image.Image, rng: random.Random) -> Image.Image:
        left = 1 - share
        w = rng.uniform(max(0.62, left), 1.0)
        h = min(1.0, max(0.62, left / w))
        x, y = rng.uniform(0, 1 - w) * image.width, rng.uniform(0, 1 - h) * image.height
        return image.crop((int(x), int(y), int(x + w * image.width), int(y + h * image.height)))

    return change


def resized(image: Image.Image, rng: random.Random) -> Image.Image:
    scale = rng.choice([0.2, 0.35, 0.6])
    return image.resize((int(image.width * scale), int(image.height * scale)))


def grey(image: Image.Image, rng: random.Random) -> Image.Image:
    return ImageOps.grayscale(image).convert("RGB")


def logo(image: Image.Image, rng: random.Random) -> Image.Image:
    image = image.copy()
    draw = ImageDraw.Draw(image)
    w, h = image.width // 5, image.height // 9
    x, y = rng.choice([(10, 10), (image.width - w - 10, image.height - h - 10)])
    draw.rectangle((x, y, x + w, y + h), fill=(200, 20, 30))
    draw.text((x + 8, y + h // 3), "THE DAILY QUAY", fill="white")
    return image


def graded(image: Image.Image, rng: random.Random) -> Image.Image:
    return ImageEnhance.Contrast(ImageEnhance.Brightness(image).enhance(rng.uniform(0.75, 1.3))).enhance(1.25)


def recompressed(image: Image.Image, rng: random.Random) -> Image.Image:
    return image


def crop_and_more(image: Image.Image, rng: random.Random) -> Image.Image:
    return resized(logo(cropped(0.2)(image, rng), rng), rng)


COPIES: dict[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "recompressed": recompressed, "resized": resized, "grey": grey, "logo": logo, "graded": graded,
    "crop 5 %": cropped(0.05), "crop 10 %": cropped(0.10), "crop 20 %": cropped(0.20), "crop 30 %": cropped(0.30),
    "crop 20 %, logo, resized": crop_and_more,
}  # fmt: skip


def saved(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def ours(one: bytes, other: bytes) -> bool:
    first, second = fingerprint(one), fingerprint(other)
    return first is not None and second is not None and compare(first, second) is not None


def by_phash(one: bytes, other: bytes) -> bool:
    first, second = (imagehash.phash(Image.open(BytesIO(data))) for data in (one, other))
    return bool(first - second <= 10)


def by_segments(one: bytes, other: bytes) -> bool:
    first, second = (imagehash.crop_resistant_hash(Image.open(BytesIO(data))) for data in (one, other))
    return bool(first.matches(second, region_cutoff=1))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    methods: dict[str, Callable[[bytes, bytes], bool]] = {"wirecopy": ours}
    if imagehash is not None:
        methods |= {"ImageHash pHash": by_phash, "ImageHash crop_resistant": by_segments}
    right: dict[tuple[str, str], int] = defaultdict(int)
    wrong: dict[tuple[str, str], int] = defaultdict(int)
    asked: dict[str, int] = defaultdict(int)
    spent: dict[str, float] = defaultdict(float)

    def ask(kind: str, one: bytes, other: bytes, tally: dict[tuple[str, str], int]) -> None:
        asked[kind] += 1
        for name, method in methods.items():
            begun = time.perf_counter()
            tally[name, kind] += method(one, other)
            spent[name] += time.perf_counter() - begun

    scenes = [(seed := rng.randrange(1 << 30), scene(random.Random(seed))) for _ in range(options.scenes)]
    originals = [saved(image, 90) for _, image in scenes]
    for number, (seed, image) in enumerate(scenes):
        for kind, change in COPIES.items():
            ask(kind, originals[number], saved(change(image, rng), rng.choice([35, 60, 80])), right)
        ask("mirrored", originals[number], saved(ImageOps.mirror(image), 80), wrong)
        ask("another scene", originals[number], originals[number - 1], wrong)
        for _ in range(3):
            rival = scene(random.Random(rng.randrange(1 << 30)), like=random.Random(seed))
            ask("same stage, other things", originals[number], saved(rival, 80), wrong)
    for name in methods:
        found, missed = sum(right[name, kind] for kind in COPIES), sum(asked[kind] for kind in COPIES)
        false = sum(count for (method, _), count in wrong.items() if method == name)
        print(f"{name}: precision {found / max(1, found + false):.4f}, recall {found / missed:.4f}, "
              f"{1000 * spent[name] / sum(asked.values()):.1f} ms a pair with decoding")  # fmt: skip
        for kind in asked:
            tally = right if kind in COPIES else wrong
            print(
                f"    {kind:28}{tally[name, kind]:4} of {asked[kind]:4} {'matched' if kind in COPIES else 'mistaken'}"
            )


if __name__ == "__main__":
    main()
