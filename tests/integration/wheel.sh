#!/usr/bin/env bash
# The wheel installs into an empty environment, and its command lints a file.
# WHEEL is the file, PYTHON a Python with venv.
set -euo pipefail
DRYBOOT=/nonexistent
source "$(dirname "$0")/session.sh"

"$PYTHON" -m venv environment
expect "the wheel installs" succeeds environment/bin/python -m pip install --no-index --disable-pip-version-check "$WHEEL"
printf '#cloud-config\nhostnme: web\n' > user-data
expect "its command lints" fails environment/bin/dryboot lint user-data
expect "and finds what is wrong" says 'unknown key `hostnme`'
printf '#cloud-config\nhostname: web\n' > user-data
expect "and only that" succeeds environment/bin/dryboot lint user-data
expect "it is the whole command" succeeds environment/bin/dryboot verify --help
