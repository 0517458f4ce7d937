"""A letter once more: under its own number and marked, or under a new number in its place."""

import shutil
import signal
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from support.clerk import DATE, REPLACE, REPRINT, happened, history, lose, replace, reprint, use, void
from support.desk import KEYS, Desk
from support.inputs.lists import PEOPLE
from support.paper import fonts, halves
from support.programs import KILLER
from support.seen import assert_sound, reprints, states
from support.templates.zoo import BODY, edited

from pipeline.adapters.register import open_register
from pipeline.adapters.scans import read_scans
from pipeline.domain.letters.model import Letter, Serial
from pipeline.errors import ConversionFault, RegisterFault, Stop, UsageFault
from pipeline.jobs.register.verify import verify_scans
from pipeline.workspace import open_workspace


def letter(desk: Desk, number: int, unit: str = "01") -> Letter:
    with open_register(desk.register) as register:
        found = register.find(Serial(2022, unit, number))
    assert found is not None
    return found


# ---- under its own number


def test_a_letter_printed_again_is_the_same_and_says_so_on_both_halves(filled_desk: Desk) -> None:
    outcome = reprint(filled_desk, "01-0001")
    [folder] = reprints(filled_desk)
    assert outcome.folders == (str(folder),)
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "介绍信.pdf"]
    [again] = halves(folder / "介绍信.pdf")
    first = next(iter(halves(filled_desk.batch() / "介绍信.pdf")))
    assert "补打·第1次" in again.upper and "补打·第1次" in again.lower and "补打" not in first.whole
    assert sorted(again.whole.replace("补打·第1次", "")) == sorted(first.whole)
    assert all(embedded for _, embedded in fonts(folder / "介绍信.pdf"))
    assert folder.stat().st_mode & 0o077 == 0
    assert happened(filled_desk, "01-0001") == ["reserved", "printed", "reprinted", "sealed"]
    assert states(filled_desk) == {} and len(filled_desk.numbered()) == 9
    assert_sound(filled_desk, 9)


def test_its_verification_mark_is_genuine(printed_desk: Desk, tmp_path: Path) -> None:
    reprint(printed_desk, "01-0001")
    with pypdfium2.PdfDocument(reprints(printed_desk)[0] / "介绍信.pdf") as document:
        document[0].render(scale=200 / 72).to_pil().save(tmp_path / "page.png")
    assert [len(scan.texts) for scan in read_scans(tmp_path / "page.png")] == [1]
    [page] = verify_scans(open_workspace(printed_desk.root), tmp_path / "page.png", print)
    assert [verdict.kind for verdict in page.verdicts] == ["genuine"]


def test_two_in_the_same_second_are_both_printed(printed_desk: Desk) -> None:
    reprint(printed_desk, "01-0001")
    for second in range(60):  # whatever second the next one falls into
        at = datetime.now().astimezone() + timedelta(seconds=second)
        reprints(printed_desk)[0].with_name(f"{at:%Y-%m-%d-%H%M%S}").mkdir(exist_ok=True)
    [made] = reprint(printed_desk, "01-0002").folders
    assert (Path(made) / "介绍信.pdf").exists()
    for empty in reprints(printed_desk):
        if not any(empty.iterdir()):
            empty.rmdir()
    assert_sound(printed_desk, 9)


def test_times_are_counted_for_each_letter(printed_desk: Desk) -> None:
    reprint(printed_desk, "02-0002")
    before = reprints(printed_desk)
    reprint(printed_desk, "02-0001至0003")
    [folder] = set(reprints(printed_desk)) - set(before)
    pages = list(halves(folder / "介绍信.pdf"))
    for page, number, times in zip(pages, (1, 2, 3), (1, 2, 1), strict=True):
        assert f"02-000{number}" in page.upper and f"补打·第{times}次" in page.upper
    assert [event.why for event in history(printed_desk, "02-0002").events if event.what == "reprinted"] == [
        "卡纸",
        "卡纸",
    ]
    assert_sound(printed_desk, 9)


@pytest.mark.parametrize("end, words", [(void, "已经作废"), (lose, "已报遗失"), (use, "已办照|已经办照")])
def test_a_dead_letter_is_not_printed_again(
    printed_desk: Desk, end: Callable[[Desk, str], object], words: str
) -> None:
    end(printed_desk, "01-0001")
    with pytest.raises(RegisterFault, match=words):
        reprint(printed_desk, "01-0001-0002")
    assert reprints(printed_desk) == [] and happened(printed_desk, "01-0002") == ["reserved", "printed"]


def test_letters_of_two_batches_are_not_printed_again_at_once(printed_desk: Desk) -> None:
    assert printed_desk.run("letters", "--unit", "东村镇", "--count", "1").code == 0
    with pytest.raises(UsageFault, match="2022-001、2022-002"):
        reprint(printed_desk, "01-0001至0003")
    assert reprints(printed_desk) == []


def test_a_reprint_that_fails_is_not_counted(
    printed_desk: Desk, make_office: Callable[[str], Path], remembering: Path
) -> None:
    printed_desk.office = make_office("crashes")
    with pytest.raises(ConversionFault):
        reprint(printed_desk, "01-0001")
    assert reprints(printed_desk) == [] and happened(printed_desk, "01-0001") == ["reserved", "printed"]
    printed_desk.office = remembering
    reprint(printed_desk, "01-0001")
    assert "补打·第1次" in next(iter(halves(reprints(printed_desk)[0] / "介绍信.pdf"))).upper


