#!/bin/sh
# Prints the path of a Chromium for the browser tests. Where none is found it is installed: by the
# system's packages when run as root on Debian, else by Playwright into the user's cache.
set -u

find_browser() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && command -v "$name" && return 0
    done
    .venv/bin/python - <<'PYTHON'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
    print(path) if pathlib.Path(path).exists() else sys.exit(1)
PYTHON
}

find_browser && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    sh launch/step.sh browser "安装浏览器（只用于测试）" \
        sh -c 'apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk' >&2
else
    sh launch/step.sh browser "下载浏览器（只用于测试）" .venv/bin/python -m playwright install chromium >&2
fi
find_browser && exit 0
echo "没有找到 Chromium。请安装后再试，或用 CHROMIUM=路径 指定。" >&2
exit 1
