// SPDX-License-Identifier: Apache-2.0
// Values of a look-up result as words, by the formats of the service descriptors.
import { local, t } from "./i18n.js";

const month = (value) => /^\d{6}$/.test(String(value)) ? `${String(value).slice(0, 4)}-${String(value).slice(4)}`
    : String(value);

/** Whole fen, never through floating point: 4812360 → ¥48,123.60 */
export function money(fen) {
    const text = String(fen).replace("-", "").padStart(3, "0");
    const yuan = text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
    return `${Number(fen) < 0 ? "−" : ""}¥${yuan}.${text.slice(-2)}`;
}

/** Basis points: 850 → 8.5% */
const percent = (points) => `${Number(points) / 100}%`;

export function isEmpty(value) {
    return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

export function formatted(field, value) {
    if (isEmpty(value))
        return Array.isArray(value) ? t("handoff.empty") : "—";
    switch (field.format ?? "text") {
    case "month": return month(value);
    case "month_list": return value.map(month).join(", ");
    case "date": return String(value);
    case "money": return money(value);
    case "count": return field.unit ? `${value} ${local(field.unit)}` : String(value);
    case "percent": return percent(value);
    case "yes_no": return t(value ? "handoff.yes" : "handoff.no");
    case "enum": return field.labels?.[value] ? local(field.labels[value]) : t("handoff.other", { code: value });
    default: return String(value);
    }
}

/** The object or array at "a.b" inside data; "" is data itself. Arrays on the way are flattened. */
export function at(data, path) {
    let found = [data];
    for (const part of path ? path.split(".") : [])
        found = found.flatMap((item) => item?.[part] ?? []).filter((item) => item !== undefined);
    return path && found.length === 1 ? found[0] : path ? found : data;
}
