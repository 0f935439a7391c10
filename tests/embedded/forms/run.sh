#!/bin/sh
aws ec2 run-instances --user-data '#cloud-config
packges: [git]
' --image-id x
USERDATA="#cloud-config
hostname: $NAME
packges: []
"
