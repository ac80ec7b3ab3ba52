#!/bin/bash
# check_backup_unit.sh FOLDER PROGRAM: the units of the daily backup, as they would be for a role, are ones that systemd takes
# without a word, and the command they run is one that the program knows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
service=$folder/dontgoback-backup@core.service
sed "s#^ExecStart=/usr/bin/dontgoback#ExecStart=$2#" "$1/dontgoback-backup@.service" > "$service"
cp "$1/dontgoback-backup@.timer" "$folder/dontgoback-backup@core.timer"
grep -q "^ExecStart=$2 backup create --role=%i" "$service"

complaints=$(systemd-analyze verify "$service" "$folder/dontgoback-backup@core.timer" 2>&1 |
  grep "dontgoback-backup@core" || true)
[[ -z $complaints ]] || { echo "$complaints"; exit 1; }
systemd-analyze security --offline=true --threshold=26 "$service" | tail -1
help=$("$2" backup create --help; "$2" --help)
for option in $(sed -n 's/^ExecStart=[^ ]*//p' "$service" | grep -o -- '--[a-z]*'); do
  [[ $help == *"$option"* ]] || { echo "no option $option"; exit 1; }
done
