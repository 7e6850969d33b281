// SPDX-License-Identifier: Apache-2.0
// The phone's key and its certificate. A key is made once, registered, and renewed before the certificate ends.
import { ApiError, get, post } from "./api.js";
import { toBase64 } from "./base45.js";
import { makeKey, readItem, removeItem, wipe, writeItem } from "./keystore.js";
import { serverNow } from "./servertime.js";

const DAY_MS = 86400000;

export const storedIdentity = () => readItem("identity");
export const storedStations = async () => (await readItem("stations")) ?? [];

export const isCurrent = (identity) => identity.notAfter * 1000 > serverNow();

/** Keys belong to one worker: another one signing in on this phone gets a new key. */
export async function ensureIdentity(me) {
    const known = await storedIdentity();
    const registered = known && me.keys.some((key) => key.kid === known.kid);
    if (registered && known.worker === me.worker.id && known.notAfter * 1000 > serverNow() + 7 * DAY_MS)
        return known;
    for (let attempt = 0; ; ++attempt) {
        const { key, publicKey } = await makeKey();
        try {
            const answer = await post("keys", { public_key: toBase64(publicKey) });
            const identity = { key, kid: answer.kid, subject: answer.subject, district: answer.district,
                certificate: answer.certificate, notAfter: answer.not_after, worker: me.worker.id };
            await writeItem("identity", identity);
            return identity;
        } catch (error) {
            if (!(error instanceof ApiError) || error.code !== "key.collision" || attempt === 3)
                throw error;
        }
    }
}

export const forgetIdentity = () => removeItem("identity");
export const forgetEverything = wipe;

export async function refreshStations() {
    const { stations } = await get("stations");
    await writeItem("stations", stations);
    return stations;
}
