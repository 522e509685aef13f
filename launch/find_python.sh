#!/bin/sh
# Prints the path of a working Python of the wanted version (first argument, such as 3.10).
# Looks on PATH, then under pyenv, then lets uv fetch one. A pyenv shim on PATH may exist without
# working, so each candidate is run before it is believed.
set -u
want=$1

works() {
    [ -n "$1" ] && [ "$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$want" ]
}

for candidate in \
    "$(command -v "python$want" 2>/dev/null)" \
    "$(command -v python3 2>/dev/null)" \
    "${PYENV_ROOT:-$HOME/.pyenv}/versions/$want".*/bin/python; do
    if works "$candidate"; then
        echo "$candidate"
        exit 0
    fi
done

uv=$(command -v uv 2>/dev/null || echo var/uv/bin/uv)
[ -x "$uv" ] || { python3 -m venv var/uv && var/uv/bin/pip install --quiet uv; } >/dev/null 2>&1
if [ -x "$uv" ] && "$uv" python install "$want" >&2; then
    candidate=$("$uv" python find "$want" 2>/dev/null)
    if works "$candidate"; then
        echo "$candidate"
        exit 0
    fi
fi

cat >&2 <<MESSAGE
找不到 Python $want。请任选一种办法安装，再运行一次：
  pyenv install $want        或        apt-get install python$want python$want-venv
No Python $want was found on PATH or under pyenv, and uv could not fetch one.
MESSAGE
exit 1
