// SPDX-License-Identifier: Apache-2.0
// Sign-in by mobile number and a code sent to it; a part of every page that needs to know who you are, so that the
// page you scanned stays open.
import { ApiError, post } from "./api.js";
import { el } from "./dom.js";
import { language, t } from "./i18n.js";
import { draw, drawAndFocus, errorText, heading, hotlineText, icon, ICONS } from "./shell.js";

/** onSignedIn() is called once the server knows us. Returns {render}. */
export function signIn(onSignedIn) {
    const state = { step: "mobile", mobile: "", code: "", error: null, busy: false, resendAt: 0 };
    let timer = 0;

    async function send() {
        const mobile = state.mobile.replace(/[\s-]/g, "").replace(/^(\+?86|0086)(?=1)/, "");
        if (!/^1[3-9]\d{9}$/.test(mobile))
            return fail(new ApiError("mobile.invalid"));
        await busy(async () => {
            const answer = await post("sms", { mobile, lang: language() });
            state.mobile = mobile;
            state.code = "";
            state.step = "code";
            state.resendAt = Date.now() + answer.retry_after_s * 1000;
            countDown();
        });
    }

    async function login() {
        if (!/^\d{6}$/.test(state.code))
            return fail(new ApiError("code.format"));
        await busy(async () => {
            await post("login", { mobile: state.mobile, code: state.code });
            clearInterval(timer);
            await onSignedIn();
        });
    }

    async function busy(action) {
        if (state.busy)
            return;
        state.busy = true;
        state.error = null;
        draw();
        const before = state.step;
        try {
            await action();
            state.busy = false;
            if (state.step !== before)
                drawAndFocus();
        } catch (error) {
            state.busy = false;
            if (!(error instanceof ApiError))
                throw error;
            fail(error);
        }
    }

    function fail(error) {
        state.error = error;
        draw();
        document.querySelector("form input")?.focus();
    }

    function countDown() {
        clearInterval(timer);
        timer = setInterval(() => {
            const node = document.getElementById("resend");
            if (node)
                node.replaceChildren(resend());
            if (Date.now() >= state.resendAt)
                clearInterval(timer);
        }, 1000);
    }

    function resend() {
        const left = Math.ceil((state.resendAt - Date.now()) / 1000);
        return left > 0 ? el("p", { class: "quiet" }, t("signin.resendIn", { n: left }))
            : el("button", { type: "button", class: "second", onclick: send }, t("signin.resend"));
    }

    const problem = () => state.error && el("div", { class: "box bad", role: "alert", id: "problem" },
        el("p", { class: "box-title" }, icon(ICONS.warn), el("span", {}, errorText(state.error))),
        el("p", {}, hotlineText()));

    function field(id, label, hint, attributes) {
        return el("div", { class: "field" },
            el("label", { for: id }, t(label)),
            el("p", { class: "hint", id: id + "-hint" }, t(hint)),
            el("input", { id, name: id, type: "text", inputmode: "numeric", required: true, value: state[id],
                "aria-describedby": id + "-hint" + (state.error ? " problem" : ""),
                "aria-invalid": state.error ? "true" : null, disabled: state.busy,
                oninput: (event) => { state[id] = event.target.value.trim(); }, ...attributes }));
    }

    const form = (action, ...children) => el("form", { novalidate: true, onsubmit: (event) => {
        event.preventDefault();
        action();
    } }, ...children);

    const askMobile = () => [
        heading(t("signin.title")),
        el("p", { class: "lead" }, t("signin.lead")),
        problem(),
        form(send, field("mobile", "signin.mobile", "signin.mobileHint",
            { autocomplete: "tel-national", maxlength: 20 }),
        el("button", { type: "submit", class: "first", disabled: state.busy }, t("signin.send"))),
        el("p", { class: "quiet" }, t("signin.keep")),
    ];

    const askCode = () => [
        heading(t("signin.codeTitle")),
        el("p", { class: "lead" }, t("signin.codeLead", { mobile: state.mobile })),
        problem(),
        form(login, field("code", "signin.code", "signin.codeHint",
            { autocomplete: "one-time-code", maxlength: 6, pattern: "[0-9]{6}" }),
        el("button", { type: "submit", class: "first", disabled: state.busy }, t("signin.submit"))),
        el("div", { id: "resend" }, resend()),
        el("button", { type: "button", class: "link", onclick: () => {
            state.step = "mobile";
            state.error = null;
            drawAndFocus();
        } }, t("signin.other")),
        el("p", { class: "quiet" }, t("signin.noMessage")),
    ];

    return { render: () => (state.step === "mobile" ? askMobile() : askCode()) };
}
