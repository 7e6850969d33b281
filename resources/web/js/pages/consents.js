// SPDX-License-Identifier: Apache-2.0
import { LOGIN_GROUP } from "../agreement.js";
import { ApiError, get, post } from "../api.js";
import { el } from "../dom.js";
import { dateTime, local, t } from "../i18n.js";
import { forgetIdentity } from "../identity.js";
import { backLink, draw, drawAndFocus, errorBox, heading, icon, ICONS, loading, start, whoAmI } from "../shell.js";
import { signIn } from "../signin.js";

const state = { signedIn: false, list: null, form: null, error: null, saved: "", busy: false };

async function load() {
    state.error = null;
    try {
        state.signedIn = (await whoAmI()).signed_in;
        if (state.signedIn)
            state.list = (await get("consents")).consents;
        else
            state.form = signIn(load);
    } catch (error) {
        state.error = error;
    }
    drawAndFocus();
}

async function decide(consent, given) {
    if (state.busy)
        return;
    state.busy = true;
    state.error = null;
    try {
        await post("consents", { group: consent.group, version: consent.version, given });
        if (consent.group === LOGIN_GROUP && !given && globalThis.indexedDB)
            await forgetIdentity();
        state.list = (await get("consents")).consents;
        state.saved = consent.group;
    } catch (error) {
        if (!(error instanceof ApiError))
            throw error;
        state.error = error;
    }
    state.busy = false;
    draw();
    document.getElementById("act-" + consent.group)?.focus();
}

function card(consent) {
    const current = consent.given && consent.given_version === consent.version;
    const outdated = consent.given && !current;
    const mark = current ? "consents.given" : outdated ? "consents.outdated" : "consents.not";
    return el("section", { class: "card", "data-group": consent.group, "aria-labelledby": "title-" + consent.group },
        el("h2", { id: "title-" + consent.group }, local(consent.title)),
        el("p", {}, local(consent.text)),
        el("p", { class: current ? "state on" : "state" }, icon(current ? ICONS.ok : outdated ? ICONS.warn : ICONS.bad),
            el("strong", {}, t(mark)), el("span", { class: "quiet" }, t("consents.version", { n: consent.version }),
                consent.at ? " · " + dateTime(consent.at) : "")),
        el("div", { role: "status" }, state.saved === consent.group && el("p", { class: "hint" }, t("consents.saved"))),
        consent.group === LOGIN_GROUP && current && el("p", { class: "hint" }, t("consents.loginNote")),
        el("button", { type: "button", class: current ? "second" : "first", id: "act-" + consent.group,
            "aria-describedby": "title-" + consent.group, onclick: () => decide(consent, !current) },
        t(current ? "consents.withdraw" : "consents.give")));
}

function render() {
    if (state.form && !state.signedIn)
        return [state.form.render()];
    if (!state.list)
        return [heading(t("consents.title")), state.error ? errorBox(state.error, load) : loading(),
            state.error && backLink()];
    return [
        heading(t("consents.title")),
        el("p", { class: "lead" }, t("consents.lead")),
        state.error && errorBox(state.error),
        state.list.map(card),
        backLink(),
    ];
}

start("consents.title", render);
load();
