"""Marks are read from pictures and PDFs as offices make them: sealed, creased, far, large, several in a file."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from pipeline.adapters.qr import LEVEL, MASK
from pipeline.adapters.scans import MOST_SIDE, read_scans, texts
from pipeline.errors import FileFault

TEXT = "2022-01-0001 ABCDEFGHIJKLMNOP"
OTHER = "2022-01-0002 BCDEFGHIJKLMNOPQ"
RED = (200, 30, 40)


def code(text: str = TEXT, side: int = 170) -> Image.Image:
    """A mark of 14.4 mm at 300 dpi with paper around it."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL, dataMask=MASK)
    modules = memoryview(made.to_image(scale=1, add_quiet_zones=False))
    small = Image.frombytes("L", (len(modules), len(modules)), modules.tobytes())
    paper = Image.new("RGB", (2 * side, 2 * side), "white")
    paper.paste(small.resize((side, side), Image.Resampling.NEAREST), (side // 2, side // 2))
    return paper


def sealed() -> Image.Image:
    """A seal whose ring and filling cover a third of the mark; ink darkens."""
    picture = code()
    ink = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(ink)
    for reach in range(8, 260, 16):
        pen.ellipse((60 - reach, 60 - reach, 60 + reach, 60 + reach), outline=RED, width=7)
    return ImageChops.multiply(picture, ink)


def scans(path: Path) -> list[tuple[str, ...]]:
    return [scan.texts for scan in read_scans(path)]


def test_a_red_seal_over_the_mark_does_not_hide_it() -> None:
    picture = sealed()
    assert texts(picture) == (TEXT,)
    assert texts(picture.convert("L")) == ()  # it really covers the mark


def test_a_scan_without_colour_is_known_as_one(tmp_path: Path) -> None:
    sealed().save(tmp_path / "colour.png")
    sealed().convert("L").convert("RGB").save(tmp_path / "grey.png")
    sealed().convert("1").save(tmp_path / "white.tif")
    assert [next(read_scans(tmp_path / name)).is_coloured for name in ("colour.png", "grey.png", "white.tif")] == [
        True, False, False,
    ]  # fmt: skip


def test_a_photo_from_afar_is_read_by_a_second_look() -> None:
    small = code().resize((87, 87), Image.Resampling.BOX).rotate(20, fillcolor="white")
    spoilt = small.filter(ImageFilter.GaussianBlur(0.6))
    assert not zxingcpp.read_barcodes(spoilt.convert("L")) and texts(spoilt) == (TEXT,)


def test_a_mark_out_of_focus_is_read() -> None:
    assert texts(code().filter(ImageFilter.GaussianBlur(3.3))) == (TEXT,)


def test_every_picture_of_a_tiff_is_looked_at(tmp_path: Path) -> None:
    blank = Image.new("RGB", (300, 300), "white")
    code().save(
        tmp_path / "scan.tif", save_all=True, append_images=[blank, code(OTHER)], compression="tiff_lzw"
    )
    assert scans(tmp_path / "scan.tif") == [(TEXT,), (), (OTHER,)]


def test_every_page_of_a_pdf_is_looked_at(tmp_path: Path) -> None:
    blank = Image.new("RGB", (300, 300), "white")
    code().save(tmp_path / "scan.pdf", save_all=True, append_images=[blank, code(OTHER)], resolution=300)
    assert scans(tmp_path / "scan.pdf") == [(TEXT,), (), (OTHER,)]


def test_a_pdf_is_known_behind_what_a_mail_or_a_scanner_puts_before_it(tmp_path: Path) -> None:
    code().save(tmp_path / "scan.pdf")
    (tmp_path / "late.pdf").write_bytes(b"\r\n\r\n" + (tmp_path / "scan.pdf").read_bytes())
    assert scans(tmp_path / "late.pdf") == [(TEXT,)]


def test_two_letters_in_one_photo_are_both_read(tmp_path: Path) -> None:
    photo = Image.new("RGB", (1000, 400), "white")
    photo.paste(code(), (0, 0))
    photo.paste(code(OTHER), (500, 0))
    photo.save(tmp_path / "photo.jpg")
    assert set(*scans(tmp_path / "photo.jpg")) == {TEXT, OTHER}


@pytest.mark.parametrize(
    "made",
    [
        lambda picture: picture.convert("CMYK"),
        lambda picture: picture.convert("P"),
        lambda picture: picture.convert("1"),
        lambda picture: picture.convert("L").point(lambda value: value * 257, "I"),
        lambda picture: picture.convert("L").point(lambda value: value * 257, "I").convert("I;16"),
    ],
    ids=["CMYK", "palette", "black and white", "32 bits", "16 bits"],
)
def test_pictures_of_any_mode_are_read(made: Callable[[Image.Image], Image.Image], tmp_path: Path) -> None:
    made(code()).save(tmp_path / "scan.tif")
    assert scans(tmp_path / "scan.tif") == [(TEXT,)]


def test_what_is_transparent_is_white_paper(tmp_path: Path) -> None:
    clear = Image.new("RGBA", code().size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0), code().convert("L").point(lambda value: 255 - value))
    clear.save(tmp_path / "clear.png")
    assert scans(tmp_path / "clear.png") == [(TEXT,)]


def sizes_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Sides of the pictures that the reader is handed."""
    seen: list[int] = []
    read = zxingcpp.read_barcodes

    def noted(image: Image.Image, *rest: object, **named: object) -> object:
        seen.append(max(image.size))
        return read(image, *rest, **named)

    monkeypatch.setattr(zxingcpp, "read_barcodes", noted)
    return seen


def test_a_page_of_one_point_a_pixel_is_drawn_no_larger_than_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Image.new("L", (8000, 6000), 255)
    page.paste(code(side=600).convert("L"), (500, 500))
    page.save(tmp_path / "photo.pdf")
    seen = sizes_read(monkeypatch)
    assert scans(tmp_path / "photo.pdf") == [(TEXT,)]
    assert max(seen) <= MOST_SIDE


@pytest.mark.filterwarnings("error")
def test_a_photo_of_200_megapixels_is_read_without_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = Image.new("L", (16320, 12240), 90)
    photo.paste(code(side=900).convert("L"), (1000, 1000))
    photo.save(tmp_path / "photo.jpg", quality=40)
    seen = sizes_read(monkeypatch)
    assert scans(tmp_path / "photo.jpg") == [(TEXT,)]
    assert max(seen) <= MOST_SIDE


def test_a_picture_that_memory_would_not_hold_is_refused_with_its_size(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000), 1).save(tmp_path / "huge.tif", compression="group4")
    with pytest.raises(FileFault, match=r"huge\.tif 太大（20000×20000点）。请缩小"):
        scans(tmp_path / "huge.tif")


@pytest.mark.parametrize(
    "name, data, words",
    [
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(40), "HEIC.*JPG"),
        ("a.jpg", b"not a picture", "不是图片，也不是 PDF"),
        ("a.jpg", b"", "是空的（0字节）"),
        ("a.pdf", b"%PDF-1.4\nbroken", "不是完好的 PDF"),
    ],
)
def test_what_cannot_be_read_is_refused_for_its_true_reason(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(FileFault, match=words):
        scans(tmp_path / name)


def test_a_picture_cut_short_is_refused(tmp_path: Path) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((400, 400), 90)] * 3)
    noise.save(tmp_path / "a.png")
    (tmp_path / "a.png").write_bytes((tmp_path / "a.png").read_bytes()[:5000])
    with pytest.raises(FileFault, match="不完好"):
        scans(tmp_path / "a.png")


def test_a_pdf_with_a_password_is_refused_as_such(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(FileFault, match="密码"):
        scans(tmp_path / "a.pdf")


def test_the_red_channel_is_not_trusted_alone() -> None:
    """A mark printed in red ink shows in grey only."""
    picture = code()
    red = Image.new("RGB", picture.size, "white")
    red.paste((255, 0, 0), (0, 0), picture.convert("L").point(lambda value: 255 - value))
    assert texts(red) == (TEXT,)


def test_noise_holds_no_mark() -> None:
    random.seed(1)
    noise = Image.effect_noise((600, 600), 90)
    assert texts(Image.merge("RGB", (noise, noise, noise))) == ()
