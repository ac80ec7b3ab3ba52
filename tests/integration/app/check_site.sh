#!/bin/bash
# check_site.sh SITE: nginx takes the shipped site, with a certificate made for the moment.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=dontgoback.example \
  -keyout "$folder/privkey.pem" -out "$folder/fullchain.pem" 2>/dev/null
sed "s#/etc/letsencrypt/live/dontgoback.example#$folder#; s#listen \(\[::\]:\)\?\(443\|80\)#listen unix:$folder/\2#" "$1" |
  awk '!seen[$0]++ || !/listen/' > "$folder/site.conf"
printf 'pid %s/pid;\nerror_log stderr;\nevents {}\nhttp {\n  access_log off;\n  include %s/site.conf;\n}\n' "$folder" "$folder" \
  > "$folder/nginx.conf"
nginx -t -q -c "$folder/nginx.conf" -p "$folder"
