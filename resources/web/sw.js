// SPDX-License-Identifier: Apache-2.0
// Lets the log-in code page re-open without a network. Always asks the server first and keeps the last good copy; API
// answers are never kept.
const CACHE = "riderport-code-1";
const FILES = ["/code", "/web/css/phone.css", "/web/img/icon.svg", "/web/js/pages/code.js", "/web/js/agreement.js",
    "/web/js/api.js", "/web/js/base45.js", "/web/js/dom.js", "/web/js/i18n.js", "/web/js/identity.js",
    "/web/js/keystore.js", "/web/js/qrencode.js", "/web/js/servertime.js", "/web/js/shell.js", "/web/js/signin.js",
    "/web/js/texts.js", "/web/js/token.js", "/web/js/wakelock.js"];
const PATIENCE_MS = 3000;

self.addEventListener("install", (event) => {
    event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
    event.waitUntil(caches.keys()
        .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
        .then(() => self.clients.claim()));
});

async function freshOrKept(request, name) {
    const cache = await caches.open(CACHE);
    try {
        const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
        if (response.ok)
            await cache.put(name, response.clone());
        return response;
    } catch (error) {
        const kept = await cache.match(name);
        if (kept)
            return kept;
        throw error;
    }
}

self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (event.request.method === "GET" && url.origin === self.location.origin && FILES.includes(url.pathname))
        event.respondWith(freshOrKept(event.request, url.pathname));
});
