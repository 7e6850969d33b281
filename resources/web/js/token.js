// SPDX-License-Identifier: Apache-2.0
// The 90 bytes of the rolling log-in code. The layout is fixed by the wire description of the product: whoever
// changes it here changes it in every kiosk.
import { base45, fromHex } from "./base45.js";

export const STEP_S = 15; // a new code is made this often
export const TTL_S = 30; // and is good for this long
const PREFIX = new TextEncoder().encode("riderport-login-v1\0");

/** True where the browser can make and keep an Ed25519 key. */
export async function canSign() {
    if (!globalThis.isSecureContext || !crypto.subtle || !globalThis.indexedDB)
        return false;
    try {
        await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
        return true;
    } catch {
        return false;
    }
}

/** audience: district code in the upper 20 bits, station number in the lower 12. */
export function audienceOf(district, station) {
    return district * 4096 + station;
}

/** Signs one code; returns its text. identity: {kid, subject, district, key}. */
export async function makeCode(identity, station, nowMs) {
    const bytes = new Uint8Array(90);
    const view = new DataView(bytes.buffer);
    view.setUint8(0, 1);
    bytes.set(fromHex(identity.kid), 1);
    view.setBigUint64(5, BigInt(identity.subject));
    view.setUint32(13, audienceOf(identity.district, station));
    view.setUint32(17, Math.floor(nowMs / 1000));
    view.setUint8(21, TTL_S);
    crypto.getRandomValues(bytes.subarray(22, 26));
    const message = new Uint8Array(PREFIX.length + 26);
    message.set(PREFIX);
    message.set(bytes.subarray(0, 26), PREFIX.length);
    bytes.set(new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, identity.key, message)), 26);
    return "K1:" + base45(bytes);
}
