"""Accounts: made at the command line, used in the browser."""

import json

import pytest
from click.testing import CliRunner, Result
from support.desk import Desk
from support.page import PASSWORD, Site

from pipeline.cli.app import pipeline
from pipeline.errors import Stop
from pipeline.page.access import Role
from pipeline.page.models import Access


def account(desk: Desk, *arguments: str, password: str = "") -> Result:
    """``pipeline page account …`` with a password on its standard input."""
    words = ["--root", str(desk.root), "page", "account", *arguments]
    return CliRunner().invoke(pipeline, words, input=f"{password}\n")


def test_an_account_from_its_first_day_to_its_last(site: Site) -> None:
    desk = site.desk
    assert (
        account(desk, "add", "东村", "--role", "unit", "--unit", "东村乡", password=PASSWORD).exit_code == 0
    )
    told = json.loads(account(desk, "list", "--json").output)
    assert told == {"accounts": [{"name": "东村", "role": "unit", "unit": "01"}]}
    assert PASSWORD not in "".join(
        path.read_bytes().decode("latin-1") for path in (desk.root / "page").glob("*.db")
    )

    client = site.client("东村")
    assert "东村（东村镇）" in client.get("/").content.decode()
    assert account(desk, "password", "东村", password="又一个很长很长的密码").exit_code == 0
    assert client.get("/").status_code == 302  # whoever uses the old one is out

    client = site.client()
    client.post("/login/", {"username": "东村", "password": "又一个很长很长的密码"})
    assert client.get("/").status_code == 200
    assert account(desk, "remove", "东村").exit_code == 0
    assert json.loads(account(desk, "list", "--json").output) == {"accounts": []}
    assert (
        client.get("/").status_code == 200 and "东村" not in client.get("/").content.decode()
    )  # nobody needs one now


@pytest.mark.parametrize(
    "arguments, password, told",
    [
        (["add", "张三", "--role", "office"], "12345678901", "密码"),
        (["add", "张三", "--role", "office"], "短", "至少要10个字"),
        (["add", "changzhuren", "--role", "office"], "changzhuren1", "密码"),
        (["add", "张 三", "--role", "office"], PASSWORD, "账号“张 三”不能用"),
        (["add", "李四", "--role", "office"], PASSWORD, "账号“李四”不能用"),
        (["add", "张三", "--role", "unit", "--unit", "东庄镇"], PASSWORD, "单位名录里没有“东庄镇”"),
        (["password", "张三"], PASSWORD, "没有账号“张三”"),
        (["remove", "张三"], "", "没有账号“张三”"),
    ],
)
def test_what_is_no_account_is_refused_in_words(
    site: Site, arguments: list[str], password: str, told: str
) -> None:
    site.account("李四", Role.AUDITOR)
    done = account(site.desk, *arguments, password=password)

    assert isinstance(done.exception, Stop) and done.exception.exit_code == 2 and told in str(done.exception)


@pytest.mark.parametrize("arguments", [["--role", "unit"], ["--role", "office", "--unit", "东村镇"]])
def test_a_unit_belongs_to_units_accounts(desk: Desk, arguments: list[str]) -> None:
    done = account(desk, "add", "张三", *arguments, password=PASSWORD)

    assert done.exit_code == 2 and "要一起用" in done.output


def test_who_guesses_is_locked_out(site: Site) -> None:
    site.account("张三", Role.OFFICE)
    client = site.client()
    guesses = [
        client.post("/login/", {"username": "张三", "password": f"guess {number}"}) for number in range(5)
    ]
    right = client.post("/login/", {"username": "张三", "password": PASSWORD})

    assert "账号或密码不对" in guesses[0].content.decode()
    assert guesses[-1].status_code == 429 and "先锁住一会儿" in guesses[-1].content.decode()
    assert right.status_code == 429 and client.get("/").status_code == 302
    assert site.account("李四", Role.OFFICE).get("/").status_code == 200  # others are not


def test_logging_out_ends_the_session_for_good(site: Site) -> None:
    client = site.account("张三", Role.OFFICE)
    kept = client.cookies["sessionid"].value
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302
    client.cookies["sessionid"] = kept

    assert client.get("/").status_code == 302


def test_somebody_changes_his_own_password(site: Site) -> None:
    client, elsewhere = site.account("张三", Role.UNIT, None), site.client("张三")
    asked = {
        "old_password": PASSWORD,
        "new_password1": "山高月小水落石出1082",
        "new_password2": "山高月小水落石出1082",
    }
    weak = client.post(
        "/password/", asked | {"new_password1": "123456789012", "new_password2": "123456789012"}
    )
    assert weak.status_code == 200 and "密码" in weak.content.decode()
    assert client.post("/password/", asked).status_code == 302

    assert "密码改好了" in client.get("/").content.decode()
    assert elsewhere.get("/").status_code == 302


def test_the_office_sees_who_has_access(site: Site) -> None:
    clients = site.everybody()
    shown = clients["auditor"].get("/accounts/").content.decode()

    assert all(name in shown for name in ("office", "auditor", "own", "other", "东村镇", "审计"))


def test_the_record_of_accesses_goes_on_page_after_page(site: Site) -> None:
    Access.objects.bulk_create(
        Access(account=f"第{number}个", role="office", shown="名单", path="/") for number in range(205)
    )
    client = site.client()
    seen, where = [], "?"
    while where:
        answer = client.get(f"/accesses/{where}")
        text = answer.content.decode()
        seen += [f"第{number}个" for number in range(205) if f"<td>第{number}个</td>" in text]
        where = text.partition('<a href="?before=')[2].partition('"')[0]
        where = f"?before={where}" if where else ""

    assert sorted(seen) == sorted(f"第{number}个" for number in range(205))
