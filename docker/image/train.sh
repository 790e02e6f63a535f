#!/bin/bash
# Makes the cache of classes, in the build: starts PostgreSQL and a process that hosts every service but the payment,
# uses the process as a customer does, and ends it, whereupon its JVM writes the cache.
set -euo pipefail

# Unusual ports, because a build can share the network of its host.
database=27432
port=27080

export PGDATA=/training/data
initdb --username=postgres --auth=trust --encoding=UTF8 >/training/initdb.log
pg_ctl --wait --log=/training/postgres.log start \
  --options="-c listen_addresses=127.0.0.1 -c port=$database -c unix_socket_directories='' -c fsync=off" >/dev/null
trap 'pg_ctl --mode=immediate stop >/dev/null' EXIT
createdb --host=127.0.0.1 --port=$database --username=postgres training

export TICKETING_SYSTEM=shop
export SPRING_APPLICATION_NAME=training
export SERVER_PORT=$port
export SPRING_DATASOURCE_URL=jdbc:postgresql://127.0.0.1:$database/training
export SPRING_DATASOURCE_USERNAME=postgres
# Without the profiles of methods (JEP 515), which do harm after so short a training.
export JAVA_OPTIONS="-Xmx256m -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining \
-XX:AOTCacheOutput=/training/services.aot -Xlog:aot*=error"

java -cp /training/rehearsal.jar org.ticketing.stack.system.RehearsalProgram \
  http://127.0.0.1:$port /app/bin/service
[ -s /training/services.aot ] || { echo "train.sh: the JVM has written no cache" >&2; exit 1; }
