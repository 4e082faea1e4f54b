#!/bin/sh
# Starts a PostgreSQL of its own for as long as the tests in this folder run, and removes it. Needs the server's programs
# (Debian: postgresql). It listens on no port, only on a socket in its own folder, so that any number can run side by side.
set -eu
cd "$(dirname "$0")/../.."

programs=$(command -v initdb >/dev/null 2>&1 && dirname "$(command -v initdb)" ||
  ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$programs" ] || { echo 'No PostgreSQL server programs found; install the package postgresql.' >&2; exit 1; }

# The server refuses to run as root.
if [ "$(id -u)" = 0 ]; then as_user() { runuser -u postgres -- "$@"; }; else as_user() { "$@"; }; fi

folder=$(as_user mktemp -d)
# mktemp gives it to its owner alone; the tests may run as somebody else.
as_user chmod 755 "$folder"
stop() {
  as_user "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  as_user rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

as_user "$programs/initdb" -D "$folder/data" -U latchkey -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
as_user "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
  -o "-c listen_addresses= -c unix_socket_directories=$folder -c max_connections=60" start >/dev/null ||
  { as_user cat "$folder/log" >&2; exit 1; }

# Without the project's mocha settings: they leave this folder out and would add all other tests.
TEST_DATABASE_URL="postgres://latchkey@localhost/postgres?host=$folder" \
  npx mocha --no-config --node-option conditions=source --node-option import=tsx --timeout 20000 "$@" 'test/postgres/**/*.test.ts'
