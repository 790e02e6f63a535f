#!/bin/sh
# Makes the secrets that Compose gives to the containers, in docker/secrets, or in the folder $1. What is there is kept,
# so it can be run again at any time; it then makes what is missing. Needs openssl 1.1 or newer.
#
# The folder is closed to other users of this machine (700). The files in it can be read by everybody who gets into it
# (444), because Compose mounts them into containers as they are, and the user of a container is not that of the host.
set -eu
umask 077

services="user concert queue seat reservation point payment partner"
passwords="postgres-password mysql-root-password monolith-database-password auditor-password operator-password
  seata-console-password seata-secret-key grafana-admin-password scrape-token"
for service in $services; do
  passwords="$passwords $service-database-password"
done

fail() {
  echo "secrets.sh: $*" >&2
  exit 1
}

command -v openssl >/dev/null || fail "openssl is missing."
folder=${1:-$(cd "$(dirname "$0")" && pwd)/secrets}
public=$folder/public
mkdir -p "$public" || fail "$folder cannot be made."
chmod 700 "$folder"
chmod 755 "$public"
incomplete=$folder/.incomplete
trap 'rm -f "$incomplete" "$incomplete.log"' EXIT
made=""

# make <file> <command>: the file is what the command prints. An empty file counts as missing.
make() {
  file=$1
  shift
  [ ! -s "$file" ] || return 0
  "$@" >"$incomplete" 2>"$incomplete.log" || fail "$(tail -n 1 "$incomplete.log")"
  chmod 444 "$incomplete"
  mv -f "$incomplete" "$file"
  made="$made ${file##*/}"
}

# make_keys <private key> <public key> <options of openssl genpkey>: a new private key gets a new public one.
make_keys() {
  private=$1
  shared=$2
  shift 2
  [ -s "$private" ] || rm -f "$shared"
  make "$private" openssl genpkey "$@"
  make "$shared" openssl pkey -in "$private" -pubout
}

for password in $passwords; do
  make "$folder/$password" openssl rand -hex 24
done
make_keys "$folder/user-token-private-key" "$public/ticketing.security.user-token-public-key" \
  -algorithm RSA -pkeyopt rsa_keygen_bits:2048
for service in $services; do
  make_keys "$folder/$service-private-key" "$public/ticketing.security.service-token-public-keys.$service" \
    -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:named_curve
done

if [ -n "$made" ]; then
  echo "Made in $folder:$made"
else
  echo "Nothing to make: $folder is complete."
fi
