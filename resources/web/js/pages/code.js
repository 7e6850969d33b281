// SPDX-License-Identifier: Apache-2.0
// /code: the rolling log-in code. Once the key is registered nothing here needs the network: the page re-opens from the
// service worker's cache, signs with the stored key and reads the time corrected by the last answer of the server.
import { agreement } from "../agreement.js";
import { ApiError } from "../api.js";
import { el, svg } from "../dom.js";
import { clockTime, local, t } from "../i18n.js";
import { ensureIdentity, forgetEverything, forgetIdentity, isCurrent, refreshStations, storedIdentity, storedStations }
    from "../identity.js";
import { encodeQr, qrPath, QUIET, SIZE } from "../qrencode.js";
import { clockOffsetMs, serverNow } from "../servertime.js";
import { backLink, draw, drawAndFocus, errorBox, heading, icon, ICONS, loading, start, whoAmI } from "../shell.js";
import { signIn } from "../signin.js";
import { canSign, makeCode, STEP_S } from "../token.js";
import { keepAwake } from "../wakelock.js";

const STATION_KEY = "rp.station";
const RING = 2 * Math.PI * 15;
const asked = new URLSearchParams(location.search).get("s");
if (/^ST\d{2}$/.test(asked ?? ""))
    localStorage.setItem(STATION_KEY, asked);

const state = { view: "loading", identity: null, stations: [], station: null, part: null, error: null, offline: false };
let minutes = 0;
let madeFor = -1; // step number of the code on the screen
let madeWith = ""; // key and station of that code
let path = "";
let text = "";

const chosen = () => state.stations.find((item) => item.id === localStorage.getItem(STATION_KEY)) ?? null;

function show(view, more = {}) {
    Object.assign(state, { view, error: null }, more);
    drawAndFocus();
}

/** What the phone holds is enough: show the code at once, talk to the server afterwards. */
async function open() {
    if (!await canSign())
        return show("unsupported");
    state.identity = (await storedIdentity()) ?? null;
    state.stations = await storedStations();
    if (state.identity && isCurrent(state.identity) && state.stations.length)
        ready();
    await refresh();
}

async function refresh() {
    try {
        const me = await whoAmI();
        state.offline = false;
        if (!me.signed_in) {
            await forgetEverything();
            state.identity = null;
            return show("signin", { part: signIn(refresh) });
        }
        if (me.login_consent) {
            await forgetIdentity();
            state.identity = null;
            return show("agree", { part: agreement(me.login_consent, refresh) });
        }
        state.stations = await refreshStations();
        state.identity = await ensureIdentity(me);
        ready();
    } catch (error) {
        if (!(error instanceof ApiError))
            throw error;
        state.offline = error.code === "offline";
        const usable = state.identity && isCurrent(state.identity) && state.stations.length;
        if (state.offline && usable)
            return state.view === "show" ? draw() : ready();
        show("error", { error });
    }
}

function ready() {
    state.station = chosen();
    const purpose = `${state.identity.kid} ${state.station?.id}`;
    if (purpose !== madeWith) // a code on the screen stays until its time is over
        madeFor = -1;
    madeWith = purpose;
    if (!state.station)
        return show("choose");
    if (state.view === "show")
        return draw();
    show("show");
    keepAwake();
    roll();
}

async function roll() {
    const step = Math.floor(serverNow() / 1000 / STEP_S);
    if (state.view !== "show" || step === madeFor)
        return tick();
    madeFor = step;
    if (!isCurrent(state.identity))
        return show("expired");
    text = await makeCode(state.identity, state.station.number, serverNow());
    path = qrPath(encodeQr(text));
    const node = document.getElementById("qr-path");
    if (node) {
        node.setAttribute("d", path);
        document.getElementById("qr").dataset.code = text;
    }
    tick();
}

function tick() {
    const left = STEP_S - (serverNow() / 1000) % STEP_S;
    document.getElementById("ring")?.setAttribute("stroke-dashoffset", String(RING * (1 - left / STEP_S)));
    const node = document.getElementById("next");
    if (node)
        node.textContent = t("code.next", { n: Math.ceil(left) });
    const time = document.getElementById("time");
    if (time)
        time.textContent = clockTime(serverNow());
}

