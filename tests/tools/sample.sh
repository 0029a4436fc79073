#!/usr/bin/env bash
# Makes public/reports again: the sample's repositories from their definition, then a publication of each snapshot. With a number of
# days it makes daily snapshots of so many days up to the newest instead, in target/sample-daily/reports: 3653 are ten years.
source "$(dirname "$0")/common.sh"
days=${1:-}
work=target/sample${days:+-daily}
cargo build --profile native --features publish --bin almanac
almanac="$target_folder/native/almanac"
rm -rf "$work"
mkdir -p target
"$almanac" sample tests/sample "$work/input" > "$work-snapshots.txt"
if [ -n "$days" ]; then
  newest=$(tail -n 1 "$work-snapshots.txt" | cut -d ' ' -f 1)
  for ((day = days - 1; day >= 0; day--)); do
    at=$(date --utc --date "$newest - $day days" +%FT%TZ)
    # One at a time: the repositories of ten years would fill a disk.
    rm -rf "$work/input"
    "$almanac" sample tests/sample "$work/input" --at "$at" > "$work-snapshots.txt"
    read -r time configuration < "$work-snapshots.txt"
    "$almanac" publish "$configuration" --output "$work/reports" --at "$time"
  done
  "$almanac" verify "$work/reports"
  exit
fi
while read -r time configuration; do
  "$almanac" publish "$configuration" --output "$work/reports" --at "$time"
done < "$work-snapshots.txt"
"$almanac" verify "$work/reports"
rm -rf public/reports
cp -r "$work/reports" public/reports
