# For compose.stand-in.yaml. The entrypoint of the stand-in sources this before point.sh: root gets its password, which it
# has in the upstream image at this moment. B is the folder of the programs, and later calls use MYSQL_PWD.
"$B/bin/mysql" -uroot -S /var/run/mysqld/mysqld.sock \
  -e "ALTER USER root@localhost IDENTIFIED BY '$MYSQL_ROOT_PASSWORD'"
export MYSQL_PWD="$MYSQL_ROOT_PASSWORD"
