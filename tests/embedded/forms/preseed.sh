#!/bin/bash
set -e
cat <<EOF | lxd init --preseed
config: {}
profiles:
- name: default
  config:
    user.user-data: |
      #cloud-config
      packges:
      - ${PKG}
  devices: {}
EOF
