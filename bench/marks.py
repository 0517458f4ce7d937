"""Which verification mark survives what happens to a letter: ``python -m bench.marks``.

For each way of making the mark, 200 letters of made-up numbers are drawn at the size that the letter has, spoilt, and
read as ``register verify --image`` reads a scan; in brackets, as a reader does that looks once, such as a phone's.
What is compared is marks under the same hardship, drawn by the same random numbers.
"""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from pipeline.adapters.qr import MASK, QUIET
from pipeline.adapters.scans import texts

LETTERS = 200
SIDE_MM = 19.0
"""Of the mark with its quiet zone."""
AROUND_MM = 8.0
"""Of paper around it."""
INK, PAPER = (20, 20, 20), (250, 249, 246)
RED = (200, 30, 40)


@dataclass(frozen=True, slots=True)
class Kind:
    """A way of making the mark."""

    name: str
    text: Callable[[int, str], str]
    level: str


def _key(number: int) -> str:
    return f"2022-{number % 26 + 1:02d}-{number:04d}"


KINDS = (
    Kind(
        "key, printed number, check; M (as before)",
        lambda n, check: f"{_key(n)} 岚个培〔2022〕{_key(n)[5:]} {check}",
        "M",
    ),
    Kind("key, check; M", lambda n, check: f"{_key(n)} {check}", "M"),
    Kind("key, check; Q", lambda n, check: f"{_key(n)} {check}", "Q"),
    Kind("key, check; H", lambda n, check: f"{_key(n)} {check}", "H"),
)


def drawn(kind: Kind, number: int, dice: random.Random, dpi: int) -> Image.Image:
    """A mark on its paper."""
    check = "".join(dice.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16))
    code = zxingcpp.create_barcode(
        kind.text(number, check), zxingcpp.BarcodeFormat.QRCode, ec_level=kind.level, dataMask=MASK
    )
    view: Any = code.to_image(scale=1, add_quiet_zones=False)
    modules = memoryview(view)
    count = len(modules)
    image = Image.frombytes("L", (count, count), modules.tobytes())
    scale = dpi / 25.4
    module = SIDE_MM / (count + 2 * QUIET)
    side = round(module * count * scale)
    code_picture = image.resize((side, side), Image.Resampling.NEAREST)
    whole = round((SIDE_MM + 2 * AROUND_MM) * scale)
    paper = Image.new("RGB", (whole, whole), PAPER)
    place = round((AROUND_MM + module * QUIET) * scale)
    paper.paste(INK, (place, place), code_picture.point(lambda value: 255 - value))
    return paper


def _line(
    picture: Image.Image, dice: random.Random, dpi: int, colour: tuple[int, int, int], width_mm: float
) -> None:
    """A line across, from edge to edge."""
    size = picture.width
    middle, angle = size / 2, dice.uniform(0, math.pi)
    off = dice.uniform(-0.2, 0.2) * size
    x, y = middle - off * math.sin(angle), middle + off * math.cos(angle)
    reach = (math.cos(angle) * size, math.sin(angle) * size)
    ImageDraw.Draw(picture).line(
        (x - reach[0], y - reach[1], x + reach[0], y + reach[1]), colour, max(1, round(width_mm * dpi / 25.4))
    )


def _hole(picture: Image.Image, dice: random.Random, dpi: int, width_mm: float) -> None:
    """A hole somewhere in the mark; black, as scanners show it."""
    scale = dpi / 25.4
    x, y = ((AROUND_MM + dice.uniform(0.1, 0.9) * SIDE_MM) * scale for _ in "xy")
    reach = width_mm * scale / 2
    ImageDraw.Draw(picture).ellipse((x - reach, y - reach, x + reach, y + reach), (40, 40, 40))


def _seal(picture: Image.Image, dice: random.Random, dpi: int) -> Image.Image:
    """A round seal of 42 mm whose ring and star cover a third of the mark; ink darkens what it covers."""
    scale = dpi / 25.4
    ink = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(ink)
    angle, away = dice.uniform(0, 2 * math.pi), dice.uniform(13, 19) * scale
    x, y = picture.width / 2 + math.cos(angle) * away, picture.height / 2 + math.sin(angle) * away
    reach = 21 * scale
    pen.ellipse((x - reach, y - reach, x + reach, y + reach), outline=RED, width=round(1.2 * scale))
    star = [
        (x + math.sin(math.pi * n / 5) * r * scale, y - math.cos(math.pi * n / 5) * r * scale)
        for n in range(10)
        for r in [7 if n % 2 == 0 else 2.8]
    ]
    pen.polygon(star, RED)
    for turn in range(14):
        a = turn * 2 * math.pi / 14
        cx, cy = x + math.cos(a) * 16.5 * scale, y + math.sin(a) * 16.5 * scale
        half = 1.8 * scale
        for step in (-0.8, 0.0, 0.8):
            pen.rectangle((cx - half, cy + step * half, cx + half, cy + step * half + 0.5 * scale), RED)
        pen.rectangle((cx - 0.3 * scale, cy - half, cx + 0.3 * scale, cy + half), RED)
    return ImageChops.multiply(picture, ink)


