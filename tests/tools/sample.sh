#!/usr/bin/env bash
# Makes public/reports again: the sample's repositories from their definition, then a publication of each snapshot.
source "$(dirname "$0")/common.sh"
work=target/sample
cargo build --profile native --features publish --bin almanac
almanac="$target_folder/native/almanac"
rm -rf "$work"
mkdir -p target
"$almanac" sample tests/sample "$work/input" > "$work-snapshots.txt"
while read -r time configuration; do
  "$almanac" publish "$configuration" --output "$work/reports" --at "$time"
done < "$work-snapshots.txt"
"$almanac" verify "$work/reports"
rm -rf public/reports
cp -r "$work/reports" public/reports
