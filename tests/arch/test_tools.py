#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What tests/run and the bench collector conclude from what programs print."""
import importlib.util
import json
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def load(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class JunitCounts(unittest.TestCase):
    def counts(self, *cases):
        body = "".join(f'<testcase name="t{n}" status="{status}">{inner}</testcase>'
                       for n, (status, inner) in enumerate(cases))
        return load(TESTS / "junit_counts.py").counts(ElementTree.fromstring(f"<testsuite>{body}</testsuite>"))

    def test_each_outcome(self):
        self.assertEqual((1, [], 0), self.counts(("run", "")))
        self.assertEqual((0, ["t0"], 0), self.counts(("fail", "<failure/>")))
        self.assertEqual((0, [], 1), self.counts(("notrun", '<skipped message="SKIP_RETURN_CODE=77"/>')))
        self.assertEqual((0, [], 1), self.counts(("disabled", "")))

    def test_a_program_that_is_not_there_has_failed(self):
        self.assertEqual((0, ["t0"], 0), self.counts(("notrun", '<skipped message="Unable to find executable"/>')))
        self.assertEqual((0, ["t0"], 0), self.counts(("notrun", "")))


class Bench(unittest.TestCase):
    def run_with(self, programs, budgets):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            lines = ["cmake_minimum_required(VERSION 3.25)", "project(x NONE)", "enable_testing()"]
            for name, code in programs.items():
                (root / f"{name}.py").write_text(code, encoding="utf-8")
                lines += [f'add_test(NAME {name} COMMAND "{sys.executable}" "{root}/{name}.py")',
                          f"set_tests_properties({name} PROPERTIES LABELS bench SKIP_RETURN_CODE 77)"]
            (root / "CMakeLists.txt").write_text("\n".join(lines), encoding="utf-8")
            (root / "budgets.json").write_text(json.dumps(budgets), encoding="utf-8")
            subprocess.run(["cmake", "-G", "Ninja", "-S", root, "-B", root / "b"], check=True, capture_output=True)
            done = subprocess.run([sys.executable, TESTS / "bench/run.py", "--build-dir", root / "b", "--json",
                                   root / "out.json", "--budgets", root / "budgets.json"],
                                  capture_output=True, text=True, check=False)
            rows = json.loads((root / "out.json").read_text(encoding="utf-8"))
            return done, {row["name"]: row for row in rows}

    def test_figures_and_budgets(self):
        done, rows = self.run_with(
            {"a": 'print("noise"); print(\'{"name":"kept","ours":2,"peer":4}\'); '
                  'print(\'{"name":"missed","ours":9,"peer":3,"unit":"s"}\'); print(\'{"name":"free","ours":1}\'); '
                  'print(\'{"name":"own","ours":1,"budget":2,"ok":true}\'); print(\'{"name":"rate","ours":0.8}\')'},
            {"kept": {"ratio": 0.5}, "missed": {"ratio": 2}, "absent": {"ours": 1},
             "rate": {"ours": 0.9, "better": "higher"}})
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual({"kept": True, "missed": False, "free": None, "own": True, "rate": False, "absent": False},
                         {name: row["ok"] for name, row in rows.items()})
        self.assertEqual((9, 3, 3, 2), tuple(rows["missed"][k] for k in ("ours", "peer", "ratio", "budget")))
        self.assertIn("NOT MEASURED", done.stdout)
        self.assertIn("1 passed, 0 failed, 0 skipped", done.stdout)

    def test_programs_that_fail(self):
        for code in ("raise SystemExit(3)", "print('nothing')", "print('{\"name\":')"):
            done, _ = self.run_with({"a": code}, {})
            self.assertEqual(1, done.returncode, done.stdout)
            self.assertIn("0 passed, 1 failed, 0 skipped", done.stdout)

    def test_nothing_measured_is_a_failure(self):
        self.assertEqual(1, self.run_with({}, {})[0].returncode)
        self.assertEqual(1, self.run_with({"a": "raise SystemExit(77)"}, {})[0].returncode)


if __name__ == "__main__":
    unittest.main()
