// SPDX-License-Identifier: Apache-2.0
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** Base45 (RFC 9285) of a byte array. */
export function base45(bytes) {
    let text = "";
    for (let i = 0; i < bytes.length; i += 2) {
        let value = i + 1 < bytes.length ? bytes[i] * 256 + bytes[i + 1] : bytes[i];
        for (let n = i + 1 < bytes.length ? 3 : 2; n > 0; --n) {
            text += ALPHABET[value % 45];
            value = Math.floor(value / 45);
        }
    }
    return text;
}

export function toBase64(bytes) {
    return btoa(String.fromCharCode(...bytes));
}

export function fromHex(text) {
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
