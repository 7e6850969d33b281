// SPDX-License-Identifier: Apache-2.0
/** Keeps the screen on while the page is in front, where the browser can. */
export function keepAwake() {
    if (!navigator.wakeLock)
        return;
    const ask = () => {
        if (document.visibilityState === "visible")
            navigator.wakeLock.request("screen").catch(() => {}); // refused on low battery: nothing to do about it
    };
    document.addEventListener("visibilitychange", ask);
    ask();
}
