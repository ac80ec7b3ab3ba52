#!/bin/bash
# check_unit.sh UNIT PROGRAM: the unit, as it would be for a role, is one that systemd takes without a word and that leaves an
# exposure of 1.2 at most.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
unit=$folder/dontgoback@core.service
sed "s#^ExecStart=/usr/bin/dontgoback#ExecStart=$2#" "$1" > "$unit"
grep -q "^ExecStart=$2 serve --role=%i" "$unit"

cp "${1%.service}.socket" "$folder/dontgoback@core.socket"
# Nor are its manual pages here. It also complains of the machine's other units that this one comes after; those are not ours.
complaints=$(systemd-analyze verify "$unit" "$folder/dontgoback@core.socket" 2>&1 | grep "dontgoback@core" | grep -v "Command .man " || true)
[[ -z $complaints ]] || { echo "$complaints"; exit 1; }
systemd-analyze security --offline=true --threshold=12 "$unit" | tail -1
