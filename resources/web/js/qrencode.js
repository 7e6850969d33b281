// SPDX-License-Identifier: Apache-2.0
// QR code (ISO/IEC 18004) of one fixed shape: version 6 (41 modules), level M, alphanumeric mode. That is all the
// log-in code needs, so there are no tables for other versions and nothing to configure wrongly.

export const SIZE = 41;
export const QUIET = 4;
export const CAPACITY = 154;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const BLOCKS = 4;
const DATA_PER_BLOCK = 27;
const ECC_PER_BLOCK = 16;
const ALIGNMENT = 34; // centre of the only alignment pattern of version 6

// GF(256) over x^8+x^4+x^3+x^2+1
const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; ++i) {
    EXP[i] = EXP[i + 255] = x;
    LOG[x] = i;
    x = (x << 1) ^ (x & 0x80 ? 0x11d : 0);
}

const GENERATOR = (() => {
    let poly = [1];
    for (let i = 0; i < ECC_PER_BLOCK; ++i) {
        const next = new Array(poly.length + 1).fill(0);
        poly.forEach((c, k) => {
            next[k] ^= c;
            next[k + 1] ^= c ? EXP[LOG[c] + i] : 0;
        });
        poly = next;
    }
    return poly;
})();

function errorCorrection(data) {
    const rest = new Uint8Array(ECC_PER_BLOCK);
    for (const byte of data) {
        const factor = byte ^ rest[0];
        rest.copyWithin(0, 1);
        rest[ECC_PER_BLOCK - 1] = 0;
        if (factor)
            for (let i = 0; i < ECC_PER_BLOCK; ++i)
                rest[i] ^= GENERATOR[i + 1] ? EXP[LOG[GENERATOR[i + 1]] + LOG[factor]] : 0;
    }
    return rest;
}

function dataCodewords(text) {
    const total = BLOCKS * DATA_PER_BLOCK;
    const bits = [];
    const push = (value, count) => {
        for (let i = count - 1; i >= 0; --i)
            bits.push((value >> i) & 1);
    };
    const values = Array.from(text, (c) => ALPHABET.indexOf(c));
    if (values.length > CAPACITY || values.includes(-1))
        throw new RangeError("qr.text");
    push(2, 4);
    push(values.length, 9);
    let i = 0;
    for (; i + 1 < values.length; i += 2)
        push(values[i] * 45 + values[i + 1], 11);
    if (i < values.length)
        push(values[i], 6);
    push(0, Math.min(4, total * 8 - bits.length));
    while (bits.length % 8)
        bits.push(0);
    const bytes = new Uint8Array(total);
    bits.forEach((bit, k) => { bytes[k >> 3] |= bit << (7 - (k & 7)); });
    for (let k = bits.length / 8, pad = 0xec; k < total; ++k, pad ^= 0xec ^ 0x11)
        bytes[k] = pad;
    return bytes;
}

function interleaved(data) {
    const blocks = [];
    for (let b = 0; b < BLOCKS; ++b)
        blocks.push(data.subarray(b * DATA_PER_BLOCK, (b + 1) * DATA_PER_BLOCK));
    const checks = blocks.map(errorCorrection);
    const out = [];
    for (let i = 0; i < DATA_PER_BLOCK; ++i)
        blocks.forEach((block) => out.push(block[i]));
    for (let i = 0; i < ECC_PER_BLOCK; ++i)
        checks.forEach((check) => out.push(check[i]));
    return out;
}

// Function patterns; `fixed` marks modules that carry no data and are not masked.
function framework() {
    const dark = Array.from({ length: SIZE }, () => new Uint8Array(SIZE));
    const fixed = Array.from({ length: SIZE }, () => new Uint8Array(SIZE));
    const set = (row, col, value) => {
        dark[row][col] = value ? 1 : 0;
        fixed[row][col] = 1;
    };
    for (const [r0, c0] of [[0, 0], [0, SIZE - 7], [SIZE - 7, 0]])
        for (let r = -1; r <= 7; ++r)
            for (let c = -1; c <= 7; ++c)
                if (r0 + r >= 0 && r0 + r < SIZE && c0 + c >= 0 && c0 + c < SIZE) {
                    const ring = Math.max(Math.abs(r - 3), Math.abs(c - 3));
                    set(r0 + r, c0 + c, ring !== 2 && ring !== 4);
                }
    for (let r = -2; r <= 2; ++r)
        for (let c = -2; c <= 2; ++c)
            set(ALIGNMENT + r, ALIGNMENT + c, Math.max(Math.abs(r), Math.abs(c)) !== 1);
    for (let i = 8; i < SIZE - 8; ++i) {
        set(6, i, i % 2 === 0);
        set(i, 6, i % 2 === 0);
    }
    return { dark, fixed, set };
}

