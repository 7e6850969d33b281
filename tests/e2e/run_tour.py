#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tour against real processes of its own: simulator, district server, an enrolled kiosk.

  run_tour.py --out DIR [--lang zh|en] [--size WxH] [--offline]

RIDERPORT_BIN and RIDERPORT_SOURCE say where programs and resources are. Exit code 77: a tool is missing.
"""
from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from touchdriver import Process, TourError, warn

HERE = Path(__file__).resolve().parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--size", default="1080x1920")
    parser.add_argument("--offline", action="store_true")
    given = parser.parse_args()
    source = Path(os.environ.get("RIDERPORT_SOURCE") or HERE.parents[1])
    programs = Path(os.environ.get("RIDERPORT_BIN") or source / "build/ci/bin")
    resources = source / "resources"
    work = Path(tempfile.mkdtemp(prefix="riderport-run-tour-"))
    started: list[Process] = []
    code = 1
    try:
        sim = Process("sim", [str(programs / "riderport-sim"), "upstream", "--listen", "127.0.0.1:0"], work)
        started.append(sim)
        control = sim.first_line()["control"]
        state = work / "district"
        district = Process("district", [str(programs / "riderport-district"), "--listen", "127.0.0.1:0", "--state",
                                        str(state), "--resources", str(resources), "--sample",
                                        str(resources / "sample"), "--upstreams", control, "--sms", control + "/sms"],
                           work)
        started.append(district)
        url = district.first_line(120)["url"]
        enrol = subprocess.run([programs / "riderportctl", "enrol-code", "--state", state, "--station", "ST01"],
                               capture_output=True, text=True, check=True, timeout=60).stdout.strip()
        command = [sys.executable, str(HERE / "tour.py"), "--district", url, "--sim", control, "--lang", given.lang,
                   "--size", given.size, "--out", given.out, "--district-pid", str(district.child.pid)]
        command += ["--offline"] if given.offline else []
        command += ["--", str(programs / "riderport-kiosk"), "--district", url, "--state", str(work / "kiosk"),
                    "--enrol", enrol, "--lang", given.lang, "--size", given.size, "--demo-data"]
        code = subprocess.run(command, timeout=560).returncode
    except (TourError, subprocess.SubprocessError, OSError) as error:
        warn(f"run_tour: {error}")
    for process in reversed(started):
        process.stop()
    if code == 1:
        warn(f"logs: {work}")
    else:
        shutil.rmtree(work)
    return code


if __name__ == "__main__":
    sys.exit(main())
