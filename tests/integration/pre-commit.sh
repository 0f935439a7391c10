#!/usr/bin/env bash
# A project commits with the hook: a bad config is refused, a good one passes, dryboot.toml and the baseline count.
# DRYBOOT is the folder of the command, PRE_COMMIT the program.
set -euo pipefail
source "$(dirname "$0")/session.sh"

git init --quiet hooks
cp "$ROOT/.pre-commit-hooks.yaml" hooks/
git -C hooks add . && git -C hooks commit --quiet -m "Add the hook"

git init --quiet project
cd project
cat > .pre-commit-config.yaml << YAML
repos:
  - repo: $WORK/hooks
    rev: $(git -C ../hooks rev-parse HEAD)
    hooks:
      - id: dryboot-system
YAML
"$PRE_COMMIT" install > /dev/null

printf '#cloud-config\nhostnme: web\n' > user-data
git add .
expect "a bad config is refused" fails git commit -m "Add a machine"
expect "with the finding" says 'unknown key `hostnme`'

printf '#cloud-config\nhostname: web\n' > user-data
git add .
expect "a good one passes" succeeds git commit -m "Add a machine"

printf 'resource "a" "b" {\n  user_data = <<-EOT\n    #cloud-config\n    hostnme: web\n  EOT\n}\n' > main.tf
git add .
expect "what is inside other files counts" fails git commit -m "Add a resource"

printf 'baseline = "known.json"\n' > dryboot.toml
dryboot lint --update-baseline > /dev/null 2>&1
git add .
expect "what is known does not" succeeds git commit -m "Adopt the baseline"

printf '#cloud-config\nhostname: web\npackges: []\n' > user-data
git add .
expect "what is new does" fails git commit -m "Add packages"
expect "and nothing else" says '1 error'
