"""A register that a PostgreSQL server keeps for several offices, from the first letter to the last."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from support.desk import KEYS, Desk, write_sheet
from support.inputs.registrations import HEADER, code
from support.programs import CUTTER, KILLER
from support.registers.outside import tampering
from support.registers.postgres import PASSWORD

from pipeline.settings import Server


def share(desk: Desk, database: Server, office: str = "岚县个体工商户培育工作专班办公室") -> Desk:
    """Let a desk number in the database's register."""
    desk.settings('register = ""', f'register = "{database.url}"')
    desk.settings('office = "岚县个体工商户培育工作专班办公室"', f'office = "{office}"')
    (desk.root / "address").write_text(database.url, encoding="utf-8")
    return desk


@pytest.fixture
def shared(desk: Desk, database: Server) -> Desk:
    """The small desk, its register on the server."""
    return share(desk, database)


def done(desk: Desk, *arguments: str) -> str:
    outcome = desk.run(*arguments)
    assert outcome.code == 0, outcome
    return outcome.out


def states(database: Server) -> dict[str, str]:
    with tampering(database) as connection:
        rows = connection.execute("SELECT year, unit, number, state FROM letters ORDER BY 1, 2, 3").fetchall()
    return {f"{year}-{unit}-{number:04d}": state for year, unit, number, state in rows}


def refused(desk: Desk, code: int, *words: str) -> None:
    """The command is refused in one message, which keeps the password to itself."""
    outcome = desk.run("letters")
    assert outcome.code == code, outcome
    assert all(word in outcome.err for word in words), outcome.err
    assert "Traceback" not in outcome.err and PASSWORD not in outcome.err + outcome.out


def test_the_life_of_letters_on_a_server(shared: Desk, database: Server, tmp_path: Path) -> None:
    done(shared, "check")
    with psycopg.connect(database.url) as connection:
        found = connection.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'letter_register'")
        assert found.fetchone() == (0,), "looking makes no register"
    done(shared, "letters")
    assert states(database) == dict.fromkeys(KEYS, "printed") and not shared.register.exists()
    done(shared, "register", "distribute", "--unit", "东村镇", "--receiver", "张三")
    done(shared, "register", "void", "01-0001", "--reason", "填错")
    done(shared, "register", "reprint", "02-0001", "--reason", "卡纸")
    row = (code(1), "甲店", "王某", "", "2022-05-03", "存续", "", "2022-01-0002", "东村镇")
    write_sheet(shared.root / "inputs" / "登记.xlsx", [HEADER, row])
    done(shared, "register", "reconcile")
    assert shared.run("register", "check", "--json").json["faults"] == []
    done(shared, "register", "backup", "--to", str(tmp_path / "U盘"))
    [backup] = (tmp_path / "U盘").glob("*.db")
    kept = states(database)
    assert kept == dict.fromkeys(KEYS, "printed") | {"2022-01-0001": "void", "2022-01-0002": "used"}

    done(shared, "register", "lost", "03-0001", "--reason", "丢失")
    outcome = shared.run("register", "restore", str(backup))
    assert outcome.code == 6 and "多1条登记" in outcome.err
    done(shared, "register", "restore", str(backup), "--force")
    assert states(database) == kept
    assert shared.run("register", "check", "--json").json["faults"] == []
    told = shared.run("letters", "--dry-run", "--json").json
    assert [unit["first"] for unit in told["units"]] == ["2022-01-0003"], "the void letter is made up for"


def test_a_second_office_numbers_on_and_needs_the_first_one_s_secret(
    shared: Desk, database: Server, tmp_path: Path
) -> None:
    other = shared.copy(tmp_path / "另一个办公室")
    other.settings("工作专班办公室", "工作专班城区办公室")
    done(shared, "letters")
    other.write_targets([("东村镇", 4), ("普明镇", 3), ("县民政局", 4)])
    outcome = other.run("letters")
    assert outcome.code == 7 and "verify.key" in outcome.err and len(states(database)) == 9
    row = (code(1), "甲店", "王某", "", "2022-05-03", "存续", "", "2022-01-0002", "东村镇")
    registrations = write_sheet(other.root / "inputs" / "登记.xlsx", [HEADER, row])
    assert other.run("bulletin").code == 7 and not (other.root / "register" / "verify.key").exists()
    registrations.unlink()
    (other.root / "register").mkdir(exist_ok=True)
    secret = (shared.root / "register" / "verify.key").read_bytes()
    (other.root / "register" / "verify.key").write_bytes(secret)
    done(other, "letters")
    assert list(states(database)) == sorted([*KEYS, "2022-01-0003", "2022-01-0004"])
    assert other.batch("2022-002").exists() and not shared.batch("2022-002").exists()
    assert shared.run("register", "check", "--json").json["missing"] == []


