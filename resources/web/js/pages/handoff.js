// SPDX-License-Identifier: Apache-2.0
// /h/<handoff>: a look-up result the worker sent from the kiosk. Drawn from the labels of the service descriptor.
import { ApiError, get } from "../api.js";
import { el } from "../dom.js";
import { dateTime, local, t } from "../i18n.js";
import { backLink, drawAndFocus, errorBox, heading, icon, ICONS, loading, setDemo, start, whoAmI } from "../shell.js";
import { signIn } from "../signin.js";
import { at, formatted, isEmpty } from "../values.js";

const id = location.pathname.split("/")[2] ?? "";
const REVEAL_MS = 20000;
const state = { view: "loading", handoff: null, form: null, error: null };

function show(view, more = {}) {
    Object.assign(state, { view, error: null }, more);
    drawAndFocus();
}

async function load() {
    try {
        const me = await whoAmI();
        if (!me.signed_in)
            return show("signin", { form: signIn(load) });
        const handoff = await get("handoffs/" + encodeURIComponent(id));
        setDemo(me.demo || handoff.result.demo);
        show("result", { handoff });
        setTimeout(() => show("gone", { handoff: null }), handoff.expires_in_ms);
    } catch (error) {
        if (!(error instanceof ApiError))
            throw error;
        if (error.code === "handoff.gone")
            return show("gone");
        show("error", { error });
    }
}

/** Amounts stay covered until touched: somebody may be looking over the shoulder. */
function covered(text) {
    const shown = el("span", {}, "****");
    const button = el("button", { type: "button", class: "reveal", onclick: () => {
        shown.textContent = text;
        button.hidden = true;
        setTimeout(() => {
            shown.textContent = "****";
            button.hidden = false;
        }, REVEAL_MS);
    } }, t("handoff.reveal"));
    return [shown, button];
}

function value(field, item) {
    const raw = item?.[field.key];
    const text = formatted(field, raw);
    return field.hidden_until_touched && !isEmpty(raw) ? covered(text) : text;
}

const pair = (field, item) => el("div", { class: "pair" }, el("dt", {}, local(field.label)),
    el("dd", { class: field.attention && !isEmpty(item?.[field.key]) ? "attention" : null }, value(field, item)));

function block(section, item, title) {
    const own = section.title_key && section.fields.find((field) => field.key === section.title_key);
    const head = own ? formatted(own, item?.[own.key]) : title;
    return el("section", { class: "card" }, head && el("h2", {}, head),
        el("dl", {}, section.fields.filter((field) => field !== own).map((field) => pair(field, item))));
}

function sectionNodes(section, data) {
    const found = at(data, section.source ?? "");
    const title = local(section.title);
    const items = Array.isArray(found) ? found : [found];
    if (items.length === 0)
        return el("section", { class: "card" }, title && el("h2", {}, title), el("p", {}, t("handoff.noRows")));
    if (section.kind === "table")
        return el("section", { class: "card" }, title && el("h2", {}, title), el("ul", { class: "rows" },
            items.map((item) => el("li", {}, el("dl", { class: "wide" },
                section.fields.map((field) => pair(field, item)))))));
    return items.map((item) => block(section, item, items.length > 1 ? null : title));
}

function result() {
    const { descriptor, result: answer, expires_in_ms: left } = state.handoff;
    return [
        heading(local(descriptor.title)),
        el("p", { class: "lead" }, t("handoff.asOf", { time: dateTime(Date.parse(answer.data_as_of)) }), " · ",
            t("handoff.source", { agency: local(descriptor.agency) })),
        answer.notice && el("p", { class: "box warn" }, answer.notice),
        descriptor.sections.map((section) => sectionNodes(section, answer.data)),
        el("p", { class: "quiet" }, t("handoff.expires", { n: Math.max(1, Math.round(left / 60000)) })),
        el("p", { class: "quiet" }, hotline(descriptor.hotline)),
        backLink(),
    ];
}

function hotline(number) {
    const [before, after] = t("handoff.hotline", { number: "\u0000" }).split("\u0000");
    return [before, el("a", { href: "tel:" + number }, number), after];
}

function render() {
    switch (state.view) {
    case "loading": return [heading(t("handoff.title")), loading()];
    case "signin": return [state.form.render()];
    case "result": return result();
    case "gone": return [el("div", { class: "box warn" }, el("p", { class: "box-icon" }, icon(ICONS.warn, 44)),
        heading(t("handoff.goneTitle")), el("p", {}, t("handoff.goneText"))), backLink()];
    default: return [heading(t("handoff.title")), errorBox(state.error, load), backLink()];
    }
}

start("handoff.title", render);
load();
