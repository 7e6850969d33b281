# SPDX-License-Identifier: Apache-2.0
# Starting, finding and stopping the demo's processes. Sourced after common.sh; the caller sets run_dir (pid files) and
# log_dir (one log for each process).
# shellcheck shell=bash
# shellcheck disable=SC2154 # run_dir and log_dir belong to the caller

# The start time of a process in clock ticks: with the pid it names one process for ever.
start_time_of() { sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# start NAME COMMAND…: in a session of its own, so that Ctrl-C reaches the script and not the process.
start() {
    local name=$1 pid
    shift
    setsid "$@" </dev/null >"$log_dir/$name.log" 2>"$log_dir/$name.err" &
    pid=$!
    disown "$pid"
    printf '%s %s\n' "$pid" "$(start_time_of "$pid")" >"$run_dir/$name.pid"
}

pid_of() {
    local pid started
    [[ -s $run_dir/$1.pid ]] || return 1
    read -r pid started <"$run_dir/$1.pid"
    [[ -n $started && $(start_time_of "$pid") == "$started" ]] || return 1
    echo "$pid"
}

is_running() { pid_of "$1" >/dev/null; }

# stop NAME: asks, waits ten seconds, and only then insists.
stop() {
    local name=$1 pid tries
    if pid=$(pid_of "$name"); then
        kill -TERM "$pid" 2>/dev/null || true
        for ((tries = 0; tries < 100; ++tries)); do
            is_running "$name" || break
            sleep 0.1
        done
        if is_running "$name"; then
            warn "$name did not stop by itself within 10 s"
            kill -KILL "$pid" 2>/dev/null || true
        fi
    fi
    rm -f "$run_dir/$name.pid"
}

show_failure() {
    warn "--- last lines of $log_dir/$1.log and .err"
    tail -n 15 "$log_dir/$1.log" "$log_dir/$1.err" >&2 2>/dev/null || true
}

# wait_ready NAME SECONDS: waits for the one line {"ready":true,…} on the standard output of NAME.
wait_ready() {
    local name=$1 limit=$(($2 * 10)) tries
    for ((tries = 0; tries < limit; ++tries)); do
        if [[ -n $(ready_line "$name") ]]; then
            return 0
        fi
        if ! is_running "$name"; then
            show_failure "$name"
            die "$name ended before it was ready"
        fi
        sleep 0.1
    done
    show_failure "$name"
    die "$name was not ready after $2 s"
}

ready_line() { grep -m1 -E '^\{.*"ready": ?true' "$log_dir/$1.log" 2>/dev/null || true; }

# ready_field NAME KEY[.KEY]: a string of the ready line; empty when it is not there.
ready_field() {
    ready_line "$1" | python3 -c '
import json, sys
value = json.load(sys.stdin)
for key in sys.argv[1].split("."):
    value = value.get(key, "") if isinstance(value, dict) else ""
print(value if isinstance(value, str) else json.dumps(value))' "$2"
}
