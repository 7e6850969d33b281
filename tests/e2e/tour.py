#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A visit to the kiosk with real input events, numbered pictures of every step, and a check at each.

  tour.py --district URL --sim CONTROL_URL [--display :N] [--lang zh|en] [--size WxH] --out DIR
          [--offline] [--district-pid PID] -- <kiosk command…>

Without --display it makes a virtual one. Exit codes: 0 everything as it must be, 1 not, 77 a tool is missing.
"""
from __future__ import annotations

import argparse
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tty
import urllib.parse
import urllib.request
from pathlib import Path

from touchdriver import Process, Screen, TourError, VirtualDisplay, find_traces, warn

HERE = Path(__file__).resolve().parent
WORKER = 7  # of the sample workers that are in arrears: the result shows everything there is
# Visits of a machine are slower than those of people; the warnings come sooner than in the field.
SETTINGS = "[session]\nguest_idle_s = 600\nactive_idle_s = 40\nform_idle_s = 60\nwarning_s = 25\n"


class Tour:
    def __init__(self, given: argparse.Namespace, work: Path):
        self.given = given
        self.work = work
        self.out = Path(given.out).resolve()
        self.out.mkdir(parents=True, exist_ok=True)
        self.bin = Path(os.environ.get("RIDERPORT_BIN") or Path(given.kiosk[0]).resolve().parent)
        self.display = None if given.display else VirtualDisplay(given.size, work)
        self.screen = Screen(given.display or self.display.name, work / "map.json", self.out, given.size)
        self.film = work / "code.mkv"
        self.scanner, scanner_end = pty.openpty()
        tty.setraw(self.scanner)
        tty.setraw(scanner_end)
        self.scanner_path = os.ttyname(scanner_end)
        self.scanner_end = scanner_end
        self.kiosk: Process | None = None
        self.district: Process | None = None
        self.secrets: set[str] = set()

    # --- parts around the kiosk

    def start_kiosk(self) -> None:
        settings = self.work / "tour.conf"
        settings.write_text(SETTINGS)
        command = [*self.given.kiosk, "--config", str(settings), "--scanner", f"serial:{self.scanner_path}",
                   "--camera", f"video:{self.film}"]
        env = dict(self.screen.env, RIDERPORT_UI_MAP=str(self.screen.map_file), QT_QPA_PLATFORM="xcb",
                   QT_QUICK_BACKEND="software")
        env.setdefault("XDG_RUNTIME_DIR", str(self.work))
        self.kiosk = Process("kiosk", command, self.work, env)
        self.screen.kiosk = self.kiosk
        ready = self.kiosk.first_line()
        if ready.get("ready") is not True:
            raise TourError(f"the kiosk said {ready}")

    def phone(self, *arguments: str, seconds: float = 180) -> list[dict]:
        command = ["node", str(HERE / "phone_driver.mjs"), *arguments, "--worker", str(WORKER), "--lang", self.given.lang,
                   "--sms", self.given.sim.rstrip("/") + "/sms", "--profile", str(self.work / "phone"),
                   "--out", str(self.out / "phone" / arguments[0])]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
        if done.returncode != 0:
            raise TourError(f"phone {arguments[0]}: exit {done.returncode}\n{done.stdout}\n{done.stderr[-2000:]}")
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def rolling_code(self, *, film: bool) -> str:
        more = ["--record", str(self.film), "--seconds", "6"] if film else ["--seconds", "1"]
        lines = self.phone("my-code", "--url", self.given.district, "--station", "ST01", *more)
        codes = next(line["codes"] for line in lines if line.get("result") == "done")
        self.secrets.update(codes)
        return codes[-1]

    def person(self) -> dict:
        program = self.bin / "riderport-sample-person"
        return json.loads(subprocess.run([program, str(WORKER)], capture_output=True, text=True, check=True).stdout)

    def metrics(self) -> str:
        with urllib.request.urlopen(self.given.district.rstrip("/") + "/metrics", timeout=10) as reply:
            return reply.read().decode()

    def stop_district(self) -> list[str]:
        pid = self.given.district_pid
        command = [part.decode() for part in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[:-1]]
        os.kill(pid, signal.SIGTERM)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
                    if stat.read().rsplit(")", 1)[1].split()[0] == "Z":
                        return command  # its parent has not looked yet
            except FileNotFoundError:
                return command
            time.sleep(0.1)
        raise TourError("the district server did not end on SIGTERM")

    def restart_district(self, command: list[str]) -> None:
        address = urllib.parse.urlsplit(self.given.district).netloc
        where = command.index("--listen") + 1
        self.district = Process("district", [*command[:where], address, *command[where + 1:]], self.work)
        self.district.first_line(120)

    # --- the visit

    def log_in_by_ticket(self) -> None:
        url = self.screen.wait("a ticket", lambda m: "login.qr" in m["items"] and m["items"].get("login.matchCode"))
        match = re.search(r"\d\d", url["text"])
        if not match:
            raise TourError(f"no match code on the screen: {url['text']!r}")
        ticket = self.screen.read_qr("login.qr", str(self.bin / "riderport-qrscan"))
        if "/l/" not in ticket:
            raise TourError(f"the code on the screen is no ticket: {ticket}")
        said = self.phone("confirm-ticket", ticket, "--match", match.group())
        if said[-1]["result"] != "confirmed":
            raise TourError(f"the phone said {said}")

    def log_out(self, name: str) -> None:
        self.screen.tap("shell.logout")
        self.screen.wait("the end of the session", lambda m: m["page"] in ("Home", "Attract")
                         and "shell.logout" not in m["items"] or m["page"] == "Attract")
        if self.screen.now()["page"] == "Attract":
            self.first_touch()
        self.screen.wait_page("Home")
        left = [n for n in self.screen.names() if n.startswith("service.")]
        if left:
            raise TourError(f"after the log-out there is still {left}")
        self.screen.picture(name)

    def first_touch(self) -> None:
        width, height = map(int, self.given.size.split("x"))
        self.screen.tap_at(width / 2, height * 0.8)
        self.screen.wait_page("Home")

    def to_result(self) -> None:
        step = self.screen.wait_for("service.consentAccept", "service.submit")
        if step == "service.consentAccept":
            self.screen.picture("consent")
            self.screen.tap("service.consentAccept")
        self.screen.wait_for("service.submit")
        self.screen.picture("form")
        self.screen.tap("service.submit")
        got = self.screen.wait_for("service.sendToPhone", "service.error", seconds=45)
        if got == "service.error":
            self.screen.picture("failed")
            raise TourError("the query failed: " + self.screen.text("service.error"))

    def look_at_result(self) -> None:
        self.screen.picture("result-hidden")
        self.screen.wait("an amount to touch", lambda m: any(n.startswith("service.reveal.") for n in m["items"])
                         or "page.scrollDown" in m["items"])
        for _ in range(12):
            hidden = [n for n in self.screen.names() if n.startswith("service.reveal.")]
            if hidden:
                break
            self.screen.tap("page.scrollDown")
            time.sleep(0.4)
        before = self.screen.picture("amounts-covered")
        self.screen.tap(hidden[0])
        shown = hidden[0].replace(".reveal.", ".row.")
        self.screen.wait_for(shown)
        after = self.screen.picture("amount-revealed")
        if before.read_bytes() == after.read_bytes():
            raise TourError("touching an amount changed nothing")
        self.screen.reach("service.sendToPhone")
        self.screen.tap("service.sendToPhone")
        self.screen.wait_for("service.phoneQr")
        self.screen.picture("send-to-phone")
        self.screen.tap("service.closePhone")

    def comfort(self) -> None:
        for switch in ("largeText", "highContrast", "lowReach"):
            self.screen.tap(f"shell.{switch}")
            self.screen.picture(switch)
            self.screen.tap(f"shell.{switch}")
        clock = self.screen.text("shell.language")
        self.screen.tap("shell.language")
        self.screen.wait("the other language", lambda m: m["items"].get("shell.language", {}).get("text") != clock)
        self.screen.picture("other-language")
        self.screen.tap("shell.language")

    def warning(self) -> None:
        self.screen.wait_for("shell.idle", seconds=75)
        self.screen.picture("idle-warning")
        self.screen.tap("shell.extend")
        self.screen.wait_gone("shell.idle")
        self.screen.picture("continued")

    def open_service(self) -> None:
        self.screen.wait_for("home.tile.S02", seconds=60)
        self.screen.picture("home")
        self.screen.tap("home.tile.S02")
        self.screen.wait_for("service.startButton")
        self.screen.picture("guide")

    def online(self) -> None:
        self.start_kiosk()
        self.screen.wait_page("Attract")
        self.screen.wait("the link", lambda m: m["items"] and "shell.offlineBanner" not in m["items"], 60)
        self.screen.picture("attract")
        self.first_touch()
        self.open_service()
        self.screen.tap("service.startButton")
        self.screen.wait_page("Login")
        self.screen.wait_for("login.qr")
        self.screen.picture("login")
        self.log_in_by_ticket()
        self.to_result()
        self.look_at_result()
        self.comfort()
        self.warning()
        self.log_out("logged-out")

        code = self.rolling_code(film=False)
        self.screen.tap("home.login")
        self.screen.wait_page("Login")
        os.write(self.scanner, code.encode() + b"\r")
        self.screen.wait_for("shell.logout")
        self.screen.picture("logged-in-by-scanner")
        self.log_out("logged-out-again")

        # The same code a second time opens nothing.
        self.screen.tap("home.login")
        self.screen.wait_page("Login")
        os.write(self.scanner, code.encode() + b"\r")
        self.screen.wait_for("login.refusal")
        self.screen.picture("replay-refused")
        self.screen.tap("login.back")
        self.screen.wait_page("Home")

    def by_camera(self, *, offline: bool) -> list[str]:
        self.rolling_code(film=True)
        command = []
        if offline:
            command = self.stop_district()
            self.screen.wait_for("shell.offlineBanner", seconds=60)
            self.screen.picture("offline")
        self.screen.tap("home.login")
        # The log-in page may be gone again before anybody could look at it.
        got = self.screen.wait_for("shell.logout", "login.refusal", seconds=45)
        if got == "login.refusal":
            self.screen.picture("refused")
            raise TourError("the filmed code was refused: " + self.screen.text("login.refusal"))
        self.screen.picture("logged-in-by-camera")
        return command

    def offline(self) -> None:
        command = self.by_camera(offline=True)
        self.open_service()
        self.screen.tap("service.startButton")
        self.screen.wait_for("service.error")
        self.screen.picture("honestly-refused")
        self.screen.tap("service.back")
        self.screen.wait_for("service.startButton")
        self.screen.picture("guide-still-there")
        self.log_out("logged-out-offline")
        self.restart_district(command)
        self.screen.wait_gone("shell.offlineBanner", 90)
        self.screen.picture("online-again")
        end = time.monotonic() + 60
        while not re.search(r'riderport_http_requests_total\{[^}]*"/v1/ops"[^}]*\} [1-9]', self.metrics()):
            if time.monotonic() > end:
                raise TourError("the outbox did not reach the district")
            time.sleep(0.5)

    def check_traces(self) -> None:
        self.kiosk.stop()
        person = self.person()
        canaries: dict[str, str | re.Pattern] = {
            "name": person["name"], "id number": person["id_number"], "mobile": person["mobile"],
            "employer": person["employer"], "any sample id": re.compile(rb"429999\d{11}[\dX]"),
            "amount": re.compile("¥[\\d,]+\\.\\d\\d".encode()), "masked name": person["name_masked"],
        }
        canaries |= {f"rolling code {i}": code for i, code in enumerate(sorted(self.secrets))}
        state = Path(self.given.kiosk[self.given.kiosk.index("--state") + 1])
        if not any(state.rglob("*.db")):
            raise TourError(f"no database in {state}: nothing was checked")
        found = find_traces([state, self.kiosk.stderr_path, self.kiosk.stdout_path], canaries)
        if found:
            raise TourError("left behind: " + "; ".join(found))
        print("  nothing personal left on disk", flush=True)

    def run(self) -> None:
        self.online()
        if self.given.offline:
            self.offline()
        else:
            self.by_camera(offline=False)
            self.log_out("logged-out-last")
        self.check_traces()

    def end(self) -> None:
        for process in (self.kiosk, self.district):
            if process:
                process.stop()
        if self.display:
            self.display.stop()
        os.close(self.scanner)
        os.close(self.scanner_end)


def arguments() -> argparse.Namespace:
    own = sys.argv[1:]
    split = next((i for i, a in enumerate(own) if a in ("--", "--kiosk-cmd")), len(own))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--district", required=True)
    parser.add_argument("--sim", required=True)
    parser.add_argument("--display")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--size", default="1080x1920")
    parser.add_argument("--out", required=True)
    parser.add_argument("--offline", action="store_true")
    parser.add_argument("--district-pid", type=int, default=int(os.environ.get("RIDERPORT_DISTRICT_PID", 0)))
    given = parser.parse_args(own[:split])
    given.kiosk = own[split + 1:]
    if not given.kiosk:
        parser.error("the kiosk's command is missing")
    if given.offline and not given.district_pid:
        parser.error("--offline needs --district-pid")
    return given


def main() -> int:
    given = arguments()
    missing = [tool for tool in ("xdotool", "import", "identify", "node", "ffmpeg",
                                 *(() if given.display else ("Xvfb",))) if not shutil.which(tool)]
    if missing or not (HERE / "node_modules").is_dir() or not (HERE / "phone_driver.mjs").is_file():
        warn(f"skipped: not installed: {', '.join(missing) or 'node modules of tests/e2e (npm ci)'}")
        return 77
    work = Path(tempfile.mkdtemp(prefix="riderport-tour-"))
    work.chmod(0o700)
    tour = Tour(given, work)
    failure = None
    try:
        tour.run()
    except (TourError, subprocess.SubprocessError, OSError) as error:
        failure = error
        try:
            tour.screen.picture("FAILED")
        except (TourError, subprocess.SubprocessError, OSError):
            pass
    try:
        tour.end()
    except TourError as error:
        failure = failure or error
    if failure:
        warn(f"tour: {failure}\nlogs: {work}")
        return 1
    shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
