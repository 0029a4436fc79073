#!/usr/bin/env bash
# Installs what lacks, builds the dashboard, tells how long that took, and serves it on this machine.
source "$(dirname "$0")/common.sh"
source tests/tools/steps.sh

step 'System packages: install what lacks' tests/tools/install-packages.sh
step 'Build tools: install what lacks' tests/tools/install-build-tools.sh
step 'The page' tests/tools/build.sh
trap - EXIT
tell_steps
rm -f "$step_log"
exec node tests/tools/serve.mjs dist
