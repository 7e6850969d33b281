// SPDX-License-Identifier: Apache-2.0
// Sign-in, tickets and the rolling code: phone pages in a real browser, a real server, a kiosk's real requests.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { agreeIfAsked, openPhone, signIn } from "./browser.mjs";
import { District, mobileOf, startSmsSink, until } from "./district.mjs";
import { certificateSignatureHolds, codeSignatureHolds, kidOf, readCertificate, readLoginCode } from "./kiosk.mjs";
import { readQr } from "./qrreader.mjs";

let sms, district, kiosk, neighbour, phone, early, earlyAt;
const folder = mkdtempSync(join(tmpdir(), "riderport-phone-test-"));
const url = (path) => new URL(path, district.url).href;
const ticketPath = (ticket) => new URL(ticket.url).pathname;

before(async () => {
    sms = await startSmsSink();
    district = await District.start(sms.url);
    kiosk = await district.kiosk("ST01");
    neighbour = await district.kiosk("ST02");
    phone = await openPhone();
    early = (await kiosk.call("POST", "/v1/tickets", {})).body; // runs out while the other tests run
    earlyAt = Date.now();
});

after(async () => {
    await phone?.close();
    await district?.down();
    district?.cleanUp();
    sms?.close();
    rmSync(folder, { recursive: true, force: true });
});

async function newTicket() {
    const { status, body } = await kiosk.call("POST", "/v1/tickets", {});
    assert.equal(status, 200);
    assert.match(body.ticket, /^[0-9a-f]{32}$/);
    return body;
}

const readTicket = async (ticket, query = "") => (await kiosk.call("GET", `/v1/tickets/${ticket.ticket}${query}`)).body;

test("signs in by text message, tells strangers nothing, logs no code", async () => {
    const { page, context } = phone;
    await page.goto(url("/"));
    await page.locator("#mobile").fill("12345");
    await page.locator("button.first").click();
    assert.match(await page.locator("#problem").innerText(), /11 位数字[\s\S]*12345/);
    await page.locator("#mobile").fill("+86 " + mobileOf(1));
    await page.locator("button.first").click();
    await page.locator("#code").waitFor();
    const code = await sms.codeFor(mobileOf(1));
    await page.locator("#code").fill(code === "000000" ? "000001" : "000000");
    await page.locator("button.first").click();
    assert.match(await page.locator("#problem").innerText(), /还可以试 4 次/);
    await page.locator("#code").fill(code);
    await page.locator("button.first").click();
    await page.locator(".entries").waitFor();
    const cookie = (await context.cookies()).find((item) => item.name === "rp_phone");
    assert.equal(cookie.httpOnly, true);
    assert.equal(cookie.sameSite, "Strict");
    assert.ok(cookie.expires > Date.now() / 1000 + 29 * 86400);

    const ask = async (mobile) => {
        const response = await fetch(url("/p/v1/sms"), { method: "POST", headers: { "X-Riderport": "1" },
            body: JSON.stringify({ mobile }) });
        const { server_time: _, ...body } = await response.json();
        return { status: response.status, body };
    };
    const stranger = await ask("15499999999");
    assert.deepEqual(stranger, await ask(mobileOf(2)));
    assert.equal(stranger.status, 200);
    await sms.codeFor(mobileOf(2));
    assert.equal(sms.messages.filter((message) => message.to === "15499999999").length, 0);
    assert.equal((await ask(mobileOf(2))).body.error.code, "sms.too-soon");
    assert.equal((await ask("15499999999")).body.error.code, "sms.too-soon");
    for (const secret of [code, mobileOf(1), cookie.value])
        assert.ok(!district.process.log.includes(secret), "a secret in the log");
});

