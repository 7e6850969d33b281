# SPDX-License-Identifier: Apache-2.0
# Shared by demo, install-packages and tests/run. Sourced, never run; the caller sets `set -euo pipefail`.
# shellcheck shell=bash

riderport_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
die() {
    warn "error: $*"
    exit 1
}

# step TEXT: a line with the seconds since the script began, so that long runs show where the time goes.
step() { printf '[%4ds] %s\n' "$SECONDS" "$*"; }

cores() { nproc 2>/dev/null || echo 2; }

# progress LABEL TOTAL_WORD: copies standard input to file descriptor 4 and shows every whole tenth of Ninja's
# "[done/total]" counter.
ninja_progress() {
    local label=$1 line shown=-1 done_count total tenth
    while IFS= read -r line; do
        printf '%s\n' "$line" >&4
        if [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
            done_count=${BASH_REMATCH[1]}
            total=${BASH_REMATCH[2]}
            tenth=$((done_count * 10 / total))
            if ((tenth != shown)); then
                shown=$tenth
                step "$label: $done_count of $total steps"
            fi
        fi
    done
}

# configure_and_build PRESET [TARGET…]: quiet unless something goes wrong; the whole output is kept beside the build.
configure_and_build() {
    local preset=$1
    shift
    local dir="$riderport_root/build/$preset"
    local targets=()
    if (($# > 0)); then
        targets=(--target "$@")
    fi
    mkdir -p "$dir"
    export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$riderport_root}"
    step "configure preset $preset"
    if ! (cd "$riderport_root" && cmake --preset "$preset") >"$dir/configure.log" 2>&1; then
        tail -n 40 "$dir/configure.log" >&2
        die "cmake --preset $preset failed; all of it is in $dir/configure.log"
    fi
    step "build preset $preset on $(cores) cores (a first build takes minutes)"
    local failed=0
    (cd "$riderport_root" && cmake --build "build/$preset" --parallel "$(cores)" "${targets[@]}" 2>&1) |
        ninja_progress "build" 4>"$dir/build.log" || failed=1
    if ((failed)); then
        grep -nE 'error:|FAILED:|undefined reference|ninja: ' "$dir/build.log" | head -n 40 >&2 || true
        die "build failed; all of it is in $dir/build.log"
    fi
    step "build finished"
}
