#!/usr/bin/env bash
# Installs what lacks and runs everything that must hold before a change is published. `test.sh check` stops after the lints.
source "$(dirname "$0")/common.sh"
source tests/tools/steps.sh

packages=(test)
if [ "${1:-}" = check ]; then packages=(); fi
hosted=$PWD/target/hosted
export ALMANAC_HOSTED_ROOT="$hosted/root"
export ALMANAC_HOSTED_SUBPATH="$hosted/subpath"
export ALMANAC_HOSTED_LARGE="$hosted/large"
export ALMANAC_SCREENSHOTS="${ALMANAC_SCREENSHOTS:-$PWD/target/screenshots}"

step "System packages: install what lacks" tests/tools/install-packages.sh "${packages[@]}"
step 'Build tools: install what lacks' tests/tools/install-build-tools.sh
step 'Formatting' cargo fmt --check
step 'Lints of the core' cargo clippy --no-default-features --all-targets -- -D warnings
step 'Lints of the publishing command' cargo clippy --features publish --all-targets -- -D warnings
step 'Lints of the page' cargo clippy --features app --target wasm32-unknown-unknown --lib --bin app -- -D warnings
step 'Lints of the worker' cargo clippy --no-default-features --features worker --target wasm32-unknown-unknown --bin diff-worker -- -D warnings
step 'Lints of the browser tests' cargo clippy --features browser-tests --test browser -- -D warnings
if [ "${1:-}" = check ]; then exit 0; fi

step 'Tests of the core' cargo test --no-default-features
# With the instructions that the worker is built with.
step 'Laws of comparing texts in WebAssembly' env RUSTFLAGS='-C target-feature=+simd128' cargo test --target wasm32-unknown-unknown --no-default-features --test diff_laws
step 'Tests of the publishing command' cargo test --features publish
step 'The page, built for /' tests/tools/build.sh / dist
step 'The page, built for /almanac/' tests/tools/build.sh /almanac/ "$ALMANAC_HOSTED_SUBPATH/almanac"
step 'Precompressed files for hosting' node tests/tools/precompress.mjs dist "$ALMANAC_HOSTED_ROOT"
step 'The page with a text of 100,000 lines' node tests/tools/large-site.mjs dist "$ALMANAC_HOSTED_LARGE"
step 'Tests in a browser' cargo test --features browser-tests --test browser -- --test-threads=2
