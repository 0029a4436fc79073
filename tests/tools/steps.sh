# Read by test.sh and serve.sh: runs named steps, stops at the first that fails, and closes with a table of them.
step_titles=()
step_seconds=()
step_running=""
step_log=$(mktemp)

# step TITLE COMMAND...: prints a heading, runs the command and notes how long it took.
step() {
  step_running=$1
  shift
  printf '\n== %s ==\n' "$step_running"
  step_started=$SECONDS
  "$@" 2>&1 | tee -a "$step_log"
  step_titles+=("$step_running")
  step_seconds+=($((SECONDS - step_started)))
  step_running=""
}

# What each step took.
tell_steps() {
  local index
  printf '\n%8s  %s\n' seconds step
  for index in "${!step_titles[@]}"; do
    printf '%8d  %s\n' "${step_seconds[$index]}" "${step_titles[$index]}"
  done
  if [ -n "$step_running" ]; then
    printf '%8d  %s: failed\n' $((SECONDS - step_started)) "$step_running"
  fi
  printf '%8d  in all\n' "$SECONDS"
}

# The table, and cargo's test counts added up; on the way out, so that a failed run has them, too.
close_steps() {
  local status=$?
  tell_steps
  sed 's/\x1b\[[0-9;]*m//g' "$step_log" | awk '
    /^test result: / { for (i = 2; i <= NF; i++) { if ($i == "passed;") passed += $(i-1); if ($i == "failed;") failed += $(i-1) } seen = 1 }
    END { if (seen) printf "\n%d passed, %d failed\n", passed, failed }'
  rm -f "$step_log"
  exit "$status"
}
trap close_steps EXIT
if [ -t 1 ]; then export CARGO_TERM_COLOR=always; fi
