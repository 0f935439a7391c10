# What the sessions share; each runs in a folder of its own, which is gone afterwards.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
cd "$WORK"

export PATH=$DRYBOOT:$PATH NO_COLOR=1
# Nothing that the user has set counts.
export HOME=$WORK/home GIT_CONFIG_NOSYSTEM=1 XDG_CONFIG_HOME=$WORK/home PRE_COMMIT_HOME=$WORK/home/pre-commit
export GIT_AUTHOR_NAME=Test GIT_AUTHOR_EMAIL=test@example.com GIT_COMMITTER_NAME=Test GIT_COMMITTER_EMAIL=test@example.com
mkdir -p "$HOME"

OUTPUT=$WORK/output

# expect WHAT succeeds|fails COMMAND… · expect WHAT says TEXT
expect() {
  local what=$1 how=$2
  shift 2
  if "$how" "$@"; then
    echo "ok: $what"
  else
    echo "not ok: $what"
    cat "$OUTPUT"
    exit 1
  fi
}

succeeds() { "$@" > "$OUTPUT" 2>&1; }
fails() { ! "$@" > "$OUTPUT" 2>&1; }
says() { grep --quiet --fixed-strings -- "$1" "$OUTPUT"; }
