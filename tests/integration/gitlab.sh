#!/usr/bin/env bash
# The job of templates/lint.yml, as a runner of GitLab runs it.
# DRYBOOT is the folder of the command, CHECK_JSONSCHEMA what knows GitLab's schema.
set -euo pipefail
source "$(dirname "$0")/session.sh"

# The job stands behind the component's inputs, in a document of its own.
sed '1,/^---$/d' "$ROOT/templates/lint.yml" > job.yml
expect "GitLab knows every key of the job" succeeds \
  "$CHECK_JSONSCHEMA" --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci job.yml

# job ARGS PATHS: what the job's script is with these inputs
job() {
  sed -n 's/^    - \(dryboot lint .*\)$/\1/p' job.yml | sed "s/\$\[\[ inputs.args ]]/$1/; s/\$\[\[ inputs.paths ]]/$2/" > script
  bash -euo pipefail script
}
mkdir project
printf '#cloud-config\nhostnme: web\n' > project/user-data
expect "a bad config fails the job" fails job "" project
expect "with the finding in its log" says 'unknown key `hostnme`'
expect "and in the code quality report" succeeds grep '"path": "project/user-data"' gl-code-quality-report.json
expect "and among the tests" succeeds grep 'project/user-data' dryboot.xml
expect "arguments are passed on" succeeds job "--ignore unknown-key" project
expect "and the report is empty then" succeeds grep '^\[\]$' gl-code-quality-report.json
