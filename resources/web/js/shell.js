// SPDX-License-Identifier: Apache-2.0
// What every phone page shares: header with language switch and demo badge, main part, help line, error boxes.
import { get } from "./api.js";
import { el, svg } from "./dom.js";
import { has, language, languageTag, setLanguage, t } from "./i18n.js";

export const HOTLINE = "12345";
const DEMO_KEY = "rp.demo";

let render = null;
let titleKey = "app.name";
let demo = localStorage.getItem(DEMO_KEY) === "1";

const icon = (d, size = 24) => svg("svg", { viewBox: "0 0 24 24", width: size, height: size, fill: "none",
    stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round",
    "aria-hidden": "true", focusable: "false" }, svg("path", { d }));

export const ICONS = {
    code: "M3 3h7v7H3zM14 3h7v7h-7zM3 14h7v7H3zM14 14h3v3h-3zM21 14v7h-7",
    me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6",
    consent: "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5",
    ok: "M4 12.5l5 5L20 6.5",
    bad: "M6 6l12 12M18 6L6 18",
    warn: "M12 3L2 20h20zM12 10v4M12 17v.1",
    next: "M9 5l7 7-7 7",
    place: "M12 21c5-6 7-9 7-12a7 7 0 0 0-14 0c0 3 2 6 7 12zM12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
};
export { icon };

function header() {
    return el("header", { class: "bar" },
        el("a", { class: "brand", href: "/" }, t("app.name")),
        demo && el("span", { class: "badge" }, t("app.demo")),
        el("button", { class: "lang", type: "button", lang: language() === "en" ? "zh-CN" : "en",
            "aria-label": t("app.languageLabel"), onclick: switchLanguage }, t("app.language")));
}

function footer() {
    return el("footer", { class: "help" }, t("app.help"), " ", el("a", { href: "tel:" + HOTLINE }, HOTLINE),
        t("app.helpStaff"));
}

function switchLanguage() {
    setLanguage(language() === "en" ? "zh" : "en");
    draw();
    document.querySelector(".lang").focus();
}

/** Draws the page again; called after every change of state. The page function returns nodes for <main>. */
export function draw() {
    document.documentElement.lang = languageTag();
    document.title = t(titleKey) + (titleKey === "app.name" ? "" : " · " + t("app.name"));
    document.getElementById("app").replaceChildren(header(),
        el("main", { id: "main", tabindex: "-1" }, render()), footer());
}

/** After a step the reader's place is the new heading, not the button that is gone. */
export function drawAndFocus() {
    draw();
    window.scrollTo(0, 0);
    document.querySelector("h1")?.focus({ preventScroll: true });
}

export function start(key, renderPage) {
    titleKey = key;
    render = renderPage;
    draw();
}

export function setTitle(key) {
    titleKey = key;
}

export function setDemo(value) {
    demo = Boolean(value);
    localStorage.setItem(DEMO_KEY, demo ? "1" : "0");
}

/** Who is signed in; also carries the demo mark. Throws ApiError. */
export async function whoAmI() {
    const me = await get("me");
    setDemo(me.demo);
    return me;
}

export const heading = (text) => el("h1", { tabindex: "-1" }, text);

export function errorText(error) {
    const key = "error." + error.code;
    const values = { n: error.extra?.retry_after_s ?? 60, left: error.extra?.tries_left ?? 0, code: error.code };
    return t(has(key) ? key : "error.other", values);
}

/** What is wrong, what to do, whom to call. */
export function errorBox(error, retry) {
    return el("div", { class: "box bad", role: "alert" },
        el("p", { class: "box-title" }, icon(ICONS.warn), el("span", {}, t("error.title"))),
        el("p", {}, errorText(error), " ", hotlineText()),
        retry && el("button", { type: "button", class: "second", onclick: retry }, t("app.retry")));
}

export function hotlineText(number = HOTLINE) {
    const [before, after] = t("app.hotline", { number: "\u0000" }).split("\u0000");
    return [before, el("a", { href: "tel:" + number }, number), after];
}

export const loading = (text = t("app.loading")) => el("p", { class: "loading", role: "status" }, text);

export const backLink = () => el("p", { class: "back" }, el("a", { class: "second", href: "/" }, t("app.back")));
