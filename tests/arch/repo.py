# SPDX-License-Identifier: Apache-2.0
"""The files of a source tree and the small parsers that the architecture rules share."""
from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CPP = (".h", ".cpp")
IGNORED = {"build", ".git", ".cache", "node_modules", "__pycache__", "demo-data"}


@dataclass(frozen=True, order=True)
class Violation:
    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.rule}] {self.message}"


class Repo:
    def __init__(self, root: Path):
        self.root = root.resolve()
        self._texts: dict[str, str] = {}

    @cached_property
    def files(self) -> list[str]:
        """Tracked and new files, without what git ignores; a plain walk where there is no usable git."""
        done = subprocess.run(
            ["git", "-C", str(self.root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True, check=False)
        inside = (self.root / ".git").exists() and done.returncode == 0
        if inside:
            names = [name for name in done.stdout.decode().split("\0") if name]
        else:
            names = [str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()]
        return sorted(name for name in set(names)
                      if not IGNORED & set(Path(name).parts) and (self.root / name).is_file())

    def text(self, name: str) -> str:
        """The text of a file; empty for binary files."""
        if name not in self._texts:
            data = (self.root / name).read_bytes()
            self._texts[name] = "" if b"\0" in data[:8192] else data.decode("utf-8", errors="replace")
        return self._texts[name]

    def lines(self, name: str) -> list[str]:
        return self.text(name).splitlines()

    def under(self, folder: str, *suffixes: str) -> list[str]:
        return [name for name in self.files if name.startswith(folder + "/")
                and (not suffixes or name.endswith(suffixes))]


def without_comments(text: str) -> str:
    """C++, QML or JavaScript text with comments blanked; line numbers and string literals stay."""
    def blank(match: re.Match) -> str:
        token = match.group(0)
        return token if token[0] in "\"'" else re.sub(r"[^\n]", " ", token)
    return re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*.*?\*/', blank, text, flags=re.S)


def fenced_block(text: str, kind: str) -> tuple[int, list[str]] | None:
    """First line number and the lines of the ```kind block of a Markdown text."""
    match = re.search(rf"^```{kind}\n(.*?)^```", text, flags=re.S | re.M)
    if not match:
        return None
    return text[:match.start(1)].count("\n") + 1, match.group(1).splitlines()


def find_cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """One cycle for each back edge met in a depth-first walk."""
    cycles, done, stack = [], set(), []

    def visit(node: str) -> None:
        if node in stack:
            cycles.append(stack[stack.index(node):] + [node])
            return
        if node in done:
            return
        stack.append(node)
        for target in sorted(graph.get(node, ())):
            visit(target)
        stack.pop()
        done.add(node)

    for node in sorted(graph):
        visit(node)
    return cycles
