#!/bin/sh
# The passwords and keys of this system: those that .env gives, otherwise made up once and kept in the volume `secrets`. Each container
# gets a file with what it needs and nothing else. With `show` they are printed as lines of an .env, for the copy that is to be kept
# where the backups are not: without the keys national IDs cannot be read again (docs/operations.md).
set -eu
root=${SECRETS_DIR:-/secrets}
kept=$root/kept/env

if [ "${1:-}" = show ]; then
  cat "$kept"
  exit 0
fi

# An unreadable file is no missing one: new keys would take its place.
if [ -e "$kept" ] && [ ! -r "$kept" ]; then
  echo "$kept cannot be read: give it back to root (chown 0:0), or no national ID can be read again." >&2
  exit 1
fi

password() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
key() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
ring() { printf 'k1:%s' "$(key)"; }

# name, what makes a value where none is given or kept
settle() {
  eval "value=\${$1:-}"
  [ -n "$value" ] || value=$(sed -n "s/^$1='\(.*\)'\$/\1/p" "$kept" 2>/dev/null || true)
  [ -n "$value" ] || value=$($2)
  case $value in *\'*) echo "$1 holds a quotation mark, which no container could read back: give it another value." >&2 && exit 1 ;; esac
  eval "$1=\$value"
}
lines() { for name in "$@"; do eval "printf \"%s='%s'\\n\" $name \"\$$name\""; done; }
# Whole or not at all: a container that starts meanwhile reads the old file or the new one.
write() { mkdir -p "${1%/*}" && rm -f "$1.new" && cat >"$1.new" && chmod "$2" "$1.new" && mv "$1.new" "$1"; }

for name in POSTGRES_PASSWORD TEMPORAL_DB_PASSWORD DPA_OWNER_PASSWORD DPA_APP_PASSWORD; do settle "$name" password; done
settle NATIONAL_ID_KEYS ring
settle LOOKUP_KEY key
settle TOKEN_KEY key
lines POSTGRES_PASSWORD TEMPORAL_DB_PASSWORD DPA_OWNER_PASSWORD DPA_APP_PASSWORD NATIONAL_ID_KEYS LOOKUP_KEY TOKEN_KEY | write "$kept" 400

POSTGRES_PWD=$TEMPORAL_DB_PASSWORD
SQL_PASSWORD=$TEMPORAL_DB_PASSWORD
DATABASE_URL=postgresql://dpa_app:$DPA_APP_PASSWORD@postgres:5432/dpa
MIGRATE_DATABASE_URL=postgresql://dpa_owner:$DPA_OWNER_PASSWORD@postgres:5432/dpa
lines POSTGRES_PASSWORD TEMPORAL_DB_PASSWORD DPA_OWNER_PASSWORD DPA_APP_PASSWORD | write "$root/postgres/env" 444
lines POSTGRES_PWD SQL_PASSWORD | write "$root/temporal/env" 444
lines DATABASE_URL NATIONAL_ID_KEYS LOOKUP_KEY TOKEN_KEY | write "$root/service/env" 444
lines DATABASE_URL MIGRATE_DATABASE_URL NATIONAL_ID_KEYS LOOKUP_KEY TOKEN_KEY | write "$root/setup/env" 444
