#!/bin/sh
# Makes or updates the schema of both databases of Temporal; may be run again. SQL_PASSWORD is the login's password.
set -eu
versions=${TEMPORAL_SCHEMA:-/etc/temporal/schema/postgresql/v12}
schema() {
  database=$1
  shift
  temporal-sql-tool --plugin postgres12 --ep "$SQL_HOST" -p "${SQL_PORT:-5432}" -u "$SQL_USER" --db "$database" "$@"
}
# Setting up leaves a version that is there; the update goes on from it.
schema temporal setup-schema -v 0.0
schema temporal update-schema -d "$versions/temporal/versioned"
schema temporal_visibility setup-schema -v 0.0
schema temporal_visibility update-schema -d "$versions/visibility/versioned"
