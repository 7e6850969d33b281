#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast and how small the kiosk is, beside a bare Qt Quick window and beside a browser in kiosk mode.

Runs everything for real: a virtual X server, the district server and the simulator with sample data, an enrolled kiosk
with a warm cache, Chromium showing the same home page. An outside probe watches single pixels and makes real button events.
Prints one JSON object per figure; wall times are medians of interleaved runs, so that a noisy machine hits both."""
import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import x11probe  # noqa: E402

SOURCE = Path(os.environ.get("RIDERPORT_SOURCE", HERE.parents[2]))
NAVY = "#0b2447"
SIZE = (1080, 1920)
HEADER = (8, 8)


def figure(name: str, ours: float, peer: float | None, unit: str) -> None:
    print(json.dumps({"name": name, "ours": ours, "peer": peer, "unit": unit}), flush=True)


class Machine:
    """Xvfb, simulator, district and one enrolled kiosk state, all in one temporary folder."""

    def __init__(self, binaries: Path):
        self.bin = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="riderport-bench-"))
        self.processes: list[subprocess.Popen] = []
        read, write = os.pipe()
        self.start(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"],
                   pass_fds=[write], stdout=subprocess.DEVNULL)
        os.close(write)
        self.display_name = ":" + os.read(read, 16).decode().strip()
        os.close(read)
        self.environment = {**os.environ, "DISPLAY": self.display_name, "QT_QPA_PLATFORM": "xcb",
                            "QT_QUICK_BACKEND": "software", "RIDERPORT_UI_MAP": str(self.folder / "map.json")}
        sim = self.ready(["riderport-sim", "upstream", "--listen", "127.0.0.1:0"])
        district = self.ready(["riderport-district", "--listen", "127.0.0.1:0", "--state",
                               str(self.folder / "district"), "--resources", str(SOURCE / "resources"), "--sample",
                               str(SOURCE / "resources/sample"), "--upstreams", sim["control"], "--sms", sim["sms"]])
        code = subprocess.run([self.bin / "riderportctl", "enrol-code", "--state", str(self.folder / "district"),
                               "--station", "ST01"],
                              capture_output=True, text=True, check=True).stdout.split()[-1]
        self.kiosk = [str(self.bin / "riderport-kiosk"), "--district", district["url"], "--state",
                      str(self.folder / "kiosk"), "--size", f"{SIZE[0]}x{SIZE[1]}", "--camera", "none"]
        first = self.start(self.kiosk + ["--enrol", code], stdout=subprocess.DEVNULL)
        self.wait_until(lambda: "attract." in json.dumps(self.map()), 60, "the first start")
        time.sleep(5)  # the first load of the cache goes on behind the first picture
        self.stop(first)
        self.probe = x11probe.Display(self.display_name)

    def start(self, command, **options) -> subprocess.Popen:
        environment = options.pop("env", getattr(self, "environment", None))
        process = subprocess.Popen(command, stderr=open(self.folder / "log", "ab"), env=environment,
                                   start_new_session=True, **options)
        self.processes.append(process)
        return process

    def ready(self, command) -> dict:
        process = self.start([str(self.bin / command[0]), *command[1:]], stdout=subprocess.PIPE, text=True)
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{command[0]} did not start; log: {(self.folder / 'log').read_text()[-2000:]}")
        return json.loads(line)

    def map(self) -> dict:
        try:
            return json.loads((self.folder / "map.json").read_text())
        except (OSError, ValueError):
            return {}

    def wait_until(self, condition, seconds: float, what: str) -> None:
        limit = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > limit:
                raise RuntimeError(f"{what} took more than {seconds} s; map: {json.dumps(self.map())[:500]}")
            time.sleep(0.02)

    def stop(self, process: subprocess.Popen) -> None:
        try:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        except ProcessLookupError:
            process.wait()
        self.processes.remove(process)

    def close(self) -> None:
        for process in reversed(self.processes[:]):
            self.stop(process)
        shutil.rmtree(self.folder, ignore_errors=True)


def chromium_command(machine: Machine) -> list[str] | None:
    browser = shutil.which("chromium")
    if not browser:
        return None
    profile = machine.folder / "chromium"
    return [browser, "--kiosk", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
            "--disable-features=Translate", "--force-device-scale-factor=1", "--window-position=0,0",
            f"--window-size={SIZE[0]},{SIZE[1]}", f"--user-data-dir={profile}", f"file://{HERE}/home.html"]


def tree(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, queue = [], [pid]
    while queue:
        one = queue.pop()
        found.append(one)
        queue += children.get(one, [])
    return found


def pss_kib(pid: int) -> int:
    total = 0
    for one in tree(pid):
        try:
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue
    return total


def cpu_seconds(pid: int) -> float:
    total = 0.0
    for one in tree(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def start_and_time(machine: Machine, command: list[str]) -> tuple[float, subprocess.Popen]:
    """Seconds from spawn until the header's colour is on the screen."""
    machine.wait_until(lambda: machine.probe.colour(*HEADER) != NAVY, 20, "an empty screen")
    begun = time.perf_counter()
    process = machine.start(command, stdout=subprocess.DEVNULL)
    seen = machine.probe.wait_for(*HEADER, lambda colour: colour == NAVY, 60)
    if seen is None:
        raise RuntimeError(f"{command[0]} never showed its header")
    return seen - begun, process


