#!/usr/bin/env bash
# Runs a cluster on this machine, to try and to test: PostgreSQL, nodes, and nginx in front, all on loopback, in a folder that goes when it ends.
#   run.sh NODE_DLL NODES PORT [CONFIG]
set -euo pipefail

infra="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
node_dll="$1" nodes="$2" port="$3" config="${4-}"
folder="$(mktemp -d "${TMPDIR:-/tmp}/mpilot-cluster-XXXXXX")"
tools="$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)"
database='' proxy=''
node_pids=() http_ports=() silo_ports=() gateway_ports=()

# PostgreSQL refuses to run as root.
database_user=()
if ((EUID == 0)); then database_user=(--reuid=postgres --regid=postgres --clear-groups); fi

say() { printf '%s\n' "$*"; }

die() {
  printf 'cluster: %s\n' "$*" >&2
  exit 1
}

# Starts a process by options of setpriv: in a session of its own, because Ctrl-C must reach nobody but this script, which stops all in order; and with a
# signal for the case that this script is killed.
launch() {
  local log="$1" signal="$2"
  shift 2
  setpriv --pdeathsig "$signal" "$@" >>"$log" 2>&1 </dev/null &
}

alive() { [[ -n "$1" ]] && kill -0 "$1" 2>/dev/null; }

tell() {
  local pid
  for pid in "${@:2}"; do
    if alive "$pid"; then kill "-$1" "$pid" 2>/dev/null || true; fi
  done
}

# Waits until a command succeeds, for as long as the process lives that it asks about.
until_ready() {
  local name="$1" pid="$2" log="$3" tries=600
  shift 3
  until "$@" >/dev/null 2>&1; do
    if ! alive "$pid" || ((--tries == 0)); then
      tail -n 20 "$log" >&2
      die "$name did not start"
    fi
    sleep 0.1
  done
}

is_taken() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Puts a free port into port_found, one below those that the system gives to connections.
port_found=$((20000 + RANDOM % 10000))
find_port() {
  until ((++port_found)) && ! is_taken "$port_found"; do :; done
}

make_database() {
  local log="$folder/postgres.log"
  [[ -x "$tools/postgres" ]] || die "PostgreSQL is missing: sudo apt-get install postgresql-15"
  mkdir "$folder/postgres"
  if ((EUID == 0)); then
    chmod 711 "$folder"
    chown postgres "$folder/postgres"
  fi
  if ! setpriv "${database_user[@]}" "$tools/initdb" -D "$folder/postgres/data" -U mpilot -A trust -E UTF8 --locale=C --no-sync >"$log" 2>&1; then
    cat "$log" >&2
    die "PostgreSQL made no database"
  fi
  start_database
  "$tools/createdb" -h "$folder/postgres" -U mpilot mpilot
}

start_database() {
  local log="$folder/postgres.log"
  launch "$log" INT "${database_user[@]}" setsid "$tools/postgres" -D "$folder/postgres/data" \
    -c listen_addresses= -c "unix_socket_directories=$folder/postgres" -c "max_connections=$((40 * nodes + 20))"
  database=$!
  until_ready PostgreSQL "$database" "$log" "$tools/pg_isready" -h "$folder/postgres" -U mpilot -d postgres
}

# For calls, for other nodes, and for nodes of the role api.
choose_ports() {
  local number
  for ((number = 1; number <= nodes; number++)); do
    find_port && http_ports[number]="$port_found"
    find_port && silo_ports[number]="$port_found"
    find_port && gateway_ports[number]="$port_found"
  done
}

