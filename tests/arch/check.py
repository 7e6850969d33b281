#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the source tree to the rules of app/docs/ARCHITECTURE.md:  check.py [--root DIR]

Prints one line for each violation; exit code 1 when there is any."""
import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import rules_layers
import rules_text
import rules_translations
from repo import Repo

RULES = (
    rules_layers.check_includes,
    rules_layers.check_links,
    rules_layers.check_qml_imports,
    rules_text.check_top_level,
    rules_text.check_spdx,
    rules_text.check_sizes,
    rules_text.check_cpp_idioms,
    rules_text.check_qml_literals,
    rules_text.check_forbidden,
    rules_translations.check_translations,
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    repo = Repo(parser.parse_args().root)
    violations = sorted({violation for rule in RULES for violation in rule(repo)})
    for violation in violations:
        print(violation)
    print(f"architecture: {len(RULES)} rules over {len(repo.files)} files, {len(violations)} violations")
    return 1 if violations or not repo.files else 0


if __name__ == "__main__":
    sys.exit(main())
