# SPDX-License-Identifier: Apache-2.0
"""Every language says everything, and the same things."""
from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

from repo import Repo, Violation

REQUIRED = ("translations/riderport_zh_CN.ts", "translations/riderport_en.ts")
PLACEHOLDER = re.compile(r"%(?:L?\d+|n)")


def messages(text: str) -> dict[tuple[str, str, str], ElementTree.Element]:
    """(context, source, comment) → message element, of one .ts file."""
    found = {}
    for context in ElementTree.fromstring(text).iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", ""))
            found[key] = message
    return found


def check_translations(repo: Repo) -> list[Violation]:
    names = [name for name in repo.under("translations", ".ts")]
    if not names and not repo.under("qml", ".qml"):
        return []  # nothing is shown to anybody yet
    problems = [Violation(name, 1, "translation", "missing") for name in REQUIRED if name not in names]
    keys = {}
    for name in names:
        try:
            entries = messages(repo.text(name))
        except ElementTree.ParseError as error:
            problems.append(Violation(name, error.position[0], "translation", f"not readable: {error}"))
            continue
        keys[name] = set(entries)
        for key, message in entries.items():
            problem = _problem_of(key[1], message)
            if problem:
                problems.append(Violation(name, _line_of(repo, name, key[1]), "translation",
                                          f"{problem}: {key[0]} “{key[1][:60]}”"))
    everything = set().union(*keys.values()) if keys else set()
    for name, own in keys.items():
        for context, source, _ in sorted(everything - own):
            problems.append(Violation(name, 1, "translation", f"lacks {context} “{source[:60]}”"))
    return problems


def _problem_of(source: str, message: ElementTree.Element) -> str | None:
    translation = message.find("translation")
    if translation is None:
        return "no translation"
    kind = translation.get("type")
    if kind:
        return kind
    forms = [form.text or "" for form in translation.iter("numerusform")]
    texts = forms or [translation.text or ""]
    if not all(text.strip() for text in texts):
        return "empty"
    wanted = set(PLACEHOLDER.findall(source)) - {"%n"}
    if any(wanted != set(PLACEHOLDER.findall(text)) - {"%n"} for text in texts):
        return "other placeholders than the source"
    return None


def _line_of(repo: Repo, name: str, source: str) -> int:
    first = source.splitlines()[0][:40] if source else ""
    for number, line in enumerate(repo.lines(name), 1):
        if first and "<source>" in line and first[:20] in line:
            return number
    return 1
