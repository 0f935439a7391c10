#!/usr/bin/env bash
# The command that releases for Linux and the image have: it needs nothing of the system, and lints, fixes and verifies.
# DRYBOOT is the folder of the command.
set -euo pipefail
source "$(dirname "$0")/session.sh"

is_static() { ! readelf --program-headers "$DRYBOOT/dryboot" | grep --quiet INTERP; }
expect "the command needs no loader" succeeds is_static
# Nothing of the system is there, neither programs nor a C library.
mkdir -p image/bin image/srv
cp "$DRYBOOT/dryboot" image/bin/
printf '#cloud-config\nhostnme: web\n' > image/srv/user-data
enter=(chroot)
[ "$(id -u)" = 0 ] || enter=(unshare --map-root-user chroot)
inside() { "${enter[@]}" image /bin/dryboot "$@"; }
expect "it runs where nothing else is" succeeds inside --version
expect "it lints" fails inside lint /srv/user-data
expect "and finds what is wrong" says 'unknown key `hostnme`'
expect "it fixes" succeeds inside lint --fix --unsafe-fixes /srv/user-data
expect "in place" succeeds grep --quiet '^hostname: web$' image/srv/user-data
expect "it previews" succeeds inside preview /srv/user-data --target debian-12
expect "it is the whole command" succeeds inside verify --help