test("the right number logs in, once", async () => {
    const { page } = phone;
    const ticket = await newTicket();
    assert.equal((await readTicket(ticket)).state, "created");
    const waiting = readTicket(ticket, "?known=created&wait_ms=20000");
    await page.goto(url(ticketPath(ticket)));
    assert.equal((await waiting).state, "scanned");
    await agreeIfAsked(page, ".numbers");
    const numbers = await page.locator(".numbers button").allInnerTexts();
    assert.equal(new Set(numbers).size, 3);
    assert.ok(numbers.includes(ticket.match_code));
    const confirmed = readTicket(ticket, "?known=scanned&wait_ms=20000");
    await page.locator(".numbers button", { hasText: ticket.match_code }).click();
    await page.locator("#ending[data-ending=done]").waitFor();
    const session = await confirmed;
    assert.equal(session.state, "confirmed");
    assert.equal(session.worker, "W1");
    assert.match(session.name_masked, /\*/);
    assert.equal((await readTicket(ticket)).session, session.session);
    assert.equal((await neighbour.call("GET", `/v1/tickets/${ticket.ticket}`)).status, 404);
    await page.goto(url(ticketPath(ticket)));
    assert.match(await page.locator("#ending").innerText(), /已经用过了/);
    const closed = await kiosk.call("DELETE", `/v1/sessions/${session.session}`);
    assert.equal(closed.body.was_open, true);
});

test("a wrong number and 'not me' cancel the log-in", async () => {
    const { page } = phone;
    const ticket = await newTicket();
    await page.goto(url(ticketPath(ticket)));
    await page.locator(".numbers").waitFor();
    await page.locator(`.numbers button:not(:has-text("${ticket.match_code}"))`).first().click();
    assert.match(await page.locator("#ending").innerText(), /数字不对/);
    assert.equal((await readTicket(ticket)).state, "cancelled");
    const other = await newTicket();
    await page.goto(url(ticketPath(other)));
    await page.getByText("不是我").last().click();
    assert.match(await page.locator("#ending").innerText(), /已取消/);
    assert.equal((await readTicket(other)).state, "cancelled");
});

test("a ticket belongs to the phone that scanned it first", async () => {
    const ticket = await newTicket();
    await phone.page.goto(url(ticketPath(ticket)));
    await phone.page.locator(".numbers").waitFor();
    const thief = await openPhone({ lang: "en-US" });
    try {
        await thief.page.goto(url(ticketPath(ticket)));
        await signIn(thief.page, mobileOf(3), sms.codeFor);
        assert.match(await thief.page.locator("#ending").innerText(), /Another phone scanned/);
        assert.deepEqual(thief.complaints, []);
    } finally {
        await thief.close();
    }
    await phone.page.locator(".numbers button", { hasText: ticket.match_code }).click();
    await phone.page.locator("#ending[data-ending=done]").waitFor();
    assert.equal((await readTicket(ticket)).worker, "W1");
});

async function codeOnScreen(page, name) {
    const file = join(folder, name + ".png");
    const shown = await page.locator("#qr").getAttribute("data-code");
    await page.screenshot({ path: file });
    // The picture may have been taken after the next code was drawn.
    const after = await page.locator("#qr").getAttribute("data-code");
    for (const { reader, texts } of readQr([file]))
        assert.ok(texts[0] === shown || texts[0] === after, `${reader} read ${texts[0]}`);
    return after;
}

const nextCode = (page, previous) => until("the next code", async () => {
    const code = await page.locator("#qr").getAttribute("data-code");
    return code !== previous && code;
}, 20000);

test("the rolling code is signed twice, read from the screen, and opens one session", async () => {
    const { page } = phone;
    let certificate;
    const registered = page.waitForResponse("**/p/v1/keys");
    await page.goto(url("/code?s=ST01"));
    certificate = readCertificate(Buffer.from((await (await registered).json()).certificate, "base64"));
    await page.locator("#qr-path[d^=M]").waitFor({ state: "attached" });
    const text = await codeOnScreen(page, "code");
    const code = readLoginCode(text);
    assert.equal(code.version, 1);
    assert.equal(code.subject, 1n);
    assert.equal(code.district, 420303);
    assert.equal(code.station, 1);
    assert.equal(code.ttl, 30);
    assert.ok(Math.abs(code.issued - Date.now() / 1000) < 20);
    assert.equal(code.kid, kidOf(certificate.publicKey));
    assert.ok(codeSignatureHolds(code, certificate.publicKey));
    assert.equal(certificate.subject, 1n);
    const issuer = kiosk.issuers.find(({ kid }) => kid === certificate.issuerKid);
    assert.ok(certificateSignatureHolds(certificate, Buffer.from(issuer.public_key, "base64")));
    const bent = { ...code, bytes: Buffer.from(code.bytes) };
    bent.bytes[20] ^= 1;
    assert.ok(!codeSignatureHolds(bent, certificate.publicKey), "the check itself checks");

    const opened = await kiosk.call("POST", "/v1/sessions", { token: text });
    assert.equal(opened.status, 200, JSON.stringify(opened.body));
    assert.equal(opened.body.worker, "W1");
    assert.equal((await kiosk.call("POST", "/v1/sessions", { token: text })).body.session, opened.body.session);
    const elsewhere = await neighbour.call("POST", "/v1/sessions", { token: text });
    assert.equal(elsewhere.body.error.code, "token.other-station");
    await kiosk.call("DELETE", `/v1/sessions/${opened.body.session}`);
    const again = await kiosk.call("POST", "/v1/sessions", { token: text });
    assert.equal(again.body.error.code, "token.replayed");
    const fresh = await nextCode(page, text);
    assert.notEqual(readLoginCode(fresh).nonce, code.nonce);
    assert.equal((await kiosk.call("POST", "/v1/sessions", { token: fresh })).status, 200);
});

