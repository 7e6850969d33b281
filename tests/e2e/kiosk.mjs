// SPDX-License-Identifier: Apache-2.0
// The kiosk's half of the protocol, as far as the phone tests need it: enrolment and signed requests.
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";

const COMPONENTS = '("@method" "@authority" "@path" "@query" "content-digest")';
const sha256 = (bytes) => createHash("sha256").update(bytes).digest();

export const rawPublicKey = (key) => createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);

/** An Ed25519 public key object from its 32 bytes. */
export const publicKeyFrom = (raw) => createPublicKey({ format: "der", type: "spki",
    key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]) });

export class Kiosk {
    constructor(url) {
        this.url = new URL(url);
        this.key = generateKeyPairSync("ed25519").privateKey;
        this.id = "enrol";
    }

    async enrol(code) {
        const answer = await this.call("POST", "/v1/enrol",
            { code, public_key: rawPublicKey(this.key).toString("base64"), version: "0.0.0-test" });
        if (answer.status !== 200)
            throw new Error(`enrol: ${answer.status} ${JSON.stringify(answer.body)}`);
        this.id = answer.body.device_id;
        this.issuers = answer.body.issuer_keys;
        return answer.body;
    }

    async call(method, path, json) {
        const body = json === undefined ? "" : JSON.stringify(json);
        const [pathOnly, query = ""] = path.split("?");
        const digest = `sha-256=:${sha256(body).toString("base64")}:`;
        const created = Math.floor(Date.now() / 1000);
        const parameters = `${COMPONENTS};created=${created};expires=${created + 60};`
            + `nonce="${randomBytes(16).toString("base64url")}";keyid="${this.id}";alg="ed25519"`;
        const base = `"@method": ${method}\n"@authority": ${this.url.host}\n"@path": ${pathOnly}\n"@query": ?${query}\n`
            + `"content-digest": ${digest}\n"@signature-params": ${parameters}`;
        const response = await fetch(new URL(path, this.url), {
            method, body: method === "GET" ? undefined : body,
            headers: { "Content-Digest": digest, "Signature-Input": "rp=" + parameters,
                Signature: `rp=:${sign(null, Buffer.from(base), this.key).toString("base64")}:`,
                "Content-Type": "application/json" },
        });
        return { status: response.status, body: await response.json() };
    }
}

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

export function base45Decode(text) {
    const bytes = [];
    for (let i = 0; i < text.length; i += 3) {
        const digits = Array.from(text.slice(i, i + 3), (c) => ALPHABET.indexOf(c));
        if (digits.includes(-1) || digits.length === 1)
            throw new Error("base45");
        const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
        if (digits.length === 3)
            bytes.push(value >> 8);
        bytes.push(value & 255);
    }
    return Buffer.from(bytes);
}

/** Takes a log-in code apart with nothing of the product's own code; throws when it is no such code. */
export function readLoginCode(text) {
    if (text.length !== 138 || !text.startsWith("K1:"))
        throw new Error("not a log-in code: " + text);
    const bytes = base45Decode(text.slice(3));
    if (bytes.length !== 90)
        throw new Error("length " + bytes.length);
    const audience = bytes.readUInt32BE(13);
    return { bytes, version: bytes[0], kid: bytes.subarray(1, 5).toString("hex"), subject: bytes.readBigUInt64BE(5),
        district: audience >>> 12, station: audience & 0xfff, issued: bytes.readUInt32BE(17), ttl: bytes[21],
        nonce: bytes.subarray(22, 26).toString("hex") };
}

export function codeSignatureHolds(code, phonePublicKey) {
    const message = Buffer.concat([Buffer.from("riderport-login-v1\0"), code.bytes.subarray(0, 26)]);
    return verify(null, message, publicKeyFrom(phonePublicKey), code.bytes.subarray(26));
}

export function readCertificate(bytes) {
    if (bytes.length !== 122)
        throw new Error("certificate length " + bytes.length);
    return { bytes, version: bytes[0], issuerKid: bytes.subarray(1, 5).toString("hex"),
        publicKey: bytes.subarray(5, 37), subject: bytes.readBigUInt64BE(37), notBefore: bytes.readUInt32BE(45),
        notAfter: bytes.readUInt32BE(49), level: bytes[53] };
}

export function certificateSignatureHolds(certificate, issuerPublicKey) {
    const message = Buffer.concat([Buffer.from("riderport-phone-key-v1\0"), certificate.bytes.subarray(0, 58)]);
    return verify(null, message, publicKeyFrom(issuerPublicKey), certificate.bytes.subarray(58));
}

export const kidOf = (publicKey) => sha256(publicKey).subarray(0, 4).toString("hex");
