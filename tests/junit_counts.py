# SPDX-License-Identifier: Apache-2.0
"""Prints "passed<TAB>failed<TAB>skipped<TAB>names of the failed" of one CTest JUnit report."""
import sys
import xml.etree.ElementTree as ElementTree


def counts(root: ElementTree.Element) -> tuple[int, list[str], int]:
    passed, failed, skipped = 0, [], 0
    for case in root.iter("testcase"):
        status = case.get("status")
        reason = case.find("skipped")
        # CTest also says "notrun" of a missing program or a failed fixture: those are failures. Only a test that
        # skipped itself gives SKIP_RETURN_CODE or SKIP_REGULAR_EXPRESSION as its reason.
        if status == "run" and case.find("failure") is None:
            passed += 1
        elif status == "disabled" or (status == "notrun" and reason is not None
                                      and reason.get("message", "").startswith("SKIP_")):
            skipped += 1
        else:
            failed.append(case.get("name", "?"))
    return passed, failed, skipped


if __name__ == "__main__":
    ok, bad, left_out = counts(ElementTree.parse(sys.argv[1]).getroot())
    print(ok, len(bad), left_out, " ".join(bad), sep="\t")