def test_what_an_office_left_unfinished_is_finished_by_it_and_by_no_other(
    shared: Desk, database: Server, tmp_path: Path
) -> None:
    other = shared.copy(tmp_path / "另一个办公室")
    other.settings("工作专班办公室", "工作专班城区办公室")
    shared.run("after", "batch published", "letters", program=KILLER)
    assert set(states(database).values()) == {"reserved"} and shared.batch().exists()
    (other.root / "register").mkdir(exist_ok=True)
    (other.root / "register" / "verify.key").write_bytes(
        (shared.root / "register" / "verify.key").read_bytes()
    )
    assert other.run("letters", "--json").json["letters"] == 0 and not other.batch().exists()
    done(shared, "letters")
    assert states(database) == dict.fromkeys(KEYS, "printed")


def test_a_register_s_file_is_moved_to_the_server_and_never_used_beside_it(
    printed_desk: Desk, database: Server
) -> None:
    share(printed_desk, database)
    for command in ("letters",), ("register", "status"), ("check",):
        outcome = printed_desk.run(*command)
        assert outcome.code == 6 and "restore register/register.db" in outcome.err
    done(printed_desk, "register", "restore", str(printed_desk.register))
    assert states(database) == dict.fromkeys(KEYS, "printed") and not printed_desk.register.exists()
    assert len(list(printed_desk.register.parent.glob("register.db.*.old"))) == 1
    assert printed_desk.run("letters", "--json").json["letters"] == 0
    told = printed_desk.run("letters", "--unit", "东村镇", "--count", "1", "--dry-run", "--json").json
    assert [unit["first"] for unit in told["units"]] == ["2022-01-0003"]


def test_a_connection_lost_while_printing_is_told_and_the_next_run_goes_on(
    shared: Desk, database: Server, tmp_path: Path
) -> None:
    outcome = shared.run("batch published", "letters", program=CUTTER)
    assert outcome.code == 7 and "连接断了" in outcome.err and "Traceback" not in outcome.err
    assert set(states(database).values()) == {"reserved"}
    done(shared, "letters")
    assert states(database) == dict.fromkeys(KEYS, "printed")


# ---- a server that cannot be used


def address(database: Server, **parts: str) -> str:
    """The server's address on loopback, where it asks for a password."""
    found = urlsplit(database.url)
    port = dict(part.split("=") for part in found.query.split("&"))["port"]
    told = {"user": "postgres", "host": "127.0.0.1", "port": port, "name": found.path[1:]} | parts
    return "postgresql://{user}@{host}:{port}/{name}".format(**told)


def test_a_password_from_the_environment_or_the_address_lets_in(
    desk: Desk, database: Server, tmp_path: Path
) -> None:
    share(desk, Server(address(database), database.folder))
    assert desk.run("register", "status", PGPASSWORD=PASSWORD).code == 0
    (tmp_path / "pgpass").write_text(f"*:*:*:*:{PASSWORD}\n", encoding="utf-8")
    (tmp_path / "pgpass").chmod(0o600)
    assert desk.run("register", "status", PGPASSFILE=str(tmp_path / "pgpass")).code == 0
    desk.settings("postgresql://postgres@", f"postgresql://postgres:{PASSWORD}@")
    assert desk.run("register", "status").code == 0


def test_no_message_shows_the_password(desk: Desk, database: Server) -> None:
    share(desk, Server(address(database, user=f"postgres:{PASSWORD}错"), database.folder))
    refused(desk, 7, "密码不对")
    desk.settings('register = "postgresql', 'register = "mysql')
    refused(desk, 2, "register")


def test_without_the_driver_the_command_that_installs_it_is_named(shared: Desk) -> None:
    program = "import sys; sys.modules['psycopg'] = None; from pipeline.cli import app as cli; cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--root", str(shared.root), "register", "status"],
        check=False, capture_output=True, text=True, env=shared.environment(),
    )  # fmt: skip
    assert done.returncode == 4 and "make setup POSTGRESQL=1" in done.stderr


def test_an_office_may_have_the_rights_to_number_and_none_to_alter(shared: Desk, database: Server) -> None:
    name = f"clerk_{database.url.rpartition('register_')[2][:8]}"
    done(shared, "register", "status")
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN")
        shared.settings("postgresql://postgres@", f"postgresql://{name}@")
        refused(shared, 7, "没有权限")
        for right in (
            "USAGE ON SCHEMA letter_register",
            "SELECT, INSERT ON ALL TABLES IN SCHEMA letter_register",
            "UPDATE, DELETE ON letter_register.letters, letter_register.batches",
        ):
            connection.execute(f"GRANT {right} TO {name}")
        done(shared, "letters")
        done(shared, "register", "void", "01-0001", "--reason", "填错")
        done(shared, "register", "check")
        done(shared, "register", "backup")
        outcome = shared.run("register", "restore", str(next(shared.root.rglob("backups/*.db"))), "--force")
        assert outcome.code == 7 and "没有权限" in outcome.err
