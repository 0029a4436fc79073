#!/bin/sh
# Joins style/ into target/style.css, which index.html links: one request instead of one for each file.
# The order is the cascade's: the files of style/ itself, then components, then pages, each by name.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p target
cat style/*.css style/components/*.css style/pages/*.css > target/style.css
