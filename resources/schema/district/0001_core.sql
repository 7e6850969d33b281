-- SPDX-License-Identifier: Apache-2.0
-- oldest-compatible: 1
-- Feed, receipts, devices. Every key starts with the district, so that a district can be moved or
-- sharded as a whole.

CREATE TABLE epoch (
    district_id TEXT NOT NULL,
    epoch       INTEGER NOT NULL,
    at_ms       INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (district_id, epoch)
) WITHOUT ROWID;

-- Where each bucket stood when an epoch began: a cursor at or below it is valid across the change.
CREATE TABLE epoch_start (
    district_id TEXT NOT NULL,
    epoch       INTEGER NOT NULL,
    bucket      TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    PRIMARY KEY (district_id, epoch, bucket)
) WITHOUT ROWID;

-- The counter row of a bucket. horizon: tombstones up to this sequence have been compacted away.
CREATE TABLE bucket_head (
    district_id TEXT NOT NULL,
    bucket      TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    horizon     INTEGER NOT NULL DEFAULT 0,
    row_count   INTEGER NOT NULL DEFAULT 0,
    sum64       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (district_id, bucket)
) WITHOUT ROWID;

CREATE TABLE feed (
    district_id TEXT NOT NULL,
    bucket      TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    tbl         TEXT NOT NULL,
    row_id      TEXT NOT NULL,
    is_delete   INTEGER NOT NULL,
    body        BLOB NOT NULL,
    at_ms       INTEGER NOT NULL,
    PRIMARY KEY (district_id, bucket, seq)
);
CREATE INDEX feed_row ON feed (district_id, bucket, tbl, row_id, seq);

-- Which feed entry is a row's current state. digest: the row's share of the bucket sum.
CREATE TABLE row_current (
    district_id TEXT NOT NULL,
    bucket      TEXT NOT NULL,
    tbl         TEXT NOT NULL,
    row_id      TEXT NOT NULL,
    ver         INTEGER NOT NULL,
    digest      INTEGER NOT NULL,
    PRIMARY KEY (district_id, bucket, tbl, row_id)
) WITHOUT ROWID;

CREATE TABLE receipt (
    district_id TEXT NOT NULL,
    op_id       BLOB NOT NULL,
    hash        BLOB NOT NULL,
    device_id   TEXT NOT NULL,
    kind        TEXT NOT NULL,
    status      INTEGER NOT NULL,
    code        TEXT NOT NULL,
    answer      BLOB NOT NULL,
    seq         INTEGER NOT NULL,
    at_ms       INTEGER NOT NULL,
    PRIMARY KEY (district_id, op_id)
) WITHOUT ROWID;

CREATE TABLE enrol_code (
    district_id TEXT NOT NULL,
    code_hash   BLOB NOT NULL,
    station     TEXT NOT NULL,
    created_ms  INTEGER NOT NULL,
    expires_ms  INTEGER NOT NULL,
    used_ms     INTEGER,
    device_id   TEXT,
    PRIMARY KEY (district_id, code_hash)
) WITHOUT ROWID;

-- gateway_secret, cache_key: sealed with the district's master key.
CREATE TABLE device (
    district_id    TEXT NOT NULL,
    device_id      TEXT NOT NULL,
    station        TEXT NOT NULL,
    public_key     BLOB NOT NULL,
    version        TEXT NOT NULL,
    app_key        TEXT NOT NULL,
    gateway_secret BLOB NOT NULL,
    cache_key      BLOB NOT NULL,
    enrolled_ms    INTEGER NOT NULL,
    revoked_ms     INTEGER,
    revoked_why    TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (district_id, device_id)
) WITHOUT ROWID;
CREATE INDEX device_station ON device (district_id, station);

-- Counted usage, no person in it.
CREATE TABLE usage_count (
    district_id TEXT NOT NULL,
    day         TEXT NOT NULL,
    station     TEXT NOT NULL,
    event       TEXT NOT NULL,
    service     TEXT NOT NULL,
    n           INTEGER NOT NULL,
    PRIMARY KEY (district_id, day, station, event, service)
) WITHOUT ROWID;
