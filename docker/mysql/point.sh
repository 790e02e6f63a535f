#!/bin/sh
# Creates the database of the point service and its user when the server is started for the first time, and the auditor,
# who reads. XA recovers by listing the branches of the server, for which MySQL has a right of its own. Operators are shown
# who waits for which lock, which takes two more. The image runs or sources this script, so it changes nothing of the shell
# that does.
{
  echo "CREATE DATABASE point;"
  echo "CREATE USER point@'%' IDENTIFIED BY '$(cat /run/secrets/point-database-password)';"
  echo "GRANT ALL PRIVILEGES ON point.* TO point@'%';"
  echo "GRANT PROCESS ON *.* TO point@'%';"
  echo "GRANT SELECT ON performance_schema.* TO point@'%';"
  echo "CREATE USER auditor@'%' IDENTIFIED BY '$(cat /run/secrets/auditor-password)';"
  echo "GRANT SELECT ON point.* TO auditor@'%';"
  if [ "$(cat /system/name)" = xa ]; then
    echo "GRANT XA_RECOVER_ADMIN ON *.* TO point@'%', auditor@'%';"
  fi
} | MYSQL_PWD=$(cat /run/secrets/mysql-root-password) \
  mysql --no-defaults --user=root --socket=/var/run/mysqld/mysqld.sock || exit 1
