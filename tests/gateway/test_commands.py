"""The commands, as people run them."""

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from desk import RIGHTS
from desk.tables import Account, AuditRow
from gateway.__main__ import ROLES
from tests.gateway.conftest import World
from tests.ports import free_port


async def run(world: World | None, *arguments: str, **more: Any) -> tuple[int, str, str]:
    """Runs `python -m gateway` and returns its exit status, output and errors."""
    port = world.settings.port if world else free_port()
    var = world.settings.var_dir if world else Path("/nonexistent")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "gateway", *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PORT": str(port), "REST_KEY": "rest", "VAR_DIR": str(var), "PATH": "", **more},
    )
    output, errors = await process.communicate(more.get("stdin", "").encode())
    return process.returncode or 0, output.decode(), errors.decode()


async def test_ask_prints_the_reply_as_json(world: World) -> None:
    status, output, _ = await run(world, "ask", "你好", "--user", "lin", "--json")
    answer = json.loads(output)
    assert status == 0
    assert answer["status"] == "ok"
    assert "您说的是：你好" in answer["messages"][0]["text"]
    assert (await world.conversation("lin")).channel == "rest"


async def test_the_same_user_is_the_same_citizen_and_so_is_nobody_named(world: World) -> None:
    for arguments in (["--user", "lin"], ["--user", "lin"], [], []):
        await run(world, "ask", "你好", *arguments)
    senders = [sender for sender, _ in world.rasa.heard]
    assert len(senders) == 4
    assert len(set(senders)) == 2
    assert senders[0] == senders[1]


async def test_ask_says_clearly_that_nothing_runs() -> None:
    status, output, _ = await run(None, "ask", "你好", "--json")
    answer = json.loads(output)
    assert status == 1
    assert set(answer) == {"messages", "status"}
    assert answer["status"] == "error"
    assert "make run" in answer["messages"][0]["text"]


def test_ask_imports_nothing_heavy() -> None:
    code = "import sys, gateway.__main__, gateway.ask; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"sqlalchemy", "torch", "aiohttp", "pydantic"} & set(loaded)


async def test_an_account_for_the_desk_can_be_added(world: World) -> None:
    status, _, _ = await run(
        world,
        *("account", "add", "wang", "--display-name", "王", "--password-stdin"),
        stdin="a long password\n",
    )
    assert status == 0
    async with world.session() as session:
        assert (await session.scalars(select(Account.display_name))).one() == "王"


async def test_a_refused_account_says_why(world: World) -> None:
    status, _, errors = await run(
        world, "account", "add", "wang", "--password-stdin", stdin="short\n"
    )
    assert status == 1
    assert "Traceback" not in errors


async def test_serve_without_keys_says_what_is_missing() -> None:
    status, _, errors = await run(None, "serve")
    assert status == 2
    assert "internal_key" in errors
    assert "Traceback" not in errors


async def test_a_reset_prints_a_first_password_and_says_when_there_is_no_such_account(
    world: World,
) -> None:
    add = ("account", "add", "wang", "--role", "administrator", "--password-stdin")
    await run(world, *add, stdin="a long password\n")
    status, printed, _ = await run(world, "account", "reset", "wang")
    assert status == 0
    assert "wang" in printed
    async with world.session() as session:
        account = (await session.scalars(select(Account))).one()
    assert (account.role, account.must_change_password) == ("administrator", True)
    status, _, errors = await run(world, "account", "reset", "nobody")
    assert status == 1
    assert "Traceback" not in errors


async def test_the_audit_trail_is_checked_and_the_first_broken_row_is_named(world: World) -> None:
    for name in ("wang", "bao"):
        await run(world, "account", "add", name, "--password-stdin", stdin="a long password\n")
    status, printed, _ = await run(world, "audit", "verify")
    assert status == 0
    noted = re.findall(r"2:[0-9a-f]{64}", printed)[0]
    status, _, _ = await run(world, "audit", "verify", "--noted", noted)
    assert status == 0
    async with world.session() as session:
        await session.execute(update(AuditRow).where(AuditRow.id == 2).values(actor_id=7))
        await session.commit()
    status, _, errors = await run(world, "audit", "verify")
    assert status == 1
    assert "第 2 行" in errors


def test_the_roles_of_the_command_are_those_of_the_desk() -> None:
    assert set(ROLES) == set(RIGHTS.roles)