# A node is configured by variables; a file may say the rest.
start_node() {
  local number="$1" file=()
  if [[ -n "$config" ]]; then file=(--config "$config"); fi
  MPILOT__Store__Kind=postgres MPILOT__Store__ConnectionString="Host=$folder/postgres;Database=mpilot;Username=mpilot" \
    MPILOT__Artifacts__Path="$folder/pictures" MPILOT__Artifacts__Shared=true MPILOT__Http__PublicBaseUrl="http://127.0.0.1:$port" \
    MPILOT__Cluster__Address=127.0.0.1 MPILOT__Cluster__SiloPort="${silo_ports[number]}" MPILOT__Cluster__GatewayPort="${gateway_ports[number]}" \
    launch "$folder/node-$number.log" KILL setsid dotnet "$node_dll" --port "${http_ports[number]}" --data "$folder/node-$number" "${file[@]}"
  node_pids[number]=$!
}

await_node() {
  local number="$1" log="$folder/node-$1.log"
  until_ready "node $number" "${node_pids[number]}" "$log" grep -q 'listens on' "$log"
  say "  node $number      process ${node_pids[number]}  http://127.0.0.1:${http_ports[number]}  $log"
}

start_proxy() {
  local number
  cp "$infra"/nginx/*.conf "$folder"
  sed -i "s/listen 8080/listen 127.0.0.1:$port/" "$folder/nginx.conf"
  {
    say "upstream nodes {"
    for number in "${!node_pids[@]}"; do say "    server 127.0.0.1:${http_ports[number]} max_fails=1 fail_timeout=5s;"; done
    say "    keepalive 64;"
    say "}"
  } >"$folder/nodes.conf"
  launch "$folder/nginx.log" QUIT setsid nginx -p "$folder" -c "$folder/nginx.conf" -e stderr -g 'daemon off;'
  proxy=$!
  until_ready nginx "$proxy" "$folder/nginx.log" is_taken "$port"
}

# What is under way ends and is answered, then nobody comes in any more; the database goes last.
stop() {
  trap 'tell KILL "${node_pids[@]}"' INT TERM
  trap - EXIT
  if ((${#node_pids[@]} > 0)); then say "stopping; calls in flight may end first, Ctrl-C again does not wait for them"; fi
  tell TERM "${node_pids[@]}"
  await_end "${node_pids[@]}"
  tell QUIT "$proxy"
  await_end "$proxy"
  tell INT "$database"
  await_end "$database"
  rm -rf "$folder"
}

await_end() {
  local pid
  for pid in "$@"; do
    while alive "$pid"; do wait "$pid" 2>/dev/null || true; done
  done
}

# Brings back who is gone, as a supervisor would.
watch() {
  local number
  while alive "$proxy"; do
    if ! alive "$database"; then
      say "PostgreSQL is gone; it starts again"
      start_database
    fi
    for number in "${!node_pids[@]}"; do
      if ! alive "${node_pids[number]}"; then
        start_node "$number"
        say "node $number is gone; it starts again as process ${node_pids[number]}"
      fi
    done
    wait -n 2>/dev/null || true
    sleep 1
  done
  die "nginx is gone"
}

main() {
  local number
  if ((port == 0)); then find_port && port="$port_found"; fi
  trap stop EXIT
  trap 'exit 130' INT TERM
  if is_taken "$port"; then die "port $port is taken; --port names another, 0 a free one"; fi
  make_database
  say "  PostgreSQL  process $database  psql -h $folder/postgres -U mpilot"
  mkdir "$folder/pictures"
  choose_ports
  for ((number = 1; number <= nodes; number++)); do start_node "$number"; done
  for ((number = 1; number <= nodes; number++)); do await_node "$number"; done
  start_proxy
  cat <<TEXT
  nginx       process $proxy  http://127.0.0.1:$port

Cut out a picture, on whichever node's turn it is:

  curl -s http://127.0.0.1:$port/v1/images/edits -F model=local/background-removal -F type=background_removal -F image=@$(dirname "$infra")/samples/vase.png | sed 's/.*"b64_json":"\([^"]*\)".*/\1/' | base64 -d > cutout.png

kill -9 whom you like; Ctrl-C stops them all.
TEXT
  watch
}

main
