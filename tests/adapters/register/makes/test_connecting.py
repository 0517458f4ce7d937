"""A PostgreSQL server that cannot be used: one message each, which keeps the password to itself."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from support.registers.numbered import DONG, IMPRINT, NOW, ORDER, SERIALS, begun, reserve
from support.registers.postgres import PASSWORD

from pipeline.adapters.register import Register, open_register
from pipeline.domain.letters.model import BatchId, Draft
from pipeline.errors import FileFault, Stop, UsageFault
from pipeline.settings import Server

ENVIRONMENT = ("PGPASSWORD", "PGPASSFILE", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGSERVICE")


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)


def on_loopback(database: Server, **parts: str) -> Server:
    """The same server where it asks for a password, or what is like it in all but the parts."""
    found = urlsplit(database.url)
    port = dict(part.split("=") for part in found.query.split("&"))["port"]
    told = {"user": "postgres", "host": "127.0.0.1", "port": port, "name": found.path[1:]} | parts
    return Server("postgresql://{user}@{host}:{port}/{name}".format(**told), database.folder)


def fault_of(server: Server) -> Stop:
    with pytest.raises(Stop) as found, open_register(server):
        pass
    assert PASSWORD not in str(found.value)
    return found.value


@pytest.mark.parametrize(
    "parts, word",
    [
        ({}, "没有给"),
        ({"user": f"postgres:{PASSWORD}错"}, "密码不对"),
        ({"user": f"nobody:{PASSWORD}"}, "密码不对"),
        ({"port": "1", "user": f"postgres:{PASSWORD}"}, "连不上"),
        ({"host": "no-such-server.invalid", "user": f"postgres:{PASSWORD}"}, "连不上"),
        ({"name": "没有", "user": f"postgres:{PASSWORD}"}, "连不上"),
    ],
    ids=["no password", "wrong password", "wrong user", "server down", "no such server", "no such database"],
)
def test_who_is_not_let_in_is_told_why(database: Server, parts: dict[str, str], word: str) -> None:
    fault = fault_of(on_loopback(database, **parts))
    assert isinstance(fault, FileFault) and word in str(fault)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://postgres:{PASSWORD}@server:port/x",
        f"postgresql://a/b?{PASSWORD}=c",
        f"postgresql://a:{PASSWORD}@[1/b",
        f"postgresql://a:%{PASSWORD}@b/c",
    ],
)
def test_what_is_no_address_is_a_fault_of_the_plan(database: Server, url: str) -> None:
    assert isinstance(fault_of(Server(url, database.folder)), UsageFault)


def test_the_address_is_not_shown_with_the_place() -> None:
    assert PASSWORD not in repr(Server(f"postgresql://a:{PASSWORD}@b/c", Path()))


def cut_off(database: Server) -> None:
    """Let the server end all other connections."""
    with psycopg.connect(database.url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def look_again(register: Register, database: Server) -> None:
    with register.exclusive(1, lambda: None):
        cut_off(database)
        register.head()


def number_meanwhile(register: Register, database: Server) -> None:
    def planner(_: object) -> list[Draft]:
        cut_off(database)
        return [Draft(DONG)]

    register.reserve(planner, SERIALS, IMPRINT, ORDER, NOW)


@pytest.mark.parametrize("action", [look_again, number_meanwhile])
def test_a_connection_that_is_lost_is_told_and_loses_nothing(
    database: Server, action: Callable[[Register, Server], None]
) -> None:
    begun(database)
    with pytest.raises(FileFault, match="连接断了"), open_register(database) as opened:
        action(opened, database)
    with open_register(database) as opened, opened.exclusive(1, lambda: None):
        assert opened.faults() == [] and opened.next_batch(2022) == BatchId(2022, 3)
        reserve(opened)


def test_a_server_that_may_only_be_read_is_told(database: Server) -> None:
    begun(database)
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(
            f"ALTER DATABASE {urlsplit(database.url).path[1:]} SET default_transaction_read_only = on"
        )
    with open_register(database) as opened:
        assert len(opened.letters(2022)) == 7
        with pytest.raises(FileFault, match="只能读"):
            reserve(opened)
