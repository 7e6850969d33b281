-- SPDX-License-Identifier: Apache-2.0
-- oldest-compatible: 1
-- The copy of the district's feed. Everything here can be pulled again.

-- One line per bucket. A worker bucket's name is a keyed hash: who stood here is not written down.
CREATE TABLE bucket (
    name         TEXT    NOT NULL PRIMARY KEY,
    epoch        INTEGER NOT NULL DEFAULT 0,
    seq          INTEGER NOT NULL DEFAULT 0,
    row_count    INTEGER NOT NULL DEFAULT 0,
    sum64        INTEGER NOT NULL DEFAULT 0,
    live_set     INTEGER NOT NULL DEFAULT 0,  -- rows on show; 0 = none yet
    stage_set    INTEGER NOT NULL DEFAULT 0,  -- rows of a snapshot under way; 0 = none
    stage_epoch  INTEGER NOT NULL DEFAULT 0,
    stage_head   INTEGER NOT NULL DEFAULT 0,
    stage_tbl    TEXT    NOT NULL DEFAULT '', -- key of the last staged row
    stage_id     TEXT    NOT NULL DEFAULT '',
    stage_rows   INTEGER NOT NULL DEFAULT 0,
    stage_sum    INTEGER NOT NULL DEFAULT 0,
    complete     INTEGER NOT NULL DEFAULT 0,  -- a whole set has been on show at least once
    stale        INTEGER NOT NULL DEFAULT 1,  -- needs a snapshot before the feed can go on
    resets       INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- A set is one generation of a bucket: a snapshot fills a new set beside the old one, and the switch is
-- one update of bucket.live_set.
CREATE TABLE feed_row (
    set_id INTEGER NOT NULL,
    tbl    TEXT    NOT NULL,
    row_id TEXT    NOT NULL,
    ver    INTEGER NOT NULL,
    digest INTEGER NOT NULL,  -- the row's share of the bucket sum; 0 for sealed rows
    body   BLOB    NOT NULL,
    PRIMARY KEY (set_id, tbl, row_id)
) WITHOUT ROWID;

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO meta (key, value) VALUES ('next_set', 1);
