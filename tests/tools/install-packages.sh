#!/usr/bin/env bash
# install-packages.sh [test]: installs the system's packages that building needs, with `test` those of the tests, too.
source "$(dirname "$0")/common.sh"

has_recent_node() { [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]; }

has_brotli_module() {
  nginx -V 2>&1 | grep -q brotli || ls /usr/lib*/nginx/modules/ngx_http_brotli_static_module.so
}

need 'has cargo' '' 'Rust: rustup, from https://rustup.rs'
need 'has cc' build-essential 'a C compiler (Fedora: gcc)'
need 'has_recent_node' nodejs 'Node.js 18 or newer, from https://nodejs.org'
need 'has npm' npm 'npm, which comes with Node.js'

if [ "${1:-}" = test ]; then
  need 'has chromium || has chromium-browser' chromium 'Chromium (Fedora: chromium)'
  need 'has chromedriver' chromium-driver 'ChromeDriver in the version of Chromium (Fedora: chromedriver)'
  need 'ls /usr/share/fonts/*/*' fonts-dejavu-core 'a font, for example DejaVu'
  need 'has nginx' nginx 'nginx'
  need 'has_brotli_module' libnginx-mod-http-brotli-static 'the brotli module of nginx (Fedora: nginx-mod-brotli)'
  # Rpm's own tools, and others that results are compared with.
  need 'has rpm' rpm 'rpm'
  need 'has createrepo_c' createrepo-c 'createrepo_c'
  need '/usr/bin/python3 -c "import rpm"' python3-rpm 'the Python module rpm (Fedora: python3-rpm)'
  need '/usr/bin/python3 -c "import createrepo_c"' python3-createrepo-c 'the Python module createrepo_c (Fedora: python3-createrepo_c)'
  need 'has abipkgdiff' abigail-tools 'abipkgdiff (Fedora: libabigail)'
  need 'has cpio' cpio 'cpio, by which abipkgdiff unpacks'
  need 'has git' git 'git'
  need 'has zstd' zstd 'zstd'
  need 'has xz' xz-utils 'xz'
fi

install_lacking
# An old distribution's package may be too old still.
has_recent_node || fail "Node.js is $(node --version), and 18 or newer is needed: https://nodejs.org"
