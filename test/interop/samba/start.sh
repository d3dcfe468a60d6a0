#!/bin/bash
# start.sh STATE-FOLDER: starts samba-dcerpcd and smbd in the foreground's namespaces, prints "ready" when ports 135 and 445 answer, and
# serves until its standard input ends. It wants a network namespace of its own and a private /run/samba.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
state=$1
mkdir -p "$state"/{private,state,cache,lock,run/ncalrpc,log,share}
sed "s|@STATE@|$state|g" "$here/smb.conf.in" >"$state/smb.conf"
# A session for each: when they end, they end their whole process group.
setsid /usr/libexec/samba/samba-dcerpcd --libexec-rpcds -s "$state/smb.conf" -F --no-process-group </dev/null >"$state/log/dcerpcd.out" 2>&1 &
rpc=$!
setsid smbd -s "$state/smb.conf" -F --no-process-group </dev/null >"$state/log/smbd.out" 2>&1 &
smb=$!
trap 'kill $rpc $smb 2>/dev/null; wait' EXIT
for _ in $(seq 400); do
  listening=$(ss -ltn)
  if grep -q ':135 ' <<<"$listening" && grep -q ':445 ' <<<"$listening"; then
    echo ready
    cat >/dev/null
    exit 0
  fi
  sleep .05
done
echo "not ready" >&2
tail -n 20 "$state"/log/* >&2
exit 1