def measure_start(machine: Machine, bare: str, rounds: int) -> None:
    browser = chromium_command(machine)
    times: dict[str, list[float]] = {"kiosk": [], "bare": [], "chromium": []}
    memory: dict[str, list[int]] = {"kiosk": [], "chromium": []}
    commands = {"kiosk": machine.kiosk, "bare": [bare], "chromium": browser}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            if command is None:
                continue
            seconds, process = start_and_time(machine, command)
            if turn > 0:  # the first turn warms page cache and browser profile for all three
                times[name].append(seconds * 1000)
            if name in memory and turn > 0:
                time.sleep(2)
                memory[name].append(pss_kib(process.pid))
            machine.stop(process)
    kiosk = statistics.median(times["kiosk"])
    figure("start.vs-bare-window", kiosk, statistics.median(times["bare"]), "ms")
    if browser:
        figure("start.vs-chromium", kiosk, statistics.median(times["chromium"]), "ms")
        figure("pss.vs-chromium", statistics.median(memory["kiosk"]) / 1024,
               statistics.median(memory["chromium"]) / 1024, "MiB")
    else:
        print("chromium is not installed: no browser figures", flush=True)


def centre(machine: Machine, name: str) -> tuple[int, int]:
    def rect():
        return machine.map().get("items", {}).get(name)
    machine.wait_until(lambda: rect() is not None, 20, f"{name} on the screen")
    x, y, w, h = rect()["rect"]
    return int(x + w / 2), int(y + h / 2)


def touch_changes(machine: Machine, x: int, y: int) -> float:
    """Milliseconds from button down to the first changed pixel around the finger."""
    machine.probe.move(x, y)
    area = (max(0, x - 40), max(0, y - 40), 80, 80)
    time.sleep(0.3)
    before = machine.probe.pixels(*area)
    begun = time.perf_counter()
    machine.probe.button(True)
    while machine.probe.pixels(*area) == before:
        if time.perf_counter() - begun > 5:
            raise RuntimeError("a touch changed nothing")
    return (time.perf_counter() - begun) * 1000


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def measure_touch(machine: Machine, rounds: int) -> None:
    process = machine.start(machine.kiosk, stdout=subprocess.DEVNULL)
    machine.wait_until(lambda: machine.probe.colour(*HEADER) == NAVY, 30, "the kiosk's first picture")
    time.sleep(1)
    machine.probe.move(540, 1000)
    machine.probe.button(True)
    machine.probe.button(False)
    tile = centre(machine, "home.tile.S02")
    presses, pushes = [], []
    for _ in range(rounds):
        presses.append(touch_changes(machine, *tile))
        page = (540, 300, 400, 60)
        before = machine.probe.pixels(*page)
        begun = time.perf_counter()
        machine.probe.button(False)
        while machine.probe.pixels(*page) == before:
            if time.perf_counter() - begun > 5:
                raise RuntimeError("the page never came")
        pushes.append((time.perf_counter() - begun) * 1000)
        home = centre(machine, "shell.home")
        time.sleep(0.4)
        machine.probe.move(*home)
        machine.probe.button(True)
        machine.probe.button(False)
        tile = centre(machine, "home.tile.S02")
        time.sleep(0.4)
    figure("touch.first-changed-frame.p99", percentile(presses, 0.99), None, "ms")
    figure("page.push.max", max(pushes), None, "ms")
    begun, before = time.monotonic(), cpu_seconds(process.pid)
    time.sleep(10)
    figure("idle.home.core-share", (cpu_seconds(process.pid) - before) / (time.monotonic() - begun) * 100, None, "%")
    machine.stop(process)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bare", required=True, help="the bare window program")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--touches", type=int, default=60)
    options = parser.parse_args()
    binaries = Path(os.environ["RIDERPORT_BIN"])
    if not shutil.which("Xvfb"):
        print("Xvfb is not installed")
        return 77
    machine = Machine(binaries)
    try:
        measure_start(machine, options.bare, options.rounds)
        measure_touch(machine, options.touches)
    finally:
        machine.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
