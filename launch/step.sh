#!/bin/sh
# Runs one long step of the setup: prints its name and, while it runs, the time it has taken;
# keeps its output in var/log/, and shows the end of that output if the step fails.
# Usage: step.sh NAME SENTENCE COMMAND...
set -u
name=$1 sentence=$2
shift 2
log="${VAR_DIR:-var}/log/$name.log"
mkdir -p "$(dirname "$log")"
printf '▶ %s\n' "$sentence"
start=$(date +%s)
"$@" >"$log" 2>&1 &
job=$!
trap 'kill "$job" 2>/dev/null; exit 130' INT TERM
while kill -0 "$job" 2>/dev/null; do
    sleep 1
    elapsed=$(($(date +%s) - start))
    if [ $((elapsed % 15)) -eq 0 ] && kill -0 "$job" 2>/dev/null; then
        printf '  … %s（%s 秒）\n' "$sentence" "$elapsed"
    fi
done
if wait "$job"; then
    printf '✔ %s（%s 秒）\n' "$sentence" "$(($(date +%s) - start))"
else
    status=$?
    printf '✘ %s：没有成功。最后的输出如下，全部在 %s\n' "$sentence" "$log" >&2
    tail -n 30 "$log" >&2
    exit "$status"
fi