def test_a_reprint_killed_before_its_paper_appears_was_counted_but_never_the_other_way_round(
    printed_desk: Desk,
) -> None:
    assert (
        printed_desk.run("before", "reprint published", *REPRINT, "01-0001", program=KILLER).code
        == -signal.SIGKILL
    )
    assert reprints(printed_desk) == []
    reprint(printed_desk, "01-0001")
    assert "补打·第2次" in next(iter(halves(reprints(printed_desk)[0] / "介绍信.pdf"))).upper
    assert_sound(printed_desk, 9)


def test_a_template_without_the_mark_serves_but_its_letters_are_not_printed_again(desk: Desk) -> None:
    template = edited({BODY: lambda xml: xml.replace("{{ 补打 }}", "", 1)})
    (desk.root / "templates" / "letter.docx").write_bytes(template)
    assert desk.run("letters").code == 0
    outcome = desk.run(*REPRINT, "01-0001")
    assert outcome.code == 4 and "补打" in outcome.err and "register replace" in outcome.err
    assert happened(desk, "01-0001") == ["reserved", "printed"]


# ---- under a new number


def test_a_letter_is_replaced_by_a_new_number_with_the_same_content(filled_desk: Desk) -> None:
    assert replace(filled_desk, "01-0001", day=date(2022, 7, 1)).batches == ("2022-002",)
    old, new = letter(filled_desk, 1), letter(filled_desk, 3)
    assert (old.state, new.state, new.replaces) == ("void", "printed", old.serial)
    assert (new.applicant, new.signature, str(new.day)) == (old.applicant, old.signature, "2022-07-01")
    [page] = halves(filled_desk.batch("2022-002") / "介绍信.pdf")
    assert PEOPLE[0].name in page.upper and "01-0003" in page.lower and "补打" not in page.whole
    sheet = load_workbook(filled_desk.batch("2022-002") / "编号登记.xlsx").worksheets[0]
    assert sheet.cell(3, 16).value == "原2022-01-0001号作废"
    told = history(filled_desk, "01-0001")
    assert told.replacement == new and told.events[-1].why == "填错"
    assert_sound(filled_desk, 9)
    assert filled_desk.run("letters", *DATE, "--json").json["letters"] == 0


@pytest.mark.parametrize("state, end", [("lost", lose), ("void", void)])
def test_a_dead_letter_gets_one_replacement_and_stays_dead(
    printed_desk: Desk, state: str, end: Callable[[Desk, str], object]
) -> None:
    end(printed_desk, "02-0001")
    replace(printed_desk, "02-0001")
    assert (letter(printed_desk, 1, "02").state, letter(printed_desk, 4, "02").replaces) == (
        state,
        Serial(2022, "02", 1),
    )
    with pytest.raises(RegisterFault, match="已经换成岚个培〔2022〕02-0004号"):
        replace(printed_desk, "02-0001")
    assert printed_desk.run("letters", "--json").json["letters"] == 0
    assert_sound(printed_desk, 9)


@pytest.mark.parametrize(
    "number, fault",
    [("01-0099", RegisterFault), ("01-0001至0002", UsageFault), ("第一份", UsageFault)],
)
def test_what_cannot_be_replaced_is_refused(printed_desk: Desk, number: str, fault: type[Stop]) -> None:
    with pytest.raises(fault):
        replace(printed_desk, number)
    assert len(printed_desk.numbered()) == 9 and states(printed_desk) == {}


def test_a_replacement_that_fails_gives_its_number_back_and_leaves_the_old_letter_good(
    printed_desk: Desk, make_office: Callable[[str], Path]
) -> None:
    printed_desk.office = make_office("fails after numbering")
    with pytest.raises(ConversionFault):
        replace(printed_desk, "01-0001")
    assert len(printed_desk.numbered()) == 9 and states(printed_desk) == {}
    assert_sound(printed_desk, 9)


@pytest.mark.parametrize("again", [(*REPLACE, "01-0001"), ("letters",)], ids=["replace", "letters"])
@pytest.mark.parametrize(
    "stage",
    ["batch published", "batch confirmed",
     "replaced retired"],
)  # fmt: skip
def test_a_replacement_that_was_killed_is_completed_once_by_the_next_run(
    printed_desk: Desk, stage: str, again: tuple[str, ...]
) -> None:
    assert printed_desk.run("before", stage, *REPLACE, "01-0001", program=KILLER).code == -signal.SIGKILL
    assert printed_desk.run(*again).code == 0
    assert [key for key, _, _ in printed_desk.numbered()] == sorted([*KEYS, "2022-01-0003"])
    assert states(printed_desk) == {"01-0001": "void"}
    assert printed_desk.run("letters", "--json").json["letters"] == 0
    assert_sound(printed_desk, 9)


def test_a_replacement_is_made_again_as_it_was(printed_desk: Desk) -> None:
    replace(printed_desk, "01-0001")
    shutil.rmtree(printed_desk.batch("2022-002"))
    outcome = printed_desk.run("letters", "--rebuild", "2022-002")
    assert outcome.code == 0 and "不是逐字节相同" not in outcome.out


def test_a_reason_in_the_words_of_an_option_is_only_a_reason(printed_desk: Desk) -> None:
    reason = "填错 --reason 重填 --engine office"
    assert printed_desk.run("register", "replace", "01-0001", "--reason", reason).code == 0
    shutil.rmtree(printed_desk.batch("2022-002"))
    outcome = printed_desk.run("letters", "--rebuild", "2022-002")
    assert outcome.code == 0 and "逐字节相同" in outcome.said and "不是" not in outcome.said, outcome
    told = printed_desk.run("register", "history", "01-0001", "--json").json
    assert told["events"][-1]["reason"] == reason
