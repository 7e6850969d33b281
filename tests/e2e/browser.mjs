// SPDX-License-Identifier: Apache-2.0
// Headless Chromium as a phone: 360 × 740 points, touch, and a note of everything the page complains about.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const CHROMIUM = process.env.RIDERPORT_CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-features=Translate", "--disable-dev-shm-usage"];

/** A phone with an empty memory of its own. options: {lang: "zh-CN"|"en-US", scale, profile: a folder to keep}. */
export async function openPhone(options = {}) {
    const profile = options.profile ?? mkdtempSync(join(tmpdir(), "riderport-phone-"));
    const context = await chromium.launchPersistentContext(profile, {
        executablePath: CHROMIUM, headless: true, args: FLAGS, locale: options.lang ?? "zh-CN",
        timezoneId: "Asia/Shanghai", viewport: { width: 360, height: 740 }, deviceScaleFactor: options.scale ?? 2,
        hasTouch: true, isMobile: true, acceptDownloads: true,
    });
    const complaints = [];
    const watch = (page) => {
        page.on("console", (message) => {
            // A refused request is an answer of the server, which the page shows in words.
            if (message.type() === "error" && !/the server responded with a status of|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/
                .test(message.text()))
                complaints.push(message.text());
        });
        page.on("pageerror", (error) => complaints.push(String(error)));
    };
    context.on("page", watch);
    context.pages().forEach(watch);
    const page = context.pages()[0] ?? await context.newPage();
    page.setDefaultTimeout(20000);
    const close = async () => {
        await context.close();
        if (!options.profile)
            rmSync(profile, { recursive: true, force: true });
    };
    return { context, page, complaints, close };
}

/** Signs the page in. readCode(mobile) resolves to the six digits the phone was sent. */
export async function signIn(page, mobile, readCode) {
    await page.locator("#mobile").fill(mobile);
    await page.locator("button.first").click();
    await page.locator("#code").waitFor();
    await page.locator("#code").fill(await readCode(mobile));
    await page.locator("button.first").click();
    await page.locator("#code").waitFor({ state: "detached" });
}

/** Ticks and gives the log-in consent where the page asks for it. */
export async function agreeIfAsked(page, ready) {
    await page.locator(`#agree, ${ready}`).first().waitFor();
    if (await page.locator("#agree").count()) {
        await page.locator("#agree").check();
        await page.locator("button.first").click();
        await page.locator(ready).first().waitFor();
    }
}
