-- SPDX-License-Identifier: Apache-2.0
-- oldest-compatible: 1
-- People, their phones, log-in tickets, kiosk sessions, consents.

-- name, id_number, mobile: sealed. mobile_index: keyed hash, for equality only.
CREATE TABLE worker (
    district_id   TEXT NOT NULL,
    subject       INTEGER NOT NULL,
    name          BLOB NOT NULL,
    id_number     BLOB NOT NULL,
    mobile        BLOB NOT NULL,
    mobile_index  BLOB NOT NULL,
    category      TEXT NOT NULL,
    auth_level    INTEGER NOT NULL,
    registered_ms INTEGER NOT NULL,
    deletion_ms   INTEGER,
    PRIMARY KEY (district_id, subject)
);
CREATE UNIQUE INDEX worker_mobile ON worker (district_id, mobile_index);

-- One row per code asked for, also for numbers nobody registered.
CREATE TABLE sms_code (
    district_id  TEXT NOT NULL,
    mobile_index BLOB NOT NULL,
    created_ms   INTEGER NOT NULL,
    code_hash    BLOB NOT NULL,
    tries        INTEGER NOT NULL DEFAULT 0,
    used         INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (district_id, mobile_index, created_ms)
) WITHOUT ROWID;

-- token_hash: SHA-256 of the cookie, so that a copy of the database opens no phone's account.
CREATE TABLE phone_session (
    district_id TEXT NOT NULL,
    token_hash  BLOB NOT NULL,
    subject     INTEGER NOT NULL,
    created_ms  INTEGER NOT NULL,
    PRIMARY KEY (district_id, token_hash)
) WITHOUT ROWID;
CREATE INDEX phone_session_subject ON phone_session (district_id, subject);

CREATE TABLE phone_key (
    district_id TEXT NOT NULL,
    kid         TEXT NOT NULL,
    subject     INTEGER NOT NULL,
    public_key  BLOB NOT NULL,
    certificate BLOB NOT NULL,
    token_hash  BLOB NOT NULL,
    created_ms  INTEGER NOT NULL,
    not_after_s INTEGER NOT NULL,
    PRIMARY KEY (district_id, kid)
) WITHOUT ROWID;
CREATE INDEX phone_key_subject ON phone_key (district_id, subject, created_ms);

CREATE TABLE ticket (
    district_id TEXT NOT NULL,
    ticket_id   TEXT NOT NULL,
    device_id   TEXT NOT NULL,
    station     TEXT NOT NULL,
    match_code  TEXT NOT NULL,
    choices     TEXT NOT NULL,
    state       TEXT NOT NULL,
    subject     INTEGER NOT NULL DEFAULT 0,
    expires_ms  INTEGER NOT NULL,
    consumed_ms INTEGER NOT NULL DEFAULT 0,
    session_id  TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (district_id, ticket_id)
) WITHOUT ROWID;
CREATE INDEX ticket_expiry ON ticket (district_id, expires_ms);

-- kid and nonce: of the rolling code that opened it; one code opens one session.
CREATE TABLE kiosk_session (
    district_id TEXT NOT NULL,
    session_id  TEXT NOT NULL,
    device_id   TEXT NOT NULL,
    station     TEXT NOT NULL,
    subject     INTEGER NOT NULL,
    opened_ms   INTEGER NOT NULL,
    expires_ms  INTEGER NOT NULL,
    closed_ms   INTEGER,
    reason      TEXT NOT NULL DEFAULT '',
    way         TEXT NOT NULL,
    kid         TEXT,
    nonce       BLOB,
    PRIMARY KEY (district_id, session_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX kiosk_session_code ON kiosk_session (district_id, kid, nonce) WHERE kid IS NOT NULL;
CREATE INDEX kiosk_session_open ON kiosk_session (district_id, device_id) WHERE closed_ms IS NULL;
CREATE INDEX kiosk_session_subject ON kiosk_session (district_id, subject, opened_ms);

-- Append-only; hash covers the row and previous.
CREATE TABLE consent (
    district_id TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    subject     INTEGER NOT NULL,
    grp         TEXT NOT NULL,
    version     INTEGER NOT NULL,
    given       INTEGER NOT NULL,
    at_ms       INTEGER NOT NULL,
    channel     TEXT NOT NULL,
    device_id   TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    previous    BLOB NOT NULL,
    hash        BLOB NOT NULL,
    PRIMARY KEY (district_id, seq)
);
CREATE INDEX consent_subject ON consent (district_id, subject, grp, seq);
