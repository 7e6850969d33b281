#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Negative controls: each rule must find the violation planted in a small tree, and pass the clean tree."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import rules_layers
import rules_text
import rules_translations
from repo import Repo

LICENCE = "// SPDX-" + "License-Identifier: Apache-2.0\n"
TABLE = "# A\n\n```layers\nbase:\nstorage: base\nsync: base storage\nstation: base\nui: base sync station\n" \
        "terminal: base ui\n```\n"
TS = '<TS language="{0}"><context><name>Home</name><message><source>Hello %1</source>' \
     '<translation{1}>{2}</translation></message></context></TS>'
CLEAN = {
    "CMakeLists.txt": "# SPDX-" + "License-Identifier: Apache-2.0\n",
    "app/docs/ARCHITECTURE.md": TABLE,
    "app/base/include/base/result.h": LICENCE,
    "app/storage/include/storage/database.h": LICENCE + "#include <base/result.h>\n",
    "app/storage/src/pragma.h": LICENCE,
    "app/storage/src/database.cpp": LICENCE + '#include "pragma.h"\n#include <QSqlDatabase>\nQCoreApplication::instance();\n',
    "app/sync/include/sync/engine.h": LICENCE + '#include "storage/database.h"\n',
    "app/station/include/station/facts.h": LICENCE,
    "app/ui/homeviewmodel.h": LICENCE + "#include <sync/engine.h>\n#include <QQmlEngine>\n",
    "app/terminal/main.cpp": LICENCE + '#include "homeviewmodel.h"\nauto url = "qrc:/qt/qml/Main.qml";\n',
    "qml/theme/Theme.qml": LICENCE + 'QtObject { property color ink: "#112233"; property int gap: 24 }\n',
    "qml/controls/RpButton.qml": LICENCE + "import QtQuick\nimport Riderport.Theme\n"
                                 "Item { width: Theme.gap * 2; height: 0; x: 1; radius: width / 2 }\n",
    "translations/riderport_zh_CN.ts": TS.format("zh_CN", "", "你好 %1"),
    "translations/riderport_en.ts": TS.format("en", "", "Hello %1"),
}
EVERY_RULE = (rules_layers.check_includes, rules_layers.check_links, rules_layers.check_qml_imports,
              rules_text.check_top_level, rules_text.check_spdx, rules_text.check_sizes, rules_text.check_cpp_idioms,
              rules_text.check_qml_literals, rules_text.check_forbidden, rules_translations.check_translations)


