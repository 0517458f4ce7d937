"""QR codes read from photos, scans and PDFs as offices make them. With ``qr``, the only module that knows zxing-cpp."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageSequence, UnidentifiedImageError

from pipeline.errors import FileFault

MOST_SIDE = 5_000
"""Pixels of a side that are looked at: a mark of 18 mm has some 400 of them on a sheet of A4, far more than it needs."""
MOST_BYTES = 330_000_000
"""Of memory that a picture may take before it can be made smaller: an A3 sheet in black and white at 1,200 dpi does."""
_DPI = 300
_CLOSE = 9_000_000
"""Pixels of a sheet of A4 at 300 dpi: enough where a look takes long."""
_COLOURED = 48
"""Difference of a pixel's channels, of 255, from which it is coloured."""
_HEAD = 1024
"""Bytes among which a PDF begins: readers put up with a mail's or a scanner's own before it."""
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypheim", b"ftypmif1", b"ftypmsf1")


@dataclass(frozen=True, slots=True)
class Scan:
    """One page, or one picture, of a file."""

    number: int
    """From 1."""
    texts: tuple[str, ...]
    """Texts of its QR codes, each once."""
    is_coloured: bool
    """Whether it has any colour: without, what a red seal covers is lost."""


def read_scans(path: Path) -> Iterator[Scan]:
    """Every page of a PDF, or every picture of a file, one after the other.

    :raises FileFault: it is neither, has a password, is of a make that is not read, or too large.
    """
    with _told(path), path.open("rb") as file:
        beginning = file.read(_HEAD)
        if not beginning:
            raise FileFault(f"{path} 是空的（0字节），可能没有传完。请重新传一次。")
        if beginning[4:12] in _HEIC:
            raise FileFault(
                f"{path} 是苹果手机的 HEIC 照片，这里读不了。请另存为 JPG（手机上：设置 → 相机 → 格式 → 兼容性最佳，再拍一张）。"
            )
        pictures = _pages(path) if b"%PDF-" in beginning else _pictures(path)
        for number, picture in enumerate(pictures, 1):
            yield Scan(number, texts(picture), _is_coloured(picture))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Whatever goes wrong with a file → one fault."""
    try:
        yield
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise FileFault(f"{path} 有打开密码。请去掉密码，或打印成图片再验。") from fault
        raise FileFault(f"{path} 不是完好的 PDF。") from fault
    except UnidentifiedImageError as fault:
        raise FileFault(f"{path} 不是图片，也不是 PDF。请给一张照片、扫描件或 PDF。") from fault
    except MemoryError as fault:
        raise FileFault(f"{path} 太大，内存不够。请缩小以后再验。") from fault
    except OSError as fault:
        raise FileFault(
            f"{path} 读不了：{fault.strerror or '图片不完好'}。请给一张照片、扫描件或 PDF。"
        ) from fault
    except (ValueError, SyntaxError, EOFError) as fault:  # as Pillow's readers do with what is damaged
        raise FileFault(f"{path} 不是完好的图片。") from fault


def _pages(path: Path) -> Iterator[Image.Image]:
    with closing(pypdfium2.PdfDocument(path)) as document:
        for page in document:
            scale = min(_DPI / 72, MOST_SIDE / max(page.get_size()))
            yield page.render(scale=scale).to_pil()
            page.close()


def _pictures(path: Path) -> Iterator[Image.Image]:
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with Image.open(path) as image:
            image.draft(None, (MOST_SIDE, MOST_SIDE))
            for frame in ImageSequence.Iterator(image):
                _weigh(path, frame)
                yield _plain(frame)
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _weigh(path: Path, frame: Image.Image) -> None:
    """See whether a picture can be held in memory.

    :raises FileFault: it cannot.
    """
    width, height = frame.size
    samples = len(frame.getbands()) + (3 if frame.info.get("progressive") else 0)
    deep = 4 if frame.mode[0] in "IF" else 1
    if width * height * samples * deep > MOST_BYTES:
        raise FileFault(f"{path} 太大（{width}×{height}点）。请缩小到每边{MOST_SIDE}点以内再验。")


def _plain(frame: Image.Image) -> Image.Image:
    """A picture as RGB or grey, not too large, on white paper."""
    factor = -(-max(frame.size) // MOST_SIDE)
    if factor > 1:
        small = (frame.width // factor, frame.height // factor)
        simple = frame.mode in {"1", "P"} or frame.mode[0] in "IF"
        frame = frame.resize(small, Image.Resampling.NEAREST) if simple else frame.reduce(factor)
    if frame.mode.startswith("I;16") or frame.mode == "I":
        return frame.convert("I").point(lambda value: value / 256).convert("L")
    if frame.has_transparency_data:
        paper = Image.new("RGBA", frame.size, "white")
        paper.alpha_composite(frame.convert("RGBA"))
        return paper.convert("RGB")
    return frame.convert("L" if frame.mode in {"1", "L"} else "RGB")


def texts(picture: Image.Image) -> tuple[str, ...]:
    """Texts of the QR codes that the first look that finds any finds.

    :param picture: RGB or grey.
    """
    formats = zxingcpp.BarcodeFormats(
        [zxingcpp.BarcodeFormat.QRCode]
    )  # kept for good, it would be told as leaked
    for look, binarizer in _looks(picture):
        found = zxingcpp.read_barcodes(look, formats, binarizer=binarizer)
        if found:
            return tuple(dict.fromkeys(code.text for code in found))
    return ()


def _looks(picture: Image.Image) -> Iterator[tuple[Image.Image, zxingcpp.Binarizer]]:
    """Ways to look at a picture, cheap ones first; what each brings is in docs/design.md."""
    local = zxingcpp.Binarizer.LocalAverage
    shades = [picture.getchannel("R")] if picture.mode == "RGB" else []
    shades.append(picture.convert("L"))
    for shade in shades:
        yield shade, local
    shade = shades[0].reduce(2) if _area(shades[0]) > _CLOSE else shades[0]
    times = min(3, max(1, int((_CLOSE / _area(shade)) ** 0.5)))
    larger = shade.resize((shade.width * times, shade.height * times), Image.Resampling.BICUBIC)
    yield larger.filter(ImageFilter.UnsharpMask(4, 250, 0)), local
    yield shade.filter(ImageFilter.MinFilter(3)), local
    yield shade.filter(ImageFilter.MaxFilter(3)), local
    yield shade, zxingcpp.Binarizer.GlobalHistogram


def _area(picture: Image.Image) -> int:
    return picture.width * picture.height


def _is_coloured(picture: Image.Image) -> bool:
    if picture.mode != "RGB":
        return False
    small = picture.resize((400, 400), Image.Resampling.BOX)
    _, saturation, _ = small.convert("HSV").split()
    extremes = saturation.getextrema()
    return isinstance(extremes[1], int | float) and extremes[1] >= _COLOURED
