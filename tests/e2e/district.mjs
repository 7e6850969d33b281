// SPDX-License-Identifier: Apache-2.0
// A real district server in a directory of its own, and somewhere for its text messages to go.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kiosk } from "./kiosk.mjs";

const BIN = process.env.RIDERPORT_BIN ?? "build/ci/bin";
const SOURCE = process.env.RIDERPORT_SOURCE ?? process.cwd();

/** Sample worker n has mobile 154 + n in eight digits. */
export const mobileOf = (worker) => "154" + String(worker).padStart(8, "0");

/** The last six-digit code in a list of {to, text}. */
export function codeIn(messages, mobile) {
    const text = messages.filter((message) => message.to === mobile).at(-1)?.text ?? "";
    return /(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? null;
}

export async function until(what, probe, timeoutMs = 20000) {
    const end = Date.now() + timeoutMs;
    for (;;) {
        const value = await probe();
        if (value)
            return value;
        if (Date.now() > end)
            throw new Error("timed out waiting for " + what);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

/** Keeps what the server sends; stands where a message gateway would. */
export async function startSmsSink() {
    const messages = [];
    const server = createServer((request, response) => {
        let body = "";
        request.on("data", (chunk) => { body += chunk; });
        request.on("end", () => {
            messages.push(JSON.parse(body));
            response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
        });
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `http://127.0.0.1:${server.address().port}/sms`, messages,
        codeFor: (mobile) => until("a message to the phone", () => codeIn(messages, mobile)),
        forget: () => { messages.length = 0; },
        close: () => server.close(),
    };
}

function run(program, args, onExit) {
    const child = spawn(join(BIN, program), args, { stdio: ["ignore", "pipe", "pipe"] });
    const state = { child, log: "" };
    child.stderr.on("data", (chunk) => { state.log += chunk; });
    child.on("exit", (code) => { state.code = code; onExit?.(code); });
    return state;
}

async function readyLine(state) {
    let out = "";
    state.child.stdout.on("data", (chunk) => { out += chunk; });
    await until("the server to be ready", () => {
        if (state.code !== undefined)
            throw new Error(`server ended with ${state.code}\n${state.log}`);
        return out.includes("\n");
    }, 60000);
    return JSON.parse(out.split("\n")[0]);
}

export class District {
    static async start(smsUrl) {
        const district = new District();
        district.state = mkdtempSync(join(tmpdir(), "riderport-district-"));
        district.smsUrl = smsUrl;
        await district.up("127.0.0.1:0");
        return district;
    }

    async up(listen) {
        const resources = join(SOURCE, "resources");
        this.process = run("riderport-district", ["--listen", listen, "--state", this.state, "--resources", resources,
            "--sample", join(resources, "sample"), "--sms", this.smsUrl]);
        this.url = (await readyLine(this.process)).url;
    }

    async down() {
        const { child } = this.process;
        if (this.process.code === undefined) {
            const gone = new Promise((resolve) => child.once("exit", resolve));
            child.kill("SIGTERM");
            await gone;
        }
        return this.process.code;
    }

    /** The same place again, so that open pages find it. */
    async upAgain() {
        await this.up(new URL(this.url).host);
    }

    /** An enrolled kiosk at a station. */
    async kiosk(station = "ST01") {
        const made = spawnSync(join(BIN, "riderportctl"), ["enrol-code", "--state", this.state, "--station", station],
            { encoding: "utf8" });
        const code = /\b[2-9A-Z]{8}\b/.exec(made.stdout ?? "")?.[0];
        if (!code)
            throw new Error(`riderportctl enrol-code: ${made.status} ${made.stdout} ${made.stderr}`);
        const kiosk = new Kiosk(this.url);
        await kiosk.enrol(code);
        return kiosk;
    }

    cleanUp() {
        rmSync(this.state, { recursive: true, force: true });
    }
}