class Planted(unittest.TestCase):
    def tree(self, changes=None):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name, text in {**CLEAN, **(changes or {})}.items():
            if text is None:
                continue
            path = Path(folder.name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Path(folder.name)

    def found(self, changes=None):
        repo = Repo(self.tree(changes))
        return [violation for rule in EVERY_RULE for violation in rule(repo)]

    def expect(self, rule, path, changes):
        violations = self.found(changes)
        self.assertIn((rule, path), [(v.rule, v.path) for v in violations], [str(v) for v in violations])

    def expect_clean(self, changes=None):
        self.assertEqual([], [str(violation) for violation in self.found(changes)])

    def test_clean_tree_passes(self):
        self.expect_clean()

    def test_upward_include(self):
        name = "app/base/include/base/result.h"
        self.expect("layers", name, {name: LICENCE + "#include <storage/database.h>\n"})

    def test_include_spread_over_odd_spacing(self):
        name = "app/base/src/a.cpp"
        self.expect("layers", name, {name: LICENCE + '  #  include   "sync/engine.h"\n'})

    def test_commented_include_is_none(self):
        self.expect_clean({"app/base/src/a.cpp": LICENCE + "// #include <sync/engine.h>\n/*\n#include <sync/engine.h>\n*/\n"})

    def test_feature_includes_feature(self):
        name = "app/station/src/a.cpp"
        self.expect("layers", name, {name: LICENCE + "#include <sync/engine.h>\n"})

    def test_table_lets_feature_use_feature(self):
        name = "app/docs/ARCHITECTURE.md"
        self.expect("layers", name, {name: TABLE.replace("station: base", "station: base sync")})

    def test_table_with_cycle(self):
        name = "app/docs/ARCHITECTURE.md"
        self.expect("cycle", name, {name: TABLE.replace("base:\n", "base: storage\n")})

    def test_table_missing_or_unreadable(self):
        name = "app/docs/ARCHITECTURE.md"
        self.expect("layers", name, {name: None})
        self.expect("layers", name, {name: "no table\n"})
        self.expect("layers", name, {name: TABLE.replace("sync: base storage", "sync = base")})

    def test_library_without_line(self):
        self.expect("layers", "app/docs/ARCHITECTURE.md", {"app/extra/include/extra/a.h": LICENCE})

    def test_nobody_uses_a_root(self):
        name = "app/ui/a.cpp"
        self.expect("layers", name, {"app/terminal/include/terminal/app.h": LICENCE,
                                     name: LICENCE + "#include <terminal/app.h>\n"})

    def test_private_header_of_another_library(self):
        name = "app/sync/src/a.cpp"
        self.expect("include", name, {name: LICENCE + '#include "pragma.h"\n'})
        self.expect("include", name, {name: LICENCE + '#include "../../storage/src/pragma.h"\n'})

    def test_include_cycle_within_a_library(self):
        self.expect("cycle", "app/base/include/base/a.h", {
            "app/base/include/base/a.h": LICENCE + "#include <base/b.h>\n",
            "app/base/include/base/b.h": LICENCE + "#include <base/a.h>\n"})

    def test_qt_parts_out_of_place(self):
        for header in ("QSqlDatabase", "QtWidgets/QLabel", "QQuickItem", "QtQml/qqml.h"):
            name = "app/sync/src/a.cpp"
            self.expect("qt-part", name, {name: LICENCE + f"#include <{header}>\n"})
        self.expect("qt-part", "app/ui/a.cpp", {"app/ui/a.cpp": LICENCE + "#include <QSqlQuery>\n"})

    def test_link_beyond_the_table(self):
        name = "app/station/CMakeLists.txt"
        self.expect("layers", name, {name: CLEAN["CMakeLists.txt"] + "riderport_add_library(station LINKS Riderport::Storage)\n"})

    def test_qml_imports(self):
        name = "qml/controls/RpBad.qml"
        for line in ("import Riderport.Ui", "import QtQuick 2.15", "import QtQuick.Controls",
                     "import Riderport.Pages.Login"):
            self.expect("qml-import", name, {name: LICENCE + line + "\n"})
        name = "qml/pages/home/HomePage.qml"
        self.expect("qml-import", name, {name: LICENCE + "import Riderport.Pages.Login\n"})
        self.expect("qml-import", name, {name: LICENCE + "import Riderport.Shell\n"})

    def test_top_level(self):
        self.expect("top-level", "docs", {"docs/a.md": "x\n"})
        self.expect("top-level", "notes.txt", {"notes.txt": "x\n"})
        self.expect_clean({".editorconfig": "x\n", "README.md": "x\n"})

    def test_licence_line(self):
        for name in ("app/base/src/a.cpp", "tests/a.py", "resources/web/a.css", "app/base/CMakeLists.txt"):
            self.expect("spdx", name, {name: "x\n"})
        self.expect("spdx", "tests/run", {"tests/run": "#!/bin/sh\n"})

    def test_long_files(self):
        long_cpp, long_qml = LICENCE + "\n" * 400, LICENCE + "\n" * 320
        self.expect("size", "app/base/src/a.cpp", {"app/base/src/a.cpp": long_cpp})
        self.expect("size", "qml/shell/A.qml", {"qml/shell/A.qml": long_qml})
        self.expect_clean({"app/base/src/a.cpp": long_cpp[:-1], "qml/shell/A.qml": long_qml[:-1]})

    def test_allow_list_only_shrinks(self):
        listed, name = "tests/arch/filesize-allow.txt", "app/base/src/a.cpp"
        long_cpp = LICENCE + "\n" * 419
        self.expect_clean({listed: f"{name} 420\n", name: long_cpp})
        self.expect("size", name, {listed: f"{name} 419\n", name: long_cpp})
        self.expect("size", listed, {listed: f"{name} 421\n", name: long_cpp})
        self.expect("size", listed, {listed: f"{name} 420\n", name: LICENCE})
        self.expect("size", listed, {listed: "app/base/src/gone.cpp 500\n"})

    def test_cpp_idioms(self):
        name = "app/sync/src/a.cpp"
        for rule, code in (("context", 'view.rootContext()->setContextProperty("a", &a);'),
                           ("instance", "auto &r = Registry::instance();"),
                           ("instance", "static Registry &instance();"),
                           ("qrc", 'load("qrc:/qt/qml/Main.qml");')):
            self.expect(rule, name, {name: LICENCE + code + "\n"})
        self.expect("colour", "app/ui/a.cpp", {"app/ui/a.cpp": LICENCE + 'QColor c("#ff0000");\n'})
        self.expect_clean({name: LICENCE + "libime::Resolver::instance(); QCoreApplication::instance();\n"})
        self.expect("instance", name, {name: LICENCE + "riderport::sync::Registry::instance();\n"})
        self.expect_clean({"app/ui/src/router.cpp": LICENCE + 'load("qrc:/qt/qml/Main.qml");\n'})

    def test_qml_literals(self):
        name = "qml/pages/home/HomePage.qml"
        for rule, code in (("colour", 'color: "#fff"'), ("colour", "color: 'red'"),
                           ("colour", "color: Qt.rgba(0, 0, 0, 0.5)"), ("pixels", "font.pixelSize: 32"),
                           ("pixels", "width: 200; height: 0"), ("pixels", "anchors.margins: 16"),
                           ("pixels", "Item { spacing: 8 }"), ("pixels", "Layout.preferredHeight: 120"),
                           ("pixels", "width: parent.width - 40"), ("pixels", "radius: on ? 12 : 0"),
                           ("pixels", "leftPadding: -24"), ("pixels", "width: Theme.px(4) + 40"), ("qrc", 'source: "qrc:/a.png"')):
            self.expect(rule, name, {name: LICENCE + f"Item {{\n    {code}\n}}\n"})

    def test_qml_that_scales_tokens_passes(self):
        self.expect_clean({"qml/pages/home/HomePage.qml": LICENCE + "\n".join((
            "Item {", "    width: Theme.gap * 12", "    height: root.height - Theme.px(40)",
            "    width: parent.width * (parent.index % 3 === 0 ? 0.36 : 0.24)",
            "    width: (parent.width - Theme.gap * (Theme.portrait ? 1 : 3)) / (Theme.portrait ? 2 : 4)", "    height: 3 * Theme.gap", "    x: 0; y: 1", "    spacing: Theme.space3",
            "    radius: list.count > 15 ? Theme.gap : 0", '    color: "transparent"', "    // width: 300", "}")) + "\n"})

    def test_forbidden_words(self):
        for text in ("TO" + "DO later", "FIX" + "ME", "cd /wo" + "rk/main", "/home/" + "someone/x", "deb.deb" + "ian.org"):
            self.expect("forbidden", "app/docs/a.md", {"app/docs/a.md": text + "\n"})

    def test_translations(self):
        zh = "translations/riderport_zh_CN.ts"
        for attribute, text in ((' type="unfinished"', "你好 %1"), (' type="vanished"', "你好 %1"), ("", ""), ("", "你好")):
            self.expect("translation", zh, {zh: TS.format("zh_CN", attribute, text)})
        self.expect("translation", zh, {zh: None})
        self.expect("translation", zh, {zh: '<TS language="zh_CN"></TS>'})
        self.expect("translation", zh, {zh: "<TS"})

    def test_the_program_itself(self):
        """Exit codes, through the command line."""
        def run(root):
            return subprocess.run([sys.executable, str(HERE / "check.py"), "--root", str(root)],
                                  capture_output=True, text=True, check=False)
        self.assertEqual(0, run(self.tree()).returncode)
        bad = run(self.tree({"app/base/src/a.cpp": LICENCE + "#include <sync/engine.h>\n"}))
        self.assertEqual(1, bad.returncode)
        self.assertIn("app/base/src/a.cpp:2: [layers] base may not include sync", bad.stdout)


if __name__ == "__main__":
    unittest.main()