def _noise(picture: Image.Image, dice: random.Random, amount: float) -> Image.Image:
    noise = Image.effect_noise(picture.size, amount)
    noise = noise.rotate(dice.choice((0, 90, 180, 270)))
    return Image.blend(picture, Image.merge("RGB", (noise,) * 3), 0.15)


def _phone(picture: Image.Image, dice: random.Random, pixels_a_mm: float) -> Image.Image:
    """Seen from afar and aslant, unevenly lit, unsharp, noisy."""
    size = max(24, round(picture.width / (300 / 25.4) * pixels_a_mm))
    w = picture.width
    corners = [(dice.uniform(0, 0.12) * w, dice.uniform(0, 0.12) * w) for _ in range(4)]
    (a, b), (c, d), (e, f), (g, h) = corners
    quad = (-a, -b, -c, w + d, w + e, w + f, w + g, -h)
    aslant = picture.transform((w, w), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor=PAPER)
    small = aslant.rotate(dice.uniform(-30, 30), Image.Resampling.BICUBIC, fillcolor=PAPER).resize(
        (size, size), Image.Resampling.BOX
    )
    light = Image.linear_gradient("L").rotate(dice.choice((0, 90, 180, 270))).resize(small.size)
    lit = Image.composite(small, small.point(lambda value: value * 0.55), light)
    return _noise(lit.filter(ImageFilter.GaussianBlur(0.5)), dice, 40)


def _creased(picture: Image.Image, dice: random.Random) -> Image.Image:
    for colour, width in (((255, 255, 255), 0.5), ((120, 118, 115), 0.35), ((235, 233, 230), 0.6)):
        _line(picture, dice, 200, colour, width)
    return picture.filter(ImageFilter.GaussianBlur(0.7))


def _holed(picture: Image.Image, dice: random.Random, width_mm: float) -> Image.Image:
    _hole(picture, dice, 200, width_mm)
    return picture.filter(ImageFilter.GaussianBlur(0.6))


Spoil = Callable[[Image.Image, random.Random], Image.Image]
HARDSHIPS: Sequence[tuple[str, int, Spoil]] = (
    ("blur, 0.20 mm", 300, lambda p, _: p.filter(ImageFilter.GaussianBlur(0.20 * 300 / 25.4))),
    ("blur, 0.28 mm", 300, lambda p, _: p.filter(ImageFilter.GaussianBlur(0.28 * 300 / 25.4))),
    ("three creases", 200, _creased),
    ("hole of 4 mm", 200, lambda p, dice: _holed(p, dice, 4)),
    ("hole of 5.5 mm", 200, lambda p, dice: _holed(p, dice, 5.5)),
    ("seal over a third, in colour", 200, lambda p, dice: _seal(p, dice, 200)),
    ("seal over a third, black and white", 200, lambda p, dice: _seal(p, dice, 200).convert("L")),
    ("far phone, 3.0 pixels a mm", 300, lambda p, dice: _phone(p, dice, 3.0)),
    ("far phone, 2.2 pixels a mm", 300, lambda p, dice: _phone(p, dice, 2.2)),
)


def main() -> None:
    """Print the table: how many of the letters were read."""
    print(f"| {LETTERS} letters each | " + " | ".join(kind.name for kind in KINDS) + " |")
    print("|---" * (len(KINDS) + 1) + "|")
    for name, dpi, spoil in HARDSHIPS:
        counts = []
        for kind in KINDS:
            dice = [random.Random(number) for number in range(LETTERS)]
            spoilt = [
                spoil(drawn(kind, number, dice[number], dpi), dice[number]) for number in range(LETTERS)
            ]
            ours = sum(bool(texts(picture)) for picture in spoilt)
            once = sum(bool(zxingcpp.read_barcodes(picture.convert("L"))) for picture in spoilt)
            counts.append(f"{ours} ({once})")
        print(f"| {name} | " + " | ".join(counts) + " |", flush=True)


if __name__ == "__main__":
    main()
