// SPDX-License-Identifier: Apache-2.0
// Own data, consents, languages, accessibility, headers: every phone page in both languages.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { agreeIfAsked, openPhone, signIn } from "./browser.mjs";
import { District, mobileOf, startSmsSink } from "./district.mjs";
import { readQr } from "./qrreader.mjs";

const SOURCE = process.env.RIDERPORT_SOURCE ?? process.cwd();
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = process.env.RIDERPORT_SHOTS; // a folder: pictures of every page for people to look at
const folder = mkdtempSync(join(tmpdir(), "riderport-pages-test-"));
let sms, district, kiosk, phone;
const url = (path) => new URL(path, district.url).href;

before(async () => {
    sms = await startSmsSink();
    district = await District.start(sms.url);
    kiosk = await district.kiosk("ST01");
    phone = await openPhone({ scale: 1 });
    if (SHOTS)
        mkdirSync(SHOTS, { recursive: true });
});

after(async () => {
    await phone?.close();
    await district?.down();
    district?.cleanUp();
    sms?.close();
    rmSync(folder, { recursive: true, force: true });
});

const S02_ANSWER = { data_as_of: "2026-11-12T02:10:00+08:00", source_system: "hb-hrss-sim", demo: true, data: { persons: [{
    aac003: "张*军", aac002: "429***********0011", rows: [{ aae140: "110", aac008: "1", first_month: "201503",
        last_month: "202610", months_total: 134, arrears_months: ["202604"], account_balance_fen: 4812360 }] }] } };

