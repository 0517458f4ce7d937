from pathlib import Path

import pytest
from support.desk import ROOT

from pipeline.errors import ExitCode, FileFault, UsageFault
from pipeline.settings import Server
from pipeline.workspace import Settings, on_cluster, open_workspace

COUNTY = '[plan]\ncounty = "岚县"\n'


def opened(tmp_path: Path, text: str) -> Settings:
    """What a plan says that names its county, besides."""
    named = COUNTY if "plan" not in text else ""
    whole = text.replace("[plan]\n", COUNTY) if "[plan]\n" in text else f"{text}\n{named}"
    (tmp_path / "pipeline.toml").write_text(whole, encoding="utf-8")
    return open_workspace(tmp_path).settings


@pytest.mark.parametrize(
    "text", ["", "[plan]\nyear = 2023", '[plan]\ncounty = " "', '[letters]\nserial = ""']
)
def test_a_plan_that_does_not_say_whose_it_is_is_refused_and_what_to_write_is_told(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "pipeline.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageFault, match='请加一行 county = "') as found:
        open_workspace(tmp_path)
    assert found.value.exit_code == ExitCode.USAGE


def test_names_that_are_not_written_are_made_from_the_countys(tmp_path: Path) -> None:
    shipped, derived = open_workspace(ROOT).settings, opened(tmp_path, "")
    assert derived.plan == shipped.plan
    assert derived.letters == shipped.letters
    assert derived.bulletin.name == shipped.bulletin.name
    assert derived.bulletin.report_office == "岚县个体工商户培育工作专班办公室"
    (tmp_path / "pipeline.toml").write_text('[plan]\ncounty = "清源市"', encoding="utf-8")
    other = open_workspace(tmp_path).settings
    assert other.letters.serial == "清个培〔{year}〕{unit}-{number:04d}"
    assert other.items.serial == "清个培账〔{year}〕{number:04d}"
    assert "岚" not in repr(other) and "县" not in repr(other)
    (tmp_path / "pipeline.toml").write_text('[plan]\ncounty = " 清源 市\u3000"', encoding="utf-8")
    assert open_workspace(tmp_path).settings == other, "blanks are nobody's first character"


def test_what_a_plan_says_goes_before_what_its_county_is_called(tmp_path: Path) -> None:
    said = opened(tmp_path, '[plan]\noffice = "甲办"\n[bulletin]\nname = "乙报"\nreport_office = "丙局"')
    assert (said.plan.office, said.bulletin.name, said.bulletin.report_office) == ("甲办", "乙报", "丙局")


def test_a_plan_saved_by_windows_notepad_is_read(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_bytes(
        b"\xef\xbb\xbf[plan]\r\nyear = 2023\r\ncounty = '\xe5\xb2\x9a\xe5\x8e\xbf'\r\n"
    )
    assert open_workspace(tmp_path).settings.plan.year == 2023


@pytest.mark.parametrize(
    "text, named",
    [
        ("[plan]\nyaer = 2022", "yaer"),
        ("[letters]\nbooksize = 50", "booksize"),
        ("[plans]\nyear = 2022", "plans"),
        ("year = 2022", "year"),
    ],
)
def test_an_unknown_key_is_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UsageFault, match=named) as found:
        opened(tmp_path, text)
    assert found.value.exit_code == ExitCode.USAGE and "可用的有" in str(found.value)


@pytest.mark.parametrize(
    "text, named",
    [
        ('[plan]\nyear = "2022"', "整数"),
        ("[plan]\nyear = 2022.0", "整数"),
        ("[plan]\nyear = true", "整数"),
        ("[plan]\noffice = 1", "文字"),
        ("[letters]\ndate_on_blank = 1", "true 或 false"),
        ("plan = 3", "plan"),
        ("[[plan]]\nyear = 2022", "plan"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_and_the_right_type_named(
    tmp_path: Path, text: str, named: str
) -> None:
    with pytest.raises(UsageFault, match=named):
        opened(tmp_path, text)


@pytest.mark.parametrize(
    "section, key, values",
    [
        ("plan", "year", (1999, 3000)),
        ("letters", "spare_percent", (-1, 101)),
        ("letters", "book_size", (0, 1001)),
        ("letters", "answer_days", (0, 91)),
        ("office", "workers", (0, 9)),
        ("office", "timeout_s", (0, 3601)),
    ],
)
def test_a_number_out_of_range_is_refused_and_the_limits_themselves_are_not(
    tmp_path: Path, section: str, key: str, values: tuple[int, int]
) -> None:
    least, most = values[0] + 1, values[1] - 1
    for good in (least, most):
        assert getattr(getattr(opened(tmp_path, f"[{section}]\n{key} = {good}"), section), key) == good
    for bad in values:
        with pytest.raises(UsageFault, match=f"{least} 至 {most}"):
            opened(tmp_path, f"[{section}]\n{key} = {bad}")


@pytest.mark.parametrize(
    "serial",
    [
        "岚个培",
        "{year}-{unit}",
        "{year}-{unit}-{nummer}",
        "{year}-{unit}-{number}-{who}",
        "{year}-{unit}-{number",
        "{year}-{unit}-{number:04x!}",
        "{}-{year}{unit}{number}",
        "{year.real.x}-{unit}-{number}",
        "{unit[0]}{year}{number}",
        "{year:d}{unit:d}{number}",
    ],
)
def test_a_serial_format_that_cannot_number_letters_is_refused(tmp_path: Path, serial: str) -> None:
    with pytest.raises(UsageFault, match="serial"):
        opened(tmp_path, f"[letters]\nserial = '{serial}'")


@pytest.mark.parametrize("serial", ["{year}", "{number}", "{year}{number}{unit}", "{year}{}", "账"])
def test_a_format_that_cannot_number_items_is_refused(tmp_path: Path, serial: str) -> None:
    with pytest.raises(UsageFault, match=r"\[items\] serial .*\{year\}、\{number\} 两项"):
        opened(tmp_path, f"[items]\nserial = '{serial}'")


def test_another_serial_format_is_taken(tmp_path: Path) -> None:
    assert opened(tmp_path, "[letters]\nserial = '{unit}/{number:05d}（{year}）'").letters.serial.startswith(
        "{unit}"
    )


@pytest.mark.parametrize(
    "text, named",
    [
        ("notice_from = '2022-13'", "notice_from"), ("notice_from = '七月'", "2022-07"), ("ladder_months = [1, 2]", "从小到大的3个月数"),
        ("ladder_months = [1, 1, 2]", "ladder_months"), ("addressees = { '乡镇' = '专班' }", "addressees"), ("ladder_months = [0, 1, 2]", "ladder_months"),
        ("ladder_months = ['1', '2', '3']", "几个整数"), ("interview_days = 1", "2 至 60"), ("min_gap = -1", "0 至"),
        ("reminder_serial = '提{number}'", "{year}、{number} 两项"), ("interview_serial = '{year}{unit}{number}'", "interview_serial"),
    ],
)  # fmt: skip
def test_supervision_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UsageFault, match=named):
        opened(tmp_path, f"[supervise]\n{text}")


@pytest.mark.parametrize(
    "text, named",
    [
        ("survival = []", "从小到大的几个月数"), ("survival = [6, 3]", "survival"), ("survival = [0, 3]", "survival"),
        ("survival = [3, 3]", "survival"), ("survival = 3", "几个整数"), ("cohort_min = 0", "1 至"),
        ("industry_min_coded = 95", "0.0 至 1.0"), ("industry_min_coded = '0.95'", "数，如 0.95"),
    ],
)  # fmt: skip
def test_an_analysis_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UsageFault, match=named):
        opened(tmp_path, f"[analysis]\n{text}")


def test_an_analysis_can_ask_for_other_months_and_for_every_code(tmp_path: Path) -> None:
    said = opened(tmp_path, "[analysis]\nsurvival = [1, 60]\nindustry_min_coded = 1").analysis
    assert (said.survival, said.industry_min_coded, said.cohort_min) == ([1, 60], 1, 10)


def test_supervision_begins_in_the_third_month_of_the_plan_s_period_unless_said(tmp_path: Path) -> None:
    assert opened(tmp_path, "").supervise.notice_from == "2022-03"
    assert opened(tmp_path, "[bulletin]\nfirst_month = 5").supervise.notice_from == "2022-07"
    assert opened(tmp_path, "[bulletin]\nfirst_month = 11").supervise.notice_from == "2022-12"
    said = opened(
        tmp_path, "[supervise]\nnotice_from = '2022-05'\nreminder_serial = '提〔{year}〕{number}'"
    ).supervise
    assert (said.notice_from, said.reminder_serial) == ("2022-05", "提〔{year}〕{number}")
    assert said.supervision_serial == "岚个培督函〔{year}〕{number}"


@pytest.mark.parametrize("text", ["[plan", 'county = "岚县', "[plan]\nyear = 2022\nyear = 2023"])
def test_a_plan_that_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageFault, match="写法有误"):
        opened(tmp_path, text)


@pytest.mark.parametrize("text", ["year = 2022\nyear = 2023\n", "[page]\n[page]\n"])
def test_what_is_pasted_a_second_time_is_told_by_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageFault, match="写法有误：第2行写的，前面已经写过一次，两处只留一处。请"):
        opened(tmp_path, text)


