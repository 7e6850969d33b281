# SPDX-License-Identifier: Apache-2.0
"""The dependency rule: who may include, link and import whom."""
from __future__ import annotations

import re
from pathlib import PurePosixPath

from repo import CPP, Repo, Violation, fenced_block, find_cycles, without_comments

TABLE = "app/docs/ARCHITECTURE.md"
# Nothing may depend on a composition root.
ROOTS = {"terminal", "district", "sim", "tools", "admin", "update"}
# Features meet only through ports that the consumer declares.
FEATURES = {"sync", "identity", "services", "legal", "jobs", "points", "vending", "station", "session"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
# Which libraries may use which part of Qt (None: nobody).
QT_PARTS = {
    "Qt Qml/Quick": (re.compile(r"^(Qt(Qml|Quick)\w*/.*|QQml\w*|QQuick\w*|QJSEngine|QJSValue)$"),
                     {"ui", "terminal"}),
    "Qt Sql": (re.compile(r"^(QtSql(/.*)?|QSql\w*)$"), {"storage", "district", "tools"}),
    "Qt Widgets": (re.compile(r"^(QtWidgets(/.*)?|QWidget|QApplication|QMainWindow|QDialog)$"), {"admin"}),
}
QML_AREAS = {  # folder under qml/ → the Riderport imports it may use
    "theme": (),
    "controls": ("Riderport.Theme",),
    "texts": (),
    "pages": ("Riderport.Theme", "Riderport.Controls", "Riderport.Texts", "Riderport.Ui"),
}


def read_table(repo: Repo) -> tuple[dict[str, set[str]], list[Violation]]:
    if TABLE not in repo.files:
        return {}, [Violation(TABLE, 1, "layers", "missing; it holds the table of allowed dependencies")]
    block = fenced_block(repo.text(TABLE), "layers")
    if block is None:
        return {}, [Violation(TABLE, 1, "layers", "no ```layers block with lines `name: dep dep`")]
    start, lines = block
    table, problems = {}, []
    for offset, line in enumerate(lines):
        line = line.split("#")[0].strip()
        if not line:
            continue
        if not re.fullmatch(r"[a-z][a-z0-9]*:(\s+[a-z][a-z0-9]*)*", line):
            problems.append(Violation(TABLE, start + offset, "layers", f"cannot read '{line}'"))
            continue
        name, deps = line.split(":")
        if name in table:
            problems.append(Violation(TABLE, start + offset, "layers", f"{name} is listed twice"))
        table[name] = set(deps.split())
        for feature in sorted(table[name] & FEATURES if name in FEATURES else ()):
            problems.append(Violation(TABLE, start + offset, "layers",
                                      f"feature {name} may not use feature {feature}: declare a port in {name}"))
        for root in sorted(table[name] & ROOTS):
            problems.append(Violation(TABLE, start + offset, "layers", f"{name} may not use the root {root}"))
    for name in sorted(table):
        for dep in sorted(table[name] - table.keys()):
            problems.append(Violation(TABLE, start, "layers", f"{name} uses {dep}, which has no line"))
    for cycle in find_cycles(table):
        problems.append(Violation(TABLE, start, "cycle", " → ".join(cycle)))
    return table, problems


def library_of(name: str) -> str | None:
    parts = PurePosixPath(name).parts
    if len(parts) < 3 or parts[0] != "app" or parts[1] in ("cmake", "docs"):
        return None
    return parts[1]


class IncludeGraph:
    """Resolves what the sources write after #include to a file of the tree."""

    def __init__(self, repo: Repo):
        self.repo = repo
        self.public: dict[str, str] = {}  # "base/result.h" → file
        self.private: dict[str, list[str]] = {}  # bare name → files outside include/
        self.sources = [n for n in repo.under("app", *CPP) if library_of(n)]
        for name in self.sources:
            if not name.endswith(".h"):
                continue
            parts = PurePosixPath(name).parts
            if len(parts) > 3 and parts[2] == "include":
                self.public["/".join(parts[3:])] = name
            else:
                self.private.setdefault(parts[-1], []).append(name)

    def includes(self, name: str):
        """Yields (line, written name, resolved file or None)."""
        text = without_comments(self.repo.text(name))
        for match in INCLUDE.finditer(text):
            written = match.group(2)
            yield text[:match.start(2)].count("\n") + 1, written, self._resolve(name, written)

    def _resolve(self, includer: str, written: str) -> str | None:
        beside = str(PurePosixPath(includer).parent / written)
        if beside in self.repo.files:
            return beside
        if written in self.public:
            return self.public[written]
        own = library_of(includer)
        candidates = self.private.get(PurePosixPath(written).name, [])
        for candidate in sorted(candidates, key=lambda c: library_of(c) != own):
            if candidate.endswith("/" + written):
                return candidate
        return None


def check_includes(repo: Repo) -> list[Violation]:
    table, problems = read_table(repo)
    if not table:
        return problems
    graph = IncludeGraph(repo)
    for library in sorted({library_of(n) for n in graph.sources} - table.keys()):
        problems.append(Violation(TABLE, 1, "layers", f"app/{library} has no line in the table"))
    file_graph: dict[str, set[str]] = {}
    library_graph: dict[str, set[str]] = {}
    for name in graph.sources:
        own = library_of(name)
        for line, written, target in graph.includes(name):
            if "../" in written:
                problems.append(Violation(name, line, "include", f"{written} climbs out of its folder"))
            for part, (pattern, allowed) in QT_PARTS.items():
                if pattern.match(written) and own not in allowed:
                    problems.append(Violation(name, line, "qt-part",
                                              f"{part} belongs to {', '.join(sorted(allowed))}, not {own}"))
            if target is None:
                continue
            file_graph.setdefault(name, set()).add(target)
            other = library_of(target)
            if other == own:
                continue
            library_graph.setdefault(own, set()).add(other)
            if other not in table.get(own, set()):
                problems.append(Violation(name, line, "layers", f"{own} may not include {other} ({written})"))
            # app/ui is flat (generated QML registration includes by bare name); its headers are public all the same.
            if other != "ui" and target in graph.private.get(PurePosixPath(target).name, []):
                problems.append(Violation(name, line, "include", f"{written} is private to {other}"))
    for cycle in find_cycles(file_graph) + find_cycles(library_graph):
        problems.append(Violation(cycle[0], 1, "cycle", " → ".join(cycle)))
    return problems


def check_links(repo: Repo) -> list[Violation]:
    """What a library links must be in the table as well; otherwise the table says less than the truth."""
    table, _ = read_table(repo)
    problems = []
    known = {name.lower(): name for name in table}
    for name in repo.under("app", "CMakeLists.txt"):
        own = library_of(name)
        if own is None or own not in table:
            continue
        for number, line in enumerate(repo.lines(name), 1):
            for linked in re.findall(r"\bRiderport::(\w+)|\briderport_(\w+)\b", line.split("#")[0]):
                other = known.get((linked[0] or linked[1]).lower())
                if other and other != own and other not in table[own]:
                    problems.append(Violation(name, number, "layers", f"{own} may not link {other}"))
    return problems


def check_qml_imports(repo: Repo) -> list[Violation]:
    problems = []
    for name in repo.under("qml", ".qml", ".js"):
        area = PurePosixPath(name).parts[1]
        for number, line in enumerate(without_comments(repo.text(name)).splitlines(), 1):
            match = re.match(r"\s*import\s+([A-Z][\w.]*)(\s+\d[\d.]*)?", line)
            if not match:
                continue
            if match.group(2):
                problems.append(Violation(name, number, "qml-import", "imports carry no version"))
            if match.group(1) == "QtQuick.Controls":
                problems.append(Violation(name, number, "qml-import", "name the style: QtQuick.Controls.Basic"))
            if match.group(1).startswith("Riderport.") and area in QML_AREAS \
                    and match.group(1) not in QML_AREAS[area]:
                problems.append(Violation(name, number, "qml-import", f"{area} may not import {match.group(1)}"))
    return problems
