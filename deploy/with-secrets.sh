#!/bin/sh
# Runs a container's program with the passwords and keys that deploy/secrets.sh left for it.
set -eu
set -a
. "${SECRETS_FILE:-/secrets/env}"
set +a
exec "$@"
