#!/bin/sh
# Creates a database and a user for each service when the server is started for the first time. A user owns its database
# and may do nothing else; nobody else may connect to it but the auditor, who reads. The image runs or sources this
# script, so it changes nothing of the shell that does.

# For each user, the file with its password; psql reads it from the environment, where no other process sees it.
for role in auditor user concert queue seat reservation payment partner monolith; do
  secret=$role-database-password
  [ "$role" != auditor ] || secret=auditor-password
  ROLE_NAME=$role ROLE_PASSWORD=$(cat "/run/secrets/$secret") \
    psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres <<'SQL' || exit 1
\getenv role ROLE_NAME
\getenv password ROLE_PASSWORD
CREATE ROLE :"role" LOGIN PASSWORD :'password'
  NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
SELECT :'role' = 'auditor' AS reads \gset
\if :reads
  GRANT pg_read_all_data TO :"role";
\else
  CREATE DATABASE :"role" OWNER :"role";
  REVOKE ALL ON DATABASE :"role" FROM PUBLIC;
  GRANT CONNECT ON DATABASE :"role" TO auditor;
\endif
SQL
done
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres \
  --command='REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC' || exit 1
