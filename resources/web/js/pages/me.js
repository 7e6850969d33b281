// SPDX-License-Identifier: Apache-2.0
import { ApiError, get, post } from "../api.js";
import { el } from "../dom.js";
import { dateTime, has, local, t } from "../i18n.js";
import { forgetIdentity, storedIdentity } from "../identity.js";
import { backLink, draw, drawAndFocus, errorBox, heading, loading, start, whoAmI } from "../shell.js";
import { signIn } from "../signin.js";

const state = { me: null, stations: [], form: null, error: null, asking: false, note: "", thisKid: null, busy: false };

async function load() {
    state.error = null;
    try {
        state.thisKid = (globalThis.indexedDB && (await storedIdentity())?.kid) || null;
        state.me = await whoAmI();
        state.form = state.me.signed_in ? null : signIn(load);
        state.stations = (await get("stations")).stations;
    } catch (error) {
        state.error = error;
    }
    drawAndFocus();
}

async function attempt(action) {
    if (state.busy)
        return;
    state.busy = true;
    state.note = "";
    state.error = null;
    try {
        await action();
    } catch (error) {
        if (!(error instanceof ApiError))
            throw error;
        state.error = error;
    }
    state.busy = false;
    draw();
}

const revoke = (kid) => attempt(async () => {
    await post(`keys/${kid}/revoke`);
    if (kid === state.thisKid)
        await forgetIdentity();
    state.me = await whoAmI();
    state.note = "me.revoked";
});

const download = () => attempt(async () => {
    const data = await get("data");
    const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
    el("a", { href: url, download: `riderport-${new Date().toISOString().slice(0, 10)}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    state.note = "me.exported";
});

const askDeletion = () => attempt(async () => {
    state.me.deletion_requested_at = (await post("deletion")).requested_at;
    state.asking = false;
});

const row = (label, value) => el("div", { class: "pair" }, el("dt", {}, t(label)), el("dd", {}, value));

function profile() {
    const worker = state.me.worker;
    const category = has("me.cat." + worker.category) ? "me.cat." + worker.category : "me.cat.other";
    return el("section", { class: "card" }, el("h2", {}, t("me.profile")), el("dl", {},
        row("me.name", worker.name_masked), row("me.mobile", worker.mobile_masked),
        row("me.idNumber", worker.id_number_masked), row("me.category", t(category)),
        row("me.level", t("me.level" + worker.auth_level)), row("me.since", dateTime(worker.registered_at))));
}

function keys() {
    return el("section", { class: "card" }, el("h2", {}, t("me.keys")),
        state.me.keys.length === 0 && el("p", { class: "quiet" }, t("me.keyNone")),
        el("ul", { class: "rows" }, state.me.keys.map((key) => el("li", {},
            el("span", {}, el("strong", {}, t("me.key", { kid: key.kid.toUpperCase() }),
                key.kid === state.thisKid && ` (${t("me.keyThis")})`), el("br"),
            el("span", { class: "quiet" }, t("me.keyUntil", { date: dateTime(key.not_after * 1000) }))),
            el("button", { type: "button", class: "second small", "aria-label": `${t("me.revoke")} ${key.kid}`,
                onclick: () => revoke(key.kid) }, t("me.revoke"))))));
}

function stationName(id) {
    const station = state.stations.find((item) => item.id === id);
    return station ? local(station.name) : id;
}

function sessions() {
    return el("section", { class: "card" }, el("h2", {}, t("me.sessions")),
        state.me.sessions.length === 0 && el("p", { class: "quiet" }, t("me.sessionNone")),
        el("ul", { class: "rows" }, state.me.sessions.map((session) => el("li", {}, el("span", {},
            el("strong", {}, stationName(session.station)), el("br"),
            el("span", { class: "quiet" }, dateTime(session.opened_at), " · ", session.closed_at
                ? t("me.sessionEnd", { time: dateTime(session.closed_at) }) : t("me.sessionOpen")))))));
}

function deletion() {
    if (state.me.deletion_requested_at)
        return el("p", { class: "box ok", role: "status" },
            t("me.deleteDone", { date: dateTime(state.me.deletion_requested_at) }));
    if (!state.asking)
        return el("button", { type: "button", class: "second danger", onclick: () => {
            state.asking = true;
            draw();
            document.getElementById("delete-yes").focus();
        } }, t("me.delete"));
    return el("section", { class: "box warn" }, el("p", {}, t("me.deleteAsk")),
        el("button", { type: "button", class: "first danger", id: "delete-yes", onclick: askDeletion },
            t("me.deleteYes")),
        el("button", { type: "button", class: "second", onclick: () => {
            state.asking = false;
            draw();
        } }, t("me.deleteNo")));
}

function render() {
    if (!state.me)
        return [heading(t("me.title")), state.error ? errorBox(state.error, load) : loading(), state.error && backLink()];
    if (!state.me.signed_in)
        return [state.form.render()];
    return [
        heading(t("me.title")),
        el("p", { class: "lead" }, t("me.lead")),
        state.error && errorBox(state.error),
        el("div", { role: "status" }, state.note && el("p", { class: "box ok" }, t(state.note))),
        profile(), keys(), sessions(),
        el("p", { class: "quiet" }, t("me.never")),
        el("button", { type: "button", class: "first", onclick: download }, t("me.export")),
        el("p", { class: "hint center" }, t("me.exportHint")),
        deletion(),
        backLink(),
    ];
}

start("me.title", render);
load();
