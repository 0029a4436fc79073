# Read by the other scripts here: where the project and its tools are, and how a lack is named.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Each version is written once, in the file of the tool that reads it.
trunk_version=$(sed -n 's/^trunk-version = "=\(.*\)"$/\1/p' Trunk.toml)
wasm_bindgen_version=$(sed -n 's/^wasm_bindgen = "\(.*\)"$/\1/p' Trunk.toml)
# Must fit the crate wasm_split_helpers in Cargo.lock, which marks where to cut.
wasm_split_version=0.2.4
rust_version=$(sed -n 's/^channel = "\(.*\)"$/\1/p' rust-toolchain.toml)

# Shared by all clones of one user, and apart from the user's own tools of other versions.
tool_cache="${XDG_CACHE_HOME:-$HOME/.cache}/almanac/tools"
trunk_folder="$tool_cache/trunk-$trunk_version"
wasm_bindgen_folder="$tool_cache/wasm-bindgen-$wasm_bindgen_version"
wasm_split_folder="$tool_cache/wasm-split-$wasm_split_version"
PATH="$PWD/node_modules/.bin:$trunk_folder/bin:$wasm_bindgen_folder/bin:$wasm_split_folder/bin:$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
# Debian keeps what administrators run, as nginx, where other users' PATH does not reach.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
export PATH

target_folder="${CARGO_TARGET_DIR:-target}"

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

lacking_packages=()
lacking_lines=()
beyond_apt=()

# need PROBE DEBIAN-PACKAGE WHERE-ELSE: notes what is lacking when the command PROBE fails. An empty package name means
# that apt does not have it.
need() {
  if ! eval "$1" >/dev/null 2>&1; then
    lacking_lines+=("  $3")
    if [ -n "$2" ]; then lacking_packages+=("$2"); else beyond_apt+=("  $3"); fi
  fi
}

# Installs everything that `need` noted with apt. What apt cannot install is named first, all of it at once.
install_lacking() {
  [ "${#lacking_lines[@]}" -gt 0 ] || return 0
  if ! has apt-get; then
    printf 'error: these are needed, and this system has no apt to install them with:\n' >&2
    printf '%s\n' "${lacking_lines[@]}" >&2
    exit 1
  fi
  if [ "${#beyond_apt[@]}" -gt 0 ]; then
    printf 'error: these are needed, and apt does not have them:\n' >&2
    printf '%s\n' "${beyond_apt[@]}" >&2
    exit 1
  fi
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || fail "install these as root, then run this again: apt-get install ${lacking_packages[*]}"
    as_root=(sudo)
  fi
  printf 'Installing Debian packages: %s\n' "${lacking_packages[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${lacking_packages[@]}"
}
