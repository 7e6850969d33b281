// SPDX-License-Identifier: Apache-2.0
import { get, post } from "../api.js";
import { el } from "../dom.js";
import { local, t } from "../i18n.js";
import { wipe } from "../keystore.js";
import { draw, errorBox, heading, icon, ICONS, loading, start, whoAmI } from "../shell.js";
import { signIn } from "../signin.js";

// /s/<station>: the code printed at the station; it opens the same page and remembers the place.
const station = /^\/s\/(ST\d{2})$/.exec(location.pathname)?.[1] ?? null;
const state = { me: null, error: null, form: null, station: null };

async function load() {
    state.error = null;
    try {
        state.me = await whoAmI();
        if (station && !state.station) {
            localStorage.setItem("rp.station", station);
            state.station = (await get("stations")).stations.find((item) => item.id === station) ?? null;
        }
        state.form = state.me.signed_in ? null : signIn(load);
    } catch (error) {
        state.error = error;
    }
    draw();
}

async function signOut() {
    try {
        await post("logout");
        if (globalThis.indexedDB)
            await wipe();
        await load();
    } catch (error) {
        state.error = error;
        draw();
    }
}

const entry = (href, name, title, hint) => el("li", {}, el("a", { class: "entry", href },
    el("span", { class: "entry-icon" }, icon(ICONS[name], 30)),
    el("span", { class: "entry-text" }, el("strong", {}, t(title)), el("span", {}, t(hint))),
    el("span", { class: "entry-next" }, icon(ICONS.next))));

const place = () => state.station && el("p", { class: "place" }, icon(ICONS.place),
    el("span", {}, t("home.atStation", { station: local(state.station.name) })));

function render() {
    if (state.error)
        return [heading(t("home.title")), errorBox(state.error, load), el("ul", { class: "entries" },
            entry("/code", "code", "home.code", "home.codeHint"))];
    if (!state.me)
        return [heading(t("home.title")), loading()];
    if (!state.me.signed_in)
        return [place(), state.form.render()];
    return [
        place(),
        heading(t("home.hello", { name: state.me.worker.name_masked })),
        el("p", { class: "lead" }, t("home.lead")),
        el("ul", { class: "entries" },
            entry(station ? "/code?s=" + station : "/code", "code", "home.code", "home.codeHint"),
            entry("/me", "me", "home.me", "home.meHint"),
            entry("/consents", "consent", "home.consents", "home.consentsHint")),
        el("p", { class: "quiet" }, t("home.ticketHint")),
        el("button", { type: "button", class: "second", onclick: signOut }, t("app.signOut")),
    ];
}

start("app.name", render);
load();
