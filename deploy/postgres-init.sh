#!/bin/sh
# Run once by the PostgreSQL image, when its data folder is new: logins and databases of the service and of Temporal.
# dpa_owner migrates and owns the tables; dpa_app serves, acting as dpa_service. The role is made here, not only by the first migration:
# a backup holds rights of it but no roles.
set -eu
psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  -v temporal="$TEMPORAL_DB_PASSWORD" -v owner="$DPA_OWNER_PASSWORD" -v app="$DPA_APP_PASSWORD" <<'SQL'
CREATE ROLE temporal LOGIN PASSWORD :'temporal';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
CREATE ROLE dpa_owner LOGIN CREATEROLE PASSWORD :'owner';
CREATE ROLE dpa_app LOGIN PASSWORD :'app';
CREATE ROLE dpa_service NOLOGIN;
GRANT dpa_service TO dpa_owner WITH ADMIN OPTION;
GRANT dpa_service TO dpa_app;
CREATE DATABASE dpa OWNER dpa_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'th-TH';
REVOKE CONNECT, TEMPORARY ON DATABASE dpa, temporal, temporal_visibility FROM PUBLIC;
GRANT CONNECT ON DATABASE dpa TO dpa_app;
SQL