/** 360 wide, no sideways scrolling, targets big enough, nothing axe objects to. */
async function inspect(page, name, language) {
    assert.equal(await page.evaluate(() => document.documentElement.lang), language === "zh" ? "zh-CN" : "en", name);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360, `${name}: scrolls sideways`);
    const small = await page.evaluate(() => [...document.querySelectorAll("button, input, a")].filter((node) => {
        const box = (node.closest("label") ?? node).getBoundingClientRect();
        return box.width > 0 && (box.height < 43.5 || box.width < 34);
    }).map((node) => node.outerHTML.slice(0, 80)));
    assert.deepEqual(small, [], `${name}: targets too small`);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`), [], name);
    if (SHOTS)
        await page.screenshot({ path: join(SHOTS, `${language}-${name}.png`) });
}

async function everywhere(page, name, ready) {
    for (const language of ["zh", "en"]) {
        if (await page.evaluate(() => document.documentElement.lang.slice(0, 2)) !== language)
            await page.locator(".lang").click();
        await page.locator(ready).first().waitFor();
        await inspect(page, name, language);
    }
    await page.locator(".lang").click();
}

test("pages before sign-in", async () => {
    const { page } = phone;
    await page.goto(url("/s/ST01"));
    await everywhere(page, "signin", "#mobile");
    await page.locator("#mobile").fill("1");
    await page.locator("button.first").click();
    await everywhere(page, "signin-error", "#problem");
    await page.locator("#mobile").fill(mobileOf(7));
    await page.locator("button.first").click();
    await everywhere(page, "signin-code", "#code");
    await page.locator("#code").fill(await sms.codeFor(mobileOf(7)));
    await page.locator("button.first").click();
    await everywhere(page, "home", ".entries");
});

test("the language stays", async () => {
    const { page } = phone;
    await page.locator(".lang").click();
    await page.goto(url("/me"));
    await page.getByRole("heading", { name: "My data" }).waitFor();
    await page.locator(".lang").click();
    const english = await openPhone({ lang: "en-GB" });
    await english.page.goto(url("/"));
    await english.page.getByText("Sign in by mobile number").waitFor();
    assert.deepEqual(english.complaints, []);
    await english.close();
});

test("log-in pages", async () => {
    const { page } = phone;
    const ticket = (await kiosk.call("POST", "/v1/tickets", {})).body;
    await page.goto(url(new URL(ticket.url).pathname));
    await page.locator("#agree").waitFor();
    await page.locator("button.first").click();
    await everywhere(page, "agree", "#agree-problem");
    await agreeIfAsked(page, ".numbers");
    await everywhere(page, "ticket", ".numbers");
    await page.locator(".numbers button", { hasText: ticket.match_code }).click();
    await everywhere(page, "ticket-done", ".box.ok");
    await page.reload();
    await everywhere(page, "ticket-used", ".box.warn");
    await page.evaluate(() => localStorage.removeItem("rp.station"));
    await page.goto(url("/code"));
    await everywhere(page, "code-stations", "[data-station]");
    await page.locator("[data-station=ST07]").click();
    await page.locator("#qr-path[d^=M]").waitFor({ state: "attached" });
    await everywhere(page, "code", "#qr");
});

test("own data: seen, downloaded masked, deletion asked for", async () => {
    const { page } = phone;
    await page.goto(url("/me"));
    await everywhere(page, "me", "dl");
    assert.match(await page.locator("dl").first().innerText(), /154\*{4}0007/);
    const download = page.waitForEvent("download");
    await page.locator("button.first").first().click();
    const file = join(folder, "data.json");
    await (await download).saveAs(file);
    const data = JSON.parse(readFileSync(file, "utf8"));
    assert.equal(data.worker.id, "W7");
    assert.equal(data.phone_keys.length, 1);
    assert.ok(data.accesses.length > 0);
    assert.equal(data.consents[0].group, "login_profile");
    assert.ok(!JSON.stringify(data).includes(mobileOf(7)));
    await page.locator(".second.danger").click();
    await everywhere(page, "me-delete", "#delete-yes");
    await page.locator("#delete-yes").click();
    await page.getByText("已收到您的申请").waitFor();
    await page.reload();
    await page.getByText("已收到您的申请").waitFor();
    await page.locator(".small").click();
    await page.getByText("已停用").waitFor();
    assert.equal(await page.locator(".small").count(), 0);
});

test("consents are given and withdrawn one by one; log-in goes with its consent", async () => {
    const { page } = phone;
    await page.goto(url("/code?s=ST01"));
    await page.locator("#qr-path[d^=M]").waitFor({ state: "attached" });
    const code = await page.locator("#qr").getAttribute("data-code");
    await page.goto(url("/consents"));
    await everywhere(page, "consents", "[data-group]");
    const card = (group) => page.locator(`[data-group=${group}]`);
    await card("social_insurance").getByRole("button", { name: "同意", exact: true }).click();
    await card("social_insurance").getByText("已同意").waitFor();
    await page.reload();
    await card("social_insurance").getByText("已同意").waitFor();
    await card("social_insurance").getByRole("button", { name: "撤回同意" }).click();
    await card("social_insurance").getByText("未同意").waitFor();
    assert.equal(await card("login_profile").getByText("已同意").count(), 1);
    await card("login_profile").getByRole("button", { name: "撤回同意" }).click();
    await card("login_profile").getByText("未同意").waitFor();
    const refused = await kiosk.call("POST", "/v1/sessions", { token: code });
    assert.equal(refused.body.error.code, "token.unknown-key");
    await page.goto(url("/code"));
    await page.locator("#agree").waitFor();
});

test("results sent from the kiosk", async () => {
    const { page } = phone;
    await page.goto(url("/h/nothing"));
    await everywhere(page, "handoff-gone", ".box.warn");
    const descriptor = JSON.parse(readFileSync(join(SOURCE, "resources/services/S02.json"), "utf8"));
    await page.route("**/p/v1/handoffs/*", (route) => route.fulfill({ json: { service: "S02", descriptor,
        result: S02_ANSWER, expires_in_ms: 540000, server_time: Date.now() } }));
    await page.goto(url("/h/shown"));
    await everywhere(page, "handoff", "dl");
    const text = await page.locator("main").innerText();
    assert.ok(!text.includes("48,123.60") && text.includes("****"));
    await page.locator(".reveal").click();
    assert.ok((await page.locator("main").innerText()).includes("¥48,123.60"));
    await page.unroute("**/p/v1/handoffs/*");
});

test("codes the page draws are read by real readers", async () => {
    const { page } = phone;
    await page.goto(url("/"));
    await page.locator("main").waitFor();
    const drawn = await page.evaluate(async () => {
        const { encodeQr, CAPACITY, QUIET, SIZE } = await import("/web/js/qrencode.js");
        const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        const random = (length) => Array.from(crypto.getRandomValues(new Uint8Array(length)), (b) => alphabet[b % 45]).join("");
        const texts = [...Array(24)].map(() => "K1:" + random(135)).concat(["A", "AB", "K1:" + "0".repeat(135), random(CAPACITY)]
            .map((text) => text.replace(/^ | $/g, "X")));
        const side = 5 * (SIZE + 2 * QUIET);
        const pictures = texts.map((text) => {
            const canvas = document.createElement("canvas");
            canvas.width = canvas.height = side;
            const paint = canvas.getContext("2d");
            paint.fillStyle = "#fff";
            paint.fillRect(0, 0, side, side);
            paint.fillStyle = "#000";
            encodeQr(text).forEach((row, r) => row.forEach((dark, c) => dark
                && paint.fillRect(5 * (c + QUIET), 5 * (r + QUIET), 5, 5)));
            return canvas.toDataURL("image/png").split(",")[1];
        });
        const refused = ["a", "K1:" + "A".repeat(CAPACITY)].map((text) => {
            try {
                return Boolean(encodeQr(text));
            } catch (error) {
                return error.message;
            }
        });
        return { texts, pictures, refused };
    });
    assert.deepEqual(drawn.refused, ["qr.text", "qr.text"]);
    const { writeFileSync } = await import("node:fs");
    const files = drawn.pictures.map((picture, i) => {
        const file = join(folder, `qr-${i}.png`);
        writeFileSync(file, Buffer.from(picture, "base64"));
        return file;
    });
    for (const { reader, texts } of readQr(files))
        assert.deepEqual(texts, drawn.texts, reader);
});

test("only pages and assets are served, with a strict policy; foreign calls are refused", async () => {
    const page = await fetch(url("/code"));
    assert.match(page.headers.get("content-security-policy"), /^default-src 'none'; script-src 'self'; style-src 'self'/);
    assert.equal(page.headers.get("x-frame-options"), "DENY");
    const html = await page.text();
    assert.ok(!/<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/.test(html), "nothing inline");
    const asset = await fetch(url("/web/js/api.js"));
    assert.match(asset.headers.get("content-type"), /^text\/javascript/);
    const etag = asset.headers.get("etag");
    const same = await fetch(url("/web/js/api.js"), { headers: { "If-None-Match": etag } });
    assert.equal(same.status, 304);
    const status = (path) => new Promise((resolve, reject) => {
        request({ ...new URLParts(district.url), path }, (response) => {
            response.resume();
            resolve(response.statusCode);
        }).on("error", reject).end();
    });
    for (const path of ["/web/consents.json", "/web/../sample/stations.json", "/web/%2e%2e/sample/stations.json",
        "/web/..%2f..%2fsample%2fstations.json", "/web/", "/web/js", "/web//etc/passwd", "/web/js/api.js%00.css"])
        assert.ok([400, 404].includes(await status(path)), path);
    const me = await fetch(url("/p/v1/me"));
    assert.equal(me.headers.get("cache-control"), "no-store");
    for (const headers of [{}, { "X-Riderport": "1", "Sec-Fetch-Site": "cross-site" }]) {
        const refused = await fetch(url("/p/v1/logout"), { method: "POST", headers, body: "{}" });
        assert.equal((await refused.json()).error.code, "request.header");
    }
    for (const path of ["data", "consents", "handoffs/x"])
        assert.equal((await fetch(url("/p/v1/" + path))).status, 401, path);
});

class URLParts {
    constructor(text) {
        const parsed = new URL(text);
        this.host = parsed.hostname;
        this.port = parsed.port;
    }
}

test("signing out forgets the phone, and nothing was complained about", async () => {
    const { page } = phone;
    await page.goto(url("/"));
    await page.getByText("退出这部手机").click();
    await page.locator("#mobile").waitFor();
    const left = await page.evaluate(async () => (await import("/web/js/keystore.js")).readItem("identity"));
    assert.equal(left, undefined);
    assert.deepEqual(phone.complaints, []);
});
