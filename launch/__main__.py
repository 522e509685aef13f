"""`python -m launch`: start everything, wait until healthy, print the addresses, stop on Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

from launch.environment import PORT_NAMES, LaunchError, compose
from launch.watching import answers, missing, watch

# A cold start imports TensorFlow and PyTorch: 10 to 60 s on two cores, more on a busy machine.
START_LIMIT_S = 300


def main() -> int:
    """Returns the exit status: 0 after a requested stop, 2 when a person must act first."""
    supervisor: subprocess.Popen[bytes] | None = None

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        env = compose(os.environ)
        _require_free_ports(env)
        _require_models(env)
        _migrate(env)
        supervisor = _start_supervisor(env)
        _wait_until_healthy(env, supervisor)
        _print_addresses(env)
        watch(f"{_gateway(env)}/health", supervisor)
        raise LaunchError(f"监督进程意外退出，请看 {env['VAR_DIR']}/log/supervisord.log。")
    except LaunchError as error:
        print(f"✘ {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    finally:
        if supervisor:
            _stop(supervisor)


def _require_free_ports(env: Mapping[str, str]) -> None:
    for name in PORT_NAMES:
        host = env["HOST"] if name == "PORT" else "127.0.0.1"
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, int(env[name])))
            except OSError as error:
                raise LaunchError(
                    f"端口 {env[name]} 已被占用或不可用（{error.strerror}）。"
                    "可以换一个端口：PORT=9000 make run（会用到它和后面的三个端口）。"
                ) from error


def _require_models(env: Mapping[str, str]) -> None:
    if not any(Path(env["MODELS_DIR"], "rasa").glob("*.tar.gz")):
        raise LaunchError("对话模型还没有训练。请用 make run 启动，它会先训练。")


def _migrate(env: Mapping[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gateway", "migrate"], env=dict(env), capture_output=True, text=True
    )
    if done.returncode:
        raise LaunchError(f"数据库没有准备好：\n{done.stderr.strip()[-2000:]}")


def _start_supervisor(env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    Path(env["VAR_DIR"], "log").mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "supervisor.supervisord", "-c", "launch/supervisord.conf"],
        env=dict(env),
        start_new_session=True,  # Ctrl-C reaches only this process, which stops the others in order
    )


def _wait_until_healthy(env: Mapping[str, str], supervisor: subprocess.Popen[bytes]) -> None:
    ready: dict[str, Callable[[], bool]] = {
        "对话引擎 rasa": lambda: answers(f"{env['RASA_URL']}/webhooks/internal/health"),
        "动作服务 actions": lambda: answers(f"{env['ACTIONS_URL']}/health"),
        "网关 gateway": lambda: not missing(f"{_gateway(env)}/health", only="gateway"),
    }
    started = time.monotonic()
    waiting = dict(ready)
    while waiting:
        elapsed = int(time.monotonic() - started)
        if supervisor.poll() is not None or elapsed > START_LIMIT_S:
            names = "、".join(waiting)
            raise LaunchError(f"{names} 没有启动成功，请看 {env['VAR_DIR']}/log/ 里的日志。")
        for name in [name for name, is_ready in waiting.items() if is_ready()]:
            del waiting[name]
            print(f"✔ {name} 已就绪（{elapsed} 秒）", flush=True)
        if waiting and elapsed and elapsed % 10 == 0:
            print(f"  … {elapsed} 秒：等待 {'、'.join(waiting)}", flush=True)
        time.sleep(1)


def _gateway(env: Mapping[str, str]) -> str:
    return f"http://{_reachable(env['HOST'])}:{env['PORT']}"


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104


def _print_addresses(env: Mapping[str, str]) -> None:
    base = _gateway(env)
    print(
        f"""
明白已经启动：
  群众网页   {base}/chat
  查询页     {base}/lookup
  值班台     {base}/desk      （第一个账号：make account NAME=名字 ROLE=administrator）
  微信回调   {base}/wechat    （先设置 WECHAT_TOKEN 等，见 docs/operations.md）
  健康状态   {base}/health
在另一个终端里试一句：.venv/bin/python -m gateway ask 老板拖欠我三个月工资怎么办
按 Ctrl-C 停止。""",
        flush=True,
    )


def _stop(supervisor: subprocess.Popen[bytes]) -> None:
    print("\n正在停止……", flush=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave orphans
    supervisor.terminate()
    supervisor.wait()
    print("已全部停止。", flush=True)


if __name__ == "__main__":
    sys.exit(main())
