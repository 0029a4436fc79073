#!/usr/bin/env bash
# Installs what lacks, builds the dashboard, writes the texts, and measures the diff viewer against its peers in Chromium.
source "$(dirname "$0")/../../tests/tools/common.sh"
peers=benches/browser
made="$target_folder/peers"

tests/tools/install-packages.sh test
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || fail "Node.js is $(node --version), and what drives Chromium here needs 20 or newer: https://nodejs.org"
tests/tools/install-build-tools.sh
if [ ! -e "$peers/node_modules/.package-lock.json" ] || [ "$peers/package-lock.json" -nt "$peers/node_modules/.package-lock.json" ]; then
  npm ci --prefix "$peers" --no-audit --no-fund
fi
CHROMIUM=$(command -v chromium || command -v chromium-browser)
export CHROMIUM

tests/tools/build.sh / dist
cargo bench --quiet --features publish --bench diff -- --write-texts "$made/texts"
node tests/tools/large-site.mjs dist "$made/site" "$made/texts/drawn"
node "$peers/peers.mjs" "$made/site" "$made/texts" "$made/pages"
