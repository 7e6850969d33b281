-- SPDX-License-Identifier: Apache-2.0
-- oldest-compatible: 1
-- What cannot be pulled again: unsent work, codes already used, who this kiosk is.

CREATE TABLE outbox (
    n            INTEGER PRIMARY KEY,
    op_id        BLOB    NOT NULL UNIQUE,     -- UUIDv7, made once
    kind         TEXT    NOT NULL,
    lane         TEXT    NOT NULL,            -- sealed names: a keyed hash of the lane
    low          INTEGER NOT NULL DEFAULT 0,  -- 1 = only when nothing else waits
    body         BLOB    NOT NULL,            -- sealed: lane and body
    hash         BLOB    NOT NULL,            -- keyed hash of kind and body
    size         INTEGER NOT NULL,            -- bytes of the body in the clear
    created_mono INTEGER NOT NULL,
    created_wall INTEGER NOT NULL,
    created_boot TEXT    NOT NULL,
    state        INTEGER NOT NULL DEFAULT 0,  -- 0 new, 1 sent, 2 acked, 3 rejected
    tries        INTEGER NOT NULL DEFAULT 0,
    next_try     INTEGER NOT NULL DEFAULT 0,  -- monotonic ms of this run; cleared at start
    ack_epoch    INTEGER NOT NULL DEFAULT 0,
    ack_bucket   TEXT    NOT NULL DEFAULT '',
    ack_seq      INTEGER NOT NULL DEFAULT 0,
    ack_mono     INTEGER NOT NULL DEFAULT 0,
    ack_wall     INTEGER NOT NULL DEFAULT 0,
    ack_boot     TEXT    NOT NULL DEFAULT '',
    code         TEXT    NOT NULL DEFAULT '',
    answer       BLOB,                        -- sealed
    final        INTEGER NOT NULL DEFAULT 0,  -- a refusal whose receipt is durable
    shown        INTEGER NOT NULL DEFAULT 0   -- a refusal somebody has seen
);

CREATE TABLE used_token (
    kid        BLOB    NOT NULL,
    nonce      BLOB    NOT NULL,
    expires_ms INTEGER NOT NULL,
    PRIMARY KEY (kid, nonce)
) WITHOUT ROWID;

CREATE TABLE device (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    identity TEXT NOT NULL,  -- JSON without secrets
    secrets  BLOB NOT NULL   -- sealed JSON
);

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO meta (key, value) VALUES ('epoch', 0);
