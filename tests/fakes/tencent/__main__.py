"""`python -m tests.fakes.tencent`: runs until it is interrupted."""

import argparse
import asyncio
import contextlib

from tests.fakes.tencent.server import FakeTencent
from tests.fakes.tencent.wire import Account


async def _serve(fake: FakeTencent, port: int) -> None:
    await fake.start(port)
    print(f"WECHAT_API_BASE={fake.url}", flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """Reads the account from the command line and serves it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.tencent")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--callback", required=True, help="the gateway's /wechat address")
    parser.add_argument("--token", required=True)
    parser.add_argument("--appid", required=True)
    parser.add_argument("--secret", default=Account.secret)
    parser.add_argument("--aes-key", default="", help="without it: plain mode")
    parser.add_argument("--mode", choices=["compatible", "safe"], default="safe")
    options = parser.parse_args()
    account = Account(
        token=options.token,
        appid=options.appid,
        secret=options.secret,
        aes_key=options.aes_key,
        mode=options.mode if options.aes_key else "plain",
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(FakeTencent(account, options.callback, spaced=True), options.port))


if __name__ == "__main__":
    main()
