// SPDX-License-Identifier: Apache-2.0
// /l/<ticket>: the worker scanned the code on a kiosk. The kiosk shows one number, we show three: picking the right one
// proves that the person is standing in front of that very kiosk.
import { agreement, LOGIN_GROUP } from "../agreement.js";
import { ApiError, get, post } from "../api.js";
import { el } from "../dom.js";
import { local, t } from "../i18n.js";
import { backLink, draw, drawAndFocus, errorBox, heading, icon, ICONS, loading, start, whoAmI } from "../shell.js";
import { serverNow } from "../servertime.js";
import { signIn } from "../signin.js";

const id = location.pathname.split("/")[2] ?? "";
const state = { view: "loading", ticket: null, part: null, error: null, busy: false, ok: false };
let timer = 0;

const ENDS = { "ticket.expired": "expired", "ticket.used": "used", "ticket.taken": "taken", "ticket.unknown": "unknown",
    "ticket.wrong-number": "wrong", "ticket.cancelled": "cancelled" };

function show(view, more = {}) {
    Object.assign(state, { view, error: null, busy: false }, more);
    if (view !== "choose")
        clearInterval(timer);
    drawAndFocus();
}

function failed(error) {
    if (!(error instanceof ApiError))
        throw error;
    if (ENDS[error.code])
        return show(ENDS[error.code]);
    if (error.code === "phone.signed-out")
        return show("signin", { part: signIn(load) });
    show("error", { error });
}

async function load() {
    try {
        const me = await whoAmI();
        state.ticket = await get("tickets/" + encodeURIComponent(id));
        if (!me.signed_in)
            return show("signin", { part: signIn(load) });
        if (me.login_consent)
            return show("agree", { part: agreement(me.login_consent, load) });
        state.expiresAt = serverNow() + state.ticket.expires_in_ms;
        clearInterval(timer);
        timer = setInterval(tick, 1000);
        show("choose");
    } catch (error) {
        failed(error);
    }
}

function tick() {
    const left = Math.ceil((state.expiresAt - serverNow()) / 1000);
    if (left <= 0)
        return show("expired");
    const node = document.getElementById("left");
    if (node)
        node.textContent = t("ticket.left", { n: left });
}

async function act(path, body, next, more) {
    if (state.busy)
        return;
    state.busy = true;
    draw();
    try {
        await post(`tickets/${encodeURIComponent(id)}/${path}`, body);
        show(next, more);
    } catch (error) {
        failed(error);
    }
}

const station = () => el("section", { class: "card station" }, el("p", { class: "quiet" }, t("ticket.station")),
    el("p", { class: "strong" }, icon(ICONS.place), el("span", {}, local(state.ticket.station_name))));

const choose = () => [
    heading(t("ticket.title")),
    station(),
    el("h2", { id: "ask" }, t("ticket.ask")),
    el("p", { class: "hint" }, t("ticket.askHint")),
    el("div", { class: "numbers", role: "group", "aria-labelledby": "ask" }, state.ticket.choices.map((number) =>
        el("button", { type: "button", "aria-label": t("ticket.number", { n: number }), disabled: state.busy,
            onclick: () => act("confirm", { match_code: number }, "done", { ok: true }) }, number))),
    el("p", { class: "quiet", id: "left", role: "timer" },
        t("ticket.left", { n: Math.max(0, Math.ceil((state.expiresAt - serverNow()) / 1000)) })),
    el("div", { class: "box warn" }, el("p", {}, t("ticket.warn"))),
    el("button", { type: "button", class: "second", disabled: state.busy,
        onclick: () => act("cancel", {}, "cancelled") }, t("ticket.notMe")),
];

const ending = (name) => [
    el("div", { class: name === "done" ? "box ok" : "box warn", id: "ending", "data-ending": name },
        el("p", { class: "box-icon" }, icon(name === "done" ? ICONS.ok : ICONS.warn, 44)),
        heading(t(`ticket.${name}Title`)), el("p", {}, t(`ticket.${name}Text`))),
    name === "done" && el("p", { class: "quiet" }, t("app.close")),
    backLink(),
];

function render() {
    switch (state.view) {
    case "loading": return [heading(t("ticket.title")), loading()];
    case "signin": return [state.ticket && station(), state.part.render()];
    case "agree": return [station(), state.part.render()];
    case "choose": return choose();
    case "error": return [heading(t("ticket.title")), errorBox(state.error, load), backLink()];
    default: return ending(state.view);
    }
}

start("ticket.title", render);
load();
