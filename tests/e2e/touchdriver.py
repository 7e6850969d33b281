# SPDX-License-Identifier: Apache-2.0
"""A finger for tests: starts a kiosk on an X display, touches it with real input events, takes pictures.

Positions come from the map that development builds write (RIDERPORT_UI_MAP): objectName → rectangle.
"""
from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path


class TourError(Exception):
    """Something did not happen as it must."""


class Process:
    """A child with its output in files; ended by its own id only."""

    def __init__(self, name: str, command: list[str], log_dir: Path, env: dict | None = None):
        self.name = name
        self.stdout_path = log_dir / f"{name}.out"
        self.stderr_path = log_dir / f"{name}.err"
        self.child = subprocess.Popen(command, stdout=self.stdout_path.open("ab"), stderr=self.stderr_path.open("ab"),
                                      stdin=subprocess.DEVNULL, env=env, start_new_session=True)

    def running(self) -> bool:
        return self.child.poll() is None

    def first_line(self, seconds: float = 60) -> dict:
        """The JSON line by which our programs say that they are ready."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            text = self.stdout_path.read_text(errors="replace")
            if "\n" in text:
                return json.loads(text.split("\n")[0])
            if not self.running():
                break
            time.sleep(0.05)
        raise TourError(f"{self.name} did not become ready:\n{self.stderr_path.read_text(errors='replace')[-2000:]}")

    def stop(self, seconds: float = 20) -> int:
        if self.running():
            self.child.send_signal(signal.SIGTERM)
            try:
                self.child.wait(seconds)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
                raise TourError(f"{self.name} did not end on SIGTERM") from None
        return self.child.returncode


class VirtualDisplay:
    def __init__(self, size: str, log_dir: Path):
        self.process = Process("display", ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp",
                                           "-dpi", "96"], log_dir)
        self.name = f":{self.process.first_line()}"

    def stop(self) -> None:
        self.process.stop()


class Screen:
    """What the kiosk shows, and a finger on it."""

    def __init__(self, display: str, map_file: Path, out: Path, size: str):
        self.env = dict(os.environ, DISPLAY=display)
        self.map_file = map_file
        self.out = out
        self.size = size
        self.number = 0
        self.kiosk: Process | None = None

    def now(self) -> dict:
        try:
            return json.loads(self.map_file.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {"page": "", "items": {}}

    def names(self) -> list[str]:
        return sorted(self.now()["items"])

    def shows(self, name: str) -> bool:
        return name in self.now()["items"]

    def text(self, name: str) -> str:
        return self.now()["items"].get(name, {}).get("text", "")

    def wait(self, what: str, ready, seconds: float = 30):
        """Until ready(map) is true; returns what it returned."""
        end = time.monotonic() + seconds
        while True:
            state = self.now()
            value = ready(state)
            if value:
                return value
            if self.kiosk and not self.kiosk.running():
                raise TourError(f"the kiosk ended while waiting for {what}")
            if time.monotonic() > end:
                raise TourError(f"no {what} within {seconds:.0f} s; page {state['page']}, seen: {sorted(state['items'])}")
            time.sleep(0.05)

    def wait_for(self, *names: str, seconds: float = 30) -> str:
        """Until one of the names is on the screen; says which."""
        return self.wait(" or ".join(names), lambda m: next((n for n in names if n in m["items"]), None), seconds)

    def wait_page(self, page: str, seconds: float = 30) -> None:
        self.wait(f"page {page}", lambda m: m["page"] == page, seconds)

    def wait_gone(self, name: str, seconds: float = 30) -> None:
        self.wait(f"end of {name}", lambda m: m["items"] and name not in m["items"], seconds)

    def _settled(self, name: str) -> list[float]:
        """Where it is, once it has stopped moving."""
        last = None
        for _ in range(100):
            item = self.now()["items"].get(name)
            rect = item["rect"] if item and item["enabled"] else None
            if rect and rect == last:
                return rect
            last = rect
            time.sleep(0.12)
        raise TourError(f"{name} cannot be touched; seen: {self.names()}")

    def tap(self, name: str) -> None:
        self.wait_for(name)
        x, y, w, h = self._settled(name)
        self.tap_at(x + w / 2, y + h / 2)

    def tap_at(self, x: float, y: float) -> None:
        subprocess.run(["xdotool", "mousemove", str(round(x)), str(round(y)), "click", "1"], env=self.env, check=True,
                       timeout=20)

    def reach(self, name: str) -> None:
        """Scrolls by the page's own buttons until the name is there."""
        for _ in range(12):
            if self.shows(name):
                return
            item = self.now()["items"].get("page.scrollDown")
            if not item or not item["enabled"]:
                break
            self.tap("page.scrollDown")
            time.sleep(0.4)
        self.wait_for(name, seconds=5)

    def picture(self, name: str) -> Path:
        self.number += 1
        path = self.out / f"{self.number:02d}-{name}.png"
        time.sleep(0.35)  # let what moves come to rest, for the eye only
        subprocess.run(["import", "-window", "root", str(path)], env=self.env, check=True, timeout=60)
        seen = subprocess.run(["identify", "-format", "%wx%h %k", str(path)], capture_output=True, text=True, timeout=60,
                              check=True).stdout.split()
        if seen[0] != self.size or int(seen[1]) < 8:
            raise TourError(f"picture {path.name} is {seen[0]} with {seen[1]} colours")
        print(f"  {path.name}", flush=True)
        return path

    def read_qr(self, name: str, qrscan: str) -> str:
        """Reads a code off the screen as a phone would."""
        x, y, w, h = self._settled(name)
        shot = self.out / ".qr.png"
        margin = 12
        subprocess.run(["import", "-window", "root", "-crop",
                        f"{round(w) + 2 * margin}x{round(h) + 2 * margin}+{max(0, round(x) - margin)}+{max(0, round(y) - margin)}",
                        "+repage", str(shot)], env=self.env, check=True, timeout=60)
        line = subprocess.run([qrscan, str(shot)], capture_output=True, text=True, timeout=60).stdout.strip()
        shot.unlink(missing_ok=True)
        text = line.split("\t")[-1] if "\t" in line else ""
        if not text:
            raise TourError(f"the code {name} on the screen cannot be read: {line!r}")
        return text


def find_traces(folders: list[Path], canaries: dict[str, str | re.Pattern]) -> list[str]:
    """Canaries in any file below the folders, as text in UTF-8 or UTF-16."""
    found = []
    for folder in folders:
        files = [folder] if folder.is_file() else [p for p in sorted(folder.rglob("*")) if p.is_file()]
        for file in files:
            data = file.read_bytes()
            for name, canary in canaries.items():
                if isinstance(canary, re.Pattern):
                    hit = canary.search(data)
                else:
                    hit = canary.encode() in data or canary.encode("utf-16-le") in data
                if hit:
                    found.append(f"{name} in {file}")
    return found


def warn(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