test("with the server gone the code goes on, also after a reload", async () => {
    const { page } = phone;
    await page.goto(url("/code"));
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.locator("#qr-path[d^=M]").waitFor({ state: "attached" });
    const first = await page.locator("#qr").getAttribute("data-code");
    assert.equal(await district.down(), 0);
    const later = (code, earlier) => readLoginCode(code).issued - readLoginCode(earlier).issued;
    const second = await nextCode(page, first);
    assert.ok(later(second, first) > 0);
    await page.reload();
    await page.locator("#qr-path[d^=M]").waitFor({ state: "attached" });
    await page.getByText("现在没有连上网络").waitFor();
    const reopened = await page.locator("#qr").getAttribute("data-code");
    const third = await nextCode(page, reopened);
    assert.ok(later(third, reopened) > 0 && later(third, reopened) <= 16);
    await codeOnScreen(page, "offline");
    await district.upAgain();
    const opened = await kiosk.call("POST", "/v1/sessions", { token: third });
    assert.equal(opened.status, 200, JSON.stringify(opened.body));
});

test("a phone whose clock is wrong shows the server's time", async () => {
    const other = await openPhone();
    try {
        await other.context.addInitScript(() => {
            const real = Date.now.bind(Date);
            Date.now = () => real() + 47 * 60000;
        });
        await other.page.goto(url("/code?s=ST02"));
        await signIn(other.page, mobileOf(4), sms.codeFor);
        await agreeIfAsked(other.page, "#qr");
        await other.page.locator("#qr-path[d^=M]").waitFor({ state: "attached" });
        const code = await other.page.locator("#qr").getAttribute("data-code");
        assert.ok(Math.abs(readLoginCode(code).issued - Date.now() / 1000) < 20);
        assert.match(await other.page.locator("main").innerText(), /差了 47 分钟/);
        const opened = await neighbour.call("POST", "/v1/sessions", { token: code });
        assert.equal(opened.body.worker, "W4");
    } finally {
        await other.close();
    }
});

test("a browser without the signature says so and names the other way", async () => {
    const old = await openPhone();
    try {
        await old.context.addInitScript(() => {
            const make = crypto.subtle.generateKey.bind(crypto.subtle);
            crypto.subtle.generateKey = (algorithm, ...rest) => algorithm.name === "Ed25519"
                ? Promise.reject(new DOMException("no", "NotSupportedError")) : make(algorithm, ...rest);
        });
        await old.page.goto(url("/code"));
        assert.match(await old.page.locator(".box.warn").innerText(), /扫屏幕上的码/);
    } finally {
        await old.close();
    }
});

test("a ticket runs out after two minutes", async () => {
    const { page } = phone;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, earlyAt + 121000 - Date.now())));
    await page.goto(url(ticketPath(early)));
    assert.match(await page.locator("#ending").innerText(), /过期了/);
    assert.equal((await readTicket(early)).state, "expired");
    await page.goto(url("/l/" + "0".repeat(32)));
    assert.match(await page.locator("#ending").innerText(), /没有找到/);
    assert.deepEqual(phone.complaints, []);
});
