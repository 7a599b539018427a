#!/bin/sh
# A PostgreSQL hub for tests, on this machine alone. Usage: hub.sh start|stop|url [FOLDER]
#
# FOLDER is its own folder, target/hub if none is named; each folder has a server of its own.
# `start` installs PostgreSQL if it is missing and starts it with an empty data folder, on loopback and a free port, over TLS
# only, with a certificate made for it; then it says how to reach it, as `url` does. As root it runs as the user postgres.
# The address is for an administrator, names the certificate's authority, and is good for psql as well.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/env.sh"
folder=${2:-$target/hub}

main() {
    refuse_other_folder
    case ${1:-} in
        start) start ;;
        stop) stop ;;
        url) url ;;
        *) give_up "hub.sh: say start, stop or url, not '${1:-}'." ;;
    esac
}

# PostgreSQL does not run as root.
as_owner() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

programs() {
    for bin in /usr/lib/postgresql/*/bin; do
        if [ -x "$bin/initdb" ]; then newest=$bin; fi
    done
    if [ -n "${newest:-}" ]; then
        PATH="$newest:$PATH"
    elif ! command -v initdb >/dev/null 2>&1; then
        return 1
    fi
}

url() {
    [ -f "$folder/url" ] || give_up "No hub for tests is running. Start it with: scripts/hub.sh start"
    cat "$folder/url"
}

start() {
    programs || { "$root/scripts/setup.sh" hub >&2 && programs; } || give_up "PostgreSQL is missing, and could not be installed."
    stop
    make_folder
    certificate >"$folder/openssl.log" 2>&1 || give_up "The certificate could not be made:" "$(cat "$folder/openssl.log")"
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    give_to_owner
    as_owner initdb -D "$data" -U postgres --pwfile="$keys/password" --auth=scram-sha-256 --no-sync -E UTF8 --locale=C \
        >"$folder/initdb.log" 2>&1 || give_up "The database could not be made:" "$(cat "$folder/initdb.log")"
    settings | as_owner tee -a "$data/postgresql.conf" >/dev/null
    printf 'hostssl all all 127.0.0.1/32 scram-sha-256\n' | as_owner tee "$data/pg_hba.conf" >/dev/null
    for port in $(shuf -i 20000-32000 -n 5); do
        if as_owner pg_ctl -D "$data" -l "$data/server.log" -o "-p $port" -w -t 20 start >"$folder/start.log" 2>&1; then
            (umask 077 && : >"$folder/url")
            printf 'postgres://postgres:%s@127.0.0.1:%s/postgres?sslmode=verify-full&sslrootcert=%s\n' \
                "$password" "$port" "$folder/ca.crt" >"$folder/url"
            url
            return
        fi
    done
    give_up "PostgreSQL does not start:" "$(as_owner tail -n 20 "$data/server.log")"
}

# `stop` removes the folder, so it is a new one, or was made here.
refuse_other_folder() {
    case $folder in /*) ;; *) give_up "hub.sh: name the folder by its whole path, not '$folder'." ;; esac
    if [ -d "$folder" ] && [ ! -f "$folder/where" ] && [ -n "$(ls -A "$folder")" ]; then
        give_up "hub.sh: $folder has other files in it. Name a folder that does not exist."
    fi
}

# Where the user postgres cannot enter the project's folder, the data is beside it in /var/tmp.
make_folder() {
    mkdir -p "$folder"
    data="$folder/data"
    if ! as_owner test -x "$folder"; then
        data=$(as_owner mktemp -d /var/tmp/tickmark-hub.XXXXXX)
    fi
    printf '%s\n' "$data" >"$folder/where"
}

# The data, its keys and the first password belong to PostgreSQL, and are read by nobody else.
give_to_owner() {
    keys=$data
    data="$keys/pg"
    mkdir -p "$data"
    cp "$folder/server.crt" "$folder/server.key" "$keys"
    printf '%s\n' "$password" >"$keys/password"
    chmod 700 "$keys" "$data"
    chmod 600 "$keys/server.key" "$keys/password"
    if [ "$(id -u)" = 0 ]; then chown -R postgres: "$keys"; fi
}

settings() {
    printf '%s\n' "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" "max_connections = 300" \
        "ssl = on" "ssl_cert_file = '$keys/server.crt'" "ssl_key_file = '$keys/server.key'" \
        "password_encryption = 'scram-sha-256'" "log_line_prefix = '%m %u '"
}

# An authority, and a certificate by it for this machine.
certificate() (
    cd "$folder"
    printf '%s\n' '[req]' 'distinguished_name = name' '[name]' '[ca]' 'basicConstraints = critical,CA:true' \
        '[server]' 'basicConstraints = critical,CA:false' 'subjectAltName = DNS:localhost,IP:127.0.0.1' >openssl.cnf
    key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    openssl req -x509 $key -config openssl.cnf -extensions ca -days 30 -subj "/CN=Tickmark tests" -keyout ca.key -out ca.crt
    openssl req -x509 $key -config openssl.cnf -extensions server -days 30 -subj "/CN=localhost" -CA ca.crt -CAkey ca.key \
        -keyout server.key -out server.crt
)

stop() {
    if [ -f "$folder/where" ]; then
        data=$(cat "$folder/where")
        if [ -f "$data/pg/postmaster.pid" ]; then
            programs
            as_owner pg_ctl -D "$data/pg" -m immediate -w stop >/dev/null 2>&1 || true
        fi
        case $data in
            "$folder"/* | /var/tmp/tickmark-hub.*) rm -rf "$data" ;;
        esac
    fi
    rm -rf "$folder"
}

main "$@"
