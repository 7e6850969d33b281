-- SPDX-License-Identifier: Apache-2.0
-- oldest-compatible: 1
-- Codes are forgotten after a day, whoever asked for them.
CREATE INDEX sms_code_age ON sms_code (district_id, created_ms);
