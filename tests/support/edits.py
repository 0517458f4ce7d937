"""Templates edited at random, printed in both engines: each right, or refused in words; none silently wrong.

    PYTHONPATH=tests python -m support.edits --count 300 --seed 1000

The judge is a plain twin of the template (see ``wild``), filled by replacing text and printed alone for each letter.
Ends with 1 if one is silently wrong, and leaves its template in the folder that it tells.
"""

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import escape
from pathlib import Path

from pipeline.adapters.form import Glyph, PrintedPages
from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.word import WordTemplate
from pipeline.adapters.workers import Workers
from pipeline.domain.letters.fields import AT_LEAST, FIELDS, OPTIONAL, emptied, fields_of
from pipeline.domain.letters.model import Letter
from pipeline.errors import ConversionFault, Stop
from pipeline.letters.form_engine import FormEngine
from pipeline.letters.office_engine import OfficeEngine
from support.inputs.people import filled_letters
from support.templates.wild import BODY, Side, Wild, wild
from support.templates.zoo import packed
from support.trials import shared_office

OUTCOMES = ("right", "refused, as it must be", "refused", "stopped", "silent")
APART_PT = 0.6


def letters() -> list[Letter]:
    filled = filled_letters(3, seed=5)
    return [
        *filled,
        *(replace(emptied(one), serial=replace(one.serial, number=one.serial.number + 50)) for one in filled),
    ]


def alone(twin: Side, letter: Letter, folder: Path) -> list[Glyph]:
    """The twin with one letter's texts, printed by itself."""
    body = str(twin.parts[BODY])
    for name, text in fields_of(letter).items():
        body = body.replace(f"{{{{ {name} }}}}", escape(text, quote=False))
    path = folder / "twin.docx"
    path.write_bytes(
        packed(
            {
                **{k: v.encode() if isinstance(v, str) else v for k, v in twin.parts.items()},
                BODY: body.encode(),
            }
        )
    )
    sheet = PrintedPages(shared_office().convert(path, 1))
    try:
        return sheet.glyphs(0)
    finally:
        sheet.close()


def unlike(right: list[Glyph], found: list[Glyph], *, placed: bool) -> str:
    """What is otherwise on a page than on the twin's."""
    lost = Counter(glyph.char for glyph in right)
    lost.subtract(glyph.char for glyph in found)
    if any(lost.values()):
        return "".join(f"{'-' if times > 0 else '+'}{char}" for char, times in lost.items() if times)
    for glyph in right if placed else ():
        near = (
            max(abs(glyph.x_pt - one.x_pt), abs(glyph.y_pt - one.y_pt))
            for one in found
            if one.char == glyph.char
        )
        if min(near) > APART_PT:
            return f"{glyph.char} moved"
    return ""


def pages(template: WordTemplate, wanted: list[Letter], engine: str, folder: Path) -> list[list[Glyph]] | str:
    """The letters' pages by one engine; or, in words, why there are none."""
    folder.mkdir()
    with ThreadPoolExecutor(2) as pool:
        by_office = OfficeEngine(template, shared_office(), folder, pool)
        by_form = FormEngine(template, by_office, folder, Workers(None), lambda _: None, strict=False)
        chosen = by_office if engine == "office" else by_form
        misfits = chosen.misfits(wanted)
        if misfits:
            return f"{misfits[0].field} does not fit"
        edition = chosen.typeset(wanted, None, lambda _: None)
        path, whole = folder / "letters.pdf", PageRange("", 0, len(wanted))
        edition.write(path, whole, (), {})
        edition.check(path, whole, 0, wanted)
    sheet = PrintedPages(path)
    try:
        return [sheet.glyphs(page) for page in range(len(sheet))]
    finally:
        sheet.close()


def judge(found: Wild, wanted: list[Letter], folder: Path) -> tuple[str, str]:
    """An outcome, and what is to say about it."""
    try:
        template = WordTemplate("letter.docx", found.ours.data())
        template.demand(FIELDS, AT_LEAST | dict.fromkeys(OPTIONAL, 0), is_page=True)
        said = ""
        for engine in ("form", "office"):
            made = pages(template, wanted, engine, folder / engine)
            if isinstance(made, str):
                said = made
                continue
            if found.plain is None:
                return "silent", f"{engine}: printed, although it should be refused"
            for place in (0, len(wanted) // 2, len(wanted) - 1):
                right = alone(found.plain, wanted[place], folder)
                wrong = unlike(right, made[place], placed=found.is_placed)
                if wrong:
                    return "silent", f"{engine}, letter {place + 1}: {wrong}"
    except ConversionFault as fault:
        return "stopped", str(fault)
    except Stop as fault:
        return "refused", str(fault)
    return ("refused", said) if said else ("right", "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="模板-"))
    wanted = letters()
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for seed in range(options.seed, options.seed + options.count):
        own = folder / str(seed)
        own.mkdir()
        found = wild(seed)
        outcome, words = judge(found, wanted, own)
        kind = OUTCOMES[1] if outcome == "refused" and found.plain is None else outcome
        for name in [*found.edits, "all"]:
            table[name][kind] += 1
        if outcome in {"silent", "stopped"}:
            (own / "letter.docx").write_bytes(found.ours.data())
        print(
            seed,
            outcome,
            "+".join(found.edits),
            "" if found.plain else "(must be refused)",
            words[:150],
            flush=True,
        )
    print(f"\n| edit | {' | '.join(OUTCOMES)} |\n|---|{'--:|' * len(OUTCOMES)}")
    for name in [*sorted(table.keys() - {"all"}), "all"]:
        print(f"| {name} | {' | '.join(str(table[name][outcome]) for outcome in OUTCOMES)} |")
    print(folder)
    return int(bool(table["all"]["silent"]))


if __name__ == "__main__":
    sys.exit(main())
