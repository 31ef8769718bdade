-- What a replay could not take is in the ledger beside what it took. Applied by Flyway as the role admin.

ALTER TABLE daily_report.run_ledger
  ADD COLUMN rejected bigint;
COMMENT ON COLUMN daily_report.run_ledger.rejected IS 'Rows of the source that are no sales, of this day or next after one of it; null where there is no source, and while STARTED. Unit: rows.';
