"""`python -m gateway`: serve, migrate, ask, account, audit, wechat.

Heavy imports are inside the commands, so that `ask` answers at once.
"""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from gateway.terminal import sentence

ROOT = Path(__file__).parent.parent
# desk/roles.yml; named here so that no command has to load the desk to be understood.
ROLES = ["lawyer", "supervisor", "curator", "helper", "administrator"]


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m gateway")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="serve people: web, REST, WeChat, desk, look-up")
    commands.add_parser("migrate", help="bring the database to the newest revision")
    ask = commands.add_parser("ask", help="say one thing to the running assistant")
    ask.add_argument("text")
    ask.add_argument("--user", help="who says it; the same name is the same citizen")
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    account = commands.add_parser("account", help="accounts of the desk")
    actions = account.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="create one")
    add.add_argument("name", help="the name to sign in with")
    add.add_argument("--display-name", help="the name citizens see; the same by default")
    add.add_argument("--role", choices=ROLES, default="lawyer")
    add.add_argument("--password-stdin", action="store_true", help="read the password from a pipe")
    reset = actions.add_parser("reset", help="new first password, second factor off")
    reset.add_argument("name")
    audit = commands.add_parser("audit", help="the desk's audit trail")
    verify = audit.add_subparsers(dest="action", required=True).add_parser("verify")
    verify.add_argument("--noted", metavar="N:HASH", help="a row as an earlier run printed it")
    _add_wechat(commands)
    given = parser.parse_args(arguments)
    if given.command == "ask":
        from gateway.ask import ask as say

        return say(given.text, given.user, given.json)
    if given.command == "migrate":
        return _migrate()
    if given.command in ("account", "audit"):
        from gateway import desk_commands

        return asyncio.run(desk_commands.run(given))
    if given.command == "wechat":
        return asyncio.run(_wechat(given))
    return _serve()


def _add_wechat(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    wechat = commands.add_parser("wechat", help="the official account")
    actions = wechat.add_subparsers(dest="action", required=True)
    menu = actions.add_parser("menu", help="replace the account's menu by ours")
    which = menu.add_mutually_exclusive_group()
    which.add_argument("--show", action="store_true", help="only show the menu that is there")
    which.add_argument("--delete", action="store_true", help="take the menu away")
    qr = actions.add_parser("qr", help="make a QR code that tells where followers come from")
    qr.add_argument("scene", help="an id that means nothing to others: letters, digits, - and _")
    qr.add_argument("--days", type=int, choices=range(1, 31), default=0, metavar="1..30")
    actions.add_parser("check", help="say what is right, wrong and missing")


async def _wechat(given: argparse.Namespace) -> int:
    from gateway.channels.wechat import commands
    from gateway.channels.wechat.errors import WechatError
    from gateway.settings import load

    try:
        settings = commands.load()
        await asyncio.to_thread(_migrate)
        if given.action == "menu":
            lines = await commands.menu(settings, show=given.show, delete=given.delete)
        elif given.action == "qr":
            lines = await commands.qr(settings, given.scene, given.days)
        else:
            key = load().attachment_key
            found = await commands.check(settings, keeps_pictures=key is not None)
            print("\n".join(map(str, found)))
            return 0 if all(each.good or each.hint for each in found) else 1
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    except WechatError as error:
        print(commands.explain(error, settings), file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 0


def _migrate() -> int:
    from alembic import command
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(ROOT / "migrations"))
    command.upgrade(configuration, "head")
    return 0


def _serve() -> int:
    import uvloop
    from aiohttp import web
    from pydantic import ValidationError

    from gateway.app import BACKLOG, create_app
    from gateway.channels.wechat.settings import WechatSettings
    from gateway.library import Library
    from gateway.logs import configure
    from gateway.settings import load

    configure()
    try:
        settings, wechat = load(), WechatSettings()
    except ValidationError as error:
        print(sentence("bad_settings", error=error), file=sys.stderr)
        return 2
    _migrate()
    web.run_app(
        create_app(settings, wechat, Library()),
        host=settings.host,
        port=settings.port,
        reuse_port=settings.gateway_workers > 1,
        backlog=BACKLOG,
        access_log=None,  # addresses hold what people look up
        print=None,
        loop=uvloop.new_event_loop(),
        shutdown_timeout=5,  # a turn that is broken off is taken again after the next start
    )
    return 0


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    sys.exit(main())
