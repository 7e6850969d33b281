// SPDX-License-Identifier: Apache-2.0
import { noteServerTime } from "./servertime.js";

/** A refusal by the server, or no answer at all (code "offline"). */
export class ApiError extends Error {
    constructor(code, status = 0, extra = {}) {
        super(code);
        this.code = code;
        this.status = status;
        this.extra = extra;
    }
}

async function call(method, path, body) {
    const asked = performance.now();
    let response;
    try {
        response = await fetch("/p/v1/" + path, {
            method,
            headers: body === undefined ? { "X-Riderport": "1" }
                : { "X-Riderport": "1", "Content-Type": "application/json" },
            body: body === undefined ? undefined : JSON.stringify(body),
            credentials: "same-origin",
            cache: "no-store",
            redirect: "error",
            signal: AbortSignal.timeout(15000),
        });
    } catch {
        throw new ApiError("offline");
    }
    let answer;
    try {
        answer = await response.json();
    } catch {
        throw new ApiError("answer.unreadable", response.status);
    }
    if (Number.isFinite(answer.server_time))
        noteServerTime(answer.server_time, performance.now() - asked);
    if (!response.ok)
        throw new ApiError(answer.error?.code ?? "answer.unreadable", response.status, answer);
    return answer;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
