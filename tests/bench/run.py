#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every test with the label `bench` and collects its figures:  run.py --build-dir DIR [--json FILE]

A benchmark prints each figure as one JSON object on a line of its own:
  {"name": "sync.first.10k", "ours": 1.9, "peer": 1.2, "unit": "s", "budget": 2.0, "ok": true}
name is required; ours is the measured number, peer what it is compared with (absent: an absolute figure). budget and ok
may be left to budgets.json beside this file, {"name": {"ratio"|"ours": LIMIT, "better": "lower"|"higher"}}: a limit on
ours/peer or on ours itself, which also says which figures have to be there.
The exit code speaks of programs that failed to run and of nothing else; a missed budget,
and a budget nobody measured, are marked in the table and in the file."""
import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def benchmarks(build_dir: str, pattern: str) -> list[dict]:
    listing = subprocess.run(["ctest", "--test-dir", build_dir, "-L", "^bench$", "--show-only=json-v1"],
                             capture_output=True, text=True, check=True).stdout
    found = []
    for test in json.loads(listing)["tests"]:
        properties = {entry["name"]: entry["value"] for entry in test.get("properties", [])}
        if re.search(pattern, test["name"]):
            found.append({"name": test["name"], "command": test.get("command", []),
                          "environment": properties.get("ENVIRONMENT", []),
                          "timeout": float(properties.get("TIMEOUT", 1800)),
                          "folder": properties.get("WORKING_DIRECTORY", "."),
                          "skip": int(properties.get("SKIP_RETURN_CODE", 77))})
    return found


def run(benchmark: dict) -> tuple[list[dict], str | None]:
    """The figures of one program, and what went wrong, if anything ("skipped: …" is not an error)."""
    if not benchmark["command"]:
        return [], "has no program (not built?)"
    environment = dict(os.environ)
    environment.update(entry.split("=", 1) for entry in benchmark["environment"])
    try:
        done = subprocess.run(benchmark["command"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace", env=environment,
                              cwd=benchmark["folder"], timeout=benchmark["timeout"], check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return [], str(error)
    try:
        lines = [line.strip() for line in done.stdout.splitlines() if re.match(r'\s*\{\s*"', line)]
        figures = [figure for figure in map(json.loads, lines) if "name" in figure]
    except ValueError as error:
        return [], f"printed a figure that is not JSON: {error}"
    if done.returncode == benchmark["skip"]:
        return figures, "skipped: " + (done.stdout.strip().splitlines() or ["no reason given"])[-1]
    if done.returncode:
        return figures, f"exit code {done.returncode}\n{done.stdout[-3000:]}"
    return figures, None if figures else "printed no figure"


def judge(figure: dict, budgets: dict) -> dict:
    """One object per figure: name, ours, peer, ratio, budget, ok (and unit). ok is null where there is no limit."""
    ours, peer = figure.get("ours"), figure.get("peer")
    limit = budgets.get(figure["name"], {})
    ratio = ours / peer if ours is not None and peer else figure.get("ratio")
    if not limit:
        return {"name": figure["name"], "ours": ours, "peer": peer, "ratio": ratio, "budget": figure.get("budget"),
                "ok": figure.get("ok"), "unit": figure.get("unit", "")}
    kind = "ratio" if "ratio" in limit else "ours"
    budget, value, ok = limit.get(kind), ratio if kind == "ratio" else ours, None
    if budget is not None:
        higher = limit.get("better", "lower") == "higher"
        ok = value is not None and (value >= budget if higher else value <= budget)
    return {"name": figure["name"], "ours": ours, "peer": peer, "ratio": ratio, "budget": budget,
            "ok": ok, "unit": figure.get("unit", "")}


def table(rows: list[dict]) -> str:
    def number(value):
        return "–" if value is None else f"{value:.4g}"
    lines = [("figure", "ours", "peer", "ratio", "budget", "")]
    for row in rows:
        mark = {True: "ok", False: "MISSED", None: "no budget"}[row["ok"]]
        if row["ours"] is None:
            mark = "NOT MEASURED"
        lines.append((row["name"], f"{number(row['ours'])} {row['unit']}".strip(), number(row["peer"]),
                      number(row["ratio"]), number(row["budget"]), mark))
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build-dir", required=True)
    parser.add_argument("--json", type=Path)
    parser.add_argument("-R", "--regex", default="", help="only the benchmarks whose name matches")
    parser.add_argument("--budgets", type=Path, default=HERE / "budgets.json")
    options = parser.parse_args()
    budgets = json.loads(options.budgets.read_text(encoding="utf-8"))
    figures, passed, failed, skipped = [], 0, 0, 0
    for benchmark in benchmarks(options.build_dir, options.regex):
        start = time.monotonic()
        measured, problem = run(benchmark)
        figures += measured
        print(f"{benchmark['name']}: {len(measured)} figures, {time.monotonic() - start:.0f} s"
              + (f", {problem}" if problem else ""), flush=True)
        if problem is None:
            passed += 1
        elif problem.startswith("skipped: "):
            skipped += 1
        else:
            failed += 1
    measured_names = {figure["name"] for figure in figures}
    if not options.regex:
        figures += [{"name": name} for name in budgets if name not in measured_names]
    rows = [judge(figure, budgets) for figure in figures]
    print("\n" + table(rows) + "\n")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"budgets: {sum(row['ok'] is True for row in rows)} kept, {sum(row['ok'] is False for row in rows)} not")
    if passed + failed == 0:
        print("FAILED: no benchmark ran")
        failed = 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
