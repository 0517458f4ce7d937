"""QR codes as PDF operators."""

import pytest
import zxingcpp
from PIL import Image

from pipeline.adapters.qr import LEVEL, MASK, operators


@pytest.mark.parametrize("text", ["2022-01-0001 K3JAAAAAAAAAAAAA", "1", "A" * 200])
def test_a_code_is_drawn_as_it_is_encoded(text: str) -> None:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL, dataMask=MASK)
    picture = Image.fromarray(code.to_image(scale=1, add_quiet_zones=False))
    bits = picture.convert("1", dither=Image.Dither.NONE).tobytes().hex()
    assert f"ID {bits}> EI" in operators(text, [(0, 0)], 50).decode()
