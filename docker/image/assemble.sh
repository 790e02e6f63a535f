#!/bin/bash
# Lays out in the folder $1 what the image of the services gets, out of the packaged modules: each jar once, the class
# path of each system, scripts, and configuration.
set -euo pipefail
shopt -s nullglob inherit_errexit

home=$PWD
image=$1
mkdir -p "$image"/lib "$image"/app/{modules,systems} "$image"/training

fail() {
  echo "assemble.sh: $*" >&2
  exit 1
}

# The packed classes of the module in this folder.
jar_of() {
  local jar
  for jar in "$1"/target/"$(basename "$1")"-*.jar; do
    case $jar in *-tests.jar | *-sources.jar) ;; *) echo "$jar" && return ;; esac
  done
  fail "$1 is not packaged"
}

# Copies a jar, of a module or a library, and prints where it is in the image.
install_jar() {
  local name copy place
  name=$(basename "$1")
  case $1 in
    "$home"/*) copy=$image/app/modules/$name place=/app/modules/$name ;;
    *) copy=$image/lib/$name place=/app/lib/$name ;;
  esac
  if [ ! -e "$copy" ]; then
    install -m 444 "$1" "$copy"
  elif ! cmp -s "$1" "$copy"; then
    fail "two jars are named $name"
  fi
  echo "$place"
}

# The class path of a module in the image, one entry a line: its own jar, then all it depends on. Modules are taken
# from their jars even where Maven names their folders of classes, because a cache has classes out of jars alone.
class_path() {
  local entry
  { echo "$home/$1/target/classes" && tr ':' '\n' <"$1/target/classpath" && echo; } | while read -r entry; do
    case $entry in "$home"/*/target/*) entry=$(jar_of "${entry%/target/*}") ;; esac
    [ -z "$entry" ] || install_jar "$entry"
  done
}

shared=$(class_path common-domain)

# Writes the class path of a system and, in the second line, its main class. A JVM takes a cache whose class path its
# own begins with, so all begin with that of the shared domain.
system() {
  local name=$1 main=$3 own
  own=$(class_path "$2")
  [ -z "$(grep -vxF "$own" <<<"$shared" | grep -v '^/app/modules/')" ] ||
    fail "$name has other versions of libraries than common-domain"
  own=$(grep -vxF "$shared" <<<"$own" || true)
  { printf '%s\n' "$shared" $own | paste -sd : && echo "$main"; } >"$image/app/systems/$name"
}

system shop common-domain org.ticketing.shop.ShopApplication
system tracker tracker org.ticketing.tracker.TrackerApplication
system monolith benchmarks/baselines org.ticketing.monolith.MonolithApplication
system xa xa-variant org.ticketing.xa.XaApplication
system tcc tcc-variant org.ticketing.tcc.TccApplication
system saga saga-variant org.ticketing.saga.SagaApplication
system choreography choreography-variant org.ticketing.choreography.ChoreographyApplication

cp -r docker/image/bin docker/image/config "$image/app"
chmod -R a+rX "$image/app"
chmod 555 "$image"/app/bin/*

# Two small programs of local-stack, which need nothing but its jar.
front=$(jar_of "$home/local-stack")
install -m 444 "$front" "$image/app/front.jar"
install -m 444 "$front" "$image/training/rehearsal.jar"
cp docker/image/train.sh "$image/training"

# The same times in every build, so that unchanged layers stay the same.
find "$image" -exec touch -h -d @1700000000 {} +
