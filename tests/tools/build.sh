#!/usr/bin/env bash
# build.sh [BASE-PATH [FOLDER]]: builds the release app for hosting under BASE-PATH (/) into FOLDER (dist).
source "$(dirname "$0")/common.sh"
base=${1:-/}
folder=${2:-dist}
inputs=(src style public index.html Trunk.toml Cargo.toml Cargo.lock rust-toolchain.toml package-lock.json tests/tools/join-styles.sh tests/tools/split.mjs)

# The mark holds the base path of the last build. It stands outside the folder, which is published whole.
mark="$target_folder/built-$(printf '%s' "$folder" | tr -c 'A-Za-z0-9' '-')"
if [ -e "$mark" ] && [ "$(cat "$mark")" = "$base" ] && [ -e "$folder/404.html" ] && [ -z "$(find "${inputs[@]}" -newer "$mark" -print -quit)" ]; then
  printf 'Nothing changed since the last build of %s\n' "$folder"
  exit 0
fi

# Trunk reads NO_COLOR as true or false, where the convention is any value.
if [ -n "${NO_COLOR:-}" ]; then export NO_COLOR=true; fi
mkdir -p "$target_folder" "$folder"
printf '%s' "$base" > "$mark.started"
TRUNK_SKIP_VERSION_CHECK=true trunk build --release --public-url "$base" --dist "$folder"
mv "$mark.started" "$mark"
