// SPDX-License-Identifier: Apache-2.0
import { TEXTS } from "./texts.js";

const KEY = "rp.lang";

function initial() {
    const stored = localStorage.getItem(KEY);
    if (stored === "zh" || stored === "en")
        return stored;
    const first = (navigator.languages ?? []).find((tag) => /^(zh|en)\b/i.test(tag)) ?? "zh";
    return first.toLowerCase().startsWith("en") ? "en" : "zh";
}

let current = initial();

export const language = () => current;
export const languageTag = () => (current === "en" ? "en" : "zh-CN");

export function setLanguage(value) {
    current = value;
    localStorage.setItem(KEY, value);
}

/** The text of a key in the language of the page; {name} is replaced by values.name. */
export function t(key, values = {}) {
    const pair = TEXTS[key];
    if (!pair)
        throw new Error("no text " + key);
    return pair[current === "en" ? 1 : 0].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

export const has = (key) => key in TEXTS;

/** A text that came as data: {zh, en}. */
export const local = (text) => (current === "en" ? text?.en || text?.zh : text?.zh) ?? "";

const ZONE = "Asia/Shanghai";

export function dateTime(ms) {
    return new Intl.DateTimeFormat(languageTag(), { timeZone: ZONE, dateStyle: "medium", timeStyle: "short" })
        .format(new Date(ms));
}

export function clockTime(ms) {
    return new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", second: "2-digit",
        hour12: false }).format(new Date(ms));
}
