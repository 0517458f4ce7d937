"""台账 in the page: found, followed, entered by the commands, each role its own."""

import html
import io
import re
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from support.clerk import use
from support.desk import Desk
from support.inputs.lists import PEOPLE, write_list
from support.page import UNITS, Site, ended

from pipeline.adapters.register import open_register
from pipeline.adapters.secret import known_secret
from pipeline.domain.letters.mark import mark_text
from pipeline.domain.letters.model import Serial
from pipeline.page.access import Role
from pipeline.page.models import Access, Run

After = Callable[[str, Callable[[Desk], object]], Desk]
ACTS = ["distribute", "return", "void", "lost", "reprint", "replace"]


def numbered(desk: Desk) -> None:
    """Nine letters, two of them filled for people of 东村镇."""
    write_list(desk, "东村镇培育对象名单.xlsx", PEOPLE[:2])
    assert desk.run("letters", "--date", "2022-06-01").code == 0


@pytest.fixture
def filled(after: After, ended_at_once: None, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The page of a desk with filled letters, its runs with the desk's office."""
    desk = after("numbered-for-the-page", numbered)
    monkeypatch.setenv("PATH", desk.environment()["PATH"])
    return Site(desk)


def seen(client: Client, address: str, **asked: str) -> str:
    """What a page says, tags and white space left out."""
    answer = client.get(address, asked)
    assert answer.status_code == 200, (address, answer.status_code)
    main = answer.content.decode().partition("<main")[2]
    return html.unescape("".join(re.sub("<[^>]*>", " ", main).split()))


def keys(client: Client, **asked: str) -> list[str]:
    """The letters on the list."""
    text = client.get("/register/", asked).content.decode()
    return [
        f"{unit}-{int(number):04d}" for unit, number in re.findall(r'"/register/2022/(\d+)/(\d+)/"', text)
    ]


def entered(client: Client, act: str, numbers: str, **said: str) -> Any:
    """A form sent off, and how its run ended."""
    answer = client.post("/register/enter/", {"act": act, "numbers": numbers, **said})
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/runs/"), (
        answer.content.decode()
    )
    return ended(client, answer.headers["Location"])


def offered(client: Client, address: str) -> list[str]:
    return re.findall(r'name="act" value="(\w+)"', client.get(address).content.decode())


# ---- reading


def test_a_letter_is_found_by_number_name_unit_and_state(filled: Site) -> None:
    client = filled.client()
    assert len(keys(client)) == 9 and "共9份" in seen(client, "/register/")
    assert keys(client, text=PEOPLE[1].name) == keys(client, text="2022-01-0002") == ["01-0002"]
    assert keys(client, text=PEOPLE[0].business) == ["01-0001"]
    assert keys(client, unit="02") == ["02-0001", "02-0002", "02-0003"]
    assert keys(client, state="void") == [] and "没有这样的介绍信" in seen(client, "/register/", state="void")
    assert keys(client, unit="99") == [] and len(keys(client, state="没有")) == 9


