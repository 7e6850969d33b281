// SPDX-License-Identifier: Apache-2.0
// Asks for one consent: text, box to tick, button. Nothing is ticked in advance.
import { ApiError, post } from "./api.js";
import { el } from "./dom.js";
import { local, t } from "./i18n.js";
import { draw, errorBox, heading } from "./shell.js";

export const LOGIN_GROUP = "login_profile";

/** consent: {group, version, title, text}; onGiven() runs after the server stored it. Returns {render}. */
export function agreement(consent, onGiven) {
    const state = { ticked: false, error: null, busy: false };

    async function submit(event) {
        event.preventDefault();
        if (state.busy)
            return;
        if (!state.ticked) {
            state.error = "needed";
            draw();
            document.getElementById("agree").focus();
            return;
        }
        state.busy = true;
        state.error = null;
        draw();
        try {
            await post("consents", { group: consent.group, version: consent.version, given: true });
            await onGiven();
        } catch (error) {
            if (!(error instanceof ApiError))
                throw error;
            state.error = error;
        }
        state.busy = false;
        draw();
    }

    return { render: () => [
        heading(t("agree.title")),
        el("section", { class: "card" }, el("h2", {}, local(consent.title)), el("p", {}, local(consent.text))),
        state.error && state.error !== "needed" && errorBox(state.error),
        el("form", { novalidate: true, onsubmit: submit },
            state.error === "needed"
                && el("p", { class: "box bad", role: "alert", id: "agree-problem" }, t("agree.needed")),
            el("label", { class: "tick" },
                el("input", { type: "checkbox", id: "agree", checked: state.ticked,
                    "aria-describedby": state.error === "needed" ? "agree-problem" : null,
                    onchange: (event) => { state.ticked = event.target.checked; } }),
                el("span", {}, t("agree.check"))),
            el("button", { type: "submit", class: "first", disabled: state.busy }, t("agree.go"))),
    ] };
}
