#!/bin/bash
# Lays out in the folder $1 what the image of Seata's server gets: Byteman, in the version that local-stack uses, the
# patches, and a log that goes to the console.
set -euo pipefail

home=$PWD
folder=$1
mkdir -p "$folder"
version=$(sed -n 's:.*<byteman.version>\(.*\)</byteman.version>.*:\1:p' pom.xml)
# Elsewhere, because not all modules of the project are here.
cd /tmp
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy \
  -Dartifact=org.jboss.byteman:byteman:"$version" -DoutputDirectory="$folder" -Dmdep.stripVersion=true

# The rules name the classes of version 2.0.0 of the server; since 2.1 their package is org.apache.seata.
cp "$home"/local-stack/seata-server/logback.xml "$folder"
cp "$home"/local-stack/seata-server/patches.btm "$folder/io.seata.btm"
sed 's/\bio\.seata\b/org.apache.seata/g' "$folder/io.seata.btm" >"$folder/org.apache.seata.btm"
chmod 444 "$folder"/*
find "$folder" -exec touch -d @1700000000 {} +
