# SPDX-License-Identifier: Apache-2.0
"""Rules that look at one file at a time, and at the names at the top of the tree."""
from __future__ import annotations

import re
from pathlib import PurePosixPath

from repo import CPP, Repo, Violation, without_comments

TOP_LEVEL = {"app", "qml", "resources", "translations", "kiosk-config", "tests", "CMakeLists.txt", "README.md",
             "CMakePresets.json", "LICENSE"}
COMPOSITION_ROOTS = ("app/terminal/", "app/district/", "app/sim/", "app/tools/", "tests/", "qml/gallery/")
CAPS = {".h": 400, ".cpp": 400, ".qml": 320}
ALLOWANCES = "tests/arch/filesize-allow.txt"
SPDX_SUFFIXES = {".h", ".cpp", ".qml", ".py", ".sh", ".cmake", ".js", ".mjs", ".css", ".html", ".sql", ".conf",
                 ".ini", ".service"}
SPDX = "SPDX-" + "License-Identifier: Apache-2.0"
# Split so that this file does not contain what it looks for.
FORBIDDEN = {
    "unfinished work marker": re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b"),
    "path of one machine": re.compile(r"(?<![\w.-])/(wo" + r"rk|home/\w+|ro" + r"ot|Users/\w+)/|/tmp/br" + r"ief"),
    "host of a package registry": re.compile(r"(deb|security|snapshot)\.deb" + r"ian\.org|registry\.np" + r"mjs\.org"),
}
QML_SIZES = re.compile(
    r"(?<![\w.])(?P<name>(?:font\.)?(?:pixelSize|pointSize)|(?:anchors\.)?(?:left|right|top|bottom)?[mM]argins?"
    r"|(?:Layout\.)?(?:minimum|maximum|preferred|implicit)?(?:[wW]idth|[hH]eight)"
    r"|(?:left|right|top|bottom|horizontal|vertical)?[pP]adding|(?:row|column)?[sS]pacing|radius|x|y"
    r"|border\.width|(?:Layout|anchors)\.\w*(?:Margin|Margins|Offset))\s*:\s*(?P<value>[^;\n]*)")
NUMBER = re.compile(r"(?<![\w.)\]])-?\d+(?:\.\d+)?(?![\w.])")


def check_top_level(repo: Repo) -> list[Violation]:
    tops = {PurePosixPath(name).parts[0] for name in repo.files}
    return [Violation(top, 1, "top-level", "does not belong at the top of the tree")
            for top in sorted(tops) if top not in TOP_LEVEL and not top.startswith(".")]


def check_spdx(repo: Repo) -> list[Violation]:
    problems = []
    for name in repo.files:
        path = PurePosixPath(name)
        text = repo.text(name)
        if path.suffix in SPDX_SUFFIXES or path.name == "CMakeLists.txt" or text.startswith("#!"):
            if SPDX not in "\n".join(text.splitlines()[:5]):
                problems.append(Violation(name, 1, "spdx", "no licence line at the head"))
    return problems


def check_sizes(repo: Repo) -> list[Violation]:
    """Files over the cap need an entry `path lines`; entries may only go down, and go away under the cap."""
    allowed, problems = {}, []
    if ALLOWANCES in repo.files:
        for number, line in enumerate(repo.lines(ALLOWANCES), 1):
            line = line.split("#")[0].split()
            if line:
                allowed[line[0]] = (int(line[1]), number)
    for name in repo.files:
        cap = CAPS.get(PurePosixPath(name).suffix)
        if cap is None:
            continue
        count = len(repo.lines(name))
        limit, number = allowed.pop(name, (cap, 0))
        if count > limit:
            problems.append(Violation(name, count, "size", f"{count} lines, at most {limit}"))
        elif number and count <= cap:
            problems.append(Violation(ALLOWANCES, number, "size", f"{name} is under the cap: remove its entry"))
        elif number and count < limit:
            problems.append(Violation(ALLOWANCES, number, "size", f"{name} shrank: lower its entry to {count}"))
    for name, (_, number) in allowed.items():
        problems.append(Violation(ALLOWANCES, number, "size", f"{name} is gone: remove its entry"))
    return problems


