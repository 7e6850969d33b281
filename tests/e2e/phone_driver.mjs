#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// A worker's phone for other tests: real pages in headless Chromium against a running district server.
//
//   node phone_driver.mjs confirm-ticket URL --match NN --sms OUTBOX [--worker N] [--out DIR] [--lang zh|en]
//       opens the URL the kiosk shows as a code, signs worker N in, agrees, picks NN. Prints one JSON line
//       {"result":"confirmed"|"refused","text":…}; exit 0 = confirmed, 3 = the page refused.
//   node phone_driver.mjs my-code --url SERVER --station ST01 --sms OUTBOX [--worker N] [--seconds N]
//       [--record FILE.mkv] [--fps N] [--out DIR] [--text FILE]
//       opens /code for the station and keeps it rolling for N seconds (default 40). --record films the page: real
//       screenshots, a phone-like frame on grey, 1280×720, MJPEG, one picture per 1/fps s (default 5, shown at 15/s
//       in real time), ready to be played to a kiosk camera. --text appends each new code as it appears.
//       Prints {"result":"ready","code":…} with the first code and {"result":"done","codes":[…]} at the end.
//   --profile DIR keeps the phone's memory between calls: signed in once, no further text message.
//   OUTBOX is the simulator's list of messages (GET → [{to, text}, …] or {"messages":[…]}).
//   Sample worker n has mobile 154 + n in eight digits. Needs node, chromium, `npm ci` here; --record needs ffmpeg.
import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { agreeIfAsked, openPhone, signIn } from "./browser.mjs";
import { codeIn, mobileOf, until } from "./district.mjs";

const { values: given, positionals: [command, target] } = parseArgs({ allowPositionals: true, options: {
    match: { type: "string" }, sms: { type: "string" }, worker: { type: "string", default: "1" },
    out: { type: "string" }, lang: { type: "string", default: "zh" }, url: { type: "string" },
    station: { type: "string", default: "ST01" }, seconds: { type: "string", default: "40" },
    record: { type: "string" }, fps: { type: "string", default: "5" }, text: { type: "string" },
    profile: { type: "string" },
} });
const SHOWN_FPS = 15;
const PHONE = { x: 480, y: 31, width: 320, height: 658 };

const say = (object) => console.log(JSON.stringify(object));
let shots = 0;

async function shot(page, name) {
    if (!given.out)
        return;
    mkdirSync(given.out, { recursive: true });
    await page.screenshot({ path: join(given.out, `${String(++shots).padStart(2, "0")}-${name}.png`) });
}

async function outbox() {
    const answer = await (await fetch(given.sms)).json();
    return Array.isArray(answer) ? answer : answer.messages ?? [];
}

/** Only a message sent after we asked counts: an older code would be used up. */
async function signInAs(page, mobile) {
    const before = (await outbox()).length;
    await signIn(page, mobile, () => until("the text message",
        async () => codeIn((await outbox()).slice(before), mobile)));
}

async function enter(page, ready) {
    await page.locator("main").waitFor();
    await page.locator(`#mobile, #agree, ${ready}`).first().waitFor();
    if (await page.locator("#mobile").count()) {
        if (!given.sms)
            throw new Error("--sms is needed to sign in");
        await shot(page, "signin");
        await signInAs(page, mobileOf(given.worker));
    }
    await page.locator(`#agree, ${ready}`).first().waitFor();
    if (await page.locator("#agree").count())
        await shot(page, "agree");
    await agreeIfAsked(page, ready);
}

async function confirmTicket(page) {
    await page.goto(target);
    await enter(page, ".numbers, #ending, .box.bad[role=alert]:not(#problem)");
    await shot(page, "numbers");
    const number = page.locator(".numbers button", { hasText: given.match });
    if (await number.count())
        await number.click();
    else if (await page.locator(".numbers").count())
        throw new Error(`the page does not offer ${given.match}`);
    const ending = page.locator("#ending, .box.bad").first();
    await ending.waitFor();
    const confirmed = await ending.getAttribute("data-ending") === "done";
    await shot(page, confirmed ? "done" : "refused");
    say({ result: confirmed ? "confirmed" : "refused", text: await page.locator("main h1").first().innerText() });
    return confirmed ? 0 : 3;
}

function startFilm() {
    const { x, y, width, height } = PHONE;
    const filter = `[0:v]scale=${width}:${height}:flags=lanczos,pad=${width + 24}:${height + 24}:12:12:0x15181d[phone];`
        + `color=c=0x8a8f96:s=1280x720:r=${given.fps}[table];[table][phone]overlay=${x - 12}:${y - 12}:shortest=1,`
        + `fps=${SHOWN_FPS}`;
    const film = spawn("ffmpeg", ["-hide_banner", "-loglevel", "error", "-y", "-f", "image2pipe", "-framerate", given.fps,
        "-c:v", "png", "-i", "-", "-filter_complex", filter, "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj422p",
        given.record], { stdio: ["pipe", "inherit", "inherit"] });
    const done = new Promise((resolve, reject) => {
        film.on("error", reject);
        film.on("exit", (code) => (code === 0 ? resolve() : reject(new Error("ffmpeg ended with " + code))));
    });
    return { add: (png) => new Promise((resolve) => film.stdin.write(png, resolve)), end: () => {
        film.stdin.end();
        return done;
    } };
}

async function myCode(page) {
    await page.goto(new URL("/code?s=" + given.station, given.url).href);
    await enter(page, "#qr");
    await page.locator("#qr-path[d^=M]").waitFor({ state: "attached" });
    await shot(page, "code");
    const codes = [];
    const note = async () => {
        const code = await page.locator("#qr").getAttribute("data-code");
        if (!code || code === codes.at(-1))
            return;
        if (codes.push(code) === 1)
            say({ result: "ready", code });
        if (given.text)
            appendFileSync(given.text, code + "\n");
    };
    await note();
    const film = given.record ? startFilm() : null;
    const step = 1000 / Number(given.fps);
    const start = Date.now();
    const frames = Math.round(Number(given.seconds) * Number(given.fps));
    let picture = null;
    for (let frame = 0; frame < frames; ++frame) {
        // Behind time, the last picture is shown again: the film keeps real time whatever the machine does.
        if (!picture || Date.now() - start <= (frame + 1) * step)
            picture = film ? await page.screenshot() : Buffer.alloc(0);
        await note();
        await film?.add(picture);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, start + (frame + 1) * step - Date.now())));
    }
    await film?.end();
    say({ result: "done", codes });
    return 0;
}

const actions = { "confirm-ticket": confirmTicket, "my-code": myCode };
if (!actions[command] || (command === "confirm-ticket" ? !target || !given.match : !given.url)) {
    console.error("usage: see the head of phone_driver.mjs");
    process.exit(2);
}
const phone = await openPhone({ lang: given.lang === "en" ? "en-US" : "zh-CN", scale: 2, profile: given.profile });
let code = 1;
try {
    code = await actions[command](phone.page);
} catch (error) {
    await shot(phone.page, "failed").catch(() => {});
    console.error(String(error));
    if (given.out)
        writeFileSync(join(given.out, "failed.html"), await phone.page.content());
} finally {
    await phone.close();
}
process.exitCode = code;
