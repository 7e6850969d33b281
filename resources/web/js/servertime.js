// SPDX-License-Identifier: Apache-2.0
// Phones are often minutes off. Codes carry the server's time: the difference is measured with every answer and kept
// for the time without a network.

const KEY = "rp.clockOffset";
let offsetMs = Number(localStorage.getItem(KEY)) || 0;
let measured = false;

/** roundTripMs: how long the answer took; half of it is assumed to be the way back. */
export function noteServerTime(serverMs, roundTripMs) {
    if (roundTripMs > 5000 && measured)
        return; // too vague to replace a better measurement
    offsetMs = Math.round(serverMs + roundTripMs / 2 - Date.now());
    measured = true;
    localStorage.setItem(KEY, String(offsetMs));
}

export const serverNow = () => Date.now() + offsetMs;
export const clockOffsetMs = () => offsetMs;
