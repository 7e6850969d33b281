// SPDX-License-Identifier: Apache-2.0
// What the phone keeps: its key (not extractable: the browser signs with it but never hands it out), the
// certificate, the stations and the last station used. Everything goes when the worker signs out.

const NAME = "riderport";
const STORE = "phone";

function open() {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

async function run(mode, action) {
    const database = await open();
    try {
        return await new Promise((resolve, reject) => {
            const transaction = database.transaction(STORE, mode);
            const request = action(transaction.objectStore(STORE));
            transaction.oncomplete = () => resolve(request.result);
            transaction.onerror = () => reject(transaction.error);
            transaction.onabort = () => reject(transaction.error);
        });
    } finally {
        database.close();
    }
}

export const readItem = (key) => run("readonly", (store) => store.get(key));
export const writeItem = (key, value) => run("readwrite", (store) => store.put(value, key));
export const removeItem = (key) => run("readwrite", (store) => store.delete(key));
export const wipe = () => run("readwrite", (store) => store.clear());

/** A fresh key pair whose private half can never leave the browser. */
export async function makeKey() {
    const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
    const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    return { key: pair.privateKey, publicKey };
}
