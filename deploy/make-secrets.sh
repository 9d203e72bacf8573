#!/bin/sh
# Makes .env with the passwords and keys of a new system, once. Keep a copy where the backups are not: without the keys
# national IDs cannot be read again (docs/operations.md).
set -eu
cd "$(dirname "$0")/.."
if [ -e .env ]; then
  echo ".env is there already and stays as it is. Remove it only for a new system: the data of the old one cannot be read without it." >&2
  exit 1
fi
password() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
key() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
umask 077
cat >.env <<EOF
POSTGRES_PASSWORD=$(password)
TEMPORAL_DB_PASSWORD=$(password)
DPA_OWNER_PASSWORD=$(password)
DPA_APP_PASSWORD=$(password)
NATIONAL_ID_KEYS=k1:$(key)
LOOKUP_KEY=$(key)
TOKEN_KEY=$(key)
EOF
echo "Wrote .env. Next: docker compose up"
