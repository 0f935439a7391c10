#!/usr/bin/env bash
# The steps of action.yml, as a runner of GitHub runs them, with releases in a folder.
# DRYBOOT is the folder of the command.
set -euo pipefail
source "$(dirname "$0")/session.sh"
STEPS=$ROOT/.github/action

target=x86_64-unknown-linux-musl
releases=$WORK/releases/v0.1.0
mkdir -p "$releases" "$WORK/dryboot-$target" "$WORK/temp"
cp "$DRYBOOT/dryboot" "$WORK/dryboot-$target/"
tar -czf "$releases/dryboot-$target.tar.gz" "dryboot-$target"
(cd "$releases" && sha256sum "dryboot-$target.tar.gz" > "dryboot-$target.tar.gz.sha256")

export RUNNER_OS=Linux RUNNER_ARCH=X64 RUNNER_TEMP=$WORK/temp GITHUB_PATH=$WORK/path GITHUB_OUTPUT=$WORK/outputs
export DRYBOOT_VERSION=v0.1.0 DRYBOOT_RELEASES=file://$WORK/releases
expect "a release is installed" succeeds bash "$STEPS/install.sh"
installed=$(cat "$GITHUB_PATH")
expect "and runs" succeeds "$installed/dryboot" --version

echo "a changed archive" >> "$releases/dryboot-$target.tar.gz"
expect "a release with another checksum is refused" fails bash "$STEPS/install.sh"
expect "so is a system without a release" fails env RUNNER_ARCH=RISCV bash "$STEPS/install.sh"

export PATH=$installed:$PATH
mkdir project && cd project
printf '#cloud-config\nhostnme: web\n' > "user data"
export DRYBOOT_PATHS=$'user data\n' DRYBOOT_SARIF=findings.sarif
expect "a bad config fails the job" fails bash "$STEPS/lint.sh"
expect "with an annotation" says 'file=user data,line=2'
expect "and a file for code scanning" succeeds grep '"ruleId": "unknown-key"' findings.sarif
expect "that the next step finds" succeeds grep '^sarif-file=findings.sarif$' "$GITHUB_OUTPUT"

export DRYBOOT_ARGS=$'--ignore\nunknown-key' DRYBOOT_TARGET=debian-12 DRYBOOT_SARIF=
expect "arguments are passed on" succeeds bash "$STEPS/lint.sh"
expect "no file is written unasked" fails test -e dryboot.sarif
