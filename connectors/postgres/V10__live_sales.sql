-- A day of live sales is in the ledger while it happens. Applied by Flyway as the role admin.

ALTER TABLE daily_report.run_ledger
  ADD COLUMN until timestamptz(3),
  ADD COLUMN spans text;
COMMENT ON COLUMN daily_report.run_ledger.until IS 'The figures are of the records whose ts lies before this instant, to the millisecond. Where it is stated, so are the figures, also while STARTED; null where a day is produced as a whole.';
COMMENT ON COLUMN daily_report.run_ledger.spans IS 'Within which times the records of a live run lie, as JSON: a list of pairs of instants, the second of which is excluded; null where a day is produced as a whole. Text, no unit.';
COMMENT ON COLUMN daily_report.ledger_balance.produced IS 'Records that the ledger states, of days that are under way those up to the latest minute that it knows of. Unit: records.';
COMMENT ON COLUMN daily_report.ledger_balance.difference IS 'Landed less produced: 0 when every record has landed and no day is under way; while sales are live, the records since the latest minute that the ledger knows of. Unit: records.';
COMMENT ON COLUMN daily_report.ledger_balance.running IS 'Days of datasets that were started and are not complete. Unit: days.';
