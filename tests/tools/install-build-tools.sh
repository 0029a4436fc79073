#!/usr/bin/env bash
# Installs the Rust toolchain, its wasm tools and the npm packages in the pinned versions, where they lack.
source "$(dirname "$0")/common.sh"

if has rustup; then
  # Explicit, since rustup may be told not to install what rust-toolchain.toml names.
  if ! rustup run "$rust_version" rustc --version >/dev/null 2>&1; then
    rustup toolchain install "$rust_version" --profile minimal
  fi
  installed=$(rustup component list --installed --toolchain "$rust_version")
  for component in clippy rustfmt rust-std-wasm32-unknown-unknown; do
    case "$installed" in
      *"$component"*) ;;
      *) case "$component" in
           rust-std-*) rustup target add --toolchain "$rust_version" "${component#rust-std-}" ;;
           *) rustup component add --toolchain "$rust_version" "$component" ;;
         esac ;;
    esac
  done
elif [ ! -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
  fail "this Rust has no wasm32-unknown-unknown target. Install rustup from https://rustup.rs, or your system's package of that target (Fedora: rust-std-static-wasm32-unknown-unknown)."
fi

# has_version PROGRAM VERSION: whether PATH leads to that program in that very version.
has_version() { has "$1" && "$1" --version 2>/dev/null | grep -qF "$2"; }

# install_crate CRATE VERSION FOLDER CARGO-INSTALL-ARGUMENTS...
install_crate() {
  local crate=$1 version=$2 folder=$3
  shift 3
  if cargo binstall -V >/dev/null 2>&1 && cargo binstall --no-confirm --root "$folder" "$crate@$version"; then
    return
  fi
  printf 'Building %s %s once for this user, which takes minutes\n' "$crate" "$version"
  # Outside the project, so that neither its profiles nor its toolchain file matter; the pinned Rust is named instead.
  (cd "$tool_cache" && RUSTUP_TOOLCHAIN="$rust_version" CARGO_TARGET_DIR="$folder/build" \
    cargo install "$crate" --version "$version" --root "$folder" "$@")
  rm -rf "$folder/build"
}

mkdir -p "$tool_cache"
if ! has_version wasm-bindgen "$wasm_bindgen_version"; then
  # Not --locked: the crate's own lock file names versions that no longer resolve.
  install_crate wasm-bindgen-cli "$wasm_bindgen_version" "$wasm_bindgen_folder"
fi
# It tells no version, so the folder that bears it stands for it.
if [ ! -x "$wasm_split_folder/bin/wasm-split-cli" ]; then
  install_crate wasm_split_cli_support "$wasm_split_version" "$wasm_split_folder" --locked --features build-binary
fi
if ! has_version trunk "$trunk_version"; then
  # Built for a short compile time; without its default features, which only download tools and check for news.
  CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    install_crate trunk "$trunk_version" "$trunk_folder" --locked --no-default-features
fi

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --include=dev --no-audit --no-fund
fi