def test_a_long_list_has_pages_that_keep_what_was_asked(
    filled: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.page.views.register.ON_A_PAGE", 2)
    client = filled.client()
    first = client.get("/register/", {"unit": "02"}).content.decode()
    assert keys(client, unit="02") == ["02-0001", "02-0002"] and 'href="?unit=02&amp;page=2"' in first
    assert keys(client, unit="02", page="2") == ["02-0003"]
    assert keys(client, unit="02", page="无") == ["02-0001", "02-0002"]


def test_a_letter_tells_its_life_and_hides_what_tells_who_it_is(filled: Site) -> None:
    text = seen(filled.client(), "/register/2022/01/1/")
    who = PEOPLE[0]
    assert who.name in text and who.business in text and "未发放" in text and "印好" in text
    assert who.id_no not in text and who.phone not in text and f"{who.id_no[:4]}…（18位）" in text
    assert Access.objects.filter(path="/register/2022/01/1/").count() == 1


def test_where_nothing_was_numbered_nothing_is_made(site: Site) -> None:
    client = site.client()
    assert "还没有编过号" in seen(client, "/register/") and "还没有编过号" in seen(
        client, "/register/status/"
    )
    assert client.get("/register/2022/01/1/").status_code == 404
    assert not site.desk.register.exists()


def test_the_ranges_of_each_unit_are_shown(filled: Site) -> None:
    text = seen(filled.client(), "/register/status/")
    assert "岚个培〔2022〕02-0001至02-0003（3份）" in text and "未发放4" in text


# ---- entering


def test_what_became_of_a_letter_is_entered_in_the_name_of_who_did_it(filled: Site) -> None:
    client = filled.account("zhang", Role.OFFICE)
    assert offered(client, "/register/2022/02/1/") == [act for act in ACTS if act != "return"]
    assert entered(client, "distribute", "2022-02-0001", receiver="李某", day="2022-06-02")["exit_code"] == 0
    assert offered(client, "/register/2022/02/1/") == [act for act in ACTS if act != "distribute"]
    assert entered(client, "return", "2022-02-0001", reason="没有用", day="2022-06-03")["exit_code"] == 0
    assert entered(client, "lost", "2022-02-0001", reason="丢失 --force", day="2022-06-04")["exit_code"] == 0
    text = seen(client, "/register/2022/02/1/")
    assert "发放2022-06-02李某2022-001zhang" in text and "遗失2022-06-04丢失--force2022-001zhang" in text
    assert offered(client, "/register/2022/02/1/") == ["void", "replace"]


def test_several_are_entered_at_once_or_none(filled: Site) -> None:
    client = filled.client()
    state = entered(client, "void", "02-0001至0002，3-1", reason="填错")
    assert state["exit_code"] == 0 and keys(client, state="void") == ["02-0001", "02-0002", "03-0001"]
    run = Run.objects.latest("pk")
    assert "岚个培〔2022〕02-0001" in seen(client, f"/runs/{run.pk}/")
    text = seen(client, f"/runs/{run.pk}/")
    assert "缺的份数，下次编号并排版会补。" in text and "make" not in text
    assert entered(client, "void", "03-0001 03-0002", reason="填错")["exit_code"] == 6
    assert "已经作废" in seen(client, f"/runs/{run.pk + 1}/") and len(keys(client, state="void")) == 3


def test_a_used_letter_becomes_void_only_when_it_is_said_twice(filled: Site) -> None:
    use(filled.desk, "03-0001")
    client = filled.client()
    assert 'name="force"' in client.get("/register/2022/03/1/").content.decode()
    assert entered(client, "void", "03-0001", reason="填错")["exit_code"] == 6
    assert entered(client, "void", "03-0001", reason="填错", force="1")["exit_code"] == 0


def test_a_letter_is_printed_again_and_replaced(filled: Site) -> None:
    client = filled.client()
    assert entered(client, "reprint", "01-0001", reason="卡纸")["exit_code"] == 0
    run = Run.objects.latest("pk")
    page = client.get(f"/runs/{run.pk}/").content.decode()
    [address] = re.findall(r'href="(/files/[^"]*)"[^>]*><img[^>]*><span>介绍信.pdf', page)
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert entered(client, "replace", "01-0002", reason="填错")["exit_code"] == 0
    text = seen(client, "/register/2022/01/2/")
    assert "换成了岚个培〔2022〕01-0003号" in text and offered(client, "/register/2022/01/2/") == []
    assert "换的是2022-01-0002" in seen(client, "/register/2022/01/3/")


@pytest.mark.parametrize(
    "form, told",
    [
        ({"act": "void", "numbers": "--force", "reason": "x"}, "看不出“--force”是哪一份"),
        ({"act": "void", "numbers": "01-0001"}, "请写原因"),
        ({"act": "void", "numbers": " ", "reason": "x"}, "请写编号"),
        ({"act": "distribute", "numbers": "01-0001", "reason": "x"}, "请写领用人"),
        ({"act": "replace", "numbers": "01-0001 01-0002", "reason": "x"}, "一次只能换一份"),
        ({"act": "void", "numbers": "1-1 " * 41, "reason": "x"}, "一次最多40段"),
    ],
)
def test_a_form_that_says_too_little_starts_nothing(filled: Site, form: dict[str, str], told: str) -> None:
    client = filled.client()
    page = client.post("/register/enter/", form).content.decode()
    assert page.count(f"没有登记：{told}" if told.startswith("请写") else told) == 1
    assert page.count('aria-invalid="true"') == 1
    assert not Run.objects.exists()


def fields(page: str) -> dict[str, str]:
    """What stands in the fields of a page's forms; of those marked as wrong, with ``!`` before the name."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.partition("<main")[2]):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        found["!" * ("aria-invalid" in told) + told.get("id", told["name"])] = html.unescape(
            told.get("value", "")
        )
    return found


def test_a_form_that_is_refused_keeps_what_was_typed_and_marks_the_field(filled: Site) -> None:
    client = filled.client()
    form = {"on": "letter", "act": "void", "numbers": "2022-02-0001", "reason": "   ", "day": "2022-06-09"}
    page = client.post("/register/enter/", form).content.decode()
    assert "岚个培〔2022〕02-0001号</h1>" in page and page.count('<details name="move" open>') == 1
    found = fields(page)
    assert found["!void-reason"] == "   " and found["void-day"] == "2022-06-09"
    assert found["lost-reason"] == "" and found["lost-day"] != "2022-06-09"
    several = {
        "act": "lost",
        "numbers": "2-1 2-2，03-0001",
        "receiver": "王<某>",
        "reason": "",
        "day": "2022-06-08",
    }
    page = client.post("/register/enter/", several).content.decode()
    assert '<option value="lost" selected>' in page
    found = fields(page)
    assert (found["several-numbers"], found["several-receiver"], found["several-day"]) == (
        "2-1 2-2，03-0001", "王<某>", "2022-06-08"
    )  # fmt: skip
    assert found["!several-reason"] == "" and not Run.objects.exists()
    assert Access.objects.filter(path="/register/enter/").count() == 2, "names were shown"


def test_only_a_form_enters_anything(filled: Site) -> None:
    client = filled.client()
    assert client.get("/register/enter/").status_code == 405
    assert client.get("/register/do/backup/").status_code == 405
    assert client.post("/register/do/forget/").status_code == 404
    assert client.post("/register/enter/").headers["Location"] == "/register/"
    assert not Run.objects.exists()


def test_buttons_have_the_register_audited_and_copied(filled: Site) -> None:
    client = filled.client()
    for what, words in (("check", "台账完好：9份有效介绍信"), ("backup", "台账已备份，核对无误")):
        answer = client.post(f"/register/do/{what}/")
        address = answer.headers["Location"]
        assert ended(client, address)["exit_code"] == 0 and words in seen(client, address)
    assert list((filled.desk.root / "register").glob("backup*/*.db"))


# ---- verifying


def test_a_scan_is_verified_and_gone(filled: Site) -> None:
    client = filled.client()
    with pypdfium2.PdfDocument(filled.desk.batch() / "介绍信.pdf") as document:
        picture = io.BytesIO()
        document[0].render(scale=200 / 72).to_pil().save(picture, "png")
    scan = SimpleUploadedFile("../../扫描 1.png", picture.getvalue())
    address = client.post("/register/verify/", {"scan": scan}).headers["Location"]
    assert ended(client, address)["exit_code"] == 0
    assert "都是真的" in seen(client, address) and "真：由本台账编号并印发" in seen(client, address)
    assert "2022-01-0001" in seen(client, address)
    assert not [path for path in (filled.desk.root / "page").rglob("*") if path.name in {"given", "scan"}]


def test_the_text_of_a_mark_is_verified(filled: Site) -> None:
    client = filled.client()
    with open_register(filled.desk.register) as register:
        letter = register.find(Serial(2022, "02", 1))
    assert letter is not None
    text = mark_text(letter, known_secret(filled.desk.root / "register" / "verify.key"))
    for written, words in ((text, "真："), (f"{text}x", "不认识"), ("--help", "不认识")):
        address = client.post("/register/verify/", {"text": written}).headers["Location"]
        ended(client, address)
        assert words in seen(client, address), written
    assert client.post("/register/verify/", {}).headers["Location"] == "/register/verify/"


# ---- roles


def test_a_unit_sees_its_own_and_enters_nothing(filled: Site) -> None:
    client = filled.account("dongcun", Role.UNIT, UNITS[0])
    assert keys(client) == keys(client, unit="02") == ["01-0001", "01-0002"]
    assert keys(client, text="02-0001") == [] and "普明镇" not in seen(client, "/register/")
    assert (
        client.get("/register/2022/01/1/").status_code == 200
        and offered(client, "/register/2022/01/1/") == []
    )
    for address in ("/register/2022/02/1/", "/register/2022/99/1/"):
        assert client.get(address).status_code == 404
    status = seen(client, "/register/status/")
    assert "东村镇" in status and "普明镇" not in status and "备份" not in status
    for address in ("/register/enter/", "/register/do/check/", "/register/verify/"):
        assert client.post(address, {"act": "void", "numbers": "01-0001", "reason": "x"}).status_code == 403
    assert not Run.objects.exists()
    told = {(each.account, each.path) for each in Access.objects.all()}
    assert ("dongcun", "/register/2022/01/1/") in told and not any("/02/" in path for _, path in told)


def test_an_auditor_reads_and_enters_nothing(filled: Site) -> None:
    client = filled.account("shenji", Role.AUDITOR)
    assert len(keys(client)) == 9 and offered(client, "/register/2022/02/1/") == []
    assert client.post("/register/enter/", {"act": "void"}).status_code == 403
    assert client.post("/register/do/backup/").status_code == 403


def test_whoever_is_not_logged_in_sees_nothing(filled: Site) -> None:
    filled.account("zhang", Role.OFFICE)
    for address in ("/register/", "/register/status/", "/register/2022/01/1/", "/register/verify/"):
        assert filled.client().get(address).headers["Location"].startswith("/login/")
