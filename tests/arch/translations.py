#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the texts in the sources with the committed translations:  translations.py [--root DIR] [--update]

lupdate reads the sources into a scratch file; a text that a translation file lacks, or keeps although no source has
it, is a failure. --update runs lupdate on the files themselves (new texts arrive unfinished). Exit code 77: no lupdate."""
import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from rules_translations import messages


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    tool = next((found for name in ("/usr/lib/qt6/bin/lupdate", "lupdate6") if (found := shutil.which(name))), None)
    if tool is None:
        print("lupdate is not here: translations are not compared with the sources")
        return 77
    catalogues = sorted((options.root / "translations").glob("*.ts"))
    folders = [str(options.root / name) for name in ("app", "qml") if (options.root / name).is_dir()]

    def lupdate(*targets: Path) -> None:
        subprocess.run([tool, "-silent", "-no-obsolete", "-locations", "none", *folders, "-ts", *map(str, targets)],
                       check=True)

    if options.update:
        lupdate(*catalogues)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "sources_en.ts"
        lupdate(fresh)
        wanted = set(messages(fresh.read_text(encoding="utf-8"))) if fresh.exists() else set()
    problems = 0
    for catalogue in catalogues:
        present = set(messages(catalogue.read_text(encoding="utf-8")))
        for what, keys in (("lacks", wanted - present), ("keeps the unused", present - wanted)):
            for context, source, _ in sorted(keys):
                print(f"{catalogue.relative_to(options.root)}: {what} {context} “{source[:70]}”")
                problems += 1
    if wanted and not catalogues:
        print("there are texts, but no translations")
        problems += 1
    print(f"translations: {len(wanted)} texts, {len(catalogues)} languages, {problems} differences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