def test_a_plan_in_gbk_is_refused_and_not_garbled(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_bytes('[plan]\ncounty = "岚县"'.encode("gbk"))
    with pytest.raises(UsageFault, match="写法有误"):
        open_workspace(tmp_path)


def test_a_folder_without_a_plan_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="不是工作目录"):
        open_workspace(tmp_path)
    with pytest.raises(UsageFault, match="不是工作目录"):
        open_workspace(tmp_path / "没有")


def test_a_plan_that_cannot_be_read_is_a_fault_of_files(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").mkdir()
    with pytest.raises(FileFault):
        open_workspace(tmp_path)


def test_everything_of_a_workspace_lies_inside_it(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text(COUNTY, encoding="utf-8")
    workspace = open_workspace(tmp_path)
    places = (
        workspace.inputs,
        workspace.outputs,
        Path(str(workspace.register)),
        workspace.fonts,
        workspace.template("letter.docx"),
    )
    assert all(place.is_relative_to(tmp_path.resolve()) for place in places)


def test_the_register_is_a_file_here_or_on_the_server_that_the_plan_names(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text(COUNTY, encoding="utf-8")
    alone = open_workspace(tmp_path)
    assert (alone.register, alone.office) == (tmp_path.resolve() / "register" / "register.db", None)
    plan = 'register = "postgresql://a@b/c"\n[plan]\ncounty = "甲县"\noffice = "甲办"'
    (tmp_path / "pipeline.toml").write_text(plan, encoding="utf-8")
    shared = open_workspace(tmp_path)
    assert shared.register == Server("postgresql://a@b/c", tmp_path.resolve() / "register")
    assert shared.office == "甲办"


@pytest.mark.parametrize(
    "value", ['"mysql://a:secret@b/c"', '"secret"', '["postgresql://a:secret@b/c"]', "true"]
)
def test_an_address_of_no_server_is_refused_and_not_repeated(tmp_path: Path, value: str) -> None:
    with pytest.raises(UsageFault, match="postgresql://") as found:
        opened(tmp_path, f"register = {value}")
    assert "secret" not in str(found.value)


def test_the_address_of_a_server_is_not_shown_with_the_settings(tmp_path: Path) -> None:
    settings = opened(tmp_path, 'register = "postgresql://a:secret@b/c"')
    assert "secret" not in repr(settings) + repr(open_workspace(tmp_path))


@pytest.mark.parametrize("month_end", [0, 20, 25, 28])
def test_months_end_with_the_calendar_or_on_a_day_that_every_month_has(
    tmp_path: Path, month_end: int
) -> None:
    assert opened(tmp_path, f"[plan]\nmonth_end = {month_end}").plan.month_end == month_end


@pytest.mark.parametrize("month_end", [-1, 1, 19, 29, 31])
def test_a_month_that_ends_on_another_day_is_refused(tmp_path: Path, month_end: int) -> None:
    with pytest.raises(UsageFault, match=r"\[plan\] month_end 写成了 -?\d+.*28"):
        opened(tmp_path, f"[plan]\nmonth_end = {month_end}")


@pytest.mark.parametrize(
    "address", ["", "tcp://192.168.1.5:8786", "tls://dask.county.example:1", "local:1", "local:64"]
)
def test_machines_to_share_the_work_with_are_named_by_address(tmp_path: Path, address: str) -> None:
    files = 'ca = "ca.pem"\ncertificate = "own.pem"\nkey = "/etc/own.key"'
    found = opened(tmp_path, f'[cluster]\nscheduler = "{address}"\n{files}')
    assert found.cluster.scheduler == address


@pytest.mark.parametrize(
    "address",
    [
        "192.168.1.5:8786",
        "tcp://192.168.1.5",
        "http://a:1",
        "tcp://a b:1",
        "tcp://me@a:1",
        "local:0",
        "local:65",
        "local:",
    ],
)
def test_what_is_no_such_address_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageFault, match="local:4"):
        opened(tmp_path, f'[cluster]\nscheduler = "{address}"')


def test_tls_needs_its_three_files_which_lie_in_the_workspace(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="没有写 certificate、key"):
        opened(tmp_path, '[cluster]\nscheduler = "tls://a:1"\nca = "ca.pem"')
    opened(
        tmp_path,
        '[cluster]\nscheduler = "tls://a:1"\nca = "ca.pem"\ncertificate = "own.pem"\nkey = "/etc/own.key"',
    )
    told = open_workspace(tmp_path).cluster
    assert (told.ca, told.certificate, told.key) == (
        str(tmp_path / "ca.pem"),
        str(tmp_path / "own.pem"),
        "/etc/own.key",
    )
    assert on_cluster(open_workspace(tmp_path), "local:2").cluster.scheduler == "local:2"
    with pytest.raises(UsageFault):
        on_cluster(open_workspace(tmp_path), "local")
