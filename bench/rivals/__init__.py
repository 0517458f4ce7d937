"""The other ways of printing the letters. ``python -m bench.rivals WAY FOLDER COUNT`` is one of them, whole.

Each is what its users would write, in its best order, and is given the letters as ready records (``letters.json`` in
the folder): none reads a spreadsheet, numbers, registers or reads back. LibreOffice is called as ``soffice``, with the
product's fonts and a profile that lasts as long as the process, as on a clerk's machine. A way imports only what it
needs.
"""

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench import docx_file
from bench.docx_file import TEMPLATE

Record = dict[str, str]


def command(folder: Path, documents: Sequence[Path]) -> list[str]:
    """One call of LibreOffice that puts PDFs of documents beside them."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    return [
        "soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, documents),
    ]  # fmt: skip


def fill(record: Record, path: Path) -> None:
    """A letter by docxtpl, as its manual says, escaping switched on."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(TEMPLATE)
    template.render(record, autoescape=True)
    template.save(path)


def one_call_each(folder: Path, count: int) -> None:
    """docxtpl and one call of LibreOffice per letter."""
    for document in _fill_each(folder, count):
        _convert(folder, [document])


def one_call_for_all(folder: Path, count: int) -> None:
    """docxtpl per letter, then one call of LibreOffice for all files."""
    _convert(folder, _fill_each(folder, count))


def one_big_docx(folder: Path, count: int) -> None:
    """All letters in one document, filled by the product's own way (quicker than docxtpl's); one call."""
    from pipeline.adapters.word import open_template

    open_template(TEMPLATE).write_pages(_records(folder, count), folder / "all.docx")
    _convert(folder, [folder / "all.docx"])


def mail_merge(folder: Path, count: int) -> None:
    """docx-mailmerge2 over a copy of the template with MERGEFIELDs, page breaks between; one call."""
    from mailmerge import MailMerge

    _write_merge_template(folder / "merge.docx")
    with MailMerge(folder / "merge.docx") as document:
        document.merge_templates(_records(folder, count), separator="page_break")
        document.write(folder / "all.docx")
    _convert(folder, [folder / "all.docx"])


def typst_whole(folder: Path, count: int) -> None:
    """Typst, a like page without the verification mark, one document."""
    _typst(folder).compile(output=folder / "all.pdf", sys_inputs={"count": str(count)}, pdf_tags=False)


def typst_marked(folder: Path, count: int) -> None:
    """Typst, the same letters, the mark on both halves, one document."""
    _typst_marked(folder, count, {})


def typst_units(folder: Path, count: int) -> None:
    """The same, and then a file for each unit by the same compiler."""
    _typst_marked(folder, count, json.loads((folder / "letters.json").read_text("utf-8"))["units"])


def _typst_marked(folder: Path, count: int, units: Mapping[str, int]) -> None:
    side = {"side": str(_write_marks(folder, count))}
    compiler = _typst(folder)
    compiler.compile(output=folder / "all.pdf", sys_inputs=side | {"count": str(count)}, pdf_tags=False)
    first = 0
    for name, share in units.items():
        span = side | {"first": str(first), "count": str(share)}
        compiler.compile(output=folder / f"{name}.pdf", sys_inputs=span, pdf_tags=False)
        first += share


def _write_marks(folder: Path, count: int) -> int:
    """The marks' modules in a file, a byte for each: quicker than a PNG for each mark; modules on a side."""
    import zxingcpp

    side = 0
    with (folder / "marks.bin").open("wb") as file:
        for text in json.loads((folder / "letters.json").read_text("utf-8"))["marks"][:count]:
            code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", dataMask=3)
            modules = memoryview(code.to_image(scale=1, add_quiet_zones=False))
            side = len(modules)
            file.write(modules.tobytes())
    return side


def _records(folder: Path, count: int) -> list[Record]:
    return json.loads((folder / "letters.json").read_text("utf-8"))["letters"][:count]


def _convert(folder: Path, documents: Sequence[Path]) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(command(folder, documents), check=True, stdout=quiet, stderr=quiet)


def _fill_each(folder: Path, count: int) -> list[Path]:
    documents = [folder / f"{number}.docx" for number in range(1, count + 1)]
    for record, path in zip(_records(folder, count), documents, strict=True):
        fill(record, path)
    return documents


def _write_merge_template(path: Path) -> None:
    """The template with Word's own fields in the place of the placeholders."""
    docx_file.edit(
        TEMPLATE, path,
        r'<w:r>((?:(?!</w:r>).)*)<w:t xml:space="preserve">\{\{ (\S+) \}\}</w:t></w:r>',
        r'<w:fldSimple w:instr=" MERGEFIELD \2 "><w:r>\1<w:t>«\2»</w:t></w:r></w:fldSimple>',
    )  # fmt: skip


def _typst(folder: Path):
    import typst

    (folder / "letter.typ").write_bytes(Path(__file__).with_name("letter.typ").read_bytes())
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=sorted(_font_folders())
    )
    return typst.Compiler(folder / "letter.typ", root=folder, font_paths=fonts, ignore_system_fonts=True)


def _font_folders() -> set[str]:
    """Where the fonts of the page are, and no others that would have to be searched."""
    found = set()
    for family in ("FandolFang", "Noto Serif CJK SC", "Liberation Serif"):
        file = subprocess.check_output(["fc-match", "-f", "%{file}", family], text=True)
        found.add(str(Path(file).parent))
    return found


WAYS: dict[str, Callable[[Path, int], None]] = {
    way.__name__: way
    for way in (
        one_call_each,
        one_call_for_all,
        one_big_docx,
        mail_merge,
        typst_whole,
        typst_marked,
        typst_units,
    )
}
