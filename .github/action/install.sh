#!/usr/bin/env bash
# Downloads a release of dryboot, compares its checksum, and puts it on the PATH of the steps that follow.
set -euo pipefail

version=${DRYBOOT_VERSION#v}
case "${RUNNER_OS:?}-${RUNNER_ARCH:?}" in
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  Windows-X64) target=x86_64-pc-windows-msvc ;;
  Windows-ARM64) target=aarch64-pc-windows-msvc ;;
  *) echo "::error::there is no dryboot for $RUNNER_OS on $RUNNER_ARCH" && exit 2 ;;
esac

archive=dryboot-$target.tar.gz
folder=${RUNNER_TEMP:?}/dryboot-$version
mkdir -p "$folder"
cd "$folder"
for file in "$archive" "$archive.sha256"; do
  curl --fail --silent --show-error --location --retry 3 --output "$file" "${DRYBOOT_RELEASES:?}/v$version/$file"
done
if command -v sha256sum > /dev/null; then
  sha256sum --check --quiet "$archive.sha256"
else
  shasum --algorithm 256 --check --quiet "$archive.sha256"
fi
tar -xzf "$archive"
echo "$folder/dryboot-$target" >> "$GITHUB_PATH"
