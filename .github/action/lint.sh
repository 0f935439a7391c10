#!/usr/bin/env bash
# Checks files with annotations, and writes the findings to a file as well.
set -euo pipefail

arguments=()
while IFS= read -r line; do
  if [[ -n $line ]]; then arguments+=("$line"); fi
done <<< "${DRYBOOT_ARGS:-}"
if [[ -n ${DRYBOOT_TARGET:-} ]]; then arguments+=(--target "$DRYBOOT_TARGET"); fi
if [[ -n ${DRYBOOT_SARIF:-} ]]; then
  arguments+=(--output-file "sarif=$DRYBOOT_SARIF")
  echo "sarif-file=$DRYBOOT_SARIF" >> "$GITHUB_OUTPUT"
fi
paths=()
while IFS= read -r line; do
  if [[ -n $line ]]; then paths+=("$line"); fi
done <<< "${DRYBOOT_PATHS:-.}"

exec dryboot lint --output-format github ${arguments[@]+"${arguments[@]}"} -- "${paths[@]}"
