"""The empty page cut into pieces: drawn one after the other they give the whole page."""

import re
from pathlib import Path

import pytest
from support.trials import pictures, unlike

from pipeline.adapters.form.background import TEXT_BLOCK, cut

TEXT = b"q 0.2 0.4 0.6 rg\nBT\n/F1 20 Tf 1 0 0 1 %d %d Tm <41> Tj\nET\nQ\n"
STATES: dict[str, bytes] = {
    "plain": TEXT % (20, 20) + TEXT % (60, 20) + TEXT % (100, 20),
    "no text": b"1 0 0 rg\n10 10 50 50 re\nf*\n",
    "colour outside": b"1 0 0 RG\n3 w\n" + TEXT % (20, 20) + b"10 60 m\n150 60 l\nS\n" + TEXT % (60, 20) + b"10 80 m\n150 80 l\nS\n",
    "clip": b"q\n0 0 70 200 re\nW* n\n" + TEXT % (20, 20) + b"0 1 0 rg\n10 40 150 30 re\nf*\n" + TEXT % (60, 20) + b"10 80 150 30 re\nf*\nQ\n" + TEXT % (100, 20),
    "nested": b"q\n0 0 1 rg\nq 1 0 0 1 10 10 cm\n0 0 120 120 re\nW n\n" + TEXT % (20, 20) + b"0 50 300 30 re\nf\nQ\n" + TEXT % (60, 20) + b"0 100 40 30 re\nf\nQ\n" + b"0 150 40 30 re\nf\n" + TEXT % (100, 20),
    "matrix": b"q 0.5 0 0 0.5 0 0 cm\n1 0 0 rg\n10 10 60 60 re\nf\n" + TEXT % (200, 200) + b"100 10 60 60 re\nf\nQ\n10 150 20 20 re\nf\n" + TEXT % (20, 20),
    "dashes": b"[6 3] 0 d\n2 w\n10 60 m\n150 60 l\nS\n" + TEXT % (20, 20) + b"10 80 m\n150 80 l\nS\n" + TEXT % (60, 20) + b"10 99 m\n150 99 l\nS\n",
}  # fmt: skip


def page(content: bytes) -> bytes:
    """A PDF of one page of these operators."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 6\n0000000000 65535 f \n" + rows
    return out + table + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def drawn(content: bytes, folder: Path) -> tuple[int, bytes]:
    folder.mkdir()
    (folder / "page.pdf").write_bytes(page(content))
    [picture] = pictures(folder / "page.pdf", 0, 0, folder)
    assert len(set(picture[1])) > 1, "nothing is drawn"
    return picture


@pytest.mark.parametrize("name", STATES)
def test_the_pieces_drawn_in_order_give_the_whole_page(name: str, tmp_path: Path) -> None:
    content = STATES[name]
    blocks = len(TEXT_BLOCK.findall(content))
    pieces = cut(content, list(range(blocks + 1)))
    assert len(pieces) == blocks + 2
    apart = b"".join(b"q\n" + piece + b"Q\n" for piece in pieces)
    assert unlike(drawn(content, tmp_path / "whole"), drawn(apart, tmp_path / "apart"), levels=8) == 0


@pytest.mark.parametrize("name", STATES)
def test_every_piece_closes_what_it_opens(name: str) -> None:
    content = STATES[name]
    for piece in cut(content, list(range(len(TEXT_BLOCK.findall(content)) + 1))):
        assert len(re.findall(rb"\bq|q(?=[qQ])", piece)) == len(re.findall(rb"Q", piece))


def test_no_piece_is_lost_where_nothing_is_to_be_cut() -> None:
    assert cut(STATES["plain"], []) == [STATES["plain"]]