/** Modules are whole device pixels wide, otherwise some are a pixel fatter than others and cameras suffer. */
function qrSize() {
    const modules = SIZE + 2 * QUIET;
    const ratio = globalThis.devicePixelRatio || 1;
    const available = Math.min(document.documentElement.clientWidth - 32, 460);
    return modules * Math.max(1, Math.floor(available * ratio / modules)) / ratio;
}

function qr() {
    const modules = SIZE + 2 * QUIET;
    return el("div", { class: "qr", id: "qr", "data-code": text }, svg("svg", { viewBox: `0 0 ${modules} ${modules}`,
        width: qrSize(), height: qrSize(), role: "img", "aria-label": t("code.alt"), "shape-rendering": "crispEdges" },
    svg("rect", { width: modules, height: modules, fill: "#ffffff" }),
    svg("path", { id: "qr-path", d: path, fill: "#000000" })));
}

function countdown() {
    return el("div", { class: "countdown" },
        svg("svg", { viewBox: "0 0 36 36", width: 44, height: 44, "aria-hidden": "true" },
            svg("circle", { cx: 18, cy: 18, r: 15, fill: "none", "stroke-width": 4, class: "ring-back" }),
            svg("circle", { id: "ring", cx: 18, cy: 18, r: 15, fill: "none", "stroke-width": 4, class: "ring",
                "stroke-dasharray": RING, "stroke-dashoffset": 0, transform: "rotate(-90 18 18)" })),
        el("span", { id: "next" }, t("code.next", { n: STEP_S })),
        el("span", { class: "clock", id: "time" }, clockTime(serverNow())));
}

function pick(stationId) {
    localStorage.setItem(STATION_KEY, stationId);
    text = path = ""; // the other station's code must not be seen for a moment
    ready();
}

const choose = () => [
    heading(t("code.station")),
    state.stations.length ? el("ul", { class: "entries" }, state.stations.map((item) => el("li", {},
        el("button", { type: "button", class: "entry", "data-station": item.id, onclick: () => pick(item.id) },
            el("span", { class: "entry-text" }, el("strong", {}, local(item.name))),
            el("span", { class: "entry-next" }, icon(ICONS.next))))))
        : el("p", { class: "box warn" }, t("code.noStations")),
];

function clockNote() {
    const minutes = Math.round(Math.abs(clockOffsetMs()) / 60000);
    return minutes > 0 && el("p", { class: "quiet" }, t("code.clock", { n: t("code.minutes", { n: minutes }) }));
}

const code = () => [
    heading(t("code.title")),
    state.offline && el("p", { class: "box warn tight", role: "status" }, t("code.offlineNow")),
    qr(),
    countdown(),
    el("section", { class: "card station" },
        el("p", { class: "quiet" }, t("code.where")),
        el("p", { class: "strong" }, icon(ICONS.place), el("span", {}, local(state.station.name))),
        el("button", { type: "button", class: "second", id: "change-station", onclick: () => show("choose") },
            t("code.change"))),
    el("ul", { class: "tips" }, el("li", {}, t("code.show")), el("li", {}, t("code.brighter")),
        !state.offline && el("li", {}, t("code.offline")), el("li", {}, t("code.screenshot"))),
    clockNote(),
    backLink(),
];

const message = (title, body) => [heading(title), el("div", { class: "box warn" }, el("p", {}, body)), backLink()];

function render() {
    switch (state.view) {
    case "loading": return [heading(t("code.title")), loading(t("code.preparing"))];
    case "unsupported": return message(t("code.unsupportedTitle"), t("code.unsupportedText"));
    case "expired": return message(t("code.title"), t("code.expired"));
    case "signin":
    case "agree": return state.part.render();
    case "choose": return choose();
    case "show": return code();
    default: return [heading(t("code.title")), errorBox(state.error, refresh), backLink()];
    }
}

start("code.title", render);
setInterval(roll, 250);
window.addEventListener("online", refresh);
window.addEventListener("resize", () => state.view === "show" && draw());
// Every look at the server leaves an audit entry; more often than this only to find it again.
setInterval(() => state.view === "show" && (state.offline || ++minutes % 5 === 0) && refresh(), 60000);
if (navigator.serviceWorker)
    navigator.serviceWorker.register("/sw.js").catch(() => {}); // without it only re-opening offline is lost
open();