def check_cpp_idioms(repo: Repo) -> list[Violation]:
    problems = []
    for name in repo.under("app", *CPP) + repo.under("qml", *CPP):
        in_root = name.startswith(COMPOSITION_ROOTS) or re.search(r"^app/ui/(ui\.cpp|.*router)", name)
        for number, line in enumerate(without_comments(repo.text(name)).splitlines(), 1):
            if re.search(r"\bsetContext(Property|Object)\b", line):
                problems.append(Violation(name, number, "context", "context properties hide what a page needs"))
            for owner in re.findall(r"([\w:]+)::instance\(\)", line):
                # Qt's own, and those of a library that offers nothing else.
                if not re.match(r"(::)?(Q[A-Z]|libime::)", owner):
                    problems.append(Violation(name, number, "instance", f"{owner} is a singleton"))
            if re.search(r"\bstatic\s[^=;()]*\binstance\(\)", line):
                problems.append(Violation(name, number, "instance", "declares a singleton"))
            if "qrc:" in line and not in_root:
                problems.append(Violation(name, number, "qrc", "only the router and the roots know resource URLs"))
            if re.search(r'"#[0-9a-fA-F]{3,8}"', line) and name.startswith("app/ui/"):
                problems.append(Violation(name, number, "colour", "colours live in qml/theme"))
    return problems


def check_qml_literals(repo: Repo) -> list[Violation]:
    problems = []
    for name in repo.under("qml", ".qml"):
        if name.startswith("qml/theme/"):
            continue
        shell = name.startswith(("qml/shell/", "qml/gallery/"))
        for number, line in enumerate(without_comments(repo.text(name)).splitlines(), 1):
            if re.search(r"[\"']#[0-9a-fA-F]{3,8}[\"']|\bQt\.(rgba|hsla|hsva)\(", line):
                problems.append(Violation(name, number, "colour", "colours live in qml/theme"))
            named = re.search(r"\b\w*[cC]olor\s*:\s*[\"']([a-z]+)[\"']", line)
            if named and named.group(1) != "transparent":
                problems.append(Violation(name, number, "colour", f"colour '{named.group(1)}' outside qml/theme"))
            if "qrc:" in line and not shell:
                problems.append(Violation(name, number, "qrc", "pages and controls know no resource URLs"))
            problems += [Violation(name, number, "pixels", f"{found} outside qml/theme")
                         for found in _pixel_literals(line)]
    return problems


def _pixel_literals(line: str) -> list[str]:
    found = []
    for match in QML_SIZES.finditer(line):
        value = re.sub(r'"[^"]*"', '""', match.group("value")).split("}")[0]
        # Theme.px and Theme.textPx turn units of the design into pixels of this screen.
        value = re.sub(r"\bTheme\.(?:px|textPx)\([^()]*\)", " ", value)
        # Factors scale a token and stay; a number that is added, or stands alone, is a size.
        value = re.sub(r"%\s*\d+|[*/]\s*\([^()]*\)", " ", value)
        value = re.sub(r"[*/]\s*-?\d+(?:\.\d+)?|\b-?\d+(?:\.\d+)?\s*\*|\([^()]*\)(?=\s*\?)|[<>=!]=?=?\s*-?\d+(?:\.\d+)?",
                       " ", value)
        for number in NUMBER.findall(value):
            if abs(float(number)) > 1:
                found.append(f"{match.group('name')}: {number}")
    return found


def check_forbidden(repo: Repo) -> list[Violation]:
    problems = []
    for name in repo.files:
        if PurePosixPath(name).name == "LICENSE":
            continue
        for number, line in enumerate(repo.lines(name), 1):
            for what, pattern in FORBIDDEN.items():
                if pattern.search(line):
                    problems.append(Violation(name, number, "forbidden", what))
    return problems
