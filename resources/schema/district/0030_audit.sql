-- SPDX-License-Identifier: Apache-2.0
-- oldest-compatible: 1
-- Who looked at or changed whose data. Append-only; subject is a keyed hash, hash covers the row and
-- previous.
CREATE TABLE audit (
    district_id TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    at_ms       INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    fields      TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    result      TEXT NOT NULL,
    trace       TEXT NOT NULL,
    previous    BLOB NOT NULL,
    hash        BLOB NOT NULL,
    PRIMARY KEY (district_id, seq)
);
CREATE INDEX audit_subject ON audit (district_id, subject, seq);