function formatBits(mask) {
    let rest = mask; // level M is 00, so the five data bits are the mask
    for (let i = 0; i < 10; ++i)
        rest = (rest << 1) ^ ((rest >> 9) * 0x537);
    return ((mask << 10) | rest) ^ 0x5412;
}

function placeFormat(set, bits) {
    const bit = (i) => (bits >> i) & 1;
    for (let i = 0; i < 6; ++i)
        set(i, 8, bit(i));
    set(7, 8, bit(6));
    set(8, 8, bit(7));
    set(8, 7, bit(8));
    for (let i = 9; i < 15; ++i)
        set(8, 14 - i, bit(i));
    for (let i = 0; i < 8; ++i)
        set(8, SIZE - 1 - i, bit(i));
    for (let i = 8; i < 15; ++i)
        set(SIZE - 15 + i, 8, bit(i));
    set(SIZE - 8, 8, 1);
}

const MASKS = [
    (r, c) => (r + c) % 2 === 0,
    (r) => r % 2 === 0,
    (r, c) => c % 3 === 0,
    (r, c) => (r + c) % 3 === 0,
    (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
    (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
    (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
    (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

function placeData(dark, fixed, codewords, mask) {
    let index = 0;
    for (let right = SIZE - 1; right >= 1; right -= 2) {
        if (right === 6)
            right = 5; // the vertical timing pattern takes no data column
        const upward = ((right + 1) & 2) === 0;
        for (let step = 0; step < SIZE; ++step)
            for (let k = 0; k < 2; ++k) {
                const col = right - k;
                const row = upward ? SIZE - 1 - step : step;
                if (fixed[row][col])
                    continue;
                const byte = codewords[index >> 3] ?? 0; // seven remainder bits are zero
                const value = (byte >> (7 - (index & 7))) & 1;
                dark[row][col] = value ^ (MASKS[mask](row, col) ? 1 : 0);
                ++index;
            }
    }
}

function linePenalty(line) {
    let penalty = 0;
    let run = 1;
    for (let i = 1; i <= line.length; ++i) {
        if (i < line.length && line[i] === line[i - 1]) {
            ++run;
            continue;
        }
        if (run >= 5)
            penalty += run - 2;
        run = 1;
    }
    const text = "0000" + Array.from(line).join("") + "0000";
    for (const pattern of ["00001011101", "10111010000"])
        for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1))
            penalty += 40;
    return penalty;
}

function penalty(dark) {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < SIZE; ++i) {
        sum += linePenalty(dark[i]) + linePenalty(dark.map((row) => row[i]));
        for (let k = 0; k < SIZE; ++k) {
            count += dark[i][k];
            if (i && k && dark[i][k] === dark[i - 1][k] && dark[i][k] === dark[i][k - 1]
                && dark[i][k] === dark[i - 1][k - 1])
                sum += 3;
        }
    }
    return sum + 10 * Math.floor(Math.abs((count * 20) / (SIZE * SIZE) - 10));
}

/** Rows of 0/1 (1 = dark), without the quiet zone. Throws RangeError for text that does not fit the mode. */
export function encodeQr(text) {
    const codewords = interleaved(dataCodewords(text));
    let best = null;
    for (let mask = 0; mask < MASKS.length; ++mask) {
        const { dark, fixed, set } = framework();
        placeFormat(set, formatBits(mask));
        placeData(dark, fixed, codewords, mask);
        const score = penalty(dark);
        if (!best || score < best.score)
            best = { score, dark };
    }
    return best.dark;
}

/** One SVG path over the whole code, in module units, quiet zone included in the coordinates. */
export function qrPath(rows) {
    let path = "";
    rows.forEach((row, r) => {
        for (let c = 0; c < SIZE; ++c) {
            if (!row[c])
                continue;
            let end = c;
            while (end + 1 < SIZE && row[end + 1])
                ++end;
            path += `M${c + QUIET} ${r + QUIET}h${end - c + 1}v1h-${end - c + 1}z`;
            c = end;
        }
    });
    return path;
}
