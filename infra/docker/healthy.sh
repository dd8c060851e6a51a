#!/usr/bin/env bash
# Whether the service in this container lives (healthy live) or takes edits (healthy ready). The image has no curl.
set -euo pipefail

port="${MPILOT__Http__Listen##*:}"
exec 3<>"/dev/tcp/127.0.0.1/${port%%/*}"
printf 'GET /health/%s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$1" >&3
read -r _ status _ <&3
[[ "$status" == 200 ]]
