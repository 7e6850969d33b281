// SPDX-License-Identifier: Apache-2.0
// Reads pictures with the product's own scanner; ZBar, written by others, is asked as well where it is installed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const SCANNER = join(process.env.RIDERPORT_BIN ?? "build/ci/bin", "riderport-qrscan");
const lines = (text) => text.replace(/\n$/, "").split("\n");

function zbar(files) {
    const result = spawnSync("zbarimg", ["-q", "--raw", ...files], { encoding: "utf8" });
    return result.error ? null : lines(result.stdout);
}

function ours(files) {
    if (!existsSync(SCANNER))
        return null;
    const result = spawnSync(SCANNER, files, { encoding: "utf8" });
    return lines(result.stdout).map((line) => line.split("\t")[2] ?? "");
}

/** [{reader, texts}]: what each installed reader makes of the files, in their order; at least one reader. */
export function readQr(files) {
    const readings = [{ reader: "riderport-qrscan", texts: ours(files) }, { reader: "zbarimg", texts: zbar(files) }]
        .filter(({ texts }) => texts !== null);
    if (readings.length === 0)
        throw new Error("no QR reader: build riderport-qrscan or install zbar-tools");
    return readings;
}
